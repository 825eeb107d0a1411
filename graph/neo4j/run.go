package neo4j

import (
	"context"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

// How often and how fast a read is tried again after an error that may pass.
const (
	readAttempts = 4
	firstPause   = 2 * time.Millisecond
	longestPause = 100 * time.Millisecond
)

// read runs one statement in a read-access session and returns all its rows.
//
// It commits itself: a managed transaction would travel three times for one
// statement. What a managed transaction would retry is retried here.
func (s *Store) read(ctx context.Context, statement string, params map[string]any) ([]*neo4j.Record, error) {
	pause := firstPause
	for attempt := 1; ; attempt++ {
		if err := ctx.Err(); err != nil {
			return nil, translate(ctx, err)
		}
		rows, err := s.readOnce(ctx, statement, params)
		if err == nil || attempt == readAttempts || !neo4j.IsRetryable(err) {
			return rows, translate(ctx, err)
		}
		sleep(ctx, pause)
		pause = min(8*pause, longestPause)
	}
}

func (s *Store) readOnce(ctx context.Context, statement string, params map[string]any) ([]*neo4j.Record, error) {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	return collect(ctx, func() (neo4j.ResultWithContext, error) {
		return session.Run(ctx, statement, params, timeout(ctx, 0))
	}, statement, params)
}

// session opens a session that sees what this store wrote before, also on another member of a cluster.
func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: mode, BookmarkManager: s.driver.ExecuteQueryBookmarkManager()})
}

// writer is a transaction that holds the store's lock.
type writer struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction

	generation int64
	filling    bool // see Store.Fill
}

// run runs one statement and returns its rows.
func (w *writer) run(statement string, params map[string]any) ([]*neo4j.Record, error) {
	return collect(w.ctx, func() (neo4j.ResultWithContext, error) { return w.tx.Run(w.ctx, statement, params) }, statement, params)
}

// each runs a statement once over rows, which it knows as $rows beside $generation, unless there are none.
func (w *writer) each(statement string, rows []map[string]any) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := w.run(statement, map[string]any{"rows": rows, "generation": w.generation})
	return err
}

// locked runs work in one transaction, which holds the store's lock: no other
// writer is between its first and its last statement. Where the server asks for
// it the whole is done again.
func (s *Store) locked(ctx context.Context, work func(w *writer) error) error {
	if err := ctx.Err(); err != nil {
		return translate(ctx, err)
	}
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer session.Close(ctx)
	held := false
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		held = false
		w := &writer{ctx: ctx, tx: tx}
		state, err := w.run(lockStore, nil)
		if err != nil {
			return nil, err
		}
		w.generation, w.filling = number(state[0].Values[0]), state[0].Values[1] == true
		held = true
		return nil, work(w)
	}, timeout(ctx, writeTimeout))
	if err != nil && !held && timedOut(err) && ctx.Err() == nil {
		return graph.ErrConflict
	}
	return translate(ctx, err)
}

// What it sets means nothing; setting it takes the node's lock.
var lockStore = fmt.Sprintf(`MERGE (m:Meta {key: 'store'})
ON CREATE SET m.generation = 0, m.format = %d
SET m.locked = true
RETURN m.generation AS generation, m.filling AS filling`, format)

// collect runs a statement, reads all its rows and notes it in the context's Trace.
func collect(ctx context.Context, run func() (neo4j.ResultWithContext, error), statement string, params map[string]any) ([]*neo4j.Record, error) {
	start := time.Now()
	result, err := run()
	if err != nil {
		return nil, err
	}
	rows, err := result.Collect(ctx)
	if err != nil {
		return nil, err
	}
	trace(ctx, statement, params, len(rows), start)
	return rows, nil
}

// trace notes a statement that was read to its end.
func trace(ctx context.Context, statement string, params map[string]any, rows int, start time.Time) {
	if trace := graph.TraceFrom(ctx); trace != nil {
		trace.Add(graph.Statement{
			Text: statement, Parameters: params, Paste: paste(statement, params),
			Runs: 1, Rows: rows, Milliseconds: graph.Milliseconds(time.Since(start)),
		})
	}
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

// sleep waits, or until the context ends.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
