package network

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"golang.org/x/sync/errgroup"
)

const (
	// betweennessWork bounds the edges that betweenness follows: up to there it
	// is exact, above it counts from so many nodes as that allows, at least betweennessSample.
	betweennessWork   = 500_000_000
	betweennessSample = 100
	// betweennessLanes share the work. Their number is fixed: it decides in which order numbers are added.
	betweennessLanes = 4
)

// betweenness is Brandes' algorithm: from each node, count the shortest paths
// outward, then hand the shares back inward. Normalised by the pairs of others.
func betweenness(ctx context.Context, n *Network) error {
	return betweennessBy(ctx, n, betweennessWork)
}

func betweennessBy(ctx context.Context, n *Network, work int) error {
	out := newAdjacency(n, outward)
	size := out.len()
	sources := rand.New(rand.NewPCG(1, 1)).Perm(size)
	if sample := max(betweennessSample, work/(size+len(out.to)+1)); sample < size {
		sources = sources[:sample]
		n.Info.Notes = append(n.Info.Notes, fmt.Sprintf("betweenness is estimated from the shortest paths that start at %d of the %d nodes, drawn at random", sample, size))
	}
	slices.Sort(sources)
	lanes := make([][]float64, betweennessLanes)
	var group errgroup.Group
	for lane := range lanes {
		lanes[lane] = make([]float64, size)
		group.Go(func() error {
			b := newBrandes(out, lanes[lane])
			for i := lane; i < len(sources); i += betweennessLanes {
				if err := ctx.Err(); err != nil {
					return err
				}
				b.from(int32(sources[i]))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	addColumn(n, "betweenness", normalized(lanes, sources))
	return nil
}

// normalized adds the lanes up and divides by the number of pairs (source,
// target) that were looked at and could have led through the node: one source
// fewer where the node is a source itself.
func normalized(lanes [][]float64, sources []int) []float64 {
	total := lanes[0]
	for _, lane := range lanes[1:] {
		for i, share := range lane {
			total[i] += share
		}
	}
	source := make([]bool, len(total))
	for _, s := range sources {
		source[s] = true
	}
	for i := range total {
		from := len(sources)
		if source[i] {
			from--
		}
		if pairs := from * (len(total) - 2); pairs > 0 {
			total[i] /= float64(pairs)
		}
	}
	return total
}

// brandes is the memory of one lane.
type brandes struct {
	out   *adjacency
	total []float64 // node → its share of the shortest paths so far

	order []int32   // the nodes reached, nearest first
	steps []int32   // node → steps from the source; -1: not reached
	paths []float64 // node → number of shortest paths to it
	share []float64 // node → share of the paths that lead on from it
}

func newBrandes(out *adjacency, total []float64) *brandes {
	size := out.len()
	b := &brandes{
		out: out, total: total,
		order: make([]int32, 0, size), steps: make([]int32, size), paths: make([]float64, size), share: make([]float64, size),
	}
	for i := range b.steps {
		b.steps[i] = -1
	}
	return b
}

func (b *brandes) from(source int32) {
	b.order = append(b.order[:0], source)
	b.steps[source], b.paths[source] = 0, 1
	for head := 0; head < len(b.order); head++ {
		v := b.order[head]
		to, _ := b.out.of(int(v))
		for _, w := range to {
			if b.steps[w] < 0 {
				b.steps[w] = b.steps[v] + 1
				b.order = append(b.order, w)
			}
			if b.steps[w] == b.steps[v]+1 {
				b.paths[w] += b.paths[v]
			}
		}
	}
	for _, v := range slices.Backward(b.order) {
		to, _ := b.out.of(int(v))
		share := 0.0
		for _, w := range to {
			if b.steps[w] == b.steps[v]+1 {
				share += b.paths[v] / b.paths[w] * (1 + b.share[w])
			}
		}
		b.share[v] = share
		if v != source {
			b.total[v] += share
		}
	}
	for _, v := range b.order {
		b.steps[v], b.paths[v], b.share[v] = -1, 0, 0
	}
}
