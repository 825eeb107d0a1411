// Package loader brings documents into a store: it walks the paths that it is
// given, parses each document, finds the people in it, writes what is new or
// changed, and at the end settles who is who over the whole archive. Loading
// the same documents again changes nothing; a load that was stopped at any
// moment is completed by loading again, which goes on where it stopped.
package loader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/people"
	"github.com/cablegraph/cablegraph/loader/source"
)

// ErrInterrupted is returned where the context ended before the load did. What
// was written until then stays; loading the same paths again completes it.
var ErrInterrupted = errors.New("the load was interrupted")

// Stdin is the path that stands for standard input.
const Stdin = "-"

// Options are the settings of a load. The zero value is good for use.
type Options struct {
	// Progress is told how far the load is: a moving bar where it is a terminal,
	// else one line every ten seconds. Nil for silence.
	Progress io.Writer
	// Stdin is read where a path is Stdin.
	Stdin io.Reader
	// Problems names a file that gets every problem and warning as one line of
	// JSON, as they come. Empty for none. It is made anew, but where a stopped
	// load goes on, lines are added.
	Problems string
	// DryRun reads, parses and compares, and changes nothing. The store may be nil then: an empty one.
	DryRun bool
	// Corrections, where not nil, are kept in the store in place of those it has, and hold from this load on.
	Corrections *people.Corrections
	// Rules says by which version of the program documents are understood: a load
	// that another one began starts over.
	Rules string
	// BatchSize is how many cables are written in one transaction; 500 where it is 0.
	BatchSize int
	// BatchBytes closes a batch earlier, when its texts are that long; 8 MiB where it is 0.
	BatchBytes int
	// Workers is how many documents are parsed at once; one for each processor where it is 0.
	Workers int
}

// writeTimeout bounds the writing of one batch.
const writeTimeout = 10 * time.Minute

// Load reads all documents below paths into the store, in the order of the
// paths and of the documents in them, and returns what became of them. Two
// documents of one cable with other words: the one under the right id stays, of
// two such the later one. A load of the same paths that was stopped goes on
// where it was, if the documents until there are the same; standard input is
// always read from its start.
//
// The report is never nil and holds what was done until an error. Errors are
// those of the store, of a path that is not there, of the file for problems, and
// ErrInterrupted where ctx ended; a document that can't be read is a Problem in
// the report. When ctx ends the batches being written are finished first.
//
// Load starts goroutines and ends them all. It keeps three batches and 64 MiB
// of documents at most, and of every cable that it has seen where: about 100 bytes.
func Load(ctx context.Context, store graph.Store, paths []string, opts Options) (*Report, error) {
	opts = opts.withDefaults()
	if opts.DryRun {
		store = pretend(store)
	}
	l := &load{store: store, opts: opts, paths: paths, report: &Report{File: opts.Problems, DryRun: opts.DryRun}}
	l.progress = newProgress(opts.Progress, l.report)
	start := time.Now()
	err := l.run(ctx)
	l.report.Elapsed = time.Since(start)
	l.progress.end()
	err = errors.Join(err, l.report.file.close())
	if err != nil && ctx.Err() != nil {
		return l.report, fmt.Errorf("%w: %w", ErrInterrupted, err)
	}
	return l.report, err
}

func (o Options) withDefaults() Options {
	if o.BatchSize <= 0 {
		o.BatchSize = 500
	}
	if o.BatchBytes <= 0 {
		o.BatchBytes = 8 << 20
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}

// load is the state of one Load. Only the goroutine that takes documents
// touches it, but for what is set before the first and never changed.
type load struct {
	store    graph.Store
	opts     Options
	paths    []string
	sizes    []int64 // of each path in bytes, 0 for standard input
	name     string  // of the load, for its mark; empty where it has none
	stopped  graph.Mark
	correct  *people.Corrections // what holds in this load
	report   *Report
	progress *progress
	chain    chain
	batch    batch
	flights  []*flight // at most two, oldest first
	seen     seen
	original map[graph.Reference]string // changed cable → its hash before this load
}

func (l *load) run(ctx context.Context) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	err := l.readAll(ctx)
	if errors.Is(err, errOtherDocuments) {
		l.stopped, l.report.StartedOver = graph.Mark{}, true
		err = l.readAll(ctx)
	}
	if err != nil {
		return err
	}
	if err := l.settle(ctx); err != nil {
		return err
	}
	l.progress.phase("building indexes")
	if err := l.store.Loaded(ctx, time.Now().UTC()); err != nil {
		return fmt.Errorf("noting the end of the load: %w", err)
	}
	if l.name != "" {
		if err := l.store.Mark(ctx, l.name, graph.Mark{}); err != nil {
			return fmt.Errorf("forgetting how far the load was: %w", err)
		}
	}
	return ctx.Err()
}

// prepare looks at the paths, before anything is written, and at what a stopped load left.
func (l *load) prepare(ctx context.Context) error {
	for _, path := range l.paths {
		size := int64(0)
		if path != Stdin {
			if _, err := os.Stat(path); err != nil {
				return fmt.Errorf("load: %w", err) // most likely a slip of the pen
			}
			var err error
			if size, err = source.Size(path); err != nil {
				return fmt.Errorf("load: %w", err)
			}
			l.progress.total += size
		}
		l.sizes = append(l.sizes, size)
	}
	if !slices.Contains(l.paths, Stdin) && !l.opts.DryRun {
		l.name = loadName(l.opts.Rules, l.paths)
		var err error
		if l.stopped, err = l.store.Marked(ctx, l.name); err != nil {
			return fmt.Errorf("asking how far a stopped load was: %w", err)
		}
	}
	if err := l.report.file.open(l.opts.Problems, l.stopped != graph.Mark{}); err != nil {
		return err
	}
	if err := l.store.Fill(ctx); err != nil {
		return fmt.Errorf("preparing the store: %w", err)
	}
	var err error
	l.correct, err = keepCorrections(ctx, l.store, l.opts.Corrections)
	return err
}

// readAll brings every document into the store, from the first one on or from where a stopped load was.
func (l *load) readAll(ctx context.Context) error {
	l.chain, l.seen, l.original = chain{}, seen{at: map[graph.Reference]sighting{}}, map[graph.Reference]string{}
	l.report.Resumed = 0
	err := l.read(ctx)
	if err == nil && l.chain.documents < l.stopped.Documents {
		err = errOtherDocuments
	}
	if err == nil {
		err = l.launch(ctx)
	}
	for len(l.flights) > 0 {
		err = errors.Join(err, l.land())
	}
	return err
}

// writing returns the context for a call that changes the store: it outlives
// ctx, so that an interrupted load finishes what it is writing.
func writing(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
}
