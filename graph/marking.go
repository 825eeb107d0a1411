package graph

import (
	"slices"
	"strings"
)

// ParagraphWhere filters the paragraphs of a cable: all conditions hold for one and the same paragraph.
type ParagraphWhere struct {
	Marking *MarkingFilter `json:"marking,omitempty"`
	Names   *PersonWhere   `json:"names,omitempty"`   // it names such a person
	Matches *string        `json:"matches,omitempty"` // a full-text question (ParseText) over its text alone
}

// MarkingFilter filters paragraphs by their portion marking (ParseMarking); one without a level never matches.
type MarkingFilter struct {
	In      []string `json:"in,omitempty"` // the whole marking, in any spelling
	AtLeast *Level   `json:"atLeast,omitempty"`
	AtMost  *Level   `json:"atMost,omitempty"`
	Caveat  *string  `json:"caveat,omitempty"` // "NOFORN", "NF"; case ignored
}

// SomeParagraphWhere filters cables by their paragraphs: both conditions hold for one and the same paragraph.
type SomeParagraphWhere struct {
	Marking *MarkingFilter `json:"marking,omitempty"`
	Names   *PersonWhere   `json:"names,omitempty"` // it names such a person
}

// CutWhere returns those of the cable's paragraphs that the filter lets through;
// people are the rows of the cable's people that Names lets through, with their spans.
// The error wraps ErrBadText.
func (c *Cable) CutWhere(w *ParagraphWhere, people []Edge) ([]Paragraph, error) {
	all := c.Cut()
	if w == nil {
		return all, nil
	}
	var text Text
	if w.Matches != nil {
		var err error
		if text, err = ParseText(*w.Matches); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(all, func(p Paragraph) bool {
		return w.Marking != nil && !w.Marking.Match(p.Marking) ||
			w.Matches != nil && !text.Match(Words(p.Text)) ||
			w.Names != nil && len(p.People(people)) == 0
	}), nil
}

// Match tells whether the filter lets a paragraph with the marking through.
func (f *MarkingFilter) Match(marking string) bool {
	m := ParseMarking(marking)
	if m == nil || m.Level == LevelUnknown {
		return false
	}
	same := func(written string) bool {
		other := ParseMarking(written)
		return other != nil && other.Level == m.Level && slices.Equal(other.Caveats, m.Caveats)
	}
	return (f.In == nil || slices.ContainsFunc(f.In, same)) &&
		(f.AtLeast == nil || m.Level >= *f.AtLeast) && (f.AtMost == nil || m.Level <= *f.AtMost) &&
		(f.Caveat == nil || slices.Contains(m.Caveats, f.caveat()))
}

// caveat is the caveat that is asked for, as ParseMarking writes it; empty for none.
func (f *MarkingFilter) caveat() string {
	if f.Caveat == nil {
		return ""
	}
	return inFull(strings.ToUpper(strings.TrimSpace(*f.Caveat)))
}

// The caveats that most markings have.
const (
	noForeigners = "NOFORN"
	officialUse  = "FOR OFFICIAL USE ONLY"
)

// shortMarkings says what the parts of a portion marking are short for.
var shortMarkings = map[string]string{
	"U": "UNCLASSIFIED", "SBU": "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "C": "CONFIDENTIAL", "S": "SECRET",
	"NF": noForeigners, "SNF": "SECRET//NOFORN", "CNF": "CONFIDENTIAL//NOFORN", "FOUO": officialUse,
}

// parts tells whether the rune separates the parts of a marking.
func parts(r rune) bool { return strings.ContainsRune("/-()", r) }

func inFull(part string) string {
	if full := shortMarkings[part]; full != "" {
		return full
	}
	return part
}

// ParseMarking reads a portion marking as cables and people write it: "S/NF",
// "(S//NF)", "S-NF" and "SECRET//NOFORN" are one, "SBU" and "U//FOUO" too. The caveats
// are sorted, each once. It is nil for an empty one.
func ParseMarking(s string) *Classification {
	split := strings.FieldsFunc(strings.ToUpper(s), parts)
	for i := range split {
		split[i] = inFull(strings.TrimSpace(split[i]))
	}
	c := ParseClassification(strings.Join(split, "//"))
	if c != nil {
		slices.Sort(c.Caveats)
		c.Caveats = slices.Compact(c.Caveats)
	}
	return c
}
