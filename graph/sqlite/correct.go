package sqlite

import (
	"context"
	"fmt"
)

const unsettleKnown = `INSERT OR REPLACE INTO unsettled (surname, generation)
SELECT value, generation FROM json_each(?), meta
WHERE EXISTS (SELECT 1 FROM naming WHERE surname = value) OR EXISTS (SELECT 1 FROM person WHERE surname = value)`

// Correct keeps corrections of who is who, and notes the surnames as unsettled.
// While the store is filled all of them are going to be.
func (s *Store) Correct(ctx context.Context, corrections string, surnames []string) error {
	err := following(ctx, func() error {
		return s.write(ctx, func(c *conn) error {
			now, err := stage(c)
			switch {
			case err != nil:
				return err
			case now > filling:
				return errMoved
			case now == serving:
				err = c.exec(unsettleKnown, listJSON(surnames))
			}
			if err != nil {
				return err
			}
			return c.exec("UPDATE meta SET corrections = ?", corrections)
		})
	}, s.serve)
	if err != nil {
		return fmt.Errorf("keep corrections: %w", err)
	}
	return nil
}

// Corrections returns what Correct kept last.
func (s *Store) Corrections(ctx context.Context) (string, error) {
	var text string
	err := s.read(ctx, func(c *conn) error {
		return c.query("SELECT corrections FROM meta", nil, func(r row) error {
			text = r.text(0)
			return nil
		})
	})
	if err != nil {
		return "", fmt.Errorf("corrections: %w", err)
	}
	return text, nil
}
