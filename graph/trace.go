package graph

import (
	"context"
	"sync"
	"time"
)

// Trace collects the statements that a store ran for one request.
type Trace struct {
	mu         sync.Mutex
	asks       int
	statements []Statement
}

// Statement is one statement as it went to the database, ready to be pasted into its shell.
type Statement struct {
	Text       string         `json:"text"`
	Parameters map[string]any `json:"parameters,omitempty"`
	Rows       int            `json:"rows"`
	Elapsed    time.Duration  `json:"elapsed"` // nanoseconds, until the last row was read
}

// Add notes a statement. It does nothing on a nil Trace.
func (t *Trace) Add(s Statement) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.statements = append(t.statements, s)
}

// AddAsk counts a call of Reader.Ask. It does nothing on a nil Trace.
func (t *Trace) AddAsk() {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asks++
}

// Asks returns the number of calls of Reader.Ask so far.
func (t *Trace) Asks() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asks
}

// Statements returns a copy of the statements so far.
func (t *Trace) Statements() []Statement {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]Statement(nil), t.statements...)
}

type traceKey struct{}

// WithTrace returns a context in which stores note their statements in t.
func WithTrace(ctx context.Context, t *Trace) context.Context {
	return context.WithValue(ctx, traceKey{}, t)
}

// TraceFrom returns the context's Trace, or nil.
func TraceFrom(ctx context.Context) *Trace {
	t, _ := ctx.Value(traceKey{}).(*Trace)
	return t
}
