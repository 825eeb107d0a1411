package resolvers_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/resolvers"
)

// recorder keeps the plan that it is asked, and answers nothing.
type recorder struct {
	graph.Reader
	plan *graph.Plan
}

var errRecorded = errors.New("recorded")

func (r *recorder) Ask(_ context.Context, plan *graph.Plan) (graph.Answers, error) {
	r.plan = plan
	return nil, errRecorded
}

func planOf(t *testing.T, query, variables string) *graph.Plan {
	t.Helper()
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the recorder's error
	r := &recorder{}
	response := ask(t, engine(resolvers.NewExecutableSchema(r, resolvers.DefaultLimits())), query, variables)
	if r.plan == nil {
		t.Fatalf("not asked: %v", response.Errors)
	}
	return r.plan
}

func ptr[T any](v T) *T { return &v }

func TestSelectionsBecomePlans(t *testing.T) {
	newest := graph.RootCables.DefaultOrder()
	byKey := []graph.Order{{By: graph.ByKey}}
	for _, row := range []struct {
		name, query, variables string
		want                   []*graph.Step
	}{
		{
			"only what is selected is asked for",
			`{ cables { totalCount } }`, "",
			[]*graph.Step{{Path: []string{"cables"}, Relation: graph.RootCables, Order: newest, Total: true}},
		},
		{
			"scalars become columns, through fragments and aliases",
			`{ found: cables(first: 3) { edges { c: node { s: subject ...more } } } } fragment more on Cable { ... on Node { id } paragraphs { text } }`, "",
			[]*graph.Step{{Path: []string{"found"}, Relation: graph.RootCables, Order: newest, Page: graph.Page{Size: 3}, Rows: true, Fields: graph.FieldSubject | graph.FieldParagraphs | graph.FieldBody}},
		},
		{
			"the way from a list to the next goes over its edges or nodes",
			`{ post(name: "Embassy Paris") { cables { nodes { tags { nodes { code } } } es: edges { n: node { t: tags(first: 2) { totalCount nodes { code } } origin { city } } } } } }`, "",
			[]*graph.Step{{
				Path: []string{"post"}, Relation: graph.RootPosts, Post: &graph.PostWhere{Name: ptr("Embassy Paris")}, Order: graph.RootPosts.DefaultOrder(), Page: graph.Page{Size: 10}, Rows: true, Fields: graph.FieldName,
				Steps: []*graph.Step{{
					Path: []string{"cables"}, Relation: graph.PostCables, Order: newest, Page: graph.Page{Size: 25}, Rows: true,
					Steps: []*graph.Step{
						{Path: []string{"nodes", "tags"}, Relation: graph.CableTags, Order: graph.CableTags.DefaultOrder(), Page: graph.Page{Size: 25}, Rows: true},
						{Path: []string{"es", "n", "t"}, Relation: graph.CableTags, Order: graph.CableTags.DefaultOrder(), Page: graph.Page{Size: 2}, Rows: true, Total: true},
						{Path: []string{"es", "n", "origin"}, Relation: graph.CableOrigin, Order: byKey, Page: graph.Page{Size: 1}, Rows: true, Fields: graph.FieldPlace},
					},
				}},
			}},
		},
		{
			"fragments on other kinds of node do not count",
			`{ node(id: "tag:IR") { ... on Cable { body tags { totalCount } } ... on Tag { coTags { totalCount } } } }`, "",
			[]*graph.Step{{
				Path: []string{"node", "tag"}, Relation: graph.RootTags, Keys: []string{"IR"}, Order: byKey, Page: graph.Page{Size: 1}, Rows: true,
				Steps: []*graph.Step{{Path: []string{"coTags"}, Relation: graph.TagCoTags, Order: graph.TagCoTags.DefaultOrder(), Total: true}},
			}},
		},
		{
			"one step for each kind among ids",
			`{ nodes(ids: ["post:b", "cable:c", "post:a", "post:b"]) { id ... on Cable { subject } } }`, "",
			[]*graph.Step{
				{Path: []string{"nodes", "cable"}, Relation: graph.RootCables, Keys: []string{"c"}, Order: byKey, Page: graph.Page{Size: 1}, Rows: true, Fields: graph.FieldSubject},
				{Path: []string{"nodes", "post"}, Relation: graph.RootPosts, Keys: []string{"a", "b"}, Order: byKey, Page: graph.Page{Size: 2}, Rows: true},
			},
		},
		{
			"who is named in a paragraph is a step below the cable",
			`{ cable(reference: "09STATE1") { p: paragraphs { anchor who: people { start person { tag { code } } } } } }`, "",
			[]*graph.Step{{
				Path: []string{"cable"}, Relation: graph.RootCables, Keys: []string{"09STATE1"}, Order: newest, Page: graph.Page{Size: 1}, Rows: true,
				Fields: graph.FieldParagraphs | graph.FieldBody,
				Steps: []*graph.Step{{
					Path: []string{"p", "who"}, Relation: graph.CablePeople, Order: graph.CablePeople.DefaultOrder(), Page: graph.Page{Size: graph.MaxPage}, Rows: true, Fields: graph.FieldSpans,
					Steps: []*graph.Step{{Path: []string{"person", "tag"}, Relation: graph.PersonTag, Order: byKey, Page: graph.Page{Size: 1}, Rows: true}},
				}},
			}},
		},
		{
			"skip and include are followed",
			`query($no: Boolean = false) { tags { totalCount nodes @include(if: $no) { id cables { totalCount } } } }`, "",
			[]*graph.Step{{Path: []string{"tags"}, Relation: graph.RootTags, Order: byKey, Total: true}},
		},
		{
			"arguments come from literals, variables and defaults",
			`query($w: CableWhere, $by: [CableOrder!], $last: Int = 7) { cables(where: $w, orderBy: $by, last: $last) { pageInfo { hasNextPage } } }`,
			`{"w": {"or": [{"text": "iran"}, {"not": {"origin": {"kind": ["EMBASSY"], "id": ["post:x"]}}}], "created": {"from": "2009-02-12", "to": "2009-02-12T10:00:00+02:00"}, "published": true, "classification": {"atLeast": "SECRET"}, "tag": null}, "by": {"level": "DESC"}}`,
			[]*graph.Step{{
				Path: []string{"cables"}, Relation: graph.RootCables, Rows: true,
				Order: []graph.Order{{By: graph.ByLevel, Desc: true}, {By: graph.ByKey}}, Page: graph.Page{Size: 7, Backward: true},
				Cable: &graph.CableWhere{
					Or:        []*graph.CableWhere{{Text: ptr("iran")}, {Not: &graph.CableWhere{Origin: &graph.PostWhere{Kind: []graph.PostKind{graph.PostEmbassy}, ID: []graph.ID{"post:x"}}}}},
					Created:   &graph.TimeRange{From: ptr(time.Date(2009, 2, 12, 0, 0, 0, 0, time.UTC)), To: ptr(time.Date(2009, 2, 12, 8, 0, 0, 0, time.UTC))},
					Published: ptr(true), Classification: &graph.ClassificationFilter{AtLeast: ptr(graph.LevelSecret)},
				},
			}},
		},
		{
			"shared cables are bound by what their weight is bound by",
			`{ nodes(ids: "post:a") { ... on Post { correspondents(direction: RECEIVED, where: {text: "x"}) { edges { weight cables(first: 1) { totalCount } } } } } }`, "",
			[]*graph.Step{{
				Path: []string{"nodes", "post"}, Relation: graph.RootPosts, Keys: []string{"a"}, Order: byKey, Page: graph.Page{Size: 1}, Rows: true,
				Steps: []*graph.Step{{
					Path: []string{"correspondents"}, Relation: graph.PostCorrespondents, In: &graph.CableWhere{Text: ptr("x")}, Direction: graph.Received,
					Order: graph.PostCorrespondents.DefaultOrder(), Page: graph.Page{Size: 25}, Rows: true,
					Steps: []*graph.Step{{
						Path: []string{"edges", "cables"}, Relation: graph.SharedCables, In: &graph.CableWhere{Text: ptr("x")}, Direction: graph.Received,
						Order: newest, Total: true,
					}},
				}},
			}},
		},
		{
			"a sort key that comes twice counts once",
			`{ cables(first: 0, orderBy: [{created: ASC}, {created: DESC}, {reference: DESC}, {level: ASC}]) { nodes { id } } }`, "",
			[]*graph.Step{{
				Path: []string{"cables"}, Relation: graph.RootCables, Rows: true,
				Order: []graph.Order{{By: graph.ByCreated}, {By: graph.ByKey, Desc: true}},
			}},
		},
		{
			"null is the same as nothing",
			`{ cables(where: null, orderBy: null, first: null, after: null) { totalCount } }`, "",
			[]*graph.Step{{Path: []string{"cables"}, Relation: graph.RootCables, Order: newest, Total: true}},
		},
		{
			"an empty list is a condition",
			`{ cables(where: {or: [], tags: {any: []}}) { totalCount } }`, "",
			[]*graph.Step{{
				Path: []string{"cables"}, Relation: graph.RootCables, Order: newest, Total: true,
				Cable: &graph.CableWhere{Or: []*graph.CableWhere{}, Tags: &graph.TagsFilter{Any: []string{}}},
			}},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			if diff := cmp.Diff(&graph.Plan{Steps: row.want}, planOf(t, row.query, row.variables)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
