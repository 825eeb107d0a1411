package explore_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cablegraph/cablegraph/explore"
	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
	"github.com/cablegraph/cablegraph/network"
)

func everything(t *testing.T, store graph.Reader, where *graph.CableWhere) (*network.Stream, *network.Network) {
	t.Helper()
	s, err := explore.Everything(t.Context(), store, where)
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Network(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Check(); err != nil {
		t.Error(err)
	}
	return s, n
}

// walked are the edges from cables that count, and of tags to people among their ends, edge by edge.
func walked(t *testing.T, store graph.Reader, counts func(graph.ID) bool) []tied {
	t.Helper()
	edges, ends, tags := map[tied]int{}, map[graph.ID]bool{}, []tied(nil)
	err := store.Walk(t.Context(), func(e graph.Element) error {
		switch l := e.Link; {
		case l == nil:
		case l.Type == graph.LinkTagOf:
			tags = append(tags, tied{Source: l.From, Target: l.To, Kind: string(l.Type)})
		case counts(l.From):
			ends[l.To] = true
			edges[tied{Source: l.From, Target: l.To, Kind: string(l.Type)}] = 1
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range tags {
		if ends[e.Source] && ends[e.Target] {
			edges[e] = 1
		}
	}
	return inOrder(edges)
}

func TestEverythingIsTheGraph(t *testing.T) {
	explore.ReadAtATime(t, 7)
	year := &graph.CableWhere{Created: &graph.TimeRange{Year: new(2009)}}
	onStores(t, 60, func(t *testing.T, store graph.Reader) {
		for _, where := range []*graph.CableWhere{nil, year, {ID: []graph.ID{}}} {
			ties, err := store.Ties(t.Context(), where)
			if err != nil {
				t.Fatal(err)
			}
			counts := map[graph.ID]bool{}
			for _, c := range ties.Cables {
				counts[graph.NewID(graph.KindCable, string(c.Reference))] = true
			}
			s, n := everything(t, store, where)
			if diff := gocmp.Diff(walked(t, store, func(id graph.ID) bool { return counts[id] }), edgesOf(n)); diff != "" {
				t.Errorf("walked (-), streamed (+):\n%s", diff)
			}
			again, err := n.Stream()
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff([]any{again.IDs, again.Degrees, again.EdgeCount, again.Parallel}, []any{s.IDs, s.Degrees, s.EdgeCount, s.Parallel}, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("what it holds (-), what it says before (+):\n%s", diff)
			}
			for id := range counts {
				if !has(n, id) {
					t.Errorf("%s lacks", id)
				}
			}
		}
	})
}

func TestEverythingIsCleanAndDescribed(t *testing.T) {
	tag := graph.Tag{Code: "A\x1bB", Name: "bell \x07", Kind: graph.TagUnknown}
	store := storetest.Settled([]graph.Record{
		{Cable: graph.Cable{Reference: "09PARIS1", Published: true, Subject: "a\x00b"}, Tags: []graph.Tag{tag, {Code: "A!", Kind: graph.TagUnknown}}},
		{Cable: graph.Cable{Reference: "09PARIS2", Published: true, Created: time.Date(2009, 2, 10, 0, 0, 0, 0, time.UTC)}, Tags: []graph.Tag{tag}},
	})
	s, n := everything(t, store, nil)
	if want := []graph.ID{"cable:09PARIS1", "cable:09PARIS2", "tag:A!", "tag:A%1BB"}; !slices.Equal(s.IDs, want) {
		t.Errorf("nodes %q", s.IDs)
	}
	if s.Info.Stripped != 4 || n.Nodes[0].Values[0] != "ab" || n.Nodes[3].Label != "AB" || n.Nodes[1].Values[1] != "2009-02-10" || len(n.Edges) != 3 {
		t.Errorf("%d taken out of %+v", s.Info.Stripped, n.Nodes)
	}
}

// changing is a store in which the edges of a cable are others after some calls of Ties.
type changing struct {
	graph.Reader
	calls, after int
	change       func(*graph.Ties)
}

func (c *changing) Ties(ctx context.Context, where *graph.CableWhere, types ...graph.LinkType) (*graph.Ties, error) {
	ties, err := c.Reader.Ties(ctx, where, types...)
	if c.calls++; err == nil && c.calls > c.after {
		c.change(ties)
	}
	return ties, err
}

func TestAGraphThatIsWrittenMeanwhileIsNoWholeFile(t *testing.T) {
	for name, change := range map[string]func(*graph.Ties){
		"an edge more": func(ties *graph.Ties) {
			ties.Keys[graph.KindPost] = append(ties.Keys[graph.KindPost], "zzz")
			ties.Links[graph.LinkSentTo] = append(ties.Links[graph.LinkSentTo], graph.Tie{Cable: int32(len(ties.Cables) - 1), End: int32(len(ties.Keys[graph.KindPost]) - 1)})
		},
		"an edge less":             func(ties *graph.Ties) { ties.Links[graph.LinkTagged] = ties.Links[graph.LinkTagged][1:] },
		"an edge of another kind":  func(ties *graph.Ties) { l := ties.Links[graph.LinkSentTo]; l[0].Action = !l[0].Action },
		"an edge to somebody else": func(ties *graph.Ties) { ties.Keys[graph.KindPerson][0] = "a-a" },
		"a cable that went":        func(ties *graph.Ties) { ties.Cables = ties.Cables[1:] },
	} {
		t.Run(name, func(t *testing.T) {
			store := &changing{madeUp(), 0, 2, change} // the list of cables, and one leaf of them
			s, err := explore.Everything(t.Context(), store, nil)
			if err != nil {
				t.Fatal(err)
			}
			edges := 0
			for _, err = range s.Edges(t.Context()) {
				edges++
			}
			if !errors.Is(err, graph.ErrConflict) || edges != 1 {
				t.Errorf("%v after %d edges", err, edges)
			}
		})
	}
}

func TestEverythingEndsWithItsContext(t *testing.T) {
	explore.ReadAtATime(t, 7)
	s, _ := everything(t, madeUp(), nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := explore.Everything(ctx, madeUp(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("found: %v", err)
	}
	if _, err := s.Network(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}
	for range s.Edges(t.Context()) {
		break // what reads ahead ends too: the package's tests look for what is left over
	}
}
