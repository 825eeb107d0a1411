package network

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

func TestCheckNamesWhatIsWrong(t *testing.T) {
	for name, row := range map[string]struct {
		spoil func(n *Network)
		says  string
	}{
		"nodes out of order":        {func(n *Network) { n.Nodes[0], n.Nodes[1] = n.Nodes[1], n.Nodes[0] }, `node "cable:09PARIS1" does not come after`},
		"a node twice":              {func(n *Network) { n.Nodes[1].ID = n.Nodes[0].ID }, "does not come after"},
		"an edge to nowhere":        {func(n *Network) { n.Edges[3].Target = 4 }, "edge 3: ends 2 and 4, of 4 nodes"},
		"edges out of order":        {func(n *Network) { n.Edges[1].Kind = "A" }, "edge 1: does not come after"},
		"an undirected edge turned": {func(n *Network) { n.Directed = false; n.Edges[3].Target = 0 }, "undirected"},
		"weight 0":                  {func(n *Network) { n.Edges[0].Weight = 0 }, "weight 0"},
		"a value too few":           {func(n *Network) { n.Nodes[0].Values = nil }, "0 values for 4 columns"},
		"a value of another type":   {func(n *Network) { n.Nodes[0].Values[1] = "1" }, `integer column "cables" has the value 1 (string)`},
		"a column twice":            {func(n *Network) { n.NodeColumns[1].Name = "country" }, `two node columns "country"`},
		"a reserved column":         {func(n *Network) { n.EdgeColumns[0].Name = "weight" }, `can't be named "weight"`},
		"a column of no name":       {func(n *Network) { n.EdgeColumns[0].Name = "2x" }, `can't be named "2x"`},
		"a column of dates":         {func(n *Network) { n.EdgeColumns[0].Type = "date" }, `has the type "date"`},
	} {
		t.Run(name, func(t *testing.T) {
			n := small()
			row.spoil(n)
			if err := n.Check(); !errors.Is(err, ErrBad) || !strings.Contains(err.Error(), row.says) {
				t.Errorf("got %v, want %q", err, row.says)
			}
			if _, err := n.Stream(); !errors.Is(err, ErrBad) {
				t.Errorf("streamed: %v", err)
			}
		})
	}
	if err := small().Check(); err != nil {
		t.Error(err)
	}
}

func TestCleanCountsWhatItTakesOut(t *testing.T) {
	n := small()
	n.Nodes[0].Label = "a\x00b\tc\xffd\ufffee\ufffd"
	n.Nodes[1].ID = "person:\x1bz"
	n.Nodes[1].Values[0] = "\x07"
	n.Info.Question = "\x01"
	n.Clean()
	if err := n.Check(); err != nil {
		t.Fatal(err)
	}
	if n.Info.Stripped != 6 || n.Nodes[0].Label != "ab\tcde\ufffd" || n.Info.Question != "" {
		t.Errorf("%d taken out; %q, %q", n.Info.Stripped, n.Nodes[0].Label, n.Info.Question)
	}
	at := slices.IndexFunc(n.Nodes, func(n Node) bool { return n.ID == graph.ID("person:%1Bz") })
	if at < 0 || n.Nodes[at].Values[0] != "" || n.Edges[0].Target != at {
		t.Errorf("nodes %v, edges %v", n.Nodes, n.Edges)
	}
}

func TestSpellsJoinDaysThatFollowEachOther(t *testing.T) {
	day := func(s string) Day {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return DayOf(at.Add(23 * time.Hour))
	}
	got := Spells([]Day{day("2009-03-01"), day("1966-12-31"), day("2009-02-28"), day("2009-02-28"), day("1967-01-02")})
	var text []string
	for _, s := range got {
		text = append(text, s.From.String()+" "+s.To.String())
	}
	if want := []string{"1966-12-31 1966-12-31", "1967-01-02 1967-01-02", "2009-02-28 2009-03-01"}; !slices.Equal(text, want) {
		t.Errorf("got %q", text)
	}
}
