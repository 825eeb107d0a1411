package neo4j

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

const unsettledSurnames = `MATCH (s:Surname {unsettled: true})
RETURN s.surname AS surname
ORDER BY surname LIMIT $limit`

// Unsettled returns surnames whose people are to be resolved, in order.
func (s *Store) Unsettled(ctx context.Context, limit int) ([]string, error) {
	rows, err := s.read(ctx, unsettledSurnames, map[string]any{"limit": limit})
	if err != nil {
		return nil, fmt.Errorf("unsettled surnames: %w", err)
	}
	surnames := make([]string, len(rows))
	for i, row := range rows {
		surnames[i] = text(row.Values[0])
	}
	return surnames, nil
}

const namingsOf = `MATCH (store:Meta {key: 'store'})
WITH store.generation AS generation, COLLECT {
  MATCH (c:Cable)-[m:MENTIONS]->()
  WHERE m.surname IN $surnames
  WITH c, m ORDER BY c.reference, m.position
  RETURN {
    reference: c.reference, created: c.createdMinute, naming: properties(m),
    origin: COLLECT { MATCH (c)-[:SENT_FROM]->(p:Post) RETURN p { .slug, .country } }[0]
  }
} AS namings
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN namings, generation, coalesce(gate.version, 0) AS version`

// Namings returns every naming with one of the surnames, and the store's generation.
func (s *Store) Namings(ctx context.Context, surnames []string) ([]graph.PlacedNaming, graph.Generation, error) {
	rows, err := s.whole(ctx, question{namingsOf, map[string]any{"surnames": surnames}})
	if err != nil {
		return nil, 0, fmt.Errorf("namings of %d surnames: %w", len(surnames), err)
	}
	if len(rows) == 0 {
		return nil, 0, nil
	}
	found := list(rows)
	namings := make([]graph.PlacedNaming, len(found))
	for i, x := range found {
		row, _ := x.(map[string]any)
		namings[i] = placedNaming(row)
	}
	return namings, graph.Generation(number(rows[0].Values[1])), nil
}

func placedNaming(row map[string]any) graph.PlacedNaming {
	naming, _ := row["naming"].(map[string]any)
	origin, _ := row["origin"].(map[string]any)
	return graph.PlacedNaming{
		Cable: graph.Reference(text(row["reference"])), Position: int(number(naming["position"])),
		Origin: text(origin["slug"]), Country: text(origin["country"]),
		Created: graph.FromMinute(number(row["created"])),
		Name:    text(naming["name"]), Surname: text(naming["surname"]),
		Forms: texts(naming["forms"]), Titles: texts(naming["titles"]),
		Role: graph.MentionRole(text(naming["role"])), Count: int(number(naming["count"])), Tag: text(naming["tag"]),
	}
}

// Settle makes the people with the surnames exactly those given.
func (s *Store) Settle(ctx context.Context, surnames []string, people []graph.Settled, generation graph.Generation) error {
	rows := make([]map[string]any, 0, len(people))
	var namings []map[string]any
	for i := range people {
		p := &people[i]
		rows = append(rows, personRow(&p.Person))
		for _, n := range p.Namings {
			namings = append(namings, map[string]any{"cable": string(n.Cable), "position": n.Position, "person": p.Person.Slug})
		}
	}
	err := s.write(ctx, func(w *writer) error { return w.settle(surnames, rows, namings, generation) })
	if err != nil {
		return fmt.Errorf("settle %d surnames: %w", len(surnames), err)
	}
	return nil
}

const writtenAfter = `MATCH (s:Surname)
WHERE s.surname IN $surnames AND s.written > $generation
RETURN s.surname AS surname LIMIT 1`

// The statements of Settle, in their order.
const (
	settlePeople = `UNWIND $rows AS row
MERGE (p:Person {slug: row.key})
SET p = row.properties`

	forgetNames = `UNWIND $rows AS row
MATCH (name:Name)-[e:NAMES]->(:Person {slug: row.key})
WHERE NOT name.key IN row.names
DELETE e
WITH DISTINCT name WHERE NOT EXISTS { (name)-[:NAMES]->() }
DELETE name`

	learnNames = `UNWIND $rows AS row
MATCH (p:Person {slug: row.key})
UNWIND row.names AS key
MERGE (name:Name {key: key})
MERGE (name)-[:NAMES]->(p)`

	moveMentions = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})-[e:MENTIONS {position: row.position}]->(from:Person)
WHERE from.slug <> row.person
MATCH (to:Person {slug: row.person})
CREATE (c)-[moved:MENTIONS]->(to)
SET moved = properties(e)
DELETE e`

	moveSigners = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})-[e:SIGNED_BY {position: row.position}]->(from:Person)
WHERE from.slug <> row.person
MATCH (to:Person {slug: row.person})
CREATE (c)-[moved:SIGNED_BY]->(to)
SET moved = properties(e)
DELETE e`

	moveClassifiers = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})-[e:CLASSIFIED_BY {position: row.position}]->(from:Person)
WHERE from.slug <> row.person
MATCH (to:Person {slug: row.person})
CREATE (c)-[moved:CLASSIFIED_BY]->(to)
SET moved = properties(e)
DELETE e`

	untag = `UNWIND $rows AS row
MATCH (:Tag)-[e:TAG_OF]->(:Person {slug: row.key})
DELETE e`

	tagPeople = `UNWIND $rows AS row
MATCH (t:Tag {code: row.tag})
MATCH (p:Person {slug: row.key})
CREATE (t)-[:TAG_OF]->(p)`

	othersWith = `MATCH (p:Person)
WHERE p.surname IN $surnames AND NOT p.slug IN $slugs
RETURN collect(elementId(p)) AS others`

	settled = `MATCH (s:Surname)
WHERE s.surname IN $surnames
SET s.unsettled = false`
)

func (w *writer) settle(surnames []string, people, namings []map[string]any, generation graph.Generation) error {
	newer, err := w.run(writtenAfter, map[string]any{"surnames": surnames, "generation": int64(generation)})
	if err != nil {
		return err
	}
	if len(newer) > 0 {
		return graph.ErrConflict
	}
	for _, step := range []struct {
		statement string
		rows      []map[string]any
	}{
		{settlePeople, people},
		{forgetNames, people},
		{learnNames, people},
		{moveMentions, namings},
		{moveSigners, namings},
		{moveClassifiers, namings},
		{untag, people},
		{tagPeople, people},
	} {
		if err := w.each(step.statement, step.rows); err != nil {
			return err
		}
	}
	slugs := make([]any, len(people))
	for i, row := range people {
		slugs[i] = row["key"]
	}
	others, err := w.run(othersWith, map[string]any{"surnames": surnames, "slugs": slugs})
	if err != nil {
		return err
	}
	if err := w.sweep(list(others)); err != nil {
		return err
	}
	_, err = w.run(settled, map[string]any{"surnames": surnames})
	return err
}

// list is the list in the first value of the only row.
func list(rows []*neo4j.Record) []any {
	if len(rows) == 0 {
		return nil
	}
	values, _ := rows[0].Values[0].([]any)
	return values
}
