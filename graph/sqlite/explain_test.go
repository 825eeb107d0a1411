package sqlite

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// opened is an empty store for one test.
func opened(tb testing.TB) *Store {
	tb.Helper()
	s, err := Open(context.Background(), filepath.Join(tb.TempDir(), "cables.db"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// explain returns SQLite's plan for a statement, a line for each step.
func explain(tb testing.TB, s *Store, statement expr) []string {
	tb.Helper()
	args := make([]any, len(statement.args))
	for i, v := range statement.args {
		switch v.(type) {
		case upper, higher:
			args[i] = int64(1)
		case chosen:
			args[i] = "[[1,2],[3,1]]"
		default:
			args[i] = v
		}
	}
	var lines []string
	err := s.read(context.Background(), func(c *conn) error {
		return c.query("EXPLAIN QUERY PLAN "+statement.text, args, func(r row) error {
			lines = append(lines, r.text(3))
			return nil
		})
	})
	if err != nil {
		tb.Fatal(err)
	}
	return lines
}

func ptr[T any](v T) *T { return &v }

// mission asks for the cables that are tagged IR and mention Kouchner.
func mission() *graph.CableWhere {
	return &graph.CableWhere{
		Tags:     &graph.TagsFilter{All: []string{"IR"}},
		Mentions: &graph.PersonWhere{Name: ptr("Bernard Kouchner")},
	}
}

// rowsOf is a step for the first ten rows of a relation.
func rowsOf(relation graph.Relation, change ...func(*graph.Step)) *graph.Step {
	s := &graph.Step{Relation: relation, Order: relation.DefaultOrder(), Page: graph.Page{Size: 10}, Rows: true, Total: true, Direction: graph.Both, Fields: graph.FieldName | graph.FieldKind | graph.FieldPublished | graph.FieldCount | graph.FieldEvidence | graph.FieldCitation | graph.FieldAddressee}
	for _, c := range change {
		c(s)
	}
	return s
}

func byCables(s *graph.Step) {
	s.Order = []graph.Order{{By: graph.ByCables, Desc: true}, {By: graph.ByKey}}
}

// suggested asks for the people with the start of a name who are in most cables.
func suggested(prefix string) func(*graph.Step) {
	return func(s *graph.Step) {
		byCables(s)
		s.Person = &graph.PersonWhere{NameContains: &prefix}
	}
}

func cables(w *graph.CableWhere) func(*graph.Step) { return func(s *graph.Step) { s.Cable = w } }

// shape is a step and where its search starts.
type shape struct {
	name  string
	step  *graph.Step
	via   *graph.Step
	drive int // -1: along the list
	// walks is the index that the rows may be walked along from its end.
	walks string
}

func shapes() []shape {
	const walk = -1
	fromParis := mission()
	fromParis.Origin = &graph.PostWhere{Name: ptr("Embassy Paris")}
	year := &graph.CableWhere{Created: &graph.TimeRange{From: ptr(time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC))}}
	secret := &graph.MarkingFilter{In: []string{"S/NF", "S"}}
	return []shape{
		{"all cables, newest first", rowsOf(graph.RootCables), nil, walk, "cable_created"},
		{"cables by key", rowsOf(graph.RootCables, func(s *graph.Step) { s.Keys = []string{"09STATE11937"} }), nil, 0, ""},
		{"the second page of cables", rowsOf(graph.RootCables, func(s *graph.Step) {
			s.Page.Cursor = graph.Position{int64(20000000), "09STATE11937"}
		}), nil, walk, "cable_created"},
		{"the mission, from the root", rowsOf(graph.RootCables, cables(fromParis)), nil, 2, ""},
		{"a common tag, along the dates", rowsOf(graph.RootCables, cables(&graph.CableWhere{Tags: &graph.TagsFilter{Any: []string{"PREL", "PGOV"}}})), nil, walk, "cable_created"},
		{"the mission, below Paris", rowsOf(graph.PostCables, cables(mission())), nil, walk, ""},
		{"the mission, below Paris, from the person", rowsOf(graph.PostCables, cables(mission())), nil, 1, ""},
		{"cables received, with a tag", rowsOf(graph.PostReceived, cables(mission())), nil, walk, ""},
		{"ten newest cables of a person", rowsOf(graph.PersonCables), nil, walk, ""},
		{"ten newest cables of a person in a year", rowsOf(graph.PersonCables, cables(year)), nil, walk, ""},
		{"cables of a tag", rowsOf(graph.TagCables), nil, walk, ""},
		{"full text", rowsOf(graph.RootCables, cables(&graph.CableWhere{Text: ptr(`nuclear "expanded meeting" -fuel`)})), nil, 0, ""},
		{"full text, along the dates", rowsOf(graph.RootCables, cables(&graph.CableWhere{Text: ptr("nuclear")})), nil, walk, "cable_created"},
		{"full text, the best first", rowsOf(graph.RootCables, cables(&graph.CableWhere{Text: ptr("uranium enrichment")}), func(s *graph.Step) {
			s.Order = graph.Complete([]graph.Order{{By: graph.ByScore, Desc: true}})
			s.Facets = []*graph.Step{rowsOf(graph.FacetPeople)}
		}), nil, 0, ""},
		{"full text of a person's cables, the best first", rowsOf(graph.PersonCables, cables(&graph.CableWhere{Body: &graph.BodyFilter{Matches: ptr("uranium")}}), func(s *graph.Step) {
			s.Order = graph.Complete([]graph.Order{{By: graph.ByScore, Desc: true}})
		}), nil, walk, ""},
		{"either of two", rowsOf(graph.RootCables, cables(&graph.CableWhere{Or: []*graph.CableWhere{mission(), {Text: ptr("uranium")}}})), nil, 0, ""},
		{"people by part of a name", rowsOf(graph.RootPeople, func(s *graph.Step) { s.Person = &graph.PersonWhere{NameContains: ptr("bern kou")} }), nil, 0, ""},
		{"the start of a name in few names, most cables first", rowsOf(graph.RootPeople, suggested("kouch")), nil, 0, ""},
		{"the start of a name in many names, most cables first", rowsOf(graph.RootPeople, suggested("a")), nil, alone, "person_cables"},
		{"the start of a subject's word, most cited first", rowsOf(graph.RootCables, byCables, cables(&graph.CableWhere{Subject: &graph.TextFilter{Matches: ptr("iran nuc*")}})), nil, 0, ""},
		{"the start of a reference, most cited first", rowsOf(graph.RootCables, byCables, cables(&graph.CableWhere{Reference: &graph.ReferenceFilter{StartsWith: ptr("09STATE")}})), nil, 0, ""},
		{"people by number of cables", rowsOf(graph.RootPeople, func(s *graph.Step) { s.Order = []graph.Order{{By: graph.ByCables, Desc: true}, {By: graph.ByKey}} }), nil, walk, "person_cables"},
		{"everything of a cable", rowsOf(graph.RootCables, func(s *graph.Step) { s.Fields = ^graph.Fields(0) }), nil, walk, "cable_created"},
		{"people of a cable", rowsOf(graph.CablePeople, func(s *graph.Step) { s.Fields = ^graph.Fields(0) }), nil, walk, ""},
		{"sure mentions of a cable", rowsOf(graph.CablePeople, func(s *graph.Step) { s.MinConfidence = 0.7 }), nil, walk, ""},
		{"cables that surely mention a person", rowsOf(graph.RootCables, cables(&graph.CableWhere{Mentions: &graph.PersonWhere{Name: ptr("Kouchner")}, MinConfidence: ptr(0.7)})), nil, 0, ""},
		{"cables with a paragraph so marked, along the dates", rowsOf(graph.RootCables, cables(&graph.CableWhere{Paragraph: &graph.SomeParagraphWhere{Marking: secret}})), nil, walk, "cable_created"},
		{"cables that name a person in a paragraph so marked", rowsOf(graph.RootCables, cables(&graph.CableWhere{Paragraph: &graph.SomeParagraphWhere{Marking: secret, Names: &graph.PersonWhere{Name: ptr("Kouchner")}}})), nil, 0, ""},
		{"cables that name a person in a paragraph so marked, below the person", rowsOf(graph.PersonCables, func(s *graph.Step) { s.Marking = secret }), nil, walk, ""},
		{"origin of a cable", rowsOf(graph.CableOrigin), nil, walk, ""},
		{"signer of a cable", rowsOf(graph.CableSigner), nil, walk, ""},
		{"recipients of a cable", rowsOf(graph.CableRecipients), nil, walk, ""},
		{"references of a cable", rowsOf(graph.CableReferences), nil, walk, ""},
		{"cables that cite a cable", rowsOf(graph.CableReferencedBy), nil, walk, ""},
		{"cables related to a cable", rowsOf(graph.CableRelated), nil, walk, ""},
		{"people mentioned with a person", rowsOf(graph.PersonMentionedWith), nil, walk, ""},
		{"people by slug, and other slugs", rowsOf(graph.RootPeople, func(s *graph.Step) { s.Keys = []string{"bernard-kouchner"} }), nil, 0, ""},
		{"people by title and country", rowsOf(graph.RootPeople, func(s *graph.Step) {
			s.Person = &graph.PersonWhere{Title: ptr("FM"), Country: ptr("France")}
		}), nil, 0, ""},
		{"whom a surname could mean", rowsOf(graph.PersonCandidates), nil, walk, ""},
		{"people of a post's cables in a year", rowsOf(graph.PostPeople, func(s *graph.Step) { s.In = year }), nil, walk, ""},
		{"correspondents of a post", rowsOf(graph.PostCorrespondents), nil, walk, ""},
		{"cables that two people share", rowsOf(graph.SharedCables), rowsOf(graph.PersonMentionedWith), walk, ""},
	}
}

// scan is a line of SQLite's plan that says that a whole table is read.
var scan = regexp.MustCompile(`^SCAN (\w+)(?: (.*))?$`)

// scans returns the lines of a plan that read a whole table or index of the graph, other than the index that may be walked.
func scans(lines []string, walks string) []string {
	var all []string
	for _, line := range lines {
		m := scan.FindStringSubmatch(line)
		switch {
		case m == nil, m[1] == "json_each", m[1] == "k", m[1] == "e" && m[2] == "":
		case strings.Contains(m[2], "VIRTUAL TABLE INDEX"): // FTS5 with MATCH
		case walks != "" && m[2] == "USING INDEX "+walks:
		default:
			all = append(all, line)
		}
	}
	return all
}

func TestNoShapeReadsAWholeTable(t *testing.T) {
	s := opened(t)
	for _, sh := range shapes() {
		t.Run(sh.name, func(t *testing.T) {
			c, err := sh.compile()
			if err != nil {
				t.Fatal(err)
			}
			if bad := scans(explain(t, s, c.rows), sh.walks); len(bad) > 0 {
				t.Errorf("%v\n%s\n%s", bad, c.rows.text, strings.Join(explain(t, s, c.rows), "\n"))
			}
			if c.ids.text != "" {
				if bad := scans(explain(t, s, c.ids), ""); len(bad) > 0 {
					t.Errorf("ids: %v\n%s", bad, c.ids.text)
				}
			}
			if sh.walks != "" {
				return // counting all is reading all
			}
			if bad := scans(explain(t, s, c.total), ""); len(bad) > 0 {
				t.Errorf("total: %v\n%s\n%s", bad, c.total.text, strings.Join(explain(t, s, c.total), "\n"))
			}
		})
	}
}

func TestAnIndexGivesTheOrderOfLongLists(t *testing.T) {
	s := opened(t)
	for _, relation := range []graph.Relation{graph.RootCables, graph.PostCables, graph.PostReceived, graph.PersonCables, graph.TagCables} {
		c, err := compileStep(rowsOf(relation), nil, -1)
		if err != nil {
			t.Fatal(err)
		}
		if lines := explain(t, s, c.rows); slices.Contains(lines, "USE TEMP B-TREE FOR ORDER BY") {
			t.Errorf("relation %d sorts its whole list:\n%s", relation, strings.Join(lines, "\n"))
		}
	}
}

func TestWhatWasWrittenIsReadFromAnIndex(t *testing.T) {
	s := opened(t)
	for _, statement := range []expr{{text: latestWritten}, {writtenSince, []any{int64(1), "09PARIS1", 10}}} {
		plan := explain(t, s, statement)
		if len(plan) != 1 || !strings.Contains(plan[0], "SEARCH cable USING COVERING INDEX cable_written") {
			t.Errorf("the plan is %v of\n%s", plan, statement.text)
		}
	}
}

// TestAPageThatIsKnownIsLookedUp holds the statements for pages that were found in memory.
func TestAPageThatIsKnownIsLookedUp(t *testing.T) {
	s := opened(t)
	for _, relation := range []graph.Relation{
		graph.RootCables, graph.RootPosts, graph.RootPeople, graph.RootTags, graph.PostCables, graph.PostReceived,
		graph.PersonCables, graph.PersonSigned, graph.TagCables, graph.SharedCables,
		graph.PostPeople, graph.PostCorrespondents, graph.PersonMentionedWith, graph.TagCoTags, graph.CableRelated, graph.FacetPeople,
	} {
		step := rowsOf(relation, func(s *graph.Step) { s.Fields = ^graph.Fields(0) })
		c, err := compileChosen(step, rowsOf(graph.PersonMentionedWith))
		if err != nil {
			t.Fatalf("relation %d: %v", relation, err)
		}
		for _, line := range explain(t, s, c.rows) {
			m := scan.FindStringSubmatch(line)
			if m == nil || m[1] == "json_each" || m[1] == "k" || m[1] == "e" && relation.Weighted() {
				continue
			}
			t.Errorf("relation %d: %s\n%s", relation, line, c.rows.text)
		}
	}
}
