package explore_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/explore"
	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
	"github.com/cablegraph/cablegraph/network"
)

// tied is an edge as a person would count it.
type tied struct {
	Source, Target graph.ID
	Kind           string
	Weight         int
}

// counted counts a projection cable by cable, pair by pair, out of the whole graph.
func counted(t *testing.T, store graph.Reader, of explore.Of, counts func(graph.ID) bool) map[tied]int {
	t.Helper()
	ends := map[graph.ID]map[graph.LinkType][]graph.Link{}
	err := store.Walk(t.Context(), func(e graph.Element) error {
		if l := e.Link; l != nil && counts(l.From) {
			if ends[l.From] == nil {
				ends[l.From] = map[graph.LinkType][]graph.Link{}
			}
			ends[l.From][l.Type] = append(ends[l.From][l.Type], *l)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	weights := map[tied]int{}
	for cable, by := range ends {
		once := map[tied]bool{}
		pairs := func(left, right graph.LinkType, kind func(graph.Link) string) {
			for _, a := range by[left] {
				for _, b := range by[right] {
					if a.To != b.To && (left != right || a.To < b.To) {
						once[tied{Source: a.To, Target: b.To, Kind: kind(b)}] = true
					}
				}
			}
		}
		always := func(kind string) func(graph.Link) string { return func(graph.Link) string { return kind } }
		switch of {
		case explore.People:
			pairs(graph.LinkMentions, graph.LinkMentions, always("SHARED"))
		case explore.Tags:
			pairs(graph.LinkTagged, graph.LinkTagged, always("SHARED"))
		case explore.PeopleTags:
			pairs(graph.LinkMentions, graph.LinkTagged, always("SHARED"))
		case explore.PeoplePosts:
			pairs(graph.LinkMentions, graph.LinkSentFrom, always("SHARED"))
		case explore.Posts:
			pairs(graph.LinkSentFrom, graph.LinkSentTo, always("SENT"))
		case explore.PostsApart:
			pairs(graph.LinkSentFrom, graph.LinkSentTo, func(l graph.Link) string {
				if l.Action {
					return "TO"
				}
				return "INFO"
			})
		case explore.References:
			for _, l := range by[graph.LinkReferences] {
				once[tied{Source: cable, Target: l.To, Kind: "REFERENCES"}] = l.To != cable
			}
		}
		for edge, is := range once {
			if is {
				weights[edge]++
			}
		}
	}
	return weights
}

// edgesOf are the edges of a network in its order.
func edgesOf(n *network.Network) []tied {
	edges := []tied{}
	for _, e := range n.Edges {
		edges = append(edges, tied{n.Nodes[e.Source].ID, n.Nodes[e.Target].ID, e.Kind, int(e.Weight)})
	}
	return edges
}

func inOrder(weights map[tied]int) []tied {
	edges := []tied{}
	for e, w := range weights {
		e.Weight = w
		edges = append(edges, e)
	}
	slices.SortFunc(edges, func(a, b tied) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target), cmp.Compare(a.Kind, b.Kind))
	})
	return edges
}

func all(graph.ID) bool { return true }

func project(t *testing.T, store graph.Reader, p explore.Projection) *network.Network {
	t.Helper()
	n, err := explore.Project(t.Context(), store, &p)
	if err != nil {
		t.Fatalf("%+v: %v", p, err)
	}
	if err := n.Check(); err != nil {
		t.Errorf("%+v: %v", p, err)
	}
	return n
}

func madeUp() *storetest.Oracle { return storetest.Settled(storetest.MadeUp(5, 200)) }

func TestWeightsAreThoseOfABruteForceCount(t *testing.T) {
	for name, store := range map[string]graph.Reader{"the drawn world": storetest.Settled(storetest.World()), "a made-up one": madeUp()} {
		for _, of := range explore.Ofs {
			t.Run(fmt.Sprintf("%s, %s", name, of), func(t *testing.T) {
				want := inOrder(counted(t, store, of, all))
				if len(want) == 0 {
					t.Fatal("nothing to count")
				}
				n := project(t, store, explore.Projection{Of: of})
				if diff := gocmp.Diff(want, edgesOf(n)); diff != "" {
					t.Errorf("by force (-), counted (+):\n%s", diff)
				}
				if n.Info.EdgesFound != len(want) || n.Info.NodesFound != len(n.Nodes) || len(n.Info.Cuts) > 0 {
					t.Errorf("info %+v", n.Info)
				}
			})
		}
	}
}

