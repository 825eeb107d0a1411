package neo4j

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

var update = flag.Bool("update", false, "write the golden statements anew")

func ptr[V any](v V) *V { return &v }

// rows is a step for rows in the relation's own order.
func rows(relation graph.Relation, size int, below ...*graph.Step) *graph.Step {
	return &graph.Step{
		Relation: relation, Order: relation.DefaultOrder(), Page: graph.Page{Size: size},
		Direction: graph.Both, Rows: true, Steps: below,
		Fields: graph.FieldName,
	}
}

// with changes a step in place and returns it.
func with(s *graph.Step, change func(*graph.Step)) *graph.Step {
	change(s)
	return s
}

func total(s *graph.Step) { s.Total = true }

// mission is the question that the project exists for.
func mission() *graph.Step {
	return with(rows(graph.RootPosts, 1,
		with(rows(graph.PostCables, 10,
			rows(graph.CableTags, 100),
			rows(graph.CablePeople, 200),
			with(rows(graph.CableReferences, 100, rows(graph.CableOrigin, 1)), func(s *graph.Step) { s.Fields = graph.FieldSubject }),
		), func(s *graph.Step) {
			s.Total, s.Fields = true, graph.FieldSubject|graph.FieldCreated
			s.Cable = &graph.CableWhere{
				Tags:     &graph.TagsFilter{All: []string{"IR"}},
				Mentions: &graph.PersonWhere{Name: ptr("Bernard Kouchner")},
			}
		}),
	), func(s *graph.Step) { s.Post = &graph.PostWhere{Name: ptr("Embassy Paris")} })
}

func cables(w *graph.CableWhere) *graph.Step {
	return with(rows(graph.RootCables, 25), func(s *graph.Step) { s.Cable = w })
}

func people(w *graph.PersonWhere) *graph.Step {
	return with(rows(graph.RootPeople, 25), func(s *graph.Step) { s.Person = w })
}

