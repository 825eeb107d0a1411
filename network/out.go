package network

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"
	"math"
	"strconv"
)

// out writes text. The first error stays, be it of what is written to, of the
// stream that is read or of the context: after it nothing is written.
type out struct {
	*bufio.Writer
	ctx    context.Context
	to     io.Writer
	err    error
	number []byte
}

func newOut(ctx context.Context, to io.Writer) *out {
	o := &out{ctx: ctx, to: to}
	o.Writer = bufio.NewWriterSize(emptied{o}, 1<<16)
	return o
}

// done ends the writing.
func (o *out) done() error {
	if err := o.Flush(); o.err == nil {
		return err
	}
	return o.err
}

// fail notes an error, where there is none yet.
func (o *out) fail(err error) {
	if o.err == nil {
		o.err = err
	}
}

// emptied is where a full buffer goes.
type emptied struct{ o *out }

func (e emptied) Write(p []byte) (n int, err error) {
	if e.o.fail(e.o.ctx.Err()); e.o.err == nil {
		n, e.o.err = e.o.to.Write(p)
	}
	return n, e.o.err
}

// nodes yields the nodes of a stream with their numbers.
func (o *out) nodes(s *Stream) iter.Seq2[int, *Node] { return yielded(o, s.checkedNodes(o.ctx)) }

// edges yields the edges of a stream with their numbers.
func (o *out) edges(s *Stream) iter.Seq2[int, *Edge] { return yielded(o, s.checkedEdges(o.ctx)) }

// yielded yields items until one is an error, or what was made of them can't be written.
func yielded[T any](o *out, items iter.Seq2[T, error]) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for item, err := range items {
			if o.fail(err); o.err != nil || !yield(i, item) {
				return
			}
			i++
		}
	}
}

// s writes strings as they are.
func (o *out) s(texts ...string) {
	for _, text := range texts {
		_, _ = o.WriteString(text)
	}
}

// json writes a value that can be written as JSON.
func (o *out) json(v any) {
	if f, ok := v.(float64); ok {
		o.s(o.float(f))
		return
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts, numbers and bools only; Check refused NaN
	}
	_, _ = o.Write(b)
}

// float is a number in its shortest form; a whole one has no point.
func (o *out) float(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		o.number = strconv.AppendInt(o.number[:0], int64(f), 10)
	} else {
		o.number = strconv.AppendFloat(o.number[:0], f, 'g', -1, 64)
	}
	return string(o.number)
}

// text is a value of a column as text.
func (o *out) text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return o.float(v)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// nodeColumns are all the columns of a node, fixed ones first; nodeValues are in their order.
func (h *Head) nodeColumns() []Column {
	columns := []Column{{"label", String}, {"kind", String}}
	if h.LaidOut {
		columns = append(columns, Column{"x", Double}, Column{"y", Double})
	}
	return append(columns, h.NodeColumns...)
}

func (h *Head) nodeValues(into []any, node *Node) []any {
	into = append(into[:0], node.Label, string(node.Kind))
	if h.LaidOut {
		into = append(into, node.X, node.Y)
	}
	return append(into, node.Values...)
}

func (h *Head) edgeColumns() []Column {
	return append([]Column{{"weight", Double}, {"kind", String}}, h.EdgeColumns...)
}

func (h *Head) edgeValues(into []any, e *Edge) []any {
	return append(append(into[:0], e.Weight, e.Kind), e.Values...)
}
