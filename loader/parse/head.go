package parse

import (
	"strings"
)

// labelKind is what a label opens.
type labelKind uint8

const (
	noLabel labelKind = iota
	labelOrder
	labelTags
	labelSubject
	labelRefs
	labelClassified
)

// label is a word like "SUBJECT:" in the head of a body. Its value starts at end.
type label struct {
	kind       labelKind
	start, end int
	own        bool // it opens its line
}

// maxBeyond is how far behind the first paragraph's number labels are looked
// for: until 1998 "CLASSIFIED BY" stood within paragraph 1.
const maxBeyond = 700

// maxLabels bounds the labels of one text; real heads have fewer than ten.
const maxLabels = 64

// findLabels returns the labels of the head, in their order.
func (t *text) findLabels() []label {
	var found []label
	stop := min(len(t.upper), t.head+maxBeyond)
	for i := 0; i < stop && len(found) < maxLabels; i++ {
		if !labelLetters[t.upper[i]] || i > 0 && isLetter(t.upper[i-1]) && !t.isGlued(i) {
			continue
		}
		if l := t.labelAt(i, t.opensLine(i)); l.kind == labelClassified || l.kind != noLabel && i < t.head {
			found = append(found, l)
			i = l.end - 1
		}
	}
	return found
}

// labelLetters are the letters with which labels start.
var labelLetters = [256]bool{'T': true, 'A': true, 'S': true, 'U': true, 'R': true, 'C': true, 'E': true}

// isGlued tells whether one of the two labels stands at i which are found glued
// to the word before them.
func (t *text) isGlued(i int) bool {
	switch t.upper[i] {
	case 'R':
		return strings.HasPrefix(t.upper[i:], "REF:")
	case 'C':
		return strings.HasPrefix(t.clean[i:], "Classified")
	}
	return false
}

// opensLine tells whether nothing but blanks and brackets stands before the place i on its line.
func (t *text) opensLine(i int) bool {
	for i > 0 && (t.upper[i-1] == ' ' || t.upper[i-1] == '(') {
		i--
	}
	return i == 0 || t.upper[i-1] == '\n'
}

// labelAt returns the label at the place i; own tells that it opens its line.
func (t *text) labelAt(i int, own bool) label {
	s := t.upper[i:]
	l := label{start: i, own: own}
	n := 0
	switch {
	case s[0] == 'R':
		l.kind, n = labelRefs, refsLabel(s, own)
	case s[0] == 'C':
		if strings.HasSuffix(t.upper[:i], "DE-") { // DE-CLASSIFIED BY
			break
		}
		l.kind, n = labelClassified, classifiedLabel(s)
	case s[0] == 'S' || s[0] == 'U':
		if i > 0 && t.upper[i-1] == '(' { // a report's subject in a reference to it: 08PARIS1698
			break
		}
		l.kind, n = labelSubject, subjectLabel(s, own)
	case s[0] == 'E':
		l.kind, n = labelOrder, orderLabel(s)
	default:
		l.kind, n = labelTags, tagsLabel(s, own)
	}
	if n == 0 {
		return label{}
	}
	l.end = i + n
	return l
}

// Each of the functions below returns the length of its label at the start of s, 0 for none.

func tagsLabel(s string, own bool) int {
	word := leadingLetters(s)
	switch word {
	case "TAGS":
		if len(s) > 4 && (own || s[4] == ':' || s[4] == ' ') {
			return 4 + colons(s[4:])
		}
	case "TAG", "AGS", "TAS", "TABS", "TGS", "TAGES", "TAGSS":
		n := colons(s[len(word):])
		if n > 0 || own && word == "TAG" {
			return len(word) + n
		}
	}
	return 0
}

func subjectLabel(s string, own bool) int {
	word := leadingLetters(s)
	switch word {
	case "SUBJECT", "SUBJ", "UBJECT", "SUBECT", "SUBJET", "SUJECT", "SUBJECTS", "SBJECT":
	default:
		// "SUBJECTSECRETARY": the colon got lost with the blank in no known cable.
		return 0
	}
	n := len(word)
	for n < len(s) && s[n] == ' ' {
		n++
	}
	if c := colons(s[n:]); c > 0 {
		return n + c
	}
	if own && n < len(s) && (n > len(word) && s[n] != '/') {
		return n
	}
	return 0
}

