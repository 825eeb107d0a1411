package graph

import (
	"fmt"
	"io"
	"strconv"
	"time"
)

// What GraphQL's types need beyond the fields and methods of the domain: a page
// as its nodes, a row as a mention, null where something is not known. The
// schema's names are mapped to these in gqlgen.yml.

// SortDirection is which way a list is sorted.
type SortDirection string

// The directions of sorting.
const (
	Ascending  SortDirection = "ASC"
	Descending SortDirection = "DESC"
)

// SortDirections lists every direction of sorting.
var SortDirections = []SortDirection{Ascending, Descending}

// MarshalGQL writes the direction as a GraphQL enum value.
func (d SortDirection) MarshalGQL(w io.Writer) { marshalEnum(w, string(d)) }

// UnmarshalGQL reads the direction from a GraphQL enum value.
func (d *SortDirection) UnmarshalGQL(v any) error { return unmarshalEnum(d, v, SortDirections) }

// The sort keys as the API takes them: exactly one field of each is set.
type (
	// CableOrder is a sort key for cables.
	CableOrder struct {
		Score     *SortDirection `json:"score,omitempty"`
		Created   *SortDirection `json:"created,omitempty"`
		Released  *SortDirection `json:"released,omitempty"`
		Level     *SortDirection `json:"level,omitempty"`
		Reference *SortDirection `json:"reference,omitempty"`
	}

	// PostOrder is a sort key for posts.
	PostOrder struct {
		Name   *SortDirection `json:"name,omitempty"`
		Cables *SortDirection `json:"cables,omitempty"`
	}

	// PersonOrder is a sort key for people.
	PersonOrder struct {
		Name   *SortDirection `json:"name,omitempty"`
		Cables *SortDirection `json:"cables,omitempty"`
	}

	// TagOrder is a sort key for tags.
	TagOrder struct {
		Code   *SortDirection `json:"code,omitempty"`
		Cables *SortDirection `json:"cables,omitempty"`
	}

	// PersonWeightOrder is a sort key for people with a weight.
	PersonWeightOrder struct {
		Weight *SortDirection `json:"weight,omitempty"`
		Name   *SortDirection `json:"name,omitempty"`
		Cables *SortDirection `json:"cables,omitempty"`
	}

	// PostWeightOrder is a sort key for posts with a weight.
	PostWeightOrder PersonWeightOrder

	// TagWeightOrder is a sort key for tags with a weight.
	TagWeightOrder struct {
		Weight *SortDirection `json:"weight,omitempty"`
		Code   *SortDirection `json:"code,omitempty"`
		Cables *SortDirection `json:"cables,omitempty"`
	}

	// MentionOrder is a sort key for the people of a cable.
	MentionOrder struct {
		Count *SortDirection `json:"count,omitempty"`
		Name  *SortDirection `json:"name,omitempty"`
	}
)

// known returns s, and false for the empty string: what is not known is null.
func known(s string) (string, bool) { return s, s != "" }

// MarshalGQL writes the id as a GraphQL ID.
func (id ID) MarshalGQL(w io.Writer) { _, _ = w.Write(mustJSON(id)) }

// UnmarshalGQL reads the id from a GraphQL ID; Split judges it.
func (id *ID) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("%w: %v is no string", ErrBadID, v)
	}
	*id = ID(s)
	return nil
}

// UnmarshalGQL reads the range from a GraphQL input object. The error wraps
// ErrBadWhere for what is no time or no year, and as Minutes says.
func (t *TimeRange) UnmarshalGQL(v any) error {
	object, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%w: %v is no range of time", ErrBadWhere, v)
	}
	var err error
	if t.From, err = parseTime("from", object["from"]); err != nil {
		return err
	}
	if t.To, err = parseTime("to", object["to"]); err != nil {
		return err
	}
	if year := object["year"]; year != nil {
		n, err := strconv.Atoi(fmt.Sprint(year))
		if err != nil {
			return fmt.Errorf("%w: %v is no year", ErrBadWhere, year)
		}
		t.Year = &n
	}
	_, _, err = t.Minutes()
	return err
}

// MarshalGQL writes the range as an input object in JSON: what reads itself has to be able to write itself.
func (t *TimeRange) MarshalGQL(w io.Writer) { _, _ = w.Write(mustJSON(t)) }

// timeLayouts are the forms in which a time may be given: to the second, to the minute, a day.
var timeLayouts = []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly}

func parseTime(name string, v any) (*time.Time, error) {
	if v == nil {
		return nil, nil
	}
	s, _ := v.(string)
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			t = t.UTC()
			return &t, nil
		}
	}
	return nil, fmt.Errorf("%w: %s: %v is no time; write 2009-02-12T15:58:00Z or 2009-02-12", ErrBadWhere, name, v)
}

// Key returns the reference as plain text.
func (c *Cable) Key() string { return string(c.Reference) }

// KnownSubject returns the subject, and false where there is none.
func (c *Cable) KnownSubject() (string, bool) { return known(c.Subject) }

// KnownSummary returns the summary, and false where there is none.
func (c *Cable) KnownSummary() (string, bool) { return known(c.Summary) }

// KnownHeader returns the header, and false where there is none.
func (c *Cable) KnownHeader() (string, bool) { return known(c.Header) }

// KnownBody returns the body, and false where there is none.
func (c *Cable) KnownBody() (string, bool) { return known(c.Body) }

