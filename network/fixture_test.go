package network

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// small is a network for golden files: each kind of node, a value of each type, one that lacks, spells.
func small() *Network {
	n := &Network{
		Head: Head{
			Directed: true,
			Info: Info{
				Title: "Who cables whom", Question: `{ network(of: "posts") }`,
				Parameters: []Parameter{{"minimum weight", "2"}}, NodesFound: 9, EdgesFound: 12,
				Cuts:     []Cut{{"edges", 8, "weight below 2"}, {"nodes", 4, "no edge left"}},
				LoadedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
			},
			NodeColumns: []Column{{"country", String}, {"cables", Integer}, {"share", Double}, {"announced", Boolean}},
			EdgeColumns: []Column{{"cables", String}},
			LaidOut:     true,
		},
		Nodes: []Node{
			{ID: "cable:09PARIS1", Kind: graph.KindCable, Label: `ELYSEE <"& CO">`, Values: []any{nil, 1, 0.25, true}, X: -1.5, Y: 2, Spells: []Spell{{14285, 14285}}},
			{ID: "person:bernard-kouchner", Kind: graph.KindPerson, Label: "Bernard Kouchner", Values: []any{"France", 12, 0.5, false}, X: 10, Y: -3.25},
			{ID: "post:embassy-paris", Kind: graph.KindPost, Label: "Embassy Paris", Values: []any{"France", 40, 1.0, nil}},
			{ID: "tag:CLINTON, HILLARY", Kind: graph.KindTag, Label: "", Values: []any{"", nil, nil, nil}, X: 1, Y: 1},
		},
		Edges: []Edge{
			{Source: 0, Target: 1, Kind: "MENTIONS", Weight: 3, Values: []any{"09PARIS1"}, Spells: []Spell{{14285, 14286}, {14290, 14290}}},
			{Source: 0, Target: 1, Kind: "SIGNED_BY", Weight: 1, Values: []any{nil}},
			{Source: 0, Target: 2, Kind: "SENT_FROM", Weight: 1, Values: []any{"09PARIS1"}},
			{Source: 2, Target: 2, Kind: "SENT_TO", Weight: 2.5, Values: []any{"09PARIS1 09PARIS2"}},
		},
	}
	return n
}

// hardTexts are what labels and values must survive.
var hardTexts = []string{
	"", " ", "plain", `"quoted" and 'single'`, `back\slash and trailing \`, "<b>&amp;&lt;</b>", "two\nlines\r\nand\ttab", "comma, semicolon; pipe|",
	"émigré Ωμέγα 北京 한국", "🇫🇷👩‍👧‍👦 emoji", "שלום עולם", "مرحبا \u202eabc\u202c", "\x00\x01\x08\x0b\x1b[31m\x7f\u0085", "bad \xff\xfe bytes", "\ufffe\uffff\ufffd",
	strings.Repeat("very long ", 3000), "=1+1", "]]>", "<!-- -->", "%1B", "null", "NaN", "-0", "true", "{\"a\":[1]}", "\u2028\u2029", "\\n\\N\\L", "&#10;",
}

// hard is a network of hard texts, parallel edges and loops.
func hard(directed bool) *Network {
	n := &Network{Head: Head{
		Directed: directed, Info: Info{Title: hardTexts[3], Question: "a\x07b <&> \"c\"\nd"},
		NodeColumns: []Column{{"note", String}, {"count", Integer}, {"share", Double}, {"flag", Boolean}},
		EdgeColumns: []Column{{"note", String}, {"count", Integer}, {"flag", Boolean}},
	}}
	for i, text := range hardTexts {
		id := graph.NewID(graph.Kinds[i%4], fmt.Sprintf("%s-%d", strings.Map(short, text[:min(len(text), 60)]), i))
		node := Node{ID: id, Kind: graph.Kinds[i%4], Label: text, Values: []any{text, i * 1 << 33, 1 / float64(i+3), i%2 == 0}, Spells: []Spell{{Day(14000 + i), Day(14100 + i)}}}
		if i%5 == 4 {
			node.Values = []any{nil, nil, nil, nil}
		}
		n.Nodes = append(n.Nodes, node)
	}
	for i := range hardTexts {
		for k, kind := range []string{"SHARED", "MENTIONS", "SHARED"} {
			to := (i*(k+2) + k) % len(hardTexts)
			e := Edge{Source: i, Target: to, Kind: kind, Weight: float64(i) + 0.5*float64(k) + 0.5, Values: []any{hardTexts[(i+k)%len(hardTexts)], -i, k == 0}}
			e.Spells = []Spell{{Day(14000 + i), Day(14000 + i)}, {Day(14050 + i), Day(14090 + i)}}
			n.Edges = append(n.Edges, e)
		}
	}
	n.Clean()
	n.Sort()
	n.Edges = once(n.Edges)
	return n
}

// short keeps IDs to what keys have: no white space but blanks, but also control characters.
func short(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' || r == 0xFFFD {
		return -1
	}
	return r
}

// once leaves one of edges that are equal in order.
func once(edges []Edge) []Edge {
	var kept []Edge
	for _, e := range edges {
		if len(kept) == 0 || compareEdges(kept[len(kept)-1], e) != 0 {
			kept = append(kept, e)
		}
	}
	return kept
}

// random draws a network whose degrees are as uneven as real ones.
func random(seed uint64, nodes, edges int, directed bool) *Network {
	draw := rand.New(rand.NewPCG(seed, 7))
	n := &Network{Head: Head{Directed: directed}, Nodes: make([]Node, nodes), Edges: make([]Edge, 0, edges)}
	for i := range n.Nodes {
		n.Nodes[i] = Node{ID: graph.ID(fmt.Sprintf("person:p%07d", i)), Kind: graph.KindPerson, Label: fmt.Sprintf("Person %d", i)}
	}
	for range edges {
		a, b := int(float64(nodes)*math.Pow(draw.Float64(), 3)), draw.IntN(nodes)
		n.Edges = append(n.Edges, Edge{Source: a, Target: b, Kind: "SHARED", Weight: float64(1 + int(1/(draw.Float64()+0.01)))})
	}
	n.Sort()
	n.Edges = once(n.Edges)
	return n
}
