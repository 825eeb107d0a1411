package network

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// The files for Neo4j's offline importer follow the conventions of "cablegraph
// export", which writes the whole graph: a text in quotes, so that an empty one
// is not null, and import.sh to run it.

var neo4jTypes = map[Type]string{String: "string", Integer: "long", Double: "double", Boolean: "boolean"}

// neo4jLabels are what the nodes of a store are called in Neo4j.
var neo4jLabels = map[graph.Kind]string{graph.KindCable: "Cable", graph.KindPost: "Post", graph.KindPerson: "Person", graph.KindTag: "Tag"}

func writeNeo4jNodes(o *out, s *Stream) {
	columns := s.nodeColumns()
	o.head("id:ID,:LABEL", columns, neo4jTypes)
	var values []any
	for _, node := range o.nodes(s) {
		values = s.nodeValues(values, node)
		o.row(csvText, append([]any{string(node.ID), neo4jLabels[node.Kind]}, values...)...)
	}
}

func writeNeo4jEdges(o *out, s *Stream) {
	o.head(":START_ID,:END_ID,:TYPE,weight:double", s.EdgeColumns, neo4jTypes)
	for _, e := range o.edges(s) {
		o.row(csvText, append([]any{string(s.IDs[e.Source]), string(s.IDs[e.Target]), e.Kind, e.Weight}, e.Values...)...)
	}
}

func writeNeo4jScript(o *out, _ *Stream) {
	o.s(strings.Join([]string{
		`#!/bin/sh`,
		`# Imports these files into the stopped Neo4j server on this machine, as the database "neo4j",`,
		`# in place of what is there. NEO4J_ADMIN names its neo4j-admin where that is not on the PATH.`,
		`cd "$(dirname "$0")" && exec "${NEO4J_ADMIN:-neo4j-admin}" database import full neo4j --overwrite-destination \`,
		`  --id-type=string --multiline-fields=true --ignore-empty-strings=false --read-buffer-size=64m \`,
		`  --nodes=nodes.csv --relationships=edges.csv`,
		``,
	}, "\n"))
}
