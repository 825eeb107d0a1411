package storetest

import (
	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

// generator draws plans: rapid draws the shape, values the words and numbers in
// it. The same shape with other values is what a store meets in daily use.
type generator struct {
	*rapid.T
	values
}

// draw draws a number below n.
func (g generator) draw(what string, n int) int { return rapid.IntRange(0, n-1).Draw(g.T, what) }

func (g generator) maybe(what string) bool { return g.draw(what, 2) == 1 }

func pick[E any](g generator, what string, all []E) E { return all[g.draw(what, len(all))] }

func several[E any](g generator, draw func() E) []E {
	all := []E{}
	for range []int{2, 1, 3, 2, 0}[g.draw("several", 5)] {
		all = append(all, draw())
	}
	return all
}

func (g generator) cableWhere(depth int) *graph.CableWhere {
	w := &graph.CableWhere{}
	for range []int{1, 1, 2}[g.draw("conditions", 3)] {
		if depth > 0 && g.maybe("deeper") {
			g.cableDeeper(w, depth-1)
		} else {
			g.cableLeaf(w)
		}
	}
	return w
}

func (g generator) cableLeaf(w *graph.CableWhere) {
	switch g.draw("cable leaf", 12) {
	case 0:
		w.ID = g.ids(graph.KindCable)
	case 1:
		w.Reference = g.reference()
	case 2:
		w.Text = g.text(pick(g, "text", textForms))
	case 3:
		w.Body = &graph.BodyFilter{Matches: g.text(pick(g, "text", textForms))}
	case 4:
		w.Subject = &graph.TextFilter{Matches: g.text(pick(g, "text", textForms))}
		if g.maybe("whole line") {
			subject := "the whole line"
			if published := one(g.values, g.world.cables); published.Cable.Subject != "" {
				subject = graph.Words(published.Cable.Subject)
			}
			w.Subject = &graph.TextFilter{Equals: &subject}
		}
	case 5:
		w.Created = g.times()
	case 6:
		w.Released = g.times()
	case 7, 8:
		w.Classification = g.classification()
	case 9, 10:
		w.Tags = g.tags()
	case 11:
		w.Published = g.yes()
	}
}

func (g generator) reference() *graph.ReferenceFilter {
	switch g.draw("reference", 3) {
	case 0:
		spelling := g.spelling()
		return &graph.ReferenceFilter{Equals: &spelling}
	case 1:
		start := g.key(graph.KindCable)[:1+g.IntN(4)]
		return &graph.ReferenceFilter{StartsWith: &start}
	}
	f := &graph.ReferenceFilter{In: []string{}}
	for range g.number() {
		f.In = append(f.In, g.spelling())
	}
	return f
}

func (g generator) classification() *graph.ClassificationFilter {
	switch g.draw("classification", 4) {
	case 0:
		return &graph.ClassificationFilter{AtLeast: g.level()}
	case 1:
		return &graph.ClassificationFilter{AtMost: g.level(), AtLeast: g.level()}
	case 2:
		return &graph.ClassificationFilter{Caveat: g.caveat()}
	}
	return &graph.ClassificationFilter{In: some(g.values, []graph.Level{0, 1, 2, 3})}
}

func (g generator) marking() *graph.MarkingFilter {
	f := &graph.MarkingFilter{}
	if g.maybe("markings") {
		f.In = some(g.values, markings)
	}
	switch g.draw("marking", 5) {
	case 0:
		f.AtLeast = g.level()
	case 1:
		f.AtMost = g.level()
	case 2:
		f.Caveat = g.portionCaveat()
	case 3:
		f.AtLeast, f.AtMost, f.Caveat = g.level(), g.level(), g.portionCaveat()
	}
	return f
}

func (g generator) paragraph(names func() *graph.PersonWhere) *graph.SomeParagraphWhere {
	w := &graph.SomeParagraphWhere{}
	if g.draw("marked", 4) > 0 {
		w.Marking = g.marking()
	}
	if g.draw("names", 3) > 0 {
		w.Names = names()
	}
	return w
}

func (g generator) tags() *graph.TagsFilter {
	f := &graph.TagsFilter{}
	switch g.draw("tags", 4) {
	case 0:
		f.All = g.meant()
	case 1:
		f.Any = g.meant()
	case 2:
		f.None = g.meant()
	case 3:
		f.Any, f.None = g.meant(), g.meant()
	}
	return f
}

func (g generator) cableDeeper(w *graph.CableWhere, depth int) {
	same := func() *graph.CableWhere { return g.cableWhere(depth) }
	switch g.draw("cable deeper", 14) {
	case 0:
		w.And = several(g, same)
	case 1, 2:
		w.Or = several(g, same)
	case 3, 4:
		w.Not = same()
	case 5:
		w.Origin = g.postWhere(depth)
	case 6:
		w.Recipient = g.recipientWhere(depth)
	case 7:
		w.Tag = g.tagWhere(depth)
	case 8, 9:
		w.Mentions = g.personWhere(depth)
		if g.maybe("sure") {
			w.MinConfidence = new(g.confidence())
		}
	case 10:
		w.References = same()
		if g.maybe("cited") {
			w.References, w.ReferencedBy = nil, same()
		}
	case 11:
		w.SignedBy = g.personWhere(depth)
		if g.maybe("classified") {
			w.SignedBy, w.ClassifiedBy = nil, g.personWhere(depth)
		}
	case 12, 13:
		w.Paragraph = g.paragraph(func() *graph.PersonWhere { return g.personWhere(depth) })
	}
}

func (g generator) personWhere(depth int) *graph.PersonWhere {
	w := &graph.PersonWhere{}
	most := 4
	if depth > 0 {
		most = 10
	}
	same := func() *graph.PersonWhere { return g.personWhere(depth - 1) }
	switch g.draw("person", most) {
	case 0:
		w.ID = g.ids(graph.KindPerson)
	case 1:
		w.Name = g.name(graph.KindPerson)
	case 2:
		w.NameContains = g.part(graph.KindPerson)
	case 3:
		if w.Title = g.title(); g.maybe("country") {
			w.Country = g.country()
		}
		if w.Country != nil && g.maybe("any title") {
			w.Title = nil
		}
	case 4:
		w.MentionedIn = g.cableWhere(depth - 1)
	case 5:
		w.Signed = g.cableWhere(depth - 1)
	case 6:
		w.MentionedWith = same()
	case 7:
		w.And = several(g, same)
	case 8:
		w.Or = several(g, same)
	case 9:
		w.Not = same()
	}
	return w
}

func (g generator) postWhere(depth int) *graph.PostWhere {
	w := &graph.PostWhere{}
	most := 6
	if depth > 0 {
		most = 11
	}
	same := func() *graph.PostWhere { return g.postWhere(depth - 1) }
	switch g.draw("post", most) {
	case 0:
		w.ID = g.ids(graph.KindPost)
	case 1:
		w.Name = g.name(graph.KindPost)
	case 2:
		w.NameContains = g.part(graph.KindPost)
	case 3:
		w.Kind = some(g.values, graph.PostKinds)
	case 4:
		w.City = g.place(func(p graph.Post) string { return p.City })
	case 5:
		w.Country = g.place(func(p graph.Post) string { return p.Country })
	case 6:
		w.Sent = g.cableWhere(depth - 1)
	case 7:
		w.Received = g.cableWhere(depth - 1)
	case 8:
		w.And = several(g, same)
	case 9:
		w.Or = several(g, same)
	case 10:
		w.Not = same()
	}
	return w
}

func (g generator) tagWhere(depth int) *graph.TagWhere {
	w := &graph.TagWhere{}
	most := 4
	if depth > 0 {
		most = 8
	}
	same := func() *graph.TagWhere { return g.tagWhere(depth - 1) }
	switch g.draw("tag", most) {
	case 0:
		w.ID = g.ids(graph.KindTag)
	case 1:
		w.Code = g.codes()
		if g.maybe("by name") {
			w.Code, w.Name = nil, g.name(graph.KindTag)
		}
	case 2:
		w.NameContains = g.part(graph.KindTag)
	case 3:
		w.Kind = some(g.values, graph.TagKinds)
	case 4:
		w.On = g.cableWhere(depth - 1)
	case 5:
		w.And = several(g, same)
	case 6:
		w.Or = several(g, same)
	case 7:
		w.Not = same()
	}
	return w
}

func (g generator) recipientWhere(depth int) *graph.RecipientWhere {
	w := &graph.RecipientWhere{}
	if g.maybe("post") {
		w.Post = g.postWhere(depth)
	}
	if g.maybe("precedence") {
		w.Precedence = some(g.values, graph.Precedences)
	}
	if g.maybe("action") {
		w.Action = g.yes()
	}
	return w
}
