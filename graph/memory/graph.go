// Package memory holds the graph of a store in flat arrays: who is tied to whom, the
// dates and subjects of cables, and names, but no text. It lists, filters and counts in
// microseconds what a database walks an index for, and asks the store for the rest. It knows no
// database: a Builder takes nodes and edges in, by the store's own row numbers.
//
// A Graph never changes; it is of one state of its store.
package memory

import (
	"slices"
	"sort"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

// Graph is a graph in memory. Many goroutines may use it at once.
//
// A cable's number is its place among all cables by date and reference, so that a
// rising list of numbers is a list in the order that most questions want. Posts, people and
// tags go by their rows.
type Graph struct {
	cables cables
	posts  []graph.Post // by row, with what is held of them alone
	tags   []graph.Tag
	people people
	codes  map[string]uint32 // of tags

	postKeys, tagKeys []any // by row, the strings

	origins lists // post → the cables it sent
	sent    edges // cables → posts; flags: first, action and precedence
	tagged  edges // cables → tags
	named   edges // cables → people; flags: first, signer, classifier and count
	cites   edges // cables → cables, by number

	precedences []graph.Precedence // by their numbers in sent
	// What edges to people say of their evidence, by the numbers in named: how sure they are, and the marks of the
	// paragraphs in which they stand, see graph.Record.Marks. Cables have the marks of all of theirs.
	confidences []float64
	marks       []string
	counters    sync.Pool // of *counter
	bytes       int
}

// cables are what is held of each, by number.
type cables struct {
	rows              []uint32
	numbers           []uint32 // by row, none where there is no such cable
	reference         texts
	subject           texts
	created, released []int32 // see graph.Minute
	label             []uint32
	labels            []*graph.Classification // label 0 is none
	labelled          lists                   // label → cables
	origin            []uint32                // row; 0 for none
	marked            lists                   // marks → cables
	published         bitmap
	announced         []uint32 // the numbers of the others, rising
	byReference       []uint32 // numbers
}

// none stands for no node.
const none = ^uint32(0)

// Cables returns how many cables there are, those that others only cite among them.
func (g *Graph) Cables() int { return len(g.cables.rows) }

// Bytes returns about how much memory the graph takes.
func (g *Graph) Bytes() int { return g.bytes }

// number returns a cable's number.
func (c *cables) number(row int64) (uint32, bool) {
	if row < 0 || row >= int64(len(c.numbers)) || c.numbers[row] == none {
		return 0, false
	}
	return c.numbers[row], true
}

// level is that of the cable's classification.
func (c *cables) level(number uint32) graph.Level {
	if l := c.labels[c.label[number]]; l != nil {
		return l.Level
	}
	return graph.LevelUnknown
}

// find returns the place in byReference of the first cable whose reference is not below r.
func (c *cables) find(r string) int {
	return sort.Search(len(c.byReference), func(i int) bool { return c.reference.at(c.byReference[i]) >= r })
}

// people are what is held of each, by row.
type people struct{ slug, name texts }

// texts are many texts in one.
type texts struct {
	all   string
	spans [][2]uint32 // where each lies
}

func (t *texts) at(i uint32) string {
	span := t.spans[i]
	return t.all[span[0]:span[1]]
}

// lists are lists of numbers, one for each node, in one array.
type lists struct{ start, values []uint32 }

// of returns a node's list, empty for a node that has none.
func (l *lists) of(node uint32) []uint32 {
	if int(node)+1 >= len(l.start) {
		return nil
	}
	return l.values[l.start[node]:l.start[node+1]]
}

// edges are the edges of one type.
type edges struct {
	from  lists    // cable → far ends, in the order in which the cable lists them
	flags []uint32 // of each of them, nil where the type has none
	says  []uint32 // of each of them, in named: the numbers of its marks, and in the upper half of its confidence
	to    lists    // far end → cables, rising; each once, where flags tell which edge is the first
}

// flagsOf returns the flags of a cable's edges.
func (e *edges) flagsOf(cable uint32) []uint32 {
	return e.flags[e.from.start[cable]:e.from.start[cable+1]]
}

// saysOf returns what is said of a cable's edges.
func (e *edges) saysOf(cable uint32) []uint32 {
	return e.says[e.from.start[cable]:e.from.start[cable+1]]
}

// What flags say. In sent the precedence stands above the bits, in named the count.
const (
	first      = 1 << 0 // the far end stands in the cable's list for the first time
	action     = 1 << 1 // sent
	signer     = 1 << 1 // named
	classifier = 1 << 2 // named
	above      = 3      // bits
)

// firsts visits the far ends of a cable's edges, each once.
func (e *edges) firsts(cable uint32, visit func(far uint32)) {
	ends := e.from.of(cable)
	if e.flags == nil {
		for _, far := range ends {
			visit(far)
		}
		return
	}
	for i, flags := range e.flagsOf(cable) {
		if flags&first != 0 {
			visit(ends[i])
		}
	}
}

// leads tells whether an edge of the cable leads to the far end.
func (e *edges) leads(cable, far uint32) bool { return slices.Contains(e.from.of(cable), far) }

// first returns the place, among all edges, of the first one from the cable to the far end; false where there is none.
func (e *edges) first(cable, far uint32) (at int, ok bool) {
	for i, end := range e.from.of(cable) {
		if at = int(e.from.start[cable]) + i; end == far && e.flags[at]&first != 0 {
			return at, true
		}
	}
	return 0, false
}
