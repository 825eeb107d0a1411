package parse

import (
	"slices"
	"strings"
)

// summary returns the text of the summary without its label, paragraphs'
// numbers and markings, one line for each line of the body.
//
//	¶1. (S) SUMMARY: Secretary Clinton … END SUMMARY.
func (t *text) summary() string {
	end := t.summaryEnd()
	start := t.summaryStart(end)
	if start < 0 {
		if end < 0 || len(t.marks) == 0 && end > 4000 {
			return ""
		}
		start = t.firstText() // no label, but END SUMMARY: it is the first paragraph
	}
	if end < start {
		end = t.summaryBlock(start)
	}
	return t.tidySummary(start, end)
}

// summaryStart returns where the text behind the label SUMMARY starts, -1 for none.
func (t *text) summaryStart(end int) int {
	limit := min(len(t.upper), t.head+5000)
	if end >= 0 {
		limit = end
	}
	for at := 0; ; {
		i := strings.Index(t.upper[at:limit], "SUMMARY")
		if i < 0 {
			return -1
		}
		i += at
		at = i + len("SUMMARY")
		if t.opensSummary(i) {
			return t.behindLabel(i)
		}
	}
}

// joiners stand between the parts of a label: INTRODUCTION AND SUMMARY.
var joiners = strings.NewReplacer("AND", "", "/", "", "&", "")

// opensSummary tells whether the word at i is the label and no word of a
// sentence: it opens its line, or its paragraph, or follows "INTRODUCTION AND".
func (t *text) opensSummary(i int) bool {
	l := t.lines[t.lineAt(i)]
	if i-l.start > 80 {
		return false
	}
	before := strings.TrimSpace(t.upper[l.start:i])
	if m, ok := t.readMark(l); ok && m.text <= i {
		before = strings.TrimSpace(t.upper[m.text:i])
	}
	if _, n := portionMarking(before); n > 0 {
		before = strings.TrimSpace(before[n:])
	}
	before = strings.Trim(before, "-= *(")
	switch strings.TrimSpace(joiners.Replace(before)) {
	case "", "INTRODUCTION", "BEGIN", "COMMENT", "EXECUTIVE", "INTRO", "ACTION REQUEST", "KEY POINTS", "BACKGROUND":
	default:
		return false
	}
	if strings.HasPrefix(t.upper[i:], "SUMMARY OF ") || l.start < t.firstLabelEnd() {
		return false
	}
	rest := strings.TrimSpace(t.upper[i+len("SUMMARY") : l.end])
	own := rest == "" || strings.IndexByte(":.-(/=", rest[0]) >= 0 || strings.HasPrefix(rest, "--")
	return own || isSummaryTail(rest) || before == "BEGIN"
}

// firstLabelEnd is where the subject stands: words before it are none of a summary.
func (t *text) firstLabelEnd() int {
	if l, ok := t.first(labelSubject); ok {
		return t.lines[t.lineAt(l.start)].end
	}
	return 0
}

// summaryTails may stand behind the word: SUMMARY AND COMMENT, SUMMARY/ACTION REQUEST.
var summaryTails = []string{
	"COMMENT", "ACTION REQUEST", "ACTION REQUESTS", "INTRODUCTION", "INTRO", "TABLE OF CONTENTS", "BACKGROUND", "KEY THEMES", "GUIDANCE",
	"OBJECTIVES", "CONTINUED", "CONT'D", "CONTD", "ACTION", "ANALYSIS", "RECOMMENDATION", "RECOMMENDATIONS", "OVERVIEW", "KEY POINTS",
}

func isSummaryTail(s string) bool { return tailLength(s) > 0 }

