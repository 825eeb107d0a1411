package network

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrUnknown is the name of a format or a metric that there is none of; its text lists those there are.
var ErrUnknown = errors.New("unknown")

// Format is a form in which a network is written.
type Format struct {
	Name        string // as ?format= and --format take it
	MediaType   string
	Extension   string // of a file, with its dot
	Description string // one line: what opens it
	write       func(*out, *Stream)
}

// Formats lists every format in the order in which they are shown.
var Formats = []Format{
	{"gexf", "application/gexf+xml", ".gexf", "GEXF 1.3: Gephi, Gephi Lite, networkx, graphology", writeGEXF},
	{"gexf-dynamic", "application/gexf+xml", ".gexf", "GEXF 1.3 over time, by the dates of the cables: Gephi's timeline", writeDynamicGEXF},
	{"graphml", "application/graphml+xml", ".graphml", "GraphML: yEd, igraph, networkx, Gephi, Cytoscape, Neo4j's apoc.import", writeGraphML},
	{"csv", "application/zip", ".zip", "nodes.csv and edges.csv as Gephi's spreadsheet import reads them", zipped(file{"nodes.csv", writeNodesCSV}, file{"edges.csv", writeEdgesCSV})},
	{"csv-nodes", "text/csv; charset=utf-8", ".csv", "nodes.csv alone", writeNodesCSV},
	{"csv-edges", "text/csv; charset=utf-8", ".csv", "edges.csv alone", writeEdgesCSV},
	{
		"neo4j-admin", "application/zip", ".zip", "CSV for neo4j-admin database import, with import.sh that runs it",
		zipped(file{"nodes.csv", writeNeo4jNodes}, file{"edges.csv", writeNeo4jEdges}, file{"import.sh", writeNeo4jScript}),
	},
	{"graphology", "application/json", ".json", "graphology's JSON: sigma.js, Gephi Lite", writeGraphology},
	{"node-link", "application/json", ".json", `node-link JSON with "edges": networkx 3.4 and newer`, nodeLink("edges")},
	{"node-link-links", "application/json", ".json", `node-link JSON with "links": d3, older networkx`, nodeLink("links")},
	{"cytoscape", "application/json", ".cyjs", "Cytoscape JSON: cytoscape.js, Cytoscape", writeCytoscape},
	{"dot", "text/vnd.graphviz; charset=utf-8", ".gv", "DOT: Graphviz", writeDOT},
	{"svg", "image/svg+xml", ".svg", "SVG: a picture, for browsers", writeSVG},
	{"ftm", "application/x-ndjson", ".ftm.ndjson", "FollowTheMoney entities: Aleph, OpenAleph, ftm", writeFTM},
}

// FormatNamed returns the format of this name; the error wraps ErrUnknown.
func FormatNamed(name string) (*Format, error) {
	names := make([]string, len(Formats))
	for i := range Formats {
		if Formats[i].Name == name {
			return &Formats[i], nil
		}
		names[i] = Formats[i].Name
	}
	return nil, fmt.Errorf("%w format %q; there are %s", ErrUnknown, name, strings.Join(names, ", "))
}

// Dynamic tells whether the format shows when nodes and edges are there (Spells).
func (f *Format) Dynamic() bool { return f.Name == "gexf-dynamic" }

// Write writes a network; memory stays flat. The error is that of the stream, the writer or the
// context, or wraps ErrBad where the stream breaks a rule. What is written by then is no whole file.
func (f *Format) Write(ctx context.Context, w io.Writer, s *Stream) error {
	s.Info.clean()
	if err := s.check(); err != nil {
		return err
	}
	o := newOut(ctx, w)
	f.write(o, s)
	return o.done()
}
