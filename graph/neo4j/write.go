package neo4j

import (
	"context"
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
)

const nextGeneration = `MATCH (m:Meta {key: 'store'})
SET m.generation = m.generation + 1`

// Write puts cables in, or in place of what they were before.
func (s *Store) Write(ctx context.Context, records []graph.Record) error {
	if len(records) == 0 {
		return translate(ctx, ctx.Err())
	}
	rows := newBatch(records)
	err := s.write(ctx, func(w *writer) error { return w.records(rows) })
	if err != nil {
		return fmt.Errorf("write %d cables from %s on: %w", len(records), records[0].Cable.Reference, err)
	}
	return nil
}

// records writes a batch: first what the cables were tied to goes, then nodes
// come, then edges, then what nothing names any more goes.
func (w *writer) records(b *batch) error {
	if _, err := w.run(nextGeneration, nil); err != nil {
		return err
	}
	w.generation++
	ends, surnames, err := w.untie(b.references)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		statement string
		rows      []map[string]any
	}{
		{putCables, b.cables},
		{putAnnounced, b.announced},
		{putSlips, b.slips},
		{putPosts, b.posts},
		{putTags, b.tags},
	} {
		if err := w.each(step.statement, step.rows); err != nil {
			return err
		}
	}
	for _, step := range []struct {
		statement string
		edges     *edges
	}{
		{tieOrigins, &b.origins},
		{tieRecipients, &b.recipients},
		{tieTags, &b.tagged},
		{tieReferences, &b.citations},
	} {
		if err := w.tie(step.statement, step.edges); err != nil {
			return err
		}
	}
	written, err := w.name(b.namings)
	if err != nil {
		return err
	}
	if err := w.sweep(ends); err != nil {
		return err
	}
	return w.unsettle(written, surnames)
}

func (w *writer) tie(statement string, e *edges) error {
	if len(e.keys) == 0 {
		return nil
	}
	_, err := w.run(statement, map[string]any{"keys": e.keys, "rows": e.rows})
	return err
}

// name puts namings, each with an edge to its provisional person, and returns
// their surnames; while the store is being filled it only holds them.
func (w *writer) name(namings []naming) ([]string, error) {
	if w.filling {
		return nil, w.hold(namings)
	}
	return w.nameProvisionally(namings)
}

func (w *writer) nameProvisionally(namings []naming) ([]string, error) {
	people, edges, surnames := provisional(namings)
	if err := w.each(putPeople, people); err != nil || len(surnames) == 0 {
		return nil, err
	}
	_, err := w.run(tieNamings, map[string]any{"rows": edges.rows})
	return surnames, err
}

const untieCables = `UNWIND $references AS reference
MATCH (:Cable {reference: reference})-[e:SENT_FROM|SENT_TO|TAGGED|MENTIONS|SIGNED_BY|CLASSIFIED_BY|REFERENCES]->(end)
WITH e, elementId(end) AS end, e.surname AS surname
DELETE e
RETURN collect(DISTINCT end) AS ends, collect(DISTINCT surname) AS surnames`

const forgetSlips = `UNWIND $references AS reference
MATCH (slip:Slip)-[e:MEANS]->(:Cable {reference: reference})
DELETE e
WITH DISTINCT slip WHERE NOT EXISTS { (slip)-[:MEANS]->() }
DELETE slip`

const publishedOf = `MATCH (c:Cable)
WHERE c.reference IN $references AND c.published
RETURN collect(c.reference) AS published`

// untie deletes the edges that start at the cables, and the slips that lead to
// them; only published cables have any. It returns the ids of the nodes at their
// ends, and the surnames of their namings.
func (w *writer) untie(references []string) (ends, surnames []any, err error) {
	rows, err := w.run(publishedOf, map[string]any{"references": references})
	published := list(rows)
	if err != nil || len(published) == 0 {
		return nil, nil, err
	}
	params := map[string]any{"references": published, "generation": w.generation}
	if _, err := w.run(forgetSlips, params); err != nil {
		return nil, nil, err
	}
	if w.filling {
		if _, err := w.run(outdateHeld, params); err != nil {
			return nil, nil, err
		}
	}
	rows, err = w.run(untieCables, params)
	if err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	ends, _ = rows[0].Values[0].([]any)
	surnames, _ = rows[0].Values[1].([]any)
	return ends, surnames, nil
}

const sweepNodes = `UNWIND $ends AS end
MATCH (x) WHERE elementId(x) = end
AND NOT EXISTS { (x)<-[:SENT_FROM|SENT_TO|TAGGED|MENTIONS|REFERENCES]-() }
AND NOT coalesce(x.published, false)
WITH x, COLLECT { MATCH (name:Name|Key)-[:NAMES]->(x) RETURN name } AS names
DETACH DELETE x
WITH names
UNWIND names AS name
WITH DISTINCT name WHERE NOT EXISTS { (name)-[:NAMES]->() }
DELETE name`

