// Package resolvers answers GraphQL requests from a store. The whole selection of
// a root field is read ahead into one graph.Plan (plan.go); the store answers it at
// once; what comes back is written along the selection (write.go). Nothing below
// a root field asks a store again, however deep a query goes.
//
// Requests come in through the GraphQL library's executor; the types of the
// schema are bound to those of graph, in gqlgen.yml.
package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/resolvers/gen"
)

// Schema is the API over one store: a graphql.ExecutableSchema.
type Schema struct {
	store     graph.Reader
	limits    Limits
	generated graphql.ExecutableSchema
	byField   bool
	news      *news
}

// NewExecutableSchema returns the API over a store.
func NewExecutableSchema(store graph.Reader, limits Limits) *Schema {
	news := newNews(store, limits.Look)
	generated := gen.NewExecutableSchema(gen.Config{Resolvers: &resolver{store: store, news: news, limits: limits}})
	return &Schema{store: store, limits: limits, generated: generated, news: news}
}

// ByField returns the same API with a resolver call for every field of every
// row, for extensions that have to see each of them. The answers are the same,
// byte for byte; they take several times as long to write.
func (s *Schema) ByField() *Schema {
	slow := *s
	slow.byField = true
	return &slow
}

// Schema returns the parsed schema.
func (s *Schema) Schema() *ast.Schema { return s.generated.Schema() }

// Complexity is for the library's own limit, which knows no pages; Limits.Cost is what counts here.
func (s *Schema) Complexity(ctx context.Context, typeName, field string, below int, args map[string]any) (int, bool) {
	return s.generated.Complexity(ctx, typeName, field, below, args)
}

// Exec reads the request ahead and refuses what is beyond the limits before any
// store is asked. The root fields are answered side by side. A subscription goes on
// until the context ends, which it must, so that nothing runs for it any more.
func (s *Schema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	questions, cost, err := read(op, s.limits)
	if err != nil {
		graphql.AddError(ctx, err) // the executor sees it and answers with it alone
		return graphql.OneShot(&graphql.Response{})
	}
	if op.Operation.Operation == ast.Subscription {
		if s.byField {
			return s.generated.Exec(context.WithValue(ctx, questionsKey{}, questions))
		}
		return s.subscribe(ctx, questions, cost)
	}
	around := op.RootResolverMiddleware
	op.RootResolverMiddleware = func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		return around(ctx, func(ctx context.Context) graphql.Marshaler { return s.root(ctx, next) })
	}
	respond := s.generated.Exec(ctx)
	return func(ctx context.Context) *graphql.Response {
		noteCost(ctx, cost)
		return respond(context.WithValue(ctx, questionsKey{}, questions))
	}
}

type questionsKey struct{}

// questionFrom returns the question of a root field; nil where it needs no plan.
func questionFrom(ctx context.Context, alias string) *question {
	questions, _ := ctx.Value(questionsKey{}).([]*question)
	for _, q := range questions {
		if q.field.Alias == alias {
			return q
		}
	}
	return nil
}

// root answers a root field; next is the generated way.
func (s *Schema) root(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	field := graphql.GetRootFieldContext(ctx).Field
	q := questionFrom(ctx, field.Alias)
	if q == nil || s.byField && q.err == nil {
		return next(ctx)
	}
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Query", Field: field})
	out, err := s.answer(ctx, q)
	if err != nil {
		graphql.AddError(ctx, graphql.AddFieldLocationToError(ctx, err))
		return graphql.Null
	}
	return out
}

func (s *Schema) answer(ctx context.Context, q *question) (out graphql.Marshaler, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = graphql.Recover(ctx, value)
		}
	}()
	if q.exploring != nil {
		found, err := q.explore(ctx, s.store)
		if err != nil {
			return nil, err
		}
		return write(func(b []byte) []byte { return writeObject(b, found, q.shapes[0]) }), nil
	}
	answers, err := q.ask(ctx, s.store)
	if err != nil {
		return nil, err
	}
	return q.marshal(answers)
}
