package sqlite

import (
	"context"
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
)

const latestWritten = `SELECT written, reference
FROM cable
WHERE written > 0
ORDER BY written DESC, reference DESC
LIMIT 1`

const writtenSince = `SELECT written, reference
FROM cable
WHERE written > 0 AND (written, reference) > (?, ?)
ORDER BY written, reference
LIMIT ?`

// Latest returns the moment of the cable that was written last.
func (s *Store) Latest(ctx context.Context) (graph.Moment, error) {
	moments, err := s.moments(ctx, latestWritten)
	if err != nil || len(moments) == 0 {
		return graph.Moment{}, err
	}
	return moments[0], nil
}

// Written returns the cables that were written after a moment.
func (s *Store) Written(ctx context.Context, after graph.Moment, limit int) ([]graph.Moment, error) {
	return s.moments(ctx, writtenSince, int64(after.Generation), string(after.Cable), limit)
}

func (s *Store) moments(ctx context.Context, statement string, args ...any) (moments []graph.Moment, err error) {
	err = s.read(ctx, func(c *conn) error {
		return c.query(statement, args, func(r row) error {
			moments = append(moments, graph.Moment{Generation: graph.Generation(r.integer(0)), Cable: graph.Reference(r.text(1))})
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("what was written: %w", err)
	}
	return moments, nil
}
