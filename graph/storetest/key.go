package storetest

import (
	"errors"
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// keys: nodes are asked for by their keys, as many at once as one likes.
func keys(t *testing.T, store, oracle graph.Reader) {
	with := func(relation graph.Relation, keys ...string) *graph.Step {
		s := byKey(relation)
		s.Keys = append([]string{}, keys...)
		return s
	}
	checkRows(t, store, []filterRow{
		{"unknown keys are absent, not an error", with(graph.RootCables, "10DES7", "99NOWHERE1", "", "06PARIS77"), []string{"06PARIS77", "10DES7"}},
		{"a key given twice is one node", with(graph.RootTags, "IR", "IR"), []string{"IR"}},
		{"keys are exact", with(graph.RootTags, "ir", "Fr"), nil},
		{"no keys, no nodes", with(graph.RootPeople), nil},
		{"keys beyond the first plane", with(graph.RootPosts, "embassy-𐐼𐐯𐑅"), []string{"embassy-𐐼𐐯𐑅"}},
		{"keys with signs", with(graph.RootTags, "KÄSE_100%", "KÄSE_100'", `K\`), []string{"KÄSE_100%"}},
	})
	t.Run("keys and a filter are joined by and", func(t *testing.T) {
		s := with(graph.RootCables, "10DES7", "06PARIS77")
		s.Cable = &graph.CableWhere{Published: new(true)}
		checkRows(t, store, []filterRow{{"published", s, []string{"10DES7"}}})
	})
	t.Run("ten thousand keys in one step", func(t *testing.T) {
		s := with(graph.RootCables)
		for i := range 10_000 {
			s.Keys = append(s.Keys, fmt.Sprintf("05MADRID%d", i+1))
		}
		s.Keys[17], s.Keys[9_999] = "09STATE11937", "08PARIS2199"
		if diff := gocmp.Diff([]string{"08PARIS2199", "09STATE11937"}, keysOf(askStep(t, store, s))); diff != "" {
			t.Errorf("keys (-want +got):\n%s", diff)
		}
		s.Steps = []*graph.Step{list(graph.CableTags)}
		checkStep(t, store, oracle, s)
	})
	t.Run("ten thousand ids in one filter", func(t *testing.T) {
		w := &graph.CableWhere{ID: []graph.ID{"cable:10DES7"}}
		for i := range 10_000 {
			w.ID = append(w.ID, graph.NewID(graph.KindCable, fmt.Sprintf("05MADRID%d", i+1)))
		}
		checkRows(t, store, []filterRow{{"one is there", cablesWhere(w), []string{"10DES7"}}})
	})
}

// badQuestions: a question that is wrong in itself is an error that says so, however deep the fault is.
func badQuestions(t *testing.T, store graph.Reader) {
	early, late := moment("2008-01-01 00:00"), moment("2009-01-01 00:00")
	for _, row := range []struct {
		name  string
		where *graph.CableWhere
		want  error
	}{
		{"an id without a kind", &graph.CableWhere{ID: []graph.ID{"10DES7"}}, graph.ErrBadID},
		{"an open quote", &graph.CableWhere{Text: new(`iran "nuclear`)}, graph.ErrBadText},
		{"only exclusions", &graph.CableWhere{Text: new(`-iran`)}, graph.ErrBadText},
		{"no word in the subject's question", &graph.CableWhere{Subject: &graph.TextFilter{Matches: new("?!")}}, graph.ErrBadText},
		{"a range that ends before it starts", &graph.CableWhere{Created: &graph.TimeRange{From: &late, To: &early}}, graph.ErrBadWhere},
		{"a year beside bounds", &graph.CableWhere{Released: &graph.TimeRange{From: &late, Year: new(2009)}}, graph.ErrBadWhere},
	} {
		for place, step := range map[string]*graph.Step{
			"":                    cablesWhere(row.where),
			" below not":          cablesWhere(&graph.CableWhere{Not: row.where}),
			" below a person":     peopleWhere(&graph.PersonWhere{MentionedIn: &graph.CableWhere{Or: []*graph.CableWhere{row.where}}}),
			" in a step below":    {Path: []string{"list"}, Relation: graph.RootPosts, Order: graph.RootPosts.DefaultOrder(), Rows: true, Page: graph.Page{Size: 9}, Steps: []*graph.Step{{Path: []string{"nodes", "cables"}, Relation: graph.PostCables, Order: graph.PostCables.DefaultOrder(), Rows: true, Page: graph.Page{Size: 9}, Cable: row.where}}},
			" in a shared cables": {Path: []string{"list"}, Relation: graph.RootTags, Order: graph.RootTags.DefaultOrder(), Rows: true, Page: graph.Page{Size: 9}, Steps: []*graph.Step{{Path: []string{"nodes", "tags"}, Relation: graph.TagCoTags, Order: graph.TagCoTags.DefaultOrder(), Rows: true, Page: graph.Page{Size: 9}, In: row.where}}},
		} {
			t.Run(row.name+place, func(t *testing.T) {
				answers, err := store.Ask(within(t), &graph.Plan{Steps: []*graph.Step{step}})
				if !errors.Is(err, row.want) {
					t.Errorf("Ask = %v, %v; want an error that is %q", answers, err, row.want)
				}
			})
		}
	}
}
