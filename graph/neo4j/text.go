package neo4j

import (
	"strconv"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// search is a full-text question whose nodes are collected into a list.
type search struct {
	name   string // of the list
	clause string // gives the nodes as found
	values string // what is collected of each
}

// list adds a full-text question to the head and returns the name of its list.
func (c *compiler) list(clause string) string { return c.collected(clause, "DISTINCT found") }

func (c *compiler) collected(clause, values string) string {
	name := "found" + strconv.Itoa(len(c.lists))
	c.lists = append(c.lists, search{name: name, clause: clause, values: values})
	return name
}

// head is what stands before RETURN.
func (c *compiler) head() string {
	var b strings.Builder
	for _, l := range c.lists {
		// In a subquery of its own: a question that finds nothing must not leave the statement without rows.
		b.WriteString("CALL () {\n  " + l.clause + "\n  RETURN collect(" + l.values + ") AS " + l.name + "\n}\n")
	}
	return b.String()
}

// fulltext adds a cable's conditions on words.
func (f *filter) fulltext(node string, w *graph.CableWhere) {
	if w.Text != nil {
		f.matching(node, *w.Text, bothTexts...)
	}
	if w.Body != nil && w.Body.Matches != nil {
		f.matching(node, *w.Body.Matches, "bodyText")
	}
	if w.Subject == nil {
		return
	}
	if w.Subject.Equals != nil {
		f.and(node + ".subjectText = " + f.c.param(graph.Fold(*w.Subject.Equals)))
	}
	if w.Subject.Matches != nil {
		f.matching(node, *w.Subject.Matches, "subjectText")
	}
}

// matching adds the condition that the texts of a cable match a full-text question.
//
//	CALL db.index.fulltext.queryNodes('cableText', $p0) YIELD node AS found
func (f *filter) matching(node, question string, fields ...string) {
	f.found = append(f.found, found{node: node, list: f.c.list(f.c.search(question, fields, ""))})
}

// search is the clause that finds the cables which a full-text question matches;
// more is what else the index shall tell.
func (c *compiler) search(question string, fields []string, more string) string {
	parsed, err := graph.ParseText(question)
	if err != nil {
		c.failWith(err)
		return ""
	}
	clause := "MATCH (found:Cable)"
	if c.searching == byIndex {
		clause = "CALL db.index.fulltext.queryNodes('" + cableIndex + "', " + c.param(lucene(parsed, fields)) + ") YIELD node AS found" + more
	}
	if c.searching == byScan || loose(parsed) {
		clause += "\n  WHERE " + c.exact(parsed, "found", fields)
	}
	return clause
}

// bothTexts are what a question looks at that is not for one of them.
var bothTexts = []string{"subjectText", "bodyText"}

// scored starts a source at what a step's full-text question finds, with the scores;
// while there is no index all are 0.
//
//	UNWIND found0 AS hit
//	WITH hit[0] AS cable0, toInteger(1000000000 * hit[1]) AS score0
func (c *compiler) scored(s *scope, src *source) {
	question, field, _ := s.step.Cable.Question()
	fields := bothTexts
	switch field {
	case graph.InSubject:
		fields = fields[:1]
	case graph.InBody:
		fields = fields[1:]
	}
	values := "[found, points]"
	if c.searching == byScan {
		values = "[found, 0]"
	}
	list := c.collected(c.search(question, fields, ", score AS points"), values)
	src.lead = append(src.lead, "UNWIND "+list+" AS hit")
	if len(src.matches) == 0 { // the node is there already, found by its key
		src.lead = append(src.lead, "WITH "+s.node+", hit WHERE hit[0] = "+s.node)
	}
	src.lead = append(src.lead, "WITH hit[0] AS "+s.node+", toInteger(1000000000 * hit[1]) AS "+s.score)
}

// nameContains adds the condition that one of a node's names has all the words.
func (f *filter) nameContains(node string, words *string) {
	if words == nil {
		return
	}
	phrases := graph.ParseWords(*words)
	if len(phrases) == 0 {
		f.and("false")
		return
	}
	f.found = append(f.found, found{node: node, list: f.c.nodesNamed(phrases)})
}

// nodesNamed returns the name of the list of all nodes, of whatever kind, one of whose names
// has the words. They are looked up once, however many kinds are asked for.
//
//	CALL db.index.fulltext.queryNodes('nameText', $p0) YIELD node AS name
//	MATCH (name)-[:NAMES]->(found)
func (c *compiler) nodesNamed(words []graph.Phrase) string {
	question := graph.Text{Any: []graph.AllOf{{All: words}}}
	key := lucene(question, []string{"key"})
	if list, known := c.names[key]; known {
		return list
	}
	clause := "MATCH (name:Name) WHERE "
	if c.searching == byScan {
		clause += c.exact(question, "name", []string{"key"})
	} else {
		clause = "CALL db.index.fulltext.queryNodes('" + nameIndex + "', " + c.param(key) + ") YIELD node AS name"
	}
	list := c.list(clause + "\n  MATCH (name)-[:NAMES]->(found)")
	c.names[key] = list
	return list
}

// lucene writes a question in the language of Lucene's classic query parser:
// each phrase in one of the fields, + for what must and - for what must not be
// there. Words are letters and digits in lower case (graph.Fold), so that none
// of them means something else there.
//
// The parser knows no phrase that ends in the start of a word; for those it
// gets what holds of all texts that match, and exact tells them apart.
func lucene(t graph.Text, fields []string) string {
	var b strings.Builder
	for i, all := range t.Any {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte('(')
		for _, p := range all.All {
			b.WriteString(" +")
			phrase(&b, p, fields)
		}
		for _, p := range all.None {
			if !loosePhrase(p) {
				b.WriteString(" -")
				phrase(&b, p, fields)
			}
		}
		b.WriteString(" )")
	}
	return b.String()
}

// phrase writes one phrase: (subjectText:"a b" bodyText:"a b").
func phrase(b *strings.Builder, p graph.Phrase, fields []string) {
	b.WriteByte('(')
	for i, field := range fields {
		if i > 0 {
			b.WriteByte(' ')
		}
		boost := ""
		if field == "subjectText" && len(fields) > 1 {
			boost = "^4" // for scores; as in SQLite
		}
		last := len(p.Words) - 1
		switch {
		case !p.Prefix:
			b.WriteString(field + `:"` + strings.Join(p.Words, " ") + `"` + boost)
		case last == 0:
			b.WriteString(field + ":" + p.Words[0] + "*" + boost)
		default:
			b.WriteString("(+" + field + `:"` + strings.Join(p.Words[:last], " ") + `" +` + field + ":" + p.Words[last] + "*)" + boost)
		}
	}
	b.WriteByte(')')
}

func loosePhrase(p graph.Phrase) bool { return p.Prefix && len(p.Words) > 1 }

// loose tells whether lucene's text finds more than the question means.
func loose(t graph.Text) bool {
	for _, all := range t.Any {
		for _, phrases := range [][]graph.Phrase{all.All, all.None} {
			for _, p := range phrases {
				if loosePhrase(p) {
					return true
				}
			}
		}
	}
	return false
}

// exact writes what a question means as a condition on the texts of a node.
func (c *compiler) exact(t graph.Text, node string, fields []string) string {
	alternatives := make([]string, len(t.Any))
	for i, all := range t.Any {
		var parts []string
		for _, p := range all.All {
			parts = append(parts, c.contains(p, node, fields))
		}
		for _, p := range all.None {
			parts = append(parts, "NOT "+c.contains(p, node, fields))
		}
		alternatives[i] = "(" + strings.Join(parts, " AND ") + ")"
	}
	return strings.Join(alternatives, " OR ")
}

// contains compares whole words by the blanks around them.
func (c *compiler) contains(p graph.Phrase, node string, fields []string) string {
	words := " " + strings.Join(p.Words, " ")
	if !p.Prefix {
		words += " "
	}
	value := c.param(words)
	parts := make([]string, len(fields))
	for i, field := range fields {
		parts[i] = "(' ' + " + node + "." + field + " + ' ') CONTAINS " + value
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}
