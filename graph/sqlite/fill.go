package sqlite

import (
	"context"
	"errors"
	"fmt"
)

// The stages of filling a store, as meta.stage has them. A store goes through
// them in this order and back to serving; a process that is killed leaves the
// stage in the file, and the next load goes on from there.
const (
	// serving: every index is there, and every naming leads to somebody.
	serving = iota
	// filling: cables come in. There are no indexes but those of keys, namings lead
	// to nobody, and no surname is noted as unsettled.
	filling
	// settling: all surnames are noted as unsettled, and go, one chunk after the
	// other, from there to lead. No cable comes.
	settling
	// building: the mentions are in their table, and the indexes are made.
	building
)

// errMoved is returned by work in a transaction that the store has moved on
// from meanwhile: into another stage, or by another process's cables.
var errMoved = errors.New("the store is in another state than was expected")

// Fill prepares an empty store for a load of many cables.
func (s *Store) Fill(ctx context.Context) error {
	err := s.write(ctx, func(c *conn) error {
		used, _, err := c.number("SELECT stage <> 0 OR EXISTS (SELECT 1 FROM cable) FROM meta")
		if err != nil || used != 0 {
			return err
		}
		for _, i := range indexes {
			if err := c.exec("DROP INDEX " + i.name); err != nil {
				return err
			}
		}
		return c.exec("UPDATE meta SET stage = ?", filling)
	})
	if err == nil {
		err = s.catchUp(ctx)
	}
	if err != nil {
		return fmt.Errorf("begin to fill the store: %w", err)
	}
	return nil
}

// stage reads the stage.
func stage(c *conn) (int, error) {
	n, _, err := c.number("SELECT stage FROM meta")
	return int(n), err
}

// catchUp takes up the stage that the store is in, so that cables can be written: one
// that is being settled is filled no more.
func (s *Store) catchUp(ctx context.Context) error {
	var now int
	err := s.read(ctx, func(c *conn) (err error) {
		now, err = stage(c)
		return err
	})
	s.bulk.Store(now != serving)
	switch {
	case err != nil:
		return err
	case now == filling:
		rows, err := s.readRows(ctx)
		if err != nil {
			return err
		}
		s.rows.Store(rows)
		return nil
	case now == serving:
		s.rows.Store(nil)
		return nil
	}
	return s.serve(ctx)
}

// following does work that wants the store in a certain state, again after prepare where it was in another one.
func following(ctx context.Context, work func() error, prepare func(context.Context) error) error {
	for {
		err := work()
		if !errors.Is(err, errMoved) {
			return err
		}
		if err := prepare(ctx); err != nil {
			return err
		}
	}
}

// beginSettling notes every surname as unsettled, where the store is filled.
func (s *Store) beginSettling(ctx context.Context) error {
	return s.write(ctx, func(c *conn) error {
		now, err := stage(c)
		if err != nil || now != filling {
			return err
		}
		for _, statement := range []string{
			namingsBySurname.create(),
			"INSERT INTO unsettled SELECT DISTINCT surname, generation FROM naming, meta",
		} {
			if err := c.exec(statement); err != nil {
				return err
			}
		}
		return c.exec("UPDATE meta SET stage = ?", settling)
	})
}

// serve ends the filling: mentions and indexes come to where questions look for
// them. Each step is a transaction, so that a process that is killed loses one of them.
func (s *Store) serve(ctx context.Context) error {
	if err := s.beginSettling(ctx); err != nil {
		return err
	}
	if err := s.write(ctx, placeMentions); err != nil {
		return err
	}
	steps := []string{"DROP INDEX IF EXISTS " + namingsBySurname.name, mergeWords} // first: the indexes find the room that these free
	for _, i := range indexes {
		steps = append(steps, i.create())
	}
	for _, step := range append(steps, "UPDATE meta SET stage = 0") {
		if err := s.ifBuilding(ctx, step); err != nil {
			return err
		}
	}
	s.rows.Store(nil)
	s.led.Store(nil)
	s.bulk.Store(false)
	return nil
}

// placeMentions writes the mentions in the order of their cables, which is how they lie in the table.
func placeMentions(c *conn) error {
	now, err := stage(c)
	if err != nil || now != settling {
		return err
	}
	for _, statement := range []string{
		`INSERT INTO mention (cable, position, person, first, created, signer, classifier, count, confidence, marks)
SELECT cable, position, person, 1, created, signer, classifier, count, confidence, marks
FROM lead
ORDER BY cable, position`,
		"DELETE FROM lead",
	} {
		if err := c.exec(statement); err != nil {
			return err
		}
	}
	return c.exec("UPDATE meta SET stage = ?", building)
}

// ifBuilding runs a statement in a transaction of its own, where the indexes are being made.
func (s *Store) ifBuilding(ctx context.Context, statement string) error {
	return s.withWriter(ctx, func(w *conn) error {
		if err := w.renew(); err != nil {
			return err
		}
		return s.transact(ctx, w, func() error {
			now, err := stage(w)
			if err != nil || now != building {
				return err
			}
			return w.exec(statement)
		})
	})
}

// mergeWords merges segments of the full-text index, where there are many of one
// size. The number bounds how many pages are written: all.
const mergeWords = "INSERT INTO cable_fts (cable_fts, rank) VALUES ('merge', 1000000000)"

// mergeAt is how many segments are merged at once while a store is filled. More
// make fewer merges, and longer ones.
const mergeAt = 1024
