package network

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
)

// community is the Louvain method: each node goes to the neighbouring community
// where modularity grows most, until none moves; then communities become the
// nodes of a smaller network and it starts anew. Nodes come in an order
// drawn with a fixed seed. Which way an edge points does not count.
func community(ctx context.Context, n *Network) error {
	level := newLevel(newAdjacency(n, bothWays))
	member := make([]int, len(n.Nodes)) // node → community
	for i := range member {
		member[i] = i
	}
	draw := rand.New(rand.NewPCG(1, 2))
	for {
		moved, err := level.settle(ctx, draw)
		if err != nil {
			return err
		}
		for i, m := range member {
			member[i] = level.community[m]
		}
		if !moved {
			break
		}
		level = level.coarser()
	}
	number := bySize(member)
	addColumn(n, "community", number)
	n.Info.Notes = append(n.Info.Notes, fmt.Sprintf("communities: %d, modularity %.4f", len(level.community), level.modularity()))
	return nil
}

// level is a network of communities of the level below.
type level struct {
	edges     *adjacency
	degree    []float64 // node → sum of the weights at it, of loops twice
	total     float64   // of all degrees
	community []int     // node → community
	inside    []float64 // community → sum of the degrees in it
}

func newLevel(edges *adjacency) *level {
	l := &level{edges: edges, degree: make([]float64, edges.len()), community: make([]int, edges.len())}
	for i := range l.degree {
		l.community[i] = i
		to, weight := edges.of(i)
		for k, j := range to {
			l.degree[i] += weight[k]
			if int(j) == i {
				l.degree[i] += weight[k]
			}
		}
		l.total += l.degree[i]
	}
	l.inside = slices.Clone(l.degree)
	return l
}

// maxRounds bounds a level's rounds; by then the gains are in the last digits.
const maxRounds = 100

// settle moves nodes until none moves, and numbers the communities anew from 0. It says whether any moved.
func (l *level) settle(ctx context.Context, draw *rand.Rand) (bool, error) {
	order := draw.Perm(len(l.community))
	ties := make([]float64, len(l.community)) // community → weight of the ties to it
	var near []int                            // the communities with ties
	changed := false
	for range maxRounds {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		moved := false
		for _, i := range order {
			near = near[:0]
			to, weight := l.edges.of(i)
			for k, j := range to {
				c := l.community[j]
				if int(j) == i {
					continue
				}
				if ties[c] == 0 {
					near = append(near, c)
				}
				ties[c] += weight[k]
			}
			if l.move(i, near, ties) {
				moved = true
			}
			for _, c := range near {
				ties[c] = 0
			}
		}
		changed = changed || moved
		if !moved {
			break
		}
	}
	l.renumber()
	return changed, nil
}

// move puts a node where modularity grows most; where nothing grows it stays.
func (l *level) move(i int, near []int, ties []float64) bool {
	old := l.community[i]
	l.inside[old] -= l.degree[i]
	best, most := old, ties[old]-l.degree[i]*l.inside[old]/l.total
	for _, c := range near {
		if gain := ties[c] - l.degree[i]*l.inside[c]/l.total; gain > most+1e-12*l.total {
			best, most = c, gain
		}
	}
	l.inside[best] += l.degree[i]
	l.community[i] = best
	return best != old
}

func (l *level) renumber() {
	number := map[int]int{}
	inside := []float64{}
	for i, c := range l.community {
		if _, seen := number[c]; !seen {
			number[c] = len(number)
			inside = append(inside, l.inside[c])
		}
		l.community[i] = number[c]
	}
	l.inside = inside
}

// coarser makes the communities nodes.
func (l *level) coarser() *level {
	small := &adjacency{start: make([]int, len(l.inside)+1)}
	members := make([][]int, len(l.inside))
	for i, c := range l.community {
		members[c] = append(members[c], i)
	}
	ties := make([]float64, len(l.inside))
	var near []int32
	for c, nodes := range members {
		near = near[:0]
		for _, i := range nodes {
			to, weight := l.edges.of(i)
			for k, j := range to {
				d, w := l.community[j], weight[k]
				if d == c && int(j) != i {
					w /= 2 // seen from both its ends
				}
				if ties[d] == 0 {
					near = append(near, int32(d))
				}
				ties[d] += w
			}
		}
		slices.Sort(near)
		for _, d := range near {
			small.to, small.weight = append(small.to, d), append(small.weight, ties[d])
			ties[d] = 0
		}
		small.start[c+1] = len(small.to)
	}
	return newLevel(small)
}

// modularity is how much more weight lies within communities than chance would put there.
func (l *level) modularity() float64 {
	if l.total == 0 {
		return 0
	}
	q := 0.0
	for i, c := range l.community {
		to, weight := l.edges.of(i)
		for k, j := range to {
			if l.community[j] == c {
				q += weight[k] / l.total
			}
			if int(j) == i {
				q += weight[k] / l.total
			}
		}
	}
	for _, d := range l.inside {
		q -= d / l.total * d / l.total
	}
	return q
}

// bySize numbers groups from 0, the largest first, of equal ones that of the first member.
func bySize(group []int) []int {
	size, first := map[int]int{}, map[int]int{}
	var groups []int
	for i, g := range group {
		if size[g] == 0 {
			first[g] = i
			groups = append(groups, g)
		}
		size[g]++
	}
	slices.SortFunc(groups, func(a, b int) int {
		return cmp.Or(cmp.Compare(size[b], size[a]), cmp.Compare(first[a], first[b]))
	})
	number := make(map[int]int, len(groups))
	for i, g := range groups {
		number[g] = i
	}
	out := make([]int, len(group))
	for i, g := range group {
		out[i] = number[g]
	}
	return out
}
