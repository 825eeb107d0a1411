package network

import "io"

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
func (o *out) list(length int, item func(i int)) {
	o.s("[")
	for i := range length {
		if i > 0 {
			o.s(",")
		}
		o.s("\n")
		item(i)
	}
	o.s("\n]")
}

// writeGraphology writes what graphology's import reads. Where nodes have places,
// they have what sigma.js draws by: x, y, size and color.
func writeGraphology(w io.Writer, n *Network) error {
	o := newOut(w)
	look, columns, edgeColumns := newLook(n), n.nodeColumns(), n.edgeColumns()
	var values []any
	o.s(`{"attributes":`)
	o.json(n.about())
	o.s(`,"options":{"type":"`, direction(n), `","multi":`)
	o.json(n.parallel())
	o.s(`,"allowSelfLoops":true},"nodes":`)
	o.list(len(n.Nodes), func(i int) {
		o.s(`{"key":`)
		o.json(n.Nodes[i].ID)
		o.s(`,"attributes":{`)
		values = n.nodeValues(values, &n.Nodes[i])
		o.fields(columns, values)
		if n.LaidOut {
			o.s(`,"size":`, o.float(look.size(i)), `,"color":"`, look.hex(i), `"`)
		}
		o.s("}}")
	})
	o.s(`,"edges":`)
	o.list(len(n.Edges), func(i int) {
		o.s(`{"key":`)
		o.json(n.edgeID(&n.Edges[i]))
		o.ends(n, &n.Edges[i])
		if !n.Directed {
			o.s(`,"undirected":true`)
		}
		o.s(`,"attributes":{`)
		values = n.edgeValues(values, &n.Edges[i])
		o.fields(edgeColumns, values)
		o.s("}}")
	})
	o.s("}\n")
	return o.Flush()
}

// ends writes the ends of an edge as members of an object.
func (o *out) ends(n *Network, e *Edge) {
	o.s(`,"source":`)
	o.json(n.Nodes[e.Source].ID)
	o.s(`,"target":`)
	o.json(n.Nodes[e.Target].ID)
}

// nodeLink writes node-link JSON with the edges under the name that its reader wants.
func nodeLink(edges string) func(io.Writer, *Network) error {
	return func(w io.Writer, n *Network) error {
		o := newOut(w)
		columns, edgeColumns, multi := n.nodeColumns(), n.edgeColumns(), n.parallel()
		var values []any
		o.s(`{"directed":`)
		o.json(n.Directed)
		o.s(`,"multigraph":`)
		o.json(multi)
		o.s(`,"graph":`)
		o.json(n.about())
		o.s(`,"nodes":`)
		o.list(len(n.Nodes), func(i int) {
			o.s(`{"id":`)
			o.json(n.Nodes[i].ID)
			o.s(",")
			values = n.nodeValues(values, &n.Nodes[i])
			o.fields(columns, values)
			o.s("}")
		})
		o.s(`,"`, edges, `":`)
		o.list(len(n.Edges), func(i int) {
			o.s("{")
			values = n.edgeValues(values, &n.Edges[i])
			o.fields(edgeColumns, values)
			o.ends(n, &n.Edges[i])
			if multi {
				o.s(`,"key":`)
				o.json(n.Edges[i].Kind)
			}
			o.s("}")
		})
		o.s("}\n")
		return o.Flush()
	}
}

// writeCytoscape writes what cytoscape.js and Cytoscape read; "name" is what the latter shows.
func writeCytoscape(w io.Writer, n *Network) error {
	o := newOut(w)
	columns, edgeColumns := append([]Column{{"name", String}}, n.nodeColumns()...), n.edgeColumns()
	var values []any
	o.s(`{"format_version":"1.0","generated_by":"` + creator + `","target_cytoscapejs_version":"~3.0","directed":`)
	o.json(n.Directed)
	o.s(`,"multigraph":`)
	o.json(n.parallel())
	o.s(`,"data":`)
	o.json(n.about())
	o.s(`,"elements":{"nodes":`)
	o.list(len(n.Nodes), func(i int) {
		node := &n.Nodes[i]
		o.s(`{"data":{"id":`)
		o.json(node.ID)
		o.s(",")
		values = n.nodeValues(values, node)
		o.fields(columns, append([]any{node.Label}, values...))
		o.s("}")
		if n.LaidOut {
			o.s(`,"position":{"x":`, o.float(node.X), `,"y":`, o.float(node.Y), "}")
		}
		o.s("}")
	})
	o.s(`,"edges":`)
	o.list(len(n.Edges), func(i int) {
		o.s(`{"data":{"id":`)
		o.json(n.edgeID(&n.Edges[i]))
		o.ends(n, &n.Edges[i])
		o.s(",")
		values = n.edgeValues(values, &n.Edges[i])
		o.fields(edgeColumns, values)
		o.s("}}")
	})
	o.s("}}\n")
	return o.Flush()
}
