package storetest

import (
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// row is a row of a list before it is cut into pages: the edge with all its fields.
type row struct {
	edge     graph.Edge
	position int
}

// parent is the node that a step starts from, and how it was reached.
type parent struct {
	key   string
	via   *graph.Step // the step that reached it; nil at the root
	above string      // the key of the node that via started from
	list  []*node     // for facets: the cables that they count, each once
}

// rows returns the step's whole list, unordered.
func (q *question) rows(step *graph.Step, from parent) []row {
	all := make([]row, 0, len(q.cables))
	switch step.Relation.To() {
	case graph.KindCable:
		for _, c := range q.cables {
			all = append(all, row{edge: graph.Edge{Cable: &c.Cable}})
		}
	case graph.KindPost:
		for i := range q.posts {
			all = append(all, row{edge: graph.Edge{Post: &q.posts[i]}})
		}
	case graph.KindPerson:
		for i := range q.people {
			all = append(all, row{edge: graph.Edge{Person: &q.people[i]}})
		}
	case graph.KindTag:
		for i := range q.tags {
			all = append(all, row{edge: graph.Edge{Tag: &q.tags[i]}})
		}
	}
	var rows []row
	for _, r := range all {
		if q.reaches(step, from, &r) && q.passes(step, from, &r) {
			r.edge.At = q.at(step, r)
			rows = append(rows, r)
		}
	}
	return rows
}

// passes tells whether the row's node passes the step's filters.
func (q *question) passes(step *graph.Step, from parent, r *row) bool {
	key := r.edge.Key()
	if r.edge.Mention != nil && r.edge.Mention.Confidence < step.MinConfidence {
		return false
	}
	if r.edge.Mention != nil && step.Marking != nil && !marked(step, q.cable(from.key), r.edge) {
		return false
	}
	if step.Keys != nil && !slices.Contains(step.Keys, key) && !alsoKnown(step, r.edge.Person) {
		return false
	}
	if step.Relation == graph.CableRecipients && step.Recipient != nil && !q.recipient(step.Recipient, q.cable(from.key).Recipients[r.position]) {
		return false
	}
	switch step.Relation.To() {
	case graph.KindCable:
		return step.Cable == nil || q.cableMatches(step.Cable, key)
	case graph.KindPost:
		return step.Post == nil || q.postMatches(step.Post, key)
	case graph.KindPerson:
		return step.Person == nil || q.personMatches(step.Person, key)
	}
	return step.Tag == nil || q.tagMatches(step.Tag, key)
}

// marked tells whether the mention of an edge stands in such a paragraph as the step wants.
func marked(step *graph.Step, above *node, e graph.Edge) bool {
	c := e.Cable
	if step.Relation == graph.CablePeople {
		c = &above.Cable
	}
	e.Person = &graph.Person{}
	for _, p := range c.Cut() {
		if step.Marking.Match(p.Marking) && len(p.People([]graph.Edge{e})) > 0 {
			return true
		}
	}
	return false
}

// alsoKnown tells whether one of the keys of a root step is another slug of the person.
func alsoKnown(step *graph.Step, p *graph.Person) bool {
	return step.Relation == graph.RootPeople && slices.ContainsFunc(p.OtherSlugs, func(slug string) bool { return slices.Contains(step.Keys, slug) })
}

// reaches tells whether the relation leads from the parent to the row's node,
// and fills in what the edge says.
func (q *question) reaches(step *graph.Step, from parent, r *row) bool {
	key := r.edge.Key()
	if step.Relation.Weighted() {
		return q.weigh(step, from, r)
	}
	switch step.Relation {
	case graph.RootCables, graph.RootPosts, graph.RootPeople, graph.RootTags:
		return true
	case graph.PostCables:
		return q.cable(key).sentBy(from.key)
	case graph.PostReceived:
		return q.cable(key).sentTo(from.key)
	case graph.PersonSigned:
		return q.cable(key).signer() == from.key
	case graph.PersonTag:
		return q.person(from.key).Tag == key
	case graph.PersonCandidates:
		return q.person(from.key).Alone && !r.edge.Person.Alone && q.person(from.key).Surname == r.edge.Person.Surname
	case graph.TagCables:
		return q.cable(key).bears(from.key)
	case graph.SharedCables:
		return q.joins(from.via, from.above, from.key, q.cable(key))
	case graph.CableReferencedBy:
		return q.cable(key).cited(from.key, r)
	case graph.PersonCables:
		return q.cable(key).mentioned(from.key, r)
	}
	return q.cable(from.key).leads(step.Relation, r)
}

// leads is reaches for the relations that start at a cable.
func (n *node) leads(relation graph.Relation, r *row) bool {
	key := r.edge.Key()
	switch relation {
	case graph.CableOrigin:
		return n.sentBy(key)
	case graph.CableSigner:
		return n.signer() == key
	case graph.CableClassifier:
		return n.classifier() == key
	case graph.CablePeople:
		return n.mentioned(key, r)
	case graph.CableReferences:
		return n.cited(key, r)
	case graph.CableTags:
		r.position = slices.IndexFunc(n.Tags, func(t graph.Tag) bool { return t.Code == key })
		return r.position >= 0
	case graph.CableRecipients:
		r.position = slices.IndexFunc(n.Recipients, func(to graph.Recipient) bool { return to.Post.Slug == key })
		if r.position < 0 {
			return false
		}
		to := n.Recipients[r.position]
		r.edge.Action, r.edge.Precedence, r.edge.As = to.Action, to.Precedence, to.As
		return true
	}
	return false
}

// mentioned tells whether the cable mentions the person, and how.
func (n *node) mentioned(slug string, r *row) bool {
	i := slices.Index(n.people, slug)
	if i < 0 {
		return false
	}
	r.edge.Mention = &n.Record.People[i].Mention
	return true
}

// cited tells whether the cable cites the other, and how.
func (n *node) cited(key string, r *row) bool {
	r.position = slices.IndexFunc(n.References, func(c graph.Citation) bool { return string(c.Reference) == key })
	if r.position < 0 {
		return false
	}
	r.edge.Label, r.edge.As = n.References[r.position].Label, n.References[r.position].As
	return true
}

// weigh is reaches for the weighted relations.
func (q *question) weigh(step *graph.Step, from parent, r *row) bool {
	key := r.edge.Key()
	if step.Relation.From() == step.Relation.To() && from.key == key {
		return false
	}
	if step.Relation == graph.CableRelated {
		r.edge.Weight, r.edge.Related = q.related(q.cable(from.key), q.cable(key))
		return r.edge.Weight > 0
	}
	cables := q.cables
	if step.Relation.Facet() {
		cables = from.list
	}
	for _, c := range cables {
		if q.joins(step, from.key, key, c) {
			r.edge.Weight++
		}
	}
	return r.edge.Weight > 0
}

// joins tells whether the cable is one of those that make the weight of the step's edge between a and b.
func (q *question) joins(step *graph.Step, a, b string, c *node) bool {
	if step.In != nil && !q.cableMatches(step.In, c.key()) {
		return false
	}
	switch step.Relation {
	case graph.PostCorrespondents:
		return step.Direction != graph.Received && c.sentBy(a) && c.sentTo(b) ||
			step.Direction != graph.Sent && c.sentBy(b) && c.sentTo(a)
	case graph.PostPeople:
		return c.sentBy(a) && c.mentions(b)
	case graph.PersonMentionedWith:
		return c.mentions(a) && c.mentions(b)
	case graph.TagCoTags:
		return c.bears(a) && c.bears(b)
	case graph.TagPeople:
		return c.bears(a) && c.mentions(b)
	case graph.FacetOrigins:
		return c.sentBy(b)
	case graph.FacetRecipients:
		return c.sentTo(b)
	case graph.FacetTags:
		return c.bears(b)
	case graph.FacetPeople:
		return c.mentions(b)
	}
	return false
}

// related says what the two cables share. Announced cables are related to nobody,
// though others are to them.
func (q *question) related(near, far *node) (int, *graph.Related) {
	if !far.Cable.Published {
		return 0, nil
	}
	why := &graph.Related{Cites: near.cites(far.key()), CitedBy: far.cites(near.key())}
	weight := 0
	if why.Cites || why.CitedBy {
		weight += graph.WeightReference
	}
	for i := range q.people {
		if p := &q.people[i]; near.mentions(p.Slug) && far.mentions(p.Slug) {
			why.People = append(why.People, p.Name)
			weight += graph.WeightPerson
		}
	}
	for i := range q.tags {
		if t := &q.tags[i]; near.bears(t.Code) && far.bears(t.Code) {
			why.Tags = append(why.Tags, t.Code)
			weight += graph.WeightTag
		}
	}
	slices.Sort(why.People)
	return weight, why
}
