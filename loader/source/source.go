// Package source finds documents: it walks folders and archives and hands out
// the bytes of each document in them, one by one. It does not look into them.
package source

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// Form is how a document stands in its file.
type Form uint8

// The forms.
const (
	Page Form = iota // a document of its own: a page of a mirror, or one saved as text
	Row              // one row of a table (cables.csv), with its quotes and without its line end
	Line             // one line of NDJSON, as cablegraph parse writes it
)

// Entry is one document.
type Entry struct {
	File   string // the path as given, or below the folder that was given; "-" for standard input
	Member string // the path inside an archive, empty outside; "inner.tar!page.html" where one archive stands in another
	Form   Form
	Number int    // of a Row or Line, from 1; 0 for a Page
	Offset int64  // where Data starts in the unpacked file or member; 0 for a Page
	Data   []byte // the whole document
	// Read is how many bytes of the files below the path, as they lie on disk, were read until now: for progress.
	Read int64
	// Err says why the document could not be read; Data is empty then. The walk goes on.
	Err error
}

// LeadsOut tells whether the path inside an archive is none below it: "../x", "/x",
// "C:x". Here it is only a name; whoever unpacks the archive may not be so lucky.
func (e Entry) LeadsOut() bool {
	for path := range strings.SplitSeq(e.Member, "!") {
		path = strings.ReplaceAll(path, `\`, "/")
		if path != "" && (!filepath.IsLocal(filepath.FromSlash(path)) || len(path) > 1 && path[1] == ':') {
			return true
		}
	}
	return false
}

// Name is how reports call the document: "file", "file!member" inside an
// archive, and for a row or line "file: row 17 (byte 12345)".
func (e Entry) Name() string {
	name := e.File
	if e.Member != "" {
		name += "!" + e.Member
	}
	switch {
	case e.Number == 0:
		return name
	case e.Form == Line:
		return fmt.Sprintf("%s: line %d (byte %d)", name, e.Number, e.Offset)
	}
	return fmt.Sprintf("%s: row %d (byte %d)", name, e.Number, e.Offset)
}

// Visit receives documents; the first error it returns ends the walk.
type Visit func(ctx context.Context, e Entry) error
