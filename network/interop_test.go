package network

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

var interop = flag.String("interop", "", "the folder into which the files for tools/interop are written, else a temporary one")

// TestInteropFiles writes networks in every format, each with the truth about it
// in plain JSON, for the programs of tools/interop to read.
func TestInteropFiles(t *testing.T) {
	dir := *interop
	if dir == "" {
		dir = t.TempDir()
	}
	networks := map[string]*Network{"small": small(), "hard-directed": hard(true), "hard-undirected": hard(false)}
	empty := &Network{}
	networks["empty"] = empty
	for name, n := range networks {
		if err := Measure(context.Background(), n, "degree", "pagerank", "community"); err != nil {
			t.Fatal(err)
		}
		if err := Layout(context.Background(), n); err != nil {
			t.Fatal(err)
		}
		for _, format := range Formats {
			write(t, filepath.Join(dir, name, format.Name+format.Extension), n, &format)
		}
		writeTruth(t, filepath.Join(dir, name, "truth.json"), n)
	}
	for i, size := range [][2]int{{1, 0}, {5, 12}, {60, 100}, {300, 2_000}, {2_000, 4_000}, {20_000, 200_000}} {
		for _, directed := range []bool{true, false} {
			writeMeasured(t, filepath.Join(dir, fmt.Sprintf("metrics-%d-%t", size[0], directed)), random(uint64(i), size[0], size[1], directed))
		}
	}
}

// writeMeasured writes a network with what is measured on it; the betweenness of a large one takes others too long.
func writeMeasured(t *testing.T, dir string, n *Network) {
	t.Helper()
	names := []string{"degree", "weighted_degree", "pagerank", "component", "community"}
	if len(n.Nodes) <= 2_000 {
		names = append(names, "betweenness")
	}
	if err := Measure(context.Background(), n, names...); err != nil {
		t.Fatal(err)
	}
	format, err := FormatNamed("node-link")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "node-link.json"), n, format)
}

func write(t *testing.T, path string, n *Network, format *Format) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := format.Write(context.Background(), f, streamed(t, n)); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// writeTruth says what a reader must find, by none of the code that writes formats.
func writeTruth(t *testing.T, path string, n *Network) {
	t.Helper()
	n.Clean()
	nodes, edges := []map[string]any{}, []map[string]any{}
	for _, node := range n.Nodes {
		values := map[string]any{"label": node.Label, "kind": node.Kind, "x": node.X, "y": node.Y}
		for i, c := range n.NodeColumns {
			if node.Values[i] != nil {
				values[c.Name] = node.Values[i]
			}
		}
		nodes = append(nodes, map[string]any{"id": node.ID, "values": values, "spells": dates(node.Spells)})
	}
	for _, e := range n.Edges {
		values := map[string]any{"kind": e.Kind, "weight": e.Weight}
		for i, c := range n.EdgeColumns {
			if e.Values[i] != nil {
				values[c.Name] = e.Values[i]
			}
		}
		edges = append(edges, map[string]any{"source": n.Nodes[e.Source].ID, "target": n.Nodes[e.Target].ID, "values": values, "spells": dates(e.Spells)})
	}
	text, err := json.Marshal(map[string]any{"directed": n.Directed, "nodes": nodes, "edges": edges, "stripped": n.Info.Stripped})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func dates(spells []Spell) [][2]string {
	out := [][2]string{}
	for _, s := range spells {
		out = append(out, [2]string{s.From.String(), s.To.String()})
	}
	return out
}
