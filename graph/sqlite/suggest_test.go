package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
)

// Where very many names match, the list is walked instead; small worlds never come to that.
func TestWalkingFindsTheSameNames(t *testing.T) {
	s := opened(t)
	if err := s.Write(t.Context(), storetest.MadeUp(5, 200)); err != nil {
		t.Fatal(err)
	}
	for _, prefix := range []string{"a", "e", "m", "an", "embassy p", "b k", "ir", "zz"} {
		for _, step := range (&graph.Suggest{Prefix: prefix, Kinds: []graph.Kind{graph.KindPost, graph.KindPerson, graph.KindTag}, First: 20}).Steps() {
			if diff := cmp.Diff(keysBy(t, s, step, 0), keysBy(t, s, step, alone)); diff != "" {
				t.Errorf("%q, relation %d, looked up (-), walked (+):\n%s", prefix, step.Relation, diff)
			}
		}
	}
}

// keysBy are the rows of a step whose search starts so.
func keysBy(t *testing.T, s *Store, step *graph.Step, drive int) []int64 {
	t.Helper()
	c, err := compileStep(step, nil, drive)
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	err = s.read(t.Context(), func(conn *conn) error {
		return conn.query(c.rows.text, c.rows.args, func(r row) error {
			ids = append(ids, r.integer(0))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}
