package sqlite

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file in testdata.
func golden(t *testing.T, file, got string) {
	t.Helper()
	path := "testdata/" + file
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); go test -update writes it anew:\n%s", path, diff)
	}
}

// compile compiles a shape; ids are the statement that comes before the rows: that of
// the cables for facets, or of the partners of a weighted relation.
func (sh shape) compile() (*compiled, error) {
	if !sh.step.Relation.Weighted() {
		return compileStep(sh.step, sh.via, sh.drive)
	}
	c, err := compileWeighted(sh.step, arg(listJSON([]weight{{1, 2}})))
	if err != nil {
		return nil, err
	}
	c.ids, err = (&filters{}).partners(sh.step)
	return c, err
}

func TestStatementsAreAsTheyWere(t *testing.T) {
	var b strings.Builder
	for _, sh := range shapes() {
		c, err := sh.compile()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "-- %s\n%s;\n-- %s\n\n", sh.name, c.rows.text, arguments(c.rows.args))
		if c.ids.text != "" {
			fmt.Fprintf(&b, "%s;\n-- %s\n\n", c.ids.text, arguments(c.ids.args))
		}
	}
	golden(t, "statements.golden.sql", b.String())
}

func arguments(args []any) string {
	texts := make([]string, len(args))
	for i, v := range args {
		switch v.(type) {
		case upper:
			texts[i] = "(the node above)"
		case higher:
			texts[i] = "(the node above that)"
		default:
			texts[i] = fmt.Sprintf("%#v", v)
		}
	}
	return strings.Join(texts, ", ")
}

func TestEqualShapesGiveEqualTexts(t *testing.T) {
	one := rowsOf(graph.RootCables, cables(&graph.CableWhere{
		Tags: &graph.TagsFilter{Any: []string{"IR"}}, Mentions: &graph.PersonWhere{Name: ptr("Kouchner")}, Text: ptr("nuclear"),
		ID: []graph.ID{"cable:09STATE1"}, Classification: &graph.ClassificationFilter{In: []graph.Level{graph.LevelSecret}},
	}))
	other := rowsOf(graph.RootCables, cables(&graph.CableWhere{
		Tags: &graph.TagsFilter{Any: []string{"PREL", "FR", "IZ"}}, Mentions: &graph.PersonWhere{Name: ptr("it's a \"name\"")}, Text: ptr(`"a phrase" OR b -c*`),
		ID: []graph.ID{"cable:09STATE1", "cable:2", "tag:X"}, Classification: &graph.ClassificationFilter{In: []graph.Level{}},
	}))
	other.Page.Size = 999
	for drive := -1; drive < 5; drive++ {
		a, errA := compileStep(one, nil, drive)
		b, errB := compileStep(other, nil, drive)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if diff := cmp.Diff(a.rows.text, b.rows.text); diff != "" {
			t.Errorf("drive %d: %s", drive, diff)
		}
	}
}

func TestEachParameterHasItsArgument(t *testing.T) {
	for _, sh := range shapes() {
		c, err := sh.compile()
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range []expr{c.rows, c.total, c.ids} {
			if got, want := len(statement.args), strings.Count(statement.text, "?"); got != want {
				t.Errorf("%s: %d arguments for %d parameters in\n%s", sh.name, got, want, statement.text)
			}
		}
	}
}

func TestBadQuestions(t *testing.T) {
	year := 2009
	for _, tt := range []struct {
		name string
		step *graph.Step
		want error
	}{
		{"a malformed id", rowsOf(graph.RootCables, cables(&graph.CableWhere{ID: []graph.ID{"nonsense"}})), graph.ErrBadID},
		{"an open quote", rowsOf(graph.RootCables, cables(&graph.CableWhere{Text: ptr(`"open`)})), graph.ErrBadText},
		{"a bad filter deep inside", rowsOf(graph.RootPeople, func(s *graph.Step) {
			s.Person = &graph.PersonWhere{Not: &graph.PersonWhere{MentionedIn: &graph.CableWhere{Or: []*graph.CableWhere{{Subject: &graph.TextFilter{Matches: ptr("-only")}}}}}}
		}), graph.ErrBadText},
		{"year and bounds", rowsOf(graph.RootCables, cables(&graph.CableWhere{Created: &graph.TimeRange{Year: &year, From: ptr(graph.FromMinute(0))}})), graph.ErrBadWhere},
		{"a cursor of another order", rowsOf(graph.RootCables, func(s *graph.Step) { s.Page.Cursor = graph.Position{"09STATE1"} }), graph.ErrBadCursor},
		{"a cursor with a text for a number", rowsOf(graph.RootCables, func(s *graph.Step) { s.Page.Cursor = graph.Position{"x", "09STATE1"} }), graph.ErrBadCursor},
		{"an order that the list has not", rowsOf(graph.RootCables, func(s *graph.Step) { s.Order = []graph.Order{{By: graph.ByWeight}, {By: graph.ByKey}} }), graph.ErrBadPage},
		{"an order without the key", rowsOf(graph.RootCables, func(s *graph.Step) { s.Order = []graph.Order{{By: graph.ByCreated}} }), graph.ErrBadPage},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := compileStep(tt.step, nil, -1); !errors.Is(err, tt.want) {
				t.Errorf("compileStep = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestMatchText(t *testing.T) {
	for _, tt := range []struct{ name, column, question, want string }{
		{"words", "", "nuclear Iran", `(("nuclear" OR "nuclear's") AND ("iran" OR "iran's"))`},
		{"a phrase and a prefix", "", `"expanded meeting" nucl*`, `(("expanded meeting" OR "expanded meeting's") AND "nucl" *)`},
		{"a word of two words", "", "al-Bashir", `(("al bashir" OR "al bashir's"))`},
		{"what can have no possessive", "", "O'Brien's 1.4", `("o'brien's" AND "1.4")`},
		{"alternatives", "", "1 2 OR 3", `("1" AND "2") OR ("3")`},
		{"exclusions", "", `1 -2 -"3 4"`, `("1" NOT ("2" OR "3 4"))`},
		{"one column", "subject", "1 OR 2", `{subject} : (("1") OR ("2"))`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, err := graph.ParseText(tt.question)
			if err != nil {
				t.Fatal(err)
			}
			if got := matchText(tt.column, text); got != tt.want {
				t.Errorf("matchText(%q) = %s, want %s", tt.question, got, tt.want)
			}
		})
	}
}

// deepFilter nests or and not below each other.
func deepFilter(depth int) *graph.CableWhere {
	if depth == 0 {
		return &graph.CableWhere{Tags: &graph.TagsFilter{Any: []string{"IR"}}}
	}
	return &graph.CableWhere{Or: []*graph.CableWhere{{Not: deepFilter(depth - 1)}, {Published: ptr(true)}}}
}

func TestLongAndDeepFiltersCompileAndRun(t *testing.T) {
	wide := make([]*graph.CableWhere, 1500)
	for i := range wide {
		wide[i] = &graph.CableWhere{Tags: &graph.TagsFilter{Any: []string{"IR"}}}
	}
	var citing *graph.CableWhere
	for range 14 {
		citing = &graph.CableWhere{References: citing, Published: ptr(true)}
	}
	s := opened(t)
	for name, w := range map[string]*graph.CableWhere{
		"1,500 alternatives": {Or: wide}, "1,500 conditions": {And: wide}, "30 levels of or and not": deepFilter(30), "14 citations in a row": citing,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := s.Ask(t.Context(), &graph.Plan{Steps: []*graph.Step{rowsOf(graph.RootCables, cables(w))}}); err != nil {
				t.Errorf("Ask: %.300v", err)
			}
		})
	}
}
