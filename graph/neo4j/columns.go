package neo4j

import (
	"encoding/json"

	"github.com/cablegraph/cablegraph/graph"
)

// column is a value of a row: how it is written, and where it goes to.
type column struct {
	field    graph.Fields           // any of these asks for it; 0: it always comes
	property string                 // of the node
	ofEdge   string                 // of the relationship
	worked   func(s *scope) string  // worked out
	set      func(*graph.Edge, any) // v may be nil
}

// expression is how the column is written.
func (c *column) expression(s *scope) string {
	switch {
	case c.worked != nil:
		return c.worked(s)
	case c.ofEdge != "":
		return s.edge + "." + c.ofEdge
	default:
		return s.node + "." + c.property
	}
}

// columnsOf lists the columns of a step's rows in their order.
func columnsOf(s *graph.Step) []*column {
	out := make([]*column, 0, 12)
	add := func(table []column) {
		for i := range table {
			if table[i].field == 0 || table[i].field&s.Fields != 0 {
				out = append(out, &table[i])
			}
		}
	}
	switch s.Relation.To() {
	case graph.KindCable:
		add(cableColumns)
	case graph.KindPost:
		add(postColumns)
	case graph.KindPerson:
		add(personColumns)
	case graph.KindTag:
		add(tagColumns)
	}
	switch s.Relation {
	case graph.CableRecipients:
		add(recipientColumns)
	case graph.CableReferences, graph.CableReferencedBy:
		add(citationColumns)
	case graph.CablePeople, graph.PersonCables:
		add(mentionColumns)
	case graph.CableRelated:
		add(relatedColumns)
	}
	if s.Relation.Weighted() {
		add(weightColumns)
	}
	if s.Scored() {
		add(scoreColumns)
	}
	return out
}

var cableColumns = []column{
	{field: graph.FieldPublished, property: "published", set: func(e *graph.Edge, v any) { e.Cable.Published = v == true }},
	{field: graph.FieldSubject, property: "subject", set: func(e *graph.Edge, v any) { e.Cable.Subject = text(v) }},
	{field: graph.FieldCreated, property: "createdMinute", set: func(e *graph.Edge, v any) { e.Cable.Created = graph.FromMinute(number(v)) }},
	{field: graph.FieldReleased, property: "releasedMinute", set: func(e *graph.Edge, v any) { e.Cable.Released = graph.FromMinute(number(v)) }},
	{field: graph.FieldClassification, property: "classification", set: func(e *graph.Edge, v any) {
		if v != nil {
			e.Cable.Classification = &graph.Classification{Label: text(v)}
		}
	}},
	{field: graph.FieldClassification, property: "level", set: func(e *graph.Edge, v any) {
		if c := e.Cable.Classification; c != nil {
			c.Level = graph.Level(number(v))
		}
	}},
	{field: graph.FieldClassification, property: "caveats", set: func(e *graph.Edge, v any) {
		if c := e.Cable.Classification; c != nil {
			c.Caveats = texts(v)
		}
	}},
	{field: graph.FieldSummary, property: "summary", set: func(e *graph.Edge, v any) { e.Cable.Summary = text(v) }},
	{field: graph.FieldHeader, property: "header", set: func(e *graph.Edge, v any) { e.Cable.Header = text(v) }},
	{field: graph.FieldBody, property: "body", set: func(e *graph.Edge, v any) { e.Cable.Body = text(v) }},
	{field: graph.FieldParagraphs, property: "paragraphs", set: func(e *graph.Edge, v any) { e.Cable.Paragraphs = decoded[graph.ParagraphSpan](v) }},
	{field: graph.FieldSources, property: "sources", set: func(e *graph.Edge, v any) { e.Cable.Sources = sources(v) }},
	{field: graph.FieldOtherReferences, property: "otherReferences", set: func(e *graph.Edge, v any) { e.Cable.OtherReferences = texts(v) }},
}

