package neo4j

import (
	"reflect"

	"github.com/cablegraph/cablegraph/graph"
)

// A frequent tag has a fifth of an archive. To give a page of its cables by date the
// server would go to all of them and sort; so each TAGGED has its tag's code and its
// cable's date, and the index taggedCreated has them in order. A page is read there
// from where it begins.

// soleTag returns the code of the tag by which alone a filter leads to cables, and what
// it asks besides; no code where it is not so.
func soleTag(w *graph.CableWhere) (code string, rest graph.CableWhere) {
	if w == nil {
		return "", rest
	}
	rest = *w
	tag := w.Tag
	if t := w.Tags; t != nil {
		switch {
		case tag == nil && t.Any == nil && len(t.All) == 1:
			tag = graph.TagsMeant(t.All[0])
		case tag == nil && len(t.All) == 0 && len(t.Any) == 1:
			tag = graph.TagsMeant(t.Any[0])
		default:
			return "", rest
		}
		rest.Tags = nil
		if len(t.None) > 0 {
			rest.Tags = &graph.TagsFilter{None: t.None}
		}
	}
	rest.Tag = nil
	if tag == nil || len(tag.Code) != 1 || !reflect.DeepEqual(*tag, graph.TagWhere{Code: tag.Code}) || !aside(&rest) {
		return "", rest
	}
	return graph.NormalCode(tag.Code[0]), rest
}

// aside tells whether a filter leads to no cables itself: each condition is looked at for a cable that is there.
func aside(w *graph.CableWhere) bool {
	return w == nil || cableReach(w) == nowhere && w.And == nil && w.Or == nil
}

// dated compiles a step whose page is read in the index taggedCreated, and tells whether it is one.
func (c *compiler) dated(p *part) bool {
	s, step := p.scope, p.done.step
	if !step.Rows || len(step.Order) == 0 || step.Order[0].By != graph.ByCreated || len(step.Facets) > 0 {
		return false
	}
	var code, tag, total string
	var rest graph.CableWhere
	switch {
	case step.Relation == graph.TagCables && aside(step.Cable):
		if step.Cable != nil {
			rest = *step.Cable
		}
		tag, code = s.above.node, s.above.node+".code"
		total = "COUNT { (" + tag + ")<-[:TAGGED]-() }"
	case step.Relation == graph.RootCables && step.Keys == nil:
		if code, rest = soleTag(step.Cable); code == "" || step.Total && !reflect.ValueOf(rest).IsZero() {
			return false
		}
		tag, code = c.variable("tag"), c.param(code)
		total = "coalesce(head(COLLECT { MATCH (tag:Tag {code: " + code + "}) RETURN COUNT { (tag)<-[:TAGGED]-() } }), 0)"
		p.src.where = []string{tag + ".code = " + code}
		tag += ":Tag"
	default:
		return false
	}
	if step.Total && reflect.ValueOf(rest).IsZero() {
		p.total = total
	}
	s.dated, s.edge = true, "tagged_"+s.node
	f := &filter{c: c}
	f.minutes(s.edge+".createdMinute", rest.Created)
	rest.Created = nil
	f.cable(s.node, &rest)
	p.src.matches = []string{"(" + s.node + ")-[" + s.edge + ":TAGGED]->(" + tag + ") USING INDEX " + s.edge + ":TAGGED(code, createdMinute)"}
	p.src.where = append(append(p.src.where, s.edge+".code = "+code, s.edge+".createdMinute IS NOT NULL"), f.where...)
	return true
}
