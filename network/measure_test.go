package network

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

// column returns a column's values as numbers.
func column(t testing.TB, n *Network, name string) []float64 {
	t.Helper()
	at := columnIndex(n.NodeColumns, name)
	if at < 0 {
		t.Fatalf("no column %s", name)
	}
	out := make([]float64, len(n.Nodes))
	for i := range n.Nodes {
		switch v := n.Nodes[i].Values[at].(type) {
		case int:
			out[i] = float64(v)
		case float64:
			out[i] = v
		}
	}
	return out
}

func measured(t testing.TB, n *Network, names ...string) *Network {
	t.Helper()
	if err := Measure(context.Background(), n, names...); err != nil {
		t.Fatal(err)
	}
	if err := n.Check(); err != nil {
		t.Fatal(err)
	}
	return n
}

// drawing makes an unlabelled network: "0-1 1-2 3" has three nodes in a row and one alone; a number after : is the weight.
func drawing(directed bool, text string) *Network {
	n := &Network{Head: Head{Directed: directed}}
	for _, part := range strings.Fields(text) {
		var a, b int
		weight := 1.0
		got, _ := fmt.Sscanf(part, "%d-%d:%g", &a, &b, &weight)
		for len(n.Nodes) <= max(a, b) {
			n.Nodes = append(n.Nodes, Node{ID: graph.ID(fmt.Sprintf("tag:%02d", len(n.Nodes))), Kind: graph.KindTag})
		}
		if got > 1 {
			n.Edges = append(n.Edges, Edge{Source: a, Target: b, Kind: "SHARED", Weight: weight})
		}
	}
	n.Sort()
	return n
}

func TestMetricsOfNetworksThatCanBeCountedByHand(t *testing.T) {
	third := 1 / 3.0
	for _, row := range []struct {
		metric, column string
		directed       bool
		network        string
		want           []float64
	}{
		{"degree", "degree", false, "0-1 1-2 3", []float64{1, 2, 1, 0}},
		{"degree", "degree", false, "0-0 0-1", []float64{3, 1}},
		{"degree", "in_degree", true, "0-0 0-1 1-2", []float64{1, 1, 1}},
		{"degree", "out_degree", true, "0-0 0-1 1-2", []float64{2, 1, 0}},
		{"weighted_degree", "weighted_degree", false, "0-1:2 1-2:0.5", []float64{2, 2.5, 0.5}},
		{"weighted_degree", "in_weighted_degree", true, "0-1:2 1-2:0.5", []float64{0, 2, 0.5}},
		{"pagerank", "pagerank", true, "0-1 1-2 2-0", []float64{third, third, third}},
		{"pagerank", "pagerank", false, "0", []float64{1}},
		{"betweenness", "betweenness", false, "0-1 1-2 2-3", []float64{0, 2 * third, 2 * third, 0}},
		{"betweenness", "betweenness", true, "0-1 1-2", []float64{0, 0.5, 0}},
		{"betweenness", "betweenness", false, "0-1", []float64{0, 0}},
		{"component", "component", true, "0-1 3-2 2-4 5", []float64{1, 1, 0, 0, 0, 2}},
		{"community", "community", false, "0-1 0-2 1-2 3-4 3-5 4-5 3-6 4-6 5-6 2-3", []float64{1, 1, 1, 0, 0, 0, 0}},
		{"community", "community", true, "1-0 2-1 0-2 2-3:0.1 4-3 5-4 3-5", []float64{0, 0, 0, 1, 1, 1}},
	} {
		t.Run(row.column+" of "+row.network, func(t *testing.T) {
			got := column(t, measured(t, drawing(row.directed, row.network), row.metric), row.column)
			for i := range got {
				if math.Abs(got[i]-row.want[i]) > 1e-9 {
					t.Fatalf("got %v, want %v", got, row.want)
				}
			}
		})
	}
}

func TestMetricsOfNothing(t *testing.T) {
	var names []string
	for _, m := range Metrics {
		names = append(names, m.Name)
	}
	n := measured(t, &Network{}, names...)
	if len(n.NodeColumns) != len(Metrics) {
		t.Errorf("columns %v", n.NodeColumns)
	}
}

