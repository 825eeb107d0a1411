package network

import (
	"fmt"
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

func writeGEXF(o *out, s *Stream)        { o.gexf(s, false) }
func writeDynamicGEXF(o *out, s *Stream) { o.gexf(s, true) }

// gexf writes GEXF 1.3. The id of an attribute is its title, since some readers name it by the one
// and some by the other.
func (o *out) gexf(s *Stream, dynamic bool) {
	o.s(`<?xml version="1.0" encoding="UTF-8"?>`+"\n",
		`<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">`+"\n<meta")
	if !s.Info.LoadedAt.IsZero() {
		o.attribute("lastmodifieddate", s.Info.LoadedAt.UTC().Format(time.DateOnly))
	}
	o.s("><creator>", creator, "</creator><description>")
	o.xml(s.describe())
	o.s("</description></meta>\n<graph")
	o.attribute("defaultedgetype", s.direction())
	if dynamic {
		o.s(` mode="dynamic" timeformat="date" timerepresentation="interval"`)
	} else {
		o.s(` mode="static"`)
	}
	o.s(">\n")
	o.gexfColumns("node", append([]Column{{"kind", String}}, s.NodeColumns...))
	o.gexfColumns("edge", s.EdgeColumns)
	o.gexfNodes(s, dynamic)
	o.gexfEdges(s, dynamic)
	o.s("</graph>\n</gexf>\n")
}

func (h *Head) direction() string {
	if h.Directed {
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

func (o *out) gexfNodes(s *Stream, dynamic bool) {
	look := newLook(s)
	o.s(fmt.Sprintf("<nodes count=\"%d\">\n", len(s.IDs)))
	for i, node := range o.nodes(s) {
		o.s("<node")
		o.attribute("id", string(node.ID))
		o.attribute("label", node.Label)
		o.s("><attvalues>")
		o.gexfValue("kind", string(node.Kind))
		o.gexfValues(s.NodeColumns, node.Values)
		o.s("</attvalues>")
		if dynamic {
			o.spells(node.Spells)
		}
		o.s(`<viz:size value="`, o.float(look.size(i)), `"/>`)
		if s.LaidOut {
			o.s(`<viz:position x="`, o.float(node.X), `" y="`, o.float(node.Y), `" z="0"/>`)
		}
		c := look.colour(node)
		o.s(fmt.Sprintf(`<viz:color r="%d" g="%d" b="%d"/></node>`+"\n", c[0], c[1], c[2]))
	}
	o.s("</nodes>\n")
}

func (o *out) gexfEdges(s *Stream, dynamic bool) {
	o.s(fmt.Sprintf("<edges count=\"%d\">\n", s.EdgeCount))
	for _, e := range o.edges(s) {
		o.s("<edge")
		o.attribute("id", s.edgeID(e))
		o.attribute("source", string(s.IDs[e.Source]))
		o.attribute("target", string(s.IDs[e.Target]))
		o.attribute("kind", e.Kind)
		o.attribute("label", e.Kind)
		o.attribute("weight", o.float(e.Weight))
		o.s(">")
		if len(e.Values) > 0 {
			o.s("<attvalues>")
			o.gexfValues(s.EdgeColumns, e.Values)
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