var postColumns = []column{
	{field: graph.FieldName, property: "name", set: func(e *graph.Edge, v any) { e.Post.Name = text(v) }},
	{field: graph.FieldKind, property: "kind", set: func(e *graph.Edge, v any) { e.Post.Kind = graph.PostKind(text(v)) }},
	{field: graph.FieldPlace, property: "city", set: func(e *graph.Edge, v any) { e.Post.City = text(v) }},
	{field: graph.FieldPlace, property: "country", set: func(e *graph.Edge, v any) { e.Post.Country = text(v) }},
	{field: graph.FieldAliases, property: "aliases", set: func(e *graph.Edge, v any) { e.Post.Aliases = texts(v) }},
}

var personColumns = []column{
	{field: graph.FieldName, property: "name", set: func(e *graph.Edge, v any) { e.Person.Name = text(v) }},
	{field: graph.FieldAliases, property: "aliases", set: func(e *graph.Edge, v any) { e.Person.Aliases = texts(v) }},
	{field: graph.FieldTitles, property: "titles", set: func(e *graph.Edge, v any) { e.Person.Titles = texts(v) }},
	{field: graph.FieldBecause, property: "because", set: func(e *graph.Edge, v any) { e.Person.Because = decoded[graph.Join](v) }},
	{field: graph.FieldOffices, property: "offices", set: func(e *graph.Edge, v any) { e.Person.Offices = decoded[graph.Office](v) }},
	{field: graph.FieldOtherSlugs, property: "otherSlugs", set: func(e *graph.Edge, v any) { e.Person.OtherSlugs = texts(v) }},
	{field: graph.FieldMentionSpan, worked: func(s *scope) string { return mentioned(s, "") }, set: func(e *graph.Edge, v any) {
		if v != nil {
			e.Person.FirstMentioned = graph.FromMinute(number(v))
		}
	}},
	{field: graph.FieldMentionSpan, worked: func(s *scope) string { return mentioned(s, " DESC") }, set: func(e *graph.Edge, v any) {
		if v != nil {
			e.Person.LastMentioned = graph.FromMinute(number(v))
		}
	}},
}

// mentioned asks for the first or last date of the cables that mention a person.
func mentioned(s *scope, direction string) string {
	return "COLLECT { MATCH (" + s.node + ")<-[:MENTIONS]-(dated:Cable) WHERE dated.created IS NOT NULL " +
		"RETURN dated.createdMinute ORDER BY dated.createdMinute" + direction + " LIMIT 1 }[0]"
}

var tagColumns = []column{
	{field: graph.FieldName, property: "name", set: func(e *graph.Edge, v any) { e.Tag.Name = text(v) }},
	{field: graph.FieldKind, property: "kind", set: func(e *graph.Edge, v any) { e.Tag.Kind = graph.TagKind(text(v)) }},
}

var recipientColumns = []column{
	{field: graph.FieldAddressee, ofEdge: "action", set: func(e *graph.Edge, v any) { e.Action = v == true }},
	{field: graph.FieldAddressee, ofEdge: "precedence", set: func(e *graph.Edge, v any) { e.Precedence = graph.Precedence(text(v)) }},
	{field: graph.FieldAddressee, ofEdge: "as", set: func(e *graph.Edge, v any) { e.As = text(v) }},
}

var citationColumns = []column{
	{field: graph.FieldCitation, ofEdge: "label", set: func(e *graph.Edge, v any) { e.Label = text(v) }},
	{field: graph.FieldCitation, ofEdge: "as", set: func(e *graph.Edge, v any) { e.As = text(v) }},
}

