package explore

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// Neighbourhood asks for what lies around nodes, level by level, with all edges
// of the types among it.
//
// It is capped fairly: each level gets an equal part of what is left of Limit. Of
// that, every list of edges of the level before it (those of one node, type and
// side) gives one node in turn, its strongest first (see graph.Adjacency), until the part is used up.
type Neighbourhood struct {
	Of    []graph.ID
	Types []graph.LinkType
	Depth int
	// Limit is how many nodes there may be beside those asked for.
	Limit int
}

// Around finds a neighbourhood. Unknown ids are left out. An edge's weight is how
// often the cable names the person, 1 for other edges. Edges that lead out of what
// is shown, from nodes that were looked around, are counted as cut, and so are the nodes that they lead to.
func Around(ctx context.Context, store graph.Reader, q *Neighbourhood) (*network.Network, error) {
	found, err := resolve(ctx, store, q.Of)
	if err != nil {
		return nil, err
	}
	a := &around{Neighbourhood: q, store: store, has: map[graph.ID]bool{}}
	a.add(found)
	frontier, left := found, q.Limit
	for level := range q.Depth {
		share := (left + q.Depth - level - 1) / (q.Depth - level)
		if frontier, err = a.level(ctx, frontier, share); err != nil {
			return nil, err
		}
		left -= len(frontier)
	}
	n, err := among(ctx, store, a.nodes, q.Types, a.read())
	if err != nil {
		return nil, err
	}
	if err := a.count(ctx, n); err != nil {
		return nil, err
	}
	return n, describe(ctx, store, n)
}

// around is one call of Around.
type around struct {
	*Neighbourhood
	store  graph.Reader
	nodes  []graph.ID
	has    map[graph.ID]bool
	looked []graph.Adjacency // the edges at nodes that were looked around
}

func (a *around) add(ids []graph.ID) {
	for _, id := range ids {
		a.has[id] = true
	}
	a.nodes = append(a.nodes, ids...)
}

// level looks around the frontier and returns the new nodes, share of them at most.
// It asks for few edges of each node first, and for more where that was not enough.
func (a *around) level(ctx context.Context, frontier []graph.ID, share int) ([]graph.ID, error) {
	if len(frontier) == 0 {
		return nil, nil
	}
	for limit := 2*share/len(frontier) + 16; ; limit *= 4 {
		lists, err := a.store.Adjacent(ctx, &graph.Adjacent{Nodes: frontier, Sides: graph.Sides(a.Types), Limit: limit})
		if err != nil {
			return nil, err
		}
		found, enough := a.turns(lists, share)
		if !enough {
			continue
		}
		a.looked = append(a.looked, lists...)
		a.add(found)
		return found, nil
	}
}

// turns takes new nodes from the lists in turn. It is not enough where a list that goes on came to its end.
func (a *around) turns(lists []graph.Adjacency, share int) (found []graph.ID, enough bool) {
	next, taken := make([]int, len(lists)), map[graph.ID]bool{}
	for more := true; more; {
		more = false
		for i := range lists {
			ends := lists[i].Ends
			for next[i] < len(ends) && (a.has[ends[next[i]].ID] || taken[ends[next[i]].ID]) {
				next[i]++
			}
			switch {
			case len(found) == share:
				return found, true
			case next[i] < len(ends):
				taken[ends[next[i]].ID], more = true, true
				found = append(found, ends[next[i]].ID)
			case len(ends) < lists[i].Total:
				return nil, false
			}
		}
	}
	return found, true
}

// read returns the edges at those nodes of which all are known.
func (a *around) read() map[graph.ID][]graph.Adjacency {
	all := map[graph.ID][]graph.Adjacency{}
	for _, l := range a.looked {
		all[l.Node] = append(all[l.Node], l)
	}
	for _, l := range a.looked {
		if len(l.Ends) < l.Total {
			delete(all, l.Node)
		}
	}
	return all
}

// maxCounted is how many ends of edges are read only to count the nodes among them; tests have few.
var maxCounted = 10_000

