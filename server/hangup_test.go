package server

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/graph/storetest"
)

// heavyQuery takes a store seconds.
const heavyQuery = `{ people(first: 1000) { nodes { mentionedWith(first: 1000) { nodes { mentionedWith(first: 1000) { edges {
  cables(first: 100) { nodes { people(first: 1000) { nodes { name } } related(first: 100) { nodes { reference } } } } } } } } } } }`

// within is what is promised. Other work on the machine may delay an attempt; the median of some counts.
const (
	within   = 100 * time.Millisecond
	attempts = 5
)

// watched tells when the store begins and ends its work.
type watched struct {
	graph.Reader
	begun, ended chan time.Time
}

func (s *watched) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	s.begun <- time.Now()
	defer func() { s.ended <- time.Now() }()
	return s.Reader.Ask(ctx, plan)
}

func TestWhoHangsUpIsNotWorkedFor(t *testing.T) {
	inner, err := sqlite.Open(t.Context(), t.TempDir()+"/cables.db")
	if err != nil {
		t.Fatal(err)
	}
	store := &watched{inner, make(chan time.Time, 1), make(chan time.Time, 1)}
	t.Cleanup(func() {
		if err := inner.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	load(t, inner, storetest.MadeUp(9, 600)...)
	if err := storetest.SettleAll(t.Context(), inner); err != nil {
		t.Fatal(err)
	}
	cfg := Defaults()
	cfg.Limits.Cost = 1 << 41
	address, _, _ := running(t, store, cfg)
	for way, ask := range map[string]func(t *testing.T) (hangUp func()){
		"by POST": func(t *testing.T) func() { return posts(t, address, typeJSON) },
		"by SSE":  func(t *testing.T) func() { return posts(t, address, typeEvents) },
		"by WebSocket": func(t *testing.T) func() {
			conn := greeted(t, address)
			send(t, conn, `{"id":"1","type":"subscribe","payload":`+question(t, heavyQuery)+`}`)
			return func() { _ = conn.CloseNow() }
		},
		"by a word over the WebSocket": func(t *testing.T) func() {
			conn := greeted(t, address)
			send(t, conn, `{"id":"1","type":"subscribe","payload":`+question(t, heavyQuery)+`}`)
			return func() { _ = conn.Write(t.Context(), websocket.MessageText, []byte(`{"id":"1","type":"complete"}`)) }
		},
	} {
		t.Run(way, func(t *testing.T) {
			took := make([]time.Duration, attempts)
			for i := range took {
				hangUp := ask(t)
				wait(t, store.begun, "work of the store")
				select {
				case <-store.ended:
					t.Fatal("the question is too light: it has ended by itself")
				case <-time.After(200 * time.Millisecond):
				}
				start := time.Now()
				hangUp()
				took[i] = wait(t, store.ended, "end of the store's work").Sub(start)
			}
			slices.Sort(took)
			t.Logf("the store's work ended after %s", took)
			if took[attempts/2] > within {
				t.Errorf("the store worked on for %s", took)
			}
		})
	}
}

// posts sends the heavy question and returns what closes the connection.
func posts(t *testing.T, address, accept string) (hangUp func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, client := asking(ctx, t, address, accept, heavyQuery)
	go func() {
		if response, err := client.Do(r); err == nil {
			<-ctx.Done()
			_ = response.Body.Close()
		}
	}()
	return cancel
}
