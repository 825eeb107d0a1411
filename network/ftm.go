package network

import (
	"crypto/sha1" //nolint:gosec // FollowTheMoney's own way to make an id; nothing is secret
	"encoding/hex"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// writeFTM writes FollowTheMoney entities, one on a line: a person is a Person, a post
// a PublicBody, a cable a Document, a tag a Note; an edge from a cable to
// who is no cable is a Documentation, any other an UnknownLink. Their ids are
// the SHA-1 of ours, since a FollowTheMoney id can't hold them. What has no
// property of its own there is in the notes. It has no place for Info.
func writeFTM(o *out, s *Stream) {
	for _, node := range o.nodes(s) {
		o.ftm(string(node.ID), s.ftmNode(node))
	}
	for _, e := range o.edges(s) {
		o.ftm(s.edgeID(e), s.ftmEdge(e))
	}
}

// entity is one without its id: what is empty is left out.
type entity struct {
	schema     string
	properties [][2]string // name and value; one name may stand several times, in a row
}

func (o *out) ftm(id string, e entity) {
	o.s(`{"id":"`, ftmID(id), `","schema":"`, e.schema, `","properties":{`)
	last := ""
	for _, p := range e.properties {
		if p[1] == "" {
			continue
		}
		switch last {
		case "":
			o.s(`"`, p[0], `":[`)
		case p[0]:
			o.s(",")
		default:
			o.s(`],"`, p[0], `":[`)
		}
		o.json(p[1])
		last = p[0]
	}
	o.s("]}}\n")
}

func ftmID(id string) string {
	sum := sha1.Sum([]byte(id)) //nolint:gosec // as above
	return hex.EncodeToString(sum[:])
}

func (h *Head) ftmNode(node *Node) entity {
	name, whole := ftmName(node)
	e := entity{schema: "Note", properties: [][2]string{{"name", name}}}
	switch node.Kind {
	case graph.KindPerson:
		e.schema = "Person"
	case graph.KindPost:
		e.schema = "PublicBody"
	case graph.KindCable:
		_, key, _ := node.ID.Split()
		e = entity{schema: "Document", properties: [][2]string{{"fileName", key}, {"title", name}}}
	case graph.KindTag:
		e.properties = append(e.properties, [2]string{"description", name})
	}
	notes := append([][2]string{{"notes", "id: " + string(node.ID)}, {"notes", whole}}, ftmValues("notes", h.NodeColumns, node.Values)...)
	e.properties = append(e.properties, notes...)
	return e
}

// ftmLongest is how many characters a name may have there.
const ftmLongest = 384

// ftmName is a name that is valid: there is one, and it is not too long; then whole has all of it.
func ftmName(node *Node) (name, whole string) {
	name = node.Label
	if strings.TrimSpace(name) == "" {
		name = string(node.ID)
	}
	if runes := []rune(name); len(runes) > ftmLongest {
		return string(runes[:ftmLongest-1]) + "…", "label: " + name
	}
	return name, ""
}

func (s *Stream) ftmEdge(e *Edge) entity {
	source, target := s.IDs[e.Source], s.IDs[e.Target]
	link := entity{"UnknownLink", [][2]string{{"subject", ftmID(string(source))}, {"object", ftmID(string(target))}}}
	if isCable(source) != isCable(target) {
		if isCable(target) {
			source, target = target, source
		}
		link = entity{"Documentation", [][2]string{{"document", ftmID(string(source))}, {"entity", ftmID(string(target))}}}
	}
	link.properties = append(link.properties, [2]string{"role", e.Kind})
	if last := len(e.Spells) - 1; last >= 0 {
		link.properties = append(link.properties, [2]string{"startDate", e.Spells[0].From.String()}, [2]string{"endDate", e.Spells[last].To.String()})
	}
	values := ftmValues("description", s.edgeColumns(), s.edgeValues(nil, e))
	link.properties = append(link.properties, values...)
	return link
}

func isCable(id graph.ID) bool {
	kind, _, _ := id.Split()
	return kind == graph.KindCable
}

func ftmValues(property string, columns []Column, values []any) [][2]string {
	var o out
	var lines [][2]string
	for k, v := range values {
		if v != nil {
			lines = append(lines, [2]string{property, columns[k].Name + ": " + o.text(v)})
		}
	}
	return lines
}
