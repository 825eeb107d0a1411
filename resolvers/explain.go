package resolvers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/cablegraph/cablegraph/graph"
)

// ExplainHeader is the request header that asks for the extension `cablegraph`, with the value 1.
const ExplainHeader = "X-Cablegraph-Explain"

// ExplainKey is where an Explanation stands in the response's extensions.
const ExplainKey = "cablegraph"

// Explain is a handler extension: on request it tells what a query cost and
// which statements the store ran for it, in `extensions.cablegraph`.
type Explain struct{ Limits Limits }

var _ interface {
	graphql.HandlerExtension
	graphql.ResponseInterceptor
} = Explain{}

// Explanation is what `extensions.cablegraph` holds.
type Explanation struct {
	// Cost is how many rows there could be, CostLimit how many there may be.
	Cost      int `json:"cost"`
	CostLimit int `json:"costLimit"`
	// Asks is how often the store was asked: once for each root field.
	Asks int `json:"asks"`
	// Rows is how many rows the answers have, at all levels.
	Rows int `json:"rows"`
	// Milliseconds is how long it took to answer, with the writing of the response.
	Milliseconds float64           `json:"milliseconds"`
	Statements   []graph.Statement `json:"statements"`
}

// Print writes the explanation for people: the numbers, and each
// statement as the database's shell takes it.
func (e Explanation) Print(to io.Writer) {
	fmt.Fprintf(to, "cost %d of %d, store calls %d, rows %d, %.3f ms\n", e.Cost, e.CostLimit, e.Asks, e.Rows, e.Milliseconds)
	for i := range e.Statements {
		s := &e.Statements[i]
		fmt.Fprintf(to, "\nstatement %d of %d: rows %d, %.3f ms", i+1, len(e.Statements), s.Rows, s.Milliseconds)
		if s.Runs > 1 {
			fmt.Fprintf(to, ", runs %d (the parameters are the last one's)", s.Runs)
		}
		if s.InMemory {
			fmt.Fprint(to, ", answered out of memory; the database would be asked")
		}
		fmt.Fprintf(to, "\n%s\n", s.Paste)
	}
}

// ExtensionName names the extension for the library.
func (Explain) ExtensionName() string { return "Explain" }

// Validate has nothing to check.
func (Explain) Validate(graphql.ExecutableSchema) error { return nil }

type costKey struct{}

// InterceptResponse traces the store where the request asks for it, by its
// header or by a graph.Trace in its context.
func (e Explain) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	trace := graph.TraceFrom(ctx)
	if trace == nil {
		if header(ctx).Get(ExplainHeader) != "1" {
			return next(ctx)
		}
		trace = &graph.Trace{}
		ctx = graph.WithTrace(ctx, trace)
	}
	cost, start := new(int), time.Now()
	response := next(context.WithValue(ctx, costKey{}, cost))
	if response == nil {
		return nil
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions[ExplainKey] = Explanation{
		Cost: *cost, CostLimit: e.Limits.Cost, Asks: trace.Asks(), Rows: trace.Rows(),
		Milliseconds: graph.Milliseconds(time.Since(start)), Statements: append([]graph.Statement{}, trace.Statements()...),
	}
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
