package storetest

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

func TestTheOracleKeepsThePromisesOfReader(t *testing.T) {
	records := World()
	readPromises(t, Settled(records), Settled(records))
	suggests(t, Settled(records), Settled(records))
	suggests(t, Settled(MadeUp(1, 300)), Settled(MadeUp(1, 300)))
}

// mutant is the oracle with a fault.
type mutant struct {
	*Oracle
	spoil func(*graph.Answer)
}

func (m mutant) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	answers, err := m.Oracle.Ask(ctx, plan)
	m.spoilAll(answers)
	return answers, err
}

func (m mutant) spoilAll(answers graph.Answers) {
	for i := range answers {
		m.spoil(&answers[i])
		for _, e := range answers[i].Edges {
			m.spoilAll(e.Node().Below())
		}
	}
}

// fault is one that a store might have, and a word of the promise that must catch it.
type fault struct {
	name, caughtBy string
	spoil          func(*graph.Answer)
}

var faults = []fault{
	{"rows in the opposite order", "pages", func(a *graph.Answer) { slices.Reverse(a.Edges) }},
	{"the last row dropped", "relation", func(a *graph.Answer) { a.Edges = a.Edges[:max(0, len(a.Edges)-1)] }},
	{"one row too many counted", "relation", func(a *graph.Answer) { a.Total++ }},
	{"a next page where there is none", "pages", func(a *graph.Answer) { a.HasNext = true }},
	{"no previous page ever", "pages", func(a *graph.Answer) { a.HasPrevious = false }},
	{"a row twice", "relation", func(a *graph.Answer) {
		if len(a.Edges) > 0 {
			a.Edges = append(a.Edges, a.Edges[0])
		}
	}},
	{"a column that was not asked for", "columns", func(a *graph.Answer) {
		for _, e := range a.Edges {
			if e.Cable != nil {
				e.Cable.Subject = "always there"
			}
		}
	}},
	{"a weight off by one", "relation", func(a *graph.Answer) {
		for i := range a.Edges {
			a.Edges[i].Weight++
		}
	}},
	{"unpublished cables never come", "relation", func(a *graph.Answer) {
		a.Edges = slices.DeleteFunc(a.Edges, func(e graph.Edge) bool { return e.Cable != nil && !e.Cable.Published })
	}},
}

// The suite runs on each mutant in a process of its own, which must fail.
func TestTheSuiteCatchesFaults(t *testing.T) {
	const which = "STORETEST_MUTANT"
	if name := os.Getenv(which); name != "" {
		i := slices.IndexFunc(faults, func(f fault) bool { return f.name == name })
		oracle := Settled(World())
		readPromises(t, mutant{oracle, faults[i].spoil}, oracle)
		return
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTheSuiteCatchesFaults$")
			child.Env = append(os.Environ(), which+"="+f.name)
			out, err := child.CombinedOutput()
			if err == nil {
				t.Fatalf("the suite passes for a store with this fault")
			}
			if !strings.Contains(string(out), f.caughtBy) {
				t.Errorf("no promise about %q failed:\n%.2000s", f.caughtBy, out)
			}
		})
	}
}

func TestRandomPlansCatchFaults(t *testing.T) {
	oracle := Settled(World())
	plan := planOf(oracle, 1).Example(1)
	for seed := uint64(2); len(must(oracle.Ask(t.Context(), plan))[0].Edges) < 2; seed++ {
		plan = planOf(oracle, seed).Example(int(seed))
	}
	reader := mutant{oracle, func(a *graph.Answer) { slices.Reverse(a.Edges) }}
	fails := func() bool {
		_, diff := compare(t.Context(), reader, oracle, plan)
		return diff != ""
	}
	if !fails() {
		t.Fatalf("a wrong order goes unseen:\n%s", show(plan))
	}
	shrink(plan, fails)
	if !fails() || len(plan.Steps[0].Steps) > 1 || plan.Steps[0].Page.Until != nil {
		t.Errorf("what is left after shrinking:\n%s", show(plan))
	}
}

func TestThePlansAreTheSameForTheSameSeed(t *testing.T) {
	oracle := Settled(MadeUp(1, 40))
	for seed := range 20 {
		a, b := planOf(oracle, 5).Example(seed), planOf(oracle, 5).Example(seed)
		if show(&graph.Plan{Steps: a.Steps}) != show(&graph.Plan{Steps: b.Steps}) {
			t.Errorf("seed %d gives two plans:\n%s\n%s", seed, show(a), show(b))
		}
	}
}

func TestTheDrawnRecordsAreConsistent(t *testing.T) {
	for _, records := range [][]graph.Record{World(), MadeUp(1, 120)} {
		seen := map[graph.Reference]bool{}
		for _, r := range records {
			if c := r.Cable; seen[c.Reference] || c.Hash == "" {
				t.Errorf("%s stands twice or has no hash", c.Reference)
			}
			seen[r.Cable.Reference] = true
			if read, err := graph.ParseReference(string(r.Cable.Reference)); err != nil || read != r.Cable.Reference {
				t.Errorf("%s reads as %s, %v", r.Cable.Reference, read, err)
			}
			for _, n := range r.People {
				checkNaming(t, &r.Cable, n)
			}
		}
	}
}

// checkNaming fails the test where a span does not show the form that it says.
func checkNaming(t *testing.T, c *graph.Cable, n graph.Naming) {
	t.Helper()
	if n.Count != len(n.Spans) || n.Count == 0 {
		t.Errorf("%s: %q has a count of %d and %d spans", c.Reference, n.Name, n.Count, len(n.Spans))
	}
	texts := map[graph.TextField]string{graph.InHeader: c.Header, graph.InSubject: c.Subject, graph.InBody: c.Body}
	for _, s := range n.Spans {
		runes := []rune(texts[s.Field])
		if s.End > utf8.RuneCountInString(texts[s.Field]) || strings.Join(strings.Fields(string(runes[s.Start:s.End])), " ") != s.Text || !slices.Contains(n.Forms, s.Text) {
			t.Errorf("%s: span %+v of %q is not there, or none of %q", c.Reference, s, n.Name, n.Forms)
		}
	}
	if n.Surname != graph.Fold(n.Surname) {
		t.Errorf("%s: surname %q is not folded", c.Reference, n.Surname)
	}
}

func TestMadeUpIsTheSameForTheSameSeed(t *testing.T) {
	a, b, c := Settled(MadeUp(3, 50)), Settled(MadeUp(3, 50)), Settled(MadeUp(4, 50))
	if hash(t, a) != hash(t, b) {
		t.Error("one seed, two worlds")
	}
	if hash(t, a) == hash(t, c) {
		t.Error("two seeds, one world")
	}
}

func must[E any](e E, err error) E {
	if err != nil {
		panic(err)
	}
	return e
}
