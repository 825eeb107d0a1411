package parse

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// maxSubject bounds a line of a subject; real ones end before 200.
const maxSubject = 600

// subject returns the whole subject: its lines joined by single blanks,
// without the classification in brackets before and behind it.
func (t *text) subject() string {
	l, ok := t.first(labelSubject)
	if !ok {
		return ""
	}
	stop := t.next(l.end, labelSubject)
	i := t.lineAt(l.end)
	var parts []string
	for from := l.end; i < len(t.lines); i++ {
		from = max(from, t.lines[i].start)
		to := min(t.lines[i].end, stop)
		if from > to {
			break
		}
		words := strings.TrimSpace(t.clean[from:to])
		switch {
		case words == "" && len(parts) == 0 && i < t.lineAt(l.end)+3 && to < stop:
			continue // 09CAIRO1945 starts its subject two lines below the label
		case words == "" || len(parts) > 0 && endsSubject(words):
			return tidySubject(parts)
		}
		words = words[:min(len(words), maxSubject)]
		cut := innerEnd(words)
		parts = append(parts, strings.TrimSpace(words[:cut]))
		if cut < len(words) || to == stop {
			break
		}
		if len(parts) > 12 {
			break
		}
	}
	return tidySubject(parts)
}

// endsSubject tells whether a line is none of the subject any more.
func endsSubject(s string) bool {
	upper := upperASCII(s)
	if isRule(s) || strings.HasPrefix(s, "---") || strings.HasPrefix(s, "C O N F") || strings.HasPrefix(s, "S E C R E T") {
		return true
	}
	if digits := leadingDigits(s); digits != "" && len(digits) < 3 {
		rest := strings.TrimLeft(s[len(digits):], " ")
		if strings.HasPrefix(rest, ".") && !letterAt(rest, 1) || strings.HasPrefix(rest, "(") {
			return strings.HasPrefix(digits, "1")
		}
	}
	for _, start := range []string{
		"SUMMARY", "SENSITIVE BUT", "THIS IS AN ACTION", "THIS MESSAGE", "THIS CABLE", "REASON:", "DECL:", "CLASSIFIED", "BEGIN SUMMARY",
		"(U) CLASSIFIED", "(C) CLASSIFIED", "INTRODUCTION",
		"SUNDAY,", "MONDAY,", "TUESDAY,", "WEDNESDAY,", "THURSDAY,", "FRIDAY,", "SATURDAY,",
	} {
		if strings.HasPrefix(upper, start) {
			return true
		}
	}
	return false
}

// innerEnd returns where, within a line, the subject ends and what should have
// stood on the next line follows.
func innerEnd(s string) int {
	upper := upperASCII(s)
	end := len(s)
	for _, word := range []string{
		" SENSITIVE BUT UNCL", " SENSITIVE BUT ", " 1. (", " 1.(", " CLASSIFIED BY", " SUMMARY:", " ---------", " THIS MESSAGE IS ",
		" THIS IS AN ACTION", " THIS CABLE IS ", " C O R R E C T E D",
	} {
		if i := strings.Index(upper, word); i > 0 && i < end {
			end = i
		}
	}
	// Newspapers put the whole head on one line; there "Sensitive but" stands at its end.
	if i := strings.Index(s, " Sensitive but"); i > 0 && i < end {
		end = i
	}
	return end
}

// tidySubject joins the lines: by a blank, but "US-" and "CHILEAN" without one.
func tidySubject(parts []string) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 && !(strings.HasSuffix(parts[i-1], "-") && len(parts[i-1]) > 1 && parts[i-1][len(parts[i-1])-2] != ' ' && parts[i-1][len(parts[i-1])-2] != '-') {
			b.WriteByte(' ')
		}
		b.WriteString(p)
	}
	s := strings.ToValidUTF8(strings.Join(strings.Fields(b.String()), " "), "")
	if rest, ok := strings.CutPrefix(s, "SUBJECT:"); ok { // the label twice: 10BRUSSELS183
		s = strings.TrimSpace(rest)
	}
	for {
		_, n := portionMarking(s)
		if n == 0 || n == len(s) {
			break
		}
		s = strings.TrimLeft(s[n:], " :-")
	}
	return cutLastMarking(s)
}

// cutLastMarking drops a classification in brackets from the end; other
// brackets are part of the subject: "(Iceland)", "(MTCR)".
func cutLastMarking(s string) string {
	i := strings.LastIndexByte(s, '(')
	if i <= 0 || !strings.HasSuffix(s, ")") {
		return s
	}
	switch upperASCII(s[i+1 : len(s)-1]) {
	case "U", "C", "S", "TS", "SBU", "C/NF", "S/NF", "C//NF", "S//NF", "SBU/NF", "U/FOUO":
		return strings.TrimSpace(s[:i])
	}
	return s
}

// titleSubject takes the subject from the page's own title, which is its first
// line, cut behind an opening bracket: "09STATE11937, U) Secretary Clinton's".
func titleSubject(ref graph.Reference, title string) string {
	s, ok := strings.CutPrefix(title, string(ref)+",")
	if !ok {
		return ""
	}
	s = strings.TrimSpace(s)
	if before, after, ok := strings.Cut(s, ")"); ok && isMarking(before) {
		s = after
	}
	return strings.Join(strings.Fields(s), " ")
}
