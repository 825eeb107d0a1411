package explore

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// A network is counted row by row: for one node, along its cables, how often each
// other node stands there. That takes a counter for each node, however many pairs
// there are; only the edges that stay are kept. What is to be cut is known after
// one round, so a second one over the same numbers keeps no more than that.

// counting is one call of Project.
type counting struct {
	*Projection
	cables []graph.TiedCable
	nodes  []graph.ID // by id
	rows   lists      // node → the cables that it is the left end of
	ends   lists      // cable → right ends
	action []bool     // beside ends.items; nil where it does not matter
	same   bool       // left and right are the same: each pair is met twice, and counted once
	kinds  []string

	info network.Info
	keep []bool // nodes that stay
	sums []int64
}

// lists are lists of numbers in one piece: those of i are items[from[i]:from[i+1]].
type lists struct {
	from  []int32
	items []int32
}

func (l *lists) of(i int32) []int32 { return l.items[l.from[i]:l.from[i+1]] }

// listed gathers items by key, which counts to n, in their order.
func listed(n int, ties []graph.Tie, pair func(graph.Tie) (key, item int32)) lists {
	l := lists{from: make([]int32, n+1), items: make([]int32, len(ties))}
	for _, t := range ties {
		key, _ := pair(t)
		l.from[key+1]++
	}
	for i := range n {
		l.from[i+1] += l.from[i]
	}
	next := slices.Clone(l.from)
	for _, t := range ties {
		key, item := pair(t)
		l.items[next[key]] = item
		next[key]++
	}
	return l
}

// edge is an edge while it is counted.
type edge struct {
	source, target, weight int32
	kind                   uint8 // index in kinds
}

// count reads the cables' edges and cuts.
func count(ctx context.Context, store graph.Reader, p *Projection) (*counting, error) {
	left, right := p.Of.links()
	types := []graph.LinkType{left}
	if right != left {
		types = append(types, right)
	}
	ties, err := store.Ties(ctx, p.Where, types...)
	if err != nil {
		return nil, err
	}
	c := &counting{Projection: p, cables: ties.Cables, kinds: p.Of.EdgeKinds(), same: left == right && !p.Of.Directed()}
	c.tie(ties, left, right)
	c.keep = make([]bool, len(c.nodes))
	for i := range c.keep {
		c.keep[i] = true
	}
	return c, c.cut(ctx)
}

// tie makes rows and ends of the ties.
func (c *counting) tie(ties *graph.Ties, left, right graph.LinkType) {
	if c.Of == References {
		c.cite(ties)
		return
	}
	_, leftKind := left.Ends()
	_, rightKind := right.Ends()
	offset := int32(0) // of the right ends
	for _, key := range ties.Keys[leftKind] {
		c.nodes = append(c.nodes, graph.NewID(leftKind, key))
	}
	if leftKind != rightKind {
		offset = int32(len(c.nodes))
		for _, key := range ties.Keys[rightKind] {
			c.nodes = append(c.nodes, graph.NewID(rightKind, key))
		}
	}
	c.rows = listed(len(c.nodes), ties.Links[left], func(t graph.Tie) (int32, int32) { return t.End, t.Cable })
	c.ends = listed(len(c.cables), ties.Links[right], func(t graph.Tie) (int32, int32) { return t.Cable, t.End + offset })
	if c.Of == PostsApart {
		for _, t := range ties.Links[right] { // which are by cable and end, as ends.items
			c.action = append(c.action, t.Action)
		}
	}
}

// cite makes rows and ends of citations: the left end of a cable is the cable itself.
func (c *counting) cite(ties *graph.Ties) {
	cited := ties.Keys[graph.KindCable]
	for _, cable := range c.cables {
		c.nodes = append(c.nodes, graph.NewID(graph.KindCable, string(cable.Reference)))
	}
	for _, key := range cited {
		c.nodes = append(c.nodes, graph.NewID(graph.KindCable, key))
	}
	slices.Sort(c.nodes)
	c.nodes = slices.Compact(c.nodes)
	at := func(key string) int32 {
		i, _ := slices.BinarySearch(c.nodes, graph.NewID(graph.KindCable, key))
		return int32(i)
	}
	of := make([]int32, len(c.cables))
	c.rows.from = make([]int32, len(c.nodes)+1)
	for i, cable := range c.cables {
		of[i] = at(string(cable.Reference))
		c.rows.from[of[i]+1] = 1
		c.rows.items = append(c.rows.items, int32(i))
	}
	for i := range c.nodes {
		c.rows.from[i+1] += c.rows.from[i]
	}
	to := make([]int32, len(cited))
	for i, key := range cited {
		to[i] = at(key)
	}
	c.ends = listed(len(c.cables), ties.Links[graph.LinkReferences], func(t graph.Tie) (int32, int32) { return t.Cable, to[t.End] })
}

