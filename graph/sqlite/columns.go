package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// column is one column of a step's rows and where its value goes. Wide ones
// (wide: 1) are long or have to be looked up; they are read for the rows of the
// page only, which are called k then.
type column struct {
	expr string
	as   string // what a narrow one is called in k; v and its number where it is empty
	wide int
	read func(e *graph.Edge, r row, i int) error
}

// columns lists what a step reads: what always comes along, and what its Fields ask for.
func columns(step *graph.Step, src source) []column {
	cols := edgeColumns(step)
	switch step.Relation.To() {
	case graph.KindCable:
		cols = append(cols, cableColumns(step.Fields, src)...)
		if step.Scored() {
			cols = append(cols, whole("q.score", 0, func(e *graph.Edge, n int64) { e.Score = n }))
		}
	case graph.KindPost:
		cols = append(cols, postColumns(step.Fields)...)
	case graph.KindPerson:
		cols = append(cols, personColumns(step.Fields)...)
	case graph.KindTag:
		cols = append(cols, tagColumns(step.Fields)...)
	}
	return cols
}

// text is a column of text, whole one of numbers, listed one of JSON.
func text(expr string, wide int, to func(*graph.Edge) *string) column {
	return column{expr: expr, wide: wide, read: func(e *graph.Edge, r row, i int) error {
		*to(e) = r.text(i)
		return nil
	}}
}

func whole(expr string, wide int, set func(*graph.Edge, int64)) column {
	return column{expr: expr, wide: wide, read: func(e *graph.Edge, r row, i int) error {
		set(e, r.integer(i))
		return nil
	}}
}

func listed[E any](expr string, wide int, to func(*graph.Edge) *[]E) column {
	return column{expr: expr, wide: wide, read: func(e *graph.Edge, r row, i int) error { return unlist(r.text(i), to(e)) }}
}

// unlist reads a JSON list; an empty one gives nil.
func unlist[E any](text string, to *[]E) error {
	if text == "[]" || text == "" {
		return nil
	}
	if plain, ok := any(to).(*[]string); ok && unlistPlain(text, plain) {
		return nil
	}
	if err := json.Unmarshal([]byte(text), to); err != nil {
		return fmt.Errorf("stored list %.80q: %w", text, err)
	}
	return nil
}

// unlistPlain reads a list of strings without escapes, which nearly all are,
// much faster than encoding/json. It returns false, and changes nothing, for others.
func unlistPlain(text string, to *[]string) bool {
	if strings.IndexByte(text, '\\') >= 0 || !strings.HasPrefix(text, `["`) || !strings.HasSuffix(text, `"]`) {
		return false
	}
	*to = strings.Split(text[2:len(text)-2], `","`)
	return true
}

// sourcesOf is the list of a cable's sources.
const sourcesOf = "(SELECT json_group_array(json_object('file', file, 'member', member, 'offset', start, 'sha256', sha256, 'reference', reference)) FROM source WHERE cable = k.id)"

func cableColumns(fields graph.Fields, src source) []column {
	cols := []column{
		text("c.reference", 0, func(e *graph.Edge) *string { return (*string)(&e.Cable.Reference) }),
	}
	add := func(f graph.Fields, more ...column) {
		if fields.Has(f) {
			cols = append(cols, more...)
		}
	}
	add(graph.FieldPublished, whole("c.published", 0, func(e *graph.Edge, n int64) { e.Cable.Published = n != 0 }))
	add(graph.FieldSubject, text("c.subject", 0, func(e *graph.Edge) *string { return &e.Cable.Subject }))
	add(graph.FieldCreated, whole(src.created, 0, func(e *graph.Edge, n int64) { e.Cable.Created = graph.FromMinute(n) }))
	add(graph.FieldReleased, whole("c.released", 0, func(e *graph.Edge, n int64) { e.Cable.Released = graph.FromMinute(n) }))
	add(graph.FieldClassification, classificationColumns("c.")...)
	if long := fields & longTexts; long != 0 {
		cols = append(cols, column{expr: "x.text", wide: 1, read: func(e *graph.Edge, r row, i int) error { return unpack(r.blob(i), long, e.Cable) }})
	}
	add(graph.FieldSources, listed(sourcesOf, 1, func(e *graph.Edge) *[]graph.Source { return &e.Cable.Sources }))
	return cols
}

