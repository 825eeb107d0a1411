package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// soon is how long a store may go on after its caller has gone.
const soon = 3 * time.Second

// waits: a caller that has gone is not worked for.
func waits(t *testing.T, store graph.Reader) {
	calls := map[string]func(context.Context) error{
		"Ask":    func(ctx context.Context) error { _, err := store.Ask(ctx, heavy()); return err },
		"Corpus": func(ctx context.Context) error { _, err := store.Corpus(ctx); return err },
		"Walk": func(ctx context.Context) error {
			return store.Walk(ctx, func(graph.Element) error { return nil })
		},
		"Ties": func(ctx context.Context) error {
			_, err := store.Ties(ctx, nil, graph.LinkMentions, graph.LinkSentTo, graph.LinkTagged)
			return err
		},
		"Adjacent": func(ctx context.Context) error {
			_, err := store.Adjacent(ctx, &graph.Adjacent{Nodes: []graph.ID{"tag:PREL", "post:embassy-paris"}, Sides: graph.Sides(graph.LinkTypes), Limit: graph.MaxPage})
			return err
		},
	}
	for name, call := range calls {
		t.Run(name+" with a cancelled context gives context.Canceled", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if err := timed(ctx, t, call); !errors.Is(err, context.Canceled) {
				t.Errorf("%s = %v, want %v", name, err, context.Canceled)
			}
		})
		t.Run(name+" after the deadline gives ErrTimeout", func(t *testing.T) {
			ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
			defer cancel()
			if err := timed(ctx, t, call); !errors.Is(err, graph.ErrTimeout) && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s = %v, want %v", name, err, graph.ErrTimeout)
			}
		})
		t.Run(name+" ends soon after its context", func(t *testing.T) {
			for _, after := range []time.Duration{time.Millisecond, 10 * time.Millisecond, 50 * time.Millisecond} {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(after, cancel)
				if err := timed(ctx, t, call); err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("%s cancelled after %v = %v, want %v or an answer", name, after, err, context.Canceled)
				}
				cancel()
			}
		})
	}
	t.Run("the store is as good as new after all that", func(t *testing.T) {
		if err := store.Ready(within(t)); err != nil {
			t.Errorf("Ready: %v", err)
		}
		askStep(t, store, byKey(graph.RootTags))
	})
}

// timed fails the test where the call goes on long after its context.
func timed(ctx context.Context, t *testing.T, call func(context.Context) error) error {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- call(ctx) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(soon):
		t.Fatalf("the call goes on %v after its context", soon)
		return nil
	}
}

// heavy is a plan that takes a while: everything below everything.
func heavy() *graph.Plan {
	return &graph.Plan{Steps: []*graph.Step{list(graph.RootPeople, list(graph.PersonCables, list(graph.CablePeople, list(graph.PersonMentionedWith))))}}
}
