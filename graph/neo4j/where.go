package neo4j

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// filter gathers the conditions on one step, or inside one EXISTS. What all
// have to hold becomes patterns, so that the server can start at the rarest of
// them; what stands under an alternative or a negation becomes EXISTS.
type filter struct {
	c       *compiler
	matches []string
	where   []string
	found   []found // nodes that must be in a list from the statement's head
	either  []either
	deep    bool // patterns may go over several relationships: there is one list, not one for each node
	keyed   bool // some pattern starts at a key
	many    bool // the patterns can give one node several times
	within  bool // inside an alternative or a negation: no patterns
}

// found says that a node must be in a list.
type found struct{ node, list string }

// either are alternatives for a node, each of which a search could start at.
type either struct {
	node     string
	branches []func(*filter)
}

// and adds a condition.
func (f *filter) and(condition string) { f.where = append(f.where, condition) }

// in adds the condition that a property equals one of the values.
func in[V any](f *filter, property string, values []V) {
	switch len(values) {
	case 0:
		f.and("false")
	case 1:
		f.and(property + " = " + f.c.param(values[0]))
	default:
		f.and(property + " IN " + f.c.param(values))
	}
}

// keys adds the condition that a node has one of the ids.
func (f *filter) keys(kind graph.Kind, node string, ids []graph.ID) {
	if ids == nil {
		return
	}
	keys, err := graph.Keys(kind, ids)
	f.c.failWith(err)
	_, key := label(kind)
	in(f, node+"."+key, keys)
	f.keyed = true
}

// sub returns a filter for what is inside an EXISTS.
func (f *filter) sub() *filter { return &filter{c: f.c} }

// text joins a filter's conditions for EXISTS { … }, behind a pattern.
func (f *filter) exists(pattern string) string {
	var b strings.Builder
	b.WriteString("EXISTS { MATCH " + pattern)
	for _, m := range f.matches {
		b.WriteString(" MATCH " + m)
	}
	if cond := f.condition(); cond != "" {
		b.WriteString(" WHERE " + cond)
	}
	b.WriteString(" }")
	return b.String()
}

// condition joins the conditions that are no patterns; empty for none.
func (f *filter) condition() string {
	parts := f.where
	for _, x := range f.found {
		parts = append(parts, x.node+" IN "+x.list)
	}
	return strings.Join(parts, " AND ")
}

// boolean compiles conditions to one expression.
func (f *filter) boolean(conditions func(*filter)) string {
	inner := &filter{c: f.c, within: true}
	conditions(inner)
	if cond := inner.condition(); cond != "" {
		return "(" + cond + ")"
	}
	return "true"
}

// alternatives compiles branches to one expression.
func (f *filter) alternatives(branches []func(*filter)) string {
	texts := make([]string, len(branches))
	for i, branch := range branches {
		texts[i] = f.boolean(branch)
	}
	if len(branches) == 0 {
		return "(false)"
	}
	return "(" + strings.Join(texts, " OR ") + ")"
}

// nested compiles and, or and not for a node; each calls conditions with its branch.
func nested[W any](f *filter, node string, and, or []*W, not *W, reached func(*W) reach, conditions func(*filter, *W)) {
	for _, w := range and {
		conditions(f, w)
	}
	switch {
	case len(or) == 1:
		conditions(f, or[0])
	case or != nil:
		branches := make([]func(*filter), len(or))
		start := f.deep && !f.within && len(or) > 0
		for i, w := range or {
			branches[i] = func(inner *filter) { conditions(inner, w) }
			start = start && reached(w) > nowhere
		}
		if start {
			f.either = append(f.either, either{node, branches})
		} else {
			f.and(f.alternatives(branches))
		}
	}
	if not != nil {
		f.and("NOT " + f.boolean(func(inner *filter) { conditions(inner, not) }))
	}
}

// related adds the condition that some node which the pattern reaches meets conditions.
func (f *filter) related(pattern string, reach reach, conditions func(*filter)) {
	if !f.within && (reach == near || reach == far && f.deep) {
		f.matches = append(f.matches, pattern)
		f.many = true
		conditions(f)
		return
	}
	inner := f.sub()
	conditions(inner)
	f.and(inner.exists(pattern))
}

// reach says how good a filter is as a place to start at.
type reach uint8

const (
	nowhere reach = iota // it names nothing
	far                  // it names something a few relationships away
	near                 // it names the nodes themselves: few, by an index
)

// beyond is the reach of a filter on a neighbour.
func beyond(r reach) reach { return min(r, far) }

func cableReach(w *graph.CableWhere) reach {
	if w == nil {
		return nowhere
	}
	if w.ID != nil || w.Text != nil || w.Reference != nil && (w.Reference.Equals != nil || w.Reference.In != nil) {
		return near
	}
	r := max(beyond(postReach(w.Origin)), beyond(tagReach(w.Tag)), beyond(personReach(w.Mentions)),
		beyond(personReach(w.SignedBy)), beyond(personReach(w.ClassifiedBy)), beyond(cableReach(w.References)), beyond(cableReach(w.ReferencedBy)))
	if w.Paragraph != nil {
		r = max(r, beyond(personReach(w.Paragraph.Names)))
	}
	if w.Recipient != nil {
		r = max(r, beyond(postReach(w.Recipient.Post)))
	}
	if w.Tags != nil && (len(w.Tags.All) > 0 || w.Tags.Any != nil) {
		r = max(r, far)
	}
	for _, a := range w.And {
		r = max(r, cableReach(a))
	}
	return r
}

func personReach(w *graph.PersonWhere) reach {
	if w == nil {
		return nowhere
	}
	if _, office := w.Office(); office || w.ID != nil || w.Name != nil || w.NameContains != nil {
		return near
	}
	r := max(beyond(cableReach(w.MentionedIn)), beyond(cableReach(w.Signed)))
	for _, a := range w.And {
		r = max(r, personReach(a))
	}
	return r
}

func postReach(w *graph.PostWhere) reach {
	if w == nil {
		return nowhere
	}
	// A place has no index, but posts are few.
	if w.ID != nil || w.Name != nil || w.NameContains != nil || w.City != nil || w.Country != nil {
		return near
	}
	r := max(beyond(cableReach(w.Sent)), beyond(cableReach(w.Received)))
	for _, a := range w.And {
		r = max(r, postReach(a))
	}
	return r
}

func tagReach(w *graph.TagWhere) reach {
	if w == nil {
		return nowhere
	}
	if w.ID != nil || w.Code != nil || w.Name != nil || w.NameContains != nil {
		return near
	}
	r := beyond(cableReach(w.On))
	for _, a := range w.And {
		r = max(r, tagReach(a))
	}
	return r
}
