package neo4j

import (
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
	for _, p := range []struct {
		kind  string
		where *graph.PersonWhere
		least *float64
	}{{"MENTIONS", w.Mentions, w.MinConfidence}, {"SIGNED_BY", w.SignedBy, nil}, {"CLASSIFIED_BY", w.ClassifiedBy, nil}} {
		if p.where == nil {
			continue
		}
		edge, person := "", f.c.variable("person")
		if p.least != nil {
			edge = f.c.variable("edge")
		}
		f.related("("+node+")-["+edge+":"+p.kind+"]->("+person+":Person)", personReach(p.where), func(f *filter) {
			if p.least != nil {
				f.sure(edge, *p.least)
			}
			f.person(person, p.where)
		})
	}
	if w.References != nil {
		other := f.c.variable("cable")
		f.related("("+node+")-[:REFERENCES]->("+other+":Cable)", cableReach(w.References), func(f *filter) { f.cable(other, w.References) })
	}
	if w.ReferencedBy != nil {
		other := f.c.variable("cable")
		f.related("("+node+")<-[:REFERENCES]-("+other+":Cable)", cableReach(w.ReferencedBy), func(f *filter) { f.cable(other, w.ReferencedBy) })
	}
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
