package sqlite

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// expr is a piece of SQL with the arguments of its parameters, in their order.
type expr struct {
	text string
	args []any
}

// sql makes a piece out of a format, whose %s stand for pieces.
func sql(format string, parts ...expr) expr {
	texts := make([]any, len(parts))
	var args []any
	for i, p := range parts {
		texts[i] = p.text
		args = append(args, p.args...)
	}
	return expr{fmt.Sprintf(format, texts...), args}
}

// raw makes a piece out of a text without parameters, arg one parameter.
func raw(text string) expr { return expr{text: text} }
func arg(value any) expr   { return expr{"?", []any{value}} }

var (
	always = raw("1")
	never  = raw("0")
)

// maxJoined is how many pieces stand in one row. SQLite allows 1,000 levels in an
// expression, and a AND b AND c … has as many as pieces; halves of halves have few.
const maxJoined = 64

// joined puts an operator between pieces; without pieces it gives empty.
func joined(operator string, parts []expr, empty expr) expr {
	switch n := len(parts); {
	case n == 0:
		return empty
	case n == 1:
		return parts[0]
	case n > maxJoined:
		return joined(operator, []expr{joined(operator, parts[:n/2], empty), joined(operator, parts[n/2:], empty)}, empty)
	}
	texts := make([]string, len(parts))
	var args []any
	for i, p := range parts {
		texts[i] = p.text
		args = append(args, p.args...)
	}
	return expr{"(" + strings.Join(texts, operator) + ")", args}
}

// allOf leaves out what is always true.
func allOf(parts ...expr) expr {
	real := make([]expr, 0, len(parts))
	for _, p := range parts {
		if p.text != always.text {
			real = append(real, p)
		}
	}
	return joined(" AND ", real, always)
}

func anyOf(parts ...expr) expr { return joined(" OR ", parts, never) }
func not(x expr) expr          { return sql("NOT (%s)", x) }

// list is a list of texts as one parameter, so that lists of any length give the same text.
func list(values []string) expr { return arg(listJSON(values)) }

func listJSON[E any](values []E) string {
	if len(values) == 0 {
		return "[]"
	}
	b, err := json.Marshal(values)
	if err != nil {
		panic(err) // texts, numbers and plain structs of both
	}
	return string(b)
}

// term is one condition of a filter on some node.
type term struct {
	// check is the condition asked of one node.
	check expr
	// drive, where not empty, selects the ids of all nodes that meet it, by an index.
	drive expr
	// loose is set where drive finds others too, so that check must still be asked.
	loose bool
	// rank says how few these are likely to be: the lowest drives.
	rank int
	// estimate selects their number.
	estimate expr
}

// The ranks of drives. What is named by its key comes first; tags, of which
// each cable has a dozen, last.
const (
	rankKey = iota
	rankText
	rankPerson
	rankCitation
	rankPost
	rankTag
	rankUnion
)

// drives tells whether the term can start a search.
func (t term) drives() bool { return t.drive.text != "" }

// best returns the index of the term that should drive, -1 for none.
func best(terms []term) int {
	at := -1
	for i, t := range terms {
		if t.drives() && (at < 0 || t.rank < terms[at].rank) {
			at = i
		}
	}
	return at
}

// condition joins terms on the node id, started by the term at drive (-1: by none).
func condition(terms []term, id string, drive int) expr {
	parts := make([]expr, 0, len(terms))
	if drive >= 0 {
		parts = append(parts, sql(id+" IN (%s)", terms[drive].drive))
	}
	for i, t := range terms {
		if i != drive || t.loose {
			parts = append(parts, t.check)
		}
	}
	return allOf(parts...)
}

// maxUnion is how many drives are united: SQLite allows 500.
const maxUnion = 100

// alternatives is the term for an OR of filters, each given by its terms on the
// node id. Where each of them has a drive, they are united to one: each finds
// more than its branch lets through, so the check stays.
func alternatives(branches [][]term, id string) term {
	t := term{rank: rankUnion, loose: true}
	var checks, drives, estimates []expr
	for _, terms := range branches {
		checks = append(checks, condition(terms, id, -1))
		if at := best(terms); at >= 0 {
			drives = append(drives, sql("SELECT id FROM (%s)", terms[at].drive))
			estimates = append(estimates, sql("COALESCE((%s), 0)", terms[at].estimate))
		}
	}
	t.check = anyOf(checks...)
	if n := len(drives); n > 0 && n == len(branches) && n <= maxUnion {
		t.drive = drives[0]
		for _, d := range drives[1:] {
			t.drive = sql("%s UNION %s", t.drive, d)
		}
		t.estimate = sql("SELECT %s", joined(" + ", estimates, never))
	}
	return t
}

