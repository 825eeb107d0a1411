package loader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/people"
	"github.com/cablegraph/cablegraph/loader/source"
)

// aheadBytes bounds the documents that are read and not yet taken.
const aheadBytes = 64 << 20

// document is what came of one entry: a sealed record, or err.
type document struct {
	entry    source.Entry // without Data
	size     int
	sha256   string // hex, of the data
	record   graph.Record
	warnings []string
	err      error // of reading, parse.ErrNavigation, parse.ErrNotCable
}

// job is an entry on its way through a worker; done has room for the outcome,
// so that a worker never waits.
type job struct {
	entry source.Entry
	known bool // a stopped load had it: only its hash is asked for
	done  chan document
}

// read walks the paths and takes what their documents say, in the order of the
// walk, while workers parse ahead: two batches at most, and aheadBytes.
func (l *load) read(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	work, queue := make(chan job), make(chan job, 2*l.opts.BatchSize)
	room := semaphore.NewWeighted(aheadBytes)
	group.Go(func() error {
		defer close(work)
		defer close(queue)
		return l.walk(ctx, room, work, queue)
	})
	for range l.opts.Workers {
		group.Go(func() error {
			for j := range work {
				j.done <- understand(j)
			}
			return nil
		})
	}
	group.Go(func() error {
		for j := range queue {
			if err := ctx.Err(); err != nil {
				return err
			}
			d := <-j.done
			room.Release(weight(d.size))
			if err := l.take(ctx, d); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

func weight(size int) int64 { return min(int64(size), aheadBytes) }

// walk gives each entry to a worker first and then puts it into the queue, so that every job
// in the queue is done by a worker in the end.
func (l *load) walk(ctx context.Context, room *semaphore.Weighted, work, queue chan<- job) error {
	n, before := 0, int64(0)
	visit := func(ctx context.Context, e source.Entry) error {
		n++
		e.Read += before
		if err := room.Acquire(ctx, weight(len(e.Data))); err != nil {
			return err
		}
		j := job{entry: e, known: n <= l.stopped.Documents, done: make(chan document, 1)}
		for _, to := range []chan<- job{work, queue} {
			select {
			case to <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
			j.entry.Data = nil // the worker's alone
		}
		return nil
	}
	for i, path := range l.paths {
		var err error
		if path == Stdin {
			err = source.WalkReader(ctx, Stdin, l.opts.Stdin, visit)
		} else {
			err = source.Walk(ctx, path, visit)
		}
		if err != nil {
			return err
		}
		before += l.sizes[i]
	}
	return nil
}

// understand turns an entry into a document: pure work, no waiting.
func understand(j job) document {
	e := j.entry
	d := document{entry: e, size: len(e.Data), err: e.Err}
	d.entry.Data = nil
	if d.err == nil && !j.known {
		d.parse(e)
	}
	if d.sha256 == "" {
		sum := sha256.Sum256(e.Data)
		d.sha256 = hex.EncodeToString(sum[:])
	}
	return d
}

// parse fills the record. The parser hashes the document for the cable's source.
func (d *document) parse(e source.Entry) {
	p, err := parse.Parse(e)
	if err != nil {
		d.err = err
		return
	}
	d.record, d.warnings = p.Record, p.Warnings
	if e.LeadsOut() {
		d.warnings = append(d.warnings, "The path inside the archive leads out of it. It is only a name here; do not unpack this archive unseen.")
	}
	d.record.People = people.Find(p)
	d.record.Seal()
	if len(d.record.Cable.Sources) > 0 {
		d.sha256 = d.record.Cable.Sources[0].SHA256
	}
}
