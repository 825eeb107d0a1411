package network

import "strings"

// dotText: Graphviz reads \" only, and keeps what else has a backslash; in a
// label it reads \n and entities too.
var (
	dotText  = strings.NewReplacer(`"`, `\"`, `\`, `\\`)
	dotLabel = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\r", "", "\n", `\n`, "&", "&amp;")
)

// writeDOT writes Graphviz's language. Places are given in points, for neato -n.
func writeDOT(o *out, s *Stream) {
	kind, arrow := "graph", " -- "
	if s.Directed {
		kind, arrow = "digraph", " -> "
	}
	o.s(kind, " network {\n")
	o.s("graph [comment=")
	o.dot(s.describe())
	o.s("]\n")
	columns, edgeColumns := s.nodeColumns()[1:], s.edgeColumns()
	var values []any
	for _, node := range o.nodes(s) {
		o.dot(string(node.ID))
		o.s(` [label="`)
		_, _ = dotLabel.WriteString(o, node.Label)
		_ = o.WriteByte('"')
		values = s.nodeValues(values, node)
		o.dotValues(columns, values[1:])
		if s.LaidOut {
			o.s(`,pos="`, o.float(node.X), ",", o.float(node.Y), `"`)
		}
		o.s("]\n")
	}
	for _, e := range o.edges(s) {
		o.dot(string(s.IDs[e.Source]))
		o.s(arrow)
		o.dot(string(s.IDs[e.Target]))
		o.s(` [id=`)
		o.dot(s.edgeID(e))
		values = s.edgeValues(values, e)
		o.dotValues(edgeColumns, values)
		o.s("]\n")
	}
	o.s("}\n")
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
