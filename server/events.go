package server

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	// keepAlive is how often a stream shows that it lives, where nothing else comes.
	keepAlive = 15 * time.Second
	// eventWithin is how long a client may take to read one event; then it counts as gone.
	eventWithin = 10 * time.Second
	// allStreams bounds the streams of all clients together.
	allStreams = 1000
)

// events answers a question as server-sent events, in the "distinct connections
// mode" of GraphQL over SSE: an event `next` for each response, `complete` after the last.
func (e *endpoint) events(w http.ResponseWriter, r *http.Request, question *Question) {
	free, ok := e.slots.take(r)
	if !ok {
		respond(w, typeJSON, http.StatusTooManyRequests, tooMany(e.slots.perClient).response())
		return
	}
	defer free()
	ctx, cancel := untilStop(r.Context())
	// Before the first byte goes out: who sees that has missed nothing from then on.
	next, _ := e.engine.Stream(ctx, question)
	responses := make(chan *Response)
	var asking sync.WaitGroup
	defer asking.Wait()
	defer cancel()
	asking.Go(func() {
		defer close(responses)
		defer e.survive(r)
		for response := next(); response != nil; response = next() {
			select {
			case responses <- response:
			case <-ctx.Done():
				return
			}
		}
	})
	h := w.Header()
	h.Set("Content-Type", typeEvents+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would keep events until it has enough of them
	_ = writeEvents(ctx, w, responses)
}

// writeEvents writes responses until there are no more, the context ends, or the client is gone.
func writeEvents(ctx context.Context, w http.ResponseWriter, responses <-chan *Response) error {
	alive := time.NewTicker(keepAlive)
	defer alive.Stop()
	control := http.NewResponseController(w)
	text := ":\n\n" // a comment, so that the client sees at once that it is connected
	for last := false; ; {
		// A writer that can't set deadlines has none that could pass.
		_ = control.SetWriteDeadline(time.Now().Add(eventWithin))
		if _, err := w.Write([]byte(text)); err != nil {
			return err
		}
		if err := control.Flush(); err != nil || last {
			return err
		}
		select {
		case response, more := <-responses:
			if last = !more; last {
				if err := ctx.Err(); err != nil {
					return err // cut off: what is told no more is not complete
				}
				text = "event: complete\ndata:\n\n"
				break
			}
			data, err := response.text()
			if err != nil {
				return err
			}
			text = fmt.Sprintf("event: next\ndata: %s\n\n", data)
		case <-alive.C:
			text = ":\n\n"
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// slots count what clients have open.
type slots struct {
	perClient int

	mu    sync.Mutex
	taken map[string]int // client's address → how many
	all   int
}

// take counts one more, which free gives back; false where there are enough.
func (s *slots) take(r *http.Request) (free func(), ok bool) {
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = r.RemoteAddr
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[client] >= s.perClient || s.all >= allStreams {
		return nil, false
	}
	if s.taken == nil {
		s.taken = map[string]int{}
	}
	s.taken[client]++
	s.all++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all--
		if s.taken[client]--; s.taken[client] == 0 {
			delete(s.taken, client)
		}
	}, true
}

func tooMany(perClient int) *refusedError {
	return refusal(http.StatusTooManyRequests, "TOO_MANY_SUBSCRIPTIONS",
		"one client may have %d subscriptions at once, all together %d; end one first", perClient, allStreams)
}
