package resolvers

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"

	"github.com/cablegraph/cablegraph/graph"
)

// ExplainHeader is the request header that asks for the extension `cablegraph`, with the value 1.
const ExplainHeader = "X-Cablegraph-Explain"

// Explain is a handler extension: on request it tells what a query cost and
// which statements the store ran for it, in `extensions.cablegraph`.
type Explain struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.ResponseInterceptor
} = Explain{}

// Explanation is what `extensions.cablegraph` holds.
type Explanation struct {
	// Cost is what Limits.Cost bounds.
	Cost int `json:"cost"`
	// Asks is how often the store was asked: once for each root field.
	Asks       int               `json:"asks"`
	Statements []graph.Statement `json:"statements"`
}

// ExtensionName names the extension for the library.
func (Explain) ExtensionName() string { return "Explain" }

// Validate has nothing to check.
func (Explain) Validate(graphql.ExecutableSchema) error { return nil }

type costKey struct{}

// InterceptResponse traces the store where the request asks for it, by its
// header or by a graph.Trace in its context.
func (Explain) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	trace := graph.TraceFrom(ctx)
	if trace == nil {
		if header(ctx).Get(ExplainHeader) != "1" {
			return next(ctx)
		}
		trace = &graph.Trace{}
		ctx = graph.WithTrace(ctx, trace)
	}
	cost := new(int)
	response := next(context.WithValue(ctx, costKey{}, cost))
	if response == nil {
		return nil
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["cablegraph"] = Explanation{Cost: *cost, Asks: trace.Asks(), Statements: append([]graph.Statement{}, trace.Statements()...)}
	return response
}

func header(ctx context.Context) http.Header {
	if !graphql.HasOperationContext(ctx) {
		return nil
	}
	return graphql.GetOperationContext(ctx).Headers
}

// noteCost keeps the request's cost for Explain, if it is at work.
func noteCost(ctx context.Context, cost int) {
	if noted, ok := ctx.Value(costKey{}).(*int); ok {
		*noted = cost
	}
}
