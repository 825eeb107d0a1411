package neo4j

import (
	"reflect"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// cable adds the conditions on a cable.
func (f *filter) cable(node string, w *graph.CableWhere) {
	if w == nil {
		return
	}
	f.keys(graph.KindCable, node, w.ID)
	f.reference(node, w.Reference)
	f.fulltext(node, w)
	f.minutes(node+".createdMinute", w.Created)
	f.minutes(node+".releasedMinute", w.Released)
	f.classification(node, w.Classification)
	if w.Published != nil {
		f.and(node + ".published = " + f.c.param(*w.Published))
	}
	f.tags(node, w.Tags)
	f.neighbours(node, w)
	nested(f, node, w.And, w.Or, w.Not, cableReach, func(inner *filter, w *graph.CableWhere) { inner.cable(node, w) })
}

// neighbours adds the conditions on what a cable is tied to.
func (f *filter) neighbours(node string, w *graph.CableWhere) {
	if w.Origin != nil {
		post := f.c.variable("post")
		f.related("("+node+")-[:SENT_FROM]->("+post+":Post)", postReach(w.Origin), func(f *filter) { f.post(post, w.Origin) })
	}
	if w.Recipient != nil {
		edge, post := f.c.variable("edge"), f.c.variable("post")
		f.related("("+node+")-["+edge+":SENT_TO]->("+post+":Post)", postReach(w.Recipient.Post), func(f *filter) {
			f.recipient(edge, post, w.Recipient)
		})
	}
	if w.Tag != nil {
		tag := f.c.variable("tag")
		f.related("("+node+")-[:TAGGED]->("+tag+":Tag)", tagReach(w.Tag), func(f *filter) { f.tag(tag, w.Tag) })
	}
	f.people(node, w)
	if w.References != nil {
		other := f.c.variable("cable")
		f.related("("+node+")-[:REFERENCES]->("+other+labelled(w.References)+")", cableReach(w.References), func(f *filter) { f.cable(other, w.References) })
	}
	if w.ReferencedBy != nil {
		other := f.c.variable("cable")
		f.related("("+node+")<-[:REFERENCES]-("+other+labelled(w.ReferencedBy)+")", cableReach(w.ReferencedBy), func(f *filter) { f.cable(other, w.ReferencedBy) })
	}
}

// people adds the conditions on whom a cable names.
func (f *filter) people(node string, w *graph.CableWhere) {
	var surely, there func(f *filter, edge string)
	if w.MinConfidence != nil {
		surely = func(f *filter, edge string) { f.sure(edge, *w.MinConfidence) }
	}
	paragraph := graph.SomeParagraphWhere{}
	if w.Paragraph != nil {
		paragraph = *w.Paragraph
		there = func(f *filter, edge string) { f.marked(edge, paragraph.Marking) }
	}
	if w.Paragraph != nil && paragraph.Names == nil {
		f.marked(node, paragraph.Marking)
	}
	for _, p := range []struct {
		kind  string
		where *graph.PersonWhere
		also  func(f *filter, edge string)
	}{{"MENTIONS", w.Mentions, surely}, {"SIGNED_BY", w.SignedBy, nil}, {"CLASSIFIED_BY", w.ClassifiedBy, nil}, {"MENTIONS", paragraph.Names, there}} {
		if p.where == nil {
			continue
		}
		edge, person := "", f.c.variable("person")
		if p.also != nil {
			edge = f.c.variable("edge")
		}
		f.related("("+node+")-["+edge+":"+p.kind+"]->("+person+":Person)", personReach(p.where), func(f *filter) {
			if p.also != nil {
				p.also(f, edge)
			}
			f.person(person, p.where)
		})
	}
}

// marked adds the condition on the marks of a cable or a mention; any where the filter is nil.
func (f *filter) marked(of string, w *graph.MarkingFilter) {
	if w == nil {
		f.and(of + ".marks <> ''")
		return
	}
	switch texts := w.Texts(); len(texts) {
	case 0:
		f.and("false")
	case 1:
		f.and(of + ".marks CONTAINS " + f.c.param(texts[0]))
	default:
		f.and("any(text IN " + f.c.param(texts) + " WHERE " + of + ".marks CONTAINS text)")
	}
}

// labelled is the label of a cable that is cited or cites, empty where nothing is asked of it: without one
// the server knows whether there is any by the number of relationships.
func labelled(w *graph.CableWhere) string {
	if reflect.ValueOf(*w).IsZero() {
		return ""
	}
	return ":Cable"
}

// sure adds the condition that a mention is at least so sure.
func (f *filter) sure(edge string, least float64) {
	f.and(edge + ".confidence >= " + f.c.param(least))
}

func (f *filter) reference(node string, w *graph.ReferenceFilter) {
	if w == nil {
		return
	}
	if w.Equals != nil {
		in(f, node+".reference", graph.AnyReference(*w.Equals))
		f.keyed = true
	}
	if w.In != nil {
		in(f, node+".reference", graph.AnyReference(w.In...))
		f.keyed = true
	}
	if w.StartsWith != nil {
		f.and(node + ".reference STARTS WITH " + f.c.param(*w.StartsWith))
	}
}

func (f *filter) minutes(property string, w *graph.TimeRange) {
	if w == nil {
		return
	}
	from, to, err := w.Minutes()
	f.c.failWith(err)
	f.and(property + " >= " + f.c.param(from))
	f.and(property + " < " + f.c.param(to))
}

func (f *filter) classification(node string, w *graph.ClassificationFilter) {
	if w == nil {
		return
	}
	level := node + ".level"
	f.and(level + " >= 0")
	if w.In != nil {
		levels := make([]int64, len(w.In))
		for i, l := range w.In {
			levels[i] = int64(l)
		}
		in(f, level, levels)
	}
	if w.AtLeast != nil {
		f.and(level + " >= " + f.c.param(int64(*w.AtLeast)))
	}
	if w.AtMost != nil {
		f.and(level + " <= " + f.c.param(int64(*w.AtMost)))
	}
	if w.Caveat != nil {
		f.and(f.c.param(strings.ToUpper(*w.Caveat)) + " IN coalesce(" + node + ".caveats, [])")
	}
}

func (f *filter) tags(node string, w *graph.TagsFilter) {
	if w == nil {
		return
	}
	for _, written := range w.All {
		many := f.many
		f.tagged(node, written)
		if graph.TagsMeant(written).Code != nil {
			f.many = many // a cable bears a tag once
		}
	}
	if w.Any != nil {
		f.tagged(node, w.Any...)
	}
	if len(w.None) > 0 {
		tag := f.c.variable("tag")
		inner := f.sub()
		inner.tag(tag, graph.TagsMeant(w.None...))
		f.and("NOT " + inner.exists("("+node+")-[:TAGGED]->("+tag+":Tag)"))
	}
}

// tagged adds the condition that a cable bears one of the tags that are meant.
func (f *filter) tagged(node string, written ...string) {
	tag := f.c.variable("tag")
	f.related("("+node+")-[:TAGGED]->("+tag+":Tag)", near, func(f *filter) { f.tag(tag, graph.TagsMeant(written...)) })
}

func codes(written []string) []string {
	out := make([]string, len(written))
	for i, code := range written {
		out[i] = graph.NormalCode(code)
	}
	return out
}
