package neo4j

import "github.com/cablegraph/cablegraph/graph"

// person adds the conditions on a person.
func (f *filter) person(node string, w *graph.PersonWhere) {
	if w == nil {
		return
	}
	f.keys(graph.KindPerson, node, w.ID)
	f.name(node, w.Name)
	f.nameContains(node, w.NameContains)
	if key, ok := w.Office(); ok {
		f.named("Key", node, key)
	}
	f.onCable(node, "MENTIONS", w.MentionedIn)
	f.onCable(node, "SIGNED_BY", w.Signed)
	if w.MentionedWith != nil {
		other := f.c.variable("person")
		inner := f.sub()
		inner.and(other + " <> " + node)
		inner.person(other, w.MentionedWith)
		f.and(inner.exists("(" + node + ")<-[:MENTIONS]-(:Cable)-[:MENTIONS]->(" + other + ":Person)"))
	}
	nested(f, node, w.And, w.Or, w.Not, personReach, func(inner *filter, w *graph.PersonWhere) { inner.person(node, w) })
}

// post adds the conditions on a post.
func (f *filter) post(node string, w *graph.PostWhere) {
	if w == nil {
		return
	}
	f.keys(graph.KindPost, node, w.ID)
	f.name(node, w.Name)
	f.nameContains(node, w.NameContains)
	if w.Kind != nil {
		kinds := make([]string, len(w.Kind))
		for i, k := range w.Kind {
			kinds[i] = string(k)
		}
		in(f, node+".kind", kinds)
	}
	if w.City != nil {
		f.and(node + ".cityText = " + f.c.param(graph.Fold(*w.City)))
	}
	if w.Country != nil {
		f.and(node + ".countryText = " + f.c.param(graph.Fold(*w.Country)))
	}
	f.onCable(node, "SENT_FROM", w.Sent)
	f.onCable(node, "SENT_TO", w.Received)
	nested(f, node, w.And, w.Or, w.Not, postReach, func(inner *filter, w *graph.PostWhere) { inner.post(node, w) })
}

// tag adds the conditions on a tag.
func (f *filter) tag(node string, w *graph.TagWhere) {
	if w == nil {
		return
	}
	f.keys(graph.KindTag, node, w.ID)
	if w.Code != nil {
		in(f, node+".code", codes(w.Code))
		f.keyed = true
	}
	f.name(node, w.Name)
	f.nameContains(node, w.NameContains)
	if w.Kind != nil {
		kinds := make([]string, len(w.Kind))
		for i, k := range w.Kind {
			kinds[i] = string(k)
		}
		in(f, node+".kind", kinds)
	}
	f.onCable(node, "TAGGED", w.On)
	nested(f, node, w.And, w.Or, w.Not, tagReach, func(inner *filter, w *graph.TagWhere) { inner.tag(node, w) })
}

// recipient adds the conditions on an addressee: the relationship and the post at its end.
func (f *filter) recipient(edge, node string, w *graph.RecipientWhere) {
	if w == nil {
		return
	}
	if w.Precedence != nil {
		precedences := make([]string, len(w.Precedence))
		for i, p := range w.Precedence {
			precedences[i] = string(p)
		}
		in(f, edge+".precedence", precedences)
	}
	if w.Action != nil {
		f.and(edge + ".action = " + f.c.param(*w.Action))
	}
	f.post(node, w.Post)
}

// onCable adds the condition that some cable with a relationship to the node meets a filter.
func (f *filter) onCable(node, kind string, w *graph.CableWhere) {
	if w == nil {
		return
	}
	cable := f.c.variable("cable")
	// Also a cable that is named by its key is a pattern at the root only: below it, EXISTS can stop at the first.
	f.related("("+node+")<-[:"+kind+"]-("+cable+":Cable)", beyond(cableReach(w)), func(f *filter) { f.cable(cable, w) })
}

// name adds the condition that a node is found under a name, whole.
func (f *filter) name(node string, name *string) {
	if name == nil {
		return
	}
	f.named("Name", node, graph.Fold(*name))
}

// named adds the condition that a name, or what else it is looked up by, leads to a node.
func (f *filter) named(label, node, key string) {
	pattern := "(:" + label + " {key: " + f.c.param(key) + "})-[:NAMES]->(" + node + ")"
	if f.within {
		f.and("EXISTS { " + pattern + " }")
		return
	}
	f.matches = append(f.matches, pattern)
	f.keyed = true
}
