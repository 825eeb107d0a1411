package storetest

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// orders lists the orderings that a relation's lists can have: its default, and
// each term both ways.
func orders(relation graph.Relation) [][]graph.Order {
	all := [][]graph.Order{relation.DefaultOrder(), {{By: graph.ByKey, Desc: true}}}
	for _, by := range terms(relation) {
		all = append(all, []graph.Order{{By: by}, {By: graph.ByKey, Desc: true}}, []graph.Order{{By: by, Desc: true}, {By: graph.ByKey}})
	}
	return all
}

// terms lists what a relation's lists can be ordered by, besides the key.
func terms(relation graph.Relation) []graph.By {
	var terms []graph.By
	switch relation.To() {
	case graph.KindCable:
		terms = []graph.By{graph.ByCreated, graph.ByReleased, graph.ByLevel, graph.ByCables}
	case graph.KindTag:
		terms = []graph.By{graph.ByCables}
	default:
		terms = []graph.By{graph.ByName, graph.ByCables}
	}
	switch {
	case relation == graph.CableRecipients, relation == graph.CableTags, relation == graph.CableReferences:
		return append(terms, graph.ByPosition)
	case relation == graph.CablePeople:
		return []graph.By{graph.ByCount, graph.ByName}
	case relation.Weighted():
		return append(terms, graph.ByWeight)
	}
	return terms
}

// pages: walking through a list page by page, either way, gives the list.
func pages(t *testing.T, store, oracle graph.Reader) {
	for relation := graph.RootCables; relation <= graph.RootTags; relation++ {
		for _, order := range orders(relation) {
			t.Run(fmt.Sprintf("%s by %v, page by page", relationNames[relation], order), func(t *testing.T) {
				t.Parallel()
				step := byKey(relation)
				step.Order = order
				checkTurning(t, store, step)
				checkStep(t, store, oracle, step)
			})
		}
	}
	t.Run("a list with ties, page by page", func(t *testing.T) {
		step := cablesWhere(&graph.CableWhere{Created: &graph.TimeRange{Year: new(2009)}})
		step.Order = []graph.Order{{By: graph.ByLevel}, {By: graph.ByCreated, Desc: true}, {By: graph.ByKey, Desc: true}}
		checkTurning(t, store, step)
	})
	for _, kind := range graph.Kinds {
		for _, relation := range below(kind) {
			t.Run("windows on "+relationNames[relation], func(t *testing.T) {
				t.Parallel()
				windows(t, store, oracle, relation)
			})
		}
	}
	t.Run("windows on all cables", func(t *testing.T) { rootWindows(t, store, oracle) })
}

// checkTurning walks through the list by pages of one, two and five, forward and backward.
func checkTurning(t *testing.T, store graph.Reader, step *graph.Step) {
	t.Helper()
	whole := askStep(t, store, step)
	for _, size := range []int{1, 2, 5} {
		for _, backward := range []bool{false, true} {
			turned := turn(t, store, step, graph.Page{Size: size, Backward: backward}, len(whole.Edges)+2)
			if diff := gocmp.Diff(keysOf(whole), turned); diff != "" {
				t.Errorf("pages of %d, backward %t, are not the list (-list +pages):\n%s", size, backward, diff)
			}
		}
	}
}

// turn collects the keys of a list page by page, at most as many pages as it has rows.
func turn(t *testing.T, store graph.Reader, whole *graph.Step, page graph.Page, most int) []string {
	t.Helper()
	var keys []string
	for range most {
		step := *whole
		step.Page = page
		answer := askStep(t, store, &step)
		if page.Backward {
			keys = append(keysOf(answer), keys...)
			if !answer.HasPrevious {
				return keys
			}
		} else {
			keys = append(keys, keysOf(answer)...)
			if !answer.HasNext {
				return keys
			}
		}
		if len(answer.Edges) == 0 {
			t.Fatalf("an empty page that says there are more: %+v", page)
		}
		page.Cursor = answer.Edges[len(answer.Edges)-1].At
		if page.Backward {
			page.Cursor = answer.Edges[0].At
		}
	}
	t.Fatalf("the list does not end after %d pages", most)
	return nil
}

// windows puts all forms of page on the lists below each node, in the default
// order. Random plans have the other orders.
func windows(t *testing.T, store, oracle graph.Reader, relation graph.Relation) {
	child := list(relation)
	child.Fields = 0
	root := list(roots[relation.From()], child)
	root.Fields = 0
	for _, page := range somePages(positionsOf(t, oracle, root, child)) {
		child.Page = page
		checkStep(t, store, oracle, root)
	}
}

// positionsOf returns the positions that rows of the child have in the oracle's answer.
func positionsOf(t *testing.T, oracle graph.Reader, root, child *graph.Step) []graph.Position {
	t.Helper()
	positions := map[*graph.Step][]graph.Position{}
	answer := askStep(t, oracle, root)
	collect(graph.Answers{answer}, positions)
	sorted := positions[child]
	slices.SortFunc(sorted, func(a, b graph.Position) int { return graph.Compare(child.Order, a, b) })
	return sorted
}

// somePages are pages of each form: at the ends, in the middle, with and without bounds.
func somePages(sorted []graph.Position) []graph.Page {
	pages := []graph.Page{{Size: 2}, {Size: 2, Backward: true}, {Size: 0}}
	if len(sorted) == 0 {
		return pages
	}
	third, two := sorted[len(sorted)/3], sorted[2*len(sorted)/3]
	return append(pages, graph.Page{Size: 2, Cursor: third}, graph.Page{Size: 2, Backward: true, Cursor: two},
		graph.Page{Size: 1, Cursor: third, Until: two}, graph.Page{Size: 9, Backward: true, Cursor: two, Until: third},
		graph.Page{Size: graph.DefaultPage, Cursor: third, Until: two}, graph.Page{Size: graph.DefaultPage, Backward: true, Cursor: two})
}

func rootWindows(t *testing.T, store, oracle graph.Reader) {
	for _, order := range orders(graph.RootCables) {
		step := byKey(graph.RootCables)
		step.Order = order
		positions := positionsOf(t, oracle, step, step)
		first, last := positions[0], positions[len(positions)-1]
		gone := slices.Clone(positions[4])
		gone[len(gone)-1] = gone[len(gone)-1].(string) + "0"
		for _, page := range append(somePages(positions),
			graph.Page{Size: 0, Cursor: positions[3]}, graph.Page{Size: 0, Backward: true, Cursor: first}, graph.Page{Size: 0, Until: last},
			graph.Page{Size: 5, Cursor: last}, graph.Page{Size: 5, Backward: true, Cursor: first},
			graph.Page{Size: 5, Cursor: last, Until: first}, graph.Page{Size: 5, Cursor: first, Until: first},
			graph.Page{Size: graph.MaxPage, Until: last}, graph.Page{Size: graph.MaxPage, Backward: true, Until: first},
			graph.Page{Size: 3, Cursor: gone}, graph.Page{Size: 3, Backward: true, Cursor: gone},
			graph.Page{Size: len(positions)}, graph.Page{Size: len(positions) - 1}, graph.Page{Size: len(positions) - 1, Backward: true},
		) {
			step.Page = page
			checkStep(t, store, oracle, step)
		}
	}
}
