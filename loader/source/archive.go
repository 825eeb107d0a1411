package source

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ulikunitz/xz"
)

const (
	gzipMagic = "\x1f\x8b"
	xzMagic   = "\xfd7zXZ\x00"
	blockSize = 512 // of a tar archive
)

// stream looks at the first bytes of r, undoes compression, and hands out an
// archive's members or the one document.
func (w walker) stream(ctx context.Context, name string, r io.Reader) error {
	in := bufio.NewReaderSize(&guarded{ctx: ctx, r: r}, 64<<10)
	head, _ := in.Peek(len(xzMagic))
	var unpacked io.Reader = in
	var err error
	switch {
	case bytes.HasPrefix(head, []byte(gzipMagic)):
		unpacked, err = gzip.NewReader(in)
	case bytes.HasPrefix(head, []byte(xzMagic)):
		unpacked, err = xz.NewReader(in)
	}
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return w.visit(ctx, Entry{File: name, Err: fmt.Errorf("%w: %w", ErrCutShort, err)})
	}
	plain := bufio.NewReaderSize(unpacked, 64<<10)
	if block, _ := plain.Peek(blockSize); isTar(block) {
		return w.archive(ctx, name, plain)
	}
	return w.document(ctx, name, plain)
}

// archive hands out the regular members of a tar archive. Their names are only
// names: nothing is ever written under them.
func (w walker) archive(ctx context.Context, name string, r io.Reader) error {
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
			return w.visit(ctx, Entry{File: name, Err: cutShort(n, last, err)})
		case header.Typeflag != tar.TypeReg:
			continue
		}
		entry := Entry{File: name, Member: header.Name}
		if header.Size > MaxDocument {
			entry.Err = ErrTooLarge
		} else {
			entry.Data = make([]byte, header.Size)
			if _, err := io.ReadFull(members, entry.Data); err != nil {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				return w.visit(ctx, Entry{File: name, Err: cutShort(n, last, err)})
			}
		}
		if err := w.visit(ctx, entry); err != nil {
			return err
		}
		last, n = header.Name, n+1
	}
}

func cutShort(n int, last string, err error) error {
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
	for i, b := range block {
		if i >= 148 && i < 156 {
			b = ' ' // the checksum counts itself as blanks
		}
		sum += int(b)
	}
	field := strings.Trim(string(block[148:156]), " \x00")
	want, err := strconv.ParseInt(field, 8, 32)
	return err == nil && int(want) == sum
}

// guarded ends a read when its context ends: skipping a large member of an
// archive is a long read in itself.
type guarded struct {
	ctx context.Context
	r   io.Reader
}

func (g *guarded) Read(p []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	return g.r.Read(p)
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
