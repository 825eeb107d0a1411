package server

import (
	"context"
	"encoding/json"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/resolvers"
)

// Parsed queries are kept, so that the same question is parsed and validated
// once; only short ones, so that the memory for them has a bound.
const (
	keptQueries   = 500
	keptQuerySize = 8 << 10
)

// Engine answers GraphQL questions from a store, with the limits that hold for
// all of them, whichever way they came in.
type Engine struct {
	exec    *executor.Executor
	timeout time.Duration
}

// NewEngine returns an engine over a store. Of cfg it uses the limits of questions.
func NewEngine(store graph.Reader, cfg Config) *Engine {
	known := shortQueries{lru.New[*ast.QueryDocument](keptQueries)}
	exec := executor.New(resolvers.NewExecutableSchema(store, cfg.Limits))
	exec.SetQueryCache(known)
	exec.SetErrorPresenter(resolvers.ErrorPresenter)
	exec.SetRecoverFunc(resolvers.Recover)
	exec.Use(gate{known: known, maxTokens: cfg.MaxTokens})
	exec.Use(extension.Introspection{})
	exec.Use(resolvers.Explain{Limits: cfg.Limits})
	return &Engine{exec: exec, timeout: cfg.Timeout}
}

// Response is the answer to one question, as it goes out. Without an execution
// it has no data, not even null.
type Response struct {
	Errors     gqlerror.List   `json:"errors,omitempty"`
	Data       json.RawMessage `json:"data,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

// Answer answers one question. Executed is false where it was refused before
// any store was asked: it can't be parsed, doesn't fit the schema, is too large.
// The response is never nil; what went wrong stands in its errors.
func (e *Engine) Answer(ctx context.Context, question *graphql.RawParams) (response *Response, executed bool) {
	ctx, cancel := context.WithTimeout(graphql.StartOperationTrace(ctx), e.timeout)
	defer cancel()
	operation, errs := e.exec.CreateOperationContext(ctx, question)
	if len(errs) > 0 {
		return outgoing(e.exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs)), false
	}
	next, opCtx := e.exec.DispatchOperation(ctx, operation)
	answer := next(opCtx)
	if answer == nil {
		// The context ended before the first field was asked for.
		return outgoing(e.exec.DispatchError(opCtx, gqlerror.List{gqlerror.Wrap(ctx.Err())})), true
	}
	return outgoing(answer), answer.Data != nil
}

func outgoing(r *graphql.Response) *Response {
	return &Response{Errors: r.Errors, Data: r.Data, Extensions: r.Extensions}
}

// shortQueries keeps parsed queries up to a size.
type shortQueries struct {
	graphql.Cache[*ast.QueryDocument]
}

// Add keeps the query, unless it is a long one.
func (c shortQueries) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	if len(query) <= keptQuerySize {
		c.Cache.Add(ctx, query, doc)
	}
}
