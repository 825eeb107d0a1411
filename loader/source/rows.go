package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// bom is what some programs put before a text in UTF-8.
var bom = []byte("\xef\xbb\xbf")

// isTable tells whether head starts a cables.csv, with its names of columns in
// the first line or without.
func isTable(head []byte) bool {
	head = bytes.TrimPrefix(head, bom)
	if startsRow(head) {
		return true
	}
	line, rest, ok := bytes.Cut(head, []byte("\n"))
	return ok && bytes.Count(line, []byte(",")) == 7 && startsRow(rest)
}

// startsRow tells whether a row starts here: its number and its date, each in
// quotes, which stand at the start of no line in a cable's text.
func startsRow(b []byte) bool {
	rest, ok := startsNumber(b)
	if !ok {
		return false
	}
	i := 0
	for i < len(rest) && (digit(rest[i]) || rest[i] == '/' || rest[i] == '-') {
		i++
	}
	return i >= 8 && i < len(rest) && rest[i] == ' '
}

// startsNumber cuts `"123","` off.
func startsNumber(b []byte) (rest []byte, ok bool) {
	if len(b) == 0 || b[0] != '"' {
		return nil, false
	}
	i := 1
	for i < len(b) && digit(b[i]) {
		i++
	}
	return bytes.CutPrefix(b[i:], []byte(`","`))
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// rowLook is how many bytes startsRow looks at.
const rowLook = 64

// rows hands out each row of a cables.csv as it stands: it finds where rows
// end, and leaves the fields to others. A row ends at a line break outside quotes,
// behind its eighth field or before another row. A quote that is lost turns inside
// out, so the start of a row is taken for one wherever it stands; the row that it
// stands in is reported.
func (w *walker) rows(ctx context.Context, p place, r io.Reader) error {
	s := &scanner{r: r}
	if s.more(len(bom)); bytes.HasPrefix(s.rest(), bom) {
		s.drop(len(bom))
	}
	if s.more(rowLook); !startsRow(s.rest()) {
		n, _ := s.line()
		s.drop(n)
	}
	for number := 0; s.more(1); {
		e := Entry{Form: Row, Number: number + 1, Offset: s.offset}
		n, err := s.row()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case s.failed() && n == len(s.rest()):
			return broken{fmt.Errorf("in row %d (byte %d): %w", e.Number, e.Offset, damaged(s.err))}
		case err != nil:
			e.Err = err
		default:
			e.Data = bytes.Clone(bytes.TrimRight(s.rest()[:n], "\r\n"))
		}
		s.drop(n)
		if e.Err == nil && len(e.Data) == 0 {
			continue // an empty line
		}
		number++
		if err := w.hand(ctx, p, e); err != nil {
			return err
		}
	}
	if s.failed() {
		return broken{fmt.Errorf("at byte %d: %w", s.offset, damaged(s.err))}
	}
	return nil
}

// lines hands out each line of NDJSON.
func (w *walker) lines(ctx context.Context, p place, r io.Reader) error {
	s := &scanner{r: r}
	if s.more(len(bom)); bytes.HasPrefix(s.rest(), bom) {
		s.drop(len(bom))
	}
	for number := 1; s.more(1); number++ {
		e := Entry{Form: Line, Number: number, Offset: s.offset}
		n, long := s.line()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if long {
			e.Err = ErrTooLarge
		} else {
			e.Data = bytes.Clone(bytes.TrimRight(s.rest()[:n], "\r\n"))
		}
		s.drop(n)
		if s.failed() && len(s.rest()) == 0 {
			break // the line may go on behind what could be read
		}
		if e.Err == nil && len(bytes.TrimSpace(e.Data)) == 0 {
			continue
		}
		if err := w.hand(ctx, p, e); err != nil {
			return err
		}
	}
	if s.failed() {
		return broken{fmt.Errorf("at byte %d: %w", s.offset, damaged(s.err))}
	}
	return nil
}

// scanner is a window on a stream that grows as far as one row needs, and slides.
type scanner struct {
	r      io.Reader
	buffer []byte
	start  int   // of what is not dropped yet, in buffer
	offset int64 // of start in the stream
	err    error // that ended the stream; io.EOF at its end
}