// filters compiles filters to terms. It numbers the aliases of tables, so that
// equal filters always give equal texts.
type filters struct {
	aliases int
}

// alias returns a new name for a table.
func (f *filters) alias(prefix string) string {
	f.aliases++
	return prefix + strconv.Itoa(f.aliases)
}

// textSet selects the ids of the cables that a full-text question matches in
// its columns, "" for subject and body.
func textSet(column, question string) (expr, error) {
	text, err := graph.ParseText(question)
	if err != nil {
		return expr{}, err
	}
	return sql("SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH %s", arg(matchText(column, text))), nil
}

// matchText writes a full-text question in FTS5's language.
func matchText(column string, text graph.Text) string {
	var b strings.Builder
	if column != "" {
		b.WriteString("{" + column + "} : (")
	}
	for i, all := range text.Any {
		if i > 0 {
			b.WriteString(" OR ")
		}
		b.WriteString("(" + matchPhrases(all.All, " AND "))
		if len(all.None) > 0 {
			b.WriteString(" NOT (" + matchPhrases(all.None, " OR ") + ")")
		}
		b.WriteString(")")
	}
	if column != "" {
		b.WriteString(")")
	}
	return b.String()
}

func matchPhrases(phrases []graph.Phrase, operator string) string {
	texts := make([]string, len(phrases))
	for i, p := range phrases {
		texts[i] = `"` + strings.Join(p.Words, " ") + `"`
		if p.Prefix {
			texts[i] += " *"
		}
	}
	return strings.Join(texts, operator)
}

// nameSet selects the nodes of a kind with exactly this name.
func nameSet(kind int, name string) expr {
	return sql(fmt.Sprintf("SELECT node AS id FROM name WHERE key = %%s AND kind = %d", kind), arg(graph.Fold(name)))
}

// wordSet selects the nodes of a kind with all these words in one name.
func wordSet(kind int, words string) (expr, bool) {
	phrases := graph.ParseWords(words)
	if len(phrases) == 0 {
		return expr{}, false
	}
	return sql(fmt.Sprintf("SELECT node AS id FROM name_fts JOIN name ON name.id = name_fts.rowid WHERE name_fts MATCH %%s AND kind = %d", kind),
		arg(matchPhrases(phrases, " AND "))), true
}

// names are the terms of Name and NameContains on the node id.
func names(kind int, id string, name, contains *string) []term {
	var terms []term
	if name != nil {
		set := nameSet(kind, *name)
		terms = append(terms, member(id, set, rankKey))
	}
	if contains != nil {
		set, ok := wordSet(kind, *contains)
		if !ok {
			return append(terms, term{check: never})
		}
		terms = append(terms, member(id, set, rankText))
	}
	return terms
}

// member is the term that says that the node id is in a set. The plus keeps
// SQLite from starting at the set where only a check is wanted.
func member(id string, set expr, rank int) term {
	return term{check: sql("+"+id+" IN (%s)", set), drive: set, rank: rank, estimate: sql("SELECT COUNT(*) FROM (SELECT 1 FROM (%s) LIMIT 5000)", set)}
}

// keys is the term for global ids of a kind on the node with this alias.
func keys(kind graph.Kind, ids []graph.ID, alias string) (term, error) {
	values, err := graph.Keys(kind, ids)
	if err != nil {
		return term{}, err
	}
	return keyed(kind, values, alias), nil
}

// keyed is the term for keys of a kind on the node with this alias.
func keyed(kind graph.Kind, values []string, alias string) term {
	t := tables[kind]
	return member(alias+".id", sql("SELECT id FROM "+t.name+" WHERE "+t.key+" IN (SELECT value FROM json_each(%s))", list(values)), rankKey)
}

// table says where a kind of node is kept.
type table struct{ name, key, alias string }

var tables = map[graph.Kind]table{
	graph.KindCable:  {"cable", "reference", "c"},
	graph.KindPost:   {"post", "slug", "p"},
	graph.KindPerson: {"person", "slug", "h"},
	graph.KindTag:    {"tag", "code", "t"},
}