// kindAt is the kind of edge to the i-th of all right ends.
func (c *counting) kindAt(i int) int {
	if c.action != nil && c.action[i] {
		return 1
	}
	return 0
}

// each hands every edge between nodes that stay, of whatever weight, to visit: by
// source, target and kind.
func (c *counting) each(ctx context.Context, visit func(edge)) error {
	weights := make([][]int32, len(c.kinds))
	for k := range weights {
		weights[k] = make([]int32, len(c.nodes))
	}
	var met []int32
	for row := range int32(len(c.nodes)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !c.keep[row] {
			continue
		}
		met = met[:0]
		for _, cable := range c.rows.of(row) {
			first := c.ends.from[cable]
			for i, end := range c.ends.of(cable) {
				if end == row || c.same && end < row || !c.keep[end] {
					continue
				}
				kind := c.kindAt(int(first) + i)
				if weights[0][end] == 0 && weights[len(weights)-1][end] == 0 {
					met = append(met, end)
				}
				weights[kind][end]++
			}
		}
		slices.Sort(met)
		for _, end := range met {
			for kind := range weights {
				if w := weights[kind][end]; w > 0 {
					visit(edge{source: row, target: end, weight: w, kind: uint8(kind)})
				}
				weights[kind][end] = 0
			}
		}
	}
	return nil
}

// cut decides which nodes stay, and notes what goes.
func (c *counting) cut(ctx context.Context) error {
	c.sums = make([]int64, len(c.nodes))
	tied := make([]bool, len(c.nodes))
	light := 0
	err := c.each(ctx, func(e edge) {
		c.info.EdgesFound++
		tied[e.source], tied[e.target] = true, true
		if int(e.weight) < c.MinWeight {
			light++
			return
		}
		c.sums[e.source] += int64(e.weight)
		c.sums[e.target] += int64(e.weight)
	})
	if err != nil {
		return err
	}
	var heavy []int32
	for i := range c.nodes {
		if tied[i] {
			c.info.NodesFound++
		}
		if c.sums[i] > 0 {
			heavy = append(heavy, int32(i))
		}
		c.keep[i] = c.sums[i] > 0
	}
	c.cutFor("edges", light, fmt.Sprintf("weight below %d", c.MinWeight))
	c.cutFor("nodes", c.info.NodesFound-len(heavy), "no edge left after that")
	if c.TopNodes > 0 && len(heavy) > c.TopNodes {
		slices.SortStableFunc(heavy, func(a, b int32) int { return cmp.Compare(c.sums[b], c.sums[a]) })
		for _, i := range heavy[c.TopNodes:] {
			c.keep[i] = false
		}
		c.cutFor("nodes", len(heavy)-c.TopNodes, fmt.Sprintf("not among the %d whose edges weigh most together", c.TopNodes))
	}
	return nil
}

func (c *counting) cutFor(what string, count int, why string) {
	if count > 0 {
		c.info.Cuts = append(c.info.Cuts, network.Cut{What: what, Count: count, Why: why})
	}
}

