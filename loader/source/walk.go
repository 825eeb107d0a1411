package source

import (
	"bufio"
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
	// ErrBomb: something unpacks to more than a thousand times its size.
	ErrBomb = errors.New("it unpacks to more than a thousand times its size, which texts never do")
	// ErrTooDeep: archives within archives without end.
	ErrTooDeep = fmt.Errorf("more than %d layers of archives and compression", maxDepth)
	// ErrNeedsFile: a zip or 7z within something else is too large to be held in memory.
	ErrNeedsFile = fmt.Errorf("a zip or 7z of more than %d MB inside something else: unpack it, or give its own path", maxBuffer>>20)
	// ErrNeedsMemory: a 7z archive was packed with a larger window than is held in memory.
	ErrNeedsMemory = fmt.Errorf("more than %d MB of memory are needed to unpack it: unpack it first", maxDictionary>>20)
	// ErrEncrypted: a member of an archive is encrypted.
	ErrEncrypted = errors.New("it is encrypted; decrypt it first")
	// ErrOutside: a symbolic link leads out of the folder that was given.
	ErrOutside = errors.New("a link that leads out of the folder is not followed")
)

// Walk hands every document at path to visit: path is a folder, an archive (tar,
// zip, 7z), a table or NDJSON, or a single document, any of them also compressed
// (gzip, bzip2, xz, zstd) or one within another. All is known by its content, and
// nothing is unpacked to disk. Folders are walked in the order of their names, archives
// in their own order, always one document at a time, so that memory stays flat. What can't
// be read is an Entry with Err and does not end the walk. The errors are those of
// visit and of ctx, and that of a path which can't be opened at all.
func Walk(ctx context.Context, path string, visit Visit) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("opening %s: %w", path, cause(err))
	}
	w := &walker{visit: visit}
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

// WalkReader hands every document in r, which is called name, to visit, like Walk. A zip or
// 7z can only be read from its end, so it is held in memory, up to 256 MB.
func WalkReader(ctx context.Context, name string, r io.Reader, visit Visit) error {
	w := &walker{visit: visit}
	p := place{file: name}
	return w.whole(ctx, p, w.stream(ctx, p, &counted{r: r, sum: &w.read}))
}

// Size returns how many bytes of files there are at path: what Entry.Read comes
// to in the end. It is a guess, for telling how far a walk is.
func Size(path string) (int64, error) {
	var sum int64
	err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil //nolint:nilerr // what can't be read adds nothing
		}
		if info, err := d.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	if info, statErr := os.Stat(path); statErr == nil && sum == 0 && info.Mode().IsRegular() {
		sum = info.Size() // a link to a file
	}
	return sum, err
}

// walker is the state of one walk.
type walker struct {
	visit Visit
	read  int64 // bytes of files on disk
	// buffers are what streams are looked into by, one for each layer: a member's is free when the next one starts.
	buffers [maxDepth + 1]*bufio.Reader
}

// folder walks root; files are named by their path below it.
func (w *walker) folder(ctx context.Context, root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name := below(root, path)
		switch {
		case err != nil && path == root:
			return fmt.Errorf("reading %s: %w", root, cause(err))
		case err != nil:
			return w.report(ctx, place{file: name}, fmt.Errorf("reading the folder: %w", cause(err)))
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
func (w *walker) link(ctx context.Context, root, path string) error {
	target, err := filepath.EvalSymlinks(path)
	switch {
	case err != nil:
		err = fmt.Errorf("following a link: %w", cause(err))
	case target != root && !strings.HasPrefix(target, root+string(filepath.Separator)):
		err = ErrOutside
	default:
		return nil
	}
	return w.report(ctx, place{file: below(root, path)}, err)
}

// file hands out the document, or the documents of the archive, at path.
func (w *walker) file(ctx context.Context, path, name string) error {
	p := place{file: name, before: w.read}
	f, err := os.Open(path)
	if err != nil {
		return w.report(ctx, p, cause(err))
	}
	defer f.Close()
	c := &counted{r: f, at: f, sum: &w.read}
	if info, err := f.Stat(); err == nil {
		p.disk, p.size, p.random = info.Size(), info.Size(), c
	}
	return w.whole(ctx, p, w.stream(ctx, p, c))
}

// whole reports what broke a whole file.
func (w *walker) whole(ctx context.Context, p place, err error) error {
	if isBroken(err) {
		return w.report(ctx, p, err)
	}
	return err
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
