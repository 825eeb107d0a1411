package network

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// xmlText writes what has a meaning in XML as references, and so all that some
// reader takes for the end of a line or, in an attribute, for a space.
var xmlText = strings.NewReplacer(
	`&`, "&amp;", `<`, "&lt;", `>`, "&gt;", `"`, "&quot;",
	"\t", "&#9;", "\n", "&#10;", "\r", "&#13;", "\u0085", "&#133;", "\u2028", "&#8232;", "\u2029", "&#8233;",
)

func (o *out) xml(s string) { _, _ = xmlText.WriteString(o, s) }

// attribute writes one of an XML element.
func (o *out) attribute(name, value string) {
	o.s(" ", name, `="`)
	o.xml(value)
	_ = o.WriteByte('"')
}

// gexfTypes: long, because readers take integer for one of 32 bits.
var gexfTypes = map[Type]string{String: "string", Integer: "long", Double: "double", Boolean: "boolean"}

func writeGEXF(w io.Writer, n *Network) error        { return gexf(w, n, false) }
func writeDynamicGEXF(w io.Writer, n *Network) error { return gexf(w, n, true) }

// gexf writes GEXF 1.3. The id of an attribute is its title, since some readers name it by the one
// and some by the other.
func gexf(w io.Writer, n *Network, dynamic bool) error {
	o := newOut(w)
	o.s(`<?xml version="1.0" encoding="UTF-8"?>`+"\n",
		`<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">`+"\n<meta")
	if !n.Info.LoadedAt.IsZero() {
		o.attribute("lastmodifieddate", n.Info.LoadedAt.UTC().Format(time.DateOnly))
	}
	o.s("><creator>", creator, "</creator><description>")
	o.xml(n.describe())
	o.s("</description></meta>\n<graph")
	o.attribute("defaultedgetype", direction(n))
	if dynamic {
		o.s(` mode="dynamic" timeformat="date" timerepresentation="interval"`)
	} else {
		o.s(` mode="static"`)
	}
	o.s(">\n")
	o.gexfColumns("node", append([]Column{{"kind", String}}, n.NodeColumns...))
	o.gexfColumns("edge", n.EdgeColumns)
	o.gexfNodes(n, dynamic)
	o.gexfEdges(n, dynamic)
	o.s("</graph>\n</gexf>\n")
	return o.Flush()
}

func direction(n *Network) string {
	if n.Directed {
		return "directed"
	}
	return "undirected"
}

func (o *out) gexfColumns(class string, columns []Column) {
	if len(columns) == 0 {
		return
	}
	o.s(`<attributes class="`, class, `" mode="static">`+"\n")
	for _, c := range columns {
		o.s(`<attribute id="`, c.Name, `" title="`, c.Name, `" type="`, gexfTypes[c.Type], `"/>`+"\n")
	}
	o.s("</attributes>\n")
}

func (o *out) gexfNodes(n *Network, dynamic bool) {
	look := newLook(n)
	o.s(fmt.Sprintf("<nodes count=\"%d\">\n", len(n.Nodes)))
	for i := range n.Nodes {
		node := &n.Nodes[i]
		o.s("<node")
		o.attribute("id", string(node.ID))
		o.attribute("label", node.Label)
		o.s("><attvalues>")
		o.gexfValue("kind", string(node.Kind))
		o.gexfValues(n.NodeColumns, node.Values)
		o.s("</attvalues>")
		if dynamic {
			o.spells(node.Spells)
		}
		o.s(`<viz:size value="`, o.float(look.size(i)), `"/>`)
		if n.LaidOut {
			o.s(`<viz:position x="`, o.float(node.X), `" y="`, o.float(node.Y), `" z="0"/>`)
		}
		c := look.colour(i)
		o.s(fmt.Sprintf(`<viz:color r="%d" g="%d" b="%d"/></node>`+"\n", c[0], c[1], c[2]))
	}
	o.s("</nodes>\n")
}

func (o *out) gexfEdges(n *Network, dynamic bool) {
	o.s(fmt.Sprintf("<edges count=\"%d\">\n", len(n.Edges)))
	for i := range n.Edges {
		e := &n.Edges[i]
		o.s("<edge")
		o.attribute("id", n.edgeID(e))
		o.attribute("source", string(n.Nodes[e.Source].ID))
		o.attribute("target", string(n.Nodes[e.Target].ID))
		o.attribute("kind", e.Kind)
		o.attribute("label", e.Kind)
		o.attribute("weight", o.float(e.Weight))
		o.s(">")
		if len(e.Values) > 0 {
			o.s("<attvalues>")
			o.gexfValues(n.EdgeColumns, e.Values)
			o.s("</attvalues>")
		}
		if dynamic {
			o.spells(e.Spells)
		}
		o.s("</edge>\n")
	}
	o.s("</edges>\n")
}

func (o *out) gexfValues(columns []Column, values []any) {
	for k, v := range values {
		if v != nil {
			o.gexfValue(columns[k].Name, o.text(v))
		}
	}
}

func (o *out) gexfValue(name, value string) {
	o.s(`<attvalue for="`, name, `"`)
	o.attribute("value", value)
	o.s("/>")
}

func (o *out) spells(spells []Spell) {
	if len(spells) == 0 {
		return
	}
	o.s("<spells>")
	for _, s := range spells {
		o.s(`<spell start="`, s.From.String(), `" end="`, s.To.String(), `"/>`)
	}
	o.s("</spells>")
}