// Cut returns the body cut into its paragraphs.
func (c *Cable) Cut() []Paragraph {
	cut := Paragraphs(c.Body, c.Paragraphs)
	for i := range cut {
		cut[i].Cable = c
	}
	return cut
}

// KnownNumber returns the number, and false where none is printed.
func (p *Paragraph) KnownNumber() (int, bool) { return p.Number, p.Number != 0 }

// KnownMarking returns the portion marking, and false where there is none.
func (p *Paragraph) KnownMarking() (string, bool) { return known(p.Marking) }

// KnownHeading returns the heading, and false where there is none.
func (p *Paragraph) KnownHeading() (string, bool) { return known(p.Heading) }

// KnownLevel returns the level, and false for LevelUnknown.
func (c *Classification) KnownLevel() (Level, bool) { return c.Level, c.Level.String() != "" }

// KnownMember returns the path inside the archive, and false where the file is none.
func (s *Source) KnownMember() (string, bool) { return known(s.Member) }

// KnownReference returns the id that the document has for the cable, and false where it is the cable's own.
func (s *Source) KnownReference() (string, bool) { return known(string(s.Reference)) }

// KnownCity returns the city, and false where there is none.
func (p *Post) KnownCity() (string, bool) { return known(p.City) }

// KnownCountry returns the country, and false where there is none.
func (p *Post) KnownCountry() (string, bool) { return known(p.Country) }

// KnownName returns what the tag stands for, and false where that is not known.
func (t *Tag) KnownName() (string, bool) { return known(t.Name) }

// Info returns the answer itself: it is its own PageInfo.
func (a *Answer) Info() *Answer { return a }

// StartCursor returns the first row's cursor, and false for an empty page.
func (a *Answer) StartCursor() (Cursor, bool) {
	if len(a.Edges) == 0 {
		return "", false
	}
	return a.Edges[0].Cursor(), true
}

// EndCursor returns the last row's cursor, and false for an empty page.
func (a *Answer) EndCursor() (Cursor, bool) {
	if len(a.Edges) == 0 {
		return "", false
	}
	return a.Edges[len(a.Edges)-1].Cursor(), true
}

func pluck[N any](edges []Edge, node func(*Edge) N) []N {
	nodes := make([]N, len(edges))
	for i := range edges {
		nodes[i] = node(&edges[i])
	}
	return nodes
}

// Cables returns the rows' cables.
func (a *Answer) Cables() []*Cable { return pluck(a.Edges, func(e *Edge) *Cable { return e.Cable }) }

// Posts returns the rows' posts.
func (a *Answer) Posts() []*Post { return pluck(a.Edges, func(e *Edge) *Post { return e.Post }) }

// People returns the rows' people.
func (a *Answer) People() []*Person { return pluck(a.Edges, func(e *Edge) *Person { return e.Person }) }

// Tags returns the rows' tags.
func (a *Answer) Tags() []*Tag { return pluck(a.Edges, func(e *Edge) *Tag { return e.Tag }) }

// KnownPrecedence returns the precedence, and false where the header gives none.
func (e *Edge) KnownPrecedence() (Precedence, bool) { return e.Precedence, e.Precedence != "" }

// KnownLabel returns the label, and false where there is none.
func (e *Edge) KnownLabel() (string, bool) { return known(e.Label) }

// MentionCount returns how often the cable names the person.
func (e *Edge) MentionCount() int { return e.Mention.Count }

// MentionForms returns the names as written.
func (e *Edge) MentionForms() []string { return e.Mention.Forms }

// MentionTitles returns the titles that go with the names.
func (e *Edge) MentionTitles() []string { return e.Mention.Titles }

// MentionCountries returns the countries of the titles, one for each; none where the text names none at all.
func (e *Edge) MentionCountries() []string { return e.Mention.Countries }

// MentionRole returns what the person is in the cable.
func (e *Edge) MentionRole() MentionRole { return e.Mention.Role }

// MentionParagraphs returns the numbers of the paragraphs that name the person.
func (e *Edge) MentionParagraphs() []int { return e.Mention.Paragraphs }

// MentionSpans returns the places that name the person.
func (e *Edge) MentionSpans() []Span { return e.Mention.Spans }

// MentionConfidence returns how sure the mention is.
func (e *Edge) MentionConfidence() float64 { return e.Mention.Confidence }

// MentionRule returns the rule that found the first of the names.
func (e *Edge) MentionRule() string { return e.Mention.Rule }

// SharedPeople returns the names of the people that both cables mention.
func (e *Edge) SharedPeople() []string { return e.Related.People }

// SharedTags returns the codes of the tags that both cables bear.
func (e *Edge) SharedTags() []string { return e.Related.Tags }

// KnownScore returns the score, and false where the list's filter has no full-text question.
func (e *Edge) KnownScore() (float64, bool) { return float64(e.Score) / 1e9, e.Step.Scored() }

// Highlights returns the passages that the full-text questions of the list's filter have found in the cable.
func (e *Edge) Highlights() []Highlight { return e.Step.Cable.Highlights(e.Cable) }

// Cites tells whether the first cable cites the second.
func (e *Edge) Cites() bool { return e.Related.Cites }

// CitedBy tells whether the second cable cites the first.
func (e *Edge) CitedBy() bool { return e.Related.CitedBy }
