package graph

import (
	"context"
	"sync"
	"time"
)

// Trace collects the statements that a store ran for one request.
type Trace struct {
	mu         sync.Mutex
	asks, rows int
	statements []Statement
}

// Statement is one statement as it went to the database. One that ran several
// times, for other nodes each, has the parameters of the last run. One that is InMemory did
// not go there: the answer came out of memory, and this is what the database would have been asked.
type Statement struct {
	Text         string         `json:"text"`
	Parameters   map[string]any `json:"parameters,omitempty"`
	Paste        string         `json:"paste"` // both, as the database's shell takes them
	InMemory     bool           `json:"inMemory,omitempty"`
	Runs         int            `json:"runs"`
	Rows         int            `json:"rows"`         // of all runs
	Milliseconds float64        `json:"milliseconds"` // of all runs, until the last row was read
}

// Milliseconds is a time as a Trace tells it.
func Milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

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

// AddRows counts the rows of answers, at all levels. It does nothing on a nil Trace.
func (t *Trace) AddRows(answers Answers) {
	if t == nil {
		return
	}
	rows := answers.rows()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows += rows
}

// Rows returns the number of rows in the answers so far.
func (t *Trace) Rows() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rows
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
