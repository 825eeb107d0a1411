package explore

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// MaxGraph bounds the edges of the whole graph where all of it has to be in memory,
// to be measured or laid out: about 100 bytes each.
const MaxGraph = 20_000_000

// Everything is the whole graph as a network, or what hangs on the cables that
// where lets through: every type of edge with a weight of 1, those of LinkSentTo with the value action.
//
// It is read some cables at a time: once here, to learn the nodes and to count, and again when it is
// written. So memory grows with the names of the nodes, not with texts and edges. The cables
// are those that are there now. Where an edge at them has changed by the time it is read again, the stream
// ends with graph.ErrConflict: what comes out whole are the edges as they stood when Everything returned.
func Everything(ctx context.Context, store graph.Reader, where *graph.CableWhere) (*network.Stream, error) {
	ties, err := store.Ties(ctx, where)
	if err != nil {
		return nil, err
	}
	w := &whole{store: store, seed: maphash.MakeSeed(), places: map[graph.ID]int32{}}
	for _, c := range ties.Cables {
		w.cables = append(w.cables, graph.NewID(graph.KindCable, string(c.Reference)))
	}
	s := &network.Stream{
		Head:  network.Head{Directed: true, EdgeColumns: []network.Column{{Name: "action", Type: network.Boolean}}},
		Nodes: w.nodes, Edges: w.edges,
	}
	if err := w.count(ctx, s, ties.Cables); err != nil {
		return nil, err
	}
	for page := range slices.Chunk(w.names, graph.MaxPage) {
		_, stripped, err := w.describe(ctx, page)
		if err != nil {
			return nil, err
		}
		s.Info.Stripped += stripped
	}
	s.Info.NodesFound, s.Info.EdgesFound = len(s.IDs), s.EdgeCount
	return s, nil
}

// whole is the graph while it is read.
type whole struct {
	store  graph.Reader
	cables []graph.ID // those that edges start at, sorted
	seed   maphash.Seed
	sums   []uint64 // of the edges of each cable
	tagOf  []graph.Adjacency

	names   []graph.ID         // of all nodes, in the stream's order
	places  map[graph.ID]int32 // name → index
	columns int
	description
}

// wholeTypes are the types of edge that start at cables, in the order of edges between the same nodes.
var wholeTypes = slices.Sorted(func(yield func(graph.LinkType) bool) {
	for _, t := range graph.LinkTypes {
		if t != graph.LinkTagOf && !yield(t) {
			return
		}
	}
})

// leafCables is how many cables are read at a time; tests have few.
var leafCables = 16_000

// leaf is the edges of some cables.
type leaf struct {
	cables []int      // indexes in whole.cables
	ends   []graph.ID // where the edges lead
	edges  []leafEdge
	sums   []uint64 // beside cables: the same again where the edges are the same
}

type leafEdge struct {
	source, target int32 // indexes in cables and ends
	kind           uint8 // index in wholeTypes
	action         bool
}

// leafSum is an edge for a sum: its far end is one.
type leafSum struct {
	target uint64
	kind   uint8
	action bool
}

func (e leafEdge) compare(to leafEdge) int {
	return cmp.Or(cmp.Compare(e.source, to.source), cmp.Compare(e.target, to.target), cmp.Compare(e.kind, to.kind))
}

