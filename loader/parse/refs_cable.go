package parse

import (
	"strconv"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// splitToken splits a token into digits, letters and digits: 09CAIRO0561.
func splitToken(s string) (before, letters, after string) {
	if len(s) > 1 && (s[0] == 'O' || s[0] == '0') && strings.Trim(s[1:], "0123456789") == "" {
		return "0" + s[1:], "", "" // O1512, O4
	}
	before = leadingDigits(s)
	rest := s[len(before):]
	if strings.HasSuffix(before, "0") && len(before) == 1 && rest != "" {
		before, rest = "", "O"+rest // 0TTAWA
	}
	after = trailingDigits(rest)
	letters = rest[:len(rest)-len(after)]
	if letters == "" {
		return before, "", ""
	}
	if after == "0" {
		letters, after = letters+"O", "" // SANTIAG0
	}
	return before, letters, after
}

// stationAt returns the station whose name starts at token i, and of how many
// tokens it is made; the longest name counts.
func (r *refReader) stationAt(i int) (string, int) {
	_, first, after := splitToken(r.tokens[i].s)
	if first == "" || !r.tokens[i].word {
		return "", 0
	}
	name, best, length := first, "", 0
	for n := 1; n <= 7; n++ {
		if s, ok := station(name); ok {
			best, length = s, n
		}
		if after != "" || i+n >= len(r.tokens) {
			break
		}
		t := r.tokens[i+n]
		switch {
		case t.s == "." || t.s == "-" || t.s == "'":
		case t.word && leadingDigits(t.s) == "":
			_, letters, digits := splitToken(t.s)
			name, after = name+letters, digits
		default:
			n = 7
		}
	}
	if length == 0 && len(first) >= 5 {
		// A slip of the pen counts only where a serial follows at once.
		near, ok := nearStation(first)
		if _, _, n := r.serialAt(i+1, after); ok && n > 0 {
			return near, 1
		}
	}
	return best, length
}

// serialAt reads the serial behind a station: the digits glued to it, or the
// next token behind a sign; year is one in brackets between them: "STATE (01) 201265".
func (r *refReader) serialAt(i int, glued string) (serial, year string, n int) {
	if glued != "" {
		return glued, "", 1
	}
	start := i
	if i+2 < len(r.tokens) && r.tokens[i].s == "(" && r.tokens[i+2].s == ")" && isYear(r.tokens[i+1].s) {
		year, i = twoDigits(r.tokens[i+1].s), i+3
	}
	for i < len(r.tokens) && len(r.tokens[i].s) == 1 && strings.Contains(",:#-.", r.tokens[i].s) {
		i++
	}
	if i >= len(r.tokens) {
		return "", "", 0
	}
	digits, letters, _ := splitToken(r.tokens[i].s)
	if digits == "" || letters != "" || len(digits) > 6 || r.isDate(i) {
		return "", "", 0
	}
	return digits, year, i + 1 - start
}

// isDate tells whether the token at i starts "10/15/07" or "251847Z MAR".
func (r *refReader) isDate(i int) bool {
	return i+4 < len(r.tokens) && r.tokens[i+1].s == "/" && r.tokens[i+3].s == "/" && len(r.tokens[i].s) <= 2 &&
		leadingDigits(r.tokens[i+2].s) != "" && len(r.tokens[i+2].s) <= 2
}

func isYear(s string) bool {
	if leadingDigits(s) != s {
		return false
	}
	n, _ := strconv.Atoi(s)
	switch len(s) {
	case 2:
		return n >= 66 || n <= 10
	case 4:
		return n >= 1966 && n <= 2010
	case 3:
		return n <= 10 // "094"
	}
	return false
}

func twoDigits(year string) string {
	if len(year) == 3 {
		return year[:2]
	}
	return year[len(year)-2:]
}

// citation reads a reference at the current token, with all its serials.
func (r *refReader) citation() bool {
	start, i := r.at, r.at
	year := ""
	before, letters, after := splitToken(r.tokens[i].s)
	switch {
	case before != "" && letters == "": // a year before, or a serial alone
		return r.yearFirst(before) || r.bareSerial(before)
	case before != "":
		if !isYear(before) {
			return false
		}
		year = twoDigits(before)
	}
	return r.named(start, i, year, after)
}

// yearFirst reads "08 STATE 81854" and "(99) ROME 2196", and "870 ULAANBAATAR" with the serial first.
func (r *refReader) yearFirst(digits string) bool {
	i := r.at + 1
	for i < len(r.tokens) && (r.tokens[i].s == "-" || r.tokens[i].s == ")" || r.tokens[i].s == "'") {
		i++
	}
	if i >= len(r.tokens) {
		return false
	}
	name, n := r.stationAt(i)
	if n == 0 {
		return false
	}
	_, _, after := splitToken(r.tokens[i+n-1].s)
	if _, _, found := r.serialAt(i+n, after); found > 0 {
		return isYear(digits) && r.named(r.at, i, twoDigits(digits), "")
	}
	if len(digits) < 2 || r.lastStation != "" {
		return false
	}
	r.add(name, "", digits, r.tokens[r.at].start, r.tokens[i+n-1].end)
	r.at = i + n
	return true
}

// named reads a reference whose station starts at token i.
func (r *refReader) named(start, i int, year, _ string) bool {
	name, n := r.stationAt(i)
	if n == 0 {
		return false
	}
	_, _, glued := splitToken(r.tokens[i+n-1].s)
	serial, between, used := r.serialAt(i+n, glued)
	if used == 0 {
		return false
	}
	if glued != "" {
		used = 0
	}
	if between != "" {
		year = between
	}
	r.at = i + n + used
	after, width := r.yearAfter()
	if year == "" {
		year = after
	}
	if after != "" {
		r.at += width
	}
	r.add(name, year, serial, r.tokens[start].start, r.tokens[r.at-1].end)
	r.more(name, year)
	return true
}

// yearAfter reads "(08)", "-91", "/08" and a bare "99" behind a serial.
func (r *refReader) yearAfter() (string, int) {
	a, b, c := r.peek(0), r.peek(1), r.peek(2)
	switch {
	case a.s == "(" && c.s == ")" && isYear(b.s):
		return twoDigits(b.s), 3
	case (a.s == "-" || a.s == "/") && len(b.s) == 2 && isYear(b.s) && a.end == b.start && c.s != "/":
		return twoDigits(b.s), 2
	case len(a.s) == 2 && isYear(a.s) && r.at > 0:
		// "07718 99", but not "1605 08 STATE": there the year belongs to the next.
		if r.at+1 < len(r.tokens) {
			if _, n := r.stationAt(r.at + 1); n > 0 {
				return "", 0
			}
		}
		return twoDigits(a.s), 1
	}
	return "", 0
}

// more reads further serials of the same station: "2799 AND 2764", "692/317/274", "11657, 12155".
func (r *refReader) more(name, year string) {
	for {
		i, joined := 0, false
		for s := r.peek(i).s; s == "," || s == "/" || s == "AND" || s == "&"; s = r.peek(i).s {
			i, joined = i+1, true
		}
		t := r.peek(i)
		digits, letters, _ := splitToken(t.s)
		if !joined || digits == "" || letters != "" || len(digits) < 2 || len(digits) > 6 || r.isDate(r.at+i) {
			return
		}
		if j := r.at + i + 1; len(digits) <= 4 && isYear(digits) && j < len(r.tokens) {
			if _, n := r.stationAt(j); n > 0 {
				return // the year of the next reference
			}
		}
		r.at += i + 1
		r.add(name, year, digits, t.start, t.end)
	}
}

// bareSerial reads a serial alone behind a bullet: "B. 2962" is of the station
// named last, and of the cable's own where none was named.
func (r *refReader) bareSerial(digits string) bool {
	t := r.tokens[r.at]
	if len(digits) < 2 || len(digits) > 6 || r.label == "" || t.start != r.bulletStart || r.isDate(r.at) {
		return false
	}
	if next := r.peek(1); next.word && leadingDigits(next.s) != next.s && len(next.s) > 1 && next.s != "AND" {
		return false
	}
	name, year := r.lastStation, r.lastYear
	if name == "" {
		name = r.ownStation
	}
	r.at++
	r.add(name, year, digits, t.start, t.end)
	r.more(name, year)
	return true
}

// maxLead is how far ahead of a cable's own serial one may be that it cites: a
// companion that was sent with it. What is further ahead is last year's.
const maxLead = 10

func (r *refReader) add(name, year, serial string, start, end int) {
	if strings.Trim(serial, "0") == "" {
		return
	}
	r.itemCites++
	r.lastStation, r.lastYear = name, year
	if year == "" && r.ownYear > 0 {
		year = string(r.own[:2])
		if n, _ := strconv.Atoi(serial); name == r.ownStation && n > r.ownSerial+maxLead {
			year = strconv.Itoa(r.ownYear - 1)[2:]
		}
	}
	if year == "" {
		return
	}
	r.cites = append(r.cites, graph.Citation{
		Reference: graph.NewReference(year, name, serial),
		Label:     r.label,
		As:        singleBlanks(r.source[start:end]),
	})
}
