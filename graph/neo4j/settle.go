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

// Unsettled returns surnames whose people are to be resolved.
func (s *Store) Unsettled(ctx context.Context, limit int) ([]string, error) {
	rows, err := s.read(ctx, unsettledSurnames, map[string]any{"limit": limit})
	if err != nil {
		return nil, fmt.Errorf("unsettled surnames: %w", err)
	}
	surnames := make([]string, len(rows))
	for i, row := range rows {
		surnames[i] = text(row.Values[0])
	}
	if len(surnames) > 0 {
		return surnames, nil
	}
	if surnames, err = s.unsettledHeld(ctx, limit); err != nil {
		return nil, fmt.Errorf("unsettled surnames: %w", err)
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
	namings, generation, err := s.allNamings(ctx, surnames)
	if err != nil {
		return nil, 0, fmt.Errorf("namings of %d surnames: %w", len(surnames), err)
	}
	return namings, generation, nil
}

// tiedNamings are those that have their edges.
func (s *Store) tiedNamings(ctx context.Context, surnames []string) ([]graph.PlacedNaming, graph.Generation, error) {
	rows, err := s.whole(ctx, question{namingsOf, map[string]any{"surnames": surnames}})
	if err != nil || len(rows) == 0 {
		return nil, 0, err
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
		Forms: texts(formsOf(naming["name"], naming["forms"])), Titles: texts(naming["titles"]), Countries: decoded[string](naming["countries"]),
		Role: graph.MentionRole(text(naming["role"])), Count: int(number(naming["count"])), Tag: text(naming["tag"]),
	}
}

// Settle makes the people with the surnames exactly those given.
func (s *Store) Settle(ctx context.Context, surnames []string, people []graph.Settled, generation graph.Generation) error {
	var taken []*bucket
	err := s.write(ctx, func(w *writer) (err error) {
		s.held.forget(taken) // of an attempt that the server took back
		taken, err = s.settle(w, surnames, people, generation)
		s.held.put(taken) // while the store is locked: who settles next begins with what is left now
		return err
	})
	if err != nil {
		s.held.forget(taken)
	}
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
MATCH (name:Name|Key)-[e:NAMES]->(:Person {slug: row.key})
WHERE NOT name.key IN row.names AND NOT name.key IN row.keys
DELETE e
WITH DISTINCT name WHERE NOT EXISTS { (name)-[:NAMES]->() }
DELETE name`

	learnNames = `UNWIND $rows AS row
MATCH (p:Person {slug: row.key})
UNWIND row.names AS key
MERGE (name:Name {key: key})
MERGE (name)-[:NAMES]->(p)`

	learnKeys = `UNWIND $rows AS row
MATCH (p:Person {slug: row.key})
UNWIND row.keys AS key
MERGE (k:Key {key: key})
MERGE (k)-[:NAMES]->(p)`

	// Before the mentions, by which they are found: an edge that was imported (see Export) has no position.
	moveSigners = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})-[:MENTIONS {position: row.position}]->(from:Person)
WHERE from.slug <> row.person
MATCH (c)-[e:SIGNED_BY]->(from)
WHERE coalesce(e.position, row.position) = row.position
MATCH (to:Person {slug: row.person})
CREATE (c)-[moved:SIGNED_BY]->(to)
SET moved = properties(e)
DELETE e`

	moveClassifiers = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})-[:MENTIONS {position: row.position}]->(from:Person)
WHERE from.slug <> row.person
MATCH (c)-[e:CLASSIFIED_BY]->(from)
WHERE coalesce(e.position, row.position) = row.position
MATCH (to:Person {slug: row.person})
CREATE (c)-[moved:CLASSIFIED_BY]->(to)
SET moved = properties(e)
DELETE e`

	moveMentions = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.cable})-[e:MENTIONS {position: row.position}]->(from:Person)
WHERE from.slug <> row.person
MATCH (to:Person {slug: row.person})
CREATE (c)-[moved:MENTIONS]->(to)
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

// settle returns the buckets that it took held namings from, as they are then.
func (s *Store) settle(w *writer, surnames []string, people []graph.Settled, generation graph.Generation) ([]*bucket, error) {
	newer, err := w.run(writtenAfter, map[string]any{"surnames": surnames, "generation": int64(generation)})
	if err != nil {
		return nil, err
	}
	if len(newer) > 0 {
		return nil, graph.ErrConflict
	}
	held, err := s.heldOf(w, surnames, generation)
	if err != nil {
		return nil, err
	}
	rows := make([]map[string]any, len(people))
	slugs := make([]string, len(people))
	for i := range people {
		rows[i], slugs[i] = personRow(&people[i].Person), people[i].Person.Slug
	}
	fresh, moved := divide(people, waitingIn(surnames, held))
	if err := w.settlePeople(rows, fresh, moved); err != nil {
		return nil, err
	}
	others, err := w.run(othersWith, map[string]any{"surnames": surnames, "slugs": slugs})
	if err != nil {
		return nil, err
	}
	if err := w.sweep(list(others)); err != nil {
		return nil, err
	}
	if _, err = w.run(settled, map[string]any{"surnames": surnames}); err != nil {
		return nil, err
	}
	return w.take(surnames, held)
}

// divide returns the edges that namings get for the first time, and the namings
// whose edges may have to move.
func divide(people []graph.Settled, waiting map[graph.NamingKey]*naming) (fresh ties, moved []map[string]any) {
	for i := range people {
		slug := people[i].Person.Slug
		for _, key := range people[i].Namings {
			if n := waiting[key]; n != nil {
				fresh.add(slug, n)
				continue
			}
			moved = append(moved, map[string]any{"cable": string(key.Cable), "position": key.Position, "person": slug})
		}
	}
	return fresh, moved
}

func (w *writer) settlePeople(people []map[string]any, fresh ties, moved []map[string]any) error {
	for _, step := range []struct {
		statement string
		rows      []map[string]any
	}{
		{settlePeople, people},
		{forgetNames, people},
		{learnNames, people},
		{learnKeys, people},
		{moveSigners, moved},
		{moveClassifiers, moved},
		{moveMentions, moved},
		{untag, people},
		{tagPeople, people},
	} {
		if err := w.each(step.statement, step.rows); err != nil {
			return err
		}
	}
	if len(fresh.rows) == 0 {
		return nil
	}
	_, err := w.run(tieNamings, map[string]any{"rows": fresh.rows})
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
