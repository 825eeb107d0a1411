package explore_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/explore"
	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
	"github.com/cablegraph/cablegraph/network"
)

func around(t *testing.T, store graph.Reader, q explore.Neighbourhood) *network.Network {
	t.Helper()
	if q.Types == nil {
		q.Types = graph.LinkTypes
	}
	n, err := explore.Around(t.Context(), store, &q)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Check(); err != nil {
		t.Error(err)
	}
	return n
}

func has(n *network.Network, id graph.ID) bool {
	return slices.ContainsFunc(n.Nodes, func(n network.Node) bool { return n.ID == id })
}

func TestANeighbourhoodWithoutACapIsAllThatCanBeReached(t *testing.T) {
	onStores(t, 60, func(t *testing.T, store graph.Reader) {
		w := waysOf(t, store)
		for i, id := range w.ids() {
			if i%9 != 0 {
				continue
			}
			q := &explore.Search{Types: graph.LinkTypes}
			want := map[graph.ID]bool{id: true}
			frontier := []graph.ID{id}
			for depth := 0; depth <= 2; depth++ {
				n := around(t, store, explore.Neighbourhood{Of: []graph.ID{id}, Depth: depth, Limit: 5000})
				if len(n.Nodes) != len(want) {
					t.Errorf("%s to depth %d: %d nodes, want %d", id, depth, len(n.Nodes), len(want))
				}
				edges := 0
				for a := range want {
					for b, kinds := range w[a] {
						if want[b] && a < b {
							edges += len(kinds)
						}
					}
				}
				if len(n.Edges) != edges {
					t.Errorf("%s to depth %d: %d edges, want %d", id, depth, len(n.Edges), edges)
				}
				if depth > 0 && len(n.Info.Cuts) > 0 {
					t.Errorf("%s to depth %d: %+v", id, depth, n.Info.Cuts)
				}
				var next []graph.ID
				for _, from := range frontier {
					for _, to := range w.next(q, from) {
						if !want[to] {
							want[to] = true
							next = append(next, to)
						}
					}
				}
				frontier = next
			}
		}
	})
}

func TestACapIsSharedByLevelsAndNodes(t *testing.T) {
	store := storetest.Settled(storetest.MadeUp(5, 200))
	w, of := waysOf(t, store), []graph.ID{"", "post:embassy-paris"}
	for _, id := range w.ids() { // the tag of most cables
		if kind, _, _ := id.Split(); kind == graph.KindTag && len(w[id]) > len(w[of[0]]) {
			of[0] = id
		}
	}
	n := around(t, store, explore.Neighbourhood{Of: of, Depth: 2, Limit: 20})
	if len(n.Nodes) != 22 {
		t.Errorf("%d nodes", len(n.Nodes))
	}
	cables := 0
	for i := range n.Nodes {
		if n.Nodes[i].Kind == graph.KindCable {
			cables++
		}
	}
	if cables < 10 || cables == 20 {
		t.Errorf("%d of the 20 are cables: half belongs to the second level", cables)
	}
	degree := map[graph.ID]int{}
	for _, e := range n.Edges {
		degree[n.Nodes[e.Target].ID]++
	}
	for _, id := range of {
		if degree[id] < 3 {
			t.Errorf("%s has %d edges", id, degree[id])
		}
	}
}

func TestWhatACapCutsIsCounted(t *testing.T) {
	onStores(t, 60, func(t *testing.T, store graph.Reader) {
		w := waysOf(t, store)
		cut := 0
		for i, id := range w.ids() {
			if i%5 != 0 {
				continue
			}
			// The first of two levels has half of the nodes, and is looked around.
			q := explore.Neighbourhood{Of: []graph.ID{id}, Depth: 1 + i%2, Limit: 1 + i%20}
			n, looked := around(t, store, q), around(t, store, explore.Neighbourhood{Of: q.Of, Depth: q.Depth - 1, Limit: (q.Limit + 1) / 2})
			nodes, edges := map[graph.ID]bool{}, 0
			for _, from := range looked.Nodes {
				for to, kinds := range w[from.ID] {
					if !has(n, to) {
						nodes[to] = true
						edges += len(kinds)
					}
				}
			}
			want := []network.Cut(nil)
			if edges > 0 {
				cut++
				why := fmt.Sprintf("the %d that were asked for", q.Limit)
				want = []network.Cut{{What: "nodes", Count: len(nodes), Why: "lie beyond " + why}, {What: "edges", Count: edges, Why: "lead to nodes beyond " + why}}
			}
			if diff := cmp.Diff(want, n.Info.Cuts); diff != "" || n.Info.NodesFound != len(n.Nodes)+len(nodes) || n.Info.EdgesFound != len(n.Edges)+edges {
				t.Errorf("%+v by force (-), counted (+):\n%s\n%+v", q, diff, n.Info)
			}
		}
		if cut < 5 {
			t.Errorf("only %d were cut", cut)
		}
	})
}

func TestManyNodesThatAreCutAreAtLeastSoMany(t *testing.T) {
	store := madeUp()
	q := explore.Neighbourhood{Of: []graph.ID{"post:embassy-paris", "tag:PREL"}, Depth: 1, Limit: 3}
	exact := around(t, store, q).Info
	explore.CountAtMost(t, 10)
	least := around(t, store, q).Info
	if least.Cuts[0].Why != "or more lie beyond the 3 that were asked for" || least.Cuts[0].Count < 10 || least.Cuts[0].Count > exact.Cuts[0].Count {
		t.Errorf("exactly %+v, at least %+v", exact.Cuts, least.Cuts)
	}
	if diff := cmp.Diff(exact.Cuts[1], least.Cuts[1]); diff != "" {
		t.Errorf("edges are known at any rate:\n%s", diff)
	}
}

func TestTheStrongestAreKept(t *testing.T) {
	store := storetest.Settled(storetest.World())
	n := around(t, store, explore.Neighbourhood{Of: []graph.ID{"person:sara-netanyahu"}, Depth: 1, Limit: 1, Types: []graph.LinkType{graph.LinkMentions}})
	if !has(n, "cable:09TELAVIV936") || len(n.Nodes) != 2 || n.Edges[0].Weight != 2 {
		t.Errorf("%+v", n)
	}
}

func TestOtherIDsAndUnknownOnes(t *testing.T) {
	store := storetest.Settled(storetest.World())
	n := around(t, store, explore.Neighbourhood{Of: []graph.ID{"person:nobody", "tag:IR", "tag:IR"}, Depth: 0, Limit: 5})
	if len(n.Nodes) != 1 || n.Nodes[0].Label != "IR" {
		t.Errorf("%+v", n.Nodes)
	}
}
