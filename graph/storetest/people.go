package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

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
	t.Run("a person may have namings of several surnames", func(t *testing.T) { acrossSurnames(t, open) })
	t.Run("also while the store is filled", func(t *testing.T) { acrossWhileFilling(t, open) })
	t.Run("corrections are kept, and their surnames wait to be settled", func(t *testing.T) { corrected(t, open) })
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

// acrossSurnames joins the people of two surnames, and parts them again.
func acrossSurnames(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records)
	both := []string{"kouchner", "ries"}
	for _, name := range []func(graph.PlacedNaming) string{
		func(n graph.PlacedNaming) string { return "Bernard Kouchner " + string(n.Cable) + n.Name[:1] },
		func(n graph.PlacedNaming) string {
			if n.Position == 0 || n.Surname == "kouchner" {
				return "Bernard Kouchner"
			}
			return n.Name
		},
	} {
		placed, generation := namings(t, store, both...)
		people := splitUp(onePerCable(placed), name)
		others := slices.DeleteFunc(Placed(records), func(n graph.PlacedNaming) bool {
			return slices.ContainsFunc(people, func(s graph.Settled) bool {
				return slices.Contains(s.Namings, graph.NamingKey{Cable: n.Cable, Position: n.Position})
			})
		})
		left := slices.DeleteFunc(slices.Clone(others), func(n graph.PlacedNaming) bool { return !slices.Contains(both, n.Surname) })
		people = append(people, Resolve(left)...)
		if err := store.Settle(within(t), both, people, generation); err != nil {
			t.Fatalf("Settle: %v", err)
		}
		others = slices.DeleteFunc(others, func(n graph.PlacedNaming) bool { return slices.Contains(both, n.Surname) })
		oracle := NewOracle(records, append(people, Resolve(others)...))
		checkGraph(t, store, oracle)
		checkCorpus(t, store, oracle)
		checkStep(t, store, oracle, list(graph.RootPeople, list(graph.PersonCables), list(graph.PersonMentionedWith)))
	}
	write(t, store, records)
	settle(t, store)
	checkGraph(t, store, Settled(records))
}

// acrossWhileFilling joins the people of two surnames before their namings lead to anybody.
func acrossWhileFilling(t *testing.T, open opener) {
	records := World()
	store := open(t)
	if err := store.Fill(within(t)); err != nil {
		t.Fatal(err)
	}
	write(t, store, records)
	unsettled(t, store)
	both := []string{"kouchner", "ries", "nobody"}
	placed, generation := namings(t, store, both...)
	people := splitUp(onePerCable(placed), func(graph.PlacedNaming) string { return "Bernard Kouchner" })
	taken := people[0].Namings
	rest := slices.DeleteFunc(Placed(records), func(n graph.PlacedNaming) bool {
		return slices.Contains(taken, graph.NamingKey{Cable: n.Cable, Position: n.Position})
	})
	mine := slices.DeleteFunc(slices.Clone(rest), func(n graph.PlacedNaming) bool { return !slices.Contains(both, n.Surname) })
	people = append(people, Resolve(mine)...)
	if err := store.Settle(within(t), both, people, generation); err != nil {
		t.Fatalf("Settle: %v", err)
	}
	settle(t, store)
	if err := store.Loaded(within(t), time.Now()); err != nil {
		t.Fatal(err)
	}
	others := slices.DeleteFunc(rest, func(n graph.PlacedNaming) bool { return slices.Contains(both, n.Surname) })
	checkGraph(t, store, NewOracle(records, append(people, Resolve(others)...)))
}

// onePerCable keeps the first naming of each cable.
func onePerCable(placed []graph.PlacedNaming) []graph.PlacedNaming {
	seen := map[graph.Reference]bool{}
	var first []graph.PlacedNaming
	for _, n := range placed {
		if !seen[n.Cable] {
			seen[n.Cable] = true
			first = append(first, n)
		}
	}
	return first
}

func corrected(t *testing.T, open opener) {
	records := World()
	store := open(t)
	check := func(want string, surnames ...string) {
		t.Helper()
		got, err := store.Corrections(within(t))
		if err != nil || got != want {
			t.Errorf("Corrections = %q, %v; want %q", got, err, want)
		}
		if diff := gocmp.Diff(surnames, unsettled(t, store)); diff != "" {
			t.Errorf("Unsettled (-want +got):\n%s", diff)
		}
	}
	check("")
	correct := func(text string, surnames ...string) {
		t.Helper()
		if err := store.Correct(within(t), text, surnames); err != nil {
			t.Fatalf("Correct: %v", err)
		}
	}
	correct("# ün\n", "kouchner")
	check("# ün\n") // nobody has the surname yet
	write(t, store, records)
	settle(t, store)
	check("# ün\n")
	correct("another", "ries", "nobody", "kouchner")
	check("another", "kouchner", "ries")
	settle(t, store)
	correct("")
	check("")
	checkGraph(t, store, Settled(records))
}
