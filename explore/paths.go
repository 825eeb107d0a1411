package explore

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// Find says which paths are wanted.
type Find string

// The searches.
const (
	Shortest    Find = "SHORTEST"     // one shortest path
	AllShortest Find = "ALL_SHORTEST" // all that are as short
	KShortest   Find = "K_SHORTEST"   // also longer ones, shortest first
)

// Finds lists every search.
var Finds = []Find{Shortest, AllShortest, KShortest}

// MarshalGQL writes the search as a GraphQL enum value.
func (f Find) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(f))) }

// UnmarshalGQL reads the search from a GraphQL enum value.
func (f *Find) UnmarshalGQL(v any) error {
	name, _ := v.(string)
	if !slices.Contains(Finds, Find(name)) {
		return fmt.Errorf("%v is none of %v", v, Finds)
	}
	*f = Find(name)
	return nil
}

// Search asks for paths between two nodes, over edges of the types in either
// direction. A path is a sequence of nodes, none of which stands there twice;
// where several edges join two of them, that is one path.
type Search struct {
	From, To graph.ID
	Find     Find
	Types    []graph.LinkType
	// MaxLength is how many steps a path may have.
	MaxLength int
	// First is how many paths are wanted at most: shorter ones first, among equals by the ids of their nodes.
	First int
	// MaxDegree, where not 0, keeps paths from leading through nodes with more edges of the types.
	MaxDegree int
}

// Found is what a search found.
type Found struct {
	Paths [][]graph.ID
	// Total is how many paths are as short as the shortest.
	Total int
	// PassedOver counts the nodes that were met and have too many edges.
	PassedOver int
	// Complete is false where the search was given up: what it would have had to look at is too much.
	Complete bool
	// Network has the nodes of the paths, and the edges among them.
	Network *network.Network
}

// The bounds of a search: how many edges it looks at, and how many steps it tries
// when it puts paths together.
const (
	maxLooked = 500_000
	maxTried  = 2_000_000
)

// Paths searches from both ends, level by level, at each turn from the end whose
// next level has fewer edges.
func Paths(ctx context.Context, store graph.Reader, q *Search) (*Found, error) {
	found := &Found{Complete: true}
	ends, err := resolve(ctx, store, []graph.ID{q.From, q.To})
	if err != nil {
		return nil, err
	}
	same := len(ends) == 1 && q.From == q.To
	if len(ends) == 1 && !same { // one of them is not here, or both lead to one node
		if from, err := resolve(ctx, store, []graph.ID{q.From}); err != nil || len(from) == 0 {
			return found.with(ctx, store, q, err)
		}
		to, err := resolve(ctx, store, []graph.ID{q.To})
		if err != nil || len(to) == 0 {
			return found.with(ctx, store, q, err)
		}
		same = true
	}
	switch {
	case same:
		found.Paths, found.Total = [][]graph.ID{{ends[0]}}, 1
	case len(ends) == 2:
		s := &searching{Search: q, ctx: ctx, store: store, at: map[graph.ID]int32{}}
		if err := s.search(ends[0], ends[1], found); err != nil {
			return nil, err
		}
	}
	return found.with(ctx, store, q, nil)
}

// with adds the network of the paths.
func (f *Found) with(ctx context.Context, store graph.Reader, q *Search, err error) (*Found, error) {
	if err != nil {
		return nil, err
	}
	ids := slices.Concat(f.Paths...)
	slices.Sort(ids)
	if f.Network, err = among(ctx, store, slices.Compact(ids), q.Types, nil); err != nil {
		return nil, err
	}
	return f, describe(ctx, store, f.Network)
}

// searching is one search. Nodes are numbers in the order in which they were met.
type searching struct {
	*Search
	ctx    context.Context
	store  graph.Reader
	at     map[graph.ID]int32
	nodes  []met
	looked int
	passed int
	sides  [2]side // from the one end, and from the other
}

// met is a node that was met.
type met struct {
	id       graph.ID
	edges    int // how many it has
	hub      bool
	expanded bool
	next     []int32  // neighbours, as far as they are known
	steps    [2]int32 // from each end; -1: not reached
}

