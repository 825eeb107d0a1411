package parse

import (
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// mark is the number of a paragraph, with its portion marking:
//
//	¶9. (S/NF) The Secretary opened the discussion by
//	^line      ^text                                    number 9, marking S/NF
type mark struct {
	number  int
	marking string
	line    int // where its line starts, behind the pilcrow and blanks
	text    int // where the text behind number and marking starts
	index   int // of the line
}

// findMarks returns the numbers that run on plausibly. The seed of this archive,
// 09STATE11937, has a line "15." within its paragraph 13: the end of a date.
func (t *text) findMarks() []mark {
	all := make([]mark, 0, 16)
	for i, l := range t.lines {
		if m, ok := t.readMark(l); ok {
			m.index = i
			all = append(all, m)
		}
	}
	return plausible(all)
}

// readMark reads "3. (C) Text", "3.(C)Text" and "3.  Text" at the start of a line.
func (t *text) readMark(l line) (mark, bool) {
	s := t.clean[l.start:l.end]
	before, skip := "", 0
	if before, skip = portionMarking(s); skip > 0 { // 07BAGHDAD3504 writes "(C) 1. The Embassy"
		skip = len(s) - len(strings.TrimLeft(s[skip:], " "))
		s = s[skip:]
	}
	digits := leadingDigits(s)
	if digits == "" || len(digits) > 3 || digits[0] == '0' {
		return mark{}, false
	}
	at := len(digits)
	dotted := at < len(s) && s[at] == '.'
	if dotted {
		at++
	}
	blanks := at
	for at < len(s) && s[at] == ' ' {
		at++
	}
	m := mark{line: l.start, text: l.start + skip + at, marking: before}
	for _, d := range digits {
		m.number = 10*m.number + int(d-'0')
	}
	if marking, n := portionMarking(s[at:]); n > 0 {
		m.marking, m.text = marking, m.text+n
	} else if !dotted || skip > 0 && at == blanks || at == blanks && at < len(s) && !letterAt(s, at) {
		return mark{}, false // "3.5 million", "100 people"
	}
	for m.text < l.end && t.clean[m.text] == ' ' {
		m.text++
	}
	return m, true
}

// portionMarking reads "(S/NF)" at the start of s and returns it without
// brackets, and its length with them.
func portionMarking(s string) (string, int) {
	if s == "" || s[0] != '(' {
		return "", 0
	}
	end := strings.IndexByte(s, ')')
	if end < 0 || end > 40 {
		return "", 0
	}
	inside := strings.TrimSpace(upperASCII(s[1:end]))
	if !isMarking(inside) {
		return "", 0
	}
	return inside, end + 1
}

// isMarking tells whether a text in capitals is a classification as it stands
// before paragraphs and subjects: U, C, S, SBU, S/NF, C//NF, S/REL UK, C - ENTIRE TEXT.
func isMarking(s string) bool {
	first := s
	if i := strings.IndexAny(s, "/ -,"); i >= 0 {
		first = s[:i]
	}
	switch first {
	case "U", "C", "S", "TS", "SBU", "LOU", "FOUO", "UNCLASSIFIED", "CONFIDENTIAL", "SECRET":
		return true
	case "NF", "SNF", "CNF", "REL":
		return len(s) <= 12
	}
	return false
}

// plausible picks the numbers that count on. A number is taken where it is the
// next one; where it leaves some out, only if those do not come later; and out
// of turn only with a portion marking, since cables do get misnumbered.
func plausible(all []mark) []mark {
	if len(all) == 0 {
		return nil
	}
	var last [1001]int // a number of up to three digits → behind its last place in all, 0 for none
	for i, m := range all {
		last[m.number] = i + 1
	}
	taken := all[:0] // it never outruns the loop
	expected := 1
	for i, m := range all {
		switch {
		case m.number == expected:
		case m.number > expected && m.number <= expected+3 && !comesLater(last[expected:m.number], i) &&
			(m.marking != "" || last[m.number+1] > i+1):
		case m.marking != "" && m.number < expected && m.number+3 >= expected:
		case len(taken) == 0 && m.marking != "" && m.number < 10 && !comesLater(last[1:m.number], i):
		default:
			continue
		}
		taken = append(taken, m)
		expected = max(expected, m.number+1)
	}
	return taken
}

// comesLater tells whether one of the numbers, of which last has the places, stands behind place i.
func comesLater(last []int, i int) bool {
	return slices.ContainsFunc(last, func(behind int) bool { return behind > i+1 })
}

// paragraphSpans cuts the body into paragraphs: by their numbers, or by empty
// lines where nothing is numbered. What stands before the first number and is
// no line of the head is a paragraph without a number.
func (t *text) paragraphSpans() []graph.ParagraphSpan {
	end := t.textEnd()
	if len(t.marks) == 0 {
		return t.countRunes(t.blocks(t.afterHead(), t.lineAt(end), end))
	}
	first := t.marks[0].index
	heading, top := t.headingAbove(first, t.afterHead()-1)
	spans := t.blocks(t.afterHead(), t.lineAt(top), top)
	spans = slices.Grow(spans, len(t.marks))
	for i, m := range t.marks {
		if i > 0 {
			heading, top = t.headingAbove(m.index, t.marks[i-1].index)
			spans[len(spans)-1].End = max(top, spans[len(spans)-1].Start)
		}
		spans = append(spans, graph.ParagraphSpan{
			Number: m.number, Marking: m.marking, Heading: heading, Start: m.text, End: max(m.text, end),
		})
	}
	return t.countRunes(spans)
}

// textEnd is where the signature starts, or the body ends.
func (t *text) textEnd() int {
	if t.signStart < t.signEnd {
		return t.signStart
	}
	return len(t.clean)
}

// headingAbove returns the heading above the i-th line, and where the text
// before it ends. It looks no higher than behind the line floor.
func (t *text) headingAbove(i, floor int) (heading string, top int) {
	j, ruled := t.upOver(i-1, floor)
	k := j
	for k > floor && j-k < 3 && t.isPlain(k) && (k == j || !endsSentence(t.at(k))) {
		k--
	}
	// The block is lines k+1 … j.
	ruledAbove := k > floor && isRule(t.at(k))
	if j <= floor || k <= floor && floor >= 0 && !ruled || j-k >= 3 && !ruledAbove && !ruled || j == k {
		return "", t.lines[max(j, 0)].end
	}
	if !ruled && !ruledAbove && !t.looksLikeHeading(k, j) {
		return "", t.lines[j].end
	}
	words := make([]string, 0, 3)
	for n := k + 1; n <= j; n++ {
		words = append(words, t.at(n))
	}
	above, _ := t.upOver(k, floor)
	heading = strings.Trim(strings.Join(words, " "), "- ")
	if notTags[heading] { // SIPDIS stands there twice in many cables
		heading = ""
	}
	return heading, t.lines[max(above, 0)].end
}

// upOver goes up from line i over empty lines and rules, and tells whether there was a rule.
func (t *text) upOver(i, floor int) (int, bool) {
	ruled := false
	for i > floor && i >= 0 {
		s := t.at(i)
		if s != "" && !isRule(s) {
			break
		}
		ruled = ruled || s != ""
		i--
	}
	return i, ruled
}

func (t *text) isPlain(i int) bool {
	s := t.at(i)
	return i >= 0 && s != "" && !isRule(s)
}

// looksLikeHeading judges the block of lines behind k up to j, which no rule marks.
func (t *text) looksLikeHeading(k, j int) bool {
	first, last := t.at(k+1), t.at(j)
	if j-k > 2 || len(first) > 90 || len(last) > 90 || strings.ContainsAny(last[len(last)-1:], ".?!;,") {
		return false
	}
	if c := first[0]; c < 'A' || c > 'Z' && c < 0x80 {
		return false
	}
	return k < 0 || t.at(k) == "" || endsSentence(t.at(k))
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\")”’'* ")
	return s != "" && strings.ContainsAny(s[len(s)-1:], ".?!:")
}

