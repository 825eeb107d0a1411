package network

import (
	"io"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// The files for Neo4j's offline importer follow the conventions of "cablegraph
// export", which writes the whole graph: a text in quotes, so that an empty one
// is not null, and import.sh to run it.

var neo4jTypes = map[Type]string{String: "string", Integer: "long", Double: "double", Boolean: "boolean"}

// neo4jLabels are what the nodes of a store are called in Neo4j.
var neo4jLabels = map[graph.Kind]string{graph.KindCable: "Cable", graph.KindPost: "Post", graph.KindPerson: "Person", graph.KindTag: "Tag"}

func writeNeo4jNodes(w io.Writer, n *Network) error {
	o := newOut(w)
	columns := n.nodeColumns()
	o.head("id:ID,:LABEL", columns, neo4jTypes)
	var values []any
	for i := range n.Nodes {
		node := &n.Nodes[i]
		values = n.nodeValues(values, node)
		o.row(csvText, append([]any{string(node.ID), neo4jLabels[node.Kind]}, values...)...)
	}
	return o.Flush()
}

func writeNeo4jEdges(w io.Writer, n *Network) error {
	o := newOut(w)
	o.head(":START_ID,:END_ID,:TYPE,weight:double", n.EdgeColumns, neo4jTypes)
	for i := range n.Edges {
		e := &n.Edges[i]
		o.row(csvText, append([]any{string(n.Nodes[e.Source].ID), string(n.Nodes[e.Target].ID), e.Kind, e.Weight}, e.Values...)...)
	}
	return o.Flush()
}

func writeNeo4jScript(w io.Writer, _ *Network) error {
	_, err := io.WriteString(w, strings.Join([]string{
		`#!/bin/sh`,
		`# Imports these files into the stopped Neo4j server on this machine, as the database "neo4j",`,
		`# in place of what is there. NEO4J_ADMIN names its neo4j-admin where that is not on the PATH.`,
		`cd "$(dirname "$0")" && exec "${NEO4J_ADMIN:-neo4j-admin}" database import full neo4j --overwrite-destination \`,
		`  --id-type=string --multiline-fields=true --ignore-empty-strings=false --read-buffer-size=64m \`,
		`  --nodes=nodes.csv --relationships=edges.csv`,
		``,
	}, "\n"))
	return err
}
