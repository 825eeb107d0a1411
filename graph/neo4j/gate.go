package neo4j

import (
	"context"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Neo4j shows a transaction's changes to readers one by one while it is being
// committed, and a reader may look at one part of the graph before and at
// another after that. A store promises whole batches. So there is a gate, the
// node Meta {key: "gate", version}: a writer makes the version odd right before
// it commits and even again after it, each in a transaction of its own. A reader
// whose version was even and the same before and after its statement saw
// no part of a commit; any other reads again.
//
// Versions never come back. So what a reader knows from an earlier look is as
// good as a look before the statement, and one at the statement's end is enough.

const (
	openGate = `MERGE (gate:Meta {key: 'gate'})
ON CREATE SET gate.version = 0
SET gate.version = gate.version + 1 + gate.version % 2
RETURN gate.version AS version`

	shutGate = `MATCH (gate:Meta {key: 'gate', version: $version})
SET gate.version = $version + 1`

	lookAtGate = `OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN coalesce(gate.version, 0) AS version`
)

const (
	// readersPatience is how many times a reader starts anew before it makes the writers wait.
	readersPatience = 8
	// commitPatience is after what time an odd version is taken for that of a writer that was killed.
	commitPatience = 2 * time.Second
	// gateTimeout bounds the two small transactions around a commit.
	gateTimeout = 30 * time.Second
)

// write runs work in one transaction under the store's lock, and commits it behind the gate.
func (s *Store) write(ctx context.Context, work func(w *writer) error) error {
	var version int64
	defer func() {
		if version == 0 {
			return
		}
		// Also where the context is over by now: readers wait for this.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), gateTimeout)
		defer cancel()
		if _, err := s.atGate(ctx, shutGate, map[string]any{"version": version}); err == nil {
			s.version.Store(version + 1)
		}
	}()
	return s.locked(ctx, func(w *writer) error {
		if err := work(w); err != nil {
			return err
		}
		rows, err := s.atGate(ctx, openGate, nil)
		if err != nil {
			return err
		}
		version = number(rows[0].Values[0])
		return nil
	})
}

// atGate runs one statement in a transaction of its own.
func (s *Store) atGate(ctx context.Context, statement string, params map[string]any) ([]*neo4j.Record, error) {
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer session.Close(ctx)
	return neo4j.ExecuteWrite(ctx, session, func(tx neo4j.ManagedTransaction) ([]*neo4j.Record, error) {
		result, err := tx.Run(ctx, statement, params)
		if err != nil {
			return nil, err
		}
		return result.Collect(ctx)
	}, timeout(ctx, gateTimeout))
}

// question is a statement whose last column is the gate's version.
type question struct {
	text   string
	params map[string]any
}

// whole reads until what it read is no part of a commit.
func (s *Store) whole(ctx context.Context, q question) ([]*neo4j.Record, error) {
	pause, since := firstPause, time.Now()
	for range readersPatience {
		known := s.version.Load()
		rows, err := s.read(ctx, q.text, q.params)
		if err != nil {
			return nil, err
		}
		version := versionOf(rows)
		odd := version%2 == 1 && version != s.killed.Load()
		if version == known && !odd {
			return rows, nil
		}
		s.version.Store(version)
		for odd && ctx.Err() == nil {
			sleep(ctx, pause)
			pause = min(2*pause, longestPause)
			if odd, err = s.committing(ctx, version); err != nil {
				return nil, err
			}
			if odd && time.Since(since) > commitPatience {
				s.killed.Store(version)
				odd = false
			}
		}
	}
	var rows []*neo4j.Record
	err := s.locked(ctx, func(w *writer) (err error) {
		rows, err = w.run(q.text, q.params)
		return err
	})
	return rows, err
}

// committing tells whether the gate still has the version, and notes the one that it has.
func (s *Store) committing(ctx context.Context, version int64) (bool, error) {
	rows, err := s.read(ctx, lookAtGate, nil)
	if err != nil {
		return false, err
	}
	now := versionOf(rows)
	s.version.Store(now)
	return now == version, nil
}

// versionOf is the last value of the last row.
func versionOf(rows []*neo4j.Record) int64 {
	if len(rows) == 0 {
		return 0
	}
	values := rows[len(rows)-1].Values
	return number(values[len(values)-1])
}
