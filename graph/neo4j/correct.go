package neo4j

import (
	"context"
	"fmt"
)

const keepCorrections = `MATCH (m:Meta {key: 'store'})
SET m.corrections = $corrections`

// Only surnames that namings had are there; those of held ones come to be when they are settled.
const unsettleKnown = `MATCH (s:Surname)
WHERE s.surname IN $surnames
SET s.unsettled = true, s.written = $generation`

// Correct keeps corrections of who is who, and notes the surnames as unsettled.
func (s *Store) Correct(ctx context.Context, corrections string, surnames []string) error {
	err := s.locked(ctx, func(w *writer) error {
		if _, err := w.run(keepCorrections, map[string]any{"corrections": given(corrections)}); err != nil {
			return err
		}
		_, err := w.run(unsettleKnown, map[string]any{"surnames": surnames, "generation": w.generation})
		return err
	})
	if err != nil {
		return fmt.Errorf("keep corrections: %w", err)
	}
	return nil
}

// Corrections returns what Correct kept last.
func (s *Store) Corrections(ctx context.Context) (string, error) {
	rows, err := s.read(ctx, "MATCH (m:Meta {key: 'store'}) RETURN m.corrections", nil)
	if err != nil {
		return "", fmt.Errorf("corrections: %w", err)
	}
	if len(rows) == 0 {
		return "", nil
	}
	return text(rows[0].Values[0]), nil
}
