package parse

import (
	"bytes"
	"strings"
)

// A long telegram was cut into pages, and the breaks stayed in the text, within
// any line and any list:
//
//	MEXICO 00003573  003 OF 003
//	CONFIDENTIAL \n PAGE 02  ROME  01196  01 OF 02  082030Z
//
// These signs find them; most texts have neither.
const (
	newSign = " OF 0"
	oldSign = "PAGE 0"
)

// withoutBreaks returns s with blanks over each page break.
func withoutBreaks(s string) string {
	// Without its blank, because blanks are everywhere and slow the search down.
	if !strings.Contains(s, newSign[1:]) && !strings.Contains(s, oldSign) {
		return s
	}
	b := []byte(s)
	blankBreaks(b)
	return string(b)
}

// blankBreaks writes blanks over each page break, and over the empty lines
// around it, so that what the break tore apart stands together again.
func blankBreaks(b []byte) {
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte(newSign))
		if i < 0 {
			break
		}
		at += i + len(newSign)
		from := max(0, at-70)
		if start, end := lastNewBreak(b[from:min(len(b), at+3)]); end > 0 {
			blank(b, from+start, from+end)
		}
	}
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte(oldSign))
		if i < 0 {
			break
		}
		at += i + len(oldSign)
		from := max(0, at-70)
		if start, end := lastOldBreak(b[from:min(len(b), at+70)]); end > 0 {
			blank(b, from+start, from+end)
		}
	}
}

// lastNewBreak returns the place of the last break of the form "MEXICO 00003573
// 003 OF 003" or "… 003.2 OF 003"; end is 0 for none.
func lastNewBreak(b []byte) (start, end int) {
	for i := 0; i < len(b); {
		if !isCapital(b[i]) {
			i++
			continue
		}
		name := i
		for i < len(b) && (isCapital(b[i]) || strings.IndexByte(".' -", b[i]) >= 0) {
			i++
		}
		r := scanner{b: b, at: i}
		if r.digits(8, 8) && r.space() && r.digits(3, 3) && r.decimal() && r.space() && r.word("OF") && r.space() && r.firstDigits(3) {
			words := strings.TrimRight(string(b[name:i]), " ")
			start, end, i = name+stationStart(words), r.at, r.at
		}
	}
	return start, end
}

// lastOldBreak returns the place of the last break of the form "PAGE 02  ROME
// 01196  01 OF 02  082030Z", with the classification above it; end is 0 for none.
func lastOldBreak(b []byte) (start, end int) {
	for i := 0; ; {
		n := bytes.Index(b[i:], []byte("PAGE "))
		if n < 0 {
			return start, end
		}
		page := i + n
		r := scanner{b: b, at: page + len("PAGE ")}
		if r.digits(2, 2) && r.blanks() && r.station() && r.digits(4, 6) && r.pageOf() && r.blanks() && r.firstDigits(6) && r.word("Z") {
			start, end = i+aboveBreak(b[i:page]), r.at
			i = end
		} else {
			i = page + 1
		}
	}
}

// scanner reads b from left to right; each of its methods tells whether what
// it is named for stands at the place at, and goes behind it.
type scanner struct {
	b  []byte
	at int
}

// skip goes over all bytes of a class and returns how many there were.
func (r *scanner) skip(class func(byte) bool) int {
	start := r.at
	for r.at < len(r.b) && class(r.b[r.at]) {
		r.at++
	}
	return r.at - start
}

// digits reads from least to most digits that no further digit follows.
func (r *scanner) digits(least, most int) bool {
	n := r.skip(isDigit)
	return n >= least && n <= most
}

// firstDigits reads n digits, whatever follows.
func (r *scanner) firstDigits(n int) bool {
	end := r.at + n
	for r.at < min(end, len(r.b)) && isDigit(r.b[r.at]) {
		r.at++
	}
	return r.at == end
}

// word reads a word as it is.
func (r *scanner) word(s string) bool {
	if !bytes.HasPrefix(r.b[r.at:], []byte(s)) {
		return false
	}
	r.at += len(s)
	return true
}

// space reads blanks and line ends.
func (r *scanner) space() bool {
	return r.skip(func(c byte) bool { return strings.IndexByte("\t\n\f\r ", c) >= 0 }) > 0
}

// blanks reads blanks only.
func (r *scanner) blanks() bool { return r.skip(func(c byte) bool { return c == ' ' }) > 0 }

// decimal reads the ".2" of "003.2 OF 003", which may be missing.
func (r *scanner) decimal() bool { return !r.word(".") || r.firstDigits(1) }

// station reads a name of capitals, with the blanks behind it.
func (r *scanner) station() bool {
	if r.at == len(r.b) || !isCapital(r.b[r.at]) {
		return false
	}
	n := r.skip(func(c byte) bool { return isCapital(c) || c == ' ' || c == '.' })
	return n > 1 && r.b[r.at-1] == ' '
}

// pageOf reads "  01 OF 02", which may be missing.
func (r *scanner) pageOf() bool {
	start := r.at
	if !(r.blanks() && r.firstDigits(2) && r.word(" OF ") && r.firstDigits(2)) {
		r.at = start
	}
	return true
}

func isCapital(c byte) bool { return 'A' <= c && c <= 'Z' }

// aboveBreak returns where the classification starts that stands at the end of
// b, above a page break; the end of b where there is none.
func aboveBreak(b []byte) int {
	s := strings.TrimRight(string(b), "\t\n\f\r ")
	s = strings.TrimRight(strings.TrimSuffix(s, "NOFORN"), " \\")
	for _, word := range []string{
		"UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "LIMITED OFFICIAL USE", "C O N F I D E N T I A L", "S E C R E T", "UNCLAS",
	} {
		if before, ok := strings.CutSuffix(s, word); ok {
			return len(before)
		}
	}
	return len(b)
}

// stationStart returns where in words the name of the station starts that the
// break repeats: before it, on the same line, may stand text in capitals.
func stationStart(words string) int {
	for i := range words {
		if (i == 0 || words[i-1] == ' ') && words[i] != ' ' && isStationStart(words[i:]) {
			return i
		}
	}
	return strings.LastIndexByte(words, ' ') + 1
}

// maxAround bounds the blanks around a page break.
const maxAround = 200

// blank overwrites b[start:end] and the empty lines on both sides, but leaves
// the line feed of the line before and that of its own line.
func blank(b []byte, start, end int) {
	highest, lowest := min(len(b), end+maxAround), max(0, start-maxAround)
	for end < highest && (b[end] == ' ' || b[end] == '\n') {
		end++
	}
	for start > lowest && (b[start-1] == ' ' || b[start-1] == '\n') {
		start--
	}
	kept := false
	for i := start; i < end; i++ {
		if b[i] == '\n' && !kept {
			kept = true
			continue
		}
		b[i] = ' '
	}
}
