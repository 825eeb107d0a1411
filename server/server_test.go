package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// fakeStore answers `{ corpus { … } }`, and lets a test step in.
type fakeStore struct {
	corpus func(context.Context) (*graph.Corpus, error) // nil: 797 cables
	ready  func(context.Context) error                  // nil: ready
	asked  int
}

func (s *fakeStore) Ask(context.Context, *graph.Plan) (graph.Answers, error) {
	return nil, errors.New("the fake store answers no plans")
}

func (s *fakeStore) Corpus(ctx context.Context) (*graph.Corpus, error) {
	s.asked++
	if s.corpus != nil {
		return s.corpus(ctx)
	}
	return &graph.Corpus{Cables: 797, Backend: "fake"}, nil
}

func (s *fakeStore) Latest(context.Context) (graph.Moment, error) { return graph.Moment{}, nil }

func (s *fakeStore) Written(context.Context, graph.Moment, int) ([]graph.Moment, error) {
	return nil, nil
}

func (s *fakeStore) Walk(context.Context, func(graph.Element) error) error { return nil }

func (s *fakeStore) Ties(context.Context, *graph.CableWhere, ...graph.LinkType) (*graph.Ties, error) {
	return &graph.Ties{}, nil
}

func (s *fakeStore) Adjacent(context.Context, *graph.Adjacent) ([]graph.Adjacency, error) {
	return nil, nil
}

func (s *fakeStore) Corrections(context.Context) (string, error) { return "", nil }

func (s *fakeStore) Ready(ctx context.Context) error {
	if s.ready != nil {
		return s.ready(ctx)
	}
	return nil
}

// answered is a response as a client sees it.
type answered struct {
	status int
	header http.Header
	text   string
	Data   map[string]any
	Errors []struct {
		Message    string
		Extensions map[string]any
	}
}

// code returns the code of the first error; empty where there is none.
func (a *answered) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

func do(t *testing.T, h http.Handler, r *http.Request) *answered {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := &answered{status: w.Code, header: w.Header(), text: w.Body.String()}
	if strings.Contains(w.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal(w.Body.Bytes(), a); err != nil {
			t.Fatalf("the body is no JSON: %v\n%s", err, w.Body)
		}
	}
	return a
}

