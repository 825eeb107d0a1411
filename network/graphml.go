package network

import "io"

var graphmlTypes = map[Type]string{String: "string", Integer: "long", Double: "double", Boolean: "boolean"}

// writeGraphML writes GraphML with every key declared; its metadata is the graph's "description".
func writeGraphML(w io.Writer, n *Network) error {
	o := newOut(w)
	o.s(`<?xml version="1.0" encoding="UTF-8"?>`+"\n", `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`+"\n",
		`<key id="description" for="graph" attr.name="description" attr.type="string"/>`+"\n")
	nodeColumns, edgeColumns := n.nodeColumns(), n.edgeColumns()
	o.graphmlKeys("node", nodeColumns)
	o.graphmlKeys("edge", edgeColumns)
	o.s(`<graph id="network" edgedefault="`, direction(n), `">`+"\n"+`<data key="description">`)
	o.xml(n.describe())
	o.s("</data>\n")
	var values []any
	for i := range n.Nodes {
		node := &n.Nodes[i]
		o.s("<node")
		o.attribute("id", string(node.ID))
		o.s(">")
		values = n.nodeValues(values, node)
		o.graphmlData("node", nodeColumns, values)
		o.s("</node>\n")
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		o.s("<edge")
		o.attribute("id", n.edgeID(e))
		o.attribute("source", string(n.Nodes[e.Source].ID))
		o.attribute("target", string(n.Nodes[e.Target].ID))
		o.s(">")
		values = n.edgeValues(values, e)
		o.graphmlData("edge", edgeColumns, values)
		o.s("</edge>\n")
	}
	o.s("</graph>\n</graphml>\n")
	return o.Flush()
}

// graphmlKeys declares keys: "node.label", since a key's id is one over nodes and edges.
func (o *out) graphmlKeys(of string, columns []Column) {
	for _, c := range columns {
		o.s(`<key id="`, of, ".", c.Name, `" for="`, of, `" attr.name="`, c.Name, `" attr.type="`, graphmlTypes[c.Type], `"/>`+"\n")
	}
}

func (o *out) graphmlData(of string, columns []Column, values []any) {
	for k, v := range values {
		if v != nil {
			o.s(`<data key="`, of, ".", columns[k].Name, `">`)
			o.xml(o.text(v))
			o.s("</data>")
		}
	}
}
