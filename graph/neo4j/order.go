package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// order is a step's ordering as expressions.
type order struct {
	terms  []term
	page   graph.Page // none where the relation leads to one node at most
	carry  string     // the variables that a row needs
	degree string     // the definition of a degree that is ordered by, or empty
	sum    bool       // rows have a weight
	before string     // what an index has before the first term, the same in all rows, or empty
}

// carried are the variables that a step's rows have.
func (s *scope) carried() []string {
	return slices.DeleteFunc([]string{s.node, s.edge, s.sum, s.vias, s.score}, func(name string) bool { return name == "" })
}

func (s *scope) carry() string { return strings.Join(s.carried(), ", ") }

// term is one term of an ordering, in the direction in which rows are read.
type term struct {
	value string
	desc  bool
}

// order makes a step's ordering into expressions.
func (c *compiler) order(s *scope) *order {
	o := &order{carry: s.carry(), sum: s.sum != ""}
	if !s.step.Relation.Single() {
		o.page = s.step.Page
	}
	terms := s.step.Order
	if len(terms) == 0 || terms[len(terms)-1].By != graph.ByKey {
		c.failWith(fmt.Errorf("%w: its last term is not the key", errOrder))
	}
	o.terms = make([]term, len(terms))
	for i, t := range terms {
		o.terms[i] = term{value: c.sortKey(s, t.By, o), desc: t.Desc != o.page.Backward}
	}
	return o
}

// sortKey is the expression for one sort key.
func (c *compiler) sortKey(s *scope, by graph.By, o *order) string {
	kind := s.step.Relation.To()
	_, key := label(kind)
	switch {
	case by == graph.ByKey:
		return s.node + "." + key
	case by == graph.ByCreated && s.dated:
		o.before = s.edge + ".code"
		return s.edge + ".createdMinute"
	case by == graph.ByCreated && kind == graph.KindCable:
		return s.node + ".createdMinute"
	case by == graph.ByReleased && kind == graph.KindCable:
		return s.node + ".releasedMinute"
	case by == graph.ByLevel && kind == graph.KindCable:
		return s.node + ".level"
	case by == graph.ByName && (kind == graph.KindPost || kind == graph.KindPerson):
		return s.node + ".name"
	case by == graph.ByCables:
		if o.degree == "" {
			o.degree = degree(kind, s.node) + " AS cables" + s.node
			o.carry += ", cables" + s.node
		}
		return "cables" + s.node
	case by == graph.ByCount && hops[s.step.Relation].kind == "MENTIONS":
		return s.edge + ".count"
	case by == graph.ByPosition && s.edge != "":
		return s.edge + ".position"
	case by == graph.ByWeight && s.sum != "":
		return s.sum
	case by == graph.ByScore && s.score != "":
		return s.score
	}
	c.failWith(fmt.Errorf("%w: by %s", errOrder, by))
	return "null"
}

// degree counts the cables of a post, person or tag, and those that cite a cable.
func degree(kind graph.Kind, node string) string {
	switch kind {
	case graph.KindCable:
		return "COUNT { (" + node + ")<-[:REFERENCES]-() }"
	case graph.KindPost:
		return "COUNT { (" + node + ")<-[:SENT_FROM]-() }"
	case graph.KindPerson:
		return "COUNT { (" + node + ")<-[:MENTIONS]-() }"
	default:
		return "COUNT { (" + node + ")<-[:TAGGED]-() }"
	}
}

// computed tells whether rows carry a value that has to be worked out before they can be compared.
func (o *order) computed() bool { return o.degree != "" || o.sum }

// keyset is the condition by which a page starts after its cursor and stops before its bound; empty for neither.
func (o *order) keyset(c *compiler) string {
	var parts []string
	if len(o.page.Cursor) > 0 {
		parts = append(parts, o.beyond(c, o.page.Cursor, false))
	}
	if len(o.page.Until) > 0 {
		parts = append(parts, o.beyond(c, o.page.Until, true))
	}
	return strings.Join(parts, " AND ")
}

// beyond compares rows with a position: those that are read after it, or before it. With OR
// the server would look up each alternative in the index, and give up the index's order.
//
//	a <= $1 AND NOT (a = $1 AND NOT b > $2)
func (o *order) beyond(c *compiler, at graph.Position, before bool) string {
	var b strings.Builder
	for i, t := range o.terms {
		sign := " > "
		if t.desc != before {
			sign = " < "
		}
		value := c.param(at[i])
		if i == len(o.terms)-1 {
			b.WriteString(t.value + sign + value)
			break
		}
		b.WriteString("(" + t.value + sign[:2] + "= " + value + " AND NOT (" + t.value + " = " + value + " AND NOT ")
	}
	b.WriteString(strings.Repeat("))", len(o.terms)-1))
	return b.String()
}

// write writes ORDER BY.
func (o *order) write(b *strings.Builder) {
	b.WriteString(" ORDER BY ")
	terms := o.terms
	if o.before != "" { // or the server would not see that the index has the order
		terms = append([]term{{o.before, terms[0].desc}}, terms...)
	}
	for i, t := range terms {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(t.value)
		if t.desc {
			b.WriteString(" DESC")
		}
	}
}
