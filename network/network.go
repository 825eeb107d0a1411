// Package network is a network cut or projected out of the graph of cables: what
// it is, what is measured on it, where its nodes lie on a plane, and how it is
// written for the programs that open networks. A store makes one; this package
// knows no store, and all that it does depends on the network alone: the same
// network gives the same bytes.
//
//	store ─► Network ─► Measure ─► Layout ─► Stream ─► Format.Write ─► Gephi, networkx, …
package network

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// ErrBad is a network that breaks a rule of Network; its text names the place.
var ErrBad = errors.New("not a network")

// Network is nodes and weighted edges. It is closed: both ends of an edge are
// among the nodes. Sort brings it into order, Check says whether it is.
type Network struct {
	Head
	Nodes []Node // by ID, each once
	Edges []Edge // by source, target and kind, each such triple once; where undirected, the source is not after the target
}

// Head is what holds for a network as a whole.
type Head struct {
	Info     Info
	Directed bool
	// NodeColumns and EdgeColumns declare the values that nodes and edges have
	// beside the fixed ones. No two have the same name, and none a Reserved one.
	NodeColumns []Column
	EdgeColumns []Column
	// LaidOut says that X and Y of the nodes are set.
	LaidOut bool
}

// Node is a cable, post, person or tag.
type Node struct {
	ID     graph.ID
	Kind   graph.Kind
	Label  string
	Values []any // one for each of Head.NodeColumns: string, int, float64 or bool as its type says, nil where there is none
	X, Y   float64
	// Spells are when the node is there, for programs that show a network over time; empty: always.
	Spells []Spell
}

// Edge is what ties two nodes.
type Edge struct {
	Source, Target int     // indexes in Network.Nodes
	Kind           string  // what ties them: a graph.LinkType, or the name of a projection
	Weight         float64 // above 0; where it counts something, a whole number
	Values         []any   // one for each of Head.EdgeColumns, as Node.Values
	Spells         []Spell // as Node.Spells: the days of the cables behind it
}

// Column declares a value of each node or edge.
type Column struct {
	Name string // ASCII letters, digits and _, not first a digit: "pagerank"
	Type Type
}

// Type is the type of a column's values. There is no date: Gephi drops such
// columns, so a date is a String such as "2009-02-10".
type Type string

// The types of a column and the Go types of its values.
const (
	String  Type = "string"  // string
	Integer Type = "integer" // int
	Double  Type = "double"  // float64, finite
	Boolean Type = "boolean" // bool
)

// Reserved are the names that no column may have: those of what nodes and edges
// always have, in one format or another.
var Reserved = []string{"id", "label", "kind", "x", "y", "key", "source", "target", "weight", "type", "name", "timeset", "directed", "viz", "start", "end", "size", "color", "pos", "description", "original_id"}

// Info says where a network comes from. Each format carries it that has a place for it.
type Info struct {
	Title      string
	Question   string      // as it was asked: GraphQL, a command line
	Parameters []Parameter // of the question, in a fixed order
	// NodesFound and EdgesFound count the network before anything was cut.
	NodesFound, EdgesFound int
	Cuts                   []Cut
	Notes                  []string  // what else a reader must know: "betweenness is sampled: …"
	LoadedAt               time.Time // graph.Corpus.LoadedAt
	// Stripped counts the characters that Clean took out.
	Stripped int
}

// Parameter is one setting of a question.
type Parameter struct{ Name, Value string }

// Cut is what was left out: {"edges", 1204, "weight below 2"}.
type Cut struct {
	What  string // nodes or edges
	Count int
	Why   string
}

// Day is a day by its number, 0 for 1970-01-01.
type Day int32

// Spell is a stretch of days, the first and the last of them.
type Spell struct{ From, To Day }

// DayOf returns the day of a moment, by UTC.
func DayOf(t time.Time) Day { return Day(math.Floor(float64(t.Unix()) / (24 * 60 * 60))) }

// String returns the day as "2009-02-10".
func (d Day) String() string { return time.Unix(int64(d)*24*60*60, 0).UTC().Format(time.DateOnly) }

// Spells joins days, in any order, into stretches of days that follow each other.
// It sorts its argument.
func Spells(days []Day) []Spell {
	slices.Sort(days)
	var spells []Spell
	for _, day := range days {
		if last := len(spells) - 1; last >= 0 && day <= spells[last].To+1 {
			spells[last].To = day
		} else {
			spells = append(spells, Spell{day, day})
		}
	}
	return spells
}

