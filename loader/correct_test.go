package loader_test

import (
	"slices"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/loader/people"
)

func corrections(t *testing.T, text string) *people.Corrections {
	t.Helper()
	c, err := people.ParseCorrections(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// cablesOf returns the cables that mention the person with a name that is shown, nil where there is no such person.
func cablesOf(t *testing.T, store graph.Store, name string) []string {
	t.Helper()
	var cables []string
	people := map[graph.ID]bool{}
	err := store.Walk(t.Context(), func(e graph.Element) error {
		switch {
		case e.Person != nil && e.Person.Name == name:
			people[e.Person.ID()] = true
		case e.Link != nil && e.Link.Type == graph.LinkMentions && people[e.Link.To]:
			cables = append(cables, string(e.Link.From))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(cables)
	return cables
}

// twoNames returns the shown names of two people of other surnames whom no cable names both.
func twoNames(t *testing.T, store graph.Store) (a, b string) {
	t.Helper()
	type someone struct {
		graph.Person
		cables map[graph.ID]bool
	}
	all := map[graph.ID]*someone{}
	var order []graph.ID
	err := store.Walk(t.Context(), func(e graph.Element) error {
		switch {
		case e.Person != nil:
			all[e.Person.ID()] = &someone{*e.Person, map[graph.ID]bool{}}
			order = append(order, e.Person.ID())
		case e.Link != nil && e.Link.Type == graph.LinkMentions:
			all[e.Link.To].cables[e.Link.From] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(order)
	for _, x := range order {
		for _, y := range order {
			apart := all[x].Surname != all[y].Surname
			for c := range all[x].cables {
				apart = apart && !all[y].cables[c]
			}
			if apart && len(all[x].cables) > 1 && len(all[y].cables) > 1 {
				return all[x].Name, all[y].Name
			}
		}
	}
	t.Fatal("no two people who are never named together")
	return "", ""
}

func TestCorrectionsHoldInEveryLaterLoad(t *testing.T) {
	first, second := mirror(t, 60, 4), mirror(t, 40, 5)
	uncorrected := openSQLite(t)
	mustLoad(t, uncorrected, first, second)
	plain := hashOf(t, uncorrected)
	onEachStore(t, func(t *testing.T, store graph.Store) {
		mustLoad(t, store, first)
		a, b := twoNames(t, store)
		both := slices.Concat(cablesOf(t, store, a), cablesOf(t, store, b))
		slices.Sort(both)

		idle, settled, err := loader.Correct(t.Context(), store, corrections(t, "same "+a+" = "+b+"\nrename Nobody Atall = Somebody\n"), nil)
		if err != nil || settled < 2 || !slices.Equal(idle, []string{"line 2: nobody is called Nobody Atall"}) {
			t.Fatalf("Correct = %q, %d, %v", idle, settled, err)
		}
		if got := cablesOf(t, store, a); !slices.Equal(got, both) {
			t.Errorf("%s is mentioned by %v, want %v", a, got, both)
		}
		if cablesOf(t, store, b) != nil {
			t.Errorf("%s is still somebody", b)
		}
		if found := verify(t, store, loader.VerifyOptions{}); !found.Holds() {
			t.Errorf("something does not hold:\n%s", printed(t, found))
		}
		corrected := hashOf(t, store)
		mustLoad(t, store, first)
		if hashOf(t, store) != corrected {
			t.Error("loading again undid the corrections")
		}
		mustLoad(t, store, second)
		if cablesOf(t, store, b) != nil {
			t.Errorf("more cables made somebody of %s", b)
		}
		if found := verify(t, store, loader.VerifyOptions{}); !found.Holds() {
			t.Errorf("something does not hold after more cables:\n%s", printed(t, found))
		}
		if _, _, err := loader.Correct(t.Context(), store, corrections(t, ""), nil); err != nil {
			t.Fatal(err)
		}
		if got := hashOf(t, store); got != plain {
			t.Errorf("without corrections the hash is %s, want %s", got, plain)
		}
	})
}

// TestCorrectionsOfAFirstLoad: the graph is the same whether corrections come with the first load or after it.
func TestCorrectionsOfAFirstLoad(t *testing.T) {
	dir := mirror(t, 60, 4)
	probe := openSQLite(t)
	mustLoad(t, probe, dir)
	a, b := twoNames(t, probe)
	text := "same " + a + " = " + b
	if _, _, err := loader.Correct(t.Context(), probe, corrections(t, text), nil); err != nil {
		t.Fatal(err)
	}
	want := hashOf(t, probe)
	onEachStore(t, func(t *testing.T, store graph.Store) {
		if _, err := loader.Load(t.Context(), store, []string{dir}, loader.Options{Corrections: corrections(t, text)}); err != nil {
			t.Fatal(err)
		}
		if got := hashOf(t, store); got != want {
			t.Errorf("hash %s, want %s", got, want)
		}
		if kept, err := store.Corrections(t.Context()); err != nil || kept != text {
			t.Errorf("Corrections = %q, %v", kept, err)
		}
	})
}
