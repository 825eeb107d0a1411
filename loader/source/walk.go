package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// MaxDocument bounds one document. The largest page of the archive is far below
// a megabyte; what is larger is reported and not read.
const MaxDocument = 16 << 20

var (
	// ErrTooLarge: a document is larger than MaxDocument.
	ErrTooLarge = fmt.Errorf("larger than %d MB, which no cable is", MaxDocument>>20)
	// ErrCutShort: an archive or a compressed file ends before its end, or is damaged.
	ErrCutShort = errors.New("the archive is cut short or damaged")
	// ErrOutside: a symbolic link leads out of the folder that was given.
	ErrOutside = errors.New("a link that leads out of the folder is not followed")
)

// Walk hands every document at path to visit: path is a folder, an archive (tar,
// plain or compressed by gzip or xz, known by its content) or a single document.
// Folders are walked in the order of their names, archives in their own order,
// always one document at a time, so that memory stays flat. What can't be read
// is an Entry with Err and does not end the walk. The errors are those of visit
// and of ctx, and that of a path which can't be opened at all.
func Walk(ctx context.Context, path string, visit Visit) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("opening %s: %w", path, cause(err))
	}
	w := walker{visit: visit}
	if !info.IsDir() {
		return w.file(ctx, path, path)
	}
	// A link given by name is meant; only those found below are looked at twice.
	root, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("opening %s: %w", path, cause(err))
	}
	return w.folder(ctx, root)
}

type walker struct{ visit Visit }

// folder walks root; files are named by their path below it.
func (w walker) folder(ctx context.Context, root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name := below(root, path)
		switch {
		case err != nil && path == root:
			return fmt.Errorf("reading %s: %w", root, cause(err))
		case err != nil:
			return w.visit(ctx, Entry{File: name, Err: fmt.Errorf("reading the folder: %w", cause(err))})
		case d.IsDir():
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			return w.link(ctx, root, path)
		case !d.Type().IsRegular():
			return nil // a socket or device holds no document
		}
		return w.file(ctx, path, name)
	})
}

// link passes over a link to something below root, which the walk meets under
// its own name, and reports one that leads elsewhere.
func (w walker) link(ctx context.Context, root, path string) error {
	target, err := filepath.EvalSymlinks(path)
	switch {
	case err != nil:
		err = fmt.Errorf("following a link: %w", cause(err))
	case target != root && !strings.HasPrefix(target, root+string(filepath.Separator)):
		err = ErrOutside
	default:
		return nil
	}
	return w.visit(ctx, Entry{File: below(root, path), Err: err})
}

// file hands out the document, or the documents of the archive, at path.
func (w walker) file(ctx context.Context, path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return w.visit(ctx, Entry{File: name, Err: cause(err)})
	}
	defer f.Close()
	return w.stream(ctx, name, f)
}

// document hands out what r holds as one document, limit bytes at most.
func (w walker) document(ctx context.Context, name string, r io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(r, MaxDocument+1))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return w.visit(ctx, Entry{File: name, Err: fmt.Errorf("%w: %w", ErrCutShort, cause(err))})
	case len(data) > MaxDocument:
		return w.visit(ctx, Entry{File: name, Err: ErrTooLarge})
	}
	return w.visit(ctx, Entry{File: name, Data: data})
}

func below(root, path string) string {
	name, err := filepath.Rel(root, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(name)
}

// cause drops the path from the errors of package os: an Entry names its file already.
func cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
