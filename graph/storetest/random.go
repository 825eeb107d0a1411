package storetest

import (
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// How many plans are asked: each shape with several sets of values, for a store
// has to plan each new shape, and daily use has few shapes and many values.
const (
	shapes   = 48
	variants = 22
	askers   = 4
	enough   = 3 // failures, then the rest is left
)

// soaked is how many times as many shapes are asked: CABLEGRAPH_SOAK, 1 where it is not set.
func soaked(t *testing.T) int {
	text := os.Getenv("CABLEGRAPH_SOAK")
	if text == "" {
		return 1
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("CABLEGRAPH_SOAK is %q; it is how many times as many shapes of random plans are asked", text)
	}
	return n
}

// randomPlans asks the reader and the oracle random plans. The seed is new each
// time; CABLEGRAPH_TEST_SEED gives an old one again.
func randomPlans(t *testing.T, reader graph.Reader, oracle *Oracle, shapes int) {
	seed := uint64(time.Now().UnixNano()) >> 16
	if text := os.Getenv("CABLEGRAPH_TEST_SEED"); text != "" {
		given, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("CABLEGRAPH_TEST_SEED: %v", err)
		}
		seed = given
	}
	start := time.Now()
	shapes *= soaked(t)
	t.Logf("%d plans of seed %d (CABLEGRAPH_TEST_SEED=%d asks them again)", shapes*variants, seed, seed)
	rnd := rand.New(rand.NewPCG(seed, 3))
	jobs := make(chan [2]uint64)
	var failures, edges atomic.Int64
	var group sync.WaitGroup
	for range askers {
		group.Go(func() {
			for job := range jobs {
				if failures.Load() < enough {
					edges.Add(randomPlan(t, reader, oracle, job, seed, &failures))
				}
			}
		})
	}
	for range shapes {
		shape := rnd.Uint64() >> 2
		for range variants {
			jobs <- [2]uint64{shape, rnd.Uint64()}
		}
	}
	close(jobs)
	group.Wait()
	t.Logf("%d edges in %v", edges.Load(), time.Since(start).Round(time.Millisecond))
	if failures.Load() == 0 && edges.Load() < int64(shapes*variants/4) {
		t.Errorf("the answers had %d edges in all: the plans ask for too little", edges.Load())
	}
}

// randomPlan asks one plan and returns how many edges the answer has.
func randomPlan(t *testing.T, reader graph.Reader, oracle *Oracle, job [2]uint64, seed uint64, failures *atomic.Int64) int64 {
	plan := planOf(oracle, job[1]).Example(int(job[0]))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	answers, diff := compare(ctx, reader, oracle, plan)
	if diff == "" {
		return edgesOf(answers)
	}
	failures.Add(1)
	shrink(plan, func() bool {
		_, d := compare(ctx, reader, oracle, plan)
		if d != "" {
			diff = d
		}
		return d != ""
	})
	t.Errorf("seed %d, plan %d/%d, shrunk:\n%s%s", seed, job[0], job[1], show(plan), diff)
	return 0
}

func edgesOf(answers graph.Answers) int64 {
	positions := map[*graph.Step][]graph.Position{}
	collect(answers, positions)
	all := 0
	for _, p := range positions {
		all += len(p)
	}
	return int64(all)
}

func readMadeUp(t *testing.T, open opener) {
	records := MadeUp(1, 300)
	store, oracle := filled(t, open, records), Settled(records)
	checkGraph(t, store, oracle)
	t.Run("the corpus is counted", func(t *testing.T) { checkCorpus(t, store, oracle) })
	t.Run("suggestions", func(t *testing.T) { suggests(t, store, oracle) })
	t.Run("edges for networks", func(t *testing.T) { ties(t, store, oracle) })
	t.Run("random plans", func(t *testing.T) { randomPlans(t, store, oracle, shapes-shapes/3) })
	t.Run("waits", func(t *testing.T) { waits(t, store) })
}
