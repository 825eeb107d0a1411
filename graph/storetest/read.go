package storetest

import (
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// everything asks for all columns.
const everything = ^graph.Fields(0)

// readWorld holds a store with the drawn world against the promises of Reader.
func readWorld(t *testing.T, open opener) {
	records := World()
	store, oracle := filled(t, open, records), Settled(records)
	readPromises(t, store, oracle)
	t.Run("suggestions", func(t *testing.T) { suggests(t, store, oracle) })
	t.Run("what ran is traced", func(t *testing.T) { tracing(t, store) })
	t.Run("edges for networks", func(t *testing.T) { ties(t, store, oracle) })
	t.Run("random plans", func(t *testing.T) { randomPlans(t, store, oracle, shapes/3) })
}

// readPromises are the promises that only read.
func readPromises(t *testing.T, store, oracle graph.Reader) {
	t.Run("every relation leads where the oracle says", func(t *testing.T) { relations(t, store, oracle) })
	t.Run("facets", func(t *testing.T) { faceted(t, store, oracle) })
	t.Run("filters", func(t *testing.T) { filters(t, store) })
	t.Run("names", func(t *testing.T) { names(t, store) })
	t.Run("full text", func(t *testing.T) { fullText(t, store) })
	t.Run("pages", func(t *testing.T) { pages(t, store, oracle) })
	t.Run("keys", func(t *testing.T) { keys(t, store, oracle) })
	t.Run("bad questions", func(t *testing.T) { badQuestions(t, store) })
	t.Run("the whole graph", func(t *testing.T) { walks(t, store, oracle) })
	t.Run("columns that are not asked for stay empty", func(t *testing.T) { columns(t, store, oracle) })
}

// list is a step that asks for a whole list with all its columns.
func list(relation graph.Relation, below ...*graph.Step) *graph.Step {
	for i, s := range below {
		s.Path = []string{"nodes", string(rune('a' + i))}
	}
	return &graph.Step{
		Path: []string{"list"}, Relation: relation, Order: relation.DefaultOrder(), Page: graph.Page{Size: graph.MaxPage},
		Direction: graph.Both, Rows: true, Total: true, Fields: everything, Steps: below,
	}
}

// below lists every relation that starts at a kind.
func below(kind graph.Kind) []graph.Relation {
	var all []graph.Relation
	for r := graph.RootCables; r < graph.SharedCables; r++ {
		if r.From() == kind {
			all = append(all, r)
		}
	}
	return all
}

var roots = map[graph.Kind]graph.Relation{
	graph.KindCable: graph.RootCables, graph.KindPost: graph.RootPosts, graph.KindPerson: graph.RootPeople, graph.KindTag: graph.RootTags,
}

func relations(t *testing.T, store, oracle graph.Reader) {
	for _, kind := range graph.Kinds {
		t.Run("all of kind "+string(kind), func(t *testing.T) { checkStep(t, store, oracle, list(roots[kind])) })
		for _, r := range below(kind) {
			t.Run(relationNames[r], func(t *testing.T) {
				t.Parallel()
				checkStep(t, store, oracle, list(roots[kind], list(r)))
			})
			if r.Weighted() && r != graph.CableRelated {
				t.Run(relationNames[r]+" lists the shared cables", func(t *testing.T) {
					t.Parallel()
					checkStep(t, store, oracle, list(roots[kind], list(r, list(graph.SharedCables))))
				})
			}
		}
	}
	for _, d := range graph.Directions {
		t.Run("correspondents, direction "+string(d), func(t *testing.T) {
			t.Parallel()
			step := list(graph.PostCorrespondents, list(graph.SharedCables))
			step.Direction = d
			checkStep(t, store, oracle, list(graph.RootPosts, step))
		})
	}
	t.Run("all relations of a node side by side, twice under other names", func(t *testing.T) {
		for _, kind := range graph.Kinds {
			var steps []*graph.Step
			for _, r := range append(below(kind), below(kind)...) {
				steps = append(steps, list(r))
				steps[len(steps)-1].Page.Size = 1 + len(steps)
			}
			checkStep(t, store, oracle, list(roots[kind], steps...))
		}
	})
	t.Run("several roots in one plan", func(t *testing.T) {
		plan := &graph.Plan{}
		for i, kind := range append(graph.Kinds, graph.Kinds...) {
			step := list(roots[kind])
			step.Path, step.Page.Size = []string{string(rune('a' + i))}, i
			plan.Steps = append(plan.Steps, step)
		}
		checkPlan(t, store, oracle, plan)
	})
	t.Run("four levels", func(t *testing.T) {
		checkStep(t, store, oracle, list(graph.RootPeople, list(graph.PersonCables, list(graph.CableReferences, list(graph.CableOrigin, list(graph.PostCorrespondents))))))
	})
}

func columns(t *testing.T, store, oracle graph.Reader) {
	for _, kind := range graph.Kinds {
		t.Run("none at all of kind "+string(kind), func(t *testing.T) {
			t.Parallel()
			for _, r := range below(kind) {
				step := list(roots[kind], list(r))
				step.Fields, step.Steps[0].Fields = 0, 0
				checkStep(t, store, oracle, step)
			}
		})
	}
	for f := graph.FieldSubject; f <= graph.FieldCount; f <<= 1 {
		t.Run("one alone", func(t *testing.T) {
			t.Parallel()
			for _, step := range []*graph.Step{list(graph.RootCables, list(graph.CablePeople), list(graph.CableRecipients)), list(graph.RootPeople, list(graph.PersonCables))} {
				step.Fields = f
				for _, child := range step.Steps {
					child.Fields = f
				}
				checkStep(t, store, oracle, step)
			}
		})
	}
	t.Run("rows without total", func(t *testing.T) { checkSwitched(t, store, oracle, true, false) })
	t.Run("total without rows", func(t *testing.T) { checkSwitched(t, store, oracle, false, true) })
	t.Run("neither rows nor total", func(t *testing.T) { checkSwitched(t, store, oracle, false, false) })
}

func checkSwitched(t *testing.T, store, oracle graph.Reader, rows, total bool) {
	t.Helper()
	for _, kind := range graph.Kinds {
		for _, r := range below(kind) {
			child := list(r)
			child.Rows, child.Total, child.Page.Size = rows, total, 2
			checkStep(t, store, oracle, list(roots[kind], child))
		}
		root := list(roots[kind])
		root.Rows, root.Total = rows, total
		checkStep(t, store, oracle, root)
	}
}