// plans are questions, each of which has its statement in testdata.
var plans = map[string][]*graph.Step{
	"mission":       {mission()},
	"newest cables": {with(cables(nil), total)},
	"cables by keys": {with(cables(nil), func(s *graph.Step) {
		s.Keys, s.Fields = []string{"09STATE11937", "07PARIS3733"}, graph.FieldBody|graph.FieldParagraphs
	})},
	"pattern of keyed conditions": {cables(&graph.CableWhere{
		Origin: &graph.PostWhere{Name: ptr("Embassy Paris")}, Tags: &graph.TagsFilter{All: []string{"IR"}, None: []string{"PREL"}},
		Mentions: &graph.PersonWhere{ID: []graph.ID{"person:bernard-kouchner"}}, Created: &graph.TimeRange{Year: ptr(2009)},
		Published: ptr(true),
	})},
	"exists under or and not": {cables(&graph.CableWhere{
		Or: []*graph.CableWhere{
			{Tag: &graph.TagWhere{Code: []string{"IR", "IZ"}}},
			{Origin: &graph.PostWhere{City: ptr("Paris")}, Classification: &graph.ClassificationFilter{AtLeast: ptr(graph.LevelSecret)}},
		},
		Not: &graph.CableWhere{References: &graph.CableWhere{Recipient: &graph.RecipientWhere{Action: ptr(true), Post: &graph.PostWhere{Name: ptr("Paris")}}}},
	})},
	"words enter the root":                      {with(cables(&graph.CableWhere{Text: ptr(`nuclear "heavy water" enrich* -test`)}), total)},
	"a phrase that ends in the start of a word": {cables(&graph.CableWhere{Text: ptr(`"heavy wat"*`)})},
	"the best first, with facets": {with(cables(&graph.CableWhere{Text: ptr("nuclear"), Published: ptr(true)}), func(s *graph.Step) {
		s.Total, s.Order = true, graph.Complete([]graph.Order{{By: graph.ByScore, Desc: true}})
		s.Facets = []*graph.Step{
			with(rows(graph.FacetPeople, 10, rows(graph.PersonCables, 1)), total),
			with(rows(graph.FacetTags, 10), func(s *graph.Step) { s.Tag = &graph.TagWhere{Kind: []graph.TagKind{graph.TagCountry}} }),
			{Relation: graph.FacetClassifications},
			{Relation: graph.FacetTimeline, Dated: graph.Created, Interval: graph.Year},
		}
	})},
	"facets below a node": {rows(graph.RootPeople, 5, with(rows(graph.PersonCables, 0), func(s *graph.Step) {
		s.Rows, s.Cable, s.Facets = false, &graph.CableWhere{Body: &graph.BodyFilter{Matches: ptr("nuclear")}}, []*graph.Step{rows(graph.FacetOrigins, 3)}
	}))},
	"the best of a node's cables": {rows(graph.RootPosts, 5, with(rows(graph.PostCables, 3), func(s *graph.Step) {
		s.Cable, s.Fields = &graph.CableWhere{Subject: &graph.TextFilter{Matches: ptr("nuclear")}}, graph.FieldScore
		s.Order = graph.Complete([]graph.Order{{By: graph.ByScore, Desc: true}})
	}))},
	"words below a node": {rows(graph.RootPosts, 5, with(rows(graph.PostCables, 5), func(s *graph.Step) {
		s.Cable = &graph.CableWhere{Text: ptr("nuclear")}
	}))},
	"words of a name": {people(&graph.PersonWhere{NameContains: ptr("bernard kouch")})},
	"title and tied": {people(&graph.PersonWhere{
		Title: ptr("FM"), MentionedWith: &graph.PersonWhere{Name: ptr("Hillary Clinton")},
		MentionedIn: &graph.CableWhere{Tags: &graph.TagsFilter{Any: []string{"IR", "IZ"}}},
	})},
	"sure mentions": {
		cables(&graph.CableWhere{Mentions: &graph.PersonWhere{Name: ptr("Bernard Kouchner")}, MinConfidence: ptr(0.7)}),
		rows(graph.RootPeople, 5, with(rows(graph.PersonCables, 5), func(s *graph.Step) { s.MinConfidence, s.Total = 0.7, true })),
	},
	"paragraphs": {
		cables(&graph.CableWhere{Paragraph: &graph.SomeParagraphWhere{Marking: &graph.MarkingFilter{In: []string{"SECRET//NOFORN"}}, Names: &graph.PersonWhere{Name: ptr("Bernard Kouchner")}}}),
		cables(&graph.CableWhere{Not: &graph.CableWhere{Paragraph: &graph.SomeParagraphWhere{}}, Paragraph: &graph.SomeParagraphWhere{Marking: &graph.MarkingFilter{AtLeast: ptr(graph.LevelConfidential)}}}),
		rows(graph.RootPeople, 5, with(rows(graph.PersonCables, 5), func(s *graph.Step) { s.Marking, s.Total = &graph.MarkingFilter{Caveat: ptr("NOFORN")}, true })),
	},
	"cables of a tag by date": {
		with(cables(&graph.CableWhere{Tags: &graph.TagsFilter{All: []string{"ir"}}}), func(s *graph.Step) {
			s.Total, s.Page.Cursor = true, graph.Position{int64(20000000), "07PARIS3733"}
		}),
		with(cables(&graph.CableWhere{
			Tag: &graph.TagWhere{Code: []string{"IR"}}, Created: &graph.TimeRange{Year: ptr(2009)}, Tags: nil, Not: &graph.CableWhere{Published: ptr(false)},
		}), func(s *graph.Step) { s.Page.Backward = true }),
		with(rows(graph.RootTags, 5, with(rows(graph.TagCables, 3, rows(graph.CableTags, 100)), total)), func(s *graph.Step) { s.Tag = &graph.TagWhere{Name: ptr("Iran")} }),
	},
	"page after a cursor": {with(cables(nil), func(s *graph.Step) { s.Page.Cursor = graph.Position{int64(20000000), "07PARIS3733"} })},
	"page before a cursor, backward, bounded": {with(cables(nil), func(s *graph.Step) {
		s.Page = graph.Page{Size: 10, Backward: true, Cursor: graph.Position{int64(2), "B"}, Until: graph.Position{int64(9), "A"}}
	})},
	"people by number of cables": {with(people(nil), func(s *graph.Step) {
		s.Order = []graph.Order{{By: graph.ByCables, Desc: true}, {By: graph.ByKey}}
		s.Page.Cursor = graph.Position{int64(7), "bernard-kouchner"}
	})},
	"weighted with shared cables": {rows(graph.RootPeople, 5, with(rows(graph.PersonMentionedWith, 10,
		with(rows(graph.SharedCables, 3), total)), func(s *graph.Step) {
		s.Total, s.In = true, &graph.CableWhere{Tags: &graph.TagsFilter{All: []string{"IR"}}}
	}))},
	"people by keys": {with(people(nil), func(s *graph.Step) {
		s.Keys, s.Fields = []string{"bernard-kouchner", "b-kouchner"}, graph.FieldOtherSlugs
	})},
	"whom a surname could mean": {with(rows(graph.RootPeople, 5, with(rows(graph.PersonCandidates, 3), total)), func(s *graph.Step) {
		s.Person, s.Fields = &graph.PersonWhere{Name: ptr("Clinton")}, graph.FieldBecause
	})},
	"correspondents both ways": {rows(graph.RootPosts, 5, rows(graph.PostCorrespondents, 10, rows(graph.SharedCables, 3)))},
	"related with reasons":     {rows(graph.RootCables, 5, with(rows(graph.CableRelated, 10), total))},
	"several roots":            {rows(graph.RootTags, 5), with(rows(graph.RootPosts, 0), func(s *graph.Step) { s.Rows, s.Total = false, true })},
	"the same field twice": {rows(graph.RootPeople, 100,
		rows(graph.PersonCables, 10, rows(graph.CableReferences, 10, rows(graph.CableOrigin, 1))),
		with(rows(graph.PersonCables, 5), func(s *graph.Step) { s.Cable = &graph.CableWhere{Tags: &graph.TagsFilter{All: []string{"IR"}}} }))},
}

func TestStatements(t *testing.T) {
	for name, steps := range plans {
		t.Run(name, func(t *testing.T) {
			st, err := compile(&graph.Plan{Steps: steps}, byIndex, false)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", strings.ReplaceAll(name, " ", "_")+".cypher")
			if *update {
				if err := os.WriteFile(file, []byte(st.text+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), st.text+"\n"); diff != "" {
				t.Errorf("the statement is not that of %s (-file +compiled):\n%s", file, diff)
			}
		})
	}
}