// TestBetweennessOfAnyNetwork compares with the definition: the share of the shortest paths
// between each pair of others that lead through a node, paths counted by matrices.
func TestBetweennessOfAnyNetwork(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := random(rapid.Uint64().Draw(rt, "seed"), rapid.IntRange(3, 12).Draw(rt, "nodes"), rapid.IntRange(0, 40).Draw(rt, "edges"), rapid.Bool().Draw(rt, "directed"))
		size := len(n.Nodes)
		steps, paths := shortest(n)
		got := column(t, measured(t, n, "betweenness"), "betweenness")
		for v := range size {
			want := 0.0
			for s := range size {
				for e := range size {
					if s != e && s != v && e != v && paths[s][e] > 0 && paths[s][v] > 0 && paths[v][e] > 0 && steps[s][v]+steps[v][e] == steps[s][e] {
						want += paths[s][v] * paths[v][e] / paths[s][e]
					}
				}
			}
			if want /= float64((size - 1) * (size - 2)); math.Abs(got[v]-want) > 1e-9 {
				rt.Fatalf("node %d: got %v, want %v", v, got[v], want)
			}
		}
	})
}

// shortest counts the steps and the shortest paths between all nodes; no path: 0.
func shortest(n *Network) (steps [][]int, paths [][]float64) {
	size := len(n.Nodes)
	tie := make([][]bool, size)
	for i := range size {
		tie[i], steps, paths = make([]bool, size), append(steps, make([]int, size)), append(paths, make([]float64, size))
		paths[i][i] = 1
	}
	for _, e := range n.Edges {
		tie[e.Source][e.Target] = true
		tie[e.Target][e.Source] = tie[e.Target][e.Source] || !n.Directed
	}
	for from := range size {
		walks := slices.Clone(paths[from])
		for step := 1; step < size; step++ {
			next := make([]float64, size)
			for a := range size {
				for b := range size {
					if tie[a][b] {
						next[b] += walks[a]
					}
				}
			}
			for b := range size {
				if paths[from][b] == 0 && next[b] > 0 {
					steps[from][b], paths[from][b] = step, next[b]
				}
			}
			walks = next
		}
	}
	return steps, paths
}

func TestSampledBetweennessIsNearTheExactAndSaysSo(t *testing.T) {
	exact, sampled := random(4, 1_000, 5_000, false), random(4, 1_000, 5_000, false)
	if err := betweennessBy(context.Background(), sampled, 2_000_000); err != nil {
		t.Fatal(err)
	}
	want, got := column(t, measured(t, exact, "betweenness"), "betweenness"), column(t, sampled, "betweenness")
	off, all := 0.0, 0.0
	for i := range want {
		off += math.Abs(got[i] - want[i])
		all += want[i]
	}
	if off/all > 0.3 || off == 0 {
		t.Errorf("off by %.3f of it", off/all)
	}
	if len(exact.Info.Notes) > 0 || len(sampled.Info.Notes) != 1 || !strings.Contains(sampled.Info.Notes[0], "of the 1000 nodes") {
		t.Errorf("notes: %q, %q", exact.Info.Notes, sampled.Info.Notes)
	}
}

func TestPageRankIsAShareOfOne(t *testing.T) {
	sum := 0.0
	for _, r := range column(t, measured(t, random(1, 5_000, 20_000, true), "pagerank"), "pagerank") {
		sum += r
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("sum %v", sum)
	}
}

func TestMeasureTwiceAndUnknown(t *testing.T) {
	n := measured(t, small(), "pagerank", "pagerank")
	columns := len(n.NodeColumns)
	if measured(t, n, "pagerank"); len(n.NodeColumns) != columns {
		t.Errorf("columns %v", n.NodeColumns)
	}
	err := Measure(context.Background(), n, "degree", "closeness")
	if !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "betweenness") || len(n.NodeColumns) != columns {
		t.Errorf("%v, columns %v", err, n.NodeColumns)
	}
}

func TestLongWorkEndsWithItsContext(t *testing.T) {
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for _, metric := range []string{"pagerank", "betweenness", "community"} {
		if err := Measure(gone, random(1, 100, 300, false), metric); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", metric, err)
		}
	}
	if err := Layout(gone, random(1, 100, 300, false)); !errors.Is(err, context.Canceled) {
		t.Errorf("layout: %v", err)
	}
}
