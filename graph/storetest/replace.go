package storetest

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// replacing: a cable that comes again with another text takes the place of the old one.
func replacing(t *testing.T, open opener) {
	t.Run("what a cable no longer says goes, with all that nothing else names", func(t *testing.T) { replaceEach(t, open) })
	t.Run("the old words are not found, the new ones are", func(t *testing.T) { replaceWords(t, open) })
	t.Run("an announced cable becomes published, and stays cited", func(t *testing.T) { announcedComes(t, open) })
	t.Run("a cable is cited before and after it comes, in one batch", func(t *testing.T) { citedInBatch(t, open) })
	t.Run("positions move when the list changes", func(t *testing.T) { reorder(t, open) })
}

// bare is the cable with nothing but its subject.
func bare(r graph.Record) graph.Record {
	b := graph.Record{Cable: graph.Cable{Reference: r.Cable.Reference, Published: true, Subject: "Bare"}}
	b.Seal()
	return b
}

// replaceEach takes the drawn world apart cable by cable, and puts it together again.
func replaceEach(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records)
	for i := range records {
		records[i] = bare(records[i])
		write(t, store, records[i:i+1])
		settle(t, store)
		checkGraph(t, store, Settled(records))
		if t.Failed() {
			t.Fatalf("after %s", records[i].Cable.Reference)
		}
	}
	checkCorpus(t, store, Settled(records))
	write(t, store, World())
	settle(t, store)
	checkGraph(t, store, Settled(World()))
}

func replaceWords(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records)
	i := slices.IndexFunc(records, func(r graph.Record) bool { return r.Cable.Reference == "09TELAVIV936" })
	r := draft{
		reference: "09TELAVIV936", created: "2009-05-01 10:00", class: "UNCLASSIFIED", subject: "A visit of Mrs. Dupont",
		from: &paris, people: []individual{{name: "Anne Dupont", surname: "dupont", forms: []string{"Mrs. Dupont"}, titles: []string{"Senator"}, role: graph.RoleMentioned}},
		paragraphs: []string{"(U) Mrs. Dupont came."},
	}.record()
	records[i] = r
	write(t, store, []graph.Record{r})
	settle(t, store)
	oracle := Settled(records)
	checkGraph(t, store, oracle)
	checkStep(t, store, oracle, list(graph.RootCables, list(graph.CablePeople)))
	text := func(q string) *graph.Step { return cablesWhere(&graph.CableWhere{Text: &q}) }
	checkRows(t, store, []filterRow{
		{"old word", text("paris visit"), nil},
		{"new word", text("dupont"), []string{"09TELAVIV936"}},
		{"old word of the subject", cablesWhere(&graph.CableWhere{Subject: &graph.TextFilter{Matches: new("sara")}}), nil},
		{"old alias", peopleWhere(&graph.PersonWhere{Name: new("Mrs. Netanyahu")}), nil},
		{"new person", peopleWhere(&graph.PersonWhere{Title: new("Sen")}), []string{"anne-dupont"}},
		{"old date", cablesWhere(&graph.CableWhere{Created: &graph.TimeRange{From: new(moment("2009-04-27 00:00")), To: new(moment("2009-04-28 00:00"))}}), nil},
		{"old tag", cablesWhere(&graph.CableWhere{Tags: &graph.TagsFilter{All: []string{"IS"}}}), []string{"09STATE12000", "09TELAVIV457"}},
	})
	got, err := store.Known(within(t), []graph.Reference{"09TELAVIV936"})
	if diff := gocmp.Diff(map[graph.Reference]graph.Known{"09TELAVIV936": {Hash: r.Cable.Hash, Sources: r.Cable.Sources}}, got); diff != "" || err != nil {
		t.Errorf("Known (-want +got): %v\n%s", err, diff)
	}
}

func announcedComes(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records)
	cited := list(graph.RootCables, list(graph.CableReferencedBy), list(graph.CableRelated), list(graph.CablePeople))
	cited.Keys = []string{"06PARIS77"}
	checkStep(t, store, Settled(records), cited)
	records = append(records, draft{
		reference: "06PARIS77", created: "2006-01-03 08:00", class: "SECRET", subject: "It comes", from: &paris, tags: []graph.Tag{tagFR},
		cites: []graph.Citation{cite("A", "08PARIS2199", "8 Paris 2199"), cite("B", "04MADRID4", "04 MADRID 4")},
	}.record())
	write(t, store, records[len(records)-1:])
	settle(t, store)
	checkGraph(t, store, Settled(records))
	checkStep(t, store, Settled(records), cited)
}

func citedInBatch(t *testing.T, open opener) {
	one := draft{reference: "09PARIS1", subject: "one", from: &paris, cites: []graph.Citation{cite("A", "09PARIS2", "2"), cite("B", "09PARIS3", "3")}}.record()
	two := draft{reference: "09PARIS2", subject: "two", from: &paris, cites: []graph.Citation{cite("A", "09PARIS1", "1")}}.record()
	store := open(t)
	write(t, store, []graph.Record{one, two})
	checkGraph(t, store, Settled([]graph.Record{one, two}))
	one = bare(one)
	write(t, store, []graph.Record{two, one})
	checkGraph(t, store, Settled([]graph.Record{one, two}))
}

func reorder(t *testing.T, open opener) {
	records := World()
	store := filled(t, open, records)
	r := &records[0]
	slices.Reverse(r.Recipients)
	slices.Reverse(r.Tags)
	slices.Reverse(r.References)
	slices.Reverse(r.People)
	r.References[0].Label = "Z"
	r.Recipients[0].Precedence, r.Recipients[0].Action = graph.Flash, true
	r.People[0].Titles = []string{"Duke"}
	r.Seal()
	write(t, store, records[:1])
	settle(t, store)
	checkGraph(t, store, Settled(records))
	checkStep(t, store, Settled(records), list(graph.RootCables, list(graph.CableRecipients), list(graph.CableTags), list(graph.CableReferences), list(graph.CablePeople)))
}
