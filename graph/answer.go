package graph

import (
	"io"
	"slices"
)

// Answer is what a store says to one Step for one parent: a page of a list.
type Answer struct {
	Step  *Step
	Edges []Edge
	// Total is the size of the whole list; 0 where Step.Total does not ask for it.
	Total int
	// HasNext and HasPrevious tell whether the list goes on after and before the page.
	// In the direction of paging that is looked up; in the other one it is true
	// where the page has a bound (Page.Cursor, Page.Until).
	HasNext, HasPrevious bool
	// Facets are the answers to Step.Facets, in their order.
	Facets Answers
	// Buckets are what FacetClassifications and FacetTimeline lead to, all of them.
	Buckets []Bucket
}

// Edge is one row of an Answer: the node reached, and what the relation says
// about it. One of Cable, Post, Person and Tag is set.
type Edge struct {
	Step   *Step
	Cable  *Cable
	Post   *Post
	Person *Person
	Tag    *Tag
	// At is the row's position in its list, for cursors.
	At Position
	// Mention is set for CablePeople and PersonCables.
	Mention *Mention
	// Action and Precedence are set for CableRecipients.
	Action     bool
	Precedence Precedence
	// Label is set for citations; As for citations and recipients: the words of the document.
	Label, As string
	// Weight is set for weighted relations.
	Weight int
	// Score is in billionths how well the cable answers the full-text question of its
	// list (CableWhere.Question), as the store reckons it; set where Step.Scored.
	Score int64
	// Related is set for CableRelated.
	Related *Related
}

// Related says why two cables are related.
type Related struct {
	People  []string `json:"people,omitempty"` // names, sorted
	Tags    []string `json:"tags,omitempty"`   // codes, sorted
	Cites   bool     `json:"cites,omitempty"`
	CitedBy bool     `json:"citedBy,omitempty"`
}

// Answers are the answers below one node, one for each child step, in the order of the steps.
type Answers []Answer

// rows counts the rows of the answers and of all that lies below them.
func (as Answers) rows() int {
	n := 0
	for i := range as {
		n += len(as[i].Edges) + len(as[i].Buckets) + as[i].Facets.rows()
		for j := range as[i].Edges {
			n += as[i].Edges[j].Node().Below().rows()
		}
	}
	return n
}

// Node returns the node at the edge's end.
func (e *Edge) Node() Node {
	switch {
	case e.Cable != nil:
		return e.Cable
	case e.Post != nil:
		return e.Post
	case e.Person != nil:
		return e.Person
	case e.Tag != nil:
		return e.Tag
	}
	return nil
}

// Key returns the key of the node at the edge's end.
func (e *Edge) Key() string {
	switch {
	case e.Cable != nil:
		return string(e.Cable.Reference)
	case e.Post != nil:
		return e.Post.Slug
	case e.Person != nil:
		return e.Person.Slug
	case e.Tag != nil:
		return e.Tag.Code
	}
	return ""
}

// Cursor returns the edge's place in its list as the API shows it.
func (e *Edge) Cursor() Cursor { return EncodeCursor(e.Step.Order, e.At) }

// SetAnswers hangs the answers of the child steps below the node at the edge's end.
func (e *Edge) SetAnswers(below Answers) {
	switch {
	case e.Cable != nil:
		e.Cable.Answers = below
	case e.Post != nil:
		e.Post.Answers = below
	case e.Person != nil:
		e.Person.Answers = below
	case e.Tag != nil:
		e.Tag.Answers = below
	}
}

// Find returns the answer of the child step with the path; nil where none was asked.
func (as Answers) Find(path ...string) *Answer {
	for i := range as {
		if slices.Equal(as[i].Step.Path, path) {
			return &as[i]
		}
	}
	return nil
}

// MarshalGQL writes the cursor as a GraphQL string.
func (c Cursor) MarshalGQL(w io.Writer) { marshalEnum(w, string(c)) }

// UnmarshalGQL reads the cursor from a GraphQL string; DecodeCursor judges it.
func (c *Cursor) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return ErrBadCursor
	}
	*c = Cursor(s)
	return nil
}

// MarshalGQL writes the direction as a GraphQL enum value.
func (d Direction) MarshalGQL(w io.Writer) { marshalEnum(w, string(d)) }

// UnmarshalGQL reads the direction from a GraphQL enum value.
func (d *Direction) UnmarshalGQL(v any) error { return unmarshalEnum(d, v, Directions) }