// sweep deletes those of the nodes that nothing names any more, and the names that were theirs alone.
func (w *writer) sweep(ends []any) error {
	if len(ends) == 0 {
		return nil
	}
	_, err := w.run(sweepNodes, map[string]any{"ends": ends})
	return err
}

const unsettleSurnames = `UNWIND $written AS surname
MERGE (s:Surname {surname: surname})
SET s.written = $generation, s.unsettled = true`

// A person may still bear what a naming said that is gone now.
const unsettleLeft = `UNWIND $gone AS surname
MATCH (s:Surname {surname: surname})
SET s.written = $generation, s.unsettled = EXISTS { (:Person {surname: surname}) }`

// unsettle notes the surnames whose namings came, and those whose namings went.
func (w *writer) unsettle(written []string, gone []any) error {
	if len(gone) > 0 {
		if _, err := w.run(unsettleLeft, map[string]any{"gone": gone, "generation": w.generation}); err != nil {
			return err
		}
	}
	if len(written) == 0 {
		return nil
	}
	_, err := w.run(unsettleSurnames, map[string]any{"written": written, "generation": w.generation})
	return err
}

const knownOf = `MATCH (c:Cable)
WHERE c.reference IN $references AND c.published
WITH collect([c.reference, c.hash, c.sources]) AS known
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN known, coalesce(gate.version, 0) AS version`

// Known returns what is known of those of the cables that are here and published.
func (s *Store) Known(ctx context.Context, references []graph.Reference) (map[graph.Reference]graph.Known, error) {
	rows, err := s.whole(ctx, question{knownOf, map[string]any{"references": plain(references)}})
	if err != nil {
		return nil, fmt.Errorf("what is known of %d cables: %w", len(references), err)
	}
	found := list(rows)
	known := make(map[graph.Reference]graph.Known, len(found))
	for _, x := range found {
		row, _ := x.([]any)
		known[graph.Reference(text(row[0]))] = graph.Known{Hash: text(row[1]), Sources: sources(row[2])}
	}
	return known, nil
}

const setMark = `MERGE (m:Meta {key: $key})
SET m.documents = $documents, m.digest = $digest`

const dropMark = `MATCH (m:Meta {key: $key})
DELETE m`

// Mark notes how far the load of this name has come.
func (s *Store) Mark(ctx context.Context, load string, mark graph.Mark) error {
	err := s.locked(ctx, func(w *writer) error {
		statement := setMark
		if mark == (graph.Mark{}) {
			statement = dropMark
		}
		_, err := w.run(statement, map[string]any{"key": "load " + load, "documents": mark.Documents, "digest": mark.Digest})
		return err
	})
	if err != nil {
		return fmt.Errorf("note how far a load is: %w", err)
	}
	return nil
}

// Marked returns the last Mark of the load.
func (s *Store) Marked(ctx context.Context, load string) (graph.Mark, error) {
	rows, err := s.read(ctx, "MATCH (m:Meta {key: $key}) RETURN m.documents, m.digest", map[string]any{"key": "load " + load})
	if err != nil {
		return graph.Mark{}, fmt.Errorf("how far a load was: %w", err)
	}
	if len(rows) == 0 {
		return graph.Mark{}, nil
	}
	return graph.Mark{Documents: int(number(rows[0].Values[0])), Digest: text(rows[0].Values[1])}, nil
}

func plain(references []graph.Reference) []string {
	out := make([]string, len(references))
	for i, r := range references {
		out[i] = string(r)
	}
	return out
}

const addSources = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.reference}) WHERE c.published
SET c.sources = COLLECT { UNWIND c.sources + row.sources AS source RETURN DISTINCT source ORDER BY source }`

// The other ids that documents have for a published cable.
const putSlips = `UNWIND $rows AS row
MATCH (c:Cable {reference: row.reference}) WHERE c.published
MERGE (slip:Slip {reference: row.slip})
MERGE (slip)-[:MEANS]->(c)`

// AddSources adds to the sources of published cables.
func (s *Store) AddSources(ctx context.Context, added map[graph.Reference][]graph.Source) error {
	rows := make([]map[string]any, 0, len(added))
	var slipped []map[string]any
	for reference, sources := range added {
		rows = append(rows, map[string]any{"reference": string(reference), "sources": encodeSources(sources)})
		for _, slip := range slips(sources) {
			slipped = append(slipped, map[string]any{"reference": string(reference), "slip": slip})
		}
	}
	err := s.write(ctx, func(w *writer) error {
		if err := w.each(addSources, rows); err != nil {
			return err
		}
		return w.each(putSlips, slipped)
	})
	if err != nil {
		return fmt.Errorf("add sources of %d cables: %w", len(added), err)
	}
	return nil
}
