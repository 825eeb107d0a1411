package graph

import (
	"cmp"
	"fmt"
	"slices"
	"unicode"
)

// Paragraph is one paragraph of a cable with its words.
type Paragraph struct {
	Number  int // 0: not numbered
	Anchor  string
	Marking string
	Heading string
	// Text is body[Start:End] in Unicode code points, as it stands there: a page
	// break within a paragraph stays in it.
	Text       string
	Start, End int
	// Cable is what the paragraph was cut from by Cable.Cut; else nil.
	Cable *Cable
}

// TextSpan is a place in the text of a paragraph that names a person.
type TextSpan struct {
	Start, End int    // Unicode code points of Paragraph.Text
	Text       string // what stands there, with runs of white space made one blank
	Person     *Person
}

// Paragraphs cuts the body by spans, without white space at either end. Anchors
// are unique: "p3", and "p3-2" for a second paragraph numbered 3; unnumbered ones
// are "p0", "p0-2", ….
func Paragraphs(body string, spans []ParagraphSpan) []Paragraph {
	runes := []rune(body)
	seen := map[int]int{}
	out := make([]Paragraph, 0, len(spans))
	for _, s := range spans {
		seen[s.Number]++
		anchor := fmt.Sprintf("p%d", s.Number)
		if n := seen[s.Number]; n > 1 {
			anchor = fmt.Sprintf("p%d-%d", s.Number, n)
		}
		p := s.in(runes)
		p.Anchor, p.Text = anchor, string(runes[p.Start:p.End])
		out = append(out, p)
	}
	return out
}

// in is the paragraph at its place in the body, still without text and anchor.
func (s *ParagraphSpan) in(body []rune) Paragraph {
	start := min(max(s.Start, 0), len(body))
	end := max(start, min(s.End, len(body)))
	for start < end && unicode.IsSpace(body[start]) {
		start++
	}
	for start < end && unicode.IsSpace(body[end-1]) {
		end--
	}
	return Paragraph{Number: s.Number, Marking: s.Marking, Heading: s.Heading, Start: start, End: end}
}

// People returns the places of the paragraph that name somebody, in their order,
// out of the rows of the cable's people. Those rows must have their spans; a
// place that the paragraph has only a part of is left out.
func (p *Paragraph) People(rows []Edge) []TextSpan {
	var found []TextSpan
	for i := range rows {
		for _, s := range rows[i].Mention.Spans {
			if p.has(s) {
				found = append(found, TextSpan{Start: s.Start - p.Start, End: s.End - p.Start, Text: s.Text, Person: rows[i].Person})
			}
		}
	}
	slices.SortFunc(found, func(a, b TextSpan) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Person.Slug, b.Person.Slug))
	})
	return found
}

// has tells whether the paragraph has the whole of a span.
func (p *Paragraph) has(s Span) bool {
	return s.Field == InBody && p.Start <= s.Start && s.End <= p.End
}
