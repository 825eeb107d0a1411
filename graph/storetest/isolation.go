package storetest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// batches: a reader sees whole batches or nothing of them, while a writer is at work; the writer
// goes on until the readers have looked often enough, however fast it is.
func batches(t *testing.T, open opener) {
	store := open(t)
	const rounds, size, readers, enough = 12, 10, 3, 24
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var done atomic.Bool
	var looks atomic.Int64
	var group sync.WaitGroup
	for range readers {
		group.Go(func() {
			for !done.Load() {
				if err := whole(ctx, store, size); err != nil {
					t.Error(err)
					return
				}
				looks.Add(1)
			}
		})
	}
	for round := 0; ctx.Err() == nil && (round < rounds || looks.Load() < enough) && !t.Failed(); round++ {
		if err := store.Write(ctx, round10(round, size)); err != nil {
			t.Errorf("Write: %v", err)
		}
	}
	done.Store(true)
	group.Wait()
	if looks.Load() < enough {
		t.Errorf("readers got %d answers while the writer was at work, want %d", looks.Load(), enough)
	}
	if c := corpus(t, store); c.Published != size {
		t.Errorf("%d cables published, want %d", c.Published, size)
	}
}

// round10 is one state of the same few cables: all have the same subject, tag and date.
func round10(round, size int) []graph.Record {
	var records []graph.Record
	name := fmt.Sprintf("round%d", round)
	for i := range size {
		records = append(records, draft{
			reference: graph.Reference(fmt.Sprintf("09PARIS%d", i+1)), subject: name, from: &paris,
			created: fmt.Sprintf("2009-01-01 00:%02d", round%60),
			tags:    []graph.Tag{{Code: fmt.Sprintf("R%d", round), Kind: graph.TagUnknown}},
		}.record())
	}
	return records
}

// whole fails where one answer shows cables of two rounds, or fewer than all.
func whole(ctx context.Context, store graph.Reader, size int) error {
	step := list(graph.RootCables, list(graph.CableTags))
	answers, err := store.Ask(ctx, &graph.Plan{Steps: []*graph.Step{step}})
	if err != nil {
		return fmt.Errorf("Ask while another writes: %w", err)
	}
	edges := answers[0].Edges
	if len(edges) == 0 {
		return nil
	}
	if len(edges) != size || answers[0].Total != size {
		return fmt.Errorf("a reader saw %d cables and a total of %d of a batch of %d", len(edges), answers[0].Total, size)
	}
	for _, e := range edges {
		if e.Cable.Subject != edges[0].Cable.Subject || !e.Cable.Created.Equal(edges[0].Cable.Created) {
			return fmt.Errorf("a reader saw %q beside %q", e.Cable.Subject, edges[0].Cable.Subject)
		}
		tags := e.Cable.Answers
		if len(tags) != 1 || len(tags[0].Edges) != 1 || "round"+tags[0].Edges[0].Tag.Code[1:] != e.Cable.Subject {
			return fmt.Errorf("a reader saw %q with the tags %v", e.Cable.Subject, keysOf(tags[0]))
		}
	}
	return nil
}

// failing: a batch that is not written to its end is not written at all.
func failing(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records[:6])
	before := hash(t, store)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := store.Write(ctx, records); err == nil {
		t.Error("Write with a cancelled context is no error")
	}
	if after := hash(t, store); after != before {
		t.Error("Write with a cancelled context changed the graph")
	}
}

// closing: after Close nothing is answered and nothing written.
func closing(t *testing.T, open opener) {
	store := filled(t, open, World()[:1])
	if err := store.Close(within(t)); err != nil {
		t.Fatalf("Close: %v", err)
	}
	if err := store.Ready(within(t)); err == nil {
		t.Error("Ready after Close is no error")
	}
	if _, err := store.Ask(within(t), &graph.Plan{Steps: []*graph.Step{byKey(graph.RootTags)}}); err == nil {
		t.Error("Ask after Close is no error")
	}
	if err := store.Write(within(t), World()); err == nil {
		t.Error("Write after Close is no error")
	}
}

// tracing: who asks for it is shown what ran.
func tracing(t *testing.T, store graph.Reader) {
	trace := &graph.Trace{}
	step := list(graph.RootCables, list(graph.CableTags))
	if _, err := store.Ask(graph.WithTrace(within(t), trace), &graph.Plan{Steps: []*graph.Step{step}}); err != nil {
		t.Fatalf("Ask: %v", err)
	}
	statements := trace.Statements()
	if len(statements) == 0 {
		t.Fatal("no statement is noted")
	}
	for _, s := range statements {
		if s.Text == "" || s.Runs == 0 || s.Milliseconds <= 0 || !strings.Contains(s.Paste, s.Text) {
			t.Errorf("a statement without text, runs or time, or that can't be pasted: %+v", s)
		}
	}
}
