package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder makes a folder of files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func documents(t *testing.T, files map[string]string) *Documents {
	t.Helper()
	d, err := ReadDocuments(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// named is a request that names a query by extension.
func named(t *testing.T, hash, query string) string {
	t.Helper()
	b := map[string]any{"extensions": map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}}
	if query != "" {
		b["query"] = query
	}
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func getNamed(parameters ...string) *http.Request {
	values := url.Values{}
	for i := 0; i < len(parameters); i += 2 {
		values.Set(parameters[i], parameters[i+1])
	}
	return httptest.NewRequest(http.MethodGet, PathGraphQL+"?"+values.Encode(), nil)
}

func byHash(hash string) string {
	return `{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}`
}

func TestDocuments(t *testing.T) {
	const query, other = "query Count($with: Boolean = true) { corpus { cables @include(if: $with) } }\n", "{ corpus { posts } }"
	known := documents(t, map[string]string{
		"count.graphql": query, "readme.md": "not one of them",
		"deep/relay.json":  `{"r1": "{ corpus { cables } }"}`,
		"deep/apollo.json": `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a1", "name": "A", "type": "query", "body": "{ corpus { cables people } }"}]}`,
	})
	tests := map[string]struct {
		only    bool
		request *http.Request
		code    string
	}{
		"by id":                              {false, post(`{"documentId": "count"}`), ""},
		"by id, with variables":              {false, post(`{"documentId": "count", "variables": {"with": true}}`), ""},
		"by hash as id":                      {false, post(`{"documentId": "` + hashOf(query) + `"}`), ""},
		"by hash as the specification says":  {false, post(`{"documentId": "sha256:` + hashOf(query) + `"}`), ""},
		"by GET":                             {false, getNamed("documentId", "count"), ""},
		"by GET, with variables":             {false, getNamed("documentId", "count", "variables", `{"with":true}`), ""},
		"by extension":                       {false, post(named(t, hashOf(query), "")), ""},
		"by extension and GET":               {false, getNamed("extensions", byHash(hashOf(query))), ""},
		"from Relay's list":                  {false, post(`{"documentId": "r1"}`), ""},
		"from Apollo's list":                 {false, post(`{"documentId": "a1"}`), ""},
		"an unknown id":                      {false, post(`{"documentId": "nothing"}`), "DOCUMENT_NOT_FOUND"},
		"an id and a query":                  {false, post(`{"documentId": "count", "query": "{ corpus { cables } }"}`), "BAD_REQUEST"},
		"an id that is no text":              {false, post(`{"documentId": 1}`), "BAD_REQUEST"},
		"others too":                         {false, post(question(t, corpusQuery)), ""},
		"only: by id":                        {true, post(`{"documentId": "count"}`), ""},
		"only: by extension":                 {true, post(named(t, hashOf(query), "")), ""},
		"only: a document's own text":        {true, post(question(t, query)), ""},
		"only: no others":                    {true, post(question(t, other)), "DOCUMENTS_ONLY"},
		"only: no others by GET":             {true, get(other), "DOCUMENTS_ONLY"},
		"only: no others with their hash":    {true, post(named(t, hashOf(other), other)), "DOCUMENTS_ONLY"},
		"only: not even what the page needs": {true, post(question(t, "{ __schema { queryType { name } } }")), "DOCUMENTS_ONLY"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cfg := Defaults()
			cfg.Documents, cfg.DocumentsOnly = known, test.only
			store := &fakeStore{}
			a := do(t, New(store, cfg), test.request)
			corpus, _ := a.Data["corpus"].(map[string]any)
			if a.code() != test.code || test.code == "" && corpus["cables"] != 797.0 {
				t.Errorf("code %q, want %q: %s", a.code(), test.code, a.text)
			}
			if test.code != "" && store.asked > 0 {
				t.Error("the store was asked all the same")
			}
		})
	}
}

func TestDocumentsThatAreWrong(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string]string
		says  []string
	}{
		"each with its file and line": {
			map[string]string{"a.graphql": "{\n  corpus {\n    cabels\n  }\n}", "b.graphql": "{ corpus {", "deep/c.json": `{"x": "{ nothing }"}`},
			[]string{`a.graphql:3:5: Cannot query field "cabels"`, "b.graphql:1:11: ", "c.json x:1:3: "},
		},
		"two with one id":     {map[string]string{"a.graphql": corpusQuery, "deep/a.graphql": "{ corpus { posts } }"}, []string{"another document has the id a"}},
		"a list that is none": {map[string]string{"a.json": `[1]`}, []string{"a.json is no list of documents"}},
		"none":                {map[string]string{"a.txt": ""}, []string{"has no *.graphql and no *.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadDocuments(folder(t, test.files))
			for _, want := range test.says {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("no %q in: %v", want, err)
				}
			}
		})
	}
	if _, err := ReadDocuments(filepath.Join(t.TempDir(), "nothing")); err == nil {
		t.Error("a folder that is not there is no error")
	}
}

func TestAutomaticPersistedQueries(t *testing.T) {
	hash := hashOf(corpusQuery)
	h := New(&fakeStore{}, Defaults())
	steps := []struct {
		name, code, says string
		request          *http.Request
	}{
		{"a hash that is not known", codeNotPersisted, `"message":"PersistedQueryNotFound"`, getNamed("extensions", byHash(hash))},
		{"nor over POST", codeNotPersisted, `"message":"PersistedQueryNotFound"`, withHeader(post(named(t, hash, "")), "Accept", typeResponse)},
		{"the text with another's hash", "PERSISTED_QUERY_MISMATCH", "provided sha does not match query", post(named(t, hashOf("{ a }"), corpusQuery))},
		{"which keeps nothing", codeNotPersisted, "", post(named(t, hash, ""))},
		{"the text with its hash", "", `"cables":797`, post(named(t, hash, corpusQuery))},
		{"the hash alone from then on", "", `"cables":797`, getNamed("extensions", byHash(hash))},
		{"also over POST", "", `"cables":797`, post(named(t, hash, ""))},
		{"another version", "BAD_REQUEST", "", post(`{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"` + hash + `"}}}`)},
		{"a hash that is none", "BAD_REQUEST", "", post(named(t, "abc", ""))},
		{"an extension that is none", "BAD_REQUEST", "", post(`{"extensions":{"persistedQuery":true}}`)},
		{"a text too long to keep", "", `"cables":797`, post(named(t, hashOf(corpusQuery+strings.Repeat(" ", keptTextSize)), corpusQuery+strings.Repeat(" ", keptTextSize)))},
		{"is not kept", codeNotPersisted, "", post(named(t, hashOf(corpusQuery+strings.Repeat(" ", keptTextSize)), ""))},
	}
	for _, step := range steps {
		a := do(t, h, step.request)
		if a.code() != step.code || !strings.Contains(a.text, step.says) {
			t.Errorf("%s: code %q, want %q: %s", step.name, a.code(), step.code, a.text)
		}
		if step.code == codeNotPersisted && a.status != http.StatusOK {
			t.Errorf("%s: status %d; clients look at the body of 200 only", step.name, a.status)
		}
	}
	t.Run("the oldest go", func(t *testing.T) {
		for i := range keptTexts {
			text := corpusQuery + strings.Repeat(" ", i+1)
			do(t, h, post(named(t, hashOf(text), text)))
		}
		if a := do(t, h, post(named(t, hash, ""))); a.code() != codeNotPersisted {
			t.Errorf("more than %d texts are kept: %s", keptTexts, a.text)
		}
	})
}
