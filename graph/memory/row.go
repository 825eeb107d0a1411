package memory

import (
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// The columns of each kind of node that are not held.
const (
	noCable  = graph.FieldSummary | graph.FieldHeader | graph.FieldBody | graph.FieldParagraphs | graph.FieldSources | graph.FieldOtherReferences
	noPost   = graph.FieldAliases
	noPerson = graph.FieldAliases | graph.FieldTitles | graph.FieldBecause | graph.FieldOffices | graph.FieldOtherSlugs
	noNaming = graph.FieldEvidence | graph.FieldForms | graph.FieldMentionTitles | graph.FieldMentionNumbers | graph.FieldSpans
)

// unheld are these by kind.
var unheld = map[graph.Kind]graph.Fields{graph.KindCable: noCable, graph.KindPost: noPost, graph.KindPerson: noPerson}

// Shows tells whether all that a step asks to see of its rows is held, and its order too.
func Shows(step *graph.Step) bool {
	missing := unheld[step.Relation.To()]
	switch step.Relation {
	case graph.CablePeople, graph.PersonCables:
		missing |= noNaming
	case graph.CableRecipients:
		missing |= graph.FieldAddressee
	case graph.CableReferences, graph.CableReferencedBy:
		missing |= graph.FieldCitation
	}
	return step.Fields&missing == 0 && Orders(step)
}

// Orders tells whether a step's list can be put in its order, so that Page finds which rows are on its page.
func Orders(step *graph.Step) bool {
	return !step.Scored() && len(step.Order) > 0 && step.Order[len(step.Order)-1].By == graph.ByKey &&
		!slices.ContainsFunc(step.Order, func(o graph.Order) bool { return !ordered(o.By, step.Relation) })
}

// ordered tells whether lists of a relation can be put in this order here.
func ordered(by graph.By, relation graph.Relation) bool {
	to := relation.To()
	switch by {
	case graph.ByKey:
		return true
	case graph.ByCreated, graph.ByReleased, graph.ByLevel:
		return to == graph.KindCable
	case graph.ByName:
		return to == graph.KindPost || to == graph.KindPerson
	case graph.ByCables:
		return true
	case graph.ByCount:
		return relation == graph.CablePeople || relation == graph.PersonCables
	case graph.ByPosition:
		return relation == graph.CableRecipients || relation == graph.CableTags || relation == graph.CableReferences
	case graph.ByWeight:
		return relation.Weighted()
	}
	return false
}

// Broad tells whether the list is most of all cables in an order other than by date: a store has
// an index for that.
func (l *List) Broad() bool {
	return l.step.Relation == graph.RootCables && l.step.Order[0].By != graph.ByCreated && l.in.count(l.Cables()) > l.Cables()/8
}

// edges makes the rows of pages.
func (l *List) edges(page []entry) []graph.Edge {
	edges, terms := make([]graph.Edge, len(page)), len(l.step.Order)
	places := make(graph.Position, len(page)*terms)
	for i, e := range page {
		edge := &edges[i]
		edge.Step, edge.At = l.step, places[i*terms:(i+1)*terms:(i+1)*terms]
		for k, o := range l.step.Order {
			if o.By.Numeric() {
				edge.At[k] = l.number(o.By, e)
			} else if box := l.boxed(o.By, e); box != nil {
				edge.At[k] = box
			} else {
				edge.At[k] = l.text(o.By, e)
			}
		}
		if l.step.Relation.Weighted() {
			edge.Weight = int(e.n)
		}
	}
	l.fill(page, edges)
	return edges
}

// boxed is the text of a node that many edges lead to as it was made once; nil for others.
func (l *List) boxed(by graph.By, e entry) any {
	if by == graph.ByKey {
		switch l.step.Relation.To() {
		case graph.KindPost:
			return l.postKeys[e.node]
		case graph.KindTag:
			return l.tagKeys[e.node]
		}
	}
	return nil
}

// fill makes the nodes at the edges' ends.
func (l *List) fill(page []entry, edges []graph.Edge) {
	switch l.step.Relation.To() {
	case graph.KindCable:
		hang(page, edges, l.cable, func(e *graph.Edge, c *graph.Cable) { e.Cable = c })
	case graph.KindPost:
		hang(page, edges, l.post, func(e *graph.Edge, p *graph.Post) { e.Post = p })
	case graph.KindPerson:
		hang(page, edges, l.person, func(e *graph.Edge, p *graph.Person) { e.Person = p })
	case graph.KindTag:
		hang(page, edges, l.tag, func(e *graph.Edge, t *graph.Tag) { e.Tag = t })
	}
	if l.step.Relation == graph.CablePeople || l.step.Relation == graph.PersonCables {
		mentions := make([]graph.Mention, len(page))
		for i := range edges {
			edges[i].Mention = &mentions[i]
			if l.step.Fields.Has(graph.FieldCount) {
				mentions[i].Count = int(page[i].n)
			}
		}
	}
}

// hang makes the nodes of one kind and hangs them on the edges.
func hang[N any](page []entry, edges []graph.Edge, fill func(uint32, *N), on func(*graph.Edge, *N)) {
	nodes := make([]N, len(page))
	for i, e := range page {
		fill(e.node, &nodes[i])
		on(&edges[i], &nodes[i])
	}
}

func (l *List) cable(number uint32, to *graph.Cable) {
	fields, c := l.step.Fields, &l.cables
	to.Reference = graph.Reference(c.reference.at(number))
	if fields.Has(graph.FieldPublished) {
		to.Published = c.published.has(number)
	}
	if fields.Has(graph.FieldSubject) {
		to.Subject = c.subject.at(number)
	}
	if fields.Has(graph.FieldCreated) {
		to.Created = graph.FromMinute(int64(c.created[number]))
	}
	if fields.Has(graph.FieldReleased) {
		to.Released = graph.FromMinute(int64(c.released[number]))
	}
	if fields.Has(graph.FieldClassification) {
		to.Classification = c.labels[c.label[number]]
	}
}

func (l *List) post(row uint32, to *graph.Post) {
	fields, p := l.step.Fields, &l.posts[row]
	to.Slug = p.Slug
	if fields.Has(graph.FieldName) {
		to.Name = p.Name
	}
	if fields.Has(graph.FieldKind) {
		to.Kind = p.Kind
	}
	if fields.Has(graph.FieldPlace) {
		to.City, to.Country = p.City, p.Country
	}
}

func (l *List) person(row uint32, to *graph.Person) {
	fields := l.step.Fields
	to.Slug = l.people.slug.at(row)
	if fields.Has(graph.FieldName) {
		to.Name = l.people.name.at(row)
	}
	if !fields.Has(graph.FieldMentionSpan) {
		return
	}
	cables := l.named.to.of(row)
	dated, _ := slices.BinarySearchFunc(cables, graph.NoMinute+1, func(number uint32, minute int64) int {
		if int64(l.cables.created[number]) < minute {
			return -1
		}
		return 1
	})
	if cables = cables[dated:]; len(cables) > 0 {
		to.FirstMentioned = graph.FromMinute(int64(l.cables.created[cables[0]]))
		to.LastMentioned = graph.FromMinute(int64(l.cables.created[cables[len(cables)-1]]))
	}
}

func (l *List) tag(row uint32, to *graph.Tag) {
	fields, t := l.step.Fields, &l.tags[row]
	to.Code = t.Code
	if fields.Has(graph.FieldName) {
		to.Name = t.Name
	}
	if fields.Has(graph.FieldKind) {
		to.Kind = t.Kind
	}
}
