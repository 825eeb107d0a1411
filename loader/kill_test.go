package loader_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/loader/sample"
)

// How a child process learns what it has to do.
const (
	childStore = "CABLEGRAPH_LOADER_TEST_STORE"
	childPath  = "CABLEGRAPH_LOADER_TEST_PATH"
)

const (
	// killRows names how many cables the killed loads have, on each store; else as many as killed says.
	killRows = "CABLEGRAPH_KILL_ROWS"
	kills    = 10
)

// killed is how many cables a killed load has, so that the test is a matter of seconds.
var killed = map[string]int{"sqlite": 3000, "neo4j": 1000}

// child loads path until it is done or killed.
func child(address, path string) int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	store, err := reopen(ctx, address)
	if err == nil {
		_, err = loader.Load(ctx, store, []string{path}, loader.Options{BatchSize: 50})
		err = errors.Join(err, store.Close(ctx))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestKilledLoadsAreCompletedByLoadingAgain kills a loading process without
// warning, ten times: while it writes, and while it settles who is who.
func TestKilledLoadsAreCompletedByLoadingAgain(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			rows := rowsToKill(t, k.name)
			file, references := table(t, rows, 11)
			store, address := k.open(t)
			seed := rand.Uint64()
			t.Logf("%d rows; moments drawn from seed %d", rows, seed)
			rnd := rand.New(rand.NewPCG(seed, 0))
			middle := 0
			for i := range kills {
				at := rows - 1 // the last two: in what comes after the last batch
				if i < kills-2 {
					at = (i*rows + rnd.IntN(rows)) / (kills - 2)
				}
				if killAt(t, store, address, file, references[at], time.Duration(rnd.IntN(100))*time.Millisecond) {
					middle++
				}
			}
			if middle < kills/2 {
				t.Errorf("only %d of %d children were killed before they had finished", middle, kills)
			}
			report := mustLoad(t, store, file)
			if got := report.New + report.Same + report.Resumed; got != rows || report.Changed > 0 {
				t.Errorf("after the kills: %d new, %d changed, %d same, %d from before; wanted %d and none changed",
					report.New, report.Changed, report.Same, report.Resumed, rows)
			}
			if got, want := hashOf(t, store), wholeHash(t, file); got != want {
				t.Errorf("the graph's hash is %s, without kills %s", got, want)
			}
		})
	}
}

func rowsToKill(t *testing.T, store string) int {
	t.Helper()
	if os.Getenv(killRows) == "" {
		return killed[store]
	}
	rows, err := strconv.Atoi(os.Getenv(killRows))
	if err != nil || rows < kills {
		t.Fatalf("%s=%s: wanted a number of rows", killRows, os.Getenv(killRows))
	}
	return rows
}

// table writes made-up cables as one CSV file.
func table(t *testing.T, rows int, seed uint64) (string, []graph.Reference) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cables.csv")
	file, err := os.Create(path)
	if err == nil {
		err = errors.Join(sample.CSV(file, rows, seed), file.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	var references []graph.Reference
	for c := range sample.Cables(rows, seed) {
		references = append(references, c.Reference)
	}
	return path, references
}

// killAt starts a child and kills it a while after this cable is in the store. It tells whether the child was still at work.
func killAt(t *testing.T, store graph.Store, address, path string, cable graph.Reference, after time.Duration) bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childStore+"="+address, childPath+"="+path)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("the child ended by itself: %v", err)
			}
			return false
		case <-tick.C:
		}
		here, err := store.Known(t.Context(), []graph.Reference{cable})
		if err != nil {
			t.Fatal(err)
		}
		if len(here) == 1 {
			time.Sleep(after)
			if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
			return <-done != nil
		}
	}
}

// wholeHash is the hash of the graph of path, loaded at once into a store of its own.
func wholeHash(t *testing.T, path string) string {
	t.Helper()
	store := openSQLite(t)
	mustLoad(t, store, path)
	return hashOf(t, store)
}
