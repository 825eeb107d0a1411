package parse

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// references returns the cables that the REF lines cite, in their order, each
// once, and what those lines cite besides: e-mails, reports, telephone calls.
func (t *text) references(own graph.Reference) (cites []graph.Citation, others []string) {
	seen := map[graph.Reference]bool{own: true}
	for _, l := range t.labels {
		if l.kind != labelRefs {
			continue
		}
		r := refReader{own: own, tokens: tokens(t.clean[l.end:t.refsEnd(l)])}
		r.source = t.clean[l.end:]
		r.ownYear, r.ownStation, r.ownSerial = own.Parts()
		r.read()
		for _, c := range r.cites {
			if !seen[c.Reference] {
				seen[c.Reference] = true
				cites = append(cites, c)
			}
		}
		others = append(others, r.others...)
	}
	return cites, others
}

// refsEnd returns where the list of references ends: at the next label, at the
// first paragraph, at an empty line behind which no further reference stands,
// and at a line that starts something else.
func (t *text) refsEnd(l label) int {
	stop := min(t.next(l.end, labelRefs), max(t.head, l.end))
	empty, any := false, false
	for i := t.lineAt(l.start); i < len(t.lines); i++ {
		from, to := max(l.end, t.lines[i].start), min(t.lines[i].end, stop)
		if t.lines[i].start >= stop {
			break
		}
		words := ""
		if from < to {
			words = t.clean[from:to]
		}
		switch {
		case strings.TrimSpace(words) == "":
			empty = empty || any
			continue
		case any && (endsReferences(words) || empty && !goesOn(words)):
			return t.lines[i].start
		}
		any, empty = true, false
		if at := innerEnd(words); at < len(words) {
			return from + at
		}
	}
	return stop
}

// endsReferences tells whether a line is none of the list any more.
func endsReferences(s string) bool {
	if isRule(s) || startsBody(s) && !strings.ContainsAny(s, "0123456789") {
		return true
	}
	upper := upperASCII(s)
	for _, start := range []string{
		"SUMMARY", "SENSITIVE", "THIS ", "REASON", "CLASSIFIED", "C O N F", "S E C R E T", "UNCLAS", "C O R R E C T", "1. ", "1.(", "(U)", "(SBU)", "INTRODUCTION",
		"COMMENT", "BEGIN", "ACTION REQUEST", "NOT FOR", "PLEASE",
	} {
		if strings.HasPrefix(upper, start) {
			return true
		}
	}
	return false
}

// goesOn tells whether a line behind an empty one still belongs to the list.
func goesOn(s string) bool {
	s = strings.TrimLeft(s, " ([")
	if len(s) > 1 && isLetter(s[0]) && strings.IndexByte(".):", s[1]) >= 0 && len(s) < 90 {
		return true
	}
	if digits := leadingDigits(s); digits != "" {
		rest := strings.TrimLeft(s[len(digits):], " ")
		return len(digits) > 2 && !strings.HasPrefix(rest, ".") || len(digits) == 2 && opensReference(s)
	}
	return len(s) < 80 && (opensReference(s) || strings.HasPrefix(upperASCII(s), "DE JANEIRO"))
}
