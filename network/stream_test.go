package network

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAStreamReadWholeIsItsNetwork(t *testing.T) {
	for _, n := range []*Network{small(), hard(true), hard(false), {}} {
		got, err := streamed(t, n).Network(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(written(t, &Formats[0], n), written(t, &Formats[0], got)); diff != "" {
			t.Error(diff)
		}
	}
}

// broken makes a sequence anew: what is at a place comes by change, which may end it.
func broken[T any](items func(context.Context) iter.Seq2[T, error], at int, change func(T) (T, error, bool)) func(context.Context) iter.Seq2[T, error] {
	return func(ctx context.Context) iter.Seq2[T, error] {
		return func(yield func(T, error) bool) {
			i := 0
			for item, err := range items(ctx) {
				goes := true
				if i == at {
					item, err, goes = change(item)
				}
				if !goes || !yield(item, err) {
					return
				}
				i++
			}
		}
	}
}

// TestAFormatOfABrokenStreamIsNotWhole spoils a stream on the way: the error comes out, and the file has no end.
func TestAFormatOfABrokenStreamIsNotWhole(t *testing.T) {
	lost := errors.New("the store is gone")
	for name, row := range map[string]struct {
		spoil func(s *Stream)
		is    error
		says  string
	}{
		"nodes that fail": {func(s *Stream) {
			s.Nodes = broken(s.Nodes, 2, func(n *Node) (*Node, error, bool) { return n, lost, true })
		}, lost, ""},
		"edges that fail": {func(s *Stream) {
			s.Edges = broken(s.Edges, 2, func(e *Edge) (*Edge, error, bool) { return e, lost, true })
		}, lost, ""},
		"a node of another name": {func(s *Stream) {
			s.Nodes = broken(s.Nodes, 1, func(n *Node) (*Node, error, bool) { m := *n; m.ID = "person:q"; return &m, nil, true })
		}, ErrBad, `node "person:q" is not the one that was announced as number 1`},
		"a node too few": {func(s *Stream) {
			s.Nodes = broken(s.Nodes, 3, func(n *Node) (*Node, error, bool) { return n, nil, false })
		}, ErrBad, "3 nodes of 4"},
		"a node too many": {func(s *Stream) { s.IDs = s.IDs[:3]; s.Degrees = s.Degrees[:3] }, ErrBad, "tag:CLINTON"},
		"a value of another type": {func(s *Stream) {
			s.Nodes = broken(s.Nodes, 0, func(n *Node) (*Node, error, bool) { m := *n; m.Values = []any{1, 1, 1, 1}; return &m, nil, true })
		}, ErrBad, `string column "country"`},
		"an edge too few": {func(s *Stream) {
			s.Edges = broken(s.Edges, 3, func(e *Edge) (*Edge, error, bool) { return e, nil, false })
		}, ErrBad, "3 edges of 4"},
		"an edge to nowhere": {func(s *Stream) {
			s.Edges = broken(s.Edges, 3, func(e *Edge) (*Edge, error, bool) { f := *e; f.Target = 4; return &f, nil, true })
		}, ErrBad, "edge 3: ends 2 and 4, of 4 nodes"},
		"an edge twice": {func(s *Stream) {
			s.Edges = broken(s.Edges, 1, func(e *Edge) (*Edge, error, bool) { f := *e; f.Kind = "MENTIONS"; return &f, nil, true })
		}, ErrBad, "edge 1: does not come after the one before"},
	} {
		t.Run(name, func(t *testing.T) {
			for i := range Formats {
				s := streamed(t, small())
				whole := written(t, &Formats[i], small())
				row.spoil(s)
				var got bytes.Buffer
				err := Formats[i].Write(t.Context(), &got, s)
				edgesOnly, nodesOnly := Formats[i].Name == "csv-edges", Formats[i].Name == "csv-nodes"
				if edgesOnly && strings.Contains(name, "node") || edgesOnly && strings.Contains(name, "value") || nodesOnly && strings.Contains(name, "edge") {
					continue // what it does not read can't spoil it
				}
				if !errors.Is(err, row.is) || !strings.Contains(err.Error(), row.says) || got.Len() >= len(whole) {
					t.Errorf("%s: %v, %d bytes of %d", Formats[i].Name, err, got.Len(), len(whole))
				}
			}
			s := streamed(t, small())
			row.spoil(s)
			if _, err := s.Network(t.Context()); !errors.Is(err, row.is) {
				t.Errorf("read whole: %v", err)
			}
		})
	}
}

// TestAWriteStopsReadingWhereTheReaderIsGone has more nodes than go into a buffer.
func TestAWriteStopsReadingWhereTheReaderIsGone(t *testing.T) {
	full := errors.New("disk full")
	for _, f := range Formats {
		s := streamed(t, random(1, 20_000, 20_000, true))
		read := 0
		count := func() { read++ }
		s.Nodes, s.Edges = counted(s.Nodes, count), counted(s.Edges, count)
		err := f.Write(t.Context(), failing{full}, s)
		// A picture reads all places first.
		if most := map[bool]int{true: 30_000, false: 10_000}[f.Name == "svg"]; !errors.Is(err, full) || read > most {
			t.Errorf("%s: %v after %d nodes and edges", f.Name, err, read)
		}
	}
}

func counted[T any](items func(context.Context) iter.Seq2[T, error], count func()) func(context.Context) iter.Seq2[T, error] {
	return func(ctx context.Context) iter.Seq2[T, error] {
		return func(yield func(T, error) bool) {
			for item, err := range items(ctx) {
				if count(); !yield(item, err) {
					return
				}
			}
		}
	}
}
