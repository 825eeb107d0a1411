package server

import (
	"encoding/json"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"

	allowedMethods = "GET, POST, OPTIONS"
)

// endpoint is GraphQL over HTTP (https://graphql.github.io/graphql-over-http/):
// POST with a JSON body, or GET with the question in the address. The schema has
// queries only, so that GET can change nothing.
type endpoint struct {
	engine  *Engine
	maxBody int64
}

// ServeHTTP answers one question.
func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept")
	mediaType, ok := accepted(r.Header.Values("Accept"))
	if !ok {
		respond(w, typeJSON, http.StatusNotAcceptable, refusal(http.StatusNotAcceptable, "NOT_ACCEPTABLE",
			"the answer comes as %s or %s; the request accepts neither", typeResponse, typeJSON).response())
		return
	}
	var question *graphql.RawParams
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
		respond(w, mediaType, refused.status, refused.response())
		return
	}
	question.Headers = r.Header
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
		case typeResponse:
			return typeResponse, true
		case typeJSON, "application/*", "*/*":
			plain = true
		}
	}
	return typeJSON, plain
}

// respond writes a response.
func respond(w http.ResponseWriter, mediaType string, status int, response *Response) {
	body, err := json.Marshal(response)
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
