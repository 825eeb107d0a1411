package storetest

import (
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cablegraph/cablegraph/graph"
)

// filling: a load of many cables into an empty store makes the graph that writing them makes.
func filling(t *testing.T, open opener) {
	t.Run("while a store is filled it answers, and namings lead to nobody", func(t *testing.T) { askedMeanwhile(t, open) })
	t.Run("a filled store is as one that was written", func(t *testing.T) { filledAs(t, open) })
	t.Run("filling a store that has cables changes nothing", func(t *testing.T) { fillAgain(t, open) })
	t.Run("how far a load is", func(t *testing.T) { marks(t, open) })
}

// fill opens a store and begins to fill it.
func fill(t *testing.T, open opener) graph.Store {
	t.Helper()
	store := open(t)
	for range 2 {
		if err := store.Fill(within(t)); err != nil {
			t.Fatalf("Fill: %v", err)
		}
	}
	return store
}

// unnamed is the records without their people.
func unnamed(records []graph.Record) []graph.Record {
	out := slices.Clone(records)
	for i := range out {
		out[i].People = nil
	}
	return out
}

func askedMeanwhile(t *testing.T, open opener) {
	store := fill(t, open)
	checkGraph(t, store, NewOracle(nil, nil))
	records := World()
	write(t, store, records[:5])
	write(t, store, []graph.Record{bare(records[5]), bare(records[1])})
	write(t, store, records)
	if err := store.Fill(within(t)); err != nil {
		t.Fatalf("Fill: %v", err)
	}
	oracle := NewOracle(unnamed(records), nil)
	checkGraph(t, store, oracle)
	checkCorpus(t, store, oracle)
	for _, kind := range graph.Kinds {
		for _, relation := range below(kind) {
			checkStep(t, store, oracle, list(roots[kind], list(relation)))
		}
	}
	checkRows(t, store, append(cableFilters(), dateFilters()...))
	checkRows(t, store, []filterRow{
		{"cables that name somebody", cablesWhere(&graph.CableWhere{Mentions: &graph.PersonWhere{}}), nil},
		{"cables that somebody signed", cablesWhere(&graph.CableWhere{SignedBy: &graph.PersonWhere{}}), nil},
	})
	known, err := store.Known(within(t), []graph.Reference{"10NATO5", "09MADRID1", "99NOWHERE1"})
	nato := records[slices.IndexFunc(records, func(r graph.Record) bool { return r.Cable.Reference == "10NATO5" })]
	if diff := gocmp.Diff(map[graph.Reference]graph.Known{"10NATO5": {Hash: nato.Cable.Hash, Sources: nato.Cable.Sources}}, known); diff != "" || err != nil {
		t.Errorf("Known (-want +got): %v\n%s", err, diff)
	}
}

// end notes the end of a load.
func end(t *testing.T, store graph.Writer) {
	t.Helper()
	if err := store.Loaded(within(t), moment("2026-11-24 06:30")); err != nil {
		t.Fatalf("Loaded: %v", err)
	}
}

// filledAs compares the ways in which a store may be filled with the graph that all have to make.
func filledAs(t *testing.T, open opener) {
	records := MadeUp(11, 60)
	oracle := Settled(records)
	want := hash(t, oracle)
	for _, way := range []struct {
		name string
		load func(t *testing.T, store graph.Store)
	}{
		{"written, settled, ended", func(t *testing.T, store graph.Store) {
			write(t, store, records)
			settle(t, store)
			end(t, store)
		}},
		{"written, ended, settled", func(t *testing.T, store graph.Store) {
			write(t, store, records)
			end(t, store)
			settle(t, store)
		}},
		{"some surnames settled, more cables, the rest settled", func(t *testing.T, store graph.Store) {
			write(t, store, records[:40])
			settleSome(t, store, 3)
			write(t, store, records[30:])
			settle(t, store)
			end(t, store)
		}},
		{"some surnames settled, ended, the rest settled", func(t *testing.T, store graph.Store) {
			write(t, store, records)
			settleSome(t, store, 3)
			end(t, store)
			settle(t, store)
		}},
		{"all settled twice", func(t *testing.T, store graph.Store) {
			write(t, store, records)
			settle(t, store)
			surnames := surnamesOf(records)
			placed, generation := namings(t, store, surnames...)
			if err := store.Settle(within(t), surnames, Resolve(placed), generation); err != nil {
				t.Errorf("Settle again: %v", err)
			}
			end(t, store)
		}},
		{"every cable twice, in other words at first", func(t *testing.T, store graph.Store) {
			for _, r := range records[:50] {
				write(t, store, []graph.Record{otherwise(r)})
			}
			write(t, store, records)
			settle(t, store)
			end(t, store)
		}},
		{"from two hands", func(t *testing.T, store graph.Store) {
			fromTwoHands(t, store, records)
			settle(t, store)
			end(t, store)
		}},
		{"cables again after the end", func(t *testing.T, store graph.Store) {
			write(t, store, records[:45])
			settle(t, store)
			end(t, store)
			write(t, store, records[20:])
			settle(t, store)
			end(t, store)
		}},
	} {
		t.Run(way.name, func(t *testing.T) {
			store := fill(t, open)
			way.load(t, store)
			if got := hash(t, store); got != want {
				t.Errorf("Hash = %s, want %s", got, want)
				checkGraph(t, store, oracle)
			}
			checkCorpusExceptLoaded(t, store, oracle)
			checkReads(t, store, oracle)
			if left := unsettled(t, store); len(left) > 0 {
				t.Errorf("Unsettled = %v", left)
			}
		})
	}
}

