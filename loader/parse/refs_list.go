package parse

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// token is a word or a sign of a list of references.
type token struct {
	s          string // in capitals
	start, end int    // its place in the list
	word       bool
}

// tokens cuts a list: letters and digits make words, an apostrophe within one
// is dropped (N'DJAMENA), all else is a sign of its own.
func tokens(s string) []token {
	var found []token
	upper := upperASCII(s)
	for i := 0; i < len(upper); {
		c := upper[i]
		if c == ' ' || c == '\n' {
			i++
			continue
		}
		j := i
		for j < len(upper) && (isLetter(upper[j]) || isDigit(upper[j]) || upper[j] == '\'' && j > i && letterAt(upper, j+1)) {
			j++
		}
		if j > i {
			found = append(found, token{strings.ReplaceAll(upper[i:j], "'", ""), i, j, true})
			i = j
			continue
		}
		found = append(found, token{upper[i : i+1], i, i + 1, false})
		i++
	}
	return found
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// refReader reads a list from left to right.
type refReader struct {
	own graph.Reference
	// What own is made of.
	ownYear    int
	ownStation string
	ownSerial  int

	source string
	tokens []token
	at     int

	label       string // of the bullet
	bulletStart int    // where the item behind the bullet starts
	itemCites   int    // how many cables the item has named
	lastStation string
	lastYear    string

	cites  []graph.Citation
	others []string
}

func (r *refReader) read() {
	for r.at < len(r.tokens) {
		switch {
		case r.bullet():
		case r.citation():
		case r.separator():
		default:
			r.at++
		}
	}
	r.endItem(len(r.source))
}

// peek returns the token n places further; an empty one behind the end.
func (r *refReader) peek(n int) token {
	if r.at+n < 0 || r.at+n >= len(r.tokens) {
		return token{}
	}
	return r.tokens[r.at+n]
}

// endItem notes the item that ends at the place end among the others, if it named no cable.
func (r *refReader) endItem(end int) {
	if r.at > 0 && len(r.tokens) > 0 {
		end = min(end, r.tokens[len(r.tokens)-1].end)
	}
	if r.itemCites == 0 && r.bulletStart < end {
		words := strings.Trim(strings.Join(strings.Fields(r.source[r.bulletStart:end]), " "), " ,;.:-([")
		if letters := packedName(words); len(letters) >= 3 && !isFiller(words) {
			r.others = append(r.others, words)
		}
	}
	r.itemCites = 0
}

// isFiller tells whether words in a list cite nothing.
func isFiller(words string) bool {
	switch upperASCII(words) {
	case "NOTAL", "AND PREVIOUS", "REF", "REFTEL", "REFTELS", "SEE BELOW", "NONE", "N/A", "(NOTAL)", "AND", "XXX":
		return true
	}
	_, serialLost := station(words) // 08FREETOWN389: "B. FREETOWN"
	return serialLost || strings.Trim(words, "Xx ") == ""
}

// bullet reads "A.", "A)", "(A)", "[A]", "A:", "REF A", and a bare letter
// before a reference; mail software doubles it: "A. A)".
func (r *refReader) bullet() bool {
	i, start := 0, r.peek(0).start
	for t := r.peek(i); t.s == "(" || t.s == "[" || t.s == "REF" || t.s == "REFTEL" || t.s == "REFERENCE" || t.s == ":" && i > 0; t = r.peek(i) {
		i++
	}
	t := r.peek(i)
	if len(t.s) != 1 || !isLetter(t.s[0]) {
		if i > 0 && r.peek(i-1).word { // "REF: 09 SOFIA 154" repeats the label
			r.at += i
			return true
		}
		return false
	}
	before, next, after := r.peek(i-1), r.peek(i+1), r.peek(i+2)
	if before.end == t.start && before.s != "" && strings.Contains(".-/'", before.s) ||
		next.start == t.end && (next.s == "-" || after.start == next.end && len(after.s) == 1 && after.word && next.s == ".") {
		return false // the letters of "U.S." and "E-mail"
	}
	closed := next.s == "." || next.s == ")" || next.s == ":" || next.s == "]" || next.s == "-"
	if !closed && i == 0 && !r.opensAt(r.at+i+1) {
		return false
	}
	r.endItem(start)
	r.label = t.s
	r.at += i + 1
	for s := r.peek(0).s; s == "." || s == ")" || s == ":" || s == "]" || s == "-"; s = r.peek(0).s {
		r.at++
	}
	r.bulletStart = r.peek(0).start
	if r.at >= len(r.tokens) {
		r.bulletStart = len(r.source)
	}
	return true
}

// opensAt tells whether the token at place i starts a reference or a year before one.
func (r *refReader) opensAt(i int) bool {
	if i >= len(r.tokens) {
		return false
	}
	if _, n := r.stationAt(i); n > 0 {
		return true
	}
	return len(r.tokens[i].s) <= 4 && leadingDigits(r.tokens[i].s) == r.tokens[i].s
}

// separator reads what parts items without bullets.
func (r *refReader) separator() bool {
	if s := r.peek(0).s; s != ";" {
		return false
	}
	r.endItem(r.peek(0).start)
	r.at++
	r.bulletStart = r.peek(0).start
	if r.at >= len(r.tokens) {
		r.bulletStart = len(r.source)
	}
	return true
}
