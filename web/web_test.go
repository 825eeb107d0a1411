package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

func schema(t *testing.T) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExamples(t *testing.T) {
	examples := Examples()
	if len(examples) < 12 {
		t.Fatalf("%d examples, want a dozen", len(examples))
	}
	s := schema(t)
	titles := map[string]bool{}
	for _, e := range examples {
		t.Run(e.Name, func(t *testing.T) {
			if !strings.HasPrefix(e.Query, "# ") {
				t.Error("the question does not stand in English above the query")
			}
			doc, errs := gqlparser.LoadQueryWithRules(s, e.Query, rules.NewDefaultRules())
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			op := doc.Operations[0]
			if op.Name == "" || titles[op.Name] {
				t.Errorf("the name %q is no title for a tab of its own", op.Name)
			}
			titles[op.Name] = true
			if (len(op.VariableDefinitions) > 0) != (e.Variables != "") {
				t.Error("variables are declared and not given, or given and not declared")
			}
		})
	}
}

func ask(t *testing.T, method, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Playground(Setup{Endpoint: "/graphql"}).ServeHTTP(w, r)
	return w
}

func TestPage(t *testing.T) {
	w := ask(t, http.MethodGet, "/playground")
	text := w.Body.String()
	want, status := `"endpoint":"/graphql"`, http.StatusOK
	if !Built() {
		want, status = "npm --prefix web ci", http.StatusNotFound
	}
	if w.Code != status || !strings.Contains(text, want) {
		t.Errorf("status %d, want %d; the page lacks %q:\n%s", w.Code, status, want, text)
	}
	for _, elsewhere := range []string{`src="http`, `href="http`, `src="//`, `href="//`, "@import"} {
		if strings.Contains(text, elsewhere) {
			t.Errorf("the page asks elsewhere: %s", elsewhere)
		}
	}
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "http") {
		t.Errorf("the policy lets requests out: %s", policy)
	}
}

func TestAssets(t *testing.T) {
	first := ask(t, http.MethodGet, "/playground/assets/playground.js")
	if first.Code != http.StatusOK || !strings.HasPrefix(first.Header().Get("Content-Type"), "text/javascript") {
		t.Fatalf("status %d, type %q", first.Code, first.Header().Get("Content-Type"))
	}
	tests := map[string]struct {
		method, path, etag string
		status             int
	}{
		"a file that the browser has is not sent again": {"GET", "/playground/assets/playground.js", first.Header().Get("ETag"), http.StatusNotModified},
		"a file that changed is sent":                   {"GET", "/playground/assets/playground.js", `"old"`, http.StatusOK},
		"an unknown file is not found":                  {"GET", "/playground/assets/nothing.js", "", http.StatusNotFound},
		"pages are no assets":                           {"GET", "/playground/assets/playground.html", "", http.StatusNotFound},
		"no way out of the folder":                      {"GET", "/playground/assets/..%2fweb.go", "", http.StatusNotFound},
		"assets can only be read":                       {"POST", "/playground/assets/playground.js", "", http.StatusMethodNotAllowed},
		"a slash at the end leads to the page":          {"GET", "/playground/", "", http.StatusPermanentRedirect},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if w := ask(t, test.method, test.path, "If-None-Match", test.etag); w.Code != test.status {
				t.Errorf("status %d, want %d", w.Code, test.status)
			}
		})
	}
}
