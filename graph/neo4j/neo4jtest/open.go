// Package neo4jtest lends tests a real Neo4j database. Community edition has
// one only, so tests take turns, over all processes of the machine.
package neo4jtest

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
)

// The environment that names the server, and the one that makes its absence a failure.
const (
	envURI      = "CABLEGRAPH_TEST_NEO4J_URI"
	envPassword = "CABLEGRAPH_TEST_NEO4J_PASSWORD"
	envRequire  = "CABLEGRAPH_REQUIRE_NEO4J"
)

const (
	lockWait = 10 * time.Minute // other packages' tests may be long
	openWait = time.Minute
)

// Open returns a store over the test server's database, which is empty and this
// test's alone until it ends. Without CABLEGRAPH_TEST_NEO4J_URI the test is
// skipped, or fails where CABLEGRAPH_REQUIRE_NEO4J=1.
func Open(t testing.TB) graph.Store {
	t.Helper()
	uri, user, password := server(t)
	lock(t, uri)
	wipe(t)
	ctx, cancel := context.WithTimeout(context.Background(), openWait)
	defer cancel()
	store, err := neo4j.Open(ctx, uri, user, password)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), openWait)
		defer cancel()
		if err := store.Close(ctx); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return store
}

// server reads where the test server is.
func server(t testing.TB) (uri, user, password string) {
	t.Helper()
	uri, password = os.Getenv(envURI), os.Getenv(envPassword)
	if uri == "" {
		if os.Getenv(envRequire) == "1" {
			t.Fatalf("%s=1, but %s does not name a server", envRequire, envURI)
		}
		t.Skipf("no Neo4j to test with: set %s (make test does)", envURI)
	}
	if password != "" {
		user = "neo4j"
	}
	return uri, user, password
}

// lock waits until no other test on this machine uses the server.
func lock(t testing.TB, uri string) {
	t.Helper()
	name := "cablegraph-neo4j-" + graph.Slug(uri) + ".lock"
	file, err := os.OpenFile(filepath.Join(os.TempDir(), name), os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() }) // which unlocks
	for end := time.Now().Add(lockWait); ; time.Sleep(50 * time.Millisecond) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the Neo4j test server is in use by another test for %s: %v", lockWait, err)
		}
	}
}

// Session returns a session of the driver on the test server, for what no store asks. Only a test that has the
// store from Open may use it. It ends with the test.
func Session(t testing.TB) driver.SessionWithContext {
	t.Helper()
	uri, user, password := server(t)
	auth := driver.NoAuth()
	if user != "" {
		auth = driver.BasicAuth(user, password, "")
	}
	db, err := driver.NewDriverWithContext(uri, auth)
	if err != nil {
		t.Fatal(err)
	}
	session := db.NewSession(t.Context(), driver.SessionConfig{})
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), openWait)
		defer cancel()
		_ = session.Close(ctx)
		_ = db.Close(ctx)
	})
	return session
}

// wipe deletes all nodes and edges; constraints and indexes stay.
func wipe(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), openWait)
	defer cancel()
	result, err := Session(t).Run(ctx, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS", nil)
	if err == nil {
		_, err = result.Consume(ctx)
	}
	if err != nil {
		t.Fatalf("emptying the test database: %v", err)
	}
}
