package loader

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/people"
	"github.com/cablegraph/cablegraph/loader/source"
)

// document is what came of one entry: a sealed record, or err.
type document struct {
	name     string
	size     int
	record   graph.Record
	warnings []string
	err      error // of reading, parse.ErrNavigation, parse.ErrNotCable
}

// job is an entry on its way through a worker; done has room for the outcome,
// so that a worker never waits.
type job struct {
	entry source.Entry
	done  chan document
}

// read walks the paths and hands what their documents say to take, in the order
// of the walk, while workers parse ahead. At most a few documents for each worker are under way.
func read(ctx context.Context, paths []string, workers int, take func(context.Context, document) error) error {
	group, ctx := errgroup.WithContext(ctx)
	work, queue := make(chan job), make(chan job, 2*workers)
	group.Go(func() error {
		defer close(work)
		defer close(queue)
		return walk(ctx, paths, work, queue)
	})
	for range workers {
		group.Go(func() error {
			for j := range work {
				j.done <- understand(j.entry)
			}
			return nil
		})
	}
	group.Go(func() error {
		for j := range queue {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := take(ctx, <-j.done); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// walk gives each entry to a worker first and then puts it into the queue, so that every job
// in the queue is done by a worker in the end.
func walk(ctx context.Context, paths []string, work, queue chan<- job) error {
	for _, path := range paths {
		err := source.Walk(ctx, path, func(ctx context.Context, e source.Entry) error {
			j := job{entry: e, done: make(chan document, 1)}
			select {
			case work <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case queue <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// understand turns an entry into a document: pure work, no waiting.
func understand(e source.Entry) document {
	d := document{name: e.Name(), size: len(e.Data), err: e.Err}
	if d.err != nil {
		return d
	}
	p, err := parse.Parse(e)
	if err != nil {
		d.err = err
		return d
	}
	d.record, d.warnings = p.Record, p.Warnings
	d.record.People = people.Find(p)
	d.record.Seal()
	return d
}
