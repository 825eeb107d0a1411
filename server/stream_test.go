package server

import (
	"bufio"
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/graph/storetest"
)

// loading is a server over a file, and the same file as another process has it, who loads.
func loading(t *testing.T, change ...func(*Config)) (address string, stop func(), ended <-chan error, loads graph.Store) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cables.db")
	stores := make([]graph.Store, 2)
	for i := range stores {
		store, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		stores[i] = store
	}
	cfg := Defaults()
	for _, c := range change {
		c(&cfg)
	}
	address, stop, ended = running(t, stores[0], cfg)
	t.Cleanup(func() {
		stop()
		for _, store := range stores {
			if err := store.Close(context.Background()); err != nil {
				t.Error(err)
			}
		}
	})
	return address, stop, ended, stores[1]
}

func load(t *testing.T, store graph.Store, records ...graph.Record) {
	t.Helper()
	if err := store.Write(t.Context(), records); err != nil {
		t.Fatal(err)
	}
}

// drawn are the published cables of the drawn world, by reference.
func drawn(references ...graph.Reference) (records []graph.Record) {
	for _, reference := range references {
		for _, r := range storetest.World() {
			if r.Cable.Reference == reference {
				records = append(records, r)
			}
		}
	}
	return records
}

const (
	loadedQuery = `subscription { cableLoaded { reference } }`
	iranQuery   = `subscription { told: cableLoaded(where: { tags: { any: ["IR"] } }) { reference origin { name } tags(first: 1) { nodes { code } } } }`
)

// sse is a stream of server-sent events: {name, data} of each, {":", ""} of a comment.
type sse struct {
	response *http.Response
	events   chan [2]string
}

// asking is a request with a question, and a client with a connection of its own for it.
func asking(ctx context.Context, t *testing.T, address, accept, query string) (*http.Request, *http.Client) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+PathGraphQL, strings.NewReader(question(t, query)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", typeJSON)
	r.Header.Set("Accept", accept)
	return r, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}

func listen(t *testing.T, address, query string) *sse {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, client := asking(ctx, t, address, typeEvents, query)
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	s := &sse{response: response, events: make(chan [2]string)}
	go s.read(ctx)
	t.Cleanup(func() {
		s.hangUp()
		cancel()
		for range s.events { // until it is closed
		}
	})
	return s
}

func (s *sse) hangUp() { _ = s.response.Body.Close() }

func (s *sse) read(ctx context.Context) {
	defer close(s.events)
	var event [2]string
	for scanner := bufio.NewScanner(s.response.Body); scanner.Scan(); {
		name, value, _ := strings.Cut(scanner.Text(), ":")
		switch name {
		case "event":
			event[0] = strings.TrimSpace(value)
		case "data":
			event[1] = strings.TrimSpace(value)
		default:
			if scanner.Text() == ":" {
				event[0] = ":"
				continue
			}
			select {
			case s.events <- event:
			case <-ctx.Done():
				return
			}
			event = [2]string{}
		}
	}
}

// next returns the next event that is no comment; "" where the stream has ended.
func (s *sse) next(t *testing.T) (event, data string) {
	t.Helper()
	for event = ":"; event == ":"; {
		e := wait(t, s.events, "event")
		event, data = e[0], e[1]
	}
	return event, data
}

func (s *sse) expect(t *testing.T, event, data string) {
	t.Helper()
	if gotEvent, gotData := s.next(t); gotEvent != event || !strings.Contains(gotData, data) || data == "" && gotData != "" {
		t.Errorf("got the event %q: %s\nwant %q: %s", gotEvent, gotData, event, data)
	}
}

// connected waits for the comment that says that the server listens.
func (s *sse) connected(t *testing.T) {
	t.Helper()
	if e := wait(t, s.events, "comment"); e[0] != ":" {
		t.Fatalf("got %q, want a comment", e)
	}
}

