package sqlite

import (
	"context"
	"fmt"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

// rows gives cables their rows while a store is filled, before they are written,
// so that all that goes with a row can be made outside the transaction. It knows
// every cable of the file: about 60 bytes each.
type rows struct {
	lock sync.Mutex // guards of and next
	of   map[graph.Reference]int64
	next int64

	// generation is the file's when of had all its cables; this process's own writes
	// move it on. Only who has the writer touches it.
	generation int64
}

// readRows reads which rows the cables of the file have.
func (s *Store) readRows(ctx context.Context) (*rows, error) {
	r := &rows{of: map[graph.Reference]int64{}, next: 1}
	err := s.read(ctx, func(c *conn) (err error) {
		if r.generation, _, err = c.number("SELECT generation FROM meta"); err != nil {
			return err
		}
		return c.query("SELECT id, reference FROM cable", nil, func(at row) error {
			id := at.integer(0)
			r.of[graph.Reference(at.text(1))], r.next = id, max(r.next, id+1)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("rows of the cables: %w", err)
	}
	return r, nil
}

// row returns the row of a cable, a new one where the cable is new.
func (r *rows) row(reference graph.Reference) int64 {
	r.lock.Lock()
	defer r.lock.Unlock()
	id, ok := r.of[reference]
	if !ok {
		id = r.next
		r.next++
		r.of[reference] = id
	}
	return id
}
