package graph

import (
	"cmp"
	"io"
	"slices"
	"strings"
)

// Ties are the edges of some cables as small numbers: few enough bytes that those
// of a whole archive are counted in memory. Networks are counted from them.
type Ties struct {
	Cables []TiedCable // by reference
	// Links has for each type that was asked for its edges, by cable and far end, each pair once.
	Links map[LinkType][]Tie
	// Keys has for each kind the keys of the nodes that edges lead to, sorted.
	Keys map[Kind][]string
}

// TiedCable is a cable of Ties.
type TiedCable struct {
	Reference Reference
	Created   int64 // see Minute
}

// Tie is an edge from a cable.
type Tie struct {
	Cable, End int32 // indexes in Ties.Cables, and in Ties.Keys of the kind that the type leads to
	Action     bool  // LinkSentTo: for action
}

// Adjacent asks for the edges at nodes, as neighbourhoods and paths are found: level by level.
type Adjacent struct {
	Nodes []ID // each once
	Sides []Side
	// Limit is how many far ends are wanted of each node, type and side; 0 for the totals alone.
	Limit int
}

// Side is a type of edge as it is seen from one of its ends.
type Side struct {
	Type LinkType
	// Out says that the edges start at the node.
	Out bool
}

// From is the kind of node that has the side.
func (s Side) From() Kind { return s.end(s.Out) }

// To is the kind of node at the far end.
func (s Side) To() Kind { return s.end(!s.Out) }

func (s Side) end(start bool) Kind {
	from, to := s.Type.Ends()
	if start {
		return from
	}
	return to
}

// Sides lists the two sides of each of the types, in the order of LinkTypes, out first.
func Sides(types []LinkType) []Side {
	var sides []Side
	for _, t := range LinkTypes {
		if slices.Contains(types, t) {
			sides = append(sides, Side{t, true}, Side{t, false})
		}
	}
	return sides
}

// Adjacency is the edges of one side at one node, of which there is at least one.
type Adjacency struct {
	Node ID
	Side
	Total int
	// Ends are the strongest far ends, Adjacent.Limit at most: those named most often first, then those
	// of the newest cable, then by key.
	Ends []End
}

// End is the far end of an edge.
type End struct {
	ID ID
	// Weight is how often the cable names the person (LinkMentions); 1 for other edges.
	Weight int
}

// LinkTypes lists every type of edge in a fixed order.
var LinkTypes = []LinkType{LinkSentFrom, LinkSentTo, LinkTagged, LinkMentions, LinkSignedBy, LinkClassifiedBy, LinkReferences, LinkTagOf}

// MarshalGQL writes the type as a GraphQL enum value.
func (t LinkType) MarshalGQL(w io.Writer) { marshalEnum(w, string(t)) }

// UnmarshalGQL reads the type from a GraphQL enum value.
func (t *LinkType) UnmarshalGQL(v any) error { return unmarshalEnum(t, v, LinkTypes) }

// Ends are the kinds of node that edges of the type join.
func (t LinkType) Ends() (from, to Kind) {
	switch t {
	case LinkSentFrom, LinkSentTo:
		return KindCable, KindPost
	case LinkTagged:
		return KindCable, KindTag
	case LinkReferences:
		return KindCable, KindCable
	case LinkTagOf:
		return KindTag, KindPerson
	}
	return KindCable, KindPerson
}

// Sort brings ties that were noted in any order, with keys in any order, into the order of Ties.
func (t *Ties) Sort() {
	cables := order(len(t.Cables), func(a, b int) int { return cmp.Compare(t.Cables[a].Reference, t.Cables[b].Reference) })
	t.Cables = taken(t.Cables, cables)
	cableAt, endAt := inverse(cables), map[Kind][]int32{}
	for kind, keys := range t.Keys {
		ends := order(len(keys), func(a, b int) int { return strings.Compare(keys[a], keys[b]) })
		t.Keys[kind], endAt[kind] = taken(keys, ends), inverse(ends)
	}
	for kind, ties := range t.Links {
		_, to := kind.Ends()
		for i := range ties {
			ties[i].Cable, ties[i].End = cableAt[ties[i].Cable], endAt[to][ties[i].End]
		}
		slices.SortFunc(ties, func(a, b Tie) int { return cmp.Or(cmp.Compare(a.Cable, b.Cable), cmp.Compare(a.End, b.End)) })
		t.Links[kind] = slices.CompactFunc(ties, func(a, b Tie) bool { return a.Cable == b.Cable && a.End == b.End })
	}
}

// order returns the indexes 0 … n-1, sorted.
func order(n int, compare func(a, b int) int) []int {
	at := make([]int, n)
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, compare)
	return at
}

func taken[E any](all []E, order []int) []E {
	out := make([]E, len(order))
	for to, from := range order {
		out[to] = all[from]
	}
	return out
}

func inverse(order []int) []int32 {
	out := make([]int32, len(order))
	for to, from := range order {
		out[from] = int32(to)
	}
	return out
}

// Tied gathers Ties out of keys, cable by cable.
type Tied struct {
	ties    Ties
	numbers map[ID]int32
}

// Cable begins the next cable.
func (t *Tied) Cable(reference Reference, created int64) {
	t.ties.Cables = append(t.ties.Cables, TiedCable{reference, created})
}

// Link notes an edge of the cable at hand.
func (t *Tied) Link(kind LinkType, key string, action bool) {
	_, to := kind.Ends()
	id := NewID(to, key)
	n, known := t.numbers[id]
	if !known {
		if t.numbers == nil {
			t.numbers, t.ties.Keys, t.ties.Links = map[ID]int32{}, map[Kind][]string{}, map[LinkType][]Tie{}
		}
		n = int32(len(t.ties.Keys[to]))
		t.numbers[id] = n
		t.ties.Keys[to] = append(t.ties.Keys[to], key)
	}
	t.ties.Links[kind] = append(t.ties.Links[kind], Tie{Cable: int32(len(t.ties.Cables) - 1), End: n, Action: action})
}

// Ties ends the gathering.
func (t *Tied) Ties() *Ties {
	t.ties.Sort()
	return &t.ties
}

// SortAdjacencies puts adjacencies in the order in which Reader.Adjacent returns them.
func SortAdjacencies(nodes []ID, found []Adjacency) {
	at := make(map[ID]int, len(nodes))
	for i, id := range nodes {
		at[id] = i
	}
	place := func(a *Adjacency) int { return 2 * slices.Index(LinkTypes, a.Type) }
	slices.SortStableFunc(found, func(a, b Adjacency) int {
		return cmp.Or(cmp.Compare(at[a.Node], at[b.Node]), cmp.Compare(place(&a), place(&b)), compareTrue(a.Out, b.Out))
	})
}