func post(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, PathGraphQL, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func get(query string) *http.Request {
	return httptest.NewRequest(http.MethodGet, PathGraphQL+"?query="+url.QueryEscape(query), nil)
}

// question makes a request's body.
func question(t *testing.T, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

const corpusQuery = `{ corpus { cables } }`

func TestQuestionsAreAnswered(t *testing.T) {
	tests := map[string]*http.Request{
		"by POST":                       post(`{"query": "{ corpus { cables } }"}`),
		"by POST with a byte mark":      post("\n  {\"query\": \"{ corpus { cables } }\"}\n"),
		"by GET":                        get(corpusQuery),
		"with variables":                post(`{"query": "query Q($with: Boolean!) { corpus { cables @include(if: $with) } }", "variables": {"with": true}}`),
		"with variables by GET":         httptest.NewRequest(http.MethodGet, PathGraphQL+`?query=query($w:Boolean!){corpus{cables@include(if:$w)}}&variables=`+url.QueryEscape(`{"w":true}`), nil),
		"one of two operations":         post(`{"query": "query A { corpus { cables } } query B { corpus { posts } }", "operationName": "A"}`),
		"null for what is not given":    post(`{"query": "{ corpus { cables } }", "operationName": null, "variables": null, "extensions": null}`),
		"unknown members are left out":  post(`{"query": "{ corpus { cables } }", "later": 1}`),
		"the charset may be named":      withHeader(post(`{"query": "{ corpus { cables } }"}`), "Content-Type", "application/json; charset=UTF-8"),
		"the same question once more":   post(`{"query": "{ corpus { cables } }"}`),
		"a request that names no types": withHeader(post(`{"query": "{ corpus { cables } }"}`), "Accept", ""),
	}
	h := New(&fakeStore{}, Defaults())
	for name, request := range tests {
		t.Run(name, func(t *testing.T) {
			a := do(t, h, request)
			corpus, _ := a.Data["corpus"].(map[string]any)
			if a.status != http.StatusOK || corpus["cables"] != 797.0 {
				t.Errorf("status %d: %s", a.status, a.text)
			}
		})
	}
}

func withHeader(r *http.Request, name, value string) *http.Request {
	r.Header.Set(name, value)
	return r
}

func TestWhatIsNoQuestionIsRefused(t *testing.T) {
	tests := map[string]struct {
		request *http.Request
		status  int
		code    string
		says    string
	}{
		"no body":                     {post(``), 400, "BAD_REQUEST", "has no body"},
		"only blanks":                 {post("  \n"), 400, "BAD_REQUEST", "has no body"},
		"no JSON":                     {post(`{ corpus { cables } }`), 400, "BAD_REQUEST", "no JSON at byte 3"},
		"JSON that ends too early":    {post(`{"query": "{ corpus`), 400, "BAD_REQUEST", "ends too early"},
		"JSON and more":               {post(`{"query": "{ corpus { cables } }"} {}`), 400, "BAD_REQUEST", "goes on after"},
		"a list":                      {post(`[{"query": "{ corpus { cables } }"}]`), 400, "BAD_REQUEST", "send one request for each"},
		"a number":                    {post(`42`), 400, "BAD_REQUEST", "must be a JSON object, not number"},
		"no query":                    {post(`{"qurey": "{ corpus { cables } }"}`), 400, "BAD_REQUEST", `no "query"`},
		"an empty query":              {post(`{"query": " "}`), 400, "BAD_REQUEST", `no "query"`},
		"a query that is no string":   {post(`{"query": {"corpus": 1}}`), 400, "BAD_REQUEST", `"query" must be a string, not object`},
		"variables as a string":       {post(`{"query": "{ corpus { cables } }", "variables": "{}"}`), 400, "BAD_REQUEST", `"variables" must be a JSON object, not string`},
		"GET without a query":         {httptest.NewRequest(http.MethodGet, PathGraphQL, nil), 400, "BAD_REQUEST", "no query"},
		"GET with a broken address":   {httptest.NewRequest(http.MethodGet, PathGraphQL+"?query=%zz", nil), 400, "BAD_REQUEST", "can't be read"},
		"GET with broken variables":   {httptest.NewRequest(http.MethodGet, PathGraphQL+"?query={corpus{cables}}&variables={", nil), 400, "BAD_REQUEST", "parameter variables"},
		"no type":                     {withHeader(post(`{}`), "Content-Type", ""), 415, "UNSUPPORTED_MEDIA_TYPE", `application/json, not ""`},
		"a form":                      {withHeader(post(`{}`), "Content-Type", "text/plain"), 415, "UNSUPPORTED_MEDIA_TYPE", `not "text/plain"`},
		"another charset":             {withHeader(post(`{}`), "Content-Type", "application/json; charset=latin1"), 415, "UNSUPPORTED_MEDIA_TYPE", "latin1"},
		"a compressed body":           {withHeader(post(`{}`), "Content-Encoding", "gzip"), 415, "UNSUPPORTED_MEDIA_TYPE", "gzip"},
		"PUT":                         {httptest.NewRequest(http.MethodPut, PathGraphQL, nil), 405, "METHOD_NOT_ALLOWED", "not by PUT"},
		"an answer that is no JSON":   {withHeader(get(corpusQuery), "Accept", "text/html"), 406, "NOT_ACCEPTABLE", "accepts none"},
		"JSON is what is not wanted":  {withHeader(get(corpusQuery), "Accept", "application/json;q=0"), 406, "NOT_ACCEPTABLE", "accepts none"},
		"a body over the limit":       {post(question(t, corpusQuery+strings.Repeat(" ", 1<<20))), 413, "BODY_TOO_LARGE", "1048576 bytes"},
		"a body that does not end":    {endless(), 413, "BODY_TOO_LARGE", "1048576 bytes"},
		"a connection that broke off": {broken(), 400, "BAD_REQUEST", "broke off"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			store := &fakeStore{}
			a := do(t, New(store, Defaults()), test.request)
			if a.status != test.status || a.code() != test.code || !strings.Contains(a.text, jsonText(test.says)) {
				t.Errorf("status %d, code %q; want %d, %q and a message with %q:\n%s", a.status, a.code(), test.status, test.code, test.says, a.text)
			}
			if store.asked > 0 {
				t.Error("the store was asked all the same")
			}
		})
	}
}

// jsonText is how a text stands inside a JSON string.
func jsonText(s string) string {
	b, _ := json.Marshal(s)
	return string(b[1 : len(b)-1])
}

func endless() *http.Request {
	r := httptest.NewRequest(http.MethodPost, PathGraphQL, forever{})
	r.Header.Set("Content-Type", "application/json")
	return r
}

// forever is a body that never ends.
type forever struct{}

func (forever) Read(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte(" "), len(p))), nil }

