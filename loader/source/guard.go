package source

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// broken is an error of what is being read, not of the walk: whoever opened
// the thing that broke reports it and goes on.
type broken struct{ error }

func (b broken) Unwrap() error { return b.error }

func isBroken(err error) bool {
	var b broken
	return errors.As(err, &b)
}

// damaged says what an error of reading means for what is being read.
func damaged(err error) error {
	if errors.Is(err, ErrBomb) || errors.Is(err, ErrEncrypted) || errors.Is(err, ErrNeedsMemory) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrCutShort, err)
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

// noting keeps the error of the reader below.
type noting struct {
	r   io.Reader
	err error
}

func (n *noting) Read(p []byte) (int, error) {
	read, err := n.r.Read(p)
	if err != nil && err != io.EOF {
		n.err = err
	}
	return read, err
}

// counted adds what is read of a file on disk to the walk's sum.
type counted struct {
	r   io.Reader
	at  io.ReaderAt
	sum *int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.sum += int64(n)
	return n, err
}

func (c *counted) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.at.ReadAt(p, off)
	*c.sum += int64(n)
	return n, err
}

const (
	bombRatio = 1000    // texts are packed ten times smaller, hardly ever fifty times
	bombSize  = 1 << 30 // below that any ratio is harmless
)

// unpacking is what a decompressor gives. It stops a bomb, and turns the panics
// by which decoders meet garbage into errors.
type unpacking struct {
	r      io.Reader
	packed func() int64 // bytes, as far as they are known
	out    int64
	err    error // stays: some decoders go on behind an error as if the stream had ended there
}

// unpacking wraps the output of a decompressor within the place.
func (w *walker) unpacking(p place, r io.Reader) *unpacking {
	return &unpacking{r: r, packed: func() int64 { return max(p.disk, w.read-p.before) }}
}

func (u *unpacking) Read(p []byte) (n int, err error) {
	if u.err != nil {
		return 0, u.err
	}
	defer func() { u.err = err }()
	err = contained(func() (err error) {
		n, err = u.r.Read(p)
		return err
	})
	u.out += int64(n)
	if u.out > bombSize && u.out/bombRatio > u.packed() {
		return 0, ErrBomb
	}
	return n, err
}

// contained runs work of a decoder that is not ours: some of them panic on garbage.
func contained(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the decoder gave up: %v", r)
		}
	}()
	return work()
}
