package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Ties gathers the edges of the cables that match.
func (o *Oracle) Ties(ctx context.Context, where *graph.CableWhere, types ...graph.LinkType) (*graph.Ties, error) {
	q, tied := o.question(), &graph.Tied{}
	for _, c := range o.cables {
		if where != nil && !q.cableMatches(where, c.key()) {
			continue
		}
		tied.Cable(c.Cable.Reference, graph.Minute(c.Cable.Created))
		for _, l := range c.links() {
			if _, key, err := l.To.Split(); err == nil && slices.Contains(types, l.Type) {
				tied.Link(l.Type, key, l.Action)
			}
		}
	}
	return tied.Ties(), cmp.Or(q.err, ctx.Err())
}

// Adjacent looks at every edge of the graph for each node and side.
func (o *Oracle) Adjacent(ctx context.Context, at *graph.Adjacent) ([]graph.Adjacency, error) {
	var links []graph.Link
	err := o.Walk(ctx, func(e graph.Element) error {
		if e.Link != nil {
			links = append(links, *e.Link)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var found []graph.Adjacency
	for _, node := range at.Nodes {
		if _, _, err := node.Split(); err != nil {
			return nil, err
		}
		for _, side := range at.Sides {
			a := graph.Adjacency{Node: node, Side: side}
			for i := range links {
				if end, ok := farEnd(side, node, &links[i]); ok && !slices.ContainsFunc(a.Ends, func(e graph.End) bool { return e.ID == end.ID }) {
					a.Ends = append(a.Ends, end)
				}
			}
			if a.Total = len(a.Ends); a.Total > 0 {
				slices.SortFunc(a.Ends, func(a, b graph.End) int {
					return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(o.minute(b.ID), o.minute(a.ID)), cmp.Compare(a.ID, b.ID))
				})
				a.Ends = a.Ends[:min(at.Limit, a.Total)]
				found = append(found, a)
			}
		}
	}
	graph.SortAdjacencies(at.Nodes, found)
	return found, nil
}

// farEnd is the other end of an edge of the side at the node.
func farEnd(side graph.Side, node graph.ID, l *graph.Link) (graph.End, bool) {
	near, far, weight := l.To, l.From, 1
	if side.Out {
		near, far = far, near
	}
	if l.Mention != nil {
		weight = l.Mention.Count
	}
	return graph.End{ID: far, Weight: weight}, l.Type == side.Type && near == node
}

// minute is the date of a cable; the same for all that is none.
func (o *Oracle) minute(id graph.ID) int64 {
	_, key, _ := id.Split()
	if c := o.cable(key); c != nil && c.Cable.ID() == id {
		return graph.Minute(c.Cable.Created)
	}
	return 0
}
