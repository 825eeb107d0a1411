package network

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

var graphmlTypes = map[Type]string{String: "string", Integer: "long", Double: "double", Boolean: "boolean"}

// originalID is the key of a node's ID where GraphML can't have it as an id.
var originalID = Column{"original_id", String}

// writeGraphML writes GraphML with every key declared; its metadata is the graph's "description".
func writeGraphML(o *out, s *Stream) {
	o.s(`<?xml version="1.0" encoding="UTF-8"?>`+"\n", `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`+"\n",
		`<key id="description" for="graph" attr.name="description" attr.type="string"/>`+"\n")
	nodeColumns, edgeColumns := s.nodeColumns(), s.edgeColumns()
	if slices.ContainsFunc(s.IDs, func(id graph.ID) bool { return nameToken(string(id)) != string(id) }) {
		o.graphmlKeys("node", []Column{originalID})
	}
	o.graphmlKeys("node", nodeColumns)
	o.graphmlKeys("edge", edgeColumns)
	o.s(`<graph id="network" edgedefault="`, s.direction(), `">`+"\n"+`<data key="description">`)
	o.xml(s.describe())
	o.s("</data>\n")
	var values []any
	for _, node := range o.nodes(s) {
		id := nameToken(string(node.ID))
		o.s(`<node id="`, id, `">`)
		if id != string(node.ID) {
			o.graphmlData("node", []Column{originalID}, []any{string(node.ID)})
		}
		values = s.nodeValues(values, node)
		o.graphmlData("node", nodeColumns, values)
		o.s("</node>\n")
	}
	for _, e := range o.edges(s) {
		o.s(`<edge id="`, nameToken(s.edgeID(e)), `" source="`, nameToken(string(s.IDs[e.Source])), `" target="`, nameToken(string(s.IDs[e.Target])), `">`)
		values = s.edgeValues(values, e)
		o.graphmlData("edge", edgeColumns, values)
		o.s("</edge>\n")
	}
	o.s("</graph>\n</graphml>\n")
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
