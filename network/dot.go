package network

import (
	"io"
	"strings"
)

// dotText: Graphviz reads \" only, and keeps what else has a backslash; in a
// label it reads \n and entities too.
var (
	dotText  = strings.NewReplacer(`"`, `\"`, `\`, `\\`)
	dotLabel = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\r", "", "\n", `\n`, "&", "&amp;")
)

// writeDOT writes Graphviz's language. Places are given in points, for neato -n.
func writeDOT(w io.Writer, n *Network) error {
	o := newOut(w)
	kind, arrow := "graph", " -- "
	if n.Directed {
		kind, arrow = "digraph", " -> "
	}
	o.s(kind, " network {\n")
	o.s("graph [comment=")
	o.dot(n.describe())
	o.s("]\n")
	columns, edgeColumns := n.nodeColumns()[1:], n.edgeColumns()
	var values []any
	for i := range n.Nodes {
		node := &n.Nodes[i]
		o.dot(string(node.ID))
		o.s(` [label="`)
		_, _ = dotLabel.WriteString(o, node.Label)
		_ = o.WriteByte('"')
		values = n.nodeValues(values, node)
		o.dotValues(columns, values[1:])
		if n.LaidOut {
			o.s(`,pos="`, o.float(node.X), ",", o.float(node.Y), `"`)
		}
		o.s("]\n")
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		o.dot(string(n.Nodes[e.Source].ID))
		o.s(arrow)
		o.dot(string(n.Nodes[e.Target].ID))
		o.s(` [id=`)
		o.dot(n.edgeID(e))
		values = n.edgeValues(values, e)
		o.dotValues(edgeColumns, values)
		o.s("]\n")
	}
	o.s("}\n")
	return o.Flush()
}

func (o *out) dot(s string) {
	_ = o.WriteByte('"')
	_, _ = dotText.WriteString(o, s)
	_ = o.WriteByte('"')
}

func (o *out) dotValues(columns []Column, values []any) {
	for k, v := range values {
		if v != nil {
			o.s(",", columns[k].Name, "=")
			o.dot(o.text(v))
		}
	}
}
