package neo4j_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/graph/neo4j/neo4jtest"
	"github.com/cablegraph/cablegraph/graph/storetest"
)

func TestUnreachableServerIsUnavailable(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	// Nothing listens on the discard port.
	if _, err := neo4j.Open(ctx, "bolt://127.0.0.1:9", "", ""); !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("Open: %v, want ErrUnavailable", err)
	}
}

// filled is the test server's store with a made-up world, and a session beside it.
func filled(t *testing.T) (graph.Store, driver.SessionWithContext) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	store := neo4jtest.Open(t)
	for part := range slices.Chunk(storetest.MadeUp(3, 400), 200) {
		if err := store.Write(ctx, part); err != nil {
			t.Fatal(err)
		}
	}
	if err := storetest.SettleAll(ctx, store); err != nil {
		t.Fatal(err)
	}
	session := neo4jtest.Session(t)
	// The server samples its indexes some time after they were filled; until then it plans by what it finds in an empty one.
	run(t, session, "CALL db.prepareForReplanning()", nil)
	return store, session
}

func TestCablesOfAnOlderProgramAreRefused(t *testing.T) {
	_, session := filled(t)
	run(t, session, "MATCH (m:Meta {key: 'store'}) REMOVE m.format", nil)
	user, password := "", os.Getenv("CABLEGRAPH_TEST_NEO4J_PASSWORD")
	if password != "" {
		user = "neo4j"
	}
	_, err := neo4j.Open(t.Context(), os.Getenv("CABLEGRAPH_TEST_NEO4J_URI"), user, password)
	if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "load the documents anew") {
		t.Errorf("Open: %v", err)
	}
}

