package storetest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cablegraph/cablegraph/graph"
)

// Latest returns the moment of the cable that was written last: an oracle was written at once.
func (o *Oracle) Latest(ctx context.Context) (graph.Moment, error) {
	moments, err := o.Written(ctx, graph.Moment{}, len(o.cables))
	if len(moments) == 0 {
		return graph.Moment{}, err
	}
	return moments[len(moments)-1], err
}

// Written returns the cables that were written after a moment.
func (o *Oracle) Written(ctx context.Context, after graph.Moment, limit int) (moments []graph.Moment, err error) {
	for _, n := range o.cables {
		m := graph.Moment{Generation: 1, Cable: n.Cable.Reference}
		if n.Cable.Published && later(m, after) > 0 && len(moments) < limit {
			moments = append(moments, m)
		}
	}
	return moments, ctx.Err()
}

func later(a, b graph.Moment) int {
	return cmp.Or(cmp.Compare(a.Generation, b.Generation), cmp.Compare(a.Cable, b.Cable))
}

// watcher asks a store again and again for what was written since.
type watcher struct {
	store graph.Reader
	at    graph.Moment
}

// news returns what was written since the last call, and fails the test where moments do not go on.
func (w *watcher) news(t *testing.T, limit int) (told []graph.Reference) {
	t.Helper()
	for {
		moments, err := w.store.Written(within(t), w.at, limit)
		if err != nil {
			t.Fatalf("Written: %v", err)
		}
		for _, m := range moments {
			if later(m, w.at) <= 0 {
				t.Fatalf("%v is told after %v", m, w.at)
			}
			w.at = m
			told = append(told, m.Cable)
		}
		if len(moments) < limit {
			return told
		}
	}
}

func (w *watcher) check(t *testing.T, what string, limit int, want ...graph.Reference) {
	t.Helper()
	if diff := gocmp.Diff(want, w.news(t, limit), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
	if at, err := w.store.Latest(within(t)); err != nil || at != w.at {
		t.Errorf("%s: Latest = %v, %v; want %v", what, at, err, w.at)
	}
}

// told: who watches a store sees each text that comes, once.
func told(t *testing.T, open opener) {
	t.Run("new and changed texts, not the same again", func(t *testing.T) { toldChanges(t, open) })
	t.Run("also while a store is filled", func(t *testing.T) { toldFilling(t, open) })
	t.Run("while two write at once", func(t *testing.T) { toldMeanwhile(t, open) })
}

func toldChanges(t *testing.T, open opener) {
	store := open(t)
	a := draft{reference: "09PARIS1", subject: "a", from: &paris, cites: []graph.Citation{cite("A", "09PARIS3", "09 PARIS 3")}}
	b := draft{reference: "09PARIS2", subject: "b", from: &paris}
	c := draft{reference: "09PARIS3", subject: "c", from: &paris}
	w := &watcher{store: store}
	w.check(t, "nothing", 10)
	write(t, store, []graph.Record{b.record(), a.record()})
	w.check(t, "two cables, not the one that is only referred to", 10, "09PARIS1", "09PARIS2")
	write(t, store, []graph.Record{a.record(), b.record()})
	w.check(t, "the same again", 10)
	a.subject = "another"
	write(t, store, []graph.Record{b.record(), a.record(), c.record()})
	w.check(t, "one changed, one new", 1, "09PARIS1", "09PARIS3")
	settle(t, store)
	err := store.AddSources(within(t), map[graph.Reference][]graph.Source{"09PARIS1": {source("other")}})
	if err == nil {
		err = store.Loaded(within(t), time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	w.check(t, "people, sources and the end of a load", 10)
	all := &watcher{store: store}
	all.check(t, "from the beginning: each once, when it was written last", 2, "09PARIS2", "09PARIS1", "09PARIS3")
}

func toldFilling(t *testing.T, open opener) {
	store, w := open(t), &watcher{}
	w.store = store
	if err := store.Fill(within(t)); err != nil {
		t.Fatal(err)
	}
	records := MadeUp(4, 30)
	for part := range slices.Chunk(records, 10) {
		write(t, store, part)
		w.check(t, "a batch", 4, referencesOf(part)...)
	}
	write(t, store, records[5:15])
	w.check(t, "the same again", 4)
	settle(t, store)
	if err := store.Loaded(within(t), time.Now()); err != nil {
		t.Fatal(err)
	}
	w.check(t, "the end of the filling", 4)
}

func referencesOf(records []graph.Record) (references []graph.Reference) {
	for i := range records {
		references = append(references, records[i].Cable.Reference)
	}
	slices.Sort(references)
	return references
}

func toldMeanwhile(t *testing.T, open opener) {
	store := open(t)
	records := MadeUp(5, 200)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var writers sync.WaitGroup
	for _, half := range [][]graph.Record{records[:100], records[100:]} {
		writers.Go(func() {
			for part := range slices.Chunk(half, 10) {
				if err := store.Write(ctx, part); err != nil {
					t.Errorf("Write: %v", err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { writers.Wait(); close(done) }()
	w := &watcher{store: store}
	var got []graph.Reference
	for last := false; !last; {
		select {
		case <-done:
			last = true
		default:
		}
		got = append(got, w.news(t, 7)...)
	}
	slices.Sort(got)
	if diff := gocmp.Diff(referencesOf(records), got); diff != "" {
		t.Errorf("who watches two writers saw (-want +got):\n%s", diff)
	}
}
