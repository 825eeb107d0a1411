package neo4j_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

// endless takes the server far longer than the test: everything below everything.
func endless() *graph.Plan {
	list := func(r graph.Relation, below ...*graph.Step) *graph.Step {
		return &graph.Step{Path: []string{"x"}, Relation: r, Order: r.DefaultOrder(), Page: graph.Page{Size: 1000}, Rows: true, Steps: below}
	}
	deep := list(graph.PersonMentionedWith)
	for range 4 {
		deep = list(graph.PersonMentionedWith, list(graph.SharedCables, list(graph.CablePeople, deep)))
	}
	return &graph.Plan{Steps: []*graph.Step{list(graph.RootPeople, deep)}}
}

const runningOf = `SHOW TRANSACTIONS YIELD currentQuery, status
WHERE currentQuery CONTAINS "a0, coalesce(gate.version, 0)" AND NOT currentQuery STARTS WITH "SHOW"
RETURN status`

// within is what is promised. Other work on the machine may delay an attempt; the median of some counts.
const (
	within   = 100 * time.Millisecond
	attempts = 5
)

func TestWhoHangsUpIsNotWorkedFor(t *testing.T) {
	store, session := filled(t)
	took := make([]time.Duration, attempts)
	for i := range took {
		took[i] = hangUp(t, store, session)
	}
	slices.Sort(took)
	if took[attempts/2] > within {
		t.Errorf("the server worked on for %s", took)
	}
}

// hangUp returns how long the server works on once the caller of a question has gone.
func hangUp(t *testing.T, store graph.Reader, session driver.SessionWithContext) time.Duration {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := store.Ask(ctx, endless())
		ended <- err
	}()
	waitUntil(t, session, true)
	select {
	case err := <-ended:
		t.Fatalf("the question ended by itself: %v", err)
	case <-time.After(time.Second): // it has planned by then, and is at work
	}
	start := time.Now()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Ask = %v, want %v", err, context.Canceled)
	}
	took := waitUntil(t, session, false).Sub(start)
	t.Logf("the server's work ended after %s", took)
	return took
}

// waitUntil looks until the question is at work, or is no more, and returns when it began the look that told so.
func waitUntil(t *testing.T, session driver.SessionWithContext, running bool) time.Time {
	t.Helper()
	for start := time.Now(); ; time.Sleep(2 * time.Millisecond) {
		look := time.Now()
		result, err := session.Run(t.Context(), runningOf, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := result.Collect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if (len(rows) > 0) == running {
			return look
		}
		if time.Since(start) > 30*time.Second {
			t.Fatalf("a transaction is running: %v, want %v", !running, running)
		}
	}
}
