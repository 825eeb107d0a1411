package explore_test

import (
	"slices"
	"testing"

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
	out := 0
	for _, c := range n.Info.Cuts {
		out += c.Count
	}
	if out == 0 || n.Info.EdgesFound != len(n.Edges)+out {
		t.Errorf("info %+v", n.Info)
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