// classificationColumns read a classification: the label first, which tells whether there is one.
func classificationColumns(prefix string) []column {
	return []column{
		{expr: prefix + "label", read: func(e *graph.Edge, r row, i int) error {
			if label := r.text(i); label != "" {
				e.Cable.Classification = &graph.Classification{Label: label}
			}
			return nil
		}},
		whole(prefix+"level", 0, func(e *graph.Edge, n int64) {
			if c := e.Cable.Classification; c != nil {
				c.Level = graph.Level(n)
			}
		}),
		{expr: prefix + "caveats", read: func(e *graph.Edge, r row, i int) error {
			if c := e.Cable.Classification; c != nil {
				return unlist(r.text(i), &c.Caveats)
			}
			return nil
		}},
	}
}

func postColumns(fields graph.Fields) []column {
	cols := []column{
		text("p.slug", 0, func(e *graph.Edge) *string { return &e.Post.Slug }),
	}
	if fields.Has(graph.FieldName) {
		cols = append(cols, text("p.name", 0, func(e *graph.Edge) *string { return &e.Post.Name }))
	}
	if fields.Has(graph.FieldKind) {
		cols = append(cols, text("p.kind", 0, func(e *graph.Edge) *string { return (*string)(&e.Post.Kind) }))
	}
	if fields.Has(graph.FieldPlace) {
		cols = append(cols, text("p.city", 0, func(e *graph.Edge) *string { return &e.Post.City }),
			text("p.country", 0, func(e *graph.Edge) *string { return &e.Post.Country }))
	}
	if fields.Has(graph.FieldAliases) {
		cols = append(cols, listed("p.aliases", 0, func(e *graph.Edge) *[]string { return &e.Post.Aliases }))
	}
	return cols
}

func personColumns(fields graph.Fields) []column {
	cols := []column{
		text("h.slug", 0, func(e *graph.Edge) *string { return &e.Person.Slug }),
	}
	if fields.Has(graph.FieldName) {
		cols = append(cols, text("h.name", 0, func(e *graph.Edge) *string { return &e.Person.Name }))
	}
	if fields.Has(graph.FieldAliases) {
		cols = append(cols, listed("h.aliases", 0, func(e *graph.Edge) *[]string { return &e.Person.Aliases }))
	}
	if fields.Has(graph.FieldTitles) {
		cols = append(cols, listed("h.titles", 0, func(e *graph.Edge) *[]string { return &e.Person.Titles }))
	}
	if fields.Has(graph.FieldBecause) {
		cols = append(cols, listed("h.because", 0, func(e *graph.Edge) *[]graph.Join { return &e.Person.Because }))
	}
	if fields.Has(graph.FieldOffices) {
		cols = append(cols, listed("h.offices", 0, func(e *graph.Edge) *[]graph.Office { return &e.Person.Offices }))
	}
	if fields.Has(graph.FieldOtherSlugs) {
		cols = append(cols, listed("h.other_slugs", 0, func(e *graph.Edge) *[]string { return &e.Person.OtherSlugs }))
	}
	if fields.Has(graph.FieldMentionSpan) {
		const dates = " FROM mention WHERE person = k.id AND first = 1 AND created > " + noMinute + ")"
		cols = append(cols,
			whole("(SELECT IFNULL(MIN(created), "+noMinute+")"+dates, 1, func(e *graph.Edge, n int64) { e.Person.FirstMentioned = graph.FromMinute(n) }),
			whole("(SELECT IFNULL(MAX(created), "+noMinute+")"+dates, 1, func(e *graph.Edge, n int64) { e.Person.LastMentioned = graph.FromMinute(n) }))
	}
	return cols
}

