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
	exec      *executor.Executor
	persisted *persisted
	timeout   time.Duration
}

// Question is what a request asks: a query, or the id of a document that stands for one.
type Question struct {
	graphql.RawParams
	DocumentID string
}

// NewEngine returns an engine over a store. Of cfg it uses the limits of questions.
func NewEngine(store graph.Reader, cfg Config) *Engine {
	cfg.Limits.Look = cfg.Timeout
	known := shortQueries{lru.New[*ast.QueryDocument](keptQueries)}
	exec := executor.New(resolvers.NewExecutableSchema(store, cfg.Limits))
	exec.SetQueryCache(known)
	exec.SetErrorPresenter(resolvers.ErrorPresenter)
	exec.SetRecoverFunc(resolvers.Recover)
	exec.Use(gate{known: known, maxTokens: cfg.MaxTokens})
	exec.Use(extension.Introspection{})
	exec.Use(resolvers.Explain{Limits: cfg.Limits})
	return &Engine{exec: exec, persisted: newPersisted(cfg), timeout: cfg.Timeout}
}

// Response is the answer to one question, as it goes out. Without an execution
// it has no data, not even null.
type Response struct {
	Errors     gqlerror.List   `json:"errors,omitempty"`
	Data       json.RawMessage `json:"data,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

// Answer answers one question. Executed is false where it was refused before
// any store was asked: it can't be parsed, doesn't fit the schema, is too large, is a
// subscription. The response is never nil; what went wrong stands in its errors.
func (e *Engine) Answer(ctx context.Context, question *Question) (response *Response, executed bool) {
	ctx, cancel := context.WithTimeout(graphql.StartOperationTrace(ctx), e.timeout)
	defer cancel()
	operation, errs := e.operation(ctx, question)
	if errs == nil && operation.Operation.Operation == ast.Subscription {
		errs = gqlerror.List{refused("STREAM_ONLY", "a subscription is answered as %s (in the Accept header), or over a WebSocket", typeEvents)}
	}
	if errs != nil {
		// Who names a text by its hash only is about to send it: that is no bad request.
		return e.refuse(ctx, operation, errs), errs[0].Extensions["code"] == codeNotPersisted
	}
	answer := e.execute(ctx, operation)
	return answer, answer.Data != nil
}

// Stream answers one question, a subscription too: next waits for one response
// after the other, and returns nil after the last. The context has to end, also
// where next is not called again. Executed is as Answer has it.
func (e *Engine) Stream(ctx context.Context, question *Question) (next func() *Response, executed bool) {
	ctx = graphql.StartOperationTrace(ctx)
	operation, errs := e.operation(ctx, question)
	if errs != nil {
		return once(func() *Response { return e.refuse(ctx, operation, errs) }), false
	}
	if operation.Operation.Operation != ast.Subscription {
		return once(func() *Response {
			ctx, cancel := context.WithTimeout(ctx, e.timeout)
			defer cancel()
			return e.execute(ctx, operation)
		}), true
	}
	respond, ctx := e.exec.DispatchOperation(ctx, operation)
	return func() *Response {
		answer := respond(ctx)
		if answer == nil {
			return nil
		}
		return outgoing(answer)
	}, true
}

func once(answer func() *Response) func() *Response {
	over := false
	return func() *Response {
		if over {
			return nil
		}
		over = true
		return answer()
	}
}

// operation reads a question: what is asked, or what is wrong with it.
func (e *Engine) operation(ctx context.Context, question *Question) (*graphql.OperationContext, gqlerror.List) {
	if err := e.persisted.fill(ctx, question); err != nil {
		return &graphql.OperationContext{Headers: question.Headers}, gqlerror.List{err}
	}
	return e.exec.CreateOperationContext(ctx, &question.RawParams)
}

func (e *Engine) refuse(ctx context.Context, operation *graphql.OperationContext, errs gqlerror.List) *Response {
	return outgoing(e.exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs))
}

func (e *Engine) execute(ctx context.Context, operation *graphql.OperationContext) *Response {
	next, opCtx := e.exec.DispatchOperation(ctx, operation)
	answer := next(opCtx)
	if answer == nil {
		// The context ended before the first field was asked for.
		return outgoing(e.exec.DispatchError(opCtx, gqlerror.List{gqlerror.Wrap(ctx.Err())}))
	}
	return outgoing(answer)
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