// side is how far the search has come from one end.
type side struct {
	depth    int
	frontier []int32
}

const unreached = -1

// meet returns the node's number, a new one where it is new.
func (s *searching) meet(id graph.ID) int32 {
	i, known := s.at[id]
	if !known {
		i = int32(len(s.nodes))
		s.at[id] = i
		s.nodes = append(s.nodes, met{id: id, edges: -1, steps: [2]int32{unreached, unreached}})
	}
	return i
}

func (s *searching) search(from, to graph.ID, found *Found) error {
	for end, id := range []graph.ID{from, to} {
		i := s.meet(id)
		s.nodes[i].steps[end] = 0
		s.sides[end].frontier = []int32{i}
	}
	for length := 1; length <= s.MaxLength && len(found.Paths) < s.First; length++ {
		known, err := s.reach(length)
		if err != nil {
			return err
		}
		if !known {
			found.Complete = false
			break
		}
		left := s.distances()
		if left[0] > int32(length) {
			continue
		}
		if found.Total == 0 {
			found.Total = s.counted(left)
		}
		e := &enumeration{searching: s, left: left, within: make([]bool, len(s.nodes)), most: s.First - len(found.Paths)}
		if s.Find == Shortest {
			e.most = 1
		}
		e.walk(0, int32(length))
		found.Paths = append(found.Paths, e.paths...)
		if e.tried > maxTried {
			found.Complete = false
			break
		}
		if s.Find != KShortest {
			break
		}
	}
	found.PassedOver = s.passed
	return s.ctx.Err()
}

// reach looks at nodes until all paths of the length are among what is known:
// their first steps from the one end, their last from the other. False where that would be too much.
func (s *searching) reach(length int) (bool, error) {
	for s.sides[0].depth+s.sides[1].depth < length {
		end := 0 // the one with the smaller frontier, which likely has fewer edges
		if len(s.sides[1].frontier) < len(s.sides[0].frontier) {
			end = 1
		}
		edges, err := s.thin(end)
		if err != nil {
			return false, err
		}
		// The nodes of the other have an edge each, at least.
		if s.MaxDegree > 0 || edges > len(s.sides[1-end].frontier) {
			more, err := s.thin(1 - end)
			if err != nil {
				return false, err
			}
			if more < edges {
				end, edges = 1-end, more
			}
		}
		if s.looked += edges; s.looked > maxLooked {
			return false, nil
		}
		if err := s.expand(end); err != nil {
			return false, err
		}
	}
	if s.MaxDegree == 0 {
		return true, nil
	}
	var between []int32 // only these can be on a path
	for i := range s.nodes {
		if s.nodes[i].steps[0] != unreached && s.nodes[i].steps[1] != unreached {
			between = append(between, int32(i))
		}
	}
	return true, s.weigh(between)
}

// thin weighs the frontier of an end, takes those out that are passed over, and
// returns how many edges are to be looked at.
func (s *searching) thin(end int) (edges int, err error) {
	sd := &s.sides[end]
	if err := s.weigh(sd.frontier); err != nil {
		return 0, err
	}
	sd.frontier = slices.DeleteFunc(sd.frontier, func(i int32) bool { return s.nodes[i].hub })
	if len(sd.frontier) == 0 { // all that can be reached is known
		sd.depth = math.MaxInt32
	}
	for _, i := range sd.frontier {
		if !s.nodes[i].expanded {
			edges += s.nodes[i].edges
		}
	}
	return edges, nil
}

// expand goes one level further from an end.
func (s *searching) expand(end int) error {
	sd := &s.sides[end]
	if err := s.look(sd.frontier); err != nil {
		return err
	}
	var next []int32
	for _, i := range sd.frontier {
		for _, to := range s.nodes[i].next {
			if n := &s.nodes[to]; n.steps[end] == unreached {
				n.steps[end] = int32(sd.depth + 1)
				next = append(next, to)
			}
		}
	}
	sd.frontier = next
	sd.depth = min(sd.depth+1, math.MaxInt32)
	return nil
}

