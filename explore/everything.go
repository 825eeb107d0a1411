package explore

import (
	"context"
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// MaxGraph bounds the edges of the whole graph as a network: about 100 bytes each in memory.
const MaxGraph = 20_000_000

// Everything is the whole graph as a network, or what hangs on the cables that
// where lets through: every type of edge with a weight of 1, those of LinkSentTo with the value action.
func Everything(ctx context.Context, store graph.Reader, where *graph.CableWhere) (*network.Network, error) {
	types := graph.LinkTypes[:len(graph.LinkTypes)-1] // all but LinkTagOf
	ties, err := store.Ties(ctx, where, types...)
	if err != nil {
		return nil, err
	}
	n := &network.Network{Directed: true, EdgeColumns: []network.Column{{Name: "action", Type: network.Boolean}}}
	total, at := 0, map[graph.ID]int{}
	node := func(kind graph.Kind, key string) int {
		id := graph.NewID(kind, key)
		i, known := at[id]
		if !known {
			i = len(n.Nodes)
			at[id] = i
			n.Nodes = append(n.Nodes, network.Node{ID: id, Kind: kind})
		}
		return i
	}
	cables := make([]int, len(ties.Cables))
	for i, c := range ties.Cables {
		cables[i] = node(graph.KindCable, string(c.Reference))
	}
	for _, links := range ties.Links {
		total += len(links)
	}
	if total > MaxGraph {
		return nil, fmt.Errorf("%w: %d edges; a graph is written with %d at most: filter its cables", ErrTooLarge, total, MaxGraph)
	}
	n.Edges = make([]network.Edge, 0, total)
	// Each edge has one of these; they are never changed.
	none, yes, no := []any{nil}, []any{true}, []any{false}
	for _, kind := range types {
		_, to := kind.Ends()
		ends := map[int32]int{}
		for _, t := range ties.Links[kind] {
			end, known := ends[t.End]
			if !known {
				end = node(to, ties.Keys[to][t.End])
				ends[t.End] = end
			}
			values := none
			if kind == graph.LinkSentTo {
				values = no
				if t.Action {
					values = yes
				}
			}
			n.Edges = append(n.Edges, network.Edge{Source: cables[t.Cable], Target: end, Kind: string(kind), Weight: 1, Values: values})
		}
	}
	tagOf, err := standFor(ctx, store, n)
	if err != nil {
		return nil, err
	}
	for _, a := range tagOf {
		for _, end := range a.Ends {
			if to, known := at[end.ID]; known {
				n.Edges = append(n.Edges, network.Edge{Source: at[a.Node], Target: to, Kind: string(a.Type), Weight: 1, Values: none})
			}
		}
	}
	n.Sort()
	n.Info.NodesFound, n.Info.EdgesFound = len(n.Nodes), len(n.Edges)
	return n, describe(ctx, store, n)
}

// standFor returns which tags of the network stand for people.
func standFor(ctx context.Context, store graph.Reader, n *network.Network) ([]graph.Adjacency, error) {
	q := &graph.Adjacent{Sides: []graph.Side{{Type: graph.LinkTagOf, Out: true}}, Limit: graph.MaxPage}
	for i := range n.Nodes {
		if n.Nodes[i].Kind == graph.KindTag {
			q.Nodes = append(q.Nodes, n.Nodes[i].ID)
		}
	}
	return store.Adjacent(ctx, q)
}