// tailLength returns the length of " AND COMMENT" and the like at the start of s.
func tailLength(s string) int {
	n := len(s) - len(strings.TrimLeft(s, " \n"))
	rest, joined := s[n:], false
	for _, word := range []string{"AND ", "AND\n", "/ ", "/", "& ", "(", "- "} {
		if after, ok := strings.CutPrefix(rest, word); ok {
			n, rest, joined = n+len(word), after, true
			break
		}
	}
	if !joined {
		return 0
	}
	blanks := len(rest) - len(strings.TrimLeft(rest, " \n"))
	longest := 0
	for _, tail := range summaryTails {
		if strings.HasPrefix(rest[blanks:], tail) && !letterAt(rest, blanks+len(tail)) && len(tail) > longest {
			longest = len(tail)
		}
	}
	if longest == 0 {
		return 0
	}
	n += blanks + longest
	for n < len(s) && s[n] == ')' {
		n++
	}
	return n
}

// behindLabel returns where the text behind the label at i starts.
func (t *text) behindLabel(i int) int {
	at := i + len("SUMMARY")
	at += tailLength(t.upper[at:])
	for at < len(t.clean) && strings.IndexByte(":. -\n=*_", t.clean[at]) >= 0 {
		at++
	}
	return at
}

// summaryEnd returns where END SUMMARY starts, with any words between and a
// line break too; -1 for none.
func (t *text) summaryEnd() int {
	for at := 0; ; {
		i := strings.Index(t.upper[at:], "END")
		if i < 0 {
			return -1
		}
		i += at
		at = i + 3
		if i > 0 && isLetter(t.upper[i-1]) || at >= len(t.upper) || isLetter(t.upper[at]) {
			continue
		}
		ahead := t.upper[at:min(len(t.upper), at+45)]
		j := strings.Index(ahead, "SUMMARY")
		if j < 0 || strings.ContainsAny(strings.TrimSpace(ahead[:j]), ".:;,)") || len(strings.Fields(ahead[:j])) > 4 {
			continue
		}
		return i
	}
}

// firstText is where the first paragraph starts.
func (t *text) firstText() int {
	if len(t.marks) > 0 {
		return t.marks[0].line
	}
	return t.lines[min(t.afterHead(), len(t.lines)-1)].start
}

// summaryBlock returns where a summary ends that no END SUMMARY closes: at the
// empty line, rule or next number behind its first paragraph.
func (t *text) summaryBlock(start int) int {
	started := false
	for i := t.lineAt(start); i < len(t.lines); i++ {
		s := t.at(i)
		from := max(start, t.lines[i].start)
		switch {
		case started && (s == "" || isRule(s)):
			return t.lines[i].start
		case started && t.isMarkLine(i):
			return t.lines[i].start
		case from < t.lines[i].end:
			started = true
			if j := strings.Index(t.clean[from:t.lines[i].end], " --------"); j > 0 {
				return from + j
			}
		}
	}
	return len(t.clean)
}

func (t *text) isMarkLine(i int) bool {
	_, found := slices.BinarySearchFunc(t.marks, i, func(m mark, i int) int { return m.index - i })
	return found
}

// tidySummary joins the lines between start and end without numbers and markings.
func (t *text) tidySummary(start, end int) string {
	var lines []string
	for i := t.lineAt(start); i < len(t.lines) && t.lines[i].start < end; i++ {
		l := t.lines[i]
		from, to := max(start, l.start), min(end, l.end)
		if m, ok := t.readMark(l); ok && from <= m.text && (t.isMarkLine(i) || from == l.start && len(lines) == 0) {
			from = m.text
		}
		if from >= to {
			continue
		}
		s := strings.TrimSpace(t.clean[from:to])
		if _, n := portionMarking(s); n > 0 && len(lines) == 0 {
			s = strings.TrimLeft(s[n:], " :.")
		}
		if s = cutSummaryLabel(s); s != "" && !isRule(s) {
			lines = append(lines, s)
		}
	}
	return strings.Trim(strings.Join(lines, "\n"), " (\n")
}

// cutSummaryLabel drops a label that stands again within: "SUMMARY" as heading, "1. Summary:" below.
func cutSummaryLabel(s string) string {
	upper := upperASCII(s)
	if rest, ok := strings.CutPrefix(upper, "SUMMARY"); ok {
		n := len("SUMMARY") + tailLength(rest)
		if n < len(s) && (s[n] == ':' || s[n] == '.') || n == len(s) {
			return strings.TrimLeft(s[n:], ":. -")
		}
	}
	return s
}