func broken() *http.Request {
	r := httptest.NewRequest(http.MethodPost, PathGraphQL, io.MultiReader(strings.NewReader(`{"que`), brokenReader{}))
	r.Header.Set("Content-Type", "application/json")
	return r
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestMediaTypeAndStatus(t *testing.T) {
	const wrong = `{ nothing }`
	tests := map[string]struct {
		query, accept string
		mediaType     string
		status        int
	}{
		"plain JSON where nothing is wished for":        {corpusQuery, "", typeJSON, 200},
		"plain JSON for anything":                       {corpusQuery, "*/*", typeJSON, 200},
		"plain JSON":                                    {corpusQuery, "application/json", typeJSON, 200},
		"a browser's wishes":                            {corpusQuery, "text/html,application/xhtml+xml,*/*;q=0.8", typeJSON, 200},
		"a GraphQL response where accepted":             {corpusQuery, "application/json, application/graphql-response+json", typeResponse, 200},
		"a refused question as plain JSON is 200":       {wrong, "application/json", typeJSON, 200},
		"a refused question as GraphQL response is 400": {wrong, typeResponse, typeResponse, 400},
		"so is one that can't be parsed":                {`{ corpus `, typeResponse, typeResponse, 400},
		"and a mutation, which there is none of":        {`mutation { drop }`, typeResponse, typeResponse, 400},
	}
	h := New(&fakeStore{}, Defaults())
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := do(t, h, withHeader(get(test.query), "Accept", test.accept))
			if got := a.header.Get("Content-Type"); a.status != test.status || got != test.mediaType+"; charset=utf-8" {
				t.Errorf("status %d, type %s; want %d, %s:\n%s", a.status, got, test.status, test.mediaType, a.text)
			}
			if test.status == 400 && a.code() == "" {
				t.Errorf("an error without a code: %s", a.text)
			}
		})
	}
}

func TestOtherPaths(t *testing.T) {
	tests := map[string]struct {
		method, path string
		status       int
		header, says string
	}{
		"the root leads to the playground": {"GET", "/", 307, "/playground", ""},
		"nothing else is there":            {"GET", "/admin", 404, "", ""},
		"alive":                            {"GET", "/healthz", 200, "", "alive"},
		"ready":                            {"GET", "/readyz", 200, "", "ready"},
		"health is only read":              {"POST", "/healthz", 405, "", ""},
		"the playground's script":          {"GET", "/playground/assets/playground.js", 200, "", "GraphiQL"},
		"OPTIONS names the methods":        {"OPTIONS", "/graphql", 204, "", ""},
	}
	h := New(&fakeStore{}, Defaults())
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := do(t, h, httptest.NewRequest(test.method, test.path, nil))
			if a.status != test.status || a.header.Get("Location") != test.header || !strings.Contains(a.text, test.says) {
				t.Errorf("status %d, location %q, want %d, %q:\n%.200s", a.status, a.header.Get("Location"), test.status, test.header, a.text)
			}
		})
	}
}

