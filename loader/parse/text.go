package parse

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// text is a body as the rules read it. clean has the very same length as body,
// so that a place in one is a place in the other: page breaks, pilcrows and the
// like are blanks in it.
type text struct {
	body  string
	clean string
	upper string // clean with ASCII letters in capitals
	inner []int  // the places of the bytes that continue a character
	lines []line // of clean
	marks []mark // the paragraphs' numbers
	// head is where the lines before the first paragraph end: TAGS, SUBJECT, REF
	// and Classified By stand before it.
	head   int
	labels []label
	// The signature is body[signStart:signEnd].
	signStart, signEnd int
}

// line is one line of clean without the blanks at its ends; start == end for an empty one.
type line struct{ start, end int }

// maxHead bounds the head of a body without numbered paragraphs.
const maxHead = 6000

func newText(body string) *text {
	t := &text{body: body, clean: cleaned(body), inner: innerBytes(body)}
	t.upper = upperASCII(t.clean)
	t.lines = splitLines(t.clean)
	t.marks = t.findMarks()
	t.head = min(len(t.clean), maxHead)
	if len(t.marks) > 0 {
		t.head = t.marks[0].line
	}
	t.labels = t.findLabels()
	t.signStart, t.signEnd = t.findSignature()
	return t
}

// cleaned blanks out what is no text: page breaks, pilcrows, carriage returns,
// no-break spaces, and the backslashes at the ends of lines (06GENEVA1673).
func cleaned(body string) string {
	s := withoutBreaks(body)
	s = strings.ReplaceAll(s, "\\\n", " \n")
	if before, ok := strings.CutSuffix(s, "\\"); ok {
		s = before + " "
	}
	s = strings.ReplaceAll(s, "\r", " ")
	s = strings.ReplaceAll(s, "\t", " ")
	s = strings.ReplaceAll(s, "¶", "  ")
	return strings.ReplaceAll(s, "\u00a0", "  ")
}

// upperASCII returns s with ASCII letters in capitals; of the same length, unlike strings.ToUpper.
func upperASCII(s string) string {
	i := 0
	for i < len(s) && (s[i] < 'a' || s[i] > 'z') {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var piece [256]byte
	for len(s) > 0 {
		n := copy(piece[:], s)
		for i := 0; i < n; i += 8 {
			eight := binary.LittleEndian.Uint64(piece[i:])
			binary.LittleEndian.PutUint64(piece[i:], upperEight(eight))
		}
		b.Write(piece[:n])
		s = s[n:]
	}
	return b.String()
}

// upperEight does to eight bytes at once what upperASCII does: whole bodies are
// put in capitals. Without its highest bit no byte carries into the next one.
func upperEight(x uint64) uint64 {
	const each, high = 0x0101010101010101, 0x8080808080808080
	low := x &^ high
	fromA := low + (0x80-'a')*each     // its high bits: this byte is an a or behind it
	behindZ := low + (0x80-'z'-1)*each // and behind z
	letters := fromA &^ behindZ &^ x & high
	return x - letters>>2 // 0x20 less in each letter
}

// lengthASCII returns how many bytes at the start of s are ASCII.
func lengthASCII(s string) int {
	n := 0
	for n+8 <= len(s) && s[n]|s[n+1]|s[n+2]|s[n+3]|s[n+4]|s[n+5]|s[n+6]|s[n+7] < utf8.RuneSelf {
		n += 8
	}
	for n < len(s) && s[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// innerBytes returns the places of the bytes that continue a character: most
// bodies have few beyond their pilcrows.
func innerBytes(s string) []int {
	var places []int
	for i := lengthASCII(s); i < len(s); i += lengthASCII(s[i:]) {
		_, n := utf8.DecodeRuneInString(s[i:])
		for k := 1; k < n; k++ {
			places = append(places, i+k)
		}
		i += n
	}
	return places
}

// runes returns how many characters of the body stand before the place at.
func (t *text) runes(at int) int {
	inner, _ := slices.BinarySearch(t.inner, at)
	return at - inner
}

func splitLines(s string) []line {
	lines := make([]line, 0, strings.Count(s, "\n")+1)
	for start := 0; start <= len(s); {
		end := strings.IndexByte(s[start:], '\n')
		if end < 0 {
			end = len(s)
		} else {
			end += start
		}
		from, to := start, end
		for to > from && s[to-1] == ' ' {
			to--
		}
		for from < to && s[from] == ' ' {
			from++
		}
		lines = append(lines, line{from, to})
		start = end + 1
	}
	return lines
}

// lineAt returns the index of the line that holds the place at.
func (t *text) lineAt(at int) int {
	low, high := 0, len(t.lines)
	for low < high {
		middle := (low + high) / 2
		if t.lines[middle].start > at {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return max(low-1, 0)
}

// at returns the text of the i-th line.
func (t *text) at(i int) string { return t.clean[t.lines[i].start:t.lines[i].end] }

// span makes a Span of a range of bytes; its text has single blanks.
func (t *text) span(start, end int) graph.Span {
	from := t.runes(start)
	return graph.Span{
		Field: graph.InBody,
		Start: from,
		End:   from + utf8.RuneCountInString(t.body[start:end]),
		Text:  singleBlanks(t.body[start:end]),
	}
}

// singleBlanks returns the words of s joined by single blanks.
func singleBlanks(s string) string {
	for i := range len(s) {
		blank := s[i] == ' ' && i > 0 && i+1 < len(s) && s[i+1] != ' '
		if c := s[i]; c <= ' ' && !blank || c >= utf8.RuneSelf { // beyond ASCII there are blanks too
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}