func (s *scanner) rest() []byte { return s.buffer[s.start:] }

// failed tells whether the stream broke, and did not just end.
func (s *scanner) failed() bool { return s.err != nil && !errors.Is(s.err, io.EOF) }

// drop slides the window by n bytes.
func (s *scanner) drop(n int) {
	n = min(n, len(s.rest()))
	s.start += n
	s.offset += int64(n)
}

// scanChunk is how much is read at once.
const scanChunk = 256 << 10

// more makes sure that the window holds n bytes, if the stream has as many.
func (s *scanner) more(n int) bool {
	for len(s.rest()) < n && s.err == nil {
		if s.start > 0 {
			s.buffer = s.buffer[:copy(s.buffer, s.rest())]
			s.start = 0
		}
		at := len(s.buffer)
		if cap(s.buffer)-at < scanChunk {
			grown := make([]byte, at, 2*cap(s.buffer)+scanChunk)
			copy(grown, s.buffer)
			s.buffer = grown
		}
		var read int
		read, s.err = s.r.Read(s.buffer[at : at+scanChunk])
		s.buffer = s.buffer[:at+read]
	}
	return len(s.rest()) >= n
}

// line returns the length of the line that starts here, with its end. Of a long
// one, which no document can be, only the end is left.
func (s *scanner) line() (n int, long bool) {
	for {
		if i := bytes.IndexByte(s.rest()[n:], '\n'); i >= 0 {
			return n + i + 1, long
		}
		if n = len(s.rest()); n > MaxDocument {
			s.drop(n)
			n, long = 0, true
		}
		if !s.more(n + 1) {
			return n, long
		}
	}
}

// The ways in which a row can be broken.
var (
	errLostQuote = errors.New("a quote is missing or too many: the next row starts inside this one")
	errOpenRow   = errors.New("the table ends within this row")
)

// lastComma is the number of the comma before a row's last field.
const lastComma = 7

// row returns the length of the row that starts here, with its line end; 0 at
// the end of the table. The error says what is wrong with the row; the length leads
// to the next one all the same.
func (s *scanner) row() (n int, err error) {
	quoted, commas := false, 0
	for {
		if n >= len(s.rest()) && !s.more(n+1) {
			if quoted || commas < lastComma {
				return n, errOpenRow
			}
			return n, nil
		}
		if n > MaxDocument {
			return s.next(n), ErrTooLarge
		}
		rest := s.rest()
		if !quoted {
			switch rest[n] {
			case '"':
				quoted = true
			case ',':
				commas++
			case '\n':
				if n == 0 || commas == lastComma && closes(rest[:n]) || s.startsRowAt(n+1) {
					return n + 1, nil
				}
			}
			n++
			continue
		}
		i := bytes.IndexByte(rest[n:], '"')
		if i < 0 {
			n = len(rest)
			continue
		}
		n += i
		if n > 0 && rest[n-1] == '\n' && s.startsRowAt(n) {
			return n, errLostQuote
		}
		quoted = escaped(s.rest()[:n])
		n++
	}
}

// startsRowAt tells whether a row starts n bytes from here, behind a line break:
// in a table without faults no quote within a field has a number and `","` behind it.
func (s *scanner) startsRowAt(n int) bool {
	s.more(n + rowLook)
	_, ok := startsNumber(s.rest()[min(n, len(s.rest())):])
	return ok
}

// closes tells whether a field's closing quote stands at the end of b.
func closes(b []byte) bool { return bytes.HasSuffix(bytes.TrimSuffix(b, []byte("\r")), []byte(`"`)) }

// escaped tells whether a quote behind b is one of the text: an odd number of
// backslashes stands before it.
func escaped(b []byte) bool {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// next returns where the next row starts at or behind n, or the table ends; the
// window slides there.
func (s *scanner) next(n int) int {
	for {
		for {
			i := bytes.Index(s.rest()[n:], []byte("\n\""))
			if i < 0 {
				break
			}
			if n += i + 1; s.startsRowAt(n) {
				return n
			}
		}
		s.drop(len(s.rest()) - 1) // the last byte may be half of the mark
		if n = 0; !s.more(2) {
			return len(s.rest())
		}
	}
}