func TestReadiness(t *testing.T) {
	t.Run("a store that is gone is 503 and tells no secrets", func(t *testing.T) {
		store := &fakeStore{ready: func(context.Context) error { return errors.New("dial bolt://db.internal:7687: refused") }}
		a := do(t, New(store, Defaults()), httptest.NewRequest(http.MethodGet, PathReady, nil))
		if a.status != http.StatusServiceUnavailable || strings.Contains(a.text, "db.internal") {
			t.Errorf("status %d: %s", a.status, a.text)
		}
	})
	t.Run("a store gets two seconds", func(t *testing.T) {
		var ends bool
		store := &fakeStore{ready: func(ctx context.Context) error { _, ends = ctx.Deadline(); return nil }}
		if do(t, New(store, Defaults()), httptest.NewRequest(http.MethodGet, PathReady, nil)); !ends {
			t.Error("the store was asked without a deadline")
		}
	})
	t.Run("alive asks no store", func(t *testing.T) {
		store := &fakeStore{ready: func(context.Context) error { return errors.New("gone") }}
		if a := do(t, New(store, Defaults()), httptest.NewRequest(http.MethodGet, PathAlive, nil)); a.status != http.StatusOK {
			t.Errorf("status %d", a.status)
		}
	})
}

func TestOrigins(t *testing.T) {
	tests := map[string]struct {
		allowed []string
		origin  string
		want    string
	}{
		"none is allowed where none is named": {nil, "https://example.org", ""},
		"the named one is":                    {[]string{"https://example.org"}, "https://example.org", "https://example.org"},
		"another one is not":                  {[]string{"https://example.org"}, "https://example.com", ""},
		"a star means all":                    {[]string{"*"}, "https://example.com", "*"},
		"no origin, no header":                {[]string{"*"}, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cfg := Defaults()
			cfg.AllowOrigins = test.allowed
			h := New(&fakeStore{}, cfg)
			for _, method := range []string{http.MethodGet, http.MethodOptions} {
				r := withHeader(get(corpusQuery), "Origin", test.origin)
				r.Method = method
				if test.origin == "" {
					r.Header.Del("Origin")
				}
				a := do(t, h, r)
				if got := a.header.Get("Access-Control-Allow-Origin"); got != test.want {
					t.Errorf("%s: allowed %q, want %q", method, got, test.want)
				}
				if preflight := a.header.Get("Access-Control-Allow-Methods") != ""; preflight != (method == http.MethodOptions && test.want != "") {
					t.Errorf("%s: methods named: %v", method, preflight)
				}
			}
		})
	}
}

func TestHosts(t *testing.T) {
	loopback := []string{"localhost", "127.0.0.1", "::1"}
	tests := map[string]struct {
		allowed []string
		host    string
		status  int
	}{
		"any name where none is set":           {nil, "example.org", 200},
		"the machine itself":                   {loopback, "localhost:8080", 200},
		"its address":                          {loopback, "127.0.0.1:8080", 200},
		"its address of version 6":             {loopback, "[::1]:8080", 200},
		"case does not matter":                 {loopback, "LocalHost", 200},
		"a foreign name that leads here":       {loopback, "rebound.example.org:8080", 421},
		"a name that only begins like a right": {loopback, "localhost.example.org", 421},
		"no name":                              {loopback, "", 421},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cfg := Defaults()
			cfg.Hosts = test.allowed
			r := get(corpusQuery)
			r.Host = test.host
			if a := do(t, New(&fakeStore{}, cfg), r); a.status != test.status || (a.status != 200) != (a.code() == "WRONG_HOST") {
				t.Errorf("status %d, want %d: %s", a.status, test.status, a.text)
			}
		})
	}
}

func TestHeadersAndLog(t *testing.T) {
	var log lines
	cfg := Defaults()
	cfg.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	a := do(t, New(&fakeStore{}, cfg), post(`{"query": "{ corpus { cables } }"}`))
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
	} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	text := log.String()
	if strings.Count(text, "\n") != 1 || !strings.Contains(text, "status=200") || !strings.Contains(text, "id="+a.header.Get("X-Request-Id")) {
		t.Errorf("not one line with the request's id and status:\n%s", text)
	}
}

// lines is a log that may be written and read at once.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