// count notes the edges that lead out of the network, and the nodes that they lead to.
func (a *around) count(ctx context.Context, n *network.Network) error {
	type list struct {
		node graph.ID
		side graph.Side
	}
	within := map[list]int{}
	for _, e := range n.Edges {
		kind := graph.LinkType(e.Kind)
		within[list{n.Nodes[e.Source].ID, graph.Side{Type: kind, Out: true}}]++
		within[list{n.Nodes[e.Target].ID, graph.Side{Type: kind}}]++
	}
	edges, least, unread := 0, 0, 0
	beyond, partly := map[graph.ID]bool{}, map[graph.ID]bool{}
	for _, l := range a.looked {
		out := l.Total - within[list{l.Node, l.Side}]
		edges += out
		least = max(least, out) // the ends of one list are all different
		if len(l.Ends) < l.Total {
			partly[l.Node] = true
			unread += l.Total
		}
		a.beyond(&l, beyond)
	}
	why := fmt.Sprintf("the %d that were asked for", a.Limit)
	nodes := "lie beyond " + why
	switch {
	case unread > maxCounted:
		nodes = "or more lie beyond " + why
	case unread > 0:
		lists, err := a.store.Adjacent(ctx, &graph.Adjacent{Nodes: slices.Sorted(maps.Keys(partly)), Sides: graph.Sides(a.Types), Limit: unread})
		if err != nil {
			return err
		}
		for i := range lists {
			a.beyond(&lists[i], beyond)
		}
	}
	count := max(least, len(beyond))
	n.Info.NodesFound, n.Info.EdgesFound = len(n.Nodes)+count, len(n.Edges)+edges
	if edges > 0 {
		n.Info.Cuts = []network.Cut{{What: "nodes", Count: count, Why: nodes}, {What: "edges", Count: edges, Why: "lead to nodes beyond " + why}}
	}
	return nil
}

// beyond notes the ends that are not shown.
func (a *around) beyond(l *graph.Adjacency, found map[graph.ID]bool) {
	for _, end := range l.Ends {
		if !a.has[end.ID] {
			found[end.ID] = true
		}
	}
}

// resolve returns those of the ids that are in the store, each once, as the nodes' own ids.
func resolve(ctx context.Context, store graph.Reader, ids []graph.ID) ([]graph.ID, error) {
	plan := &graph.Plan{}
	for _, kind := range graph.Kinds {
		keys, err := graph.Keys(kind, ids)
		if err != nil {
			return nil, err
		}
		if len(keys) > 0 {
			step := keyed(described[kind].relation, keys)
			step.Fields = graph.FieldOtherSlugs | graph.FieldSources
			plan.Steps = append(plan.Steps, step)
		}
	}
	answers, err := store.Ask(ctx, plan)
	if err != nil {
		return nil, err
	}
	own := map[graph.ID]graph.ID{}
	for i := range answers {
		for j := range answers[i].Edges {
			for _, other := range otherIDs(&answers[i].Edges[j]) {
				own[other] = answers[i].Edges[j].Node().NodeID()
			}
		}
	}
	for i := range answers { // one's own id goes before another's that leads there too
		for j := range answers[i].Edges {
			id := answers[i].Edges[j].Node().NodeID()
			own[id] = id
		}
	}
	var found []graph.ID
	for _, id := range ids {
		if to := own[id]; to != "" && !slices.Contains(found, to) {
			found = append(found, to)
		}
	}
	return found, nil
}

// otherIDs are the ids that lead to a node beside its own.
func otherIDs(e *graph.Edge) []graph.ID {
	switch {
	case e.Person != nil:
		return e.Person.OtherIDs()
	case e.Cable != nil:
		var ids []graph.ID
		for _, s := range e.Cable.Sources {
			if s.Reference != "" {
				ids = append(ids, graph.NewID(graph.KindCable, string(s.Reference)))
			}
		}
		return ids
	}
	return nil
}

// among makes a network of nodes and all edges of the types among them. But for
// those of LinkTagOf, they all start at a cable. Of some nodes all edges may be known already.
func among(ctx context.Context, store graph.Reader, ids []graph.ID, types []graph.LinkType, known map[graph.ID][]graph.Adjacency) (*network.Network, error) {
	n := &network.Network{Head: network.Head{Directed: true}}
	q := &graph.Adjacent{Limit: graph.MaxPage}
	for _, side := range graph.Sides(types) {
		if side.Out {
			q.Sides = append(q.Sides, side)
		}
	}
	for _, id := range slices.Sorted(slices.Values(ids)) {
		kind, _, err := id.Split()
		if err != nil {
			return nil, err
		}
		n.Nodes = append(n.Nodes, network.Node{ID: id, Kind: kind})
	}
	at := make(map[graph.ID]int, len(n.Nodes))
	var lists []graph.Adjacency
	for i := range n.Nodes {
		at[n.Nodes[i].ID] = i
		if kind := n.Nodes[i].Kind; kind != graph.KindCable && (kind != graph.KindTag || !slices.Contains(types, graph.LinkTagOf)) {
			continue
		}
		if edges, read := known[n.Nodes[i].ID]; read {
			lists = append(lists, edges...)
		} else {
			q.Nodes = append(q.Nodes, n.Nodes[i].ID)
		}
	}
	if len(q.Nodes) > 0 {
		asked, err := store.Adjacent(ctx, q)
		if err != nil {
			return nil, err
		}
		lists = append(lists, asked...)
	}
	for _, list := range lists {
		if !list.Out {
			continue
		}
		for _, end := range list.Ends {
			if to, here := at[end.ID]; here {
				n.Edges = append(n.Edges, network.Edge{Source: at[list.Node], Target: to, Kind: string(list.Type), Weight: float64(max(1, end.Weight))})
			}
		}
	}
	n.Sort()
	return n, nil
}
