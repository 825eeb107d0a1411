package network

import (
	"context"
	"fmt"
	"iter"

	"github.com/cablegraph/cablegraph/graph"
)

// Stream is a network as formats write it: nodes and edges come one by one, in the
// order and with the promises of Network, each time anew. So a network
// can be written that is larger than memory; only the ids of its nodes are held.
type Stream struct {
	Head
	IDs       []graph.ID // of the nodes
	Degrees   []int32    // of the nodes: how many ends of edges are there
	EdgeCount int
	Parallel  bool // two edges tie the same nodes the same way
	// Nodes and Edges yield what is good until the next, or an error, after which nothing comes. The
	// texts are clean: Info.Stripped counts what Clean took out of them.
	Nodes func(context.Context) iter.Seq2[*Node, error]
	Edges func(context.Context) iter.Seq2[*Edge, error]
}

// Stream makes a stream of the network, which must not be changed while that is in use.
// It calls Clean and Check; the error is that of Check.
func (n *Network) Stream() (*Stream, error) {
	n.Clean()
	if err := n.Check(); err != nil {
		return nil, err
	}
	s := &Stream{
		Head: n.Head, IDs: make([]graph.ID, len(n.Nodes)), Degrees: make([]int32, len(n.Nodes)), EdgeCount: len(n.Edges),
		Nodes: func(context.Context) iter.Seq2[*Node, error] { return each(n.Nodes) },
		Edges: func(context.Context) iter.Seq2[*Edge, error] { return each(n.Edges) },
	}
	for i := range n.Nodes {
		s.IDs[i] = n.Nodes[i].ID
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		s.Degrees[e.Source]++
		s.Degrees[e.Target]++
		s.Parallel = s.Parallel || i > 0 && n.Edges[i-1].Source == e.Source && n.Edges[i-1].Target == e.Target
	}
	return s, nil
}

func each[E any](items []E) iter.Seq2[*E, error] {
	return func(yield func(*E, error) bool) {
		for i := range items {
			if !yield(&items[i], nil) {
				return
			}
		}
	}
}

// Network reads the whole stream.
func (s *Stream) Network(ctx context.Context) (*Network, error) {
	n := &Network{Head: s.Head, Nodes: make([]Node, 0, len(s.IDs)), Edges: make([]Edge, 0, s.EdgeCount)}
	for node, err := range s.checkedNodes(ctx) {
		if err != nil {
			return nil, err
		}
		n.Nodes = append(n.Nodes, *node)
	}
	for e, err := range s.checkedEdges(ctx) {
		if err != nil {
			return nil, err
		}
		n.Edges = append(n.Edges, *e)
	}
	return n, nil
}

// checkedNodes yields an error in place of a node that breaks a rule, or where some lack.
func (s *Stream) checkedNodes(ctx context.Context) iter.Seq2[*Node, error] {
	return func(yield func(*Node, error) bool) {
		i := 0
		for node, err := range s.Nodes(ctx) {
			switch {
			case err != nil:
			case i == len(s.IDs) || node.ID != s.IDs[i]:
				err = fmt.Errorf("%w: node %q is not the one that was announced as number %d", ErrBad, node.ID, i)
			default:
				if err = checkValues(s.NodeColumns, node.Values); err != nil {
					err = fmt.Errorf("%w: node %q: %w", ErrBad, node.ID, err)
				}
			}
			if !yield(node, err) || err != nil {
				return
			}
			i++
		}
		if i < len(s.IDs) {
			yield(nil, fmt.Errorf("%w: %d nodes of %d", ErrBad, i, len(s.IDs)))
		}
	}
}

// checkedEdges yields an error in place of an edge that breaks a rule, or where some lack.
func (s *Stream) checkedEdges(ctx context.Context) iter.Seq2[*Edge, error] {
	return func(yield func(*Edge, error) bool) {
		i, before := 0, beforeAll
		for e, err := range s.Edges(ctx) {
			if err == nil {
				if err = s.checkEdge(len(s.IDs), &before, e); err != nil {
					err = fmt.Errorf("%w: edge %d: %w", ErrBad, i, err)
				}
			}
			if !yield(e, err) || err != nil {
				return
			}
			before = *e
			i++
		}
		if i != s.EdgeCount {
			yield(nil, fmt.Errorf("%w: %d edges of %d", ErrBad, i, s.EdgeCount))
		}
	}
}

// edgeID is the same in every export that has the edge.
func (s *Stream) edgeID(e *Edge) string {
	return string(s.IDs[e.Source]) + ".." + e.Kind + ".." + string(s.IDs[e.Target])
}
