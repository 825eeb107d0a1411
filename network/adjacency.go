package network

// adjacency is a network as flat arrays: the neighbours of node i, in rising order and
// each once, are to[start[i]:start[i+1]], and weight has the sum of the weights
// of the edges there. An undirected edge stands at both its ends, a loop once.
type adjacency struct {
	start  []int
	to     []int32
	weight []float64
}

func (a *adjacency) len() int { return len(a.start) - 1 }

// of returns the neighbours of a node and their weights.
func (a *adjacency) of(i int) ([]int32, []float64) {
	from, to := a.start[i], a.start[i+1]
	return a.to[from:to], a.weight[from:to]
}

// way says which edges of a directed network an adjacency holds.
type way int

const (
	outward way = iota
	inward
	bothWays
)

// newAdjacency reads the edges of a sorted network one way; an undirected one has but both.
func newAdjacency(n *Network, w way) *adjacency {
	if !n.Directed {
		w = bothWays
	}
	// Counted by source first and by target then, so that each list comes out sorted.
	half := pairs(n, w)
	return half.transposed().transposed().merged()
}

// pairs lists the edges by one end, unsorted.
func pairs(n *Network, w way) *adjacency {
	a := &adjacency{start: make([]int, len(n.Nodes)+1)}
	each := func(visit func(from, to int, weight float64)) {
		for i := range n.Edges {
			e := &n.Edges[i]
			if w != inward {
				visit(e.Source, e.Target, e.Weight)
			}
			if w == inward || w == bothWays && e.Source != e.Target {
				visit(e.Target, e.Source, e.Weight)
			}
		}
	}
	each(func(from, _ int, _ float64) { a.start[from+1]++ })
	sum(a.start)
	a.to, a.weight = make([]int32, a.start[len(n.Nodes)]), make([]float64, a.start[len(n.Nodes)])
	next := append([]int(nil), a.start...)
	each(func(from, to int, weight float64) {
		a.to[next[from]], a.weight[next[from]] = int32(to), weight
		next[from]++
	})
	return a
}

// transposed turns every edge round; the lists of what it returns are sorted.
func (a *adjacency) transposed() *adjacency {
	t := &adjacency{start: make([]int, len(a.start)), to: make([]int32, len(a.to)), weight: make([]float64, len(a.to))}
	for _, to := range a.to {
		t.start[to+1]++
	}
	sum(t.start)
	next := append([]int(nil), t.start...)
	for i := range a.len() {
		to, weight := a.of(i)
		for k, j := range to {
			t.to[next[j]], t.weight[next[j]] = int32(i), weight[k]
			next[j]++
		}
	}
	return t
}

// merged makes neighbours that stand twice in a list one, in place.
func (a *adjacency) merged() *adjacency {
	end := 0
	for i := range a.len() {
		to, weight := a.of(i)
		a.start[i] = end
		for k, j := range to {
			if end > a.start[i] && a.to[end-1] == j {
				a.weight[end-1] += weight[k]
				continue
			}
			a.to[end], a.weight[end] = j, weight[k]
			end++
		}
	}
	a.start[a.len()] = end
	a.to, a.weight = a.to[:end], a.weight[:end]
	return a
}

// sum makes of counts, each one place on, the places where they start.
func sum(counts []int) {
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
}
