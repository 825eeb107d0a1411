package neo4j

import (
	"context"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

// read runs one statement in a read-access session and returns all its rows.
func (s *Store) read(ctx context.Context, statement string, params map[string]any) ([]*neo4j.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, translate(ctx, err)
	}
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode:      neo4j.AccessModeRead,
		BookmarkManager: s.driver.ExecuteQueryBookmarkManager(),
	})
	defer session.Close(ctx)
	rows, err := neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) ([]*neo4j.Record, error) {
		return collect(ctx, tx, statement, params)
	}, timeout(ctx, 0))
	return rows, translate(ctx, err)
}

// write runs work in one transaction, which holds the store's lock: no other
// writer is between its first and its last statement. Where work changes the
// graph's namings it returns the new generation, else the present one.
func (s *Store) write(ctx context.Context, work func(w *writer) error) error {
	if err := ctx.Err(); err != nil {
		return translate(ctx, err)
	}
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode:      neo4j.AccessModeWrite,
		BookmarkManager: s.driver.ExecuteQueryBookmarkManager(),
	})
	defer session.Close(ctx)
	locked := false
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		locked = false
		w := &writer{ctx: ctx, tx: tx}
		if err := w.lock(); err != nil {
			return nil, err
		}
		locked = true
		return nil, work(w)
	}, timeout(ctx, writeTimeout))
	if err != nil && !locked && timedOut(err) && ctx.Err() == nil {
		return graph.ErrConflict
	}
	return translate(ctx, err)
}

// runner is what statements run in: a transaction.
type runner interface {
	Run(ctx context.Context, cypher string, params map[string]any) (neo4j.ResultWithContext, error)
}

// collect runs a statement, reads all its rows and notes it in the context's Trace.
func collect(ctx context.Context, in runner, statement string, params map[string]any) ([]*neo4j.Record, error) {
	start := time.Now()
	result, err := in.Run(ctx, statement, params)
	if err != nil {
		return nil, err
	}
	rows, err := result.Collect(ctx)
	if err != nil {
		return nil, err
	}
	if trace := graph.TraceFrom(ctx); trace != nil {
		trace.Add(graph.Statement{Text: statement, Parameters: params, Rows: len(rows), Elapsed: time.Since(start)})
	}
	return rows, nil
}

// timeout passes the context's deadline on to the server; without one the
// transaction is ended after fallback, or never where that is 0.
func timeout(ctx context.Context, fallback time.Duration) func(*neo4j.TransactionConfig) {
	limit := fallback
	if deadline, ok := ctx.Deadline(); ok {
		// The server counts in milliseconds, and takes 0 for no limit.
		limit = max(time.Until(deadline), time.Millisecond)
	}
	if limit == 0 {
		return func(*neo4j.TransactionConfig) {}
	}
	return neo4j.WithTxTimeout(limit)
}
