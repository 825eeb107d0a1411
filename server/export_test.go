package server

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
	"github.com/cablegraph/cablegraph/network"
)

func world() graph.Reader { return storetest.Settled(storetest.World()) }

// fetch asks for a network, with headers as pairs.
func fetch(t *testing.T, h http.Handler, query string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, PathExport+"?"+query, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func codeOf(t *testing.T, body string) string {
	t.Helper()
	var r Response
	if err := json.Unmarshal([]byte(body), &r); err != nil || len(r.Errors) != 1 {
		t.Fatalf("no error in JSON: %v: %s", err, body)
	}
	code, _ := r.Errors[0].Extensions["code"].(string)
	return code
}

func TestEveryFormatOfEveryNetworkIsFetched(t *testing.T) {
	h := New(world(), Defaults())
	for _, format := range network.Formats {
		for _, of := range []string{"PEOPLE", "TAGS", "PEOPLE_TAGS", "PEOPLE_POSTS", "POSTS", "POSTS_APART", "REFERENCES", "EVERYTHING"} {
			w := fetch(t, h, "format="+format.Name+"&of="+of)
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != format.MediaType || w.Body.Len() < 100 {
				t.Errorf("%s of %s: %d %v %.300s", format.Name, of, w.Code, w.Header(), w.Body)
			}
			want := `attachment; filename=` + strings.ReplaceAll(strings.ToLower(of), "_", "-") + format.Extension
			if got := w.Header().Get("Content-Disposition"); got != want {
				t.Errorf("disposition %q, want %q", got, want)
			}
		}
	}
}

func TestAFetchedNetworkIsTheOneThatWasAskedFor(t *testing.T) {
	h := New(world(), Defaults())
	where := url.QueryEscape(`{"tags":{"any":["IR"]}}`)
	var g struct {
		Nodes []struct{ Key string }
		Edges []struct{ Attributes struct{ Weight float64 } }
	}
	w := fetch(t, h, "format=graphology&of=PEOPLE&minWeight=1&topEdges=3&metrics=degree,pagerank&where="+where)
	if err := json.Unmarshal(w.Body.Bytes(), &g); err != nil || len(g.Edges) != 3 {
		t.Errorf("%v: %s", err, w.Body)
	}
	w2 := fetch(t, h, "format=graphology&of=NEIGHBOURHOOD&depth=2&limit=9&kinds=TAGGED,MENTIONS&around="+url.QueryEscape(`["tag:CLINTON, HILLARY"]`))
	if err := json.Unmarshal(w2.Body.Bytes(), &g); err != nil || !strings.Contains(w2.Body.String(), "cable:09STATE11937") || strings.Contains(w2.Body.String(), "SIGNED_BY") {
		t.Errorf("%v: %s", err, w2.Body)
	}
	for _, part := range []string{`"pagerank"`, `"degree"`, `"x"`, "weight"} {
		if !strings.Contains(w.Body.String(), part) {
			t.Errorf("no %s in %s", part, w.Body)
		}
	}
}

func TestWhatIsWrongWithAnExportHasAStatusAndACode(t *testing.T) {
	failing := func(err error) graph.Reader { return &failingTies{world(), err} }
	for name, row := range map[string]struct {
		store  graph.Reader
		query  string
		status int
		code   string
	}{
		"an unknown format":        {world(), "format=gefx&of=PEOPLE", 400, "BAD_FILTER"},
		"no network":               {world(), "format=gexf", 400, "BAD_FILTER"},
		"an unknown network":       {world(), "format=gexf&of=PERSONS", 400, "BAD_FILTER"},
		"an unknown argument":      {world(), "format=gexf&of=PEOPLE&weight=2", 400, "BAD_FILTER"},
		"an argument twice":        {world(), "format=gexf&of=PEOPLE&of=TAGS", 400, "BAD_REQUEST"},
		"a filter that is no JSON": {world(), "format=gexf&of=PEOPLE&where=IR", 400, "BAD_FILTER"},
		"an unknown condition":     {world(), "format=gexf&of=PEOPLE&where=" + url.QueryEscape(`{"tagz":{}}`), 400, "BAD_FILTER"},
		"a bad question of words":  {world(), "format=gexf&of=PEOPLE&where=" + url.QueryEscape(`{"text":"\""}`), 400, "BAD_TEXT"},
		"a deep filter":            {world(), "format=gexf&of=PEOPLE&where=" + url.QueryEscape(strings.Repeat(`{"not":`, 60)+"{}"+strings.Repeat("}", 60)), 400, "TOO_DEEP"},
		"a weight of nothing":      {world(), "format=gexf&of=PEOPLE&minWeight=0", 400, "BAD_PAGE"},
		"a cut of the whole":       {world(), "format=gexf&of=EVERYTHING&topNodes=2", 400, "BAD_FILTER"},
		"a neighbourhood of whom":  {world(), "format=gexf&of=NEIGHBOURHOOD", 400, "BAD_FILTER"},
		"a bad id":                 {world(), "format=gexf&of=NEIGHBOURHOOD&around=paris", 400, "BAD_ID"},
		"an unknown kind of edge":  {world(), "format=gexf&of=NEIGHBOURHOOD&around=tag:IR&kinds=KNOWS", 400, "BAD_FILTER"},
		"a limit over the limit":   {world(), "format=gexf&of=NEIGHBOURHOOD&around=tag:IR&limit=10001", 400, "PAGE_TOO_LARGE"},
		"an unknown metric":        {world(), "format=gexf&of=PEOPLE&metrics=fame", 400, "BAD_FILTER"},
		"neither true nor false":   {world(), "format=gexf&of=PEOPLE&layout=nice", 400, "BAD_FILTER"},
		"a store that is away":     {failing(graph.ErrUnavailable), "format=gexf&of=PEOPLE", 503, "UNAVAILABLE"},
		"a store that is too slow": {failing(graph.ErrTimeout), "format=gexf&of=PEOPLE", 504, "TIMEOUT"},
		"a store with a secret":    {failing(io.ErrUnexpectedEOF), "format=gexf&of=PEOPLE", 500, "INTERNAL"},
	} {
		t.Run(name, func(t *testing.T) {
			w := fetch(t, New(row.store, Defaults()), row.query)
			if code := codeOf(t, w.Body.String()); w.Code != row.status || code != row.code {
				t.Errorf("%d %s, want %d %s: %s", w.Code, code, row.status, row.code, w.Body)
			}
		})
	}
}

type failingTies struct {
	graph.Reader
	err error
}

func (f *failingTies) Ties(context.Context, *graph.CableWhere, ...graph.LinkType) (*graph.Ties, error) {
	return nil, f.err
}

func TestAnExportIsPackedWhereThatIsAccepted(t *testing.T) {
	h := New(world(), Defaults())
	plain := fetch(t, h, "format=gexf&of=PEOPLE")
	for accept, packed := range map[string]bool{"gzip, deflate, br": true, "*": true, "gzip;q=0": false, "br": false} {
		w := fetch(t, h, "format=gexf&of=PEOPLE", "Accept-Encoding", accept)
		body := io.Reader(w.Body)
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("%s: packed: %v", accept, got)
			continue
		}
		if packed {
			z, err := gzip.NewReader(body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		text, err := io.ReadAll(body)
		if err != nil || string(text) != plain.Body.String() || xml.Unmarshal(text, new(struct{})) != nil {
			t.Errorf("%s: %v, %d bytes", accept, err, len(text))
		}
	}
}

func TestAnExportMayBeFetchedByAllowedPages(t *testing.T) {
	cfg := Defaults()
	cfg.AllowOrigins = []string{"https://lite.gephi.org"}
	w := fetch(t, New(world(), cfg), "format=gexf&of=PEOPLE", "Origin", "https://lite.gephi.org")
	if got := w.Header().Get("Access-Control-Allow-Origin"); got != "https://lite.gephi.org" {
		t.Errorf("allowed is %q", got)
	}
}

// waitingTies waits until its context ends or it is let go.
type waitingTies struct {
	graph.Reader
	entered, release chan struct{}
}

func (s *waitingTies) Ties(ctx context.Context, where *graph.CableWhere, types ...graph.LinkType) (*graph.Ties, error) {
	s.entered <- struct{}{}
	select {
	case <-s.release:
		return s.Reader.Ties(ctx, where, types...)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func TestExportsHaveTheirTurnsAndTheirTime(t *testing.T) {
	cfg := Defaults()
	cfg.Exports, cfg.ExportTimeout = 1, 50*time.Millisecond
	store := &waitingTies{world(), make(chan struct{}, 1), make(chan struct{})}
	h := New(store, cfg)
	first := make(chan *httptest.ResponseRecorder, 1)
	go func() { first <- fetch(t, h, "format=gexf&of=PEOPLE") }()
	<-store.entered
	if w := fetch(t, h, "format=gexf&of=PEOPLE"); w.Code != http.StatusServiceUnavailable || codeOf(t, w.Body.String()) != "BUSY" || w.Header().Get("Retry-After") == "" {
		t.Errorf("the second: %d %s", w.Code, w.Body)
	}
	select {
	case w := <-first:
		if w.Code != http.StatusGatewayTimeout || codeOf(t, w.Body.String()) != "TIMEOUT" {
			t.Errorf("the first: %d %s", w.Code, w.Body)
		}
	case <-time.After(patience):
		t.Fatal("the first export has no end")
	}
	close(store.release)
	if w := fetch(t, h, "format=gexf&of=PEOPLE"); w.Code != http.StatusOK {
		t.Errorf("the third: %d %s", w.Code, w.Body)
	}
}

// cutOff is a connection that breaks after some bytes.
type cutOff struct {
	*httptest.ResponseRecorder
	left int
}

func (b *cutOff) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return b.ResponseRecorder.Write(p)
}

func TestAnExportThatBreaksOffEndsTheConnection(t *testing.T) {
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("panic %v", err)
		}
	}()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, PathExport+"?format=gexf&of=EVERYTHING", nil)
	New(world(), Defaults()).ServeHTTP(&cutOff{httptest.NewRecorder(), 100}, r)
	t.Error("the response ended as if it were whole")
}
