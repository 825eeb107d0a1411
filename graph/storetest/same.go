package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// same: the same cables make the same graph, in whatever order, batches and hands they come.
func same(t *testing.T, open opener) {
	records := MadeUp(7, 50)
	oracle := Settled(records)
	want := hash(t, oracle)
	half := len(records) / 2
	a, b := records[:half], records[half:]
	backward := slices.Clone(records)
	slices.Reverse(backward)
	for _, way := range []struct {
		name string
		load func(t *testing.T, store graph.Store)
	}{
		{"one half, then the other", func(t *testing.T, store graph.Store) { write(t, store, a); write(t, store, b) }},
		{"the other half first", func(t *testing.T, store graph.Store) { write(t, store, b); write(t, store, a) }},
		{"backward, one by one", func(t *testing.T, store graph.Store) {
			for _, r := range backward {
				write(t, store, []graph.Record{r})
			}
		}},
		{"settled in between", func(t *testing.T, store graph.Store) {
			for part := range slices.Chunk(backward, 11) {
				write(t, store, part)
				settle(t, store)
			}
		}},
		{"both halves at once, each hand settling too", func(t *testing.T, store graph.Store) { atOnce(t, store, a, b) }},
		{"the same cables at once from four hands", func(t *testing.T, store graph.Store) { atOnce(t, store, a, records, backward, b) }},
	} {
		t.Run(way.name, func(t *testing.T) {
			store := open(t)
			way.load(t, store)
			settle(t, store)
			if got := hash(t, store); got != want {
				t.Errorf("Hash = %s, want %s", got, want)
				checkGraph(t, store, oracle)
			}
			checkCorpus(t, store, oracle)
		})
	}
}

// atOnce writes each list in a goroutine of its own, in batches of seven, settling now and then.
func atOnce(t *testing.T, store graph.Store, lists ...[]graph.Record) {
	t.Helper()
	var group sync.WaitGroup
	for _, records := range lists {
		group.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			i := 0
			for part := range slices.Chunk(records, 7) {
				if err := patiently(func() error { return store.Write(ctx, part) }); err != nil {
					t.Errorf("Write: %v", err)
				}
				if i++; i%3 == 0 {
					if err := patiently(func() error { return SettleAll(ctx, store) }); err != nil {
						t.Errorf("SettleAll: %v", err)
					}
				}
			}
		})
	}
	group.Wait()
}

// patiently tries again where another writer held the store for too long.
func patiently(do func() error) error {
	var err error
	for range 20 {
		if err = do(); !errors.Is(err, graph.ErrConflict) {
			return err
		}
	}
	return err
}
