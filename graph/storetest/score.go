package storetest

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// scores: each database reckons its own, so what is promised of them is tested,
// not their values.
func scores(t *testing.T, open opener) {
	store := open(t)
	bodies := []string{"nothing of it", "uranium once, and a good deal of other words that are about quite different things", "uranium uranium uranium", "of uranium and enrichment"}
	for range 12 { // a word that most texts have says next to nothing
		bodies = append(bodies, "other words")
	}
	var records []graph.Record
	for i, body := range bodies {
		records = append(records, draft{
			reference: graph.Reference(fmt.Sprintf("09PARIS%d", i+1)), subject: "A subject", paragraphs: []string{body}, from: &paris,
			created: "2009-01-01 00:00", tags: []graph.Tag{{Code: "IR", Kind: graph.TagCountry}},
		}.record())
	}
	records = append(records, draft{reference: "08PARIS9", subject: "Uranium", paragraphs: []string{"a word"}, from: &paris, created: "2009-01-01 00:00", tags: []graph.Tag{{Code: "IR", Kind: graph.TagCountry}}}.record())
	write(t, store, records)
	settle(t, store)
	scored := func(relation graph.Relation, where *graph.CableWhere) *graph.Step {
		s := list(relation)
		s.Cable, s.Order = where, graph.Complete([]graph.Order{{By: graph.ByScore, Desc: true}})
		return s
	}
	t.Run("the best come first", func(t *testing.T) {
		got := keysOf(askStep(t, store, scored(graph.RootCables, &graph.CableWhere{Text: new("uranium")})))
		if want := []string{"08PARIS9", "09PARIS3", "09PARIS4", "09PARIS2"}; !slices.Equal(got, want) {
			t.Errorf("by score: %v, want %v", got, want)
		}
	})
	t.Run("of given cables, behind a cursor", func(t *testing.T) {
		s := scored(graph.RootCables, &graph.CableWhere{Text: new("uranium")})
		s.Keys, s.Order = []string{"09PARIS2", "09PARIS3", "09PARIS4"}, graph.RootCables.DefaultOrder()
		s.Page.Cursor = graph.Position{graph.Minute(moment("2009-01-01 00:00")), "09PARIS2"}
		answer := askStep(t, store, s)
		if got := keysOf(answer); !slices.Equal(got, []string{"09PARIS3", "09PARIS4"}) || answer.Edges[0].Score <= 0 {
			t.Errorf("%v, scores %v", got, answer.Edges)
		}
	})
	for name, where := range map[string]*graph.CableWhere{
		"both texts":      {Text: new("uranium OR good"), Published: new(true)},
		"the subject":     {Subject: &graph.TextFilter{Matches: new("subject OR uranium")}},
		"the body":        {Body: &graph.BodyFilter{Matches: new("uranium -enrichment")}, Tags: &graph.TagsFilter{All: []string{"IR"}}},
		"the start":       {Text: new(`"uranium onc"* OR enri*`)},
		"two questions":   {Text: new("uranium"), Body: &graph.BodyFilter{Matches: new("of")}},
		"nothing matches": {Text: new("plutonium")},
	} {
		t.Run(name, func(t *testing.T) {
			step := scored(graph.RootCables, where)
			pagesByScore(t, store, func() *graph.Step { return scored(graph.RootCables, where) })
			below := list(graph.RootPosts, scored(graph.PostCables, where), list(graph.PostCables))
			below.Steps[1].Cable = where
			post := askStep(t, store, below).Edges[0].Post.Answers
			if diff := gocmp.Diff(keysOf(askStep(t, store, step)), keysOf(post[0])); diff != "" {
				t.Errorf("below a post (-root +post):\n%s", diff)
			}
			if post[0].Total != len(post[0].Edges) || post[1].Total != len(post[1].Edges) {
				t.Errorf("below a post: Total = %d and %d of %d rows", post[0].Total, post[1].Total, len(post[0].Edges))
			}
			for _, e := range post[1].Edges { // all columns: the score too, in another order
				i := slices.IndexFunc(post[0].Edges, func(same graph.Edge) bool { return same.Key() == e.Key() })
				if post[0].Edges[i].Score != e.Score {
					t.Errorf("%s has the score %d by score and %d by date", e.Key(), post[0].Edges[i].Score, e.Score)
				}
			}
		})
	}
}

// pagesByScore checks that a list by score has the rows of the same list by key,
// each with a score, none better than the one before, and that its pages make it up.
func pagesByScore(t *testing.T, store graph.Reader, step func() *graph.Step) {
	t.Helper()
	byKey := step()
	byKey.Order, byKey.Fields = graph.Complete(nil), 0
	whole := askStep(t, store, step())
	if diff := gocmp.Diff(keysOf(askStep(t, store, byKey)), slices.Sorted(slices.Values(keysOf(whole)))); diff != "" {
		t.Errorf("the list by score has other rows (-by key +by score):\n%s", diff)
	}
	if whole.Total != len(whole.Edges) {
		t.Errorf("Total = %d of %d rows", whole.Total, len(whole.Edges))
	}
	for i, e := range whole.Edges {
		if e.Score <= 0 || i > 0 && e.Score > whole.Edges[i-1].Score || e.At[0] != e.Score {
			t.Errorf("row %d has the score %d at %v", i, e.Score, e.At)
		}
	}
	var paged []string
	for page := (graph.Page{Size: 1}); ; {
		s := step()
		s.Page = page
		answer := askStep(t, store, s)
		paged = append(paged, keysOf(answer)...)
		if !answer.HasNext {
			break
		}
		page.Cursor = answer.Edges[0].At
	}
	if diff := gocmp.Diff(keysOf(whole), paged); diff != "" {
		t.Errorf("page by page (-whole +pages):\n%s", diff)
	}
}