// leaf reads the edges of cables, which it sorts.
func (w *whole) leaf(ctx context.Context, cables []int) (*leaf, error) {
	slices.Sort(cables)
	ids := make([]graph.ID, len(cables))
	for i, c := range cables {
		ids[i] = w.cables[c]
	}
	ties, err := w.store.Ties(ctx, &graph.CableWhere{ID: ids}, wholeTypes...)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if i == len(ties.Cables) || graph.NewID(graph.KindCable, string(ties.Cables[i].Reference)) != id {
			return nil, changed(id)
		}
	}
	l, begin := &leaf{cables: cables, sums: make([]uint64, len(cables))}, map[graph.Kind]int32{}
	for _, kind := range graph.Kinds {
		begin[kind] = int32(len(l.ends))
		for _, key := range ties.Keys[kind] {
			l.ends = append(l.ends, graph.NewID(kind, key))
		}
	}
	ends := make([]uint64, len(l.ends))
	for i, id := range l.ends {
		ends[i] = maphash.String(w.seed, string(id))
	}
	for k, t := range wholeTypes {
		_, to := t.Ends()
		for _, tie := range ties.Links[t] {
			e := leafEdge{tie.Cable, begin[to] + tie.End, uint8(k), tie.Action}
			l.edges = append(l.edges, e)
			l.sums[e.source] += maphash.Comparable(w.seed, leafSum{ends[e.target], e.kind, e.action})
		}
	}
	return l, nil
}

// leaves reads the edges of all the cables in this order, some ahead of those that are worked on.
func (w *whole) leaves(ctx context.Context, cables []int) iter.Seq2[*leaf, error] {
	return func(yield func(*leaf, error) bool) {
		type read struct {
			leaf *leaf
			err  error
		}
		ahead, stop := context.WithCancel(ctx)
		next, reading := make(chan read), sync.WaitGroup{}
		defer reading.Wait()
		defer stop()
		reading.Go(func() {
			defer close(next)
			for part := range slices.Chunk(cables, leafCables) {
				l, err := w.leaf(ahead, part)
				select {
				case next <- read{l, err}:
				case <-ahead.Done():
					return
				}
			}
		})
		for r := range next {
			if !yield(r.leaf, r.err) || r.err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(nil, err)
		}
	}
}

func changed(id graph.ID) error {
	return fmt.Errorf("%w: %s was written while the graph was read", graph.ErrConflict, id)
}

// count sets all that a stream says before its nodes and edges. Cables of one time lie together
// in a store, so these are read together here, where order does not matter.
func (w *whole) count(ctx context.Context, s *network.Stream, cables []graph.TiedCable) error {
	degrees := map[graph.ID]int{}
	for _, id := range w.cables {
		degrees[id] = 0
	}
	byTime := numbered(len(cables))
	slices.SortStableFunc(byTime, func(a, b int) int { return cmp.Compare(cables[a].Created, cables[b].Created) })
	w.sums = make([]uint64, len(w.cables))
	for l, err := range w.leaves(ctx, byTime) {
		if err != nil {
			return err
		}
		s.EdgeCount += len(l.edges)
		s.Parallel = s.Parallel || l.parallel()
		far := make([]int, len(l.ends))
		for _, e := range l.edges {
			degrees[w.cables[l.cables[e.source]]]++
			far[e.target]++
		}
		for i, id := range l.ends {
			degrees[id] += far[i]
		}
		for i, c := range l.cables {
			w.sums[c] = l.sums[i]
		}
	}
	if err := w.standFor(ctx, degrees, s); err != nil {
		return err
	}
	cleaned := func(id graph.ID) graph.ID {
		n := network.Node{ID: id}
		n.Clean()
		return n.ID
	}
	w.names = slices.SortedFunc(maps.Keys(degrees), func(a, b graph.ID) int { return cmp.Compare(cleaned(a), cleaned(b)) })
	kinds := map[graph.Kind]bool{}
	for i, id := range w.names {
		kind, _, _ := id.Split()
		w.places[id], kinds[kind] = int32(i), true
		s.IDs, s.Degrees = append(s.IDs, cleaned(id)), append(s.Degrees, int32(degrees[id]))
	}
	w.description = newDescription(&s.Head, kinds)
	w.columns = len(s.NodeColumns)
	return nil
}

