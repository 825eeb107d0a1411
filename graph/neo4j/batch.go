package neo4j

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// The statements that put nodes. Nodes that depend on their key alone are
// filled when they are made; so is a person, whom Settle makes right. A cable's
// written is the generation in which its text was put in.
const (
	putCables = `UNWIND $rows AS row
MERGE (c:Cable {reference: row.reference})
WITH c, row, CASE WHEN c.hash = row.hash THEN c.written WHEN row.published THEN $generation END AS written
SET c = row, c.written = written`

	putAnnounced = `UNWIND $rows AS row
MERGE (c:Cable {reference: row.reference})
ON CREATE SET c = row`

	putPosts = `UNWIND $rows AS row
MERGE (x:Post {slug: row.key})
ON CREATE SET x = row.properties
WITH x, row WHERE NOT EXISTS { (:Name)-[:NAMES]->(x) }
UNWIND row.names AS key
MERGE (name:Name {key: key})
CREATE (name)-[:NAMES]->(x)`

	putTags = `UNWIND $rows AS row
MERGE (x:Tag {code: row.key})
ON CREATE SET x = row.properties
WITH x, row WHERE NOT EXISTS { (:Name)-[:NAMES]->(x) }
CALL (x) {
  MATCH (p:Person {tag: x.code})
  CREATE (x)-[:TAG_OF]->(p)
}
UNWIND row.names AS key
MERGE (name:Name {key: key})
CREATE (name)-[:NAMES]->(x)`

	putPeople = `UNWIND $rows AS row
MERGE (x:Person {slug: row.key})
ON CREATE SET x = row.properties
WITH x, row WHERE NOT EXISTS { (:Name)-[:NAMES]->(x) }
FOREACH (key IN row.keys | MERGE (k:Key {key: key}) MERGE (k)-[:NAMES]->(x))
WITH x, row
UNWIND row.names AS key
MERGE (name:Name {key: key})
CREATE (name)-[:NAMES]->(x)`
)

// numbered writes a map of properties whose values are those of the list v, in order.
func numbered(names []string) string {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = name + ": v[" + strconv.Itoa(i) + "]"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// tie is the statement that ties the cables of a batch, which have no edges yet,
// to nodes with keys. Each node is looked up once, then it has a number: rows are
// [reference, [[number, values], …]].
func tie(edge, node string, properties []string) string {
	return fmt.Sprintf(`UNWIND range(0, size($keys) - 1) AS i
MATCH (x:%[2]s $keys[i]})
WITH i, x ORDER BY i
WITH collect(x) AS nodes
UNWIND $rows AS row
MATCH (c:Cable {reference: row[0]})
UNWIND row[1] AS tie
WITH c, nodes[tie[0]] AS x, tie[1] AS v
CREATE (c)-[:%[1]s %[3]s]->(x)`, edge, node, numbered(properties))
}

var (
	tieOrigins    = tie("SENT_FROM", "Post {slug:", nil)
	tieRecipients = tie("SENT_TO", "Post {slug:", sentToProperties)
	tieTags       = tie("TAGGED", "Tag {code:", taggedProperties)
	tieReferences = tie("REFERENCES", "Cable {reference:", referencesProperties)
)

// edges are the rows of one such statement.
type edges struct {
	keys []string
	rows []any
	at   map[string]int // key → its number
}

// start begins the edges of a cable.
func (e *edges) start(cable string) { e.rows = append(e.rows, []any{cable, []any{}}) }

// add adds an edge from the last cable begun to the node with the key.
func (e *edges) add(key string, values []any) {
	i, known := e.at[key]
	if !known {
		if e.at == nil {
			e.at = map[string]int{}
		}
		i = len(e.keys)
		e.at[key] = i
		e.keys = append(e.keys, key)
	}
	row := e.rows[len(e.rows)-1].([]any)
	row[1] = append(row[1].([]any), []any{i, values})
}

// batch is some records as rows for the statements above.
type batch struct {
	references []string // of the cables
	namings    []naming

	cables, announced, posts, tags, slips  []map[string]any
	origins, recipients, tagged, citations edges

	seen map[string]bool // nodes by kind and key
}

func newBatch(records []graph.Record) *batch {
	b := &batch{seen: make(map[string]bool, 16*len(records))}
	for i := range records {
		b.seen["cable:"+string(records[i].Cable.Reference)] = true
	}
	for i := range records {
		b.record(&records[i])
	}
	return b
}

// first tells whether the node comes for the first time in this batch.
func (b *batch) first(id graph.ID) bool {
	if b.seen[string(id)] {
		return false
	}
	b.seen[string(id)] = true
	return true
}

func (b *batch) record(r *graph.Record) {
	reference := string(r.Cable.Reference)
	b.references = append(b.references, reference)
	marks, named := r.Marks()
	b.cables = append(b.cables, cableProperties(&r.Cable, marks))
	for _, slip := range slips(r.Cable.Sources) {
		b.slips = append(b.slips, map[string]any{"reference": reference, "slip": slip})
	}
	for _, e := range []*edges{&b.origins, &b.recipients, &b.tagged, &b.citations} {
		e.start(reference)
	}
	if r.Origin != nil {
		b.post(r.Origin)
		b.origins.add(r.Origin.Slug, nil)
	}
	for i := range r.Recipients {
		b.post(&r.Recipients[i].Post)
		b.recipients.add(r.Recipients[i].Post.Slug, sentTo(i, &r.Recipients[i]))
	}
	for i := range r.Tags {
		b.tag(&r.Tags[i])
		b.tagged.add(r.Tags[i].Code, tagged(i, r.Tags[i].Code, r.Cable.Created))
	}
	for i := range r.References {
		c := &r.References[i]
		if b.first(graph.NewID(graph.KindCable, string(c.Reference))) {
			b.announced = append(b.announced, cableProperties(&graph.Cable{Reference: c.Reference}, ""))
		}
		b.citations.add(string(c.Reference), citation(i, c))
	}
	for i := range r.People {
		b.namings = append(b.namings, newNaming(r, i, named[i]))
	}
}

func (b *batch) post(p *graph.Post) {
	if b.first(p.ID()) {
		b.posts = append(b.posts, map[string]any{"key": p.Slug, "names": p.Names(), "properties": postProperties(p)})
	}
}

func (b *batch) tag(t *graph.Tag) {
	if b.first(t.ID()) {
		b.tags = append(b.tags, map[string]any{"key": t.Code, "names": t.Names(), "properties": tagProperties(t)})
	}
}

// personRow is a person as a row for putPeople and for Settle.
func personRow(p *graph.Person) map[string]any {
	return map[string]any{"key": p.Slug, "names": p.Names(), "keys": p.Keys(), "tag": p.Tag, "properties": personProperties(p)}
}

// provisional returns the people that namings stand for until they are resolved,
// the edges to them, and their surnames.
func provisional(namings []naming) (people []map[string]any, edges ties, surnames []string) {
	seen := map[string]bool{}
	for i := range namings {
		n := &namings[i]
		p := n.provisional()
		if !seen[p.Slug] {
			seen[p.Slug] = true
			people = append(people, personRow(&p))
		}
		edges.add(p.Slug, n)
		surnames = append(surnames, n.Surname)
	}
	slices.Sort(surnames)
	return people, edges, slices.Compact(surnames)
}