func TestEvents(t *testing.T) {
	t.Run("a subscription tells each cable that comes, with what is selected", func(t *testing.T) {
		address, _, _, store := loading(t)
		load(t, store, drawn("09STATE11937")...)
		all, filtered := listen(t, address, loadedQuery), listen(t, address, iranQuery)
		all.connected(t)
		filtered.connected(t)
		load(t, store, drawn("09TELAVIV936", "09STATE12000")...)
		load(t, store, drawn("09STATE12000", "09STATE11937")...)
		load(t, store, drawn("09TELAVIV457")...)
		for _, want := range []string{"09STATE12000", "09TELAVIV936", "09TELAVIV457"} {
			all.expect(t, "next", `{"data":{"cableLoaded":{"reference":"`+want+`"}}}`)
		}
		filtered.expect(t, "next", `{"data":{"told":{"reference":"09STATE12000","origin":{"name":"Secretary of State"},"tags":{"nodes":[{"code":"IR"}]}}}}`)
		filtered.expect(t, "next", `"reference":"09TELAVIV457"`)
	})
	t.Run("a question is answered and complete", func(t *testing.T) {
		address, _, _, _ := loading(t)
		s := listen(t, address, corpusQuery)
		s.expect(t, "next", `{"data":{"corpus":{"cables":0}}}`)
		s.expect(t, "complete", "")
		s.expect(t, "", "")
	})
	t.Run("what is wrong is told as an event", func(t *testing.T) {
		address, _, _, _ := loading(t)
		for query, says := range map[string]string{
			`subscription { nothing }`:                                              "GRAPHQL_VALIDATION_FAILED",
			`subscription { __typename }`:                                           "GRAPHQL_VALIDATION_FAILED",
			`subscription { cableLoaded(where: {text: "\"a"}) { reference } }`:      "BAD_TEXT",
			`subscription { cableLoaded { reference } a: cableLoaded { subject } }`: "BAD_REQUEST",
		} {
			s := listen(t, address, query)
			s.expect(t, "next", says)
			s.expect(t, "complete", "")
		}
	})
	t.Run("a store that fails ends it with an error", func(t *testing.T) {
		fails := &failing{fakeStore: &fakeStore{}, fail: make(chan struct{})}
		address, stop, ended := running(t, fails, Defaults())
		s := listen(t, address, loadedQuery)
		s.connected(t)
		close(fails.fail)
		s.expect(t, "next", `"code":"UNAVAILABLE"`)
		s.expect(t, "complete", "")
		stop()
		wait(t, ended, "end")
	})
	t.Run("a subscription by POST alone is refused", func(t *testing.T) {
		if a := do(t, New(&fakeStore{}, Defaults()), post(question(t, loadedQuery))); a.code() != "STREAM_ONLY" {
			t.Errorf("%s", a.text)
		}
	})
	t.Run("one client may have so many", func(t *testing.T) {
		address, _, _, _ := loading(t, func(c *Config) { c.Subscriptions = 2 })
		first, second := listen(t, address, loadedQuery), listen(t, address, loadedQuery)
		first.connected(t)
		second.connected(t)
		if third := listen(t, address, loadedQuery); third.response.StatusCode != http.StatusTooManyRequests {
			t.Errorf("status %d of the third", third.response.StatusCode)
		}
		first.hangUp()
		for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
			if again := listen(t, address, loadedQuery); again.response.StatusCode == http.StatusOK {
				break
			}
			if time.Now().After(end) {
				t.Fatal("who has hung up still counts")
			}
		}
	})
	t.Run("one who does not read is in nobody's way", func(t *testing.T) {
		address, _, _, store := loading(t)
		listen(t, address, `subscription { cableLoaded { body header } }`).connected(t)
		reads := listen(t, address, loadedQuery)
		reads.connected(t)
		records := storetest.MadeUp(7, 400)
		for i := range records {
			records[i].Cable.Body += strings.Repeat("much ", 10_000)
			records[i].Seal()
		}
		load(t, store, records...)
		for range records {
			reads.expect(t, "next", `"reference"`)
		}
	})
	t.Run("a server that stops does not wait for it", func(t *testing.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		address, stop, ended, _ := loading(t)
		s := listen(t, address, loadedQuery)
		s.connected(t)
		start := time.Now()
		stop()
		s.expect(t, "", "")
		if err := wait(t, ended, "end"); err != nil || time.Since(start) > Defaults().Grace/2 {
			t.Errorf("Run: %v after %s", err, time.Since(start))
		}
	})
}

