package neo4j

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Which of the surnames have, or had, namings with edges?
const surnamesTied = `WITH COLLECT { MATCH (s:Surname) WHERE s.surname IN $surnames RETURN [s.surname, coalesce(s.taken, -1)] } AS tied,
  COLLECT { MATCH (m:Meta {key: 'store'}) RETURN m.generation }[0] AS generation
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN tied, generation, coalesce(gate.version, 0) AS version`

// allNamings returns the namings that have edges and those that are held.
func (s *Store) allNamings(ctx context.Context, surnames []string) ([]graph.PlacedNaming, graph.Generation, error) {
	state, err := s.fillState(ctx)
	if err != nil {
		return nil, 0, err
	}
	if !state.filling {
		return s.tiedNamings(ctx, surnames)
	}
	for range readersPatience {
		namings, generation, err := s.namingsNow(ctx, surnames)
		if err != nil || generation >= 0 {
			return namings, generation, err
		}
	}
	return nil, 0, graph.ErrConflict
}

// namingsNow gives generation -1 where a writer came between its questions.
func (s *Store) namingsNow(ctx context.Context, surnames []string) ([]graph.PlacedNaming, graph.Generation, error) {
	rows, err := s.whole(ctx, question{surnamesTied, map[string]any{"surnames": surnames}})
	if err != nil {
		return nil, 0, err
	}
	tied, generation := generations(rows[0].Values[0]), graph.Generation(number(rows[0].Values[1]))
	var namings []graph.PlacedNaming
	for id, names := range byBucket(surnames) {
		b, err := s.bucket(ctx, id, generation)
		if err != nil {
			return nil, 0, err
		}
		if b.generation != generation || b.stale(names, tied) {
			s.held.forget([]*bucket{b})
			return nil, -1, nil
		}
		for _, surname := range names {
			for i := range b.bySurname[surname] {
				namings = append(namings, b.bySurname[surname][i].placed())
			}
		}
	}
	if len(tied) > 0 {
		more, at, err := s.tiedNamings(ctx, slices.Collect(maps.Keys(tied)))
		if err != nil {
			return nil, 0, err
		}
		if at != generation {
			return nil, -1, nil
		}
		namings = append(namings, more...)
	}
	slices.SortFunc(namings, func(a, b graph.PlacedNaming) int {
		return cmp.Or(cmp.Compare(a.Cable, b.Cable), cmp.Compare(a.Position, b.Position))
	})
	return namings, generation, nil
}

// byBucket groups surnames by their bucket.
func byBucket(surnames []string) map[int64][]string {
	out := map[int64][]string{}
	for _, surname := range surnames {
		id := bucketOf(surname)
		out[id] = append(out[id], surname)
	}
	return out
}

// stale tells whether one of the surnames was settled after the bucket was read.
func (b *bucket) stale(surnames []string, taken map[string]int64) bool {
	return slices.ContainsFunc(surnames, func(surname string) bool {
		now, some := taken[surname]
		before, known := b.taken[surname]
		return some && now >= 0 && (!known || now != before)
	})
}

// heldOf returns the buckets of the surnames as they are now. It is a conflict
// where a naming with one of them was written after the generation.
func (s *Store) heldOf(w *writer, surnames []string, generation graph.Generation) (map[int64]*bucket, error) {
	if !w.filling || len(surnames) == 0 {
		return nil, nil
	}
	rows, err := w.run(surnamesTied, map[string]any{"surnames": surnames})
	if err != nil {
		return nil, err
	}
	tied := generations(rows[0].Values[0])
	held := map[int64]*bucket{}
	for id, names := range byBucket(surnames) {
		b := s.held.get(id)
		if b == nil || int64(b.generation) != w.generation || b.stale(names, tied) {
			if b, err = w.bucket(id); err != nil {
				return nil, err
			}
		}
		if b.writtenAfter(names, generation) {
			return nil, graph.ErrConflict
		}
		held[id] = b
	}
	return held, nil
}

func (w *writer) bucket(id int64) (*bucket, error) {
	rows, err := w.run(heldIn, map[string]any{"bucket": id})
	if err != nil {
		return nil, err
	}
	return readBucket(id, rows)
}

func (b *bucket) writtenAfter(surnames []string, generation graph.Generation) bool {
	for _, surname := range surnames {
		for i := range b.bySurname[surname] {
			if b.bySurname[surname][i].generation > generation {
				return true
			}
		}
	}
	return false
}

// waitingIn returns the held namings of the surnames.
func waitingIn(surnames []string, held map[int64]*bucket) map[graph.NamingKey]*naming {
	waiting := map[graph.NamingKey]*naming{}
	for _, surname := range surnames {
		b := held[bucketOf(surname)]
		if b == nil {
			continue
		}
		list := b.bySurname[surname]
		for i := range list {
			waiting[graph.NamingKey{Cable: graph.Reference(list[i].Cable), Position: list[i].Position}] = &list[i]
		}
	}
	return waiting
}

const takeSurnames = `UNWIND $surnames AS surname
MERGE (s:Surname {surname: surname})
ON CREATE SET s.written = $generation, s.unsettled = false
SET s.taken = $generation`

// take notes that what was held of the surnames has its edges, and returns the
// buckets without them; the nodes of one that is empty then go.
func (w *writer) take(surnames []string, held map[int64]*bucket) ([]*bucket, error) {
	if len(held) == 0 {
		return nil, nil
	}
	if _, err := w.run(takeSurnames, map[string]any{"surnames": surnames, "generation": w.generation}); err != nil {
		return nil, err
	}
	left := make([]*bucket, 0, len(held))
	for id, names := range byBucket(surnames) {
		b := held[id].without(names, w.generation)
		if len(b.bySurname) == 0 && len(b.nodes) > 0 {
			if _, err := w.run(dropHeld, map[string]any{"ids": b.nodes}); err != nil {
				return nil, err
			}
		}
		left = append(left, b)
	}
	return left, nil
}

// without is the bucket when what it holds of the surnames was taken.
func (b *bucket) without(surnames []string, generation int64) *bucket {
	left := *b
	left.bySurname, left.taken = maps.Clone(b.bySurname), maps.Clone(b.taken)
	for _, surname := range surnames {
		left.count -= len(left.bySurname[surname])
		delete(left.bySurname, surname)
		left.taken[surname] = generation
	}
	return &left
}