var mentionColumns = []column{
	{field: graph.FieldCount, ofEdge: "count", set: func(e *graph.Edge, v any) { e.Mention.Count = int(number(v)) }},
	{field: graph.FieldEvidence, ofEdge: "role", set: func(e *graph.Edge, v any) { e.Mention.Role = graph.MentionRole(text(v)) }},
	{field: graph.FieldEvidence, ofEdge: "confidence", set: func(e *graph.Edge, v any) { e.Mention.Confidence, _ = v.(float64) }},
	{field: graph.FieldEvidence, ofEdge: "rule", set: func(e *graph.Edge, v any) { e.Mention.Rule = text(v) }},
	{field: graph.FieldForms | graph.FieldSpans, ofEdge: "forms", worked: allForms, set: func(e *graph.Edge, v any) { e.Mention.Forms = texts(v) }},
	{field: graph.FieldMentionTitles, ofEdge: "titles", set: func(e *graph.Edge, v any) { e.Mention.Titles = texts(v) }},
	{field: graph.FieldMentionTitles, ofEdge: "countries", set: func(e *graph.Edge, v any) { e.Mention.Countries = decoded[string](v) }},
	{field: graph.FieldMentionNumbers, ofEdge: "paragraphs", set: func(e *graph.Edge, v any) {
		for _, n := range numbers(v) {
			e.Mention.Paragraphs = append(e.Mention.Paragraphs, int(n))
		}
	}},
	{field: graph.FieldSpans, ofEdge: "spans", set: func(e *graph.Edge, v any) { e.Mention.Spans = graph.DecodeSpans(numbers(v), e.Mention.Forms) }},
}

// allForms are the forms of a mention, see formsBeside.
func allForms(s *scope) string { return "coalesce(" + s.edge + ".forms, [" + s.edge + ".name])" }

var weightColumns = []column{
	{worked: func(s *scope) string { return s.sum }, set: func(e *graph.Edge, v any) { e.Weight = int(number(v)) }},
}

var scoreColumns = []column{
	{worked: func(s *scope) string { return s.score }, set: func(e *graph.Edge, v any) { e.Score = number(v) }},
}

var relatedColumns = []column{
	{worked: func(s *scope) string {
		return "COLLECT { MATCH (" + s.above.node + ")-[:MENTIONS]->(reason:Person)<-[:MENTIONS]-(" + s.node + ") " +
			"WITH DISTINCT reason ORDER BY reason.name RETURN reason.name }"
	}, set: func(e *graph.Edge, v any) { e.Related = &graph.Related{People: texts(v)} }},
	{worked: func(s *scope) string {
		return "COLLECT { MATCH (" + s.above.node + ")-[:TAGGED]->(reason:Tag)<-[:TAGGED]-(" + s.node + ") " +
			"WITH DISTINCT reason ORDER BY reason.code RETURN reason.code }"
	}, set: func(e *graph.Edge, v any) { e.Related.Tags = texts(v) }},
	{
		worked: func(s *scope) string { return "EXISTS { (" + s.above.node + ")-[:REFERENCES]->(" + s.node + ") }" },
		set:    func(e *graph.Edge, v any) { e.Related.Cites = v == true },
	},
	{
		worked: func(s *scope) string { return "EXISTS { (" + s.above.node + ")<-[:REFERENCES]-(" + s.node + ") }" },
		set:    func(e *graph.Edge, v any) { e.Related.CitedBy = v == true },
	},
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func number(v any) int64 {
	n, _ := v.(int64)
	return n
}

// texts reads a list of strings; nil for an empty one.
func texts(v any) []string {
	list, _ := v.([]any)
	if len(list) == 0 {
		return nil
	}
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = text(x)
	}
	return out
}

// numbers reads a list of integers.
func numbers(v any) []int64 {
	list, _ := v.([]any)
	out := make([]int64, len(list))
	for i, x := range list {
		out[i] = number(x)
	}
	return out
}

// decoded reads a list that encodedList wrote; there is no other writer of these properties.
func decoded[E any](v any) []E {
	var list []E
	if s := text(v); s != "" && json.Unmarshal([]byte(s), &list) != nil {
		return nil
	}
	return list
}

func sources(v any) []graph.Source {
	list, _ := v.([]any)
	out := make([]graph.Source, 0, len(list))
	for _, x := range list {
		var source graph.Source
		if json.Unmarshal([]byte(text(x)), &source) == nil {
			out = append(out, source)
		}
	}
	return out
}
