package source

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"context"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

const (
	maxDepth  = 8         // of archives and compression around one document
	maxBuffer = 256 << 20 // of a zip or 7z that has to be held in memory
	peekSize  = 64 << 10
	maxWindow = 128 << 20 // of zstd: what --long=27 writes
)

// place is where something is being read.
type place struct {
	file, inside string
	depth        int
	disk, before int64       // size of the file on disk, and what the walk had read before it
	random       io.ReaderAt // of a file on disk that nothing was unpacked from yet; else nil
	size         int64       // of random
}

// member is the place of a member of the archive here.
func (p place) member(name string) place {
	if p.inside != "" {
		name = p.inside + "!" + name
	}
	p.inside = name
	return p
}

// packers are the ways of compression by the bytes that a file starts with.
var packers = []struct {
	magic string
	open  func(io.Reader) (io.Reader, func(), error)
}{
	{"\x1f\x8b", func(r io.Reader) (io.Reader, func(), error) {
		z, err := gzip.NewReader(r)
		return z, func() {}, err
	}},
	{"BZh", func(r io.Reader) (io.Reader, func(), error) { return bzip2.NewReader(r), func() {}, nil }},
	{"\xfd7zXZ\x00", func(r io.Reader) (io.Reader, func(), error) {
		z, err := xz.NewReader(r)
		return z, func() {}, err
	}},
	{"\x28\xb5\x2f\xfd", func(r io.Reader) (io.Reader, func(), error) {
		// One goroutine less and no more memory than the window: the walk is one stream.
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	}},
}

// The bytes that archives with their list of members at the end start with.
const (
	zipMagic      = "PK\x03\x04"
	emptyZipMagic = "PK\x05\x06"
	sevenZipMagic = "7z\xbc\xaf\x27\x1c"
)

// stream looks at the first bytes, undoes compression, and hands out what the
// archives and tables hold, or the one document. Errors are those of visit and
// ctx, and broken ones.
func (w *walker) stream(ctx context.Context, p place, r io.Reader) error {
	if p.depth++; p.depth > maxDepth {
		return broken{ErrTooDeep}
	}
	in := w.buffer(p.depth, &guarded{ctx: ctx, r: r})
	head, _ := in.Peek(blockSize)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, packer := range packers {
		if bytes.HasPrefix(head, []byte(packer.magic)) && !(packer.magic == "BZh" && !isBzip(head)) {
			return w.unpack(ctx, p, in, packer.open)
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte(zipMagic)), bytes.HasPrefix(head, []byte(emptyZipMagic)):
		return w.random(ctx, p, in, w.zipped)
	case bytes.HasPrefix(head, []byte(sevenZipMagic)):
		return w.random(ctx, p, in, w.sevenZipped)
	case isTar(head):
		return w.archived(ctx, p, in)
	}
	// A first row can be long, so all that fits is looked at.
	head, _ = in.Peek(peekSize)
	switch start := bytes.TrimLeft(bytes.TrimPrefix(head, bom), " \r\n\t"); {
	case isTable(head):
		return w.rows(ctx, p, in)
	case len(start) > 0 && start[0] == '{':
		return w.lines(ctx, p, in)
	}
	return w.document(ctx, p, in)
}

func (w *walker) buffer(depth int, r io.Reader) *bufio.Reader {
	if w.buffers[depth] == nil {
		w.buffers[depth] = bufio.NewReaderSize(r, peekSize)
	}
	w.buffers[depth].Reset(r)
	return w.buffers[depth]
}

// isBzip tells a bzip2 file from a text that starts with BZh: the number of a
// size and the mark of a block, or of the end, follow.
func isBzip(head []byte) bool {
	return len(head) >= 10 && head[3] >= '1' && head[3] <= '9' &&
		(string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17\x72\x45\x38\x50\x90")
}

// unpack goes on with what a decompressor gives.
func (w *walker) unpack(ctx context.Context, p place, in io.Reader, open func(io.Reader) (io.Reader, func(), error)) error {
	var out io.Reader
	var done func()
	err := contained(func() (err error) {
		out, done, err = open(in)
		return err
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return broken{damaged(err)}
	}
	defer done()
	p.random = nil
	return w.stream(ctx, p, w.unpacking(p, out))
}

// random hands an archive that is read from its end to open: the file itself,
// or, where it comes as a stream, its bytes.
func (w *walker) random(ctx context.Context, p place, in io.Reader, open func(context.Context, place, io.ReaderAt, int64) error) error {
	if p.random != nil {
		return open(ctx, p, p.random, p.size)
	}
	data, err := io.ReadAll(io.LimitReader(in, maxBuffer+1))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return broken{damaged(err)}
	case len(data) > maxBuffer:
		return broken{ErrNeedsFile}
	}
	return open(ctx, p, bytes.NewReader(data), int64(len(data)))
}

// document hands out what r holds as one document.
func (w *walker) document(ctx context.Context, p place, r io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(r, MaxDocument+1))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return broken{damaged(cause(err))}
	case len(data) > MaxDocument:
		return w.report(ctx, p, ErrTooLarge)
	}
	return w.hand(ctx, p, Entry{Data: data})
}

// hand hands out an entry of this place.
func (w *walker) hand(ctx context.Context, p place, e Entry) error {
	e.File, e.Member, e.Read = p.file, p.inside, w.read
	return w.visit(ctx, e)
}

// report hands out what is wrong here.
func (w *walker) report(ctx context.Context, p place, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var b broken
	if errors.As(err, &b) {
		err = b.error
	}
	return w.hand(ctx, p, Entry{Err: err})
}
