package neo4j

import (
	"context"
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
)

const latestWritten = `WITH COLLECT {
  MATCH (c:Cable) WHERE c.written > 0
  WITH c ORDER BY c.written DESC, c.reference DESC LIMIT 1
  RETURN [c.written, c.reference]
} AS moments
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN moments, coalesce(gate.version, 0) AS version`

const writtenSince = `WITH COLLECT {
  MATCH (c:Cable)
  WHERE c.written >= $generation AND (c.written > $generation OR c.reference > $reference)
  WITH c ORDER BY c.written, c.reference LIMIT $limit
  RETURN [c.written, c.reference]
} AS moments
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN moments, coalesce(gate.version, 0) AS version`

// Latest returns the moment of the cable that was written last.
func (s *Store) Latest(ctx context.Context) (graph.Moment, error) {
	moments, err := s.moments(ctx, question{latestWritten, nil})
	if err != nil || len(moments) == 0 {
		return graph.Moment{}, err
	}
	return moments[0], nil
}

// Written returns the cables that were written after a moment.
func (s *Store) Written(ctx context.Context, after graph.Moment, limit int) ([]graph.Moment, error) {
	return s.moments(ctx, question{writtenSince, map[string]any{
		"generation": int64(after.Generation), "reference": string(after.Cable), "limit": limit,
	}})
}

// moments are whole batches: Neo4j may show a part of one that is being committed, see gate.go.
func (s *Store) moments(ctx context.Context, q question) ([]graph.Moment, error) {
	rows, err := s.whole(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("what was written: %w", err)
	}
	found := list(rows)
	moments := make([]graph.Moment, len(found))
	for i, x := range found {
		values, _ := x.([]any)
		moments[i] = graph.Moment{Generation: graph.Generation(number(values[0])), Cable: graph.Reference(text(values[1]))}
	}
	return moments, nil
}
