// Package sample writes cables that nobody ever sent, in any number, so that
// everything can be tried without a real archive. Posts, tags and the names of
// a few office holders are real; all else (what they do, who they meet, every
// sentence) is made up by templates, and each cable says so.
//
// The same number and seed always give the same bytes.
package sample

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
)

// Cables yields n made-up cables, oldest first. Memory stays flat.
func Cables(n int, seed uint64) iter.Seq[Cable] {
	return func(yield func(Cable) bool) {
		m := newMaker(n, seed)
		for i := range n {
			if !yield(m.cable(i)) {
				return
			}
		}
	}
}

// Pages yields n made-up cables as pages of the web mirror: the path below the
// mirror's folder ("cable/2009/02/09PARIS12.html") with the page.
func Pages(n int, seed uint64) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for c := range Cables(n, seed) {
			if !yield(c.Path(), c.Page()) {
				return
			}
		}
	}
}

// Mirror writes n made-up cables as a folder of the web mirror at dir, which is
// made where it isn't there yet. Files that stand there already under the same name are replaced.
func Mirror(dir string, n int, seed uint64) error {
	for path, page := range Pages(n, seed) {
		file := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("making the mirror's folders: %w", err)
		}
		if err := os.WriteFile(file, page, 0o644); err != nil {
			return fmt.Errorf("writing a page: %w", err)
		}
	}
	return nil
}

// CSV writes n made-up cables as the archive's CSV form: eight fields a row, all
// quoted, with \" for a quote inside: number, M/D/YYYY H:MM, reference, origin,
// classification, references joined by |, header, body.
func CSV(w io.Writer, n int, seed uint64) error {
	out := bufio.NewWriterSize(w, 1<<16)
	number := 0
	for c := range Cables(n, seed) {
		number++
		if _, err := out.WriteString(c.row(number)); err != nil {
			return fmt.Errorf("writing row %d: %w", number, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the last rows: %w", err)
	}
	return nil
}
