package storetest

import (
	"errors"
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

// tieQuestions is how many random filters Ties is asked with.
const tieQuestions = 60

// ties: the edges of cables as numbers, and the edges at nodes, are those of the oracle.
func ties(t *testing.T, store graph.Reader, oracle *Oracle) {
	fromCables := graph.LinkTypes[:len(graph.LinkTypes)-1]
	same := func(t *testing.T, where *graph.CableWhere, types ...graph.LinkType) {
		t.Helper()
		want, wrong := oracle.Ties(within(t), where, types...)
		got, err := store.Ties(within(t), where, types...)
		if wrong != nil || err != nil {
			t.Fatalf("%s: Ties: %v, of the oracle: %v", inJSON(where), err, wrong)
		}
		if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: (-oracle +store)\n%s", inJSON(where), diff)
		}
	}
	t.Run("of all cables", func(t *testing.T) { same(t, nil, fromCables...) })
	t.Run("of each type alone", func(t *testing.T) {
		for _, kind := range fromCables {
			same(t, nil, kind)
		}
	})
	t.Run("of no type: the cables alone", func(t *testing.T) { same(t, &graph.CableWhere{Published: new(true)}) })
	t.Run("of cables by random filters", func(t *testing.T) {
		for i := range tieQuestions {
			where := rapid.Custom(func(r *rapid.T) *graph.CableWhere {
				return generator{T: r, values: newValues(oracle, uint64(i))}.cableWhere(3)
			}).Example(i)
			if _, err := oracle.Ties(within(t), where); err == nil {
				same(t, where, graph.LinkMentions, graph.LinkSentTo)
			}
		}
	})
	t.Run("a bad filter is refused", func(t *testing.T) {
		if _, err := store.Ties(within(t), &graph.CableWhere{Text: new(`"open`)}, graph.LinkTagged); !errors.Is(err, graph.ErrBadText) {
			t.Errorf("Ties = %v, want ErrBadText", err)
		}
	})
	for _, limit := range []int{0, 1, 3, graph.MaxPage} {
		t.Run(fmt.Sprintf("at each node, %d at most", limit), func(t *testing.T) { adjacent(t, store, oracle, graph.LinkTypes, limit) })
	}
	t.Run("of some types alone", func(t *testing.T) {
		adjacent(t, store, oracle, []graph.LinkType{graph.LinkReferences, graph.LinkMentions}, 10)
	})
	t.Run("at unknown nodes there are none", func(t *testing.T) {
		got, err := store.Adjacent(within(t), &graph.Adjacent{Nodes: []graph.ID{"cable:99NOSUCH1", "person:nobody"}, Sides: graph.Sides(graph.LinkTypes), Limit: 1})
		if err != nil || len(got) > 0 {
			t.Errorf("Adjacent = %v, %v", got, err)
		}
	})
	t.Run("a bad id is refused", func(t *testing.T) {
		if _, err := store.Adjacent(within(t), &graph.Adjacent{Nodes: []graph.ID{"paris"}, Sides: graph.Sides(graph.LinkTypes)}); !errors.Is(err, graph.ErrBadID) {
			t.Errorf("Adjacent = %v, want ErrBadID", err)
		}
	})
}

// adjacent asks for some nodes of every kind, backwards.
func adjacent(t *testing.T, store graph.Reader, oracle *Oracle, types []graph.LinkType, limit int) {
	t.Helper()
	const most = 25 // nodes of a kind: the oracle looks at the whole graph for each
	q := &graph.Adjacent{Sides: graph.Sides(types), Limit: limit}
	add := func(n int, id func(int) graph.ID) {
		for i := min(n, most) - 1; i >= 0; i-- {
			q.Nodes = append(q.Nodes, id(i))
		}
	}
	add(len(oracle.tags), func(i int) graph.ID { return oracle.tags[i].ID() })
	add(len(oracle.cables), func(i int) graph.ID { return oracle.cables[i].Cable.ID() })
	add(len(oracle.people), func(i int) graph.ID { return oracle.people[i].ID() })
	add(len(oracle.posts), func(i int) graph.ID { return oracle.posts[i].ID() })
	want, wrong := oracle.Adjacent(within(t), q)
	got, err := store.Adjacent(within(t), q)
	if wrong != nil || err != nil {
		t.Fatalf("Adjacent: %v, of the oracle: %v", err, wrong)
	}
	if len(want) < len(q.Nodes)/3 {
		t.Errorf("%d nodes have %d lists of edges: too little is asked", len(q.Nodes), len(want))
	}
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("Adjacent (-oracle +store):\n%s", diff)
	}
}
