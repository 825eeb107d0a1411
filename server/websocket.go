package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// subprotocol is how a WebSocket speaks here
// (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md).
const subprotocol = "graphql-transport-ws"

// initWithin is how long a client may take to say connection_init.
const initWithin = 5 * time.Second

// The protocol's reasons to close a connection.
const (
	closeBadMessage   websocket.StatusCode = 4400
	closeUnauthorized websocket.StatusCode = 4401
	closeSlowInit     websocket.StatusCode = 4408
	closeSameID       websocket.StatusCode = 4409
	closeTooManyInits websocket.StatusCode = 4429
)

// message is one of the protocol's messages, in either direction.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

func websocketWanted(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// webSocket answers the questions that come over one WebSocket.
func (e *endpoint) webSocket(w http.ResponseWriter, r *http.Request) {
	// A browser asks nobody before it opens a WebSocket for a page of another origin.
	if !originAllowed(e.origins, r) {
		respond(w, typeJSON, http.StatusForbidden, refusal(http.StatusForbidden, "WRONG_ORIGIN",
			"pages of %s may not ask here; serve --allow-origin adds an origin", r.Header.Get("Origin")).response())
		return
	}
	free, ok := e.slots.take(r)
	if !ok {
		respond(w, typeJSON, http.StatusTooManyRequests, tooMany(e.slots.perClient).response())
		return
	}
	defer free()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{subprotocol}, InsecureSkipVerify: true})
	if err != nil {
		return // it has been answered
	}
	ctx, cancel := untilStop(r.Context())
	s := &socket{endpoint: e, request: r, conn: conn, running: map[string]*answering{}}
	conn.SetReadLimit(e.maxBody)
	if conn.Subprotocol() != subprotocol {
		s.close(websocket.StatusPolicyViolation, "speak "+subprotocol)
	} else {
		s.serve(ctx)
	}
	cancel()
	s.answers.Wait()
}

func originAllowed(allowed []string, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || slices.Contains(allowed, "*") || slices.Contains(allowed, origin) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}

// socket is one connection.
type socket struct {
	*endpoint
	request *http.Request
	conn    *websocket.Conn
	answers sync.WaitGroup

	mu      sync.Mutex
	running map[string]*answering // id → its answer
}

// answering is an answer that is under way.
type answering struct{ cancel context.CancelFunc }

// close ends the connection; what it could say is that it has ended.
func (s *socket) close(code websocket.StatusCode, reason string) { _ = s.conn.Close(code, reason) }

// serve reads messages until the connection or ctx ends.
func (s *socket) serve(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// A read that its context ends closes the connection without a word.
	farewell := context.AfterFunc(ctx, func() { s.close(websocket.StatusGoingAway, "the server stops") })
	defer farewell()
	late := time.AfterFunc(initWithin, func() { s.close(closeSlowInit, "Connection initialisation timeout") })
	defer late.Stop()
	begun := false
	for {
		m, err := s.read()
		switch {
		case errors.Is(err, errBadMessage):
			s.close(closeBadMessage, invalid)
			return
		case err != nil:
			farewell() // it is over already
			return
		case m.Type == "connection_init" && begun:
			s.close(closeTooManyInits, "Too many initialisation requests")
			return
		case m.Type == "connection_init":
			late.Stop()
			begun = true
			s.answers.Go(func() { s.keepAlive(ctx) })
			s.write(ctx, message{Type: "connection_ack"})
		case m.Type == "ping":
			s.write(ctx, message{Type: "pong"})
		case m.Type == "pong":
		case m.Type == "complete":
			s.complete(m.ID)
		case !begun:
			s.close(closeUnauthorized, "Unauthorized")
			return
		case !s.subscribe(ctx, m):
			return
		}
	}
}

var errBadMessage = errors.New("no message of the protocol")

// invalid is how the protocol says it.
const invalid = "Invalid message received"

func (s *socket) read() (m message, err error) {
	kind, text, err := s.conn.Read(context.Background()) // ends with the connection, which keepAlive watches
	if err != nil {
		return m, err
	}
	known := []string{"connection_init", "ping", "pong", "subscribe", "complete"}
	if kind != websocket.MessageText || json.Unmarshal(text, &m) != nil || !slices.Contains(known, m.Type) {
		return m, errBadMessage
	}
	return m, nil
}

// write sends a message, if ctx has not ended: a connection is closed without a word by
// a write that its context ends, or that it can't take.
func (s *socket) write(ctx context.Context, m message) {
	text, err := json.Marshal(m)
	if err != nil {
		panic(err) // its payload is JSON already
	}
	if ctx.Err() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), eventWithin)
	defer cancel()
	_ = s.conn.Write(ctx, websocket.MessageText, text)
}

// keepAlive asks from time to time whether the client is still there, and ends the connection where it is not.
func (s *socket) keepAlive(ctx context.Context) {
	alive := time.NewTicker(keepAlive)
	defer alive.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-alive.C:
		}
		waiting, cancel := context.WithTimeout(ctx, eventWithin)
		err := s.conn.Ping(waiting)
		cancel()
		if err != nil && ctx.Err() == nil {
			_ = s.conn.CloseNow()
			return
		}
	}
}

// subscribe begins to answer a question; false where the connection has ended over it.
func (s *socket) subscribe(parent context.Context, m message) bool {
	var b body
	if refused := decode("the payload", m.Payload, &b); refused != nil || m.ID == "" {
		s.close(closeBadMessage, invalid)
		return false
	}
	question := b.question()
	question.Headers = s.request.Header
	ctx, cancel := context.WithCancel(parent)
	end, ok := s.begin(m.ID, cancel)
	if !ok {
		cancel()
		s.close(closeSameID, "Subscriber for "+m.ID[:min(len(m.ID), 64)]+" already exists")
		return false
	}
	free, ok := s.slots.take(s.request)
	if !ok {
		end()
		s.write(parent, message{ID: m.ID, Type: "error", Payload: errorsOf(tooMany(s.slots.perClient).response())})
		return true
	}
	s.answers.Go(func() {
		defer s.survive(s.request)
		defer free()
		defer end()
		last := s.answer(ctx, m.ID, question)
		if ctx.Err() == nil { // else the client has said itself that this is over
			end() // before the client knows and takes the id again
			s.write(parent, last)
		}
	})
	return true
}

// answer sends the responses to a question, until ctx ends, and returns the message that comes after them.
func (s *socket) answer(ctx context.Context, id string, question *Question) (last message) {
	next, executed := s.engine.Stream(ctx, question)
	for response := next(); response != nil; response = next() {
		if !executed {
			return message{ID: id, Type: "error", Payload: errorsOf(response)}
		}
		payload, err := response.text()
		if err != nil {
			panic(err) // what resolvers left behind is no JSON
		}
		s.write(ctx, message{ID: id, Type: "next", Payload: payload})
	}
	return message{ID: id, Type: "complete"}
}

func errorsOf(r *Response) json.RawMessage {
	text, err := json.Marshal(append(gqlerror.List{}, r.Errors...))
	if err != nil {
		panic(err)
	}
	return text
}

// begin notes an answer; false where there is one with the id. What it returns ends this answer, and no later one.
func (s *socket) begin(id string, cancel context.CancelFunc) (end func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[id] != nil {
		return nil, false
	}
	r := &answering{cancel}
	s.running[id] = r
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		r.cancel()
		if s.running[id] == r {
			delete(s.running, id)
		}
	}, true
}

// complete ends the answer with the id, where there is one.
func (s *socket) complete(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.running[id]; r != nil {
		r.cancel()
		delete(s.running, id)
	}
}
