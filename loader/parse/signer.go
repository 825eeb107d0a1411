package parse

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// signer returns the signature: the surname in the last line of the text.
func (t *text) signer() graph.Span {
	if t.signStart >= t.signEnd {
		return graph.Span{}
	}
	return t.span(t.signStart, t.signEnd)
}

// maxNoise is how many lines of noise may stand below a signature.
const maxNoise = 14

// findSignature goes up from the end over what stands below signatures
// (classifications, NNNN, notes of the archive, web addresses) and takes the
// first line of one to three words that can be a name; in texts without line
// breaks the capitals behind the last sentence.
func (t *text) findSignature() (start, end int) {
	for i, passed := len(t.lines)-1, 0; i >= 0 && passed < maxNoise; i-- {
		s := t.at(i)
		if s == "" {
			continue
		}
		l := t.lines[i]
		if from, to, ok := signature(s); ok && !t.isFragment(i) {
			return l.start + from, l.start + to
		}
		if passed == 0 && isLowerName(s) { // "tuttle", below the address of London's website
			return l.start, l.end
		}
		if from, to, ok := trailingSignature(s); ok {
			return l.start + from, l.start + to
		}
		if !isNoise(s) && !(t.isFragment(i) && s == upperASCII(s)) {
			return 0, 0
		}
		passed++
	}
	return 0, 0
}

// isFragment tells whether the line has three full stops: where the mirror cut
// a text, the beginning of the next cable's subject stands ("DANIEL ORTEGA AN...").
func (t *text) isFragment(i int) bool { return strings.HasSuffix(t.at(i), "...") }

// isLowerName tells whether a line is one word in lower case that can be a name, "jr" apart.
func isLowerName(s string) bool {
	name := strings.TrimSuffix(strings.TrimSuffix(s, " jr"), " JR")
	return len(name) > 2 && len(name) < 20 && len(packedName(name)) == len(name) && areNames([]string{capitalised(name)})
}

// signature tells whether a line is nothing but a name, and where in it the name stands.
func signature(s string) (from, to int, ok bool) {
	to = len(strings.TrimRight(withoutDate(s), "#.>/-=*~,; "))
	for from < to && strings.IndexByte("#.>*-= ", s[from]) >= 0 {
		from++
	}
	words := strings.Fields(s[from:to])
	if len(words) == 0 || len(words) > 3 || to-from > 32 {
		return 0, 0, false
	}
	if len(words) == 2 && strings.EqualFold(words[0], words[1]) { // SHANNON Shannon
		to = from + len(words[0])
		words = words[:1]
	}
	if name := s[from:to]; strings.HasPrefix(s[to:], ".") && name != upperASCII(name) {
		return 0, 0, false // a sentence of one word
	}
	return from, to, areNames(words)
}

// areNames tells whether the words can be a signature.
func areNames(words []string) bool {
	letters := 0
	for i, w := range words {
		if !isNameWord(w) || notNames[strings.Trim(upperASCII(w), ".")] {
			return false
		}
		if i == 0 && len(words) > 1 && w != strings.ToUpper(w) && words[1] == strings.ToUpper(words[1]) && len(words[1]) > 3 {
			return false
		}
		letters += len(packedName(w))
	}
	// Three words are a name only in capitals; Ambassador Lu signs with two letters.
	joined := strings.Join(words, " ")
	return letters >= 2 && (len(words) < 3 || joined == strings.ToUpper(joined))
}

// isNameWord: letters with hyphens, apostrophes and full stops, a capital first.
func isNameWord(w string) bool {
	if w == "" || w[0] < 'A' || w[0] > 'Z' {
		return false
	}
	for i := range len(w) {
		if c := w[i]; !isLetter(c) && c != '-' && c != '\'' && c != '.' && c < 0x80 {
			return false
		}
	}
	return strings.Trim(w, "Xx") != ""
}

// notNames are words that stand alone on last lines and sign nothing.
var notNames = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`UNCLASSIFIED CONFIDENTIAL SECRET NOFORN SENSITIVE NNN NNNN END TEXT COMMENT SUMMARY NOTE SIPDIS UNQUOTE
		QUOTE REGARDS MINIMIZE CONSIDERED BT FYI UNCLAS CITY INTERPRETER NOTETAKER PARTICIPANTS DELEGATION EMBASSY AMBASSADOR SECRETARY
		CONTINUED DISTRIBUTION ATTACHMENT BEGIN DECLASSIFIED RELEASED THE AND OF FOR TO IN WITH UNDER DEPUTY ASSISTANT ACTION REQUEST
		PARA PARAGRAPH INFO POINTS TALKING BIO ANNEX LIST PAGE SECTION TEXTS MESSAGE JAN FEB MAR APR JUN JUL AUG SEP OCT NOV DEC CLEARED DRAFTED APPROVED CLASSIFIED YYY XXX UNIT STATE
		COUNSELOR OFFICER MINISTER POLOFF ECONOFF SPOKESPERSON ASSISTANCE SITE WEBSITE WEB VISIT TREATMENT SUGGESTED HANDLING SENT`) {
		m[w] = true
	}
	return m
}()

