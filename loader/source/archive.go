package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"strconv"
	"strings"

	"github.com/bodgit/sevenzip"
)

const blockSize = 512 // of a tar archive

// archived hands out the regular members of a tar archive. Names are only
// names: nothing is ever written under them.
func (w *walker) archived(ctx context.Context, p place, r io.Reader) error {
	in := &zeroTail{r: r}
	members := tar.NewReader(in)
	last, n := "", 0
	for {
		header, err := members.Next()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == io.EOF && in.zeros < blockSize {
			err = io.ErrUnexpectedEOF // the two empty blocks that end every archive are missing
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return broken{cutShort(n, last, err)}
		case header.Typeflag != tar.TypeReg:
			continue
		}
		member := &noting{r: members}
		if err := w.member(ctx, p, header.Name, member, member); err != nil {
			if isBroken(err) {
				err = broken{cutShort(n, last, member.err)}
			}
			return err
		}
		last, n = header.Name, n+1
	}
}

// zipped hands out the members of a zip archive.
func (w *walker) zipped(ctx context.Context, p place, at io.ReaderAt, size int64) error {
	var archive *zip.Reader
	err := contained(func() (err error) {
		archive, err = zip.NewReader(at, size)
		return err
	})
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return broken{damaged(err)}
	}
	for _, f := range archive.File {
		if !f.Mode().IsRegular() {
			continue
		}
		open := f.Open
		if f.Flags&1 != 0 {
			open = func() (io.ReadCloser, error) { return nil, ErrEncrypted }
		}
		if err := w.packed(ctx, p, f.Name, open); err != nil {
			return err
		}
	}
	return nil
}

// sevenZipped hands out the members of a 7z archive, in its order: members
// that were packed as one block are unpacked once.
func (w *walker) sevenZipped(ctx context.Context, p place, at io.ReaderAt, size int64) error {
	boundSevenZip()
	var archive *sevenzip.Reader
	err := contained(func() (err error) {
		archive, err = sevenzip.NewReader(at, size)
		return err
	})
	if err != nil {
		return broken{encrypted(err)}
	}
	for _, f := range archive.File {
		if !f.Mode().IsRegular() {
			continue
		}
		open := func() (io.ReadCloser, error) {
			r, err := f.Open()
			if err != nil {
				return nil, encrypted(err)
			}
			return &checked{ReadCloser: r, sum: crc32.NewIEEE(), want: f.CRC32}, nil
		}
		if err := w.packed(ctx, p, f.Name, open); err != nil {
			return err
		}
	}
	return nil
}

// encrypted says so where that is why a 7z archive can't be read.
func encrypted(err error) error {
	if errors.Is(err, ErrNeedsMemory) {
		return err
	}
	var read *sevenzip.ReadError
	if errors.As(err, &read) && read.Encrypted {
		return ErrEncrypted
	}
	return damaged(err)
}

// checked compares the sum of a 7z member with the archive's, which the library leaves to its caller.
type checked struct {
	io.ReadCloser
	sum  hash.Hash32
	want uint32 // 0 where the archive holds none
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	_, _ = c.sum.Write(p[:n]) // never an error
	switch {
	case err == io.EOF && c.want != 0 && c.sum.Sum32() != c.want:
		return n, errSum
	case err != nil && err != io.EOF:
		return n, encrypted(err)
	}
	return n, err
}

var errSum = errors.New("its bytes do not match the archive's sum of them")

// packed hands out a member that is opened by itself; one that is broken is
// reported, and the others go on.
func (w *walker) packed(ctx context.Context, p place, name string, open func() (io.ReadCloser, error)) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var r io.ReadCloser
	err := contained(func() (err error) {
		r, err = open()
		return err
	})
	if err != nil {
		return w.report(ctx, p.member(name), err)
	}
	defer func() { _ = contained(r.Close) }()
	return w.member(ctx, p, name, w.unpacking(p, r), nil)
}

// member hands out a member of an archive. What is wrong with the member alone
// is reported; where the archive itself broke, as outer tells, the error is broken.
func (w *walker) member(ctx context.Context, p place, name string, r io.Reader, outer *noting) error {
	inside := p.member(name)
	inside.random, inside.size = nil, 0
	err := w.stream(ctx, inside, r)
	if !isBroken(err) || outer != nil && outer.err != nil {
		return err
	}
	return w.report(ctx, inside, err)
}

func cutShort(n int, last string, err error) error {
	if errors.Is(err, ErrBomb) {
		return err
	}
	if n == 0 {
		return fmt.Errorf("%w before its first document: %w", ErrCutShort, err)
	}
	return fmt.Errorf("%w after %d documents, the last of them %q: %w", ErrCutShort, n, last, err)
}

// isTar tells whether block is the first of a tar archive: its checksum is right.
func isTar(block []byte) bool {
	if len(block) < blockSize {
		return false
	}
	sum := 0
	for i, b := range block[:blockSize] {
		if i >= 148 && i < 156 {
			b = ' ' // the checksum counts itself as blanks
		}
		sum += int(b)
	}
	field := strings.Trim(string(block[148:156]), " \x00")
	want, err := strconv.ParseInt(field, 8, 32)
	return err == nil && int(want) == sum
}

// zeroTail counts the zero bytes at the end of what was read.
type zeroTail struct {
	r     io.Reader
	zeros int
}

func (z *zeroTail) Read(p []byte) (int, error) {
	n, err := z.r.Read(p)
	read := p[:n]
	rest := len(bytes.TrimRight(read, "\x00"))
	if rest > 0 {
		z.zeros = 0
	}
	z.zeros += n - rest
	return n, err
}
