package sqlite_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/memory"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/graph/storetest"
)

// room is more memory than any graph of these tests needs, in bytes.
const room = 1 << 28

// held is a store that has each state of its file in memory before it is asked.
type held struct{ *sqlite.Store }

func (h held) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	if err := h.Hold(ctx, room); err != nil {
		return nil, err
	}
	return h.Store.Ask(ctx, plan)
}

func (h held) Corpus(ctx context.Context) (*graph.Corpus, error) {
	if err := h.Hold(ctx, room); err != nil {
		return nil, err
	}
	return h.Store.Corpus(ctx)
}

func TestContractOutOfMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T) graph.Store {
		return held{openAt(t, filepath.Join(t.TempDir(), "cables.db"))}
	})
}

// cablesOf asks how many cables there are, and whether the answer came out of memory.
func cablesOf(t *testing.T, store graph.Reader) (total int, inMemory bool) {
	t.Helper()
	trace := &graph.Trace{}
	step := &graph.Step{Relation: graph.RootCables, Order: graph.RootCables.DefaultOrder(), Total: true}
	answers, err := store.Ask(graph.WithTrace(t.Context(), trace), &graph.Plan{Steps: []*graph.Step{step}})
	if err != nil {
		t.Fatal(err)
	}
	statements := trace.Statements()
	if len(statements) != 1 {
		t.Fatalf("%d statements, want 1: %v", len(statements), statements)
	}
	return answers[0].Total, statements[0].InMemory
}

func TestWhatIsHeldIsNeverOld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cables.db")
	store, other := openAt(t, path), openAt(t, path)
	records := storetest.MadeUp(1, 60)
	for i, half := range [][]graph.Record{records[:30], records[30:]} {
		before, _ := cablesOf(t, store)
		if err := other.Write(t.Context(), half); err != nil {
			t.Fatal(err)
		}
		now, inMemory := cablesOf(t, store)
		if now <= before || inMemory {
			t.Errorf("write %d: %d cables, in memory %t; there were %d before, and memory is old", i, now, inMemory, before)
		}
		if err := store.Hold(t.Context(), room); err != nil {
			t.Fatal(err)
		}
		if again, inMemory := cablesOf(t, store); again != now || !inMemory {
			t.Errorf("write %d: %d cables, in memory %t; the file has %d", i, again, inMemory, now)
		}
	}
	if err := storetest.SettleAll(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if _, inMemory := cablesOf(t, store); inMemory {
		t.Error("people were settled, and what is held is still asked")
	}
}

func TestAStoreThatIsBeingFilledIsNotHeld(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "cables.db"))
	for _, do := range []func() error{
		func() error { return store.Fill(t.Context()) },
		func() error { return store.Write(t.Context(), storetest.MadeUp(1, 20)) },
		func() error { return store.Hold(t.Context(), room) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	if _, inMemory := cablesOf(t, store); inMemory {
		t.Error("it is held")
	}
}

func TestHoldKeepsToItsLimit(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "cables.db"))
	if err := store.Write(t.Context(), storetest.MadeUp(1, 100)); err != nil {
		t.Fatal(err)
	}
	if err := store.Hold(t.Context(), 10_000); !errors.Is(err, memory.ErrTooLarge) {
		t.Errorf("Hold in 10,000 bytes: %v, want ErrTooLarge", err)
	}
}

// keeping runs KeepHeld until stop is called, which fails where it does not end.
func keeping(t *testing.T, store *sqlite.Store, limit int) (told <-chan sqlite.Holding, stop func()) {
	t.Helper()
	tell := make(chan sqlite.Holding, 100)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		store.KeepHeld(ctx, limit, func(h sqlite.Holding) { tell <- h })
	}()
	return tell, func() {
		cancel()
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			t.Error("KeepHeld goes on after its context has ended")
		}
	}
}

// soon fails where something is not so within a while.
func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within 20 s: %s", what)
		}
	}
}

func TestKeepHeldFollowsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cables.db")
	store, other := openAt(t, path), openAt(t, path)
	inMemory := func() bool {
		_, is := cablesOf(t, store)
		return is
	}
	told, stop := keeping(t, store, room)
	soon(t, "an empty store is held", inMemory)
	if err := other.Write(t.Context(), storetest.MadeUp(1, 50)); err != nil {
		t.Fatal(err)
	}
	if inMemory() {
		t.Error("what is held is asked though the file is newer")
	}
	soon(t, "the new cables are held", inMemory)
	if total, _ := cablesOf(t, store); total < 50 {
		t.Errorf("%d cables are held, want 50 or more", total)
	}
	if first, second := <-told, <-told; first.Cables != 0 || second.Cables < 50 || second.Bytes < 50*100 || second.Took <= 0 {
		t.Errorf("told %+v and %+v, want an empty graph and then one of 50 cables or more", first, second)
	}
	stop()
	if inMemory() {
		t.Error("it is still held after the end")
	}
}

func TestKeepHeldSaysThatItsLimitIsTooSmall(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "cables.db"))
	if err := store.Write(t.Context(), storetest.MadeUp(1, 100)); err != nil {
		t.Fatal(err)
	}
	told, stop := keeping(t, store, 10_000)
	defer stop()
	select {
	case h := <-told:
		if !errors.Is(h.Err, memory.ErrTooLarge) {
			t.Errorf("told %+v, want ErrTooLarge", h)
		}
	case <-time.After(20 * time.Second):
		t.Error("nothing was told within 20 s")
	}
}