// isNoise tells whether a line can stand below a signature.
func isNoise(s string) bool {
	upper := upperASCII(s)
	if isRule(s) || startsBody(s) || len(strings.Trim(upper, "N#.>*-/X= \"")) == 0 {
		return true
	}
	for _, start := range []string{
		"NOTE", "DECLASSIFIED", "SYSTEMATIC", "REVIEW", "NNN", "CABLES RECENTLY", "XXX", "SENSITIVE", "NOFORN", "BT", "(BEGIN", "YYY", "MINIMIZE",
		"SIPDIS", "EO SYSTEMATIC", "LIMITED OFFICIAL", "END OF", "END CABLE", "(NOTE", "REGARDS", "VISIT ", "DELIVERED BY", "DEPARTMENT OF STATE EO",
	} {
		if strings.HasPrefix(upper, start) {
			return true
		}
	}
	return strings.Contains(upper, "HTTP") || strings.Contains(upper, "WWW.") || strings.Contains(upper, ".GOV") || strings.Contains(upper, "CLASSIFIED WEB") ||
		strings.Contains(s, "@") || strings.Contains(upper, "SELECT *") || strings.HasPrefix(upper, "EPET") ||
		strings.HasSuffix(upper, "UNCLASSIFIED") || strings.HasSuffix(upper, ".HTML") || strings.HasSuffix(upper, ".CFM")
}

// trailingSignature takes "RANDT" from "He said he liked Oklahoma. RANDT".
func trailingSignature(s string) (from, to int, ok bool) {
	to = len(strings.TrimRight(withoutDate(s), "#> "))
	from = to
	for range 3 {
		end := len(strings.TrimRight(s[:from], " "))
		from = strings.LastIndexByte(s[:end], ' ') + 1
		if s[from] == '.' { // "restructuring. .FARRAR"
			from++
		}
		if from == 0 || !isNameWord(s[from:end]) {
			return 0, 0, false
		}
		before := strings.TrimRight(s[:from], " ")
		// In a text of mixed case four capitals behind any full stop sign it.
		sure := strings.HasSuffix(before, ".") && end-from > 3 && s[from:end] == upperASCII(s[from:end]) && before != upperASCII(before)
		if !sure && !endsBefore(before) {
			continue
		}
		words := strings.Fields(s[from:to])
		if len(words) == 2 && strings.EqualFold(words[0], words[1]) { // KUBISKE KUBISKE
			to = from + len(words[0])
			words = words[:1]
		}
		capitals := s[from:to] == strings.ToUpper(s[from:to])
		return from, to, areNames(words) && (capitals || len(words) == 1) && !strings.HasSuffix(s[:to], ".")
	}
	return 0, 0, false
}

// withoutDate cuts a date from the end: "SOBEL 2008-01-08".
func withoutDate(s string) string {
	if n := len(s) - len("2008-01-08"); n > 0 && s[n+4] == '-' && leadingDigits(s[n:]) == s[n:n+4] && len(trailingDigits(s)) == 2 {
		return strings.TrimRight(s[:n], " ")
	}
	return s
}

// endsBefore tells whether at the end of s a signature may follow: a sentence
// ends there, or what stands below texts (a web address, "END COMMENT", a rule).
func endsBefore(s string) bool {
	trimmed := strings.TrimRight(s, "\")”’'] *-")
	if trimmed == "" || len(trimmed) < len(s) {
		return true
	}
	word := trimmed[strings.LastIndexByte(trimmed, ' ')+1:]
	switch c := trimmed[len(trimmed)-1]; {
	case c == '?' || c == '!' || isDigit(c):
		return true
	case c == '.':
		// A name's initial ("Mr. J.") and titles end no sentence.
		return len(word) > 2 && !abbreviations[word]
	}
	return abbreviations[upperASCII(word)] || strings.ContainsAny(word, "/_")
}

// abbreviations end in a full stop that ends no sentence; in capitals stand the
// words behind which a signature may follow without a full stop.
var abbreviations = map[string]bool{
	"Mr.": true, "Mrs.": true, "Ms.": true, "Dr.": true, "Gen.": true, "Col.": true, "Sen.": true, "Rep.": true, "Amb.": true, "St.": true, "Gov.": true,
	"Lt.": true, "Maj.": true, "Capt.": true, "Adm.": true, "Prof.": true,
	"COMMENT": true, "SUMMARY": true, "UNQUOTE": true, "CFM": true, "NOTE": true, "REQUEST": true, "CONSIDERED": true, "XXXXXXXXXXXX": true,
}