func tagColumns(fields graph.Fields) []column {
	cols := []column{
		text("t.code", 0, func(e *graph.Edge) *string { return &e.Tag.Code }),
	}
	if fields.Has(graph.FieldName) {
		cols = append(cols, text("t.name", 0, func(e *graph.Edge) *string { return &e.Tag.Name }))
	}
	if fields.Has(graph.FieldKind) {
		cols = append(cols, text("t.kind", 0, func(e *graph.Edge) *string { return (*string)(&e.Tag.Kind) }))
	}
	return cols
}

// edgeColumns are what the relation itself says.
func edgeColumns(step *graph.Step) []column {
	switch relation := step.Relation; {
	case relation.Weighted():
		return []column{whole("e.weight", 0, func(e *graph.Edge, n int64) { e.Weight = int(n) })}
	case relation == graph.CableRecipients && step.Fields.Has(graph.FieldAddressee):
		return []column{
			whole("e.action", 0, func(e *graph.Edge, n int64) { e.Action = n != 0 }),
			text("e.precedence", 0, func(e *graph.Edge) *string { return (*string)(&e.Precedence) }),
			text("e.written", 0, func(e *graph.Edge) *string { return &e.As }),
		}
	case (relation == graph.CableReferences || relation == graph.CableReferencedBy) && step.Fields.Has(graph.FieldCitation):
		return []column{
			text("e.label", 0, func(e *graph.Edge) *string { return &e.Label }),
			text("e.written", 0, func(e *graph.Edge) *string { return &e.As }),
		}
	case relation == graph.CablePeople, relation == graph.PersonCables:
		return mentionColumns(step.Fields)
	}
	return nil
}

func mentionColumns(fields graph.Fields) []column {
	skip := func(*graph.Edge, row, int) error { return nil }
	cols := []column{
		{expr: "e.cable", as: "cable", read: skip}, // these two lead to the evidence, n
		{expr: "e.position", as: "position", read: skip},
	}
	if fields.Has(graph.FieldCount) {
		cols = append(cols, whole("e.count", 0, func(e *graph.Edge, n int64) { e.Mention.Count = int(n) }))
	}
	if fields.Has(graph.FieldEvidence) {
		cols = append(cols,
			text("n.role", 1, func(e *graph.Edge) *string { return (*string)(&e.Mention.Role) }),
			text("n.rule", 1, func(e *graph.Edge) *string { return &e.Mention.Rule }),
			column{expr: "n.confidence", wide: 1, read: func(e *graph.Edge, r row, i int) error {
				e.Mention.Confidence = r.real(i)
				return nil
			}})
	}
	if fields.Has(graph.FieldForms) || fields.Has(graph.FieldSpans) {
		cols = append(cols, listed("n.forms", 1, func(e *graph.Edge) *[]string { return &e.Mention.Forms }))
	}
	if fields.Has(graph.FieldMentionTitles) {
		cols = append(cols, listed("n.titles", 1, func(e *graph.Edge) *[]string { return &e.Mention.Titles }),
			listed("n.countries", 1, func(e *graph.Edge) *[]string { return &e.Mention.Countries }))
	}
	if fields.Has(graph.FieldMentionNumbers) {
		cols = append(cols, listed("n.paragraphs", 1, func(e *graph.Edge) *[]int { return &e.Mention.Paragraphs }))
	}
	if fields.Has(graph.FieldSpans) {
		// After the forms, whose places in their list the spans name.
		cols = append(cols, column{expr: "n.spans", wide: 1, read: func(e *graph.Edge, r row, i int) error { return readSpans(e.Mention, r.text(i)) }})
	}
	return cols
}

func readSpans(m *graph.Mention, text string) error {
	var packed []int64
	if err := unlist(text, &packed); err != nil {
		return err
	}
	m.Spans = graph.DecodeSpans(packed, m.Forms)
	return nil
}
