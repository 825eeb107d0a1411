package memory

import (
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// counter counts numbers.
type counter struct {
	of      []uint32
	touched []uint32
}

func (c *counter) add(node, n uint32) {
	if c.of[node] == 0 {
		c.touched = append(c.touched, node)
	}
	c.of[node] += n
}

// countedBy counts what count adds, and adds the nodes that the list's filter lets through to all.
func (l *List) countedBy(all []entry, count func(*counter)) []entry {
	c := l.counters.Get().(*counter)
	defer l.counters.Put(c)
	count(c)
	all = slices.Grow(all, len(c.touched))
	for _, node := range c.touched {
		if l.in.has(node) {
			all = append(all, entry{node, int64(c.of[node])})
		}
		c.of[node] = 0
	}
	c.touched = c.touched[:0]
	return all
}

// weights counts the cables that join a node to each partner, and adds these to all.
func (l *List) weights(at Place, all []entry) []entry {
	return l.countedBy(all, func(c *counter) {
		node := uint32(at.Row)
		one := func(far uint32) { c.add(far, 1) }
		other := func(far uint32) {
			if far != node {
				c.add(far, 1)
			}
		}
		switch l.step.Relation {
		case graph.PostPeople:
			l.through(l.origins.of(node), &l.named, one)
		case graph.PersonMentionedWith:
			l.through(l.named.to.of(node), &l.named, other)
		case graph.TagCoTags:
			l.through(l.tagged.to.of(node), &l.tagged, other)
		case graph.TagPeople:
			l.through(l.tagged.to.of(node), &l.named, one)
		case graph.PostCorrespondents:
			if l.step.Direction != graph.Received {
				l.through(l.origins.of(node), &l.sent, other)
			}
			if l.step.Direction != graph.Sent {
				for _, cable := range l.making.of(l.sent.to.of(node)) {
					if origin := l.cables.origin[cable]; origin != 0 {
						other(origin)
					}
				}
			}
		case graph.CableRelated:
			if number, known := l.cables.number(at.Row); known {
				l.related(number, c)
			}
		case graph.FacetOrigins:
			l.counted.each(l.Cables(), func(cable uint32) {
				if origin := l.cables.origin[cable]; origin != 0 {
					one(origin)
				}
			})
		case graph.FacetRecipients:
			l.counted.each(l.Cables(), func(cable uint32) { l.sent.firsts(cable, one) })
		case graph.FacetTags:
			l.counted.each(l.Cables(), func(cable uint32) { l.tagged.firsts(cable, one) })
		case graph.FacetPeople:
			l.counted.each(l.Cables(), func(cable uint32) { l.named.firsts(cable, one) })
		}
	})
}

// through visits the far ends of those of the cables that make weights.
func (l *List) through(cables []uint32, e *edges, visit func(far uint32)) {
	for _, cable := range l.making.of(cables) {
		e.firsts(cable, visit)
	}
}

// related weighs the cables that share something with one.
func (l *List) related(near uint32, c *counter) {
	add := func(cables []uint32, weight uint32) {
		for _, cable := range cables {
			if cable != near && l.cables.published.has(cable) {
				c.add(cable, weight)
			}
		}
	}
	l.named.firsts(near, func(person uint32) { add(l.named.to.of(person), graph.WeightPerson) })
	l.tagged.firsts(near, func(tag uint32) { add(l.tagged.to.of(tag), graph.WeightTag) })
	cited := map[uint32]bool{}
	for _, cables := range [][]uint32{l.cites.from.of(near), l.cites.to.of(near)} {
		for _, cable := range cables {
			if !cited[cable] {
				cited[cable] = true
				add([]uint32{cable}, graph.WeightReference)
			}
		}
	}
}

// Explain says on the edges to related cables, in these rows, why they are; on other edges nothing.
func (l *List) Explain(at Place, rows []int64, edges []graph.Edge) {
	if l.step.Relation != graph.CableRelated {
		return
	}
	for i, row := range rows {
		if far, known := l.cables.number(row); known {
			edges[i].Related = l.reasons(at, far)
		}
	}
}

// reasons says why a cable is related to the one at a place.
func (l *List) reasons(at Place, far uint32) *graph.Related {
	near := l.cables.numbers[at.Row]
	why := &graph.Related{Cites: l.cites.leads(near, far), CitedBy: l.cites.leads(far, near)}
	l.named.firsts(near, func(person uint32) {
		if _, names := l.named.first(far, person); names {
			why.People = append(why.People, l.people.name.at(person))
		}
	})
	l.tagged.firsts(near, func(tag uint32) {
		if l.tagged.leads(far, tag) {
			why.Tags = append(why.Tags, l.tags[tag].Code)
		}
	})
	slices.Sort(why.People)
	slices.Sort(why.Tags)
	return why
}

// Listed returns the cables of the list below a node, each once, for facets.
func (l *List) Listed(at Place) Counted {
	if cables, ok := l.cablesBelow(at); ok {
		return Counted{cables}
	}
	entries := l.entries(at)
	cables := make([]uint32, len(entries))
	for i, e := range entries {
		cables[i] = e.node
	}
	return Counted{gathered(l.Cables(), cables)}
}

// Counted are the cables that facets count.
type Counted struct{ cables set }

// Facet returns the list of a facet that leads to nodes, over the cables.
func (g *Graph) Facet(step *graph.Step, of Counted, file File) (*List, error) {
	l, err := g.List(step, nil, file)
	if err == nil {
		l.counted = of.cables
	}
	return l, err
}

// Buckets returns the buckets of a facet that leads to no nodes.
func (g *Graph) Buckets(step *graph.Step, of Counted) []graph.Bucket {
	if step.Relation == graph.FacetTimeline {
		return g.timeline(step.Dated, step.Interval, of)
	}
	counts := make([]int, len(g.cables.labels))
	of.cables.each(g.Cables(), func(cable uint32) { counts[g.cables.label[cable]]++ })
	var buckets []graph.Bucket
	for i, n := range counts {
		if n > 0 {
			buckets = append(buckets, graph.Bucket{Classification: g.cables.labels[i], Count: n})
		}
	}
	graph.SortLabels(buckets)
	return buckets
}

func (g *Graph) timeline(dated graph.TimeField, interval graph.Interval, of Counted) []graph.Bucket {
	minutes := g.cables.created
	if dated == graph.Released {
		minutes = g.cables.released
	}
	days, day, n := map[int64]int{}, int64(-1), 0
	of.cables.each(g.Cables(), func(cable uint32) { // by date, so that a day's cables come one after the other
		if d := graph.DayOf(int64(minutes[cable])); d != day {
			days[day] += n
			day, n = d, 0
		}
		n++
	})
	days[day] += n
	delete(days, -1)
	return graph.Timeline(days, interval)
}
