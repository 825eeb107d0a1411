package parse

import (
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
	t := &text{body: body}
	t.clean, t.upper = cleaned(body)
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
// no-break spaces, and the backslashes at the ends of lines (06GENEVA1673). The
// second result has ASCII letters in capitals.
func cleaned(body string) (clean, upper string) {
	b := []byte(body)
	blankBreaks(b)
	u := make([]byte, len(b))
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case 'a' <= c && c <= 'z':
			u[i] = c - 'a' + 'A'
			continue
		case c == '\r' || c == '\t' || c == '\\' && (i+1 == len(b) || b[i+1] == '\n'):
			b[i] = ' '
		case c == 0xC2 && i+1 < len(b) && (b[i+1] == 0xB6 || b[i+1] == 0xA0): // ¶ and the no-break space
			b[i], b[i+1] = ' ', ' '
		}
		u[i] = b[i]
	}
	return string(b), string(u)
}

func upperASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
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
	from := utf8.RuneCountInString(t.body[:start])
	return graph.Span{
		Field: graph.InBody,
		Start: from,
		End:   from + utf8.RuneCountInString(t.body[start:end]),
		Text:  strings.Join(strings.Fields(t.body[start:end]), " "),
	}
}
