package network

import "iter"

// fields writes the values that there are as members of a JSON object; the first has no comma before it.
func (o *out) fields(columns []Column, values []any) {
	comma := ""
	for k, v := range values {
		if v != nil {
			o.s(comma, `"`, columns[k].Name, `":`)
			o.json(v)
			comma = ","
		}
	}
}

// list writes a JSON list, one item on a line.
func list[T any](o *out, items iter.Seq2[int, T], write func(int, T)) {
	o.s("[")
	for i, item := range items {
		if i > 0 {
			o.s(",")
		}
		o.s("\n")
		write(i, item)
	}
	o.s("\n]")
}

// writeGraphology writes what graphology's import reads. Where nodes have places,
// they have what sigma.js draws by: x, y, size and color.
func writeGraphology(o *out, s *Stream) {
	look, columns, edgeColumns := newLook(s), s.nodeColumns(), s.edgeColumns()
	var values []any
	o.s(`{"attributes":`)
	o.json(s.about())
	o.s(`,"options":{"type":"`, s.direction(), `","multi":`)
	o.json(s.Parallel)
	o.s(`,"allowSelfLoops":true},"nodes":`)
	list(o, o.nodes(s), func(i int, node *Node) {
		o.s(`{"key":`)
		o.json(node.ID)
		o.s(`,"attributes":{`)
		values = s.nodeValues(values, node)
		o.fields(columns, values)
		if s.LaidOut {
			o.s(`,"size":`, o.float(look.size(i)), `,"color":"`, look.hex(node), `"`)
		}
		o.s("}}")
	})
	o.s(`,"edges":`)
	list(o, o.edges(s), func(_ int, e *Edge) {
		o.s(`{"key":`)
		o.json(s.edgeID(e))
		o.ends(s, e)
		if !s.Directed {
			o.s(`,"undirected":true`)
		}
		o.s(`,"attributes":{`)
		values = s.edgeValues(values, e)
		o.fields(edgeColumns, values)
		o.s("}}")
	})
	o.s("}\n")
}

// ends writes the ends of an edge as members of an object.
func (o *out) ends(s *Stream, e *Edge) {
	o.s(`,"source":`)
	o.json(s.IDs[e.Source])
	o.s(`,"target":`)
	o.json(s.IDs[e.Target])
}

// nodeLink writes node-link JSON with the edges under the name that its reader wants.
func nodeLink(edges string) func(*out, *Stream) {
	return func(o *out, s *Stream) {
		columns, edgeColumns, multi := s.nodeColumns(), s.edgeColumns(), s.Parallel
		var values []any
		o.s(`{"directed":`)
		o.json(s.Directed)
		o.s(`,"multigraph":`)
		o.json(multi)
		o.s(`,"graph":`)
		o.json(s.about())
		o.s(`,"nodes":`)
		list(o, o.nodes(s), func(i int, node *Node) {
			o.s(`{"id":`)
			o.json(node.ID)
			o.s(",")
			values = s.nodeValues(values, node)
			o.fields(columns, values)
			o.s("}")
		})
		o.s(`,"`, edges, `":`)
		list(o, o.edges(s), func(_ int, e *Edge) {
			o.s("{")
			values = s.edgeValues(values, e)
			o.fields(edgeColumns, values)
			o.ends(s, e)
			if multi {
				o.s(`,"key":`)
				o.json(e.Kind)
			}
			o.s("}")
		})
		o.s("}\n")
	}
}

// writeCytoscape writes what cytoscape.js and Cytoscape read; "name" is what the latter shows.
func writeCytoscape(o *out, s *Stream) {
	columns, edgeColumns := append([]Column{{"name", String}}, s.nodeColumns()...), s.edgeColumns()
	var values []any
	o.s(`{"format_version":"1.0","generated_by":"` + creator + `","target_cytoscapejs_version":"~3.0","directed":`)
	o.json(s.Directed)
	o.s(`,"multigraph":`)
	o.json(s.Parallel)
	o.s(`,"data":`)
	o.json(s.about())
	o.s(`,"elements":{"nodes":`)
	list(o, o.nodes(s), func(_ int, node *Node) {
		o.s(`{"data":{"id":`)
		o.json(node.ID)
		o.s(",")
		values = s.nodeValues(values, node)
		o.fields(columns, append([]any{node.Label}, values...))
		o.s("}")
		if s.LaidOut {
			o.s(`,"position":{"x":`, o.float(node.X), `,"y":`, o.float(node.Y), "}")
		}
		o.s("}")
	})
	o.s(`,"edges":`)
	list(o, o.edges(s), func(_ int, e *Edge) {
		o.s(`{"data":{"id":`)
		o.json(s.edgeID(e))
		o.ends(s, e)
		o.s(",")
		values = s.edgeValues(values, e)
		o.fields(edgeColumns, values)
		o.s("}}")
	})
	o.s("}}\n")
}