// isRule tells whether a line only draws: "-----------", "=====", "* * *".
func isRule(s string) bool {
	if len(s) < 2 {
		return false
	}
	for _, r := range s {
		switch r {
		case '-', '=', '_', '*', ' ', '~', '‐', '–', '—':
		default:
			return false
		}
	}
	return true
}

// blocks returns the unnumbered paragraphs from line i up to line to, which ends at end.
func (t *text) blocks(i, to, end int) []graph.ParagraphSpan {
	var spans []graph.ParagraphSpan
	heading := ""
	for ; i <= to && i < len(t.lines); i++ {
		if !t.isPlain(i) {
			continue
		}
		from := i
		for i+1 <= to && i+1 < len(t.lines) && t.isPlain(i+1) {
			i++
		}
		stop := min(t.lines[i].end, end)
		if stop <= t.lines[from].start {
			break
		}
		words := t.clean[t.lines[from].start:stop]
		ruled := i+1 < len(t.lines) && isRule(t.at(i+1))
		switch {
		case len(words) < 100 && (ruled || t.looksLikeHeading(from-1, i)):
			heading = strings.Join(strings.Fields(words), " ")
		case len(t.marks) == 0 || len(words) >= 100:
			spans = append(spans, graph.ParagraphSpan{Heading: heading, Start: t.lines[from].start, End: stop})
			heading = ""
		}
	}
	return spans
}

// countRunes turns the places in bytes into places in code points, and leaves
// out blanks at the ends of paragraphs.
func (t *text) countRunes(spans []graph.ParagraphSpan) []graph.ParagraphSpan {
	for i := range spans {
		s := &spans[i]
		for s.End > s.Start && strings.IndexByte(" \n\r\t", t.body[s.End-1]) >= 0 {
			s.End--
		}
		s.Start = t.runes(s.Start)
		s.End = t.runes(s.End)
	}
	return spans
}
