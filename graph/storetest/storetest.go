// Package storetest says what "a store" means: Run puts a graph.Store through
// every promise of the contract, one file for each. It brings a drawn little
// World, a MadeUp one of any size, and the Oracle: a graph.Reader by brute
// force, whose answers are right by definition. It knows no store.
package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// opener opens an empty store for the test, and closes it when the test ends.
type opener func(t *testing.T) graph.Store

// Run holds the store that open gives against every promise. Open is called
// often, by one test at a time and never while another test's store is open; it
// returns an empty store each time and closes it when its test ends (also one that
// is closed already).
func Run(t *testing.T, open func(t *testing.T) graph.Store) {
	t.Run("reading the drawn world", func(t *testing.T) { readWorld(t, open) })
	t.Run("reading a made-up world", func(t *testing.T) { readMadeUp(t, open) })
	t.Run("the words of running texts", func(t *testing.T) { runningTexts(t, open) })
	t.Run("scores", func(t *testing.T) { scores(t, open) })
	t.Run("writing", func(t *testing.T) { writing(t, open) })
	t.Run("replacing", func(t *testing.T) { replacing(t, open) })
	t.Run("settling", func(t *testing.T) { settling(t, open) })
	t.Run("filling", func(t *testing.T) { filling(t, open) })
	t.Run("what was written is told once", func(t *testing.T) { told(t, open) })
	t.Run("a cable is found by the id of each of its documents", func(t *testing.T) { aliases(t, open) })
	t.Run("the same cables make the same graph", func(t *testing.T) { same(t, open) })
	t.Run("a reader sees whole batches", func(t *testing.T) { batches(t, open) })
	t.Run("a batch is written wholly or not at all", func(t *testing.T) { failing(t, open) })
	t.Run("after Close all calls fail", func(t *testing.T) { closing(t, open) })
}

// patience bounds each single test's waits for the store.
const patience = 2 * time.Minute

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// filled opens a store with the records, settled.
func filled(t *testing.T, open opener, records []graph.Record) graph.Store {
	t.Helper()
	store := open(t)
	write(t, store, records)
	settle(t, store)
	return store
}

func write(t *testing.T, store graph.Writer, records []graph.Record) {
	t.Helper()
	for len(records) > 0 {
		n := min(100, len(records))
		if err := store.Write(within(t), records[:n]); err != nil {
			t.Fatalf("Write: %v", err)
		}
		records = records[n:]
	}
}

func settle(t *testing.T, store graph.Writer) {
	t.Helper()
	if err := SettleAll(within(t), store); err != nil {
		t.Fatalf("SettleAll: %v", err)
	}
}

func hash(t *testing.T, r graph.Reader) string {
	t.Helper()
	h, err := graph.Hash(within(t), r)
	if err != nil {
		t.Fatalf("Hash: %v", err)
	}
	return h
}
