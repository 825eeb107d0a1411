package neo4j

import (
	"encoding/json"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// The statements that put nodes. Nodes that depend on their key alone are
// filled when they are made; so is a person, whom Settle makes right.
const (
	putCables = `UNWIND $rows AS row
MERGE (c:Cable {reference: row.reference})
SET c = row`

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
UNWIND row.names AS key
MERGE (name:Name {key: key})
CREATE (name)-[:NAMES]->(x)`
)

// The statements that tie the cables of a batch, which have no edges yet.
const (
	tieOrigins = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})
MATCH (p:Post {slug: row.to})
CREATE (c)-[:SENT_FROM]->(p)`

	tieRecipients = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})
MATCH (p:Post {slug: row.to})
CREATE (c)-[e:SENT_TO]->(p)
SET e = row.properties`

	tieTags = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})
MATCH (t:Tag {code: row.to})
CREATE (c)-[e:TAGGED]->(t)
SET e = row.properties`

	tieReferences = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})
MATCH (other:Cable {reference: row.to})
CREATE (c)-[e:REFERENCES]->(other)
SET e = row.properties`

	tieMentions = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})
MATCH (p:Person {slug: row.to})
CREATE (c)-[e:MENTIONS]->(p)
SET e = row.properties`

	tieSigners = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})
MATCH (p:Person {slug: row.to})
CREATE (c)-[e:SIGNED_BY]->(p)
SET e = row.properties`

	tieClassifiers = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})
MATCH (p:Person {slug: row.to})
CREATE (c)-[e:CLASSIFIED_BY]->(p)
SET e = row.properties`
)

// batch is some records as rows for the statements above.
type batch struct {
	references []string // of the cables
	surnames   []string // of the namings

	cables, announced, posts, tags, people []map[string]any

	origins, recipients, tagged, citations, mentions, signers, classifiers []map[string]any

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
	slices.Sort(b.surnames)
	b.surnames = slices.Compact(b.surnames)
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

// tie adds an edge from a cable to the node with the key.
func tie(rows *[]map[string]any, r *graph.Record, to string, properties map[string]any) {
	*rows = append(*rows, map[string]any{"cable": string(r.Cable.Reference), "to": to, "properties": properties})
}

func (b *batch) record(r *graph.Record) {
	b.references = append(b.references, string(r.Cable.Reference))
	b.cables = append(b.cables, cableRow(&r.Cable))
	if r.Origin != nil {
		b.post(r.Origin)
		tie(&b.origins, r, r.Origin.Slug, nil)
	}
	for i := range r.Recipients {
		to := &r.Recipients[i]
		b.post(&to.Post)
		tie(&b.recipients, r, to.Post.Slug, map[string]any{
			"position": i, "action": to.Action, "precedence": string(to.Precedence), "as": to.As,
		})
	}
	for i := range r.Tags {
		b.tag(&r.Tags[i])
		tie(&b.tagged, r, r.Tags[i].Code, map[string]any{"position": i})
	}
	for i, c := range r.References {
		if b.first(graph.NewID(graph.KindCable, string(c.Reference))) {
			b.announced = append(b.announced, cableRow(&graph.Cable{Reference: c.Reference}))
		}
		tie(&b.citations, r, string(c.Reference), map[string]any{"position": i, "label": c.Label, "as": c.As})
	}
	for i := range r.People {
		b.naming(r, i)
	}
}

func (b *batch) post(p *graph.Post) {
	if !b.first(p.ID()) {
		return
	}
	b.posts = append(b.posts, map[string]any{"key": p.Slug, "names": p.Names(), "properties": map[string]any{
		"slug": p.Slug, "name": p.Name, "kind": string(p.Kind), "city": p.City, "country": p.Country,
		"aliases": filled(p.Aliases), "cityText": graph.Fold(p.City), "countryText": graph.Fold(p.Country),
	}})
}

func (b *batch) tag(t *graph.Tag) {
	if !b.first(t.ID()) {
		return
	}
	b.tags = append(b.tags, map[string]any{"key": t.Code, "names": t.Names(), "properties": map[string]any{
		"code": t.Code, "name": t.Name, "kind": string(t.Kind),
	}})
}

func (b *batch) naming(r *graph.Record, position int) {
	n := &r.People[position]
	p := n.Provisional()
	if b.first(p.ID()) {
		b.people = append(b.people, personRow(&p))
	}
	b.surnames = append(b.surnames, n.Surname)
	tie(&b.mentions, r, p.Slug, map[string]any{
		"position": position, "name": n.Name, "surname": n.Surname, "tag": n.Tag,
		"count": n.Count, "forms": filled(n.Forms), "titles": filled(n.Titles), "role": string(n.Role),
		"paragraphs": filled(n.Paragraphs), "spans": graph.EncodeSpans(n.Spans, n.Forms),
		"confidence": n.Confidence, "rule": n.Rule,
	})
	if n.SignedAs != "" {
		tie(&b.signers, r, p.Slug, map[string]any{"as": n.SignedAs, "position": position})
	}
	if n.ClassifiedAs != "" {
		tie(&b.classifiers, r, p.Slug, map[string]any{"as": n.ClassifiedAs, "position": position})
	}
}

// personRow is a person as a row for putPeople and for Settle.
func personRow(p *graph.Person) map[string]any {
	return map[string]any{"key": p.Slug, "names": p.Names(), "tag": p.Tag, "properties": map[string]any{
		"slug": p.Slug, "name": p.Name, "surname": p.Surname, "aliases": filled(p.Aliases),
		"titles": filled(p.Titles), "titleKeys": filled(p.TitleKeys()), "tag": given(p.Tag),
	}}
}

// cableRow is a cable's properties. Those that filters and orders look at are
// always there, so that none of them compares with null; subjectText and
// bodyText are the folded texts, which the full-text index covers.
func cableRow(c *graph.Cable) map[string]any {
	row := map[string]any{
		"reference": string(c.Reference), "published": c.Published,
		"createdMinute": graph.Minute(c.Created), "releasedMinute": graph.Minute(c.Released),
		"level": int64(graph.LevelUnknown), "caveats": []string{},
		"subjectText": "", "bodyText": "",
	}
	if !c.Published {
		return row
	}
	if !c.Created.IsZero() {
		row["created"] = c.Created.UTC()
	}
	if !c.Released.IsZero() {
		row["released"] = c.Released.UTC()
	}
	if cl := c.Classification; cl != nil {
		row["classification"], row["level"], row["caveats"] = cl.Label, int64(cl.Level), filled(cl.Caveats)
	}
	row["subject"], row["subjectText"] = c.Subject, graph.Fold(c.Subject)
	row["body"], row["bodyText"] = c.Body, graph.Fold(c.Body)
	row["summary"], row["header"] = given(c.Summary), given(c.Header)
	row["otherReferences"] = filled(c.OtherReferences)
	row["sources"], row["hash"] = encodeSources(c.Sources), c.Hash
	if len(c.Paragraphs) > 0 {
		row["paragraphs"] = encode(c.Paragraphs)
	}
	return row
}

// given is a string as a property: an empty one is none.
func given(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// filled is a list as a property: never null.
func filled[E any](list []E) []E {
	if list == nil {
		return []E{}
	}
	return list
}

// encodeSources makes each source a string of JSON, each once, sorted.
func encodeSources(sources []graph.Source) []string {
	out := make([]string, 0, len(sources))
	for _, source := range sources {
		out = append(out, encode(source))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// encode is for plain structs of strings and numbers, which always can be encoded.
func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}
