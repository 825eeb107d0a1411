package storetest

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cablegraph/cablegraph/graph"
)

// writing holds empty stores against the promises of Writer.
func writing(t *testing.T, open opener) {
	t.Run("an empty store answers", func(t *testing.T) { empty(t, open) })
	t.Run("writing nothing is no error", func(t *testing.T) { nothing(t, open) })
	t.Run("writing twice changes nothing", func(t *testing.T) { twice(t, open) })
	t.Run("a naming that is not settled is its provisional person", func(t *testing.T) { provisional(t, open) })
	t.Run("hashes are those of the published cables", func(t *testing.T) { known(t, open) })
	t.Run("sources come together without doubles", func(t *testing.T) { sources(t, open) })
	t.Run("large texts and many ties come back whole", func(t *testing.T) { large(t, open) })
	t.Run("the end of a load is noted", func(t *testing.T) { loaded(t, open) })
}

func empty(t *testing.T, open opener) {
	store, oracle := open(t), NewOracle(nil, nil)
	checkGraph(t, store, oracle)
	checkCorpus(t, store, oracle)
	for _, kind := range graph.Kinds {
		checkStep(t, store, oracle, list(roots[kind], list(below(kind)[0])))
	}
	if surnames, err := store.Unsettled(within(t), 10); err != nil || len(surnames) > 0 {
		t.Errorf("Unsettled = %v, %v; want none", surnames, err)
	}
}

func nothing(t *testing.T, open opener) {
	store := open(t)
	if err := store.Write(within(t), nil); err != nil {
		t.Errorf("Write of no records: %v", err)
	}
	if err := store.AddSources(within(t), nil); err != nil {
		t.Errorf("AddSources of none: %v", err)
	}
	if err := store.Settle(within(t), nil, nil, 0); err != nil {
		t.Errorf("Settle of no surnames: %v", err)
	}
	if got, err := store.Known(within(t), nil); err != nil || len(got) > 0 {
		t.Errorf("Known of no cables = %v, %v", got, err)
	}
	checkGraph(t, store, NewOracle(nil, nil))
}

func twice(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records)
	before := hash(t, store)
	for range 2 {
		write(t, store, records)
		settle(t, store)
		if after := hash(t, store); after != before {
			t.Errorf("Hash after writing the same again: %s, before: %s", after, before)
		}
	}
	checkGraph(t, store, Settled(records))
	checkCorpus(t, store, Settled(records))
}

func provisional(t *testing.T, open opener) {
	records := World()[:1]
	store := open(t)
	write(t, store, records)
	oracle := NewOracle(records, nil)
	checkGraph(t, store, oracle)
	checkCorpus(t, store, oracle)
	checkStep(t, store, oracle, list(graph.RootCables, list(graph.CablePeople), list(graph.CableSigner), list(graph.CableClassifier)))
	checkRows(t, store, []filterRow{
		{"found by its name", peopleWhere(&graph.PersonWhere{Name: new("BERNARD KOUCHNER")}), []string{"bernard-kouchner"}},
		{"found by its title", peopleWhere(&graph.PersonWhere{Title: new("ForMin")}), []string{"bernard-kouchner"}},
	})
}

func known(t *testing.T, open opener) {
	store := open(t)
	records := World()
	write(t, store, records)
	want := map[graph.Reference]graph.Known{}
	var references []graph.Reference
	for _, r := range records {
		references = append(references, r.Cable.Reference)
		want[r.Cable.Reference] = graph.Known{Hash: r.Cable.Hash, Sources: r.Cable.Sources}
	}
	got, err := store.Known(within(t), append(references, "06PARIS77", "99NOWHERE1", references[0]))
	if err != nil {
		t.Fatalf("Known: %v", err)
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("Known (-want +got):\n%s", diff)
	}
}

func sources(t *testing.T, open opener) {
	store := open(t)
	records := World()
	write(t, store, records)
	settle(t, store)
	before := hash(t, store)
	first, second, third := records[0].Cable.Sources[0], source("other/09STATE11937.html"), source("archive.tar")
	third.Member = "cable/09STATE11937.html"
	for range 2 {
		err := store.AddSources(within(t), map[graph.Reference][]graph.Source{
			"09STATE11937": {second, first, third, second}, "06PARIS77": {second}, "99NOWHERE1": {second},
		})
		if err != nil {
			t.Fatalf("AddSources: %v", err)
		}
	}
	want := World()
	want[0].Cable.Sources = []graph.Source{first, second, third}
	checkStep(t, store, Settled(want), list(graph.RootCables))
	if after := hash(t, store); after != before {
		t.Errorf("Hash after AddSources: %s, before: %s", after, before)
	}
}

// large has a body of a megabyte with every kind of letter, and a thousand ties of each kind.
func large(t *testing.T, open opener) {
	r := World()[0]
	body := []rune("Ünïcödé 𐐔𐐯𐑅 '\"\\ %_ \u2028 \t\r\n")
	for len(body) < 1<<20 {
		body = append(body, body...)
	}
	r.Cable.Body, r.Cable.Paragraphs = string(body), nil
	r.Recipients, r.Tags, r.References = nil, nil, nil
	for i := range 1000 {
		name := fmt.Sprintf("Embassy %d", i)
		r.Recipients = append(r.Recipients, info(graph.Post{Slug: graph.Slug(name), Name: name, Kind: graph.PostEmbassy}, graph.Routine))
		r.Tags = append(r.Tags, graph.Tag{Code: fmt.Sprintf("T%d", i), Kind: graph.TagUnknown})
		r.References = append(r.References, cite("", graph.Reference(fmt.Sprintf("05MADRID%d", i+1)), ""))
		r.Cable.Paragraphs = append(r.Cable.Paragraphs, graph.ParagraphSpan{Number: i, Start: i, End: i + 1})
	}
	r.Seal()
	store := filled(t, open, []graph.Record{r})
	oracle := Settled([]graph.Record{r})
	checkGraph(t, store, oracle)
	checkStep(t, store, oracle, list(graph.RootCables, list(graph.CableRecipients), list(graph.CableTags), list(graph.CableReferences)))
}

// unsettled returns all surnames that wait to be settled, sorted.
func unsettled(t *testing.T, store graph.Writer) []string {
	t.Helper()
	surnames, err := store.Unsettled(within(t), 1000)
	if err != nil {
		t.Fatalf("Unsettled: %v", err)
	}
	return slices.Sorted(slices.Values(surnames))
}

// namings returns the namings of the surnames, and the generation.
func namings(t *testing.T, store graph.Writer, surnames ...string) ([]graph.PlacedNaming, graph.Generation) {
	t.Helper()
	placed, generation, err := store.Namings(within(t), surnames)
	if err != nil {
		t.Fatalf("Namings: %v", err)
	}
	return placed, generation
}

// checkNamings fails the test where the store has other namings of the surnames than the records.
func checkNamings(t *testing.T, store graph.Writer, records []graph.Record, surnames ...string) {
	t.Helper()
	want := slices.DeleteFunc(Placed(records), func(n graph.PlacedNaming) bool { return !slices.Contains(surnames, n.Surname) })
	got, _ := namings(t, store, surnames...)
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("Namings of %v (-want +got):\n%s", surnames, diff)
	}
}

// surnamesOf returns every surname of the records, sorted.
func surnamesOf(records []graph.Record) []string {
	all := map[string]bool{}
	for _, n := range Placed(records) {
		all[n.Surname] = true
	}
	return slices.Sorted(maps.Keys(all))
}