// numbered lists the indexes of n things.
func numbered(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// parallel sorts the edges and says whether two tie the same nodes.
func (l *leaf) parallel() bool {
	slices.SortFunc(l.edges, leafEdge.compare)
	for i := 1; i < len(l.edges); i++ {
		if l.edges[i-1].source == l.edges[i].source && l.edges[i-1].target == l.edges[i].target {
			return true
		}
	}
	return false
}

// standFor keeps which tags of the graph stand for people of it: there are few.
func (w *whole) standFor(ctx context.Context, degrees map[graph.ID]int, s *network.Stream) error {
	q := &graph.Adjacent{Sides: []graph.Side{{Type: graph.LinkTagOf, Out: true}}, Limit: graph.MaxPage}
	for id := range degrees {
		if kind, _, _ := id.Split(); kind == graph.KindTag {
			q.Nodes = append(q.Nodes, id)
		}
	}
	slices.Sort(q.Nodes)
	var err error
	if w.tagOf, err = w.store.Adjacent(ctx, q); err != nil {
		return err
	}
	for i := range w.tagOf {
		a := &w.tagOf[i]
		a.Ends = slices.DeleteFunc(a.Ends, func(end graph.End) bool {
			_, here := degrees[end.ID]
			return !here
		})
		for _, end := range a.Ends {
			degrees[end.ID]++
		}
		degrees[a.Node] += len(a.Ends)
		s.EdgeCount += len(a.Ends)
	}
	return nil
}

// describe makes the nodes of these names; some characters had to be taken out of their texts.
func (w *whole) describe(ctx context.Context, names []graph.ID) (nodes []network.Node, stripped int, err error) {
	nodes = make([]network.Node, len(names))
	for i, id := range names {
		kind, _, _ := id.Split()
		nodes[i] = network.Node{ID: id, Kind: kind, Values: make([]any, w.columns)}
	}
	if err := w.read(ctx, w.store, nodes); err != nil {
		return nil, 0, err
	}
	for i := range nodes {
		stripped += nodes[i].Clean()
	}
	return nodes, stripped, nil
}

func (w *whole) nodes(ctx context.Context) iter.Seq2[*network.Node, error] {
	return func(yield func(*network.Node, error) bool) {
		for page := range slices.Chunk(w.names, graph.MaxPage) {
			nodes, _, err := w.describe(ctx, page)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range nodes {
				if !yield(&nodes[i], nil) {
					return
				}
			}
		}
	}
}

// compare returns an error where the edges are not those that were counted.
func (w *whole) compare(l *leaf) error {
	for i, c := range l.cables {
		if l.sums[i] != w.sums[c] {
			return changed(w.cables[c])
		}
	}
	return nil
}

// The values of an edge: nothing, or whether it is for action.
var none, yes, no = []any{nil}, []any{true}, []any{false}

func (w *whole) edges(ctx context.Context) iter.Seq2[*network.Edge, error] {
	return func(yield func(*network.Edge, error) bool) {
		for l, err := range w.leaves(ctx, numbered(len(w.cables))) {
			if err == nil {
				err = w.compare(l)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			from, to := make([]int32, len(l.cables)), make([]int32, len(l.ends))
			for i, c := range l.cables {
				from[i] = w.places[w.cables[c]]
			}
			for i, id := range l.ends {
				to[i] = w.places[id]
			}
			for i := range l.edges {
				e := &l.edges[i]
				e.source, e.target = from[e.source], to[e.target]
			}
			slices.SortFunc(l.edges, leafEdge.compare)
			for _, e := range l.edges {
				values := none
				if wholeTypes[e.kind] == graph.LinkSentTo {
					if values = no; e.action {
						values = yes
					}
				}
				if !yield(&network.Edge{Source: int(e.source), Target: int(e.target), Kind: string(wholeTypes[e.kind]), Weight: 1, Values: values}, nil) {
					return
				}
			}
		}
		for _, a := range w.tagOf {
			for _, end := range a.Ends {
				if !yield(&network.Edge{Source: int(w.places[a.Node]), Target: int(w.places[end.ID]), Kind: string(a.Type), Weight: 1, Values: none}, nil) {
					return
				}
			}
		}
	}
}
