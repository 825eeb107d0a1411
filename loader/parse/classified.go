package parse

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// classifier returns who classified the cable: what stands between the label
// and the reason, titles included, and the name in it.
func (t *text) classifier() (graph.Span, string) {
	for _, l := range t.labels {
		if l.kind != labelClassified {
			continue
		}
		start := t.skipRepeat(l.end)
		words, places := t.unwrapped(start, t.classifierEnd(start))
		words = words[:reasonStart(words)]
		if strings.HasPrefix(upperASCII(words), "DERIVED FROM") {
			continue // other documents, and nobody
		}
		if name := nameIn(words); name != "" {
			words = strings.TrimRight(words, " ,;:-.(\n")
			return t.span(places[0], places[len(words)-1]+1), name
		}
	}
	return graph.Span{}, ""
}

// skipRepeat goes behind labels within the label: "Classified By: Classified by
// DCM …", "Classified By: (U) …", and the list of references of 05ANKARA7671.
func (t *text) skipRepeat(at int) int {
	for {
		for at < len(t.clean) && strings.IndexByte(" \n:;.", t.clean[at]) >= 0 {
			at++
		}
		if _, n := portionMarking(t.clean[at:min(len(t.clean), at+40)]); n > 0 {
			at += n
			continue
		}
		ahead := t.upper[at:min(len(t.upper), at+130)]
		i := strings.Index(ahead, "CLASSIFIED BY")
		if i < 0 || i > 0 && strings.Contains(ahead[:i], ".") {
			return at
		}
		at += i + len("CLASSIFIED BY")
	}
}

// reasonStarts open the reason, which ends the name.
var reasonStarts = []string{
	"FOR REA", "FOR RES", "FOR RAS", "FR REASON", "FOR FOR", "FOR E.O", "FOR EO", "FOR 1", "F0R ", "REASON", "REAON", "RESON", "RASON", "REAS0N", "REQ#",
	"E.O", "EO 1", "BASED ON", "DUE TO", "PER 1", "PER REASON", "UNDER 1", "UNDER SECTION", "SECTION 1", "SEA3ON", "FOR R", "FOR REAS",
	"REAS ONS", "REA SONS", "RE ASONS", "1.4", "1.5", "1,4", "1,5", "1. 4", "1. 5", "1.2 ", "FOR\n", "FOR  REA", "IN ACCORD", "DECL", "ON SECTION",
}

// classifierEnd returns where the classifier's lines end at the latest.
func (t *text) classifierEnd(start int) int {
	end := min(len(t.upper), start+260, t.next(start, labelClassified))
	for i := t.lineAt(start) + 1; i < len(t.lines) && t.lines[i].start < end; i++ {
		if t.at(i) == "" || isRule(t.at(i)) || t.isMarkLine(i) || strings.HasPrefix(t.upper[t.lines[i].start:], "SUMMARY") {
			return t.lines[i].start
		}
	}
	return end
}

// reasonStart returns where in words the reason starts: their end if there is none.
func reasonStart(words string) int {
	upper := upperASCII(words)
	for _, word := range reasonStarts {
		if i := indexWord(upper, word); i >= 0 {
			upper = upper[:i]
		}
	}
	// A line cut within the word "reasons" leaves its beginning behind a full stop.
	upper = strings.TrimRight(upper, " ")
	for _, rest := range []string{". REAS", ". REA", ". RE", ". R"} {
		if trimmed, ok := strings.CutSuffix(upper, rest); ok {
			return len(trimmed) + 1
		}
	}
	return len(upper)
}

// indexWord finds word in s where it starts a word.
func indexWord(s, word string) int {
	for at := 0; ; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			return -1
		}
		i += at
		if i == 0 || !letterAt(s, i-1) && !isDigit(s[i-1]) {
			return i
		}
		at = i + 1
	}
}

// wrapColumn is where the mail software cut lines hard, within words too.
const wrapColumn = 71

// unwrapped joins the lines between start and end, and tells the place of each
// byte. A line that was cut hard is joined without a blank ("Hoyt Y" and "ee").
func (t *text) unwrapped(start, end int) (words string, places []int) {
	b := make([]byte, 0, max(0, end-start))
	places = make([]int, 0, cap(b))
	for i := t.lineAt(start); i < len(t.lines) && t.lines[i].start < end; i++ {
		from, to := max(start, t.lines[i].start), min(end, t.lines[i].end)
		if from >= to {
			continue
		}
		if len(b) > 0 && !t.cutHard(i-1) {
			b, places = append(b, ' '), append(places, from)
		}
		for at := from; at < to; at++ {
			b, places = append(b, t.clean[at]), append(places, at)
		}
	}
	return string(b), places
}

// cutHard tells whether the i-th line was cut at the column, and the next one
// does not start with the blank.
func (t *text) cutHard(i int) bool {
	l := t.lines[i]
	begin := strings.LastIndexByte(t.clean[:l.start], '\n') + 1
	if l.end-begin != wrapColumn {
		return false
	}
	behind := l.end
	for behind < len(t.clean) && t.clean[behind] != '\n' {
		behind++
	}
	return behind+1 < len(t.clean) && t.clean[behind+1] != ' '
}
