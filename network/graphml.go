package network

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

var graphmlTypes = map[Type]string{String: "string", Integer: "long", Double: "double", Boolean: "boolean"}

// originalID is the key of a node's ID where GraphML can't have it as an id.
var originalID = Column{"original_id", String}

// writeGraphML writes GraphML with every key declared; its metadata is the graph's "description".
func writeGraphML(w io.Writer, n *Network) error {
	o := newOut(w)
	o.s(`<?xml version="1.0" encoding="UTF-8"?>`+"\n", `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`+"\n",
		`<key id="description" for="graph" attr.name="description" attr.type="string"/>`+"\n")
	nodeColumns, edgeColumns := n.nodeColumns(), n.edgeColumns()
	if slices.ContainsFunc(n.Nodes, func(n Node) bool { return nameToken(string(n.ID)) != string(n.ID) }) {
		o.graphmlKeys("node", []Column{originalID})
	}
	o.graphmlKeys("node", nodeColumns)
	o.graphmlKeys("edge", edgeColumns)
	o.s(`<graph id="network" edgedefault="`, direction(n), `">`+"\n"+`<data key="description">`)
	o.xml(n.describe())
	o.s("</data>\n")
	var values []any
	for i := range n.Nodes {
		node := &n.Nodes[i]
		id := nameToken(string(node.ID))
		o.s(`<node id="`, id, `">`)
		if id != string(node.ID) {
			o.graphmlData("node", []Column{originalID}, []any{string(node.ID)})
		}
		values = n.nodeValues(values, node)
		o.graphmlData("node", nodeColumns, values)
		o.s("</node>\n")
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		o.s(`<edge id="`, nameToken(n.edgeID(e)), `" source="`, nameToken(string(n.Nodes[e.Source].ID)), `" target="`, nameToken(string(n.Nodes[e.Target].ID)), `">`)
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

// nameToken writes what GraphML's ids can't hold (its schema takes XML name
// tokens) as _x002C_, and so the beginning of what looks like that.
func nameToken(id string) string {
	if !strings.ContainsFunc(id, noNameToken) && !strings.Contains(id, "_x") {
		return id
	}
	var out strings.Builder
	for i, r := range id {
		if noNameToken(r) || strings.HasPrefix(id[i:], "_x") {
			fmt.Fprintf(&out, "_x%04X_", r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// noNameToken is true of all but what is a name character in every edition of XML.
func noNameToken(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(":_-.", r)
}
