package resolvers

import (
	"io"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"github.com/cablegraph/cablegraph/graph"
)

// An answer is complete when the store has given it: nothing below a root field
// waits for anything, can fail or be null against the schema. So it is written
// straight into the response, along the shape that reading ahead has left, without a
// goroutine, a context and a resolver call for every field of every row.
// (Schema.ByField is the other way, and the measure for this one.)

// shape is a selection on one type, ready to be written.
type shape struct{ fields []slot }

// slot is one selected field.
type slot struct {
	key   string // `"alias":`
	write writeFunc
	below *shape                // what is selected below; nil for scalars
	step  int                   // for relations: which of the steps below the node
	kinds map[graph.Kind]*shape // in place of below, where the kind of node decides
}

// writeFunc appends the value that a field has on an object.
type writeFunc func(b []byte, object any, s *slot) []byte

func writeObject(b []byte, object any, s *shape) []byte {
	b = append(b, '{')
	for i := range s.fields {
		if i > 0 {
			b = append(b, ',')
		}
		f := &s.fields[i]
		b = append(b, f.key...)
		b = f.write(b, object, f)
	}
	return append(b, '}')
}

func writeNull(b []byte) []byte { return append(b, "null"...) }

// writeList writes n elements.
func writeList(b []byte, n int, element func(b []byte, i int) []byte) []byte {
	b = append(b, '[')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = element(b, i)
	}
	return append(b, ']')
}

func writeStrings(b []byte, list []string) []byte {
	return writeList(b, len(list), func(b []byte, i int) []byte { return writeString(b, list[i]) })
}

func writeTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return writeNull(b)
	}
	b = append(b, '"')
	b = t.AppendFormat(b, time.RFC3339Nano)
	return append(b, '"')
}

const hexDigits = "0123456789ABCDEF"

// writeString writes a JSON string. Bytes that are no UTF-8 become U+FFFD.
func writeString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, s[start:i]...), "\uFFFD"...)
				start = i + 1
			}
			i += size
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		start = i
	}
	return append(append(b, s[start:]...), '"')
}

// node returns the node at an edge's end as an object to write, without boxing it anew.
func node(e *graph.Edge) any { return e.Node() }

// answerBelow returns the answer to the slot's step below a node.
func answerBelow(n graph.Node, s *slot) *graph.Answer { return &n.Below()[s.step] }

func writeSingle(b []byte, object any, s *slot) []byte {
	answer := answerBelow(object.(graph.Node), s)
	if len(answer.Edges) == 0 {
		return writeNull(b)
	}
	return writeObject(b, node(&answer.Edges[0]), s.below)
}

func writePage(b []byte, object any, s *slot) []byte {
	return writeObject(b, answerBelow(object.(graph.Node), s), s.below)
}

// writeShared writes the page of a relation that hangs on an edge; stores keep it with the edge's node.
func writeShared(b []byte, object any, s *slot) []byte {
	return writeObject(b, answerBelow(object.(*graph.Edge).Node(), s), s.below)
}

// writeNamed writes the places of a paragraph that name somebody.
func writeNamed(b []byte, object any, s *slot) []byte {
	p := object.(*graph.Paragraph)
	found := p.People(answerBelow(p.Cable, s).Edges)
	return writeList(b, len(found), func(b []byte, i int) []byte { return writeObject(b, &found[i], s.below) })
}

func writeEdges(b []byte, object any, s *slot) []byte {
	edges := object.(*graph.Answer).Edges
	return writeList(b, len(edges), func(b []byte, i int) []byte { return writeObject(b, &edges[i], s.below) })
}

func writeNodes(b []byte, object any, s *slot) []byte {
	edges := object.(*graph.Answer).Edges
	return writeList(b, len(edges), func(b []byte, i int) []byte { return writeObject(b, node(&edges[i]), s.below) })
}

func writeNode(b []byte, object any, s *slot) []byte {
	return writeObject(b, node(object.(*graph.Edge)), s.below)
}

// written is a value of the response that has been written already. Its buffer
// is given back once it has been copied into the response.
type written struct{ buffer *[]byte }

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// keptBuffer is the size over which a buffer is left to the garbage collector.
const keptBuffer = 1 << 20

func write(fill func(b []byte) []byte) graphql.Marshaler {
	buffer := buffers.Get().(*[]byte)
	*buffer = fill((*buffer)[:0])
	return written{buffer}
}

// MarshalGQL copies the value into the response. It is called once.
func (w written) MarshalGQL(to io.Writer) {
	_, _ = to.Write(*w.buffer)
	if cap(*w.buffer) <= keptBuffer {
		buffers.Put(w.buffer)
	}
}

func writeInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

func writeFloat(b []byte, f float64) []byte { return strconv.AppendFloat(b, f, 'g', -1, 64) }
