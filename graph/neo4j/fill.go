package neo4j

import (
	"context"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// A first load of a whole archive would spend most of its time on what nobody
// looks at yet: on keeping the indexes of questions, and on ties to provisional
// people that Settle moves elsewhere. So while an empty store is being filled,
// which its node Meta {key: "store", filling: true} says,
//
//   - the indexes that serve questions only are not there, see schema.go;
//   - namings are held, see held.go: Settle makes their edges, once and to the
//     right people.
//
// All else is as ever: cables are replaced, readers see whole batches.

// Whether the store is empty, or still being filled without a cable.
const beginToFill = `MATCH (m:Meta {key: 'store'})
WHERE NOT EXISTS { (:Cable) }
SET m.filling = true
RETURN m.filling AS filling`

// Fill prepares an empty store for a load of many cables.
func (s *Store) Fill(ctx context.Context) error {
	var empty bool
	err := s.locked(ctx, func(w *writer) error {
		rows, err := w.run(beginToFill, nil)
		empty = len(rows) > 0
		return err
	})
	if err == nil && empty {
		err = s.dropIndexes(ctx)
	}
	if err != nil {
		return fmt.Errorf("prepare to be filled: %w", err)
	}
	return nil
}

const noteLoaded = `MATCH (m:Meta {key: 'store'})
SET m.loadedAt = $at
REMOVE m.filling`

// What only a filling needs.
const forgetFilling = `MATCH (o:Outdated)
DELETE o
WITH count(*) AS none
MATCH (s:Surname) WHERE s.taken IS NOT NULL
REMOVE s.taken`

// Loaded notes the end of a load. After a filling it makes the missing indexes,
// and waits for them: over a whole archive that takes minutes.
func (s *Store) Loaded(ctx context.Context, at time.Time) error {
	err := s.release(ctx)
	if err == nil {
		err = s.makeSchema(ctx, false, true)
	}
	if err == nil {
		err = s.write(ctx, func(w *writer) error {
			if _, err := w.run(noteLoaded, map[string]any{"at": at.UTC()}); err != nil || !w.filling {
				return err
			}
			_, err := w.run(forgetFilling, nil)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("note the end of a load: %w", err)
	}
	return nil
}

// release gives the namings that are still held to their provisional people.
func (s *Store) release(ctx context.Context) error {
	for {
		left := false
		err := s.write(ctx, func(w *writer) error {
			if !w.filling {
				return nil
			}
			buckets, err := w.buckets()
			if err != nil || len(buckets) == 0 {
				return err
			}
			left = true
			return w.releaseBucket(buckets[0])
		})
		if err != nil || !left {
			return err
		}
	}
}

func (w *writer) releaseBucket(id int64) error {
	rows, err := w.run(heldIn, map[string]any{"bucket": id})
	if err != nil {
		return err
	}
	b, err := readBucket(id, rows)
	if err != nil {
		return err
	}
	var namings []naming
	for _, list := range b.bySurname {
		namings = append(namings, list...)
	}
	written, err := w.nameProvisionally(namings)
	if err == nil {
		err = w.unsettle(written, nil)
	}
	if err != nil {
		return err
	}
	_, err = w.run(dropHeld, map[string]any{"ids": b.nodes})
	return err
}

// fillState is how far a filling is.
type fillState struct {
	filling    bool
	generation graph.Generation
}

const lookAtFilling = `MATCH (m:Meta {key: 'store'})
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN m.filling AS filling, m.generation AS generation, coalesce(gate.version, 0) AS version`

func (s *Store) fillState(ctx context.Context) (fillState, error) {
	rows, err := s.whole(ctx, question{lookAtFilling, nil})
	if err != nil || len(rows) == 0 {
		return fillState{}, err
	}
	return fillState{filling: rows[0].Values[0] == true, generation: graph.Generation(number(rows[0].Values[1]))}, nil
}
