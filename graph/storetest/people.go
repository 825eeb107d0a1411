package storetest

import (
	"errors"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// settling: namings become people, and again when more namings come.
func settling(t *testing.T, open opener) {
	t.Run("what was written waits to be settled, and no longer when it is", func(t *testing.T) { waiting(t, open) })
	t.Run("namings come with their cable's origin and date", func(t *testing.T) {
		store := open(t)
		write(t, store, World())
		checkNamings(t, store, World(), surnamesOf(World())...)
		checkNamings(t, store, World(), "kouchner", "nobody")
		checkNamings(t, store, World(), "nobody")
		checkNamings(t, store, World())
	})
	t.Run("people are exactly those given", func(t *testing.T) { resettle(t, open) })
	t.Run("a naming written meanwhile is a conflict, and nothing changes", func(t *testing.T) { conflict(t, open) })
	t.Run("a write of other surnames is no conflict", func(t *testing.T) { noConflict(t, open) })
	t.Run("the generation counts writes", func(t *testing.T) { generations(t, open) })
	t.Run("people whom nothing names any more are gone", func(t *testing.T) { gone(t, open) })
}

func waiting(t *testing.T, open opener) {
	records := World()
	store := open(t)
	write(t, store, records)
	if diff := gocmp.Diff(surnamesOf(records), unsettled(t, store)); diff != "" {
		t.Errorf("Unsettled (-want +got):\n%s", diff)
	}
	if some, err := store.Unsettled(within(t), 2); err != nil || len(some) != 2 {
		t.Errorf("Unsettled(2) = %v, %v; want two", some, err)
	}
	placed, generation := namings(t, store, "kouchner", "ries")
	if err := store.Settle(within(t), []string{"kouchner", "ries"}, Resolve(placed), generation); err != nil {
		t.Fatalf("Settle: %v", err)
	}
	left := slices.DeleteFunc(surnamesOf(records), func(s string) bool { return s == "kouchner" || s == "ries" })
	if diff := gocmp.Diff(left, unsettled(t, store)); diff != "" {
		t.Errorf("Unsettled after settling two (-want +got):\n%s", diff)
	}
	settle(t, store)
	if all := unsettled(t, store); len(all) > 0 {
		t.Errorf("Unsettled after all = %v", all)
	}
	write(t, store, records[:1])
	if diff := gocmp.Diff([]string{"clinton", "kouchner", "ries"}, unsettled(t, store)); diff != "" {
		t.Errorf("Unsettled after a cable came again (-want +got):\n%s", diff)
	}
}

// resettle gives the namings of one surname to one person, to each their own, and to two.
func resettle(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records)
	for _, split := range []func(graph.PlacedNaming) string{
		func(graph.PlacedNaming) string { return "Bernard Kouchner" },
		func(n graph.PlacedNaming) string { return "Kouchner of " + string(n.Cable) },
		func(n graph.PlacedNaming) string { return "Kouchner 20" + string(n.Cable[:2]) },
	} {
		placed, generation := namings(t, store, "kouchner")
		people := splitUp(placed, split)
		if err := store.Settle(within(t), []string{"kouchner"}, people, generation); err != nil {
			t.Fatalf("Settle: %v", err)
		}
		others := slices.DeleteFunc(Placed(records), func(n graph.PlacedNaming) bool { return n.Surname == "kouchner" })
		oracle := NewOracle(records, append(people, Resolve(others)...))
		checkGraph(t, store, oracle)
		checkCorpus(t, store, oracle)
		checkStep(t, store, oracle, list(graph.RootPeople, list(graph.PersonCables), list(graph.PersonMentionedWith), list(graph.PersonTag)))
		checkStep(t, store, oracle, peopleWhere(&graph.PersonWhere{NameContains: new("kouchner")}))
	}
}

// splitUp makes people of namings by the name that each is given.
func splitUp(placed []graph.PlacedNaming, name func(graph.PlacedNaming) string) []graph.Settled {
	var people []graph.Settled
	for _, n := range placed {
		key := graph.NamingKey{Cable: n.Cable, Position: n.Position}
		i := slices.IndexFunc(people, func(s graph.Settled) bool { return s.Person.Name == name(n) })
		if i < 0 {
			p := graph.Person{Slug: graph.Slug(name(n)), Name: name(n), Surname: n.Surname, Aliases: n.Forms, Titles: []string{"Dr"}}
			people = append(people, graph.Settled{Person: p, Namings: []graph.NamingKey{key}})
			continue
		}
		people[i].Namings = append(people[i].Namings, key)
	}
	return people
}

func conflict(t *testing.T, open opener) {
	records := World()
	store := open(t)
	write(t, store, records[1:])
	settle(t, store)
	placed, generation := namings(t, store, "kouchner")
	write(t, store, records[:1])
	before := hash(t, store)
	err := store.Settle(within(t), []string{"kouchner"}, Resolve(placed), generation)
	if !errors.Is(err, graph.ErrConflict) {
		t.Errorf("Settle = %v, want %v", err, graph.ErrConflict)
	}
	if after := hash(t, store); after != before {
		t.Errorf("Settle with a conflict changed the graph")
	}
	if all := unsettled(t, store); !slices.Contains(all, "kouchner") {
		t.Errorf("Unsettled = %v after a conflict, want kouchner among them", all)
	}
	settle(t, store)
	checkGraph(t, store, Settled(records))
}

func noConflict(t *testing.T, open opener) {
	records := World()
	store := open(t)
	write(t, store, records[1:])
	placed, generation := namings(t, store, "netanyahu")
	write(t, store, records[:1])
	if err := store.Settle(within(t), []string{"netanyahu"}, Resolve(placed), generation); err != nil {
		t.Errorf("Settle = %v, though only other surnames came", err)
	}
	settle(t, store)
	checkGraph(t, store, Settled(records))
}

func generations(t *testing.T, open opener) {
	store := open(t)
	_, before := namings(t, store, "kouchner")
	write(t, store, World()[:1])
	_, after := namings(t, store, "kouchner")
	if after <= before {
		t.Errorf("generation %d after a Write, %d before", after, before)
	}
	settle(t, store)
	if _, settled := namings(t, store, "kouchner"); settled != after {
		t.Errorf("generation %d after Settle, %d before: only Write counts", settled, after)
	}
}

// gone: the last naming of a person goes with its cable; a person with others
// left loses what the naming said.
func gone(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records)
	for i, r := range records {
		if r.Cable.Reference == "10NATO5" || r.Cable.Reference == "07LODZ3" || r.Cable.Reference == "10DES7" {
			records[i] = bare(r)
			write(t, store, records[i:i+1])
		}
	}
	checkRows(t, store, []filterRow{{"nobody has a name that is gone", peopleWhere(&graph.PersonWhere{NameContains: new("zolc")}), nil}})
	checkNamings(t, store, records, "zolc", "netanyahu")
	settle(t, store)
	oracle := Settled(records)
	checkGraph(t, store, oracle)
	checkCorpus(t, store, oracle)
	checkRows(t, store, []filterRow{{"an alias that is gone", peopleWhere(&graph.PersonWhere{Name: new("Hillary Rodham Clinton")}), nil}})
}
