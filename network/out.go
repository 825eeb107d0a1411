package network

import (
	"bufio"
	"encoding/json"
	"io"
	"math"
	"strconv"
)

// out writes text. An error stays until done.
type out struct {
	*bufio.Writer
	number []byte
}

func newOut(w io.Writer) *out { return &out{Writer: bufio.NewWriterSize(w, 1<<16)} }

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
func (n *Network) nodeColumns() []Column {
	columns := []Column{{"label", String}, {"kind", String}}
	if n.LaidOut {
		columns = append(columns, Column{"x", Double}, Column{"y", Double})
	}
	return append(columns, n.NodeColumns...)
}

func (n *Network) nodeValues(into []any, node *Node) []any {
	into = append(into[:0], node.Label, string(node.Kind))
	if n.LaidOut {
		into = append(into, node.X, node.Y)
	}
	return append(into, node.Values...)
}

func (n *Network) edgeColumns() []Column {
	return append([]Column{{"weight", Double}, {"kind", String}}, n.EdgeColumns...)
}

func (n *Network) edgeValues(into []any, e *Edge) []any {
	return append(append(into[:0], e.Weight, e.Kind), e.Values...)
}

// edgeID is the same in every export that has the edge.
func (n *Network) edgeID(e *Edge) string {
	return string(n.Nodes[e.Source].ID) + ".." + e.Kind + ".." + string(n.Nodes[e.Target].ID)
}

// parallel says whether two edges tie the same nodes the same way.
func (n *Network) parallel() bool {
	for i := 1; i < len(n.Edges); i++ {
		if n.Edges[i-1].Source == n.Edges[i].Source && n.Edges[i-1].Target == n.Edges[i].Target {
			return true
		}
	}
	return false
}
