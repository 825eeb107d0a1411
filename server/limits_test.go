package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

func TestLimits(t *testing.T) {
	tests := map[string]struct {
		query, code string
	}{
		"100,000 words":                         {strings.Repeat("{", 100_000), "TOO_MANY_TOKENS"},
		"100,000 fields":                        {"{ corpus { " + strings.Repeat("a ", 100_000) + "} }", "TOO_MANY_TOKENS"},
		"a query that is cut short":             {"{ corpus { ", "GRAPHQL_PARSE_FAILED"},
		"an unknown field":                      {"{ corpus { cabels } }", "GRAPHQL_VALIDATION_FAILED"},
		"a filter 60 deep":                      {`{ cables(where: ` + strings.Repeat(`{not: `, 60) + `{}` + strings.Repeat(`}`, 60) + `) { totalCount } }`, "TOO_DEEP"},
		"a selection 60 deep":                   {"{ cables { nodes " + strings.Repeat("{ references { nodes ", 30) + "{ reference }" + strings.Repeat(" } }", 30) + " } }", "TOO_DEEP"},
		"a page over the cap":                   {`{ cables(first: 1001) { totalCount } }`, "PAGE_TOO_LARGE"},
		"a product of page sizes over the cost": {`{ cables(first: 1000) { nodes { people(first: 1000) { nodes { cables(first: 1000) { nodes { reference } } } } } } }`, "TOO_COSTLY"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			store := &fakeStore{}
			start := time.Now()
			a := do(t, New(store, Defaults()), post(question(t, test.query)))
			if a.code() != test.code || a.Errors[0].Message == "" {
				t.Errorf("code %q, want %q: %.400s", a.code(), test.code, a.text)
			}
			if took := time.Since(start); took > patience {
				t.Errorf("the refusal took %s", took)
			}
		})
	}
}

// The rule that fields of one name must agree compares pairs: queries of nothing
// but equal fields or fragments are what costs the validator most.
func TestNoQueryTakesLongToValidate(t *testing.T) {
	fragments := func(n int) string {
		var spreads, fragments strings.Builder
		for i := range n {
			fmt.Fprintf(&spreads, " ...F%d", i)
			fmt.Fprintf(&fragments, " fragment F%d on Corpus { cables }", i)
		}
		return "{ corpus {" + spreads.String() + " } }" + fragments.String()
	}
	tests := map[string]struct{ query, code string }{
		"as many equal fields as are read":            {"{ corpus { " + strings.Repeat("cables ", 999) + "} }", ""},
		"more equal fields":                           {"{ corpus { " + strings.Repeat("cables ", 1001) + "} }", "TOO_COSTLY"},
		"equal fields of many names":                  {"{ corpus { " + strings.Repeat("cables posts people tags ", 600) + "} }", "TOO_COSTLY"},
		"equal fields in inline fragments":            {"{ corpus { " + strings.Repeat("... { cables } ", 1001) + "} }", "TOO_COSTLY"},
		"many fragments":                              {fragments(240), ""},
		"more fragments":                              {fragments(260), "TOO_COSTLY"},
		"many fields under names of their own":        {aliases(2000), ""},
		"fragments within fragments, twice each":      {doubling(10), ""},
		"fragments that stand for a billion fields":   {doubling(40), "TOO_COSTLY"},
		"fragments that go round and round":           {"{ corpus { ...A } } fragment A on Corpus { ...B } fragment B on Corpus { ...A }", "GRAPHQL_VALIDATION_FAILED"},
		"the page's own introspection is let through": {"{ __schema { types { name fields { name type { name ofType { name ofType { name } } } } } } }", ""},
	}
	h := New(&fakeStore{}, Defaults())
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			a := do(t, h, post(question(t, test.query)))
			if took := time.Since(start); a.code() != test.code || took > patience {
				t.Errorf("code %q after %s, want %q: %.300s", a.code(), took, test.code, a.text)
			}
		})
	}
}

func aliases(n int) string {
	var fields strings.Builder
	for i := range n {
		fmt.Fprintf(&fields, " a%d: cables", i)
	}
	return "{ corpus {" + fields.String() + " } }"
}

// doubling returns a query in which one field is reached in 2^n ways.
func doubling(n int) string {
	var fragments strings.Builder
	for i := range n {
		fmt.Fprintf(&fragments, " fragment F%d on Corpus { ...F%d ...F%d }", i, i+1, i+1)
	}
	return fmt.Sprintf("{ corpus { ...F0 } }%s fragment F%d on Corpus { cables }", fragments.String(), n)
}

func TestDeadline(t *testing.T) {
	cfg := Defaults()
	cfg.Timeout = 30 * time.Millisecond
	slow := func(err error) func(context.Context) (*graph.Corpus, error) {
		return func(ctx context.Context) (*graph.Corpus, error) {
			<-ctx.Done()
			if err != nil {
				return nil, err
			}
			return nil, ctx.Err()
		}
	}
	t.Run("a store that says so", func(t *testing.T) {
		a := do(t, New(&fakeStore{corpus: slow(graph.ErrTimeout)}, cfg), post(question(t, corpusQuery)))
		if a.status != http.StatusOK || a.code() != "TIMEOUT" {
			t.Errorf("status %d: %s", a.status, a.text)
		}
	})
	t.Run("a store that passes the context's error on", func(t *testing.T) {
		if a := do(t, New(&fakeStore{corpus: slow(nil)}, cfg), post(question(t, corpusQuery))); a.code() != "TIMEOUT" {
			t.Errorf("status %d: %s", a.status, a.text)
		}
	})
	t.Run("over before the first field", func(t *testing.T) {
		cfg := cfg
		cfg.Timeout = time.Nanosecond
		store := &fakeStore{}
		if a := do(t, New(store, cfg), post(question(t, corpusQuery))); a.code() != "TIMEOUT" || store.asked > 0 {
			t.Errorf("asked %d times, status %d: %s", store.asked, a.status, a.text)
		}
	})
	t.Run("a client that went away cancels the store's work", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		var seen error
		store := &fakeStore{corpus: func(ctx context.Context) (*graph.Corpus, error) {
			cancel()
			<-ctx.Done()
			seen = ctx.Err()
			return nil, seen
		}}
		a := do(t, New(store, Defaults()), post(question(t, corpusQuery)).WithContext(ctx))
		if seen != context.Canceled || a.code() != "CANCELLED" {
			t.Errorf("the store saw %v; %s", seen, a.text)
		}
	})
}

func TestPanicsEndAtTheRequest(t *testing.T) {
	store := &fakeStore{corpus: func(context.Context) (*graph.Corpus, error) { panic("secret") }}
	a := do(t, New(store, Defaults()), post(question(t, corpusQuery)))
	if a.code() != "INTERNAL" || strings.Contains(a.text, "secret") || !strings.Contains(a.text, a.header.Get("X-Request-Id")) {
		t.Errorf("status %d: %s", a.status, a.text)
	}
}
