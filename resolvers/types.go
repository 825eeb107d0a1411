package resolvers

import (
	"strconv"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// objectType is what reading ahead knows about a type of the schema: for each
// field which columns it needs, whether it is a relation, and how it is written.
type objectType struct {
	name      string
	satisfies []string // itself and its interfaces, for fragments
	fields    map[string]*fieldType
}

// fieldType is one field of a type.
type fieldType struct {
	// columns are what a store has to bring for it.
	columns graph.Fields
	// to is the type it leads to; empty for scalars.
	to    string
	role  role
	write writeFunc
	// For what explores: how many elements a list can have, and the metric of a field, empty for the layout.
	count  func(*exploring) int
	metric string
	// For relations:
	relation graph.Relation
	orders   orderKeys
	size     int // the page's size where none is asked for
	// whole, where not 0, says that there are no pages: all rows are asked for, and this is how many they count as.
	whole int
}

// role is what a field means for the plan.
type role uint8

const (
	plain      role = iota // a scalar, or an object that comes with its node
	relation               // a step below the node
	rows                   // edges, nodes, pageInfo: the page's rows are needed
	total                  // totalCount
	facet                  // a facet of the list
	paragraphs             // those of a cable, with a step below it where they are filtered by whom they name
	members                // a list of what a network has
	metric                 // measured over a network
	keyless                // a node of a network
	words                  // the words behind an edge of a network
	behind                 // the cables behind an edge of a network
)

// orderKeys are the fields of an order input: name → sort key.
type orderKeys map[string]graph.By

var (
	cableOrders   = orderKeys{"score": graph.ByScore, "created": graph.ByCreated, "released": graph.ByReleased, "level": graph.ByLevel, "reference": graph.ByKey}
	nameOrders    = orderKeys{"name": graph.ByName, "cables": graph.ByCables}
	tagOrders     = orderKeys{"code": graph.ByKey, "cables": graph.ByCables}
	weightOrders  = orderKeys{"weight": graph.ByWeight, "name": graph.ByName, "cables": graph.ByCables}
	coTagOrders   = orderKeys{"weight": graph.ByWeight, "code": graph.ByKey, "cables": graph.ByCables}
	mentionOrders = orderKeys{"count": graph.ByCount, "name": graph.ByName}
)

func text[T any](columns graph.Fields, get func(*T) string) *fieldType {
	return &fieldType{columns: columns, write: func(b []byte, object any, _ *slot) []byte {
		return writeString(b, get(object.(*T)))
	}}
}

// optional is for text that is null where it is not known.
func optional[T any, S ~string](columns graph.Fields, get func(*T) (S, bool)) *fieldType {
	return &fieldType{columns: columns, write: func(b []byte, object any, _ *slot) []byte {
		if s, ok := get(object.(*T)); ok {
			return writeString(b, string(s))
		}
		return writeNull(b)
	}}
}

func texts[T any](columns graph.Fields, get func(*T) []string) *fieldType {
	return &fieldType{columns: columns, write: func(b []byte, object any, _ *slot) []byte {
		return writeStrings(b, get(object.(*T)))
	}}
}

func number[T any](get func(*T) int) *fieldType {
	return &fieldType{write: func(b []byte, object any, _ *slot) []byte { return writeInt(b, get(object.(*T))) }}
}

func real[T any](columns graph.Fields, get func(*T) float64) *fieldType {
	return &fieldType{columns: columns, write: func(b []byte, object any, _ *slot) []byte { return writeFloat(b, get(object.(*T))) }}
}

func truth[T any](get func(*T) bool) *fieldType {
	return &fieldType{write: func(b []byte, object any, _ *slot) []byte { return strconv.AppendBool(b, get(object.(*T))) }}
}

// asked is a field that needs columns.
func asked(columns graph.Fields, f *fieldType) *fieldType {
	f.columns = columns
	return f
}

func date[T any](columns graph.Fields, get func(*T) time.Time) *fieldType {
	return &fieldType{columns: columns, write: func(b []byte, object any, _ *slot) []byte { return writeTime(b, get(object.(*T))) }}
}

// list is for objects that come with their node.
func list[T, E any](columns graph.Fields, to string, get func(*T) []E) *fieldType {
	return &fieldType{columns: columns, to: to, write: func(b []byte, object any, s *slot) []byte {
		elements := get(object.(*T))
		return writeList(b, len(elements), func(b []byte, i int) []byte { return writeObject(b, &elements[i], s.below) })
	}}
}

// single is a relation that leads to one node at most.
func single(r graph.Relation, to string) *fieldType {
	return &fieldType{role: relation, relation: r, to: to, write: writeSingle}
}

// page is a relation that leads to a list.
func page(r graph.Relation, to string, orders orderKeys) *fieldType {
	return &fieldType{role: relation, relation: r, to: to, orders: orders, size: graph.DefaultPage, write: writePage}
}

// namedIn is who is named in a paragraph: a step below the cable, whose people
// are shared out among its paragraphs.
func namedIn() *fieldType {
	return &fieldType{role: relation, relation: graph.CablePeople, to: "TextSpan", size: graph.MaxPage, whole: 100, write: writeNamed}
}

func related() *fieldType {
	f := page(graph.CableRelated, "RelatedCableConnection", nil)
	f.size = 10
	return f
}

// types is the schema's types as reading ahead knows them: name → type. What the
// schema has and this lacks (Corpus, introspection) is answered without a plan.
var types = newTypes()

func newTypes() map[string]*objectType {
	m := map[string]*objectType{}
	add := func(name string, interfaces []string, fields map[string]*fieldType) {
		m[name] = &objectType{name: name, satisfies: append([]string{name}, interfaces...), fields: fields}
	}
	node := []string{"Node"}
	add("Cable", node, cableFields())
	add("Post", node, postFields())
	add("Person", node, personFields())
	add("Tag", node, tagFields())
	add("Office", nil, officeFields())
	add("Join", nil, joinFields())
	add("Classification", nil, classificationFields())
	add("Paragraph", nil, paragraphFields())
	add("TextSpan", nil, textSpanFields())
	add("Source", nil, sourceFields())
	add("Span", nil, spanFields())
	add("PageInfo", nil, pageInfoFields())
	add("CableFacets", nil, facetFields())
	add("ClassificationBucket", nil, bucketFields("classification", &fieldType{to: "Classification", write: writeBucketClassification}))
	add("TimeBucket", nil, bucketFields("start", optional(0, (*graph.Bucket).KnownStart)))
	add("Highlight", nil, highlightFields())
	add("HighlightMark", nil, highlightMarkFields())
	for _, kind := range []string{"Post", "Tag", "Person"} {
		add(kind+"Facet", nil, countsFields(kind+"Count"))
		add(kind+"Count", nil, countFields(kind))
	}
	for kind, root := range rootKinds {
		m[suggestionOf(kind)] = &objectType{name: "Suggestion", satisfies: []string{"Suggestion"}, fields: suggestionFields(root.typeName)}
	}
	lists := func(connection, edge, node string, more map[string]*fieldType) {
		add(connection, nil, connectionFields(edge, node))
		if node == "Cable" {
			m[connection].fields["facets"] = &fieldType{to: "CableFacets", write: writeFacets}
		}
		add(edge, nil, edgeFields(node, more))
	}
	exploredTypes(add)
	lists("CableConnection", "CableEdge", "Cable", foundFields(nil))
	lists("PostConnection", "PostEdge", "Post", nil)
	lists("PersonConnection", "PersonEdge", "Person", nil)
	lists("TagConnection", "TagEdge", "Tag", nil)
	lists("CableTagConnection", "CableTag", "Tag", nil)
	lists("RecipientConnection", "Recipient", "Post", recipientFields())
	lists("MentionConnection", "Mention", "Person", mentionFields())
	lists("MentionedInConnection", "MentionedIn", "Cable", foundFields(mentionFields()))
	lists("ReferenceConnection", "Reference", "Cable", foundFields(referenceFields()))
	lists("RelatedCableConnection", "RelatedCable", "Cable", foundFields(relatedFields()))
	delete(m["RelatedCable"].fields, "score")
	lists("PersonWeightConnection", "PersonWeight", "Person", weightFields())
	lists("PostWeightConnection", "PostWeight", "Post", weightFields())
	lists("TagWeightConnection", "TagWeight", "Tag", weightFields())
	return m
}
