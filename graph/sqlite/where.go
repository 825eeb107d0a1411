package sqlite

import (
	"strconv"

	"github.com/cablegraph/cablegraph/graph"
)

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
	// alone, where not empty, is check without any set of all that meet it: for a list
	// that is walked because they are many. many selects whether they are.
	alone, many expr
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

// conditions asks the terms of the node id; the one at drive (-1: none) starts the search.
func conditions(terms []term, id string, drive int) []expr {
	parts := make([]expr, 0, len(terms))
	if drive >= 0 {
		parts = append(parts, sql(id+" IN (%s)", terms[drive].drive))
	}
	for i, t := range terms {
		if i != drive || t.loose {
			parts = append(parts, t.check)
		}
	}
	return parts
}

// condition is conditions joined to one.
func condition(terms []term, id string, drive int) expr {
	return allOf(conditions(terms, id, drive)...)
}

// maxUnion is how many drives are united: SQLite allows 500.
const maxUnion = 100

// alternatives is the term for an OR of filters, each given by its terms on the
// node id. Where each of them has a drive, they are united to one. That of a branch with
// more terms finds more than the branch lets through; then the check stays.
func alternatives(branches [][]term, id string) term {
	t := term{rank: rankUnion}
	var checks, drives, estimates []expr
	for _, terms := range branches {
		checks = append(checks, condition(terms, id, -1))
		if at := best(terms); at >= 0 {
			t.loose = t.loose || len(terms) > 1 || terms[at].loose
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

// names are the terms of Name and NameContains on the node id.
func names(kind int, id string, name, contains *string) []term {
	var terms []term
	if name != nil {
		set := nameSet(kind, *name)
		terms = append(terms, member(id, set, rankKey))
	}
	if contains != nil {
		phrases := graph.ParseWords(*contains)
		if len(phrases) == 0 {
			return append(terms, term{check: never})
		}
		t := member(id, wordSet(kind, phrases), rankText)
		t.alone, t.many = hasWords(kind, id, phrases), manyNames(phrases)
		terms = append(terms, t)
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
