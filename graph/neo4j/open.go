// Package neo4j keeps a cable graph in Neo4j 5: plans come in, one Cypher
// statement each goes out, and rows are made into answers. The labels,
// relationship types and properties are those of docs/model.md, so that other
// tools can use the same database. It parses no documents and resolves no people.
//
// Beside the model there are labels of the store's own:
//
//   - Name {key} with NAMES edges to the nodes found under that folded name;
//   - Key {key} with NAMES edges to the people who are looked up by it (graph.Person.Keys);
//   - Surname {surname, written, unsettled}: the generation of its newest naming,
//     and whether its people are to be resolved again;
//   - Slip {reference} with MEANS edges to the cables that a document has under that id;
//   - Held and Outdated, only while the store is being filled, see held.go;
//   - Meta {key: "store", generation, loadedAt}: one node, which every writer
//     locks first, so that writers go one after the other; and Meta {key: "gate"},
//     by which readers see whole batches, see gate.go.
package neo4j

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/cablegraph/cablegraph/graph"
)

// Bounds of the driver's waits. A request's own deadline is usually shorter.
const (
	connectTimeout = 5 * time.Second
	acquireTimeout = 10 * time.Second
	retryTimeout   = 15 * time.Second
	idleCheck      = 30 * time.Second
	// writeTimeout bounds a write whose context has no deadline.
	writeTimeout = 10 * time.Minute
)

// Store is a cable graph in a Neo4j database.
type Store struct {
	driver  neo4j.DriverWithContext
	backend string // "neo4j 5.26.31 community"

	version atomic.Int64 // of the gate, as last seen
	killed  atomic.Int64 // a version that a killed writer left odd

	indexing atomic.Bool // indexTexts was called

	held holding // what is being settled while the store is filled
}

var _ graph.Store = (*Store)(nil)

// Open connects to a Neo4j server and makes the constraints and indexes that
// are missing. The URI's scheme is bolt or neo4j (which routes reads over a
// cluster), or one of them with +s or +ssc for TLS. An empty user means no
// authentication. The error wraps graph.ErrUnavailable where nothing answers.
func Open(ctx context.Context, uri, user, password string) (*Store, error) {
	auth := neo4j.NoAuth()
	if user != "" {
		auth = neo4j.BasicAuth(user, password, "")
	}
	driver, err := neo4j.NewDriverWithContext(uri, auth, configure)
	if err != nil {
		return nil, fmt.Errorf("neo4j %s: %w", uri, err)
	}
	s := &Store{driver: driver}
	if err := s.prepare(ctx); err != nil {
		_ = driver.Close(ctx)
		return nil, fmt.Errorf("neo4j %s: %w", uri, err)
	}
	return s, nil
}

func configure(c *config.Config) {
	c.SocketConnectTimeout = connectTimeout
	c.ConnectionAcquisitionTimeout = acquireTimeout
	c.MaxTransactionRetryTime = retryTimeout
	c.ConnectionLivenessCheckTimeout = idleCheck
	c.UserAgent = "cablegraph"
	c.TelemetryDisabled = true
	// Nobody reads the server's hints, and they cost it time.
	c.NotificationsMinSeverity = notifications.DisabledLevel
}

func (s *Store) prepare(ctx context.Context) error {
	if err := s.driver.VerifyConnectivity(ctx); err != nil {
		return translate(ctx, err)
	}
	if err := s.ensureSchema(ctx); err != nil {
		return err
	}
	if err := s.readBackend(ctx); err != nil {
		return err
	}
	_, err := s.committing(ctx, 0)
	return err
}

// readBackend asks what server this is.
//
//	CALL dbms.components() YIELD name, versions, edition
func (s *Store) readBackend(ctx context.Context) error {
	const question = `CALL dbms.components() YIELD name, versions, edition
WHERE name = 'Neo4j Kernel'
RETURN 'neo4j ' + versions[0] + ' ' + edition AS backend`
	rows, err := s.read(ctx, question, nil)
	if err != nil {
		return fmt.Errorf("the server's version: %w", err)
	}
	if len(rows) > 0 {
		s.backend = text(rows[0].AsMap()["backend"])
	}
	return nil
}

// Ready returns nil when questions can be answered now.
func (s *Store) Ready(ctx context.Context) error {
	_, err := s.read(ctx, "RETURN 1 AS ready", nil)
	return err
}

// Close ends all connections.
func (s *Store) Close(ctx context.Context) error { return s.driver.Close(ctx) }
