package neo4j

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
		f.matching(node, *w.Text, bothTexts)
	}
	if w.Body != nil && w.Body.Matches != nil {
		f.matching(node, *w.Body.Matches, bodyTexts)
	}
	if w.Subject == nil {
		return
	}
	if w.Subject.Equals != nil {
		f.and(node + ".subjectText = " + f.c.param(graph.Words(*w.Subject.Equals)))
	}
	if w.Subject.Matches != nil {
		f.matching(node, *w.Subject.Matches, subjectTexts)
	}
}

// matching adds the condition that the texts of a cable match a full-text question.
//
//	CALL db.index.fulltext.queryNodes('cableText', $p0) YIELD node AS found
func (f *filter) matching(node, question string, fields []string) {
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

// scored starts a source at what a step's full-text question finds, with the scores;
// while there is no index all are 0.
//
//	UNWIND found0 AS hit
//	WITH hit[0] AS cable0, toInteger(1000000000 * hit[1]) AS score0
func (c *compiler) scored(s *scope, src *source) {
	question, field, _ := s.step.Cable.Question()
	values := "[found, points]"
	if c.searching == byScan {
		values = "[found, 0]"
	}
	list := c.collected(c.search(question, textsOf(field), ", score AS points"), values)
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

// The properties that the full-text index has of a cable. subjectText has the words of
// the subject. The body is indexed as it stands; where Lucene would cut it in another
// way than graph.Words does, bodyText has its words besides.
var (
	subjectTexts = []string{"subjectText"}
	bodyTexts    = []string{"body", "bodyText"}
	bothTexts    = slices.Concat(subjectTexts, bodyTexts)
)

// textsOf are the properties that a question looks at; field is empty for both texts.
func textsOf(field graph.TextField) []string {
	switch field {
	case graph.InSubject:
		return subjectTexts
	case graph.InBody:
		return bodyTexts
	}
	return bothTexts
}

// lucene writes a question in the language of Lucene's classic query parser:
// each phrase in one of the fields, + for what must and - for what must not be
// there. In quotes no character of a folded word means something else there.
//
// The parser knows no phrase that ends in the start of a word, and Lucene no question
// of more than 1,024 terms. Where that matters it gets what holds of all texts that match,
// and exact tells them apart.
func lucene(t graph.Text, fields []string) string {
	var b strings.Builder
	room := roomFor(t)
	for i, all := range t.Any {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte('(')
		for _, p := range all.All {
			b.WriteString(" +")
			phrase(&b, p, fields, room)
		}
		for _, p := range all.None {
			if !loosePhrase(p, room) {
				b.WriteString(" -")
				phrase(&b, p, fields, room)
			}
		}
		b.WriteString(" )")
	}
	return b.String()
}

// phrase writes one phrase: (subjectText:"a b"^4 body:"a b" bodyText:"a b").
func phrase(b *strings.Builder, p graph.Phrase, fields []string, room int) {
	b.WriteByte('(')
	for i, field := range fields {
		if i > 0 {
			b.WriteByte(' ')
		}
		last := len(p.Words) - 1
		switch {
		case terms(p) > room:
			b.WriteByte('(')
			for _, word := range longest(p.Words, max(1, room/len(bothTexts))) {
				b.WriteString("+" + field + ":" + strings.ReplaceAll(start(word), "'", "?") + " ")
			}
			b.WriteByte(')')
		case !p.Prefix:
			b.WriteString(field + ":" + anyOf(field, p.Forms(), inQuotes))
		case last == 0:
			b.WriteString(field + ":" + anyOf(field, p.Words, start))
		default:
			first := []string{strings.Join(p.Words[:last], " ")}
			b.WriteString("(+" + field + ":" + anyOf(field, first, inQuotes) + " +" + field + ":" + anyOf(field, p.Words[last:], start) + ")")
		}
		if field == "subjectText" && len(fields) > 1 {
			b.WriteString("^4") // for scores; as in SQLite
		}
	}
	b.WriteByte(')')
}

// anyOf writes that one of the texts is in a field: in a body as it stands, apostrophes may be curled.
func anyOf(field string, texts []string, write func(string) string) string {
	var all []string
	for _, text := range texts {
		spellings := []string{text}
		if field == "body" {
			spellings = curled(text)
		}
		for _, s := range spellings {
			all = append(all, write(s))
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return "(" + strings.Join(all, " ") + ")"
}

func inQuotes(text string) string { return `"` + text + `"` }

func start(word string) string { return bare(word) + "*" }

// bare writes a word without quotes.
func bare(word string) string { return strings.ReplaceAll(word, ":", `\:`) }

// curled are all ways to write a text with straight or curled apostrophes.
func curled(text string) []string {
	before, after, found := strings.Cut(text, "'")
	if !found {
		return []string{text}
	}
	var all []string
	for _, rest := range curled(after) {
		all = append(all, before+"'"+rest, before+"’"+rest)
	}
	return all
}

// roomFor is how many terms of Lucene's each phrase of a question may have.
func roomFor(t graph.Text) int {
	const terms = 1000
	phrases := 0
	for _, all := range t.Any {
		phrases += len(all.All) + len(all.None)
	}
	return terms / max(1, phrases)
}

// terms is how many terms a phrase has in all fields, and all the ways to write it.
func terms(p graph.Phrase) int {
	curls := 0
	for _, word := range p.Words {
		curls += strings.Count(word, "'")
	}
	folded, standing := 2, 1<<min(curls, 16)
	if p.Possessive {
		folded, standing = 2*folded, 3*standing
	}
	return len(p.Words) * (folded + standing)
}

// longest are a few of the words, the longest ones, which are the rarest by and large.
func longest(words []string, most int) []string {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return words[:min(most, len(words))]
}

// loosePhrase tells whether phrase's text finds more than the phrase means.
func loosePhrase(p graph.Phrase, room int) bool {
	return p.Prefix && len(p.Words) > 1 || terms(p) > room
}

// loose tells whether lucene's text finds more than the question means.
func loose(t graph.Text) bool {
	room := roomFor(t)
	for _, all := range t.Any {
		for _, p := range slices.Concat(all.All, all.None) {
			if loosePhrase(p, room) {
				return true
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

// contains compares whole words: those of a folded text by the blanks around them,
// those of a body as it stands by a regular expression.
func (c *compiler) contains(p graph.Phrase, node string, fields []string) string {
	var forms []string
	for _, form := range p.Forms() {
		if !p.Prefix {
			form += " "
		}
		forms = append(forms, c.param(" "+form))
	}
	folded := func(property string) string {
		parts := make([]string, len(forms))
		for i, form := range forms {
			parts[i] = "(' ' + " + node + "." + property + " + ' ') CONTAINS " + form
		}
		return strings.Join(parts, " OR ")
	}
	var parts []string
	for _, field := range fields {
		switch field {
		case "body":
			parts = append(parts, "CASE WHEN "+node+".bodyText IS NULL THEN coalesce("+node+".body =~ "+c.param(pattern(p))+", false) ELSE "+folded("bodyText")+" END")
		case "bodyText":
		default:
			parts = append(parts, folded(field))
		}
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// pattern is a regular expression of Java's for texts in which a phrase stands, of
// those that Lucene cuts as they are (graph.PlainWords): its words, which are
// whole words of the text, and between them what is none.
func pattern(p graph.Phrase) string {
	var b strings.Builder
	b.WriteString("(?is).*")
	for i, word := range p.Words {
		if strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return "(?!)" // such texts have no such letters
		}
		if i > 0 {
			b.WriteString(`[^A-Za-z0-9_]+(?:_+[^A-Za-z0-9_]+){0,50}`)
		}
		b.WriteString("(?<![A-Za-z0-9_])")
		switch first := word[0]; {
		case isLetter(first):
			b.WriteString("(?<![A-Za-z]['’.:])")
		case isDigit(first):
			b.WriteString("(?<![0-9]['’.,;])")
		}
		b.WriteString(strings.NewReplacer("'", "['’]", ".", `\.`).Replace(word))
		if i == len(p.Words)-1 {
			if p.Prefix {
				break
			}
			if p.Possessive {
				b.WriteString("(?:['’]s)?")
			}
		}
		b.WriteString("(?![A-Za-z0-9_])")
		switch last := word[len(word)-1]; {
		case isLetter(last):
			b.WriteString("(?!['’.:][A-Za-z])")
		case isDigit(last):
			b.WriteString("(?!['’.,;][0-9])")
		}
	}
	b.WriteString(".*")
	return b.String()
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
