// Package source finds documents: it walks folders and archives and hands out
// the bytes of each document in them, one by one. It does not look into them.
package source

import "context"

// Entry is one document.
type Entry struct {
	File   string // the path as given, or below the folder that was given
	Member string // the path inside an archive, empty outside
	Data   []byte // the whole document
	// Err says why the document could not be read; Data is empty then. The walk goes on.
	Err error
}

// Name is how reports call the document: "file", or "file!member" inside an archive.
func (e Entry) Name() string {
	if e.Member == "" {
		return e.File
	}
	return e.File + "!" + e.Member
}

// Visit receives documents; the first error it returns ends the walk.
type Visit func(ctx context.Context, e Entry) error
