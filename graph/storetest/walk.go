package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cablegraph/cablegraph/graph"
)

// elements walks the reader and returns what it yields as sorted lines of JSON.
func elements(t *testing.T, r graph.Reader) []string {
	t.Helper()
	var lines []string
	links := false
	err := r.Walk(within(t), func(e graph.Element) error {
		if e.Link == nil && links {
			t.Errorf("a node after an edge: %s", inJSON(e))
		}
		links = e.Link != nil
		line, err := json.Marshal(e)
		lines = append(lines, string(line))
		return err
	})
	if err != nil {
		t.Fatalf("Walk: %v", err)
	}
	slices.Sort(lines)
	return lines
}

// checkGraph fails the test where the two have not the very same nodes and edges.
func checkGraph(t *testing.T, store, oracle graph.Reader) {
	t.Helper()
	if diff := gocmp.Diff(elements(t, oracle), elements(t, store)); diff != "" {
		t.Errorf("the graph is not the oracle's (-oracle +store):\n%s", diff)
	}
}

// walks: Walk hands out the graph, Corpus counts it.
func walks(t *testing.T, store, oracle graph.Reader) {
	t.Run("each node and edge once, nodes first", func(t *testing.T) { checkGraph(t, store, oracle) })
	t.Run("equal graphs have equal hashes", func(t *testing.T) {
		if got, want := hash(t, store), hash(t, oracle); got != want {
			t.Errorf("Hash = %s, want %s", got, want)
		}
	})
	t.Run("it stops at the first error, and returns that", func(t *testing.T) {
		enough, visits := errors.New("enough"), 0
		err := store.Walk(within(t), func(graph.Element) error {
			if visits++; visits == 5 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || err.Error() != enough.Error() || visits != 5 {
			t.Errorf("Walk = %v after %d visits, want %v after 5", err, visits, enough)
		}
	})
	t.Run("what is visited is one's own to keep", func(t *testing.T) {
		var kept []graph.Element
		if err := store.Walk(within(t), func(e graph.Element) error { kept = append(kept, e); return nil }); err != nil {
			t.Fatalf("Walk: %v", err)
		}
		var lines []string
		for _, e := range kept {
			lines = append(lines, inJSON(e))
		}
		slices.Sort(lines)
		if diff := gocmp.Diff(elements(t, oracle), lines); diff != "" {
			t.Errorf("kept elements are not the graph (-oracle +kept):\n%s", diff)
		}
	})
	t.Run("the corpus is counted", func(t *testing.T) { checkCorpus(t, store, oracle) })
	t.Run("the store says who it is", func(t *testing.T) {
		if c := corpus(t, store); c.Backend == "" {
			t.Error("Corpus.Backend is empty")
		}
	})
	t.Run("the store is ready", func(t *testing.T) {
		if err := store.Ready(within(t)); err != nil {
			t.Errorf("Ready: %v", err)
		}
	})
}

func corpus(t *testing.T, r graph.Reader) *graph.Corpus {
	t.Helper()
	c, err := r.Corpus(within(t))
	if err != nil {
		t.Fatalf("Corpus: %v", err)
	}
	return c
}

func checkCorpus(t *testing.T, store, oracle graph.Reader) {
	t.Helper()
	if diff := gocmp.Diff(corpus(t, oracle), corpus(t, store), cmpopts.EquateEmpty(), cmpopts.IgnoreFields(graph.Corpus{}, "Backend")); diff != "" {
		t.Errorf("the corpus is not the oracle's (-oracle +store):\n%s", diff)
	}
}

// loaded: the end of a load is noted, and Corpus says the last one.
func loaded(t *testing.T, open opener) {
	store := open(t)
	if c := corpus(t, store); !c.LoadedAt.IsZero() {
		t.Errorf("LoadedAt = %v before any load", c.LoadedAt)
	}
	for _, at := range []time.Time{moment("2026-11-23 05:00"), moment("2026-11-24 06:30")} {
		if err := store.Loaded(within(t), at); err != nil {
			t.Fatalf("Loaded: %v", err)
		}
		if c := corpus(t, store); !c.LoadedAt.Equal(at) {
			t.Errorf("LoadedAt = %v, want %v", c.LoadedAt, at)
		}
	}
}
