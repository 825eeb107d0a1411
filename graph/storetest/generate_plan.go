package storetest

import (
	"context"
	"math/bits"
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

// page is what a step's page shall be like; its cursors are drawn when it is
// known which positions there are.
type page struct {
	step          *graph.Step
	backward      bool
	cursor, until bool
	size          int
}

// planOf returns the generator of plans whose values are drawn by the seed.
func planOf(world *Oracle, seed uint64) *rapid.Generator[*graph.Plan] {
	return rapid.Custom(func(t *rapid.T) *graph.Plan {
		g := generator{T: t, values: newValues(world, seed)}
		var pages []page
		root := pick(g, "root", []graph.Relation{graph.RootCables, graph.RootCables, graph.RootPosts, graph.RootPeople, graph.RootTags})
		g.most = pick(g, "length of lists", []int{8, 8, 8, 8, 1, 0})
		// A deep filter on one list, or a simple one on a deep tree.
		depth, levels := 4, 0
		if g.maybe("tree") {
			depth, levels = 1, 2
		}
		plan := &graph.Plan{Steps: []*graph.Step{g.step(root, depth, levels, &pages)}}
		g.turn(plan, pages)
		return plan
	})
}

// step draws a step with a filter of the depth, and what is below it, at most levels deep.
func (g generator) step(relation graph.Relation, depth, levels int, pages *[]page) *graph.Step {
	root := relation.From() == "" && relation != graph.SharedCables && !relation.Facet()
	s := &graph.Step{Relation: relation, Order: g.order(relation), Direction: graph.Both, Rows: true, Total: g.maybe("total")}
	if s.Fields = everything; g.draw("all columns", 3) > 0 {
		s.Fields = 0
		for range g.draw("columns", 8) {
			s.Fields |= 1 << g.draw("column", bits.Len32(uint32(graph.FieldCount)))
		}
		s.Fields &^= graph.FieldScore // each store reckons its own
	}
	if relation == graph.PostCorrespondents {
		s.Direction = pick(g, "direction", graph.Directions)
	}
	if (relation == graph.CablePeople || relation == graph.PersonCables) && g.draw("sure", 3) == 0 {
		s.MinConfidence = g.confidence()
	}
	if (relation == graph.CablePeople || relation == graph.PersonCables) && g.draw("marked", 4) == 0 {
		s.Marking = g.marking()
	}
	if relation.Weighted() && relation != graph.CableRelated && !relation.Facet() && g.draw("in", 3) == 0 {
		s.In = g.cableWhere(1)
	}
	if root && g.draw("keys", 8) == 0 {
		s.Keys = g.keys(relation.To())
	}
	if root || g.maybe("filter") {
		g.filter(s, depth)
	}
	kind := g.draw("page", 8)
	if relation.Single() {
		kind = 0 // pages don't matter there; see windows
	}
	size := g.IntN(9)
	if g.IntN(3) == 0 { // a store may do otherwise where all that a cable lists has room
		size += graph.DefaultPage
	}
	*pages = append(*pages, page{step: s, backward: kind%2 == 1, cursor: kind&2 != 0, until: kind == 6 || kind == 5, size: size})
	if relation.To() == graph.KindCable && g.draw("facets", 4) == 0 {
		for i := range 1 + g.draw("several facets", 2) {
			s.Facets = append(s.Facets, g.facet(i, levels, pages))
		}
	}
	if levels > 0 {
		for i := range g.draw("below", 3) {
			child := g.step(g.relationBelow(s), max(0, depth-1), levels-1, pages)
			child.Path = []string{"nodes", strconv.Itoa(i)}
			s.Steps = append(s.Steps, child)
		}
	}
	return s
}

// facet draws a facet of a list of cables.
func (g generator) facet(i, levels int, pages *[]page) *graph.Step {
	relation := pick(g, "facet", facets)
	s := &graph.Step{Relation: relation, Dated: pick(g, "dated", graph.TimeFields), Interval: pick(g, "interval", graph.Intervals)}
	if relation.Weighted() {
		s = g.step(relation, 1, levels-1, pages)
	}
	s.Path = []string{"facets", strconv.Itoa(i)}
	return s
}

func (g generator) relationBelow(s *graph.Step) graph.Relation {
	all := below(s.Relation.To())
	if s.Relation.Weighted() && s.Relation != graph.CableRelated && !s.Relation.Facet() {
		all = append(all, graph.SharedCables, graph.SharedCables)
	}
	return pick(g, "relation", all)
}

func (g generator) filter(s *graph.Step, depth int) {
	switch s.Relation.To() {
	case graph.KindCable:
		s.Cable = g.cableWhere(depth)
	case graph.KindPost:
		if s.Relation == graph.CableRecipients && g.maybe("recipient") {
			s.Recipient = g.recipientWhere(depth)
			return
		}
		s.Post = g.postWhere(depth)
	case graph.KindPerson:
		s.Person = g.personWhere(depth)
	case graph.KindTag:
		s.Tag = g.tagWhere(depth)
	}
}

// order draws an ordering that the relation's lists can have.
func (g generator) order(relation graph.Relation) []graph.Order {
	if g.maybe("default order") {
		return relation.DefaultOrder()
	}
	terms := append(terms(relation), graph.ByKey)
	var orders []graph.Order
	for range 1 + g.draw("terms", 2) {
		by := pick(g, "by", terms)
		if !slices.ContainsFunc(orders, func(o graph.Order) bool { return o.By == by }) {
			orders = append(orders, graph.Order{By: by, Desc: g.maybe("desc")})
		}
	}
	return graph.Complete(orders)
}

// turn gives the steps their pages: cursors are positions of real rows, now and
// then of one that is gone.
func (g generator) turn(plan *graph.Plan, pages []page) {
	for _, p := range pages {
		p.step.Page = graph.Page{Size: 4, Backward: p.backward}
	}
	answers, err := g.world.Ask(context.Background(), plan)
	if err != nil {
		panic(err) // a filter was drawn that is wrong in itself
	}
	positions := map[*graph.Step][]graph.Position{}
	collect(answers, positions)
	for _, p := range pages {
		p.step.Page = graph.Page{Size: p.size, Backward: p.backward}
		if p.cursor {
			p.step.Page.Cursor = g.position(p.step, positions[p.step])
		}
		if p.until {
			p.step.Page.Until = g.position(p.step, positions[p.step])
		}
		// Mostly the bounds leave something between them.
		if p.cursor && p.until && !g.rarely() && (graph.Compare(p.step.Order, p.step.Page.Cursor, p.step.Page.Until) > 0) != p.backward {
			p.step.Page.Cursor, p.step.Page.Until = p.step.Page.Until, p.step.Page.Cursor
		}
	}
}

func collect(answers graph.Answers, positions map[*graph.Step][]graph.Position) {
	for _, a := range answers {
		for _, e := range a.Edges {
			positions[a.Step] = append(positions[a.Step], e.At)
			collect(e.Node().Below(), positions)
		}
		collect(a.Facets, positions)
	}
}

// position is that of a real row, now and then a little beside it; a made-up one where there is none.
func (g generator) position(s *graph.Step, real []graph.Position) graph.Position {
	p := make(graph.Position, len(s.Order))
	for i, o := range s.Order {
		if p[i] = any("M"); o.By.Numeric() {
			p[i] = int64(g.IntN(5))
		}
	}
	if len(real) > 0 {
		p = slices.Clone(one(g.values, real))
	}
	if i := g.IntN(len(p)); g.rarely() {
		switch value := p[i].(type) {
		case int64:
			p[i] = value + int64(g.IntN(3)) - 1
		case string:
			p[i] = value + "0"
		}
	}
	return p
}