// refsLabel reads REF:, REFS:, REF(S):, REFTEL:, REFERENCES: anywhere, and
// REF without a colon where a bullet or a reference follows (86 cables write
// "REF A LONDON 2351"); the plain word REF opens nothing.
func refsLabel(s string, own bool) int {
	word := leadingLetters(s)
	switch word {
	case "REF", "REFS", "REFTEL", "REFTELS", "REFERENCE", "REFERENCES":
	default:
		return 0
	}
	n := len(word)
	if strings.HasPrefix(s[n:], "(S)") {
		n += 3
	}
	blanks := n
	for blanks < len(s) && s[blanks] == ' ' {
		blanks++
	}
	if c := colons(s[blanks:]); c > 0 {
		return blanks + c
	}
	if strings.HasPrefix(s[n:], ".") && own {
		return n + 1
	}
	if n > len(word) && own || opensReference(s[blanks:]) && blanks > n && (own || word == "REFS") {
		return blanks
	}
	return 0
}

// opensReference tells whether s starts with a bullet or a reference.
func opensReference(s string) bool {
	line, _, _ := strings.Cut(s, "\n")
	line = strings.TrimLeft(line, "([ ")
	if len(line) > 1 && isLetter(line[0]) && strings.IndexByte(".):] ", line[1]) >= 0 {
		return strings.ContainsAny(line, "0123456789")
	}
	line = strings.TrimLeft(line, "0123456789 ")
	words := strings.Fields(line)
	for n := min(3, len(words)-1); n > 0; n-- {
		if _, ok := station(strings.Join(words[:n], "")); ok && leadingDigits(words[n]) != "" {
			return true
		}
	}
	return false
}

// classifiedLabel reads CLASSIFIED BY, with a letter lost or wrong.
func classifiedLabel(s string) int {
	word := leadingLetters(s)
	if word != "CLASSIFIED" && !oneSlip(word, "CLASSIFIED") {
		return 0
	}
	rest := s[len(word):]
	blanks := len(rest) - len(strings.TrimLeft(rest, " \n"))
	if !strings.HasPrefix(rest[blanks:], "BY") || letterAt(rest, blanks+2) {
		return 0
	}
	n := len(word) + blanks + 2
	return n + colons(s[n:])
}

// orderLabel reads the executive order on classification: E.O. 12958, EO 12958, E.O.12065.
func orderLabel(s string) int {
	for _, word := range []string{"E.O.", "EO", "E.O", "E. O."} {
		rest, ok := strings.CutPrefix(s, word)
		if !ok {
			continue
		}
		blanks := len(rest) - len(strings.TrimLeft(rest, " :"))
		if digits := leadingDigits(rest[blanks:]); len(digits) == 5 {
			return len(word) + blanks + 5
		}
	}
	return 0
}

func leadingLetters(s string) string {
	i := 0
	for i < len(s) && isLetter(s[i]) {
		i++
	}
	return s[:i]
}

// colons returns the length of ":", ";", "," or of ": ;" that closes a label.
func colons(s string) int {
	if s != "" && (s[0] == ':' || s[0] == ';' || s[0] == ',') {
		return 1
	}
	return 0
}

// next returns where the next label of another kind behind the place at stands.
func (t *text) next(at int, kind labelKind) int {
	for _, l := range t.labels {
		if l.start >= at && l.kind != kind {
			return l.start
		}
	}
	return len(t.clean)
}

// first returns the first label of a kind; one that opens its line comes before all others.
func (t *text) first(kind labelKind) (label, bool) {
	found, ok := label{}, false
	for _, l := range t.labels {
		if l.kind == kind && (!ok || l.own && !found.own) {
			found, ok = l, true
		}
	}
	return found, ok
}

// afterHead returns the first line behind the head's last label and its value.
func (t *text) afterHead() int {
	if len(t.labels) == 0 {
		return 0
	}
	last := t.labels[len(t.labels)-1]
	i := t.lineAt(last.start)
	if last.kind == labelRefs {
		if end := t.refsEnd(last); end < t.head {
			return t.lineAt(end)
		}
	}
	for i < len(t.lines) && t.lines[i].start < t.head && t.at(i) != "" {
		i++
	}
	return i
}
