package parse

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// The whole archive went round as one table, cables.csv, a row for each cable:
//
//	"243270","1/15/2010 16:32","10PARIS60","Embassy Paris","SECRET","09STATE1|10ROME2","VZCZ … header","… body"
//
// Line breaks stand within header and body, a quote as \" and a backslash as \\.
// A quote as "" is understood too: so spreadsheets write it.
const (
	columnNumber = iota // of the row, from 1; not the source's count
	columnCreated
	columnReference
	columnOrigin
	columnClassification
	columnCites
	columnHeader
	columnBody
	columns
)

// readRow takes a row apart. A row without a text is a cable still: it says
// when and by whom something was sent.
func readRow(data []byte) (*page, error) {
	pg := &page{}
	fields, err := cutRow(pg.toUTF8(data))
	if err != nil {
		return nil, err
	}
	pg.reference = strings.TrimSpace(fields[columnReference])
	switch {
	case pg.reference == "":
		return nil, fmt.Errorf("%w: the third column, for the reference, is empty", ErrNotCable)
	case !isReference(pg.reference):
		return nil, fmt.Errorf("%w: the third column %.60q has not the form 09STATE11937", ErrNotCable, pg.reference)
	}
	if pg.at, err = rowDate(strings.TrimSpace(fields[columnCreated])); err != nil {
		return nil, err
	}
	pg.origin = strings.TrimSpace(fields[columnOrigin])
	pg.classification = strings.TrimSpace(fields[columnClassification])
	pg.cites = fields[columnCites]
	pg.header, pg.body = fields[columnHeader], fields[columnBody]
	if strings.TrimSpace(pg.body) == "" {
		pg.warnings = append(pg.warnings, "The row has no text.")
	}
	return pg, nil
}

// rowLayouts are the forms of a row's date; the first is that of the archive,
// the others are what programs make of it that write the table anew.
var rowLayouts = []string{"1/2/2006 15:04", "1/2/2006 15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05"}

func rowDate(s string) (time.Time, error) {
	for _, layout := range rowLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Truncate(time.Minute), nil
		}
	}
	return time.Time{}, fmt.Errorf("%w: the second column %.40q is no date of the form 1/15/2010 16:32", ErrNotCable, s)
}

// cutRow returns the eight fields of a row.
func cutRow(data []byte) (fields [columns]string, err error) {
	r := rowReader{data: bytes.TrimRight(data, "\r\n"), quote: -1, slash: -1}
	n := 0
	for more := true; more; n++ {
		var field string
		if field, more, err = r.field(); err != nil {
			return fields, fmt.Errorf("%w: %w in column %d", ErrNotCable, err, n+1)
		}
		if n < columns {
			fields[n] = field
		}
	}
	if n != columns {
		return fields, fmt.Errorf("%w: a row of cables.csv has eight columns, and this one %d", ErrNotCable, n)
	}
	return fields, nil
}

// rowReader reads a row's fields from left to right. Each byte is looked at
// once for a quote and once for a backslash, whatever stands between them.
type rowReader struct {
	data []byte
	at   int
	// quote and slash are the next ones at or behind the last place asked for; len(data) where there is none.
	quote, slash int
	buffer       []byte // of fields with escapes
}

// field returns the next field, and whether another one follows.
func (r *rowReader) field() (value string, more bool, err error) {
	if r.at < len(r.data) && r.data[r.at] == '"' {
		value, err = r.quoted()
	} else {
		value = r.bare()
	}
	if err != nil || r.at == len(r.data) {
		return value, false, err
	}
	if r.data[r.at] != ',' {
		return "", false, fmt.Errorf("%.20q instead of a comma behind the quote", r.data[r.at:])
	}
	r.at++
	return value, true, nil
}

// bare reads a field without quotes.
func (r *rowReader) bare() string {
	rest := r.data[r.at:]
	if i := bytes.IndexByte(rest, ','); i >= 0 {
		rest = rest[:i]
	}
	r.at += len(rest)
	return string(rest)
}

// quoted reads the field whose quote stands here. A backslash before anything but
// a quote and a backslash is one that stands in the text.
func (r *rowReader) quoted() (string, error) {
	done, at := r.at+1, r.at+1 // data[done:at] is read and not in the buffer
	r.buffer = r.buffer[:0]
	for {
		quote, slash := r.next('"', &r.quote, at), r.next('\\', &r.slash, at)
		switch {
		case quote == len(r.data):
			return "", fmt.Errorf("a quote that nothing closes")
		case slash < quote && r.data[slash+1] != '"' && r.data[slash+1] != '\\':
			at = slash + 1
		case slash < quote:
			r.keep(done, slash)
			done, at = slash+1, slash+2
		case quote+1 < len(r.data) && r.data[quote+1] == '"':
			r.keep(done, quote)
			done, at = quote+1, quote+2
		default:
			r.at = quote + 1
			if len(r.buffer) == 0 {
				return string(r.data[done:quote]), nil
			}
			return string(append(r.buffer, r.data[done:quote]...)), nil
		}
	}
}

// keep puts what was read into the buffer, which is as long as the row at most.
func (r *rowReader) keep(from, to int) {
	if r.buffer == nil {
		r.buffer = make([]byte, 0, len(r.data))
	}
	r.buffer = append(r.buffer, r.data[from:to]...)
}

// next returns where c stands at or behind the place at; known is where it was found last.
func (r *rowReader) next(c byte, known *int, at int) int {
	if *known < at {
		if i := bytes.IndexByte(r.data[at:], c); i >= 0 {
			*known = at + i
		} else {
			*known = len(r.data)
		}
	}
	return *known
}
