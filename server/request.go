package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// howTo ends the messages to those who don't know the form of a request yet.
const howTo = `send JSON: {"query": "{ corpus { cables } }"}`

func refusal(status int, code, format string, args ...any) *refusedError {
	return &refusedError{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

func badRequest(format string, args ...any) *refusedError {
	return refusal(http.StatusBadRequest, "BAD_REQUEST", format, args...)
}

// body is the JSON of a request; what else stands in it is ignored, as the specification wants.
type body struct {
	Query         *string        `json:"query"`
	DocumentID    *string        `json:"documentId"`
	OperationName *string        `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
}

// readBody reads the question of a POST request.
func readBody(w http.ResponseWriter, r *http.Request, maxBody int64) (*Question, *refusedError) {
	if refused := checkType(r.Header); refused != nil {
		return nil, refused
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, refusal(http.StatusRequestEntityTooLarge, "BODY_TOO_LARGE", "the request body is larger than %d bytes, the most that is read", maxBody)
	}
	if err != nil {
		return nil, badRequest("the request body broke off")
	}
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0:
		return nil, badRequest("the request has no body; %s", howTo)
	case raw[0] == '[':
		return nil, badRequest("a list of questions in one request is not answered; send one request for each")
	}
	var b body
	if refused := decode("the request body", raw, &b); refused != nil {
		return nil, refused
	}
	question := b.question()
	if !question.asks() {
		return nil, badRequest(`the request body has no "query"; %s`, howTo)
	}
	return question, nil
}

func (b *body) question() *Question {
	q := &Question{RawParams: graphql.RawParams{Variables: b.Variables, Extensions: b.Extensions}}
	for from, into := range map[*string]*string{b.Query: &q.Query, b.OperationName: &q.OperationName, b.DocumentID: &q.DocumentID} {
		if from != nil {
			*into = *from
		}
	}
	return q
}

// asks tells whether there is a query, or what stands for one.
func (q *Question) asks() bool {
	return strings.TrimSpace(q.Query) != "" || q.DocumentID != "" || q.Extensions["persistedQuery"] != nil
}

// checkType refuses bodies that are no plain JSON. It also keeps forms of foreign
// pages out: those can't send this type without the browser asking us first.
func checkType(h http.Header) *refusedError {
	mediaType, parameters, err := mime.ParseMediaType(h.Get("Content-Type"))
	charset := parameters["charset"]
	switch {
	case err != nil || mediaType != typeJSON:
		return refusal(http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
			"the Content-Type of a question is %s, not %q", typeJSON, h.Get("Content-Type"))
	case charset != "" && !strings.EqualFold(charset, "utf-8"):
		return refusal(http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "questions are read as UTF-8, not as %q", charset)
	case h.Get("Content-Encoding") != "":
		return refusal(http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
			"questions are read uncompressed, not as %q", h.Get("Content-Encoding"))
	}
	return nil
}

// readAddress reads the question of a GET request.
func readAddress(r *http.Request) (*Question, *refusedError) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("the address can't be read: %v", err)
	}
	question := &Question{DocumentID: values.Get("documentId")}
	question.Query, question.OperationName = values.Get("query"), values.Get("operationName")
	for name, into := range map[string]*map[string]any{"variables": &question.Variables, "extensions": &question.Extensions} {
		if text := values.Get(name); text != "" {
			if refused := decode("the parameter "+name, []byte(text), into); refused != nil {
				return nil, refused
			}
		}
	}
	if !question.asks() {
		return nil, badRequest("the address has no query; ask %s?query={corpus{cables}}, or POST: %s", PathGraphQL, howTo)
	}
	return question, nil
}

// decode reads one JSON object. Numbers keep their digits, so that an integer
// stays one.
func decode(what string, raw []byte, into any) *refusedError {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	err := d.Decode(into)
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		return badRequest("%s goes on after its JSON object, at byte %d", what, d.InputOffset())
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return badRequest("%s is no JSON at byte %d: %v", what, syntax.Offset, syntax)
	case errors.As(err, &kind) && kind.Field != "":
		return badRequest("%q must be %s, not %s", kind.Field, wanted(kind.Field), kind.Value)
	case errors.As(err, &kind):
		return badRequest("%s must be a JSON object, not %s", what, kind.Value)
	}
	return badRequest("%s is no JSON: it ends too early", what)
}

// DecodeObject reads one JSON object as a request's variables are read. What
// names the text in the error.
func DecodeObject(what string, raw []byte, into *map[string]any) error {
	if refused := decode(what, raw, into); refused != nil {
		return refused
	}
	return nil
}

func wanted(field string) string {
	if field == "variables" || field == "extensions" {
		return "a JSON object"
	}
	return "a string"
}