func TestOnlyCablesThatPassAreCounted(t *testing.T) {
	store := madeUp()
	where := &graph.CableWhere{Created: &graph.TimeRange{Year: new(2009)}}
	ties, err := store.Ties(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	passes := map[graph.ID]bool{}
	for _, c := range ties.Cables {
		passes[graph.NewID(graph.KindCable, string(c.Reference))] = true
	}
	for _, of := range explore.Ofs {
		want := inOrder(counted(t, store, of, func(id graph.ID) bool { return passes[id] }))
		if diff := gocmp.Diff(want, edgesOf(project(t, store, explore.Projection{Of: of, Where: where}))); diff != "" || len(want) == 0 {
			t.Errorf("%s of %d edges by force (-), counted (+):\n%s", of, len(want), diff)
		}
	}
}

// cutByForce cuts as Projection says, step by step.
func cutByForce(weights map[tied]int, p explore.Projection) []tied {
	edges := slices.DeleteFunc(inOrder(weights), func(e tied) bool { return e.Weight < p.MinWeight })
	sums := map[graph.ID]int{}
	for _, e := range edges {
		sums[e.Source] += e.Weight
		sums[e.Target] += e.Weight
	}
	var nodes []graph.ID
	for id := range sums {
		nodes = append(nodes, id)
	}
	slices.SortFunc(nodes, func(a, b graph.ID) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
	if p.TopNodes > 0 {
		nodes = nodes[:min(len(nodes), p.TopNodes)]
	}
	edges = slices.DeleteFunc(edges, func(e tied) bool { return !slices.Contains(nodes, e.Source) || !slices.Contains(nodes, e.Target) })
	if p.TopEdges > 0 && len(edges) > p.TopEdges {
		heaviest := slices.Clone(edges)
		slices.SortStableFunc(heaviest, func(a, b tied) int { return cmp.Compare(b.Weight, a.Weight) })
		heaviest = heaviest[:p.TopEdges]
		edges = slices.DeleteFunc(edges, func(e tied) bool { return !slices.Contains(heaviest, e) })
	}
	return edges
}

func TestCutsAreMadeInOrderAndCounted(t *testing.T) {
	store := madeUp()
	for _, of := range explore.Ofs {
		weights := counted(t, store, of, all)
		for _, p := range []explore.Projection{
			{MinWeight: 2}, {TopNodes: 7}, {TopEdges: 9}, {MinWeight: 2, TopNodes: 12, TopEdges: 5}, {MinWeight: 1, TopNodes: 1}, {TopEdges: 100_000}, {MinWeight: 1000},
		} {
			p.Of = of
			n := project(t, store, p)
			if diff := gocmp.Diff(cutByForce(weights, p), edgesOf(n)); diff != "" {
				t.Errorf("%+v by force (-), cut (+):\n%s", p, diff)
			}
			nodes, edges := len(n.Nodes), len(n.Edges)
			for _, c := range n.Info.Cuts {
				if c.What == "nodes" {
					nodes += c.Count
				} else {
					edges += c.Count
				}
			}
			if nodes != n.Info.NodesFound || edges != n.Info.EdgesFound || edges != len(weights) {
				t.Errorf("%+v: what is left and what was cut is %d nodes and %d edges, found were %d and %d", p, nodes, edges, n.Info.NodesFound, n.Info.EdgesFound)
			}
		}
	}
}

func TestTheCablesBehindAnEdgeAreAsManyAsItsWeight(t *testing.T) {
	store := madeUp()
	where := &graph.CableWhere{Classification: &graph.ClassificationFilter{AtLeast: new(graph.LevelConfidential)}}
	for _, of := range explore.Ofs {
		p := explore.Projection{Of: of, Where: where, TopEdges: 12, Spells: true}
		n := project(t, store, p)
		for i, e := range edgesOf(n) {
			step := &graph.Step{Relation: graph.RootCables, Cable: p.Evidence(e.Kind, e.Source, e.Target), Order: graph.RootCables.DefaultOrder(), Page: graph.Page{Size: graph.MaxPage}, Rows: true, Fields: graph.FieldCreated}
			answers, err := store.Ask(t.Context(), &graph.Plan{Steps: []*graph.Step{step}})
			if err != nil {
				t.Fatal(err)
			}
			var days []network.Day
			for _, row := range answers[0].Edges {
				if !row.Cable.Created.IsZero() {
					days = append(days, network.DayOf(row.Cable.Created))
				}
			}
			if len(answers[0].Edges) != e.Weight {
				t.Errorf("%s %+v has %d cables behind it", of, e, len(answers[0].Edges))
			}
			if diff := gocmp.Diff(network.Spells(days), n.Edges[i].Spells); diff != "" {
				t.Errorf("%s %+v: days of its cables (-), spells (+):\n%s", of, e, diff)
			}
		}
	}
}

func TestNodesAreDescribed(t *testing.T) {
	n := project(t, storetest.Settled(storetest.World()), explore.Projection{Of: explore.PeoplePosts})
	i := slices.IndexFunc(n.Nodes, func(n network.Node) bool { return n.ID == "person:bernard-kouchner" })
	j := slices.IndexFunc(n.Nodes, func(n network.Node) bool { return n.ID == "post:embassy-paris" })
	if diff := gocmp.Diff([]any{5, nil, nil, nil, "FM"}, n.Nodes[i].Values); diff != "" || n.Nodes[i].Label != "Bernard Kouchner" {
		t.Errorf("%s: %s", n.Nodes[i].Label, diff)
	}
	if diff := gocmp.Diff([]any{2, "EMBASSY", "Paris", "France", nil}, n.Nodes[j].Values); diff != "" || n.Nodes[j].Label != "Embassy Paris" {
		t.Errorf("%s: %s", n.Nodes[j].Label, diff)
	}
}

func TestABadFilterIsRefused(t *testing.T) {
	_, err := explore.Project(t.Context(), madeUp(), &explore.Projection{Of: explore.People, Where: &graph.CableWhere{Text: new(`"`)}})
	if !errors.Is(err, graph.ErrBadText) {
		t.Errorf("error %v", err)
	}
}
