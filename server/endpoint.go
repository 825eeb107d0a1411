package server

import (
	"encoding/json"
	"log/slog"
	"mime"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"
	typeEvents   = "text/event-stream"

	allowedMethods = "GET, POST, OPTIONS"
)

// endpoint is GraphQL over HTTP (https://graphql.github.io/graphql-over-http/):
// POST with a JSON body, or GET with the question in the address, answered as
// JSON or as a stream of events; or a WebSocket. The schema has no mutations, so
// that GET can change nothing.
type endpoint struct {
	engine  *Engine
	maxBody int64
	slots   *slots
	origins []string
	log     *slog.Logger
}

func newEndpoint(engine *Engine, cfg Config) *endpoint {
	return &endpoint{engine: engine, maxBody: cfg.MaxBody, slots: &slots{perClient: cfg.Subscriptions}, origins: cfg.AllowOrigins, log: cfg.Log}
}

// survive is deferred by goroutines: a panic is logged, and ends no more than them.
func (e *endpoint) survive(r *http.Request) {
	if p := recover(); p != nil {
		e.log.ErrorContext(r.Context(), "panic in a stream", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
	}
}

// ServeHTTP answers one question.
func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if websocketWanted(r) {
		e.webSocket(w, r)
		return
	}
	w.Header().Add("Vary", "Accept")
	mediaType, ok := accepted(r.Header.Values("Accept"))
	if !ok {
		respond(w, typeJSON, http.StatusNotAcceptable, refusal(http.StatusNotAcceptable, "NOT_ACCEPTABLE",
			"the answer comes as %s, %s or %s; the request accepts none", typeResponse, typeJSON, typeEvents).response())
		return
	}
	var question *Question
	var refused *refusedError
	switch r.Method {
	case http.MethodPost:
		question, refused = readBody(w, r, e.maxBody)
	case http.MethodGet:
		question, refused = readAddress(r)
	case http.MethodOptions:
		w.Header().Set("Allow", allowedMethods)
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		w.Header().Set("Allow", allowedMethods)
		refused = refusal(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "questions come by POST or GET, not by %s", r.Method)
	}
	if refused != nil {
		if mediaType == typeEvents {
			mediaType = typeJSON
		}
		respond(w, mediaType, refused.status, refused.response())
		return
	}
	question.Headers = r.Header
	if mediaType == typeEvents {
		e.events(w, r, question)
		return
	}
	response, executed := e.engine.Answer(r.Context(), question)
	respond(w, mediaType, statusOf(mediaType, executed), response)
}

// statusOf follows the specification: as plain JSON every well-formed request is
// answered with 200, for proxies and clients that take other bodies for foreign;
// as a GraphQL response the status tells whether the question was executed.
func statusOf(mediaType string, executed bool) int {
	if mediaType == typeResponse && !executed {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// accepted chooses the media type of the response: plain JSON where the request
// doesn't ask for more. False where it accepts nothing that there is.
func accepted(accept []string) (mediaType string, ok bool) {
	wishes := strings.Join(accept, ",")
	if strings.TrimSpace(wishes) == "" {
		return typeJSON, true
	}
	plain := false
	for part := range strings.SplitSeq(wishes, ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if q, err := strconv.ParseFloat(parameters["q"], 64); err == nil && q == 0 {
			continue // "anything but this"
		}
		switch name {
		case typeResponse, typeEvents:
			return name, true
		case typeJSON, "application/*", "*/*":
			plain = true
		}
	}
	return typeJSON, plain
}

// respond writes a response.
func respond(w http.ResponseWriter, mediaType string, status int, response *Response) {
	body, err := response.text()
	if err != nil {
		// What resolvers or a panic left behind is no JSON; the panic's place is the log.
		panic(err)
	}
	h := w.Header()
	h.Set("Content-Type", mediaType+"; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the reader may have gone
}

// text is the response as JSON. Data alone is JSON already, and large: the library would read all of it once more.
func (r *Response) text() ([]byte, error) {
	if len(r.Data) > 0 && len(r.Errors) == 0 && len(r.Extensions) == 0 {
		return slices.Concat([]byte(`{"data":`), r.Data, []byte("}")), nil
	}
	return json.Marshal(r)
}

// refusedError is a request that holds no question.
type refusedError struct {
	status  int
	code    string
	message string
}

// Error says why.
func (r *refusedError) Error() string { return r.message }

// response says it the way GraphQL says errors.
func (r *refusedError) response() *Response {
	return &Response{Errors: gqlerror.List{{Message: r.message, Extensions: map[string]any{"code": r.code}}}}
}