// adjacent asks for the edges at those of the nodes that are asked about for the first time.
func (s *searching) adjacent(nodes []int32, limit int, first func(*met) bool) (asked []graph.ID, lists []graph.Adjacency, err error) {
	for _, i := range nodes {
		if first(&s.nodes[i]) {
			asked = append(asked, s.nodes[i].id)
		}
	}
	if len(asked) == 0 {
		return nil, nil, nil
	}
	lists, err = s.store.Adjacent(s.ctx, &graph.Adjacent{Nodes: asked, Sides: graph.Sides(s.Types), Limit: limit})
	return asked, lists, err
}

// look asks for the edges at nodes, at each once.
func (s *searching) look(nodes []int32) error {
	_, lists, err := s.adjacent(nodes, maxLooked, func(n *met) bool {
		first := !n.expanded
		n.expanded = true
		return first
	})
	if err != nil {
		return err
	}
	for _, list := range lists {
		i := s.meet(list.Node)
		for _, end := range list.Ends {
			if to := s.meet(end.ID); to != i {
				s.nodes[i].next = append(s.nodes[i].next, to)
				s.nodes[to].next = append(s.nodes[to].next, i)
			}
		}
	}
	return nil
}

// weigh asks how many edges nodes have, and tells which are passed over.
func (s *searching) weigh(nodes []int32) error {
	asked, lists, err := s.adjacent(nodes, 0, func(n *met) bool {
		first := n.edges < 0
		n.edges = max(n.edges, 0)
		return first
	})
	if err != nil {
		return err
	}
	for _, list := range lists {
		s.nodes[s.at[list.Node]].edges += list.Total
	}
	for _, id := range asked {
		if i := s.at[id]; i > 1 && s.MaxDegree > 0 && s.nodes[i].edges > s.MaxDegree {
			s.nodes[i].hub = true
			s.passed++
		}
	}
	return nil
}

// distances returns for each node how many steps it is from the second end, over
// what is known; far more than any length where it can't be reached. It also puts neighbours in order.
func (s *searching) distances() []int32 {
	left := make([]int32, len(s.nodes))
	for i := range left {
		left[i] = math.MaxInt32
		n := &s.nodes[i]
		slices.SortFunc(n.next, func(a, b int32) int { return cmp.Compare(s.nodes[a].id, s.nodes[b].id) })
		n.next = slices.Compact(n.next)
	}
	left[1] = 0
	for queue := []int32{1}; len(queue) > 0; queue = queue[1:] {
		for _, to := range s.nodes[queue[0]].next {
			if left[to] == math.MaxInt32 && !s.nodes[to].hub {
				left[to] = left[queue[0]] + 1
				queue = append(queue, to)
			}
		}
	}
	return left
}

// counted returns how many shortest paths there are.
func (s *searching) counted(left []int32) int {
	counts := map[int32]int{1: 1}
	var count func(i int32) int
	count = func(i int32) int {
		n, known := counts[i]
		if !known {
			for _, to := range s.nodes[i].next {
				if left[to] == left[i]-1 {
					n = min(n+count(to), math.MaxInt32)
				}
			}
			counts[i] = n
		}
		return n
	}
	return count(0)
}

// enumeration puts paths of one length together.
type enumeration struct {
	*searching
	left   []int32
	within []bool // nodes on the path at hand
	path   []int32
	paths  [][]graph.ID
	most   int
	tried  int
}

// walk goes on from a node with so many steps to go, by the ids of the neighbours.
func (e *enumeration) walk(i, steps int32) {
	if e.tried++; e.tried > maxTried || e.tried%1024 == 0 && e.ctx.Err() != nil {
		return
	}
	e.path, e.within[i] = append(e.path, i), true
	defer func() { e.path, e.within[i] = e.path[:len(e.path)-1], false }()
	if steps == 0 {
		path := make([]graph.ID, len(e.path))
		for k, node := range e.path {
			path[k] = e.nodes[node].id
		}
		e.paths = append(e.paths, path)
		return
	}
	for _, to := range e.nodes[i].next {
		if len(e.paths) == e.most {
			return
		}
		// The second end can only be the last node.
		if e.left[to] < steps && !e.within[to] && (to != 1 || steps == 1) {
			e.walk(to, steps-1)
		}
	}
}
