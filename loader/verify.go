package loader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/people"
)

// VerifyOptions are the settings of Verify. The zero value is good for use.
type VerifyOptions struct {
	// Progress is told what is at work, one line for each part. Nil for silence.
	Progress io.Writer
	// Workers is how many documents are parsed at once; one for each processor where it is 0.
	Workers int
	// Complete makes a failure of each published cable that no document given is about.
	Complete bool
	// Stdin is what the path Stdin stands for.
	Stdin io.Reader
}

// ErrUnsteady is returned where a writer changed the store while it was verified:
// what was found then is of no one state of the graph.
var ErrUnsteady = errors.New("the store was written to while it was verified")

// Verify checks a store against its own rules, and where there are paths,
// against the documents below them. What does not hold is in the Verification;
// errors are those of the store, of a path that can't be opened, of ctx, and
// ErrUnsteady. Nothing is changed.
//
// It keeps of every node its key and of every mention 28 bytes, and the texts
// of one batch of cables. It starts goroutines where there are paths, and ends them all.
func Verify(ctx context.Context, store graph.Store, paths []string, opts VerifyOptions) (*Verification, error) {
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	start := time.Now()
	v := &verifier{store: store, opts: opts, found: newVerification(len(paths) > 0, opts.Complete)}
	err := v.run(ctx, paths)
	v.found.Elapsed = time.Since(start)
	return v.found, err
}

// verifier is the state of one Verify.
type verifier struct {
	store graph.Store
	opts  VerifyOptions
	kept  *kept
	found *Verification

	correct *people.Corrections // that the store has
}

func (v *verifier) run(ctx context.Context, paths []string) error {
	if err := here(paths); err != nil {
		return err
	}
	before, err := v.generation(ctx)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name  string
		check func(context.Context) error
	}{
		{"nodes and edges", v.graph},
		{"texts", v.texts},
		{"people", v.people},
		{"documents", func(ctx context.Context) error { return v.documents(ctx, paths) }},
	} {
		v.say("verifying %s", part.name)
		if err := part.check(ctx); err != nil {
			return fmt.Errorf("verifying %s: %w", part.name, err)
		}
	}
	after, err := v.generation(ctx)
	if err == nil && after != before {
		err = ErrUnsteady
	}
	return err
}

// generation counts the writes that the store has seen.
func (v *verifier) generation(ctx context.Context) (graph.Generation, error) {
	_, generation, err := v.store.Namings(ctx, []string{})
	return generation, err
}

func (v *verifier) say(format string, args ...any) {
	if v.opts.Progress != nil {
		fmt.Fprintf(v.opts.Progress, format+"\n", args...)
	}
}

// graph walks the store and judges what that shows.
func (v *verifier) graph(ctx context.Context) error {
	corpus, err := v.store.Corpus(ctx)
	if err != nil {
		return err
	}
	v.kept = newKept(corpus)
	w := walked{kept: v.kept, found: v.found}
	if err := v.store.Walk(ctx, w.visit); err != nil {
		return err
	}
	v.kept.sort()
	w.judge()
	w.compare(corpus)
	return nil
}
