package resolvers_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/resolvers"
)

const mission = `{ post(name: "Embassy Paris") { name cables(where: {tags: {all: ["IR"]}, mentions: {name: "Bernard Kouchner"}}, first: 10) {
	totalCount pageInfo { hasNextPage endCursor } nodes { reference subject created
	tags(first: 100) { nodes { code name } }
	people(first: 100) { edges { count node { name } } }
	references(first: 100) { edges { label as node { reference subject } } } } } } }`

// prepared gives one answer to the mission's question, without work of its own:
// 10 cables with 8 tags, 20 people and 5 references each. For one request at a time.
type prepared struct {
	graph.Reader
	answers graph.Answers
}

func (p *prepared) Ask(_ context.Context, plan *graph.Plan) (graph.Answers, error) {
	hang(p.answers, plan.Steps)
	return p.answers, nil
}

// hang ties answers to the steps of the plan that asks for them now.
func hang(answers graph.Answers, steps []*graph.Step) {
	for i := range answers {
		answers[i].Step = steps[i]
		for j := range answers[i].Edges {
			e := &answers[i].Edges[j]
			e.Step = steps[i]
			hang(e.Node().Below(), steps[i].Steps)
		}
	}
}

func prepare() *prepared {
	cables := graph.Answer{Total: 10, Edges: make([]graph.Edge, 10)}
	for i := range cables.Edges {
		var tags, people, references graph.Answer
		for j := range 8 {
			tags.Edges = append(tags.Edges, graph.Edge{Tag: &graph.Tag{Code: fmt.Sprintf("TAG%d", j), Name: "A Name of a Tag", Kind: graph.TagSubject}})
		}
		for j := range 20 {
			people.Edges = append(people.Edges, graph.Edge{Person: &graph.Person{Slug: fmt.Sprintf("person-%d", j), Name: "Bernard Kouchner"}, Mention: &graph.Mention{Count: j}})
		}
		for j := range 5 {
			references.Edges = append(references.Edges, graph.Edge{Label: "A", As: "08 PARIS 2199", Cable: &graph.Cable{Reference: graph.Reference(fmt.Sprintf("09PARIS%d", j)), Subject: "A subject of ordinary length, in capitals or not"}})
		}
		created := time.Date(2009, 2, i+1, 17, 32, 0, 0, time.UTC)
		cables.Edges[i] = graph.Edge{
			At:    graph.Position{graph.Minute(created), "09STATE11937"},
			Cable: &graph.Cable{Reference: "09STATE11937", Subject: "Secretary Clinton's meeting with French Foreign Minister Bernard Kouchner", Created: created, Answers: graph.Answers{tags, people, references}},
		}
	}
	post := &graph.Post{Slug: "embassy-paris", Name: "Embassy Paris", Answers: graph.Answers{cables}}
	return &prepared{answers: graph.Answers{{Edges: []graph.Edge{{Post: post}}}}}
}

// BenchmarkMission measures all that happens between a request and a response
// but the network and the store. The parsed query is kept, as the server does.
func BenchmarkMission(b *testing.B) {
	schema := resolvers.NewExecutableSchema(prepare(), resolvers.DefaultLimits())
	for _, row := range []struct {
		name   string
		schema *resolvers.Schema
	}{{"written", schema}, {"byField", schema.ByField()}} {
		b.Run(row.name, func(b *testing.B) {
			exec := engine(row.schema)
			exec.SetQueryCache(lru.New[*ast.QueryDocument](10))
			b.ReportAllocs()
			b.SetBytes(int64(len(data(b, ask(b, exec, mission, "")))))
			for b.Loop() {
				ctx := graphql.StartOperationTrace(b.Context())
				op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: mission})
				if len(errs) > 0 {
					b.Fatal(errs)
				}
				respond, ctx := exec.DispatchOperation(ctx, op)
				if r := respond(ctx); len(r.Errors) > 0 {
					b.Fatal(r.Errors)
				}
			}
		})
	}
}
