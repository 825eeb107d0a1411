package parse

import (
	"bytes"
	"fmt"
	"strings"
)

// A page saved as text has the table as lines with bars, and header and body
// run on below it without a mark between them:
//
//	Viewing cable 09STATE11937, U) Secretary Clinton's February 5, 2009
//	Reference ID | Created | Released | Classification | Origin |
//	---|---|---|---|---|
//	09STATE11937 | 2009-02-10 03:03 | 2010-11-30 16:04 | SECRET//NOFORN | Secretary of State |
//	O 100328Z FEB 09
//	FM SECSTATE WASHDC
var (
	savedTable   = []byte("Reference ID |")
	savedViewing = []byte("Viewing cable ")
)

func (pg *page) readSavedText(data []byte) error {
	at := bytes.Index(data, savedTable)
	if at < 0 {
		return fmt.Errorf("%w: neither a table with a Reference ID nor its line in a saved text", ErrNotCable)
	}
	if _, after, ok := bytes.Cut(data[:at], savedViewing); ok {
		title, _, _ := bytes.Cut(after, []byte("\n"))
		pg.title = strings.TrimSpace(string(title))
	}
	heads, rest, _ := strings.Cut(string(data[at:]), "\n")
	row, rest, _ := strings.Cut(rest, "\n")
	if strings.HasPrefix(row, "---") {
		row, rest, _ = strings.Cut(rest, "\n")
	}
	values := strings.Split(row, "|")
	for i, head := range strings.Split(heads, "|") {
		if i < len(values) {
			pg.setCell(strings.TrimSpace(head), strings.TrimSpace(values[i]))
		}
	}
	rest = strings.ReplaceAll(rest, "\r\n", "\n")
	pg.header, pg.body = splitSaved(rest)
	return nil
}

// splitSaved finds where the header ends: behind the last line of the list of
// addressees, which the body's classification line follows.
func splitSaved(s string) (header, body string) {
	if strings.HasPrefix(strings.TrimSpace(s), partialExtract) {
		header, body, _ = strings.Cut(strings.TrimLeft(s, " \n"), "\n")
		return header, body
	}
	at, addressed := 0, false
	for at < len(s) {
		line, _, _ := strings.Cut(s[at:], "\n")
		trimmed := strings.TrimSpace(line)
		if addressed && startsBody(trimmed) {
			return strings.TrimRight(s[:at], "\n"), s[at:]
		}
		if strings.HasPrefix(trimmed, "TO ") || strings.HasPrefix(trimmed, "INFO ") || strings.HasPrefix(trimmed, "FM ") {
			addressed = true
		}
		at += len(line) + 1
	}
	return "", s
}

// partialExtract opens the notice which stands where a newspaper's copy has no header.
const partialExtract = "This record is a partial extract"

// startsBody tells whether a line is the classification line on top of a body.
func startsBody(line string) bool {
	packed := strings.ReplaceAll(strings.ToUpper(line), " ", "")
	for _, word := range []string{"UNCLAS", "CONFIDENTIAL", "SECRET", "TOPSECRET", "LIMITEDOFFICIALUSE", "UNCLASSIFIED"} {
		if strings.HasPrefix(packed, word) && !strings.HasPrefix(packed, "SECRETARY") {
			return true
		}
	}
	return false
}
