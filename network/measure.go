package network

import (
	"context"
	"fmt"
	"strings"
)

// Metric measures each node: it adds a column of its name, and in_ and out_
// columns where edges have directions that count.
type Metric struct {
	Name        string // as a question asks for it
	Description string // one line
	measure     func(ctx context.Context, n *Network) error
}

// Metrics lists every metric in the order in which they are shown.
var Metrics = []Metric{
	{"degree", "the number of edges; a loop counts twice", degree},
	{"weighted_degree", "the sum of the weights of the edges", weightedDegree},
	{"pagerank", "PageRank by weights, damping 0.85", pageRank},
	{"betweenness", "the share of the shortest paths between others that lead through the node, in steps, not weights; sampled where the network is large", betweenness},
	{"component", "the number of the part that hangs together, whichever way the edges point; 0 is the largest", component},
	{"community", "the number of the group that is tied more closely within than outward, by weights (Louvain); 0 is the largest", community},
}

// Measure adds the metrics of these names to the network's node columns, in
// their order, and notes to Info. The network is sorted. What was measured before is not
// measured again. The error wraps ErrUnknown, or is that of the context.
func Measure(ctx context.Context, n *Network, names ...string) error {
	known, byName := make([]string, len(Metrics)), make(map[string]*Metric, len(Metrics))
	for i := range Metrics {
		known[i] = Metrics[i].Name
		byName[known[i]] = &Metrics[i]
	}
	for _, name := range names {
		if byName[name] == nil {
			return fmt.Errorf("%w metric %q; there are %s", ErrUnknown, name, strings.Join(known, ", "))
		}
	}
	for _, name := range names {
		if columnIndex(n.NodeColumns, name) >= 0 {
			continue
		}
		if err := byName[name].measure(ctx, n); err != nil {
			return fmt.Errorf("metric %s: %w", name, err)
		}
	}
	return nil
}

func columnIndex(columns []Column, name string) int {
	for i := range columns {
		if columns[i].Name == name {
			return i
		}
	}
	return -1
}

// addColumn gives each node one value more.
func addColumn[T int | float64](n *Network, name string, values []T) {
	t := Integer
	if _, double := any(values).([]float64); double {
		t = Double
	}
	n.NodeColumns = append(n.NodeColumns, Column{Name: name, Type: t})
	for i := range n.Nodes {
		n.Nodes[i].Values = append(n.Nodes[i].Values, values[i])
	}
}

func degree(_ context.Context, n *Network) error {
	addDegrees(n, "degree", func(*Edge) int { return 1 })
	return nil
}

func weightedDegree(_ context.Context, n *Network) error {
	addDegrees(n, "weighted_degree", func(e *Edge) float64 { return e.Weight })
	return nil
}

func addDegrees[T int | float64](n *Network, name string, of func(*Edge) T) {
	all, in, out := make([]T, len(n.Nodes)), make([]T, len(n.Nodes)), make([]T, len(n.Nodes))
	for i := range n.Edges {
		e := &n.Edges[i]
		w := of(e)
		all[e.Source] += w
		all[e.Target] += w
		out[e.Source] += w
		in[e.Target] += w
	}
	addColumn(n, name, all)
	if n.Directed {
		addColumn(n, "in_"+name, in)
		addColumn(n, "out_"+name, out)
	}
}

const damping = 0.85

// pageRank walks the edges by their weights; who is in a node without an edge
// out of it goes anywhere. It ends where a step changes less than 1e-10 in all.
func pageRank(ctx context.Context, n *Network) error {
	out := newAdjacency(n, outward)
	size := out.len()
	rank, next := make([]float64, size), make([]float64, size)
	total := make([]float64, size)
	for i := range size {
		rank[i] = 1 / float64(size)
		_, weights := out.of(i)
		for _, w := range weights {
			total[i] += w
		}
	}
	for change := 1.0; change > 1e-10; {
		if err := ctx.Err(); err != nil {
			return err
		}
		change = rankStep(out, total, rank, next)
		rank, next = next, rank
		if size == 0 {
			break
		}
	}
	addColumn(n, "pagerank", rank)
	return nil
}

func rankStep(out *adjacency, total, rank, next []float64) (change float64) {
	lost := 0.0
	clear(next)
	for i, r := range rank {
		if total[i] == 0 {
			lost += r
			continue
		}
		to, weights := out.of(i)
		for k, j := range to {
			next[j] += damping * r * weights[k] / total[i]
		}
	}
	base := (1 - damping + damping*lost) / float64(len(rank))
	for i := range next {
		next[i] += base
		change += max(next[i]-rank[i], rank[i]-next[i])
	}
	return change
}

// component numbers what hangs together.
func component(_ context.Context, n *Network) error {
	parent := make([]int, len(n.Nodes))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i := range n.Edges {
		a, b := root(n.Edges[i].Source), root(n.Edges[i].Target)
		parent[max(a, b)] = min(a, b)
	}
	for i := range parent {
		parent[i] = root(i)
	}
	addColumn(n, "component", bySize(parent))
	return nil
}