// Sort brings nodes and edges into their order; the ends of the edges follow
// their nodes.
func (n *Network) Sort() {
	order := make([]int, len(n.Nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(n.Nodes[a].ID, n.Nodes[b].ID) })
	place, nodes := make([]int, len(order)), make([]Node, len(order))
	for to, from := range order {
		place[from], nodes[to] = to, n.Nodes[from]
	}
	n.Nodes = nodes
	for i := range n.Edges {
		e := &n.Edges[i]
		e.Source, e.Target = place[e.Source], place[e.Target]
		if !n.Directed && e.Source > e.Target {
			e.Source, e.Target = e.Target, e.Source
		}
	}
	slices.SortFunc(n.Edges, compareEdges)
}

func compareEdges(a, b Edge) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target), cmp.Compare(a.Kind, b.Kind))
}

// Check returns an error that wraps ErrBad where the network breaks a rule.
func (n *Network) Check() error {
	if err := n.Head.check(); err != nil {
		return err
	}
	for i := range n.Nodes {
		node := &n.Nodes[i]
		if i > 0 && n.Nodes[i-1].ID >= node.ID {
			return fmt.Errorf("%w: node %q does not come after %q", ErrBad, node.ID, n.Nodes[i-1].ID)
		}
		if err := checkValues(n.NodeColumns, node.Values); err != nil {
			return fmt.Errorf("%w: node %q: %w", ErrBad, node.ID, err)
		}
	}
	before := beforeAll
	for i := range n.Edges {
		if err := n.checkEdge(len(n.Nodes), &before, &n.Edges[i]); err != nil {
			return fmt.Errorf("%w: edge %d: %w", ErrBad, i, err)
		}
		before = n.Edges[i]
	}
	return nil
}

func (h *Head) check() error {
	if err := checkColumns("node", h.NodeColumns); err != nil {
		return err
	}
	return checkColumns("edge", h.EdgeColumns)
}

// beforeAll comes before every edge.
var beforeAll = Edge{Source: -1}

// checkEdge checks an edge of a network of so many nodes by the one before it.
func (h *Head) checkEdge(nodes int, before, e *Edge) error {
	switch {
	case min(e.Source, e.Target) < 0 || max(e.Source, e.Target) >= nodes:
		return fmt.Errorf("ends %d and %d, of %d nodes", e.Source, e.Target, nodes)
	case !h.Directed && e.Source > e.Target:
		return errors.New("its source comes after its target, and the network is undirected")
	case compareEdges(*before, *e) >= 0:
		return errors.New("does not come after the one before")
	case !(e.Weight > 0) || math.IsInf(e.Weight, 1):
		return fmt.Errorf("weight %v", e.Weight)
	}
	return checkValues(h.EdgeColumns, e.Values)
}

func checkColumns(of string, columns []Column) error {
	for i, c := range columns {
		switch {
		case !columnName(c.Name) || slices.Contains(Reserved, c.Name):
			return fmt.Errorf("%w: a %s column can't be named %q", ErrBad, of, c.Name)
		case slices.ContainsFunc(columns[:i], func(b Column) bool { return b.Name == c.Name }):
			return fmt.Errorf("%w: two %s columns %q", ErrBad, of, c.Name)
		case !slices.Contains([]Type{String, Integer, Double, Boolean}, c.Type):
			return fmt.Errorf("%w: %s column %q has the type %q", ErrBad, of, c.Name, c.Type)
		}
	}
	return nil
}

func columnName(s string) bool {
	for i, r := range s {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

func checkValues(columns []Column, values []any) error {
	if len(values) != len(columns) {
		return fmt.Errorf("%d values for %d columns", len(values), len(columns))
	}
	for i, v := range values {
		ok := v == nil
		switch v := v.(type) {
		case string:
			ok = columns[i].Type == String
		case int:
			ok = columns[i].Type == Integer
		case float64:
			ok = columns[i].Type == Double && !math.IsNaN(v) && !math.IsInf(v, 0)
		case bool:
			ok = columns[i].Type == Boolean
		}
		if !ok {
			return fmt.Errorf("%s column %q has the value %v (%T)", columns[i].Type, columns[i].Name, v, v)
		}
	}
	return nil
}
