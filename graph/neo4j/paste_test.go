package neo4j_test

import (
	"encoding/json"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

func TestWhatIsPastedIsWhatRan(t *testing.T) {
	store, session := filled(t)
	awkward := []string{
		"09STATE11937", "", "it's", `say "no"`, `C:\new\u0041`, "\\u000a", "two\nlines\r\n\tand a tab\x01", "Ünïcödé 𐐔 \u2028", "$p0 // {a: 1} /* ", "`x`",
	}
	step := &graph.Step{
		Relation: graph.RootCables, Keys: awkward, Order: graph.RootCables.DefaultOrder(), Page: graph.Page{Size: 10}, Rows: true, Total: true,
		Cable: &graph.CableWhere{Text: new(`"nuclear" OR iran`), Tags: &graph.TagsFilter{Any: []string{`'; "`, "IR"}}},
		Steps: []*graph.Step{{
			Path: []string{"people"}, Relation: graph.CablePeople, MinConfidence: 0.25,
			Order: graph.CablePeople.DefaultOrder(), Page: graph.Page{Size: 3}, Rows: true,
		}},
	}
	trace := &graph.Trace{}
	if _, err := store.Ask(graph.WithTrace(t.Context(), trace), &graph.Plan{Steps: []*graph.Step{step}}); err != nil {
		t.Fatal(err)
	}
	s := trace.Statements()[0]
	params, statement, _ := strings.Cut(s.Paste, "\n")
	params, ok := strings.CutPrefix(params, ":params ")
	if !ok || statement != s.Text+";" {
		t.Fatalf("no parameters before the statement:\n%s", s.Paste)
	}
	result, err := session.Run(t.Context(), "RETURN "+params, nil)
	if err != nil {
		t.Fatalf("the server can't read the parameters: %v\n%s", err, params)
	}
	row, err := result.Single(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(asJSON(t, s.Parameters), asJSON(t, row.Values[0])); diff != "" {
		t.Errorf("what is pasted (-want +got):\n%s", diff)
	}
	run(t, session, statement, row.Values[0].(map[string]any))
}

func asJSON(t *testing.T, v any) (plain any) {
	t.Helper()
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &plain)
	}
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