// failing is a store that can't be reached once fail is closed.
type failing struct {
	*fakeStore
	fail chan struct{}
}

func (s *failing) Latest(context.Context) (graph.Moment, error) { return graph.Moment{}, s.state() }

func (s *failing) Written(context.Context, graph.Moment, int) ([]graph.Moment, error) {
	return nil, s.state()
}

func (s *failing) state() error {
	select {
	case <-s.fail:
		return graph.ErrUnavailable
	default:
		return nil
	}
}

// TestNothingRunsWhereNobodySubscribes: the store is looked at while there are subscriptions, by one goroutine.
func TestNothingRunsWhereNobodySubscribes(t *testing.T) {
	store := &looked{fakeStore: &fakeStore{}}
	address, _, _ := running(t, store, Defaults())
	looks := func(d time.Duration) int32 {
		before := store.looks.Load()
		time.Sleep(d)
		return store.looks.Load() - before
	}
	if n := looks(700 * time.Millisecond); n != 0 {
		t.Errorf("%d looks before anybody subscribes", n)
	}
	streams := make([]*sse, 10)
	for i := range streams {
		streams[i] = listen(t, address, loadedQuery)
		streams[i].connected(t)
	}
	time.Sleep(100 * time.Millisecond)
	if n := looks(1100 * time.Millisecond); n < 1 || n > 3 {
		t.Errorf("%d looks in a second for ten subscriptions, want about two", n)
	}
	for _, s := range streams {
		s.hangUp()
	}
	time.Sleep(700 * time.Millisecond)
	if n := looks(700 * time.Millisecond); n != 0 {
		t.Errorf("%d looks after all have gone", n)
	}
}

type looked struct {
	*fakeStore
	looks atomic.Int32
}

func (s *looked) Latest(context.Context) (graph.Moment, error) {
	s.looks.Add(1)
	return graph.Moment{}, nil
}

// dial opens a WebSocket.
func dial(t *testing.T, address string, options *websocket.DialOptions) *websocket.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws://"+address+PathGraphQL, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return conn
}

var spoken = &websocket.DialOptions{Subprotocols: []string{subprotocol}}

func send(t *testing.T, conn *websocket.Conn, text string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := conn.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// receive returns the next message, or the code with which the connection was closed.
func receive(t *testing.T, conn *websocket.Conn) (string, websocket.StatusCode) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	_, text, err := conn.Read(ctx)
	return string(text), websocket.CloseStatus(err)
}

// greeted is a WebSocket that may ask.
func greeted(t *testing.T, address string) *websocket.Conn {
	t.Helper()
	conn := dial(t, address, spoken)
	send(t, conn, `{"type":"connection_init"}`)
	expectMessage(t, conn, `{"type":"connection_ack"}`)
	return conn
}

func expectMessage(t *testing.T, conn *websocket.Conn, want string) {
	t.Helper()
	if got, code := receive(t, conn); !strings.HasPrefix(got, want) {
		t.Errorf("got %s (closed with %d), want %s", got, code, want)
	}
}

