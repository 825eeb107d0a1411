package storetest

import (
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

func (n *node) key() string { return string(n.Cable.Reference) }

func (n *node) sentBy(slug string) bool { return n.Origin != nil && n.Origin.Slug == slug }

func (n *node) sentTo(slug string) bool {
	return slices.ContainsFunc(n.Recipients, func(r graph.Recipient) bool { return r.Post.Slug == slug })
}

func (n *node) bears(code string) bool {
	return slices.ContainsFunc(n.Tags, func(t graph.Tag) bool { return t.Code == code })
}

func (n *node) mentions(slug string) bool { return slices.Contains(n.people, slug) }

// names tells whether the cable mentions one of the people, at least so surely where least is not nil.
func (n *node) names(people func(slug string) bool, least *float64) bool {
	for i, slug := range n.people {
		if people(slug) && (least == nil || n.Record.People[i].Confidence >= *least) {
			return true
		}
	}
	return false
}

func (n *node) cites(key string) bool {
	return slices.ContainsFunc(n.References, func(c graph.Citation) bool { return string(c.Reference) == key })
}

// signer and classifier return a slug, or nothing.
func (n *node) signer() string {
	return n.personWith(func(p graph.Naming) bool { return p.SignedAs != "" })
}

func (n *node) classifier() string {
	return n.personWith(func(p graph.Naming) bool { return p.ClassifiedAs != "" })
}

func (n *node) personWith(is func(graph.Naming) bool) string {
	for i, p := range n.Record.People {
		if is(p) {
			return n.people[i]
		}
	}
	return ""
}

func (o *Oracle) cable(key string) *node { return o.byKey[key] }

func (o *Oracle) person(slug string) *graph.Person {
	for i := range o.people {
		if o.people[i].Slug == slug {
			return &o.people[i]
		}
	}
	return nil
}

func (o *Oracle) tag(code string) *graph.Tag {
	for i := range o.tags {
		if o.tags[i].Code == code {
			return &o.tags[i]
		}
	}
	return nil
}

// mentioned returns the dates of the earliest and latest cable with a date that mentions the person.
func (o *Oracle) mentioned(slug string) (first, last time.Time) {
	var span graph.TimeSpan
	for _, c := range o.cables {
		if c.mentions(slug) {
			widen(&span, c.Cable.Created)
		}
	}
	return span.From, span.To
}

// widen makes the span hold t, where t is known.
func widen(span *graph.TimeSpan, t time.Time) {
	if t.IsZero() {
		return
	}
	if span.From.IsZero() || t.Before(span.From) {
		span.From = t
	}
	if span.To.IsZero() || t.After(span.To) {
		span.To = t
	}
}

// masked is the edge with what the step asks for; all else is zero.
func (o *Oracle) masked(step *graph.Step, e graph.Edge) graph.Edge {
	e.Step = step
	fields := step.Fields
	switch {
	case e.Cable != nil:
		e.Cable = maskedCable(fields, e.Cable)
	case e.Post != nil:
		p := &graph.Post{Slug: e.Post.Slug}
		when(fields, graph.FieldName, func() { p.Name = e.Post.Name })
		when(fields, graph.FieldKind, func() { p.Kind = e.Post.Kind })
		when(fields, graph.FieldAliases, func() { p.Aliases = e.Post.Aliases })
		when(fields, graph.FieldPlace, func() { p.City, p.Country = e.Post.City, e.Post.Country })
		e.Post = p
	case e.Person != nil:
		p := &graph.Person{Slug: e.Person.Slug}
		when(fields, graph.FieldName, func() { p.Name = e.Person.Name })
		when(fields, graph.FieldAliases, func() { p.Aliases = e.Person.Aliases })
		when(fields, graph.FieldTitles, func() { p.Titles = e.Person.Titles })
		when(fields, graph.FieldBecause, func() { p.Because = e.Person.Because })
		when(fields, graph.FieldOffices, func() { p.Offices = e.Person.Offices })
		when(fields, graph.FieldOtherSlugs, func() { p.OtherSlugs = e.Person.OtherSlugs })
		when(fields, graph.FieldMentionSpan, func() { p.FirstMentioned, p.LastMentioned = o.mentioned(p.Slug) })
		e.Person = p
	case e.Tag != nil:
		t := &graph.Tag{Code: e.Tag.Code}
		when(fields, graph.FieldName, func() { t.Name = e.Tag.Name })
		when(fields, graph.FieldKind, func() { t.Kind = e.Tag.Kind })
		e.Tag = t
	}
	if m := e.Mention; m != nil {
		e.Mention = &graph.Mention{}
		when(fields, graph.FieldCount, func() { e.Mention.Count = m.Count })
		when(fields, graph.FieldEvidence, func() { e.Mention.Role, e.Mention.Confidence, e.Mention.Rule = m.Role, m.Confidence, m.Rule })
		when(fields, graph.FieldForms, func() { e.Mention.Forms = m.Forms })
		when(fields, graph.FieldMentionTitles, func() { e.Mention.Titles, e.Mention.Countries = m.Titles, m.Countries })
		when(fields, graph.FieldMentionNumbers, func() { e.Mention.Paragraphs = m.Paragraphs })
		when(fields, graph.FieldSpans, func() { e.Mention.Spans, e.Mention.Forms = m.Spans, m.Forms })
	}
	if !fields.Has(graph.FieldAddressee) && step.Relation == graph.CableRecipients || !fields.Has(graph.FieldCitation) && step.Relation != graph.CableRecipients {
		e.Action, e.Precedence, e.Label, e.As = false, "", "", ""
	}
	return e
}

func maskedCable(fields graph.Fields, c *graph.Cable) *graph.Cable {
	m := &graph.Cable{Reference: c.Reference}
	when(fields, graph.FieldPublished, func() { m.Published = c.Published })
	when(fields, graph.FieldSubject, func() { m.Subject = c.Subject })
	when(fields, graph.FieldCreated, func() { m.Created = c.Created })
	when(fields, graph.FieldReleased, func() { m.Released = c.Released })
	when(fields, graph.FieldClassification, func() { m.Classification = c.Classification })
	when(fields, graph.FieldSummary, func() { m.Summary = c.Summary })
	when(fields, graph.FieldHeader, func() { m.Header = c.Header })
	when(fields, graph.FieldBody, func() { m.Body = c.Body })
	when(fields, graph.FieldParagraphs, func() { m.Paragraphs = c.Paragraphs })
	when(fields, graph.FieldSources, func() { m.Sources = c.Sources })
	when(fields, graph.FieldOtherReferences, func() { m.OtherReferences = c.OtherReferences })
	return m
}

func when(fields, field graph.Fields, do func()) {
	if fields.Has(field) {
		do()
	}
}
