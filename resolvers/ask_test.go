package resolvers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
	"github.com/cablegraph/cablegraph/resolvers"
)

// counting is a store that counts how often it is asked.
type counting struct {
	graph.Reader
	asks atomic.Int32
}

func (c *counting) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	c.asks.Add(1)
	graph.TraceFrom(ctx).AddAsk()
	return c.Reader.Ask(ctx, plan)
}

// world is the drawn world of the store contract.
func world() *counting { return &counting{Reader: storetest.Settled(storetest.World())} }

func engine(schema *resolvers.Schema) *executor.Executor {
	exec := executor.New(schema)
	exec.SetErrorPresenter(resolvers.ErrorPresenter)
	exec.SetRecoverFunc(resolvers.Recover)
	exec.Use(resolvers.Explain{Limits: resolvers.DefaultLimits()})
	exec.Use(introspection{})
	return exec
}

type introspection struct{}

func (introspection) ExtensionName() string                   { return "introspection" }
func (introspection) Validate(graphql.ExecutableSchema) error { return nil }
func (introspection) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = false
	return nil
}

// ask answers one query; variables is a JSON object or empty.
func ask(t testing.TB, exec *executor.Executor, query, variables string, headers ...http.Header) *graphql.Response {
	t.Helper()
	params := &graphql.RawParams{Query: query}
	if len(headers) > 0 {
		params.Headers = headers[0]
	}
	if variables != "" {
		decoder := json.NewDecoder(bytes.NewReader([]byte(variables)))
		decoder.UseNumber()
		if err := decoder.Decode(&params.Variables); err != nil {
			t.Fatalf("variables: %v", err)
		}
	}
	ctx := graphql.StartOperationTrace(t.Context())
	op, errs := exec.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		return exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	}
	respond, ctx := exec.DispatchOperation(ctx, op)
	return respond(ctx)
}

// code returns the code of a response's first error; empty where there is none.
func code(r *graphql.Response) string {
	if len(r.Errors) == 0 {
		return ""
	}
	c, _ := r.Errors[0].Extensions["code"].(string)
	return c
}

func data(t testing.TB, r *graphql.Response) string {
	t.Helper()
	if len(r.Errors) > 0 {
		t.Fatalf("errors: %v", r.Errors)
	}
	return string(r.Data)
}