func TestWebSocket(t *testing.T) {
	t.Run("questions and subscriptions side by side", func(t *testing.T) {
		address, _, _, store := loading(t)
		conn := greeted(t, address)
		send(t, conn, `{"type":"ping"}`)
		expectMessage(t, conn, `{"type":"pong"}`)
		send(t, conn, `{"id":"q","type":"subscribe","payload":{"query":"query($with: Boolean!) { corpus { cables @include(if: $with) } }","variables":{"with":true}}}`)
		expectMessage(t, conn, `{"id":"q","type":"next","payload":{"data":{"corpus":{"cables":0}}}}`)
		expectMessage(t, conn, `{"id":"q","type":"complete"}`)
		for _, id := range []string{"q", "s"} { // an id is free again once its answer is complete
			send(t, conn, `{"id":"`+id+`","type":"subscribe","payload":{"query":"subscription { cableLoaded { reference } }"}}`)
		}
		time.Sleep(300 * time.Millisecond) // there is no word for "I listen now"
		load(t, store, drawn("09STATE11937")...)
		got := map[string]bool{}
		for range 2 {
			text, _ := receive(t, conn)
			got[text] = true
		}
		for _, id := range []string{"q", "s"} {
			if want := `{"id":"` + id + `","type":"next","payload":{"data":{"cableLoaded":{"reference":"09STATE11937"}}}}`; !got[want] {
				t.Errorf("no %s in %v", want, got)
			}
		}
		send(t, conn, `{"id":"q","type":"complete"}`)
		send(t, conn, `{"id":"q","type":"subscribe","payload":{"query":"{ nothing }"}}`)
		expectMessage(t, conn, `{"id":"q","type":"error","payload":[{"message":"Cannot query field`)
		load(t, store, drawn("09STATE12000")...)
		expectMessage(t, conn, `{"id":"s","type":"next","payload":{"data":{"cableLoaded":{"reference":"09STATE12000"}}}}`)
	})
	t.Run("what breaks the protocol closes the connection", func(t *testing.T) {
		address, _, _, _ := loading(t)
		const init, ask = `{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":{"query":"subscription { cableLoaded { reference } }"}}`
		for name, test := range map[string]struct {
			messages []string
			code     websocket.StatusCode
		}{
			"no JSON":                 {[]string{"hello"}, 4400},
			"an unknown message":      {[]string{`{"type":"start"}`}, 4400},
			"a question without id":   {[]string{init, `{"type":"subscribe","payload":{"query":"{ corpus { cables } }"}}`}, 4400},
			"a question that is none": {[]string{init, `{"id":"1","type":"subscribe","payload":[]}`}, 4400},
			"a question too early":    {[]string{ask}, 4401},
			"two greetings":           {[]string{init, init}, 4429},
			"an id that is taken":     {[]string{init, ask, ask}, 4409},
			"a message too long":      {[]string{init, strings.Repeat(" ", 1<<20+1)}, websocket.StatusMessageTooBig},
			"no greeting":             {nil, 4408},
		} {
			t.Run(name, func(t *testing.T) {
				conn := dial(t, address, spoken)
				for _, m := range test.messages {
					send(t, conn, m)
				}
				var code websocket.StatusCode = -1
				for text := "more"; text != ""; {
					text, code = receive(t, conn)
				}
				if code != test.code {
					t.Errorf("closed with %d, want %d", code, test.code)
				}
			})
		}
		t.Run("another subprotocol", func(t *testing.T) {
			if _, code := receive(t, dial(t, address, nil)); code != websocket.StatusPolicyViolation {
				t.Errorf("closed with %d", code)
			}
		})
	})
	t.Run("pages of other origins may not ask", func(t *testing.T) {
		address, _, _, _ := loading(t, func(c *Config) { c.AllowOrigins = []string{"https://example.org"} })
		for origin, status := range map[string]int{"https://example.com": 403, "https://example.org": 101, "http://" + address: 101} {
			options := &websocket.DialOptions{Subprotocols: spoken.Subprotocols, HTTPHeader: http.Header{"Origin": {origin}}}
			conn, response, err := websocket.Dial(t.Context(), "ws://"+address+PathGraphQL, options)
			if response == nil || response.StatusCode != status {
				t.Errorf("%s: %v, want status %d", origin, err, status)
			}
			if conn != nil {
				_ = conn.CloseNow()
			}
		}
	})
	t.Run("its subscriptions count", func(t *testing.T) {
		address, _, _, _ := loading(t, func(c *Config) { c.Subscriptions = 2 })
		conn := greeted(t, address)
		for _, id := range []string{"1", "2"} {
			send(t, conn, `{"id":"`+id+`","type":"subscribe","payload":{"query":"subscription { cableLoaded { reference } }"}}`)
		}
		expectMessage(t, conn, `{"id":"2","type":"error","payload":[{"message":"one client may have 2 subscriptions`)
	})
	t.Run("a server that stops says so, and leaves nothing behind", func(t *testing.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		address, stop, ended, _ := loading(t)
		conn := greeted(t, address)
		send(t, conn, `{"id":"1","type":"subscribe","payload":{"query":"subscription { cableLoaded { reference } }"}}`)
		stop()
		if _, code := receive(t, conn); code != websocket.StatusGoingAway {
			t.Errorf("closed with %d", code)
		}
		wait(t, ended, "end")
	})
}
