package sqlite

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

func TestListsAreReadAsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.String()).Draw(t, "list")
		var viaJSON, got []string
		text := listJSON(want)
		if err := json.Unmarshal([]byte(text), &viaJSON); err != nil {
			t.Fatal(err)
		}
		if err := unlist(text, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(viaJSON, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("unlist(%s): %s", text, diff)
		}
	})
}

func TestWhereASearchStarts(t *testing.T) {
	s := opened(t)
	if err := s.Write(t.Context(), benchRecords(0, 400)); err != nil {
		t.Fatal(err)
	}
	tag := func(n int) *graph.TagsFilter { return &graph.TagsFilter{All: []string{fmt.Sprintf("T%d", n)}} }
	person := func(n int) *graph.PersonWhere {
		return &graph.PersonWhere{Name: ptr(fmt.Sprintf("Given%d Family%d", n, n/3))}
	}
	year := &graph.TimeRange{Year: ptr(2000)}
	for _, tt := range []struct {
		name        string
		step        *graph.Step
		rows, total int
	}{
		{"nothing to start from", rowsOf(graph.RootCables, cables(&graph.CableWhere{Created: year})), -1, -1},
		{"a common tag: along the dates", rowsOf(graph.RootCables, cables(&graph.CableWhere{Tags: tag(0)}), func(s *graph.Step) { s.Page.Size = 1 }), -1, 0},
		{"a rare tag", rowsOf(graph.RootCables, cables(&graph.CableWhere{Tags: tag(1400)})), 0, 0},
		{"of a common tag and a rare person, the person", rowsOf(graph.RootCables, cables(&graph.CableWhere{Tags: tag(0), Mentions: person(40000)})), 1, 1},
		{"of a rare tag and a common person, the tag", rowsOf(graph.RootCables, cables(&graph.CableWhere{Tags: tag(1400), Mentions: person(0)})), 0, 0},
		{"an order without an index: never along it", rowsOf(graph.PersonCables, cables(&graph.CableWhere{Tags: tag(0)})), -1, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := s.read(t.Context(), func(c *conn) error {
				a := &asking{ctx: t.Context(), c: c}
				rows, total, err := a.choose(tt.step, nil)
				if rows != tt.rows || total != tt.total {
					t.Errorf("choose = %d, %d; want %d, %d", rows, total, tt.rows, tt.total)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestTheTraceHasWhatWasRun(t *testing.T) {
	s := opened(t)
	if err := s.Write(t.Context(), benchRecords(0, 20)); err != nil {
		t.Fatal(err)
	}
	trace := &graph.Trace{}
	step := rowsOf(graph.RootCables, func(s *graph.Step) { s.Total = false })
	below := rowsOf(graph.CableTags, func(s *graph.Step) { s.Path, s.Total = []string{"tags"}, false })
	step.Steps = []*graph.Step{below}
	if _, err := s.Ask(graph.WithTrace(t.Context(), trace), &graph.Plan{Steps: []*graph.Step{step}}); err != nil {
		t.Fatal(err)
	}
	statements := trace.Statements()
	if trace.Asks() != 1 || len(statements) != 2 {
		t.Fatalf("%d asks, %d statements; want 1 and one for each step", trace.Asks(), len(statements))
	}
	if first := statements[0]; first.Rows != 11 || first.Parameters["1"] != int64(11) || first.Milliseconds <= 0 {
		t.Errorf("the first statement = %+v", first)
	}
	if statements[1].Runs != 10 {
		t.Errorf("the second statement ran %d times, not for each cable", statements[1].Runs)
	}
}

// TestANodeReachedTwiceIsAskedOnce: what lies below a node is the same however it is reached.
func TestANodeReachedTwiceIsAskedOnce(t *testing.T) {
	s := opened(t)
	records := benchRecords(0, 30)
	for i := range records {
		origin := benchPost(1)
		records[i].Origin = &origin
	}
	if err := s.Write(t.Context(), records); err != nil {
		t.Fatal(err)
	}
	trace := &graph.Trace{}
	received := rowsOf(graph.PostReceived, func(s *graph.Step) { s.Total = false })
	origin := rowsOf(graph.CableOrigin, func(s *graph.Step) { s.Total, s.Steps = false, []*graph.Step{received} })
	step := rowsOf(graph.RootCables, func(s *graph.Step) { s.Total, s.Steps = false, []*graph.Step{origin} })
	if _, err := s.Ask(graph.WithTrace(t.Context(), trace), &graph.Plan{Steps: []*graph.Step{step}}); err != nil {
		t.Fatal(err)
	}
	statements := trace.Statements()
	if len(statements) != 3 {
		t.Fatalf("%d statements, want one for each step", len(statements))
	}
	if statements[1].Runs != 10 || statements[2].Runs != 1 {
		t.Errorf("want the origin of ten cables, and what the one post received once:\n%s\n%s", statements[1].Text, statements[2].Text)
	}
}
