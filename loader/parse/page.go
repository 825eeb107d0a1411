package parse

import (
	"bytes"
	"fmt"
	"strings"
)

// The web mirror's pages, of 2010 and of 2011, have a table of one row and
// below it the header and the body, each in its own <pre>:
//
//	<h3>Viewing cable 09STATE11937, U) Secretary Clinton's February 5, 2009</h3>
//	<table class='cable'> <tr> <th>Reference ID</th> … </tr> <tr> <td> … </td> … </tr> </table>
//	<code><pre>header</pre></code>
//	<code><pre>body</pre></code>
//
// Which cell is which says the table itself: the first pages had four columns.
var (
	tableMark = []byte("<table class='cable'>")
	headMark  = []byte("Reference ID</th>")
	titleMark = []byte("<h3>Viewing cable ")
	navMark   = []byte("<title>Cable Viewer</title>")
	preMark   = []byte("<pre>")
)

// readPage takes a document of any known form apart.
func readPage(data []byte) (*page, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("%w: the document is empty", ErrNotCable)
	}
	pg := &page{}
	data = pg.toUTF8(data)
	at := tableStart(data)
	var err error
	switch {
	case at >= 0 && bytes.Contains(data[at:], preMark):
		err = pg.readMirror(data, at)
	case bytes.Contains(data, navMark):
		return nil, ErrNavigation
	default:
		err = pg.readSavedText(data)
	}
	if err != nil {
		return nil, err
	}
	return pg, pg.check()
}

// tableStart returns where the table of a page starts, -1 where there is none.
// Its first heading is looked for, because the lists beside it are full of "<".
func tableStart(data []byte) int {
	for at := 0; ; {
		i := bytes.Index(data[at:], headMark)
		if i < 0 {
			return -1
		}
		at += i + len(headMark)
		low := max(0, at-200)
		if j := bytes.LastIndex(data[low:at], tableMark); j >= 0 {
			return low + j
		}
	}
}

// check tells whether the page has what a cable needs.
func (pg *page) check() error {
	switch {
	case pg.reference == "":
		return fmt.Errorf("%w: the table has no Reference ID", ErrNotCable)
	case !isReference(pg.reference):
		return fmt.Errorf("%w: the Reference ID %.60q has not the form 09STATE11937", ErrNotCable, pg.reference)
	case strings.TrimSpace(pg.body) == "":
		return fmt.Errorf("%w: the page of %s has no text", ErrNotCable, pg.reference)
	}
	return nil
}

// readMirror reads a page of the web mirror, whose table starts at the place at.
func (pg *page) readMirror(data []byte, at int) error {
	table, rest, ok := bytes.Cut(data[at:], []byte("</table>"))
	if !ok {
		return fmt.Errorf("%w: the table of the page has no end", ErrNotCable)
	}
	cells := elements(table, "<td>", "</td>")
	for i, head := range elements(table, "<th>", "</th>") {
		if i < len(cells) {
			pg.setCell(strings.TrimSpace(decode(head)), strings.TrimSpace(decode(cells[i])))
		}
	}
	switch texts := elements(rest, "<pre>", "</pre>"); len(texts) {
	case 0:
		return fmt.Errorf("%w: the page of %s has no text", ErrNotCable, pg.reference)
	case 1:
		pg.body = decode(texts[0])
	default:
		pg.header, pg.body = decode(texts[0]), decode(texts[1])
	}
	if i := bytes.LastIndex(data[:at], titleMark); i >= 0 {
		title, _, _ := bytes.Cut(data[i+len(titleMark):at], []byte("</h3>"))
		pg.title = strings.TrimSpace(decode(title))
	}
	return nil
}

func (pg *page) setCell(head, value string) {
	switch head {
	case "Reference ID":
		pg.reference = value
	case "Created":
		pg.created = value
	case "Released":
		pg.released = value
	case "Classification":
		pg.classification = value
	case "Origin":
		pg.origin = value
	}
}

// elements returns what stands between each start and the end after it. A
// start without an end gives what is left.
func elements(data []byte, start, end string) [][]byte {
	found := make([][]byte, 0, 5) // the table has five cells
	for {
		i := bytes.Index(data, []byte(start))
		if i < 0 {
			return found
		}
		data = data[i+len(start):]
		i = bytes.Index(data, []byte(end))
		if i < 0 {
			return append(found, data)
		}
		found = append(found, data[:i])
		data = data[i+len(end):]
	}
}
