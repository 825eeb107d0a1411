package network

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

var update = flag.Bool("update", false, "write the golden files anew")

func written(t testing.TB, format *Format, n *Network) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := format.Write(context.Background(), &out, streamed(t, n)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func streamed(t testing.TB, n *Network) *Stream {
	t.Helper()
	s, err := n.Stream()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// unzipped is what is in a zip as one text, and any other format as it is.
func unzipped(t *testing.T, format *Format, data []byte) string {
	t.Helper()
	if format.Extension != ".zip" {
		return string(data)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "== %s %v %s\n%s", f.Name, f.Mode(), f.Modified.UTC(), text)
	}
	return out.String()
}

func TestFormatsAreTheGoldenOnes(t *testing.T) {
	for i := range Formats {
		format := &Formats[i]
		t.Run(format.Name, func(t *testing.T) {
			got := unzipped(t, format, written(t, format, small()))
			path := filepath.Join("testdata", "golden", format.Name+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheOrderInWhichANetworkWasBuiltDoesNotShow(t *testing.T) {
	for i := range Formats {
		want := written(t, &Formats[i], hard(true))
		n := hard(true)
		draw := rand.New(rand.NewPCG(1, 9))
		to := draw.Perm(len(n.Nodes))
		nodes := make([]Node, len(n.Nodes))
		for from, place := range to {
			nodes[place] = n.Nodes[from]
		}
		n.Nodes = nodes
		for k := range n.Edges {
			n.Edges[k].Source, n.Edges[k].Target = to[n.Edges[k].Source], to[n.Edges[k].Target]
		}
		draw.Shuffle(len(n.Edges), func(a, b int) { n.Edges[a], n.Edges[b] = n.Edges[b], n.Edges[a] })
		n.Sort()
		if !bytes.Equal(want, written(t, &Formats[i], n)) {
			t.Errorf("%s differs", Formats[i].Name)
		}
	}
}

// drawn is any network of any texts.
func drawn(t *rapid.T) *Network {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom(hardTexts), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	n := &Network{Head: Head{
		Directed: rapid.Bool().Draw(t, "directed"), LaidOut: rapid.Bool().Draw(t, "laid out"),
		NodeColumns: []Column{{"note", String}}, EdgeColumns: []Column{{"count", Integer}},
		Info: Info{Title: text.Draw(t, "title"), Question: text.Draw(t, "question"), Parameters: []Parameter{{"where", text.Draw(t, "where")}}},
	}}
	for i := range rapid.IntRange(0, 6).Draw(t, "nodes") {
		kind := rapid.SampledFrom(graph.Kinds).Draw(t, "kind")
		id := graph.NewID(kind, fmt.Sprint(text.Draw(t, "key"), i))
		n.Nodes = append(n.Nodes, Node{ID: id, Kind: kind, Label: text.Draw(t, "label"), Values: []any{text.Draw(t, "note")}, Spells: Spells([]Day{Day(i)})})
	}
	for range len(n.Nodes) * 2 {
		node := rapid.IntRange(0, len(n.Nodes)-1)
		kind := rapid.SampledFrom([]string{"SHARED", "SENT_TO"}).Draw(t, "kind")
		n.Edges = append(n.Edges, Edge{Source: node.Draw(t, "source"), Target: node.Draw(t, "target"), Kind: kind, Weight: rapid.Float64Range(1e-9, 1e9).Draw(t, "weight"), Values: []any{nil}})
	}
	n.Sort()
	n.Edges = once(n.Edges)
	return n
}

func TestEveryFormatOfAnyNetworkIsWellFormedAndWhole(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := drawn(rt)
		s, err := n.Stream()
		if err != nil {
			rt.Fatal(err)
		}
		for i := range Formats {
			format := &Formats[i]
			var out bytes.Buffer
			if err := format.Write(context.Background(), &out, s); err != nil {
				rt.Fatalf("%s: %v", format.Name, err)
			}
			if format.Name == "dot" { // Graphviz reads it, in tools/interop
				continue
			}
			got, err := items(format, out.Bytes())
			if err != nil {
				rt.Fatalf("%s: %v\n%s", format.Name, err, out.Bytes())
			}
			want := len(n.Nodes) + len(n.Edges)
			switch format.Name {
			case "csv-nodes":
				want = len(n.Nodes)
			case "csv-edges":
				want = len(n.Edges)
			}
			if got != want {
				rt.Fatalf("%s has %d nodes and edges, not %d\n%s", format.Name, got, want, out.Bytes())
			}
		}
		stripped := n.Info.Stripped
		if n.Clean(); n.Info.Stripped != stripped {
			rt.Fatal("Clean found something the second time")
		}
	})
}

// items counts nodes and edges as the readers of the standard library see them.
func items(format *Format, data []byte) (int, error) {
	switch format.Extension {
	case ".gexf", ".graphml", ".svg":
		return countXML(data)
	case ".json", ".cyjs":
		return countJSON(data)
	case ".csv":
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		return len(rows) - 1, err
	case ".zip":
		return countZip(data)
	case ".ftm.ndjson":
		return bytes.Count(data, []byte("\n")), nil
	}
	return 0, errors.New("a format that this test does not read")
}

func countXML(data []byte) (count int, err error) {
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return count, nil
		}
		if err != nil {
			return 0, err
		}
		if e, ok := token.(xml.StartElement); ok && slices.Contains([]string{"node", "edge", "circle", "line"}, e.Name.Local) {
			count++
		}
	}
}

func countJSON(data []byte) (int, error) {
	type lists struct{ Nodes, Edges, Links []any }
	var all struct {
		lists
		Elements lists
	}
	err := json.Unmarshal(data, &all)
	return len(all.Nodes) + len(all.Edges) + len(all.Links) + len(all.Elements.Nodes) + len(all.Elements.Edges), err
}

func countZip(data []byte) (count int, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return 0, err
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".csv") {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return 0, err
		}
		rows, err := csv.NewReader(in).ReadAll()
		if err != nil {
			return 0, err
		}
		count += len(rows) - 1
	}
	return count, nil
}

func TestFormatNames(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Formats {
		if got, err := FormatNamed(f.Name); err != nil || got.Name != f.Name || seen[f.Name] {
			t.Errorf("%s: %v, %v", f.Name, got, err)
		}
		seen[f.Name] = true
	}
	if _, err := FormatNamed("gephi"); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "graphml") {
		t.Errorf("an unknown format: %v", err)
	}
}

func TestAWriteEndsWithItsContextAndItsWriter(t *testing.T) {
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	full := errors.New("disk full")
	for i := range Formats {
		s := streamed(t, hard(true))
		if err := Formats[i].Write(gone, io.Discard, s); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled: %v", Formats[i].Name, err)
		}
		if err := Formats[i].Write(context.Background(), failing{full}, s); !errors.Is(err, full) {
			t.Errorf("%s, full disk: %v", Formats[i].Name, err)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
