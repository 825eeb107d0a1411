package people

import (
	"strings"
)

// lineKind is what a line of a cable is for.
type lineKind uint8

const (
	lineText      lineKind = iota // sentences
	lineCaps                      // a heading in capitals, or an old cable
	lineList                      // a list of participants
	lineSkip                      // nothing about people: markings, routing, references
	lineAttention                 // for whom the cable is: "NSC FOR B. WALCH"
	lineTags                      // the TAGS line
	lineClassifier
)

// lineReader tells lines apart, going down a body.
type lineReader struct {
	preamble bool     // before the first paragraph or the end of the subject
	state    lineKind // what an unlabelled line continues
	subject  bool     // within the subject
	started  bool     // a subject was seen
	attends  bool     // the line before said for whom the cable is
	blanks   int
}

// markLines gives each token the kind of its line.
func markLines(text string, toks []token) {
	r := lineReader{preamble: true, state: lineSkip}
	next := 0
	for pos := 0; pos < len(text) && next < len(toks); {
		end := strings.IndexByte(text[pos:], '\n')
		if end < 0 {
			end = len(text) - pos
		}
		kind := r.kind(strings.TrimSpace(text[pos : pos+end]))
		for next < len(toks) && int(toks[next].start) < pos+end {
			toks[next].kind = kind
			next++
		}
		pos += end + 1
	}
}

func (r *lineReader) kind(line string) lineKind {
	line = strings.TrimPrefix(line, "¶")
	switch {
	case line == "":
		r.blank()
		return lineSkip
	case isPageBreak(line), isRule(line):
		return lineSkip
	}
	defer func() { r.blanks = 0 }()
	if numbered(line) && !r.inReferences(line) {
		r.preamble, r.subject, r.state = false, false, lineText
	}
	if r.preamble {
		return r.preambleKind(line)
	}
	if participantsHeading(line) {
		r.state = lineList
		return lineSkip
	}
	return textKind(line, r.state)
}

func (r *lineReader) blank() {
	r.blanks++
	r.attends = false
	if r.preamble && r.started && r.blanks == 1 && r.state != lineSkip {
		r.state, r.subject = lineText, false
	}
}

// inReferences: the bullets of a reference list can be numbers.
func (r *lineReader) inReferences(line string) bool {
	return r.preamble && r.state == lineSkip && r.started && r.blanks == 0 && !strings.Contains(line, "(")
}

// labels start a part of the preamble.
var labels = []struct {
	label string
	kind  lineKind
}{
	{"E.O.", lineSkip},
	{"EO ", lineSkip},
	{"E. O.", lineSkip},
	{"DECL", lineSkip},
	{"TAGS", lineTags},
	{"TAG:", lineTags},
	{"AGS:", lineTags},
	{"SUBJECT", lineText},
	{"SUBJ:", lineText},
	{"SUBJ.", lineText},
	{"UBJECT:", lineText},
	{"REF:", lineSkip},
	{"REFS:", lineSkip},
	{"REFS ", lineSkip},
	{"REF A", lineSkip},
	{"REF ", lineSkip},
	{"REF(S)", lineSkip},
	{"REFTEL", lineSkip},
	{"REFERENCE", lineSkip},
	{"CLASSIFIED BY", lineClassifier},
	{"DERIVED FROM", lineSkip},
	{"REASON", lineSkip},
}

func (r *lineReader) preambleKind(line string) lineKind {
	upper := strings.ToUpper(line[:min(len(line), 14)])
	for _, l := range labels {
		if strings.HasPrefix(upper, l.label) {
			r.attends = false
			r.state = l.kind
			r.subject = strings.HasPrefix(l.label, "SUBJ") || l.label == "UBJECT:"
			r.started = r.started || r.subject
			return r.labelled(line)
		}
	}
	if !r.started && r.state == lineSkip {
		if r.attends = r.attends || attention(line); r.attends {
			return lineAttention
		}
		return lineSkip
	}
	if r.state == lineSkip && r.blanks > 0 && !bulleted(line) {
		r.state = lineText
	}
	return r.labelled(line)
}

func (r *lineReader) labelled(line string) lineKind {
	if r.state == lineText {
		return textKind(line, lineText)
	}
	return r.state
}

// textKind tells sentences from lines in capitals.
func textKind(line string, state lineKind) lineKind {
	capitals, smalls := 0, 0
	for i := 0; i < len(line) && 9*smalls < len(line); i++ { // more small letters than that decide
		switch letterKinds[line[i]] {
		case capitalLetter:
			capitals++
		case smallLetter:
			smalls++
		}
	}
	if capitals > 9*smalls && capitals >= 6 {
		return lineCaps
	}
	return state
}

// attention tells lines that say for whom a cable is.
func attention(line string) bool {
	upper := " " + strings.ToUpper(line) + " "
	for _, word := range []string{" FOR ", " PASS ", "ATTN", "(", " ALSO "} {
		if strings.Contains(upper, word) {
			return true
		}
	}
	return false
}

// isPageBreak tells the line that a printer put between two pages, "MADRID 00001359 002 OF 004".
func isPageBreak(line string) bool {
	i := strings.Index(line, " OF ")
	if i < 3 || len(line) > 90 {
		return false
	}
	before, after := line[i-1], line[i+4:]
	if before < '0' || before > '9' || after == "" || after[0] < '0' || after[0] > '9' {
		return false
	}
	return strings.ToUpper(line) == line
}

// isRule tells lines drawn with dashes or stars.
func isRule(line string) bool {
	return !isWordByte(line[0]) && strings.Trim(line, "-=*_ .#") == ""
}

// numbered tells the first line of a numbered paragraph.
func numbered(line string) bool {
	n := 0
	for n < len(line) && '0' <= line[n] && line[n] <= '9' {
		n++
	}
	return n > 0 && n <= 2 && n+1 < len(line) && line[n] == '.' && (line[n+1] == ' ' || line[n+1] == '(')
}

// bulleted tells a line of a reference list: "B. 08 PARIS 2199", "(B) STATE 123".
func bulleted(line string) bool {
	line = strings.TrimLeft(line, "([ ")
	return len(line) > 2 && isCapital(line[0]) && strings.IndexByte(".):] ", line[1]) >= 0
}

// participantsHeading tells the line above a list of who took part.
func participantsHeading(line string) bool {
	if len(line) > 60 {
		return false
	}
	for i := range len(line) {
		switch line[i] {
		case 'P', 'p':
			if startsFold(line[i:], "PARTICIPANTS") {
				return true
			}
		case 'A', 'a':
			if startsFold(line[i:], "ATTENDEES") {
				return true
			}
		}
	}
	return startsFold(strings.TrimLeft(line, "0123456789.() USCusc"), "IN ATTENDANCE")
}

// startsFold tells whether a line starts with the words, in capitals or not.
func startsFold(line, words string) bool {
	return len(line) >= len(words) && strings.EqualFold(line[:len(words)], words)
}