// otherwise is the cable with the ties of another text: other posts, tags, people and citations.
func otherwise(r graph.Record) graph.Record {
	d := draft{
		reference: r.Cable.Reference, created: "2001-01-01 01:01", subject: "Other words", from: &sao, to: []graph.Recipient{to(astral, "")},
		tags: []graph.Tag{tagOdd}, cites: []graph.Citation{cite("A", "02MADRID"+r.Cable.Reference[2:3]+"1", "02 MADRID 1")},
		people:     []individual{{name: "Anne Dupont", surname: "dupont", forms: []string{"Anne Dupont"}, role: graph.RoleSigner, signed: "Dupont"}},
		paragraphs: []string{"Anne Dupont"},
	}
	return d.record()
}

// settleSome settles the first few surnames.
func settleSome(t *testing.T, store graph.Writer, n int) {
	t.Helper()
	surnames, err := store.Unsettled(within(t), n)
	if err != nil || len(surnames) != n {
		t.Fatalf("Unsettled(%d) = %v, %v", n, surnames, err)
	}
	placed, generation := namings(t, store, surnames...)
	if err := store.Settle(within(t), surnames, Resolve(placed), generation); err != nil {
		t.Fatalf("Settle: %v", err)
	}
}

// fromTwoHands writes disjoint cables from two goroutines, as the loader does.
func fromTwoHands(t *testing.T, store graph.Writer, records []graph.Record) {
	t.Helper()
	var group sync.WaitGroup
	for i := range 2 {
		group.Go(func() {
			for at := 7 * i; at < len(records); at += 14 {
				if err := patiently(func() error { return store.Write(t.Context(), records[at:min(at+7, len(records))]) }); err != nil {
					t.Errorf("Write: %v", err)
				}
			}
		})
	}
	group.Wait()
}

// checkCorpusExceptLoaded compares the counts of a store whose load was ended.
func checkCorpusExceptLoaded(t *testing.T, store, oracle graph.Reader) {
	t.Helper()
	want, got := corpus(t, oracle), corpus(t, store)
	want.Backend, want.LoadedAt = got.Backend, got.LoadedAt
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("Corpus (-want +got):\n%s", diff)
	}
}

// checkReads asks a little of everything.
func checkReads(t *testing.T, store, oracle graph.Reader) {
	t.Helper()
	checkStep(t, store, oracle, list(graph.RootCables, list(graph.CablePeople), list(graph.CableSigner), list(graph.CableReferencedBy)))
	checkStep(t, store, oracle, list(graph.RootPosts, list(graph.PostReceived), list(graph.PostPeople)))
	for _, root := range []graph.Relation{graph.RootPosts, graph.RootPeople, graph.RootTags} {
		s := list(root)
		s.Order = []graph.Order{{By: graph.ByCables, Desc: true}, {By: graph.ByKey}}
		checkStep(t, store, oracle, s)
	}
	checkStep(t, store, oracle, peopleWhere(&graph.PersonWhere{NameContains: new("smith")}))
	checkStep(t, store, oracle, cablesWhere(&graph.CableWhere{Text: new("iran -sanctions")}))
}

