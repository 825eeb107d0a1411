package graph

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Highlight is a passage of a cable that a full-text question has found.
type Highlight struct {
	Field TextField
	// Start and End are the passage's place in that text, in code points.
	Start, End int
	// Text is what stands there, with runs of white space made one blank.
	Text string
	// Marks are the places in Text that match, in their order, none within another.
	Marks []HighlightMark
}

// HighlightMark is a place in Highlight.Text, in code points.
type HighlightMark struct{ Start, End int }

// Marked is the text with two asterisks on either side of each mark.
func (h *Highlight) Marked() string {
	var b strings.Builder
	runes, done := []rune(h.Text), 0
	for _, m := range h.Marks {
		b.WriteString(string(runes[done:m.Start]) + "**" + string(runes[m.Start:m.End]) + "**")
		done = m.End
	}
	return b.String() + string(runes[done:])
}

// The size of highlights.
const (
	highlightsOfBody = 3  // passages
	highlightLead    = 8  // words before the first match
	highlightWords   = 30 // words in all, but for what a phrase needs
)

// Question is the full-text question that a list's scores are for: the filter's
// own Text, else its Body's, else its Subject's. Field is empty for Text. False where there is none.
func (w *CableWhere) Question() (question string, field TextField, ok bool) {
	switch {
	case w == nil:
	case w.Text != nil:
		return *w.Text, "", true
	case w.Body != nil && w.Body.Matches != nil:
		return *w.Body.Matches, InBody, true
	case w.Subject != nil && w.Subject.Matches != nil:
		return *w.Subject.Matches, InSubject, true
	}
	return "", "", false
}

// WithoutQuestion is the filter without what Question returns.
func (w *CableWhere) WithoutQuestion() *CableWhere {
	rest := *w
	switch {
	case w.Text != nil:
		rest.Text = nil
	case w.Body != nil && w.Body.Matches != nil:
		rest.Body = nil
	case w.Subject != nil:
		rest.Subject = &TextFilter{Equals: w.Subject.Equals}
	}
	return &rest
}

// Highlights are the passages of the cable's subject and body that the filter's full-text questions
// match, those joined by And and Or too, the best ones of the body in its order.
func (w *CableWhere) Highlights(c *Cable) []Highlight {
	var subject, body []Phrase
	w.phrases(&subject, &body)
	return append(passages(c.Subject, InSubject, subject, 1), passages(c.Body, InBody, body, highlightsOfBody)...)
}

// phrases gathers what may match in the subject and in the body. A question that can't be read has none.
func (w *CableWhere) phrases(subject, body *[]Phrase) {
	if w == nil {
		return
	}
	add := func(question *string, lists ...*[]Phrase) {
		if question == nil {
			return
		}
		text, _ := ParseText(*question)
		for _, all := range text.Any {
			for _, list := range lists {
				*list = append(*list, all.All...)
			}
		}
	}
	add(w.Text, subject, body)
	if w.Subject != nil {
		add(w.Subject.Matches, subject)
	}
	if w.Body != nil {
		add(w.Body.Matches, body)
	}
	for _, inner := range slices.Concat(w.And, w.Or) {
		inner.phrases(subject, body)
	}
}

// word is one of a text's words: folded, and where it stands, in bytes.
type word struct {
	folded     string
	start, end int
}

// cut cuts a text into words as Words does.
func cut(s string) []word {
	var all []word
	for start, end := range wordsIn(s) {
		all = append(all, word{string(foldWord(nil, s[start:end])), start, end})
	}
	return all
}

// match is a phrase at a place: words [from, to).
type match struct{ from, to, phrase int }

// matches finds the phrases in the words, in order, none within another.
func matches(all []word, phrases []Phrase) []match {
	var found []match
	for at := 0; at < len(all); at++ {
		best := match{}
		for i, p := range phrases {
			if n := len(p.Words); p.at(all[at:]) && n > best.to-best.from {
				best = match{at, at + n, i}
			}
		}
		if best.to > 0 {
			found = append(found, best)
			at = best.to - 1
		}
	}
	return found
}

// at tells whether the phrase stands at the start of the words.
func (p Phrase) at(all []word) bool {
	if len(p.Words) > len(all) {
		return false
	}
	last := len(p.Words) - 1
	for i, w := range p.Words[:last] {
		if all[i].folded != w {
			return false
		}
	}
	rest, starts := strings.CutPrefix(all[last].folded, p.Words[last])
	return starts && (rest == "" || p.Prefix || p.Possessive && rest == possessive)
}

// passages are the best few passages of a text: those with most different phrases, then most matches.
func passages(s string, field TextField, phrases []Phrase, most int) []Highlight {
	if len(phrases) == 0 {
		return nil
	}
	all := cut(s)
	type passage struct {
		from, to         int // words
		matches          []match
		different, place int
	}
	var found []passage
	for _, m := range matches(all, phrases) {
		if n := len(found) - 1; n >= 0 && m.from < found[n].to {
			found[n].matches, found[n].to = append(found[n].matches, m), max(found[n].to, m.to)
			continue
		}
		from := max(0, m.from-highlightLead)
		if n := len(found) - 1; n >= 0 {
			from = max(from, found[n].to)
		}
		found = append(found, passage{from: from, to: min(len(all), max(m.to, from+highlightWords)), matches: []match{m}, place: len(found)})
	}
	for i := range found {
		seen := map[int]bool{}
		for _, m := range found[i].matches {
			seen[m.phrase] = true
		}
		found[i].different = len(seen)
	}
	slices.SortStableFunc(found, func(a, b passage) int {
		return cmp.Or(cmp.Compare(b.different, a.different), cmp.Compare(len(b.matches), len(a.matches)))
	})
	found = found[:min(most, len(found))]
	slices.SortFunc(found, func(a, b passage) int { return cmp.Compare(a.place, b.place) })
	out := make([]Highlight, len(found))
	for i, p := range found {
		out[i] = highlight(s, field, all[p.from].start, all[p.to-1].end, all, p.matches)
	}
	return out
}

// highlight makes the bytes [start, end) of a text into a highlight.
func highlight(s string, field TextField, start, end int, all []word, matches []match) Highlight {
	h := Highlight{Field: field, Start: utf8.RuneCountInString(s[:start])}
	h.End = h.Start + utf8.RuneCountInString(s[start:end])
	var b strings.Builder
	length, next, blank := 0, 0, false
	for i, r := range s[start:end] {
		if at := start + i; next < len(matches) && at == all[matches[next].from].start {
			if blank {
				b.WriteByte(' ')
				length, blank = length+1, false
			}
			h.Marks = append(h.Marks, HighlightMark{Start: length})
		} else if next < len(matches) && at == all[matches[next].to-1].end {
			h.Marks[next].End = length
			next++
		}
		if unicode.IsSpace(r) {
			blank = true
			continue
		}
		if blank {
			b.WriteByte(' ')
			length, blank = length+1, false
		}
		b.WriteRune(r)
		length++
	}
	if next < len(h.Marks) {
		h.Marks[next].End = length
	}
	h.Text = b.String()
	return h
}
