package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/cablegraph/cablegraph/web"
)

func TestQuery(t *testing.T) {
	store := sampleStore(t)
	const ask = `{ corpus { published } }`
	const withVariable = `query Q($n: Int!) { cables(first: $n) { nodes { reference } } }`
	file := writeFile(t, "q.graphql", ask)
	variables := writeFile(t, "v.json", `{"n": 1}`)
	tests := map[string]struct {
		stdin string
		args  []string
		code  int
		says  string
	}{
		"in the argument":              {"", []string{ask, "--compact"}, 0, `{"data":{"corpus":{"published":200}}}`},
		"from a file":                  {"", []string{file}, 0, `"published": 200`},
		"from standard input":          {ask, nil, 0, `"published": 200`},
		"from standard input, by name": {ask, []string{"-"}, 0, `"published": 200`},
		"with variables":               {"", []string{withVariable, "--variables", `{"n": 1}`}, 0, `"reference"`},
		"with variables from a file":   {"", []string{withVariable, "--variables", "@" + variables}, 0, `"reference"`},
		"one of two operations":        {"query A { corpus { tags } } query B " + ask, []string{"--operation", "B"}, 0, `"published": 200`},
		"nothing":                      {" \n", nil, 1, "there is no question"},
		"no such file":                 {"", []string{"nothing.graphql"}, 1, "nothing.graphql"},
		"variables that are no JSON":   {"", []string{ask, "--variables", "{n: 1}"}, 1, "--variables is no JSON at byte 2"},
		"variables that are a list":    {"", []string{ask, "--variables", "[1]"}, 1, "--variables must be a JSON object, not array"},
		"no such file of variables":    {"", []string{ask, "--variables", "@nothing.json"}, 1, "nothing.json"},
		"an answer with errors":        {"", []string{`{ nothing }`}, 1, "GRAPHQL_VALIDATION_FAILED"},
		"errors are said in words too": {"", []string{`{ cables(first: -1) { totalCount } }`}, 1, "cablegraph: "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := cli(t, test.stdin, append([]string{"query", "--store", store}, test.args...)...)
			if s.code != test.code || !strings.Contains(s.stdout+s.stderr, test.says) {
				t.Errorf("exit code %d, want %d and %q:\n%s%s", s.code, test.code, test.says, s.stdout, s.stderr)
			}
			if s.code == 0 && (s.stderr != "" || !json.Valid([]byte(s.stdout))) {
				t.Errorf("not JSON alone: %s%s", s.stdout, s.stderr)
			}
		})
	}
}

func TestQueryExplains(t *testing.T) {
	s := cli(t, "", "query", "--store", sampleStore(t), "--explain", "--compact", `{ cables(first: 1, where: { tags: { any: ["PREL"] } }) { totalCount } }`)
	if s.code != 0 || !strings.HasPrefix(s.stdout, `{"data":{"cables":{"totalCount":`) || strings.Contains(s.stdout, "extensions") {
		t.Errorf("standard output has more than the answer: %s", s.stdout)
	}
	for _, want := range []string{"cost 1 of 250000, store calls 1, rows 0, ", "\nstatement 1 of 1: rows 1, ", "\n.parameter set ?1 ", "\nSELECT COUNT(*)\n"} {
		if !strings.Contains(s.stderr, want) {
			t.Errorf("no %q in\n%s", want, s.stderr)
		}
	}
}

func TestExamplesFindSomethingInTheSample(t *testing.T) {
	store := sampleStore(t)
	for _, e := range web.Examples() {
		t.Run(e.Name, func(t *testing.T) {
			out := must(t, "query", "--store", store, e.Query, "--variables", e.Variables)
			var answer struct{ Data map[string]any }
			if err := json.Unmarshal([]byte(out), &answer); err != nil {
				t.Fatal(err)
			}
			if where := empty(answer.Data, ""); where != "" {
				t.Errorf("nothing at %s:\n%.2000s", where, out)
			}
		})
	}
}

// empty returns where an answer's first lists, the ones that the question is
// about, are empty or absent. What hangs on single rows may be.
func empty(value any, path string) string {
	switch value := value.(type) {
	case nil:
		return path
	case map[string]any:
		for key, below := range value {
			list, isList := below.([]any)
			_, isObject := below.(map[string]any)
			switch {
			case below == nil && path == "":
				return key
			case isList && (key == "nodes" || key == "edges") && len(list) == 0:
				return path + "." + key
			case isObject:
				if where := empty(below, path+"."+key); where != "" {
					return where
				}
			}
		}
	}
	return ""
}

func TestStats(t *testing.T) {
	store := sampleStore(t)
	counts := must(t, "stats", "--store", store)
	for _, want := range []string{"published  200\n", "backend      sqlite", "people       "} {
		if !strings.Contains(counts, want) {
			t.Errorf("no %q in\n%s", want, counts)
		}
	}
	hash := must(t, "stats", "--hash", "--store", store)
	if len(strings.TrimSpace(hash)) != 64 || hash != must(t, "stats", "--hash", "--store", sampleStore(t)) {
		t.Errorf("the same graph has another hash: %s", hash)
	}
}