// fillAgain: a store that has cables is not filled; a naming has its provisional person at once.
func fillAgain(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records[1:])
	before := hash(t, store)
	if err := store.Fill(within(t)); err != nil {
		t.Fatalf("Fill: %v", err)
	}
	if after := hash(t, store); after != before {
		t.Error("Fill changed the graph")
	}
	write(t, store, records[:1])
	if left := unsettled(t, store); !slices.Equal(left, []string{"clinton", "kouchner", "ries"}) {
		t.Errorf("Unsettled = %v", left)
	}
	signer := list(graph.RootCables, list(graph.CableSigner))
	signer.Keys = []string{"09STATE11937"}
	if a := askStep(t, store, signer); len(a.Edges) != 1 || len(a.Edges[0].Cable.Answers[0].Edges) != 1 {
		t.Error("the signer of a cable that was written after Fill is nobody")
	}
	settle(t, store)
	end(t, store)
	checkGraph(t, store, Settled(records))
}

// marks: the last mark of a load comes back, and the zero one forgets the load.
func marks(t *testing.T, open opener) {
	store := fill(t, open)
	mark := func(load string, m graph.Mark) {
		if err := store.Mark(within(t), load, m); err != nil {
			t.Fatalf("Mark: %v", err)
		}
	}
	check := func(when, load string, want graph.Mark) {
		if got, err := store.Marked(within(t), load); err != nil || got != want {
			t.Errorf("%s: Marked(%q) = %+v, %v; want %+v", when, load, got, err, want)
		}
	}
	check("before any", "one", graph.Mark{})
	mark("one", graph.Mark{Documents: 250, Digest: "ab"})
	mark("two, ünd 'quotes'", graph.Mark{Documents: 3, Digest: "cd"})
	mark("one", graph.Mark{Documents: 500, Digest: "ef"})
	check("the later one", "one", graph.Mark{Documents: 500, Digest: "ef"})
	write(t, store, World())
	settle(t, store)
	end(t, store)
	check("after the end", "one", graph.Mark{Documents: 500, Digest: "ef"})
	mark("one", graph.Mark{})
	mark("never marked", graph.Mark{})
	check("forgotten", "one", graph.Mark{})
	check("the other one", "two, ünd 'quotes'", graph.Mark{Documents: 3, Digest: "cd"})
	checkGraph(t, store, Settled(World()))
}

// aliases: a cable is found by the id that a document has for it, once, and answers by its own.
func aliases(t *testing.T, open opener) {
	for name, begin := range map[string]opener{"a store": open, "a store that is being filled": func(t *testing.T) graph.Store { t.Helper(); return fill(t, open) }} {
		t.Run(name, func(t *testing.T) {
			store := begin(t)
			records := World()
			slip, own, row := source("slip.html"), source("own.html"), source("cables.csv")
			slip.Reference, row.Offset, row.Reference = "09STATE119370", 4711, "09STATE119370"
			records[0].Cable.Sources = []graph.Source{row, own}
			write(t, store, records)
			add := map[graph.Reference][]graph.Source{"09STATE11937": {slip}}
			if err := store.AddSources(within(t), add); err != nil {
				t.Fatalf("AddSources: %v", err)
			}
			keyed := func(keys ...string) *graph.Step {
				s := byKey(graph.RootCables)
				s.Keys = keys
				return s
			}
			checkRows(t, store, []filterRow{
				{"by the slip", keyed("09STATE119370"), []string{"09STATE11937"}},
				{"by both, once", keyed("09STATE119370", "10DES7", "09STATE11937"), []string{"09STATE11937", "10DES7"}},
				{"no document has the empty id", keyed(""), nil},
			})
			known, err := store.Known(within(t), []graph.Reference{"09STATE119370", "09STATE11937"})
			want := map[graph.Reference]graph.Known{"09STATE11937": {Hash: records[0].Cable.Hash, Sources: []graph.Source{row, own, slip}}}
			if diff := gocmp.Diff(want, known, cmpopts.SortSlices(func(a, b graph.Source) bool { return a.File < b.File })); diff != "" || err != nil {
				t.Errorf("Known (-want +got): %v\n%s", err, diff)
			}
			write(t, store, World()[:1])
			checkRows(t, store, []filterRow{{"the slip goes with its document", keyed("09STATE119370"), nil}})
		})
	}
}
