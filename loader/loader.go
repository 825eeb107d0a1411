// Package loader brings documents into a store: it walks the paths that it is
// given, parses each document, finds the people in it, writes what is new or
// changed, and at the end settles who is who over the whole archive. Loading
// the same documents again changes nothing; a load that was stopped at any
// moment is completed by loading again.
package loader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// ErrInterrupted is returned where the context ended before the load did. What
// was written until then stays; loading the same paths again completes it.
var ErrInterrupted = errors.New("the load was interrupted")

// Options are the settings of a load. The zero value is good for use.
type Options struct {
	// Progress is told how far the load is: a moving bar where it is a terminal,
	// else one line every ten seconds. Nil for silence.
	Progress io.Writer
	// BatchSize is how many cables are written in one transaction; 250 where it is 0.
	BatchSize int
	// BatchBytes closes a batch earlier, when its texts are that long; 8 MiB where it is 0.
	BatchBytes int
	// Workers is how many documents are parsed at once; one for each processor where it is 0.
	Workers int
}

// writeTimeout bounds one call of the store's Writer.
const writeTimeout = 10 * time.Minute

// Load reads all documents below paths into the store, in the order of the
// paths and of the documents in them, and returns what became of them. Two
// documents of one cable with other words: the later one stays.
//
// The report is never nil and holds what was done until an error. Errors are
// those of the store, of a path that is not there, and ErrInterrupted where ctx
// ended; a document that can't be read is a Problem in the report. When ctx ends
// the batch being written is finished first.
//
// Load starts goroutines and ends them all. It keeps one batch of documents, and
// of every cable that it has seen the name of its document: about 300 bytes.
func Load(ctx context.Context, store graph.Store, paths []string, opts Options) (*Report, error) {
	opts = opts.withDefaults()
	l := &load{store: store, opts: opts, report: &Report{}, seen: map[graph.Reference]seen{}}
	l.progress = newProgress(opts.Progress, l.report)
	start := time.Now()
	err := l.run(ctx, paths)
	l.report.Elapsed = time.Since(start)
	l.progress.end()
	if err != nil && ctx.Err() != nil {
		return l.report, fmt.Errorf("%w: %w", ErrInterrupted, err)
	}
	return l.report, err
}

func (o Options) withDefaults() Options {
	if o.BatchSize <= 0 {
		o.BatchSize = 250
	}
	if o.BatchBytes <= 0 {
		o.BatchBytes = 8 << 20
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}

// load is the state of one Load. Only the goroutine that called Load touches it.
type load struct {
	store    graph.Store
	opts     Options
	report   *Report
	progress *progress
	batch    batch
	seen     map[graph.Reference]seen // reference → its latest document in this load
}

func (l *load) run(ctx context.Context, paths []string) error {
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("load: %w", err) // before anything is written: most likely a slip of the pen
		}
	}
	readErr := read(ctx, paths, l.opts.Workers, l.take)
	if readErr == nil || ctx.Err() != nil {
		if err := l.flush(ctx); err != nil {
			return err
		}
	}
	if readErr != nil {
		return readErr
	}
	if err := l.settle(ctx); err != nil {
		return err
	}
	if err := l.store.Loaded(ctx, time.Now().UTC()); err != nil {
		return fmt.Errorf("noting the end of the load: %w", err)
	}
	return ctx.Err()
}

// writing returns the context for a call that changes the store: it outlives
// ctx, so that an interrupted load finishes what it is writing.
func writing(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
}