// edges returns the edges that stay. How many there are of each weight tells,
// before any is kept, how heavy the lightest of the heaviest is.
func (c *counting) edges(ctx context.Context) ([]edge, error) {
	weights := map[int32]int{}
	total := 0
	err := c.each(ctx, func(e edge) {
		if int(e.weight) >= c.MinWeight {
			weights[e.weight]++
			total++
		}
	})
	if err != nil {
		return nil, err
	}
	light := c.info.EdgesFound - total // with those of nodes that went
	for _, cut := range c.info.Cuts {
		if cut.What == "edges" {
			light -= cut.Count
		}
	}
	c.cutFor("edges", light, "an end was cut")
	least, room := int32(0), 0
	if c.TopEdges > 0 && total > c.TopEdges {
		least, room = lightest(weights, c.TopEdges)
		c.cutFor("edges", total-c.TopEdges, fmt.Sprintf("not among the %d heaviest", c.TopEdges))
		total = c.TopEdges
	}
	if total > MaxEdges {
		return nil, fmt.Errorf("%w: %d edges; a network has %d at most: raise the minimum weight, or ask for the heaviest", ErrTooLarge, total, MaxEdges)
	}
	kept := make([]edge, 0, total)
	err = c.each(ctx, func(e edge) {
		switch {
		case int(e.weight) < c.MinWeight, e.weight < least:
		case e.weight > least || least == 0:
			kept = append(kept, e)
		case room > 0:
			room--
			kept = append(kept, e)
		}
	})
	return kept, err
}

// lightest returns the weight of the n-th heaviest edge, and how many of that weight are among the n.
func lightest(weights map[int32]int, n int) (weight int32, room int) {
	var all []int32
	for w := range weights {
		all = append(all, w)
	}
	slices.Sort(all)
	slices.Reverse(all)
	for _, w := range all {
		if n <= weights[w] {
			return w, n
		}
		n -= weights[w]
	}
	return 0, 0
}

// network makes the network of what stays.
func (c *counting) network(ctx context.Context) (*network.Network, error) {
	kept, err := c.edges(ctx)
	if err != nil {
		return nil, err
	}
	n := &network.Network{Head: network.Head{Info: c.info, Directed: c.Of.Directed(), NodeColumns: []network.Column{{Name: "cables", Type: network.Integer}}}}
	place := make([]int, len(c.nodes))
	for i := range kept {
		place[kept[i].source], place[kept[i].target] = 1, 1
	}
	cables := c.cablesOf()
	alone := 0
	for i, id := range c.nodes {
		if place[i] == 0 {
			if c.keep[i] {
				alone++
			}
			continue
		}
		place[i] = len(n.Nodes)
		kind, _, _ := id.Split()
		n.Nodes = append(n.Nodes, network.Node{ID: id, Kind: kind, Values: []any{cables[i]}})
	}
	c.info.Cuts = n.Info.Cuts
	c.cutFor("nodes", alone, "no edge left")
	n.Info.Cuts = c.info.Cuts
	n.Edges = make([]network.Edge, len(kept))
	for i, e := range kept {
		n.Edges[i] = network.Edge{Source: place[e.source], Target: place[e.target], Kind: c.kinds[e.kind], Weight: float64(e.weight)}
	}
	if !c.Spells {
		return n, nil
	}
	return n, c.spell(ctx, kept, n.Edges)
}

// cablesOf counts for each node the cables that count and have it at an end.
func (c *counting) cablesOf() []int {
	cables := make([]int, len(c.nodes))
	for i := range int32(len(c.nodes)) {
		cables[i] = len(c.rows.of(i))
	}
	if c.same {
		return cables
	}
	for _, end := range c.ends.items {
		cables[end]++
	}
	return cables
}

// spell sets the days of the cables behind each edge; kept and edges are by source.
func (c *counting) spell(ctx context.Context, kept []edge, edges []network.Edge) error {
	days := map[[2]int32][]network.Day{} // target and kind → days, of one source
	for i := 0; i < len(kept); {
		if err := ctx.Err(); err != nil {
			return err
		}
		source, end := kept[i].source, i
		clear(days)
		for ; end < len(kept) && kept[end].source == source; end++ {
			days[[2]int32{kept[end].target, int32(kept[end].kind)}] = []network.Day{}
		}
		for _, cable := range c.rows.of(source) {
			if c.cables[cable].Created == graph.NoMinute {
				continue
			}
			day, first := network.DayOf(graph.FromMinute(c.cables[cable].Created)), int(c.ends.from[cable])
			for k, to := range c.ends.of(cable) {
				at := [2]int32{to, int32(c.kindAt(first + k))}
				if list, ok := days[at]; ok {
					days[at] = append(list, day)
				}
			}
		}
		for ; i < end; i++ {
			edges[i].Spells = network.Spells(days[[2]int32{kept[i].target, int32(kept[i].kind)}])
		}
	}
	return nil
}