func run(t *testing.T, session driver.SessionWithContext, statement string, params map[string]any) driver.ResultSummary {
	t.Helper()
	result, err := session.Run(t.Context(), statement, params)
	if err != nil {
		t.Fatal(err)
	}
	summary, err := result.Consume(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// scans lists the operators below a plan that look at all nodes or edges of a kind. The
// plan of a PROFILE has them; of that of an EXPLAIN the driver shows the last branch only.
func scans(plan driver.ProfiledPlan) []string {
	var found []string
	if name := plan.Operator(); strings.Contains(name, "Scan") {
		found = append(found, name)
	}
	for _, child := range plan.Children() {
		found = append(found, scans(child)...)
	}
	return found
}

func TestPlansStartAtAnIndex(t *testing.T) {
	store, session := filled(t)
	cables := func(w *graph.CableWhere) *graph.Step { return &graph.Step{Relation: graph.RootCables, Cable: w} }
	for _, row := range []struct {
		question string
		step     *graph.Step
	}{
		{"a post by name, its cables by tag and person", &graph.Step{
			Relation: graph.RootPosts, Post: &graph.PostWhere{Name: new("Embassy Paris")},
			Steps: []*graph.Step{{
				Relation: graph.PostCables, Order: graph.PostCables.DefaultOrder(), Page: graph.Page{Size: 10}, Rows: true, Total: true,
				Cable: &graph.CableWhere{Tags: &graph.TagsFilter{All: []string{"IR"}}, Mentions: &graph.PersonWhere{Name: new("Bernard Kouchner")}},
			}},
		}},
		{"cables by origin, tag and person", cables(&graph.CableWhere{
			Origin: &graph.PostWhere{Name: new("Embassy Paris")}, Tags: &graph.TagsFilter{All: []string{"IR"}},
			Mentions: &graph.PersonWhere{Name: new("Bernard Kouchner")},
		})},
		{"cables by key", &graph.Step{Relation: graph.RootCables, Keys: []string{"09STATE11937", "07PARIS3733"}}},
		{"cables by words", cables(&graph.CableWhere{Text: new("nuclear enrich*")})},
		{"cables by words of a person's name", cables(&graph.CableWhere{Mentions: &graph.PersonWhere{NameContains: new("bernard kouch")}})},
		{"whom a surname could mean", &graph.Step{
			Relation: graph.RootPeople, Person: &graph.PersonWhere{Name: new("Clinton")},
			Steps: []*graph.Step{{Relation: graph.PersonCandidates, Order: graph.PersonCandidates.DefaultOrder(), Page: graph.Page{Size: 10}, Rows: true, Total: true}},
		}},
		{"people by slug, and other slugs", &graph.Step{Relation: graph.RootPeople, Keys: []string{"bernard-kouchner", "b-kouchner"}}},
		{"cables that mention a minister of a country", cables(&graph.CableWhere{Mentions: &graph.PersonWhere{Title: new("FM"), Country: new("France")}})},
		{"cables of either of two posts", cables(&graph.CableWhere{Or: []*graph.CableWhere{
			{Origin: &graph.PostWhere{Name: new("Embassy Paris")}}, {Origin: &graph.PostWhere{Name: new("Embassy London")}},
		}})},
		{"cables that name a person in a paragraph so marked", cables(&graph.CableWhere{Paragraph: &graph.SomeParagraphWhere{
			Marking: &graph.MarkingFilter{AtLeast: new(graph.LevelSecret), Caveat: new("NOFORN")}, Names: &graph.PersonWhere{Name: new("Bernard Kouchner")},
		}})},
		{"people by the tags of their cables", &graph.Step{Relation: graph.RootPeople, Person: &graph.PersonWhere{
			MentionedIn: &graph.CableWhere{Tags: &graph.TagsFilter{Any: []string{"IR", "IZ"}}},
		}}},
	} {
		t.Run(row.question, func(t *testing.T) {
			step := row.step
			step.Order, step.Rows, step.Total, step.Page.Size = step.Relation.DefaultOrder(), true, true, 25
			trace := &graph.Trace{}
			if _, err := store.Ask(graph.WithTrace(t.Context(), trace), &graph.Plan{Steps: []*graph.Step{step}}); err != nil {
				t.Fatal(err)
			}
			statement := trace.Statements()[0]
			plan := run(t, session, "PROFILE "+statement.Text, statement.Parameters).Profile()
			if found := scans(plan); len(found) > 0 {
				t.Errorf("the plan has %v:\n%s", found, statement.Text)
			}
		})
	}
}

// most is the number of rows of the operator that gives most.
func most(plan driver.ProfiledPlan) int64 {
	rows := plan.Records()
	for _, child := range plan.Children() {
		rows = max(rows, most(child))
	}
	return rows
}

func TestAPageBehindACursorIsAllThatIsRead(t *testing.T) {
	store, session := filled(t)
	page := func(r graph.Relation, w *graph.CableWhere) *graph.Step {
		return &graph.Step{Relation: r, Order: r.DefaultOrder(), Rows: true, Page: graph.Page{Size: 5}, Cable: w}
	}
	busiest := &graph.Step{Relation: graph.RootTags, Rows: true, Page: graph.Page{Size: 1}, Order: graph.Complete([]graph.Order{{By: graph.ByCables, Desc: true}})}
	tags, err := store.Ask(t.Context(), &graph.Plan{Steps: []*graph.Step{busiest}})
	if err != nil {
		t.Fatal(err)
	}
	tag := &graph.TagWhere{Code: []string{tags[0].Edges[0].Tag.Code}}
	ofTag := page(graph.TagCables, nil)
	ofTag.Total = true
	for _, row := range []struct {
		list       string
		root, page *graph.Step
	}{
		{"all cables", page(graph.RootCables, nil), nil},
		{"those with a tag", page(graph.RootCables, &graph.CableWhere{Tag: tag}), nil},
		{"a tag's, counted", &graph.Step{
			Relation: graph.RootTags, Order: graph.RootTags.DefaultOrder(), Rows: true, Page: graph.Page{Size: 1},
			Tag: tag, Steps: []*graph.Step{ofTag},
		}, ofTag},
	} {
		t.Run(row.list, func(t *testing.T) {
			for range 3 {
				trace := &graph.Trace{}
				answers, err := store.Ask(graph.WithTrace(t.Context(), trace), &graph.Plan{Steps: []*graph.Step{row.root}})
				if err != nil {
					t.Fatal(err)
				}
				statement := trace.Statements()[0]
				if rows := most(run(t, session, "PROFILE "+statement.Text, statement.Parameters).Profile()); rows > 40 {
					t.Errorf("%d cables are read for a page of 5:\n%s", rows, statement.Text)
				}
				step, answer := row.root, &answers[0]
				if row.page != nil {
					step, answer = row.page, &answers[0].Edges[0].Tag.Answers[0]
				}
				step.Page.Cursor = answer.Edges[4].At
			}
		})
	}
}

func TestSuggestionsStartAtAnIndex(t *testing.T) {
	store, session := filled(t)
	for _, prefix := range []string{"a", "kouch", "bern kou", "09 State 11", "09STATE11937"} {
		trace := &graph.Trace{}
		plan := &graph.Plan{Steps: (&graph.Suggest{Prefix: prefix, Kinds: graph.Kinds, First: 10}).Steps()}
		if _, err := store.Ask(graph.WithTrace(t.Context(), trace), plan); err != nil {
			t.Fatal(err)
		}
		statement := trace.Statements()[0]
		if found := scans(run(t, session, "PROFILE "+statement.Text, statement.Parameters).Profile()); len(found) > 0 {
			t.Errorf("%q: the plan has %v:\n%s", prefix, found, statement.Text)
		}
	}
}

func TestReplanRunsNothing(t *testing.T) {
	store := neo4jtest.Open(t).(*neo4j.Store)
	if err := store.Replan(t.Context(), []graph.Statement{{Text: "RETURN 1 / $n", Parameters: map[string]any{"n": 0}}}); err != nil {
		t.Errorf("Replan: %v", err)
	}
	if err := store.Replan(t.Context(), []graph.Statement{{Text: "RETURN 1"}, {Text: "RETURN x"}}); err == nil || !strings.Contains(err.Error(), "`x` not defined") {
		t.Errorf("Replan of a statement that means nothing: %v", err)
	}
}

func TestGateLeftOpenByAKilledWriter(t *testing.T) {
	store, session := filled(t)
	run(t, session, "MATCH (gate:Meta {key: 'gate'}) SET gate.version = gate.version + 1", nil)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for _, attempt := range []string{"first", "second"} {
		start := time.Now()
		if _, err := store.Corpus(ctx); err != nil {
			t.Fatalf("%s question: %v", attempt, err)
		}
		if took := time.Since(start); attempt == "second" && took > time.Second {
			t.Errorf("the second question waited again, %s", took)
		}
	}
	if err := store.Write(ctx, storetest.World()); err != nil {
		t.Fatalf("Write: %v", err)
	}
	if _, err := store.Corpus(ctx); err != nil {
		t.Fatalf("after a write: %v", err)
	}
}

func TestWhatWasWrittenIsReadFromAnIndex(t *testing.T) {
	store, session := filled(t)
	trace := &graph.Trace{}
	ctx := graph.WithTrace(t.Context(), trace)
	at, err := store.Latest(ctx)
	if err == nil {
		_, err = store.Written(ctx, graph.Moment{Generation: at.Generation - 1}, 10)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range trace.Statements() {
		if found := scans(run(t, session, "PROFILE "+statement.Text, statement.Parameters).Profile()); len(found) > 0 {
			t.Errorf("the plan has %v:\n%s", found, statement.Text)
		}
	}
}
