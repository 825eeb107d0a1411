package neo4j

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// hop is one relationship of the graph, as a relation walks it.
type hop struct {
	kind  string // relationship type
	out   bool   // from the node above along the arrow
	edge  bool   // the relationship has properties that answers or orders need
	twice bool   // one node can be reached by more than one such relationship
}

// hops are the relations that are one relationship.
var hops = map[graph.Relation]hop{
	graph.CableOrigin:       {kind: "SENT_FROM", out: true},
	graph.CableRecipients:   {kind: "SENT_TO", out: true, edge: true},
	graph.CableTags:         {kind: "TAGGED", out: true, edge: true},
	graph.CablePeople:       {kind: "MENTIONS", out: true, edge: true},
	graph.CableSigner:       {kind: "SIGNED_BY", out: true},
	graph.CableClassifier:   {kind: "CLASSIFIED_BY", out: true},
	graph.CableReferences:   {kind: "REFERENCES", out: true, edge: true},
	graph.CableReferencedBy: {kind: "REFERENCES", edge: true},
	graph.PostCables:        {kind: "SENT_FROM"},
	graph.PostReceived:      {kind: "SENT_TO", twice: true},
	graph.PersonCables:      {kind: "MENTIONS", edge: true},
	graph.PersonSigned:      {kind: "SIGNED_BY"},
	graph.PersonTag:         {kind: "TAG_OF"},
	graph.TagCables:         {kind: "TAGGED"},
}

// weighted are the relations over a shared cable: the types of the
// relationships from that cable to the node above and to the one reached.
// PostCorrespondents has one pair for each direction.
var weighted = map[graph.Relation][][2]string{
	graph.PostPeople:          {{"SENT_FROM", "MENTIONS"}},
	graph.PersonMentionedWith: {{"MENTIONS", "MENTIONS"}},
	graph.TagCoTags:           {{"TAGGED", "TAGGED"}},
	graph.TagPeople:           {{"TAGGED", "MENTIONS"}},
}

// sharing returns the pairs of a weighted step over shared cables; nil for other relations.
func sharing(s *graph.Step) [][2]string {
	if s.Relation != graph.PostCorrespondents {
		return weighted[s.Relation]
	}
	sent, received := [2]string{"SENT_FROM", "SENT_TO"}, [2]string{"SENT_TO", "SENT_FROM"}
	switch s.Direction {
	case graph.Sent:
		return [][2]string{sent}
	case graph.Received:
		return [][2]string{received}
	}
	return [][2]string{sent, received}
}

// labels are the labels of the kinds of node, and the properties that are their keys.
func label(kind graph.Kind) (label, key string) {
	switch kind {
	case graph.KindCable:
		return "Cable", "reference"
	case graph.KindPost:
		return "Post", "slug"
	case graph.KindPerson:
		return "Person", "slug"
	default:
		return "Tag", "code"
	}
}

// scope names the variables of a step, and leads to those of the steps above.
type scope struct {
	above *scope // nil at the root
	step  *graph.Step
	node  string // the node reached
	edge  string // the relationship to it, or empty
	via   string // the shared cable of a weighted relation, or empty
	vias  string // the list of these for a node, where they are asked for, or empty
	sum   string // the weight of a weighted relation, or empty
	score string // the score of a full-text question, or empty
	set   string // the list of cables that a facet counts, or empty
	tally string // the list of what these cables have, with how many have it, or empty

	gathered string // the list of the step's own nodes, or empty
	dated    bool   // the relationship is TAGGED and comes out of an index in order, see dated.go
}

// root tells whether the step starts at nothing.
func (s *scope) root() bool { return s.above == nil && s.set == "" }

// source is what a step's rows are drawn from, before order and page.
type source struct {
	lead     []string // clauses before the first MATCH
	matches  []string // patterns
	where    []string // conditions, all of which hold
	distinct bool     // the patterns can give one row several times
	all      bool     // nothing says where to start: all nodes of the label
	weighed  bool     // rows have their weights already
}

// list is the list at the statement's head whose nodes are all that the source gives, empty where there is none.
func (src source) list(node string) string {
	if len(src.lead) != 1 || len(src.matches) > 0 || len(src.where) > 0 {
		return ""
	}
	list, unwinds := strings.CutPrefix(src.lead[0], "UNWIND ")
	list, plain := strings.CutSuffix(list, " AS "+node)
	if !unwinds || !plain || strings.ContainsAny(list, " \n") {
		return ""
	}
	return list
}

// weighing works a node's weight out, and which cables make it. A cable is tied once
// to each of its tags and people, but can be sent twice to one post; many says that
// filters can give it several times too.
func (s *scope) weighing(many bool) string {
	distinct, cables := "", "*"
	if many || counted[s.step.Relation] == "SENT_TO" || s.step.Relation == graph.PostCorrespondents {
		distinct = "DISTINCT "
		cables = distinct + s.via
	}
	weighing := s.node + ", count(" + cables + ") AS " + s.sum
	if s.vias != "" {
		weighing += ", collect(" + distinct + s.via + ") AS " + s.vias
	}
	return weighing
}

