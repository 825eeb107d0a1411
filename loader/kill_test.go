package loader_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
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

const inSample = 240 // cables, six batches of a child

// child loads path in small batches until it is done or killed.
func child(address, path string) int {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	store, err := reopen(ctx, address)
	if err == nil {
		_, err = loader.Load(ctx, store, []string{path}, loader.Options{BatchSize: 40})
		err = errors.Join(err, store.Close(ctx))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestKilledLoadsAreCompletedByLoadingAgain kills a loading process without
// warning, several times: while it writes, and while it settles who is who.
func TestKilledLoadsAreCompletedByLoadingAgain(t *testing.T) {
	dir := mirror(t, inSample, 11)
	var references []graph.Reference
	for c := range sample.Cables(inSample, 11) {
		references = append(references, c.Reference)
	}
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			store, address := k.open(t)
			seed := rand.Uint64()
			t.Logf("moments drawn from seed %d", seed)
			rnd := rand.New(rand.NewPCG(seed, 0))
			middle := 0
			for _, from := range []int{1, 80, inSample} {
				at := references[:min(inSample, from+rnd.IntN(80))]
				if killed := killAt(t, store, address, dir, at); killed {
					middle++
				}
			}
			if middle < 2 {
				t.Errorf("only %d of 3 children were killed before they had finished", middle)
			}
			report := mustLoad(t, store, dir)
			if got, want := report.New+report.Same, inSample; got != want || report.Changed > 0 {
				t.Errorf("after the kills: %d new, %d changed, %d same; wanted %d new or same", report.New, report.Changed, report.Same, want)
			}
			if got, want := hashOf(t, store), wholeHash(t, dir); got != want {
				t.Errorf("the graph's hash is %s, without kills %s", got, want)
			}
		})
	}
}

// killAt starts a child and kills it once all these cables are in the store. It tells whether the child was still at work.
func killAt(t *testing.T, store graph.Store, address, path string, cables []graph.Reference) bool {
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
		here, err := store.Known(t.Context(), cables)
		if err != nil {
			t.Fatal(err)
		}
		if len(here) == len(cables) {
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
