package loader_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/graph/neo4j/neo4jtest"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/loader/sample"
	"github.com/cablegraph/cablegraph/loader/source"
)

const (
	archive  = "../../shared/corpus/cablegate-2010.tar.xz"
	inCorpus = 797
)

// TestMain plays the child that a test kills, where it is started as one.
func TestMain(m *testing.M) {
	if where := os.Getenv(childStore); where != "" {
		os.Exit(child(where, os.Getenv(childPath)))
	}
	code := m.Run()
	if err := os.RemoveAll(scratch()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// scratch is a folder for what several tests share.
var scratch = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "loader-test-")
	if err != nil {
		panic(err)
	}
	return dir
})

// kind is a kind of store: how a test opens an empty one, and how another process reaches it.
type kind struct {
	name string
	open func(t *testing.T) (store graph.Store, address string)
}

// kinds are the two stores. That of Neo4j is one for all: a test opens it once.
var kinds = []kind{
	{"sqlite", func(t *testing.T) (graph.Store, string) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "cables.db")
		store, err := sqlite.Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { shut(t, store) })
		return store, file
	}},
	{"neo4j", func(t *testing.T) (graph.Store, string) {
		t.Helper()
		return neo4jtest.Open(t), "neo4j"
	}},
}

func shut(t *testing.T, store graph.Store) {
	t.Helper()
	if err := store.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Errorf("closing the store: %v", err)
	}
}

func onEachStore(t *testing.T, test func(t *testing.T, store graph.Store)) {
	t.Helper()
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			store, _ := k.open(t)
			test(t, store)
		})
	}
}

func openSQLite(t *testing.T) graph.Store {
	t.Helper()
	store, _ := kinds[0].open(t)
	return store
}

// reopen opens the store at an address that a kind gave, in another process.
func reopen(ctx context.Context, address string) (graph.Store, error) {
	if address != "neo4j" {
		return sqlite.Open(ctx, address)
	}
	password, user := os.Getenv("CABLEGRAPH_TEST_NEO4J_PASSWORD"), ""
	if password != "" {
		user = "neo4j"
	}
	return neo4j.Open(ctx, os.Getenv("CABLEGRAPH_TEST_NEO4J_URI"), user, password)
}

// mustLoad loads and returns the report.
func mustLoad(t *testing.T, store graph.Store, paths ...string) *loader.Report {
	t.Helper()
	report, err := loader.Load(t.Context(), store, paths, loader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func hashOf(t *testing.T, store graph.Store) string {
	t.Helper()
	hash, err := graph.Hash(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// counts are the figures of a report that tests compare.
type counts struct{ Read, Lists, New, Changed, Same, Replaced, Passed, Problems, Warnings int }

func countsOf(r *loader.Report) counts {
	return counts{r.Read, r.Lists, r.New, r.Changed, r.Same, r.Replaced, r.Passed, r.ProblemCount, r.WarningCount}
}

// mirror writes a sample and returns its folder.
func mirror(t *testing.T, n int, seed uint64) string {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Mirror(dir, n, seed); err != nil {
		t.Fatal(err)
	}
	return dir
}

// corpus is the real archive as two folders, each with every other page; unpacked once.
var corpus = sync.OnceValues(func() ([2]string, error) {
	halves := [2]string{filepath.Join(scratch(), "half-0"), filepath.Join(scratch(), "half-1")}
	n := 0
	err := source.Walk(context.Background(), archive, func(_ context.Context, e source.Entry) error {
		if e.Err != nil {
			return e.Err
		}
		file := filepath.Join(halves[n%2], filepath.FromSlash(e.Member))
		n++
		return errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, e.Data, 0o644))
	})
	return halves, err
})

// write puts a file into dir and returns its path.
func write(t *testing.T, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
		t.Fatal(err)
	}
	return path
}

// wrapped is a store some of whose methods a test has replaced.
type wrapped struct {
	graph.Store
	write  func(ctx context.Context, records []graph.Record) error
	settle func(ctx context.Context, surnames []string, people []graph.Settled, generation graph.Generation) error
}

func (w wrapped) Write(ctx context.Context, records []graph.Record) error {
	if w.write != nil {
		return w.write(ctx, records)
	}
	return w.Store.Write(ctx, records)
}

func (w wrapped) Settle(ctx context.Context, surnames []string, people []graph.Settled, generation graph.Generation) error {
	if w.settle != nil {
		return w.settle(ctx, surnames, people, generation)
	}
	return w.Store.Settle(ctx, surnames, people, generation)
}

// atWrite calls do in the middle of the nth write.
func atWrite(store graph.Store, n int32, do func()) func(context.Context, []graph.Record) error {
	var writes atomic.Int32
	return func(ctx context.Context, records []graph.Record) error {
		if writes.Add(1) == n {
			do()
		}
		return store.Write(ctx, records)
	}
}