// reach returns the patterns that lead to a step's nodes, filters aside.
func (c *compiler) reach(s *scope) source {
	nodeLabel, key := label(s.step.Relation.To())
	node := "(" + s.node + ":" + nodeLabel + ")"
	if s.tally != "" {
		return source{
			lead:  []string{"UNWIND " + s.tally + " AS counted", "WITH counted[0] AS " + s.node + ", counted[1] AS " + s.sum},
			where: []string{s.node + ":" + nodeLabel}, weighed: true,
		}
	}
	if s.set != "" {
		return source{lead: []string{"UNWIND " + s.set + " AS " + s.via}, matches: []string{"(" + s.via + ")-[:" + counted[s.step.Relation] + "]->" + node}}
	}
	if s.root() {
		src := source{matches: []string{node}}
		switch {
		case s.step.Keys != nil && s.step.Relation.To() == graph.KindCable:
			return slipped(s.node, c.param(s.step.Keys))
		case s.step.Keys != nil && s.step.Relation.To() == graph.KindPerson:
			return alsoKnown(s.node, c.param(s.step.Keys))
		case s.step.Keys != nil:
			src.where = []string{s.node + "." + key + " IN " + c.param(s.step.Keys)}
		}
		return src
	}
	above := "(" + s.above.node + ")"
	if h, ok := hops[s.step.Relation]; ok {
		if !s.step.Filtered() {
			node = "(" + s.node + ")" // the type of the relationship says what it is: with a label the server would look
		}
		left, right := "<-[", "]-"
		if h.out {
			left, right = "-[", "]->"
		}
		return source{matches: []string{above + left + s.edge + ":" + h.kind + right + node}, distinct: h.twice}
	}
	switch s.step.Relation {
	case graph.PersonCandidates:
		return source{matches: []string{node}, where: []string{
			s.above.node + ".alone", s.node + ".surname = " + s.above.node + ".surname", s.node + ".alone IS NULL",
		}}
	case graph.CableRelated:
		return related(s)
	case graph.SharedCables:
		return c.shared(s)
	}
	return overCables(s)
}

// slipped are the cables with the keys, and those that a document has under one of them.
func slipped(node, keys string) source {
	return source{lead: []string{
		"CALL () {",
		"  MATCH (" + node + ":Cable) WHERE " + node + ".reference IN " + keys,
		"  RETURN " + node,
		"  UNION",
		"  MATCH (slip:Slip)-[:MEANS]->(" + node + ":Cable) WHERE slip.reference IN " + keys,
		"  RETURN " + node,
		"}",
	}}
}

// alsoKnown are the people with the keys as slugs, and those with one of them among their other slugs.
func alsoKnown(node, keys string) source {
	return source{lead: []string{
		"CALL () {",
		"  MATCH (" + node + ":Person) WHERE " + node + ".slug IN " + keys,
		"  RETURN " + node,
		"  UNION",
		"  UNWIND " + keys + " AS slug",
		"  MATCH (:Key {key: 'person:' + slug})-[:NAMES]->(" + node + ":Person)",
		"  RETURN " + node,
		"}",
	}}
}

// overCables walks from a node over a cable to others. The types of the relationships
// say what the nodes are: with labels the server would look at each of them.
func overCables(s *scope) source {
	pattern := func(pair [2]string) string {
		return "(" + s.above.node + ")<-[:" + pair[0] + "]-(" + s.via + ")-[:" + pair[1] + "]->(" + s.node + ")"
	}
	var src source
	if s.step.Relation.To() == s.step.Relation.From() {
		src.where = []string{s.node + " <> " + s.above.node}
	}
	pairs := sharing(s.step)
	if len(pairs) == 1 {
		src.matches = []string{pattern(pairs[0])}
		return src
	}
	// Two plain patterns: with the types as alternatives in one the server would
	// also walk from each addressee to all the others.
	src.lead = []string{"CALL (" + s.above.node + ") {"}
	for i, pair := range pairs {
		if i > 0 {
			src.lead = append(src.lead, "  UNION ALL")
		}
		src.lead = append(src.lead, "  MATCH "+pattern(pair), "  RETURN "+s.via+", "+s.node)
	}
	src.lead = append(src.lead, "}")
	return src
}

// related weighs the cables that share people, tags or a citation with the one above.
func related(s *scope) source {
	from, to := "("+s.above.node+")", "("+s.node+")"
	return source{
		lead: []string{
			"CALL (" + s.above.node + ") {",
			"  MATCH " + from + "-[:MENTIONS]->()<-[:MENTIONS]-" + to,
			"  RETURN " + s.node + ", 2 AS part",
			"  UNION ALL",
			"  MATCH " + from + "-[:TAGGED]->()<-[:TAGGED]-" + to,
			"  RETURN " + s.node + ", 1 AS part",
			"  UNION ALL",
			"  MATCH " + from + "-[:REFERENCES]-" + to + " WHERE " + s.node + ".published",
			"  RETURN DISTINCT " + s.node + ", 5 AS part",
			"}",
			"WITH " + s.node + ", sum(part) AS " + s.sum,
		},
		where: []string{s.node + " <> " + s.above.node},
	}
}

// shared lists the cables that made the weight of the step above, which has gathered them.
func (c *compiler) shared(s *scope) source {
	if s.above.vias == "" || sharing(s.above.step) == nil {
		c.fail("shared cables are asked for below a relation that has none")
	}
	return source{lead: []string{"UNWIND " + s.above.vias + " AS " + s.node}}
}
