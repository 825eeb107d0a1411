package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// endless never gives a row, and many gives them without end.
const (
	endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0"
	many    = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i = 1 OR i < 0"
)

func TestAContextEndsARunningStatement(t *testing.T) {
	s := opened(t)
	for _, tt := range []struct {
		name, statement string
	}{{"before its first row", endless}, {"after its first row", many}} {
		t.Run(tt.name+", by a deadline", func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
			defer cancel()
			checkEnds(t, graph.ErrTimeout, func() error {
				return s.read(ctx, func(c *conn) error { return c.query(tt.statement, nil, nil) })
			})
		})
		t.Run(tt.name+", by its caller", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(30*time.Millisecond, cancel)
			checkEnds(t, context.Canceled, func() error {
				return s.read(ctx, func(c *conn) error { return c.query(tt.statement, nil, nil) })
			})
		})
		t.Run(tt.name+", in a write", func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
			defer cancel()
			checkEnds(t, graph.ErrTimeout, func() error {
				return s.write(ctx, func(c *conn) error {
					if err := c.exec("UPDATE meta SET generation = 99"); err != nil {
						return err
					}
					return c.query(tt.statement, nil, nil)
				})
			})
			if _, generation, err := s.Namings(t.Context(), nil); err != nil || generation != 0 {
				t.Errorf("generation = %d, %v: half a write stayed", generation, err)
			}
		})
	}
	if err := s.Write(t.Context(), benchRecords(0, 2)); err != nil {
		t.Errorf("Write after all that: %v", err)
	}
}

// checkEnds fails the test where call does not end soon with the error.
func checkEnds(t *testing.T, want error, call func() error) {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- call() }()
	select {
	case err := <-ended:
		if !errors.Is(err, want) {
			t.Errorf("the call = %v, want %v", err, want)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the call goes on")
	}
}

// twice opens one file as two processes would.
func twice(t *testing.T) (a, b *Store) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cables.db")
	var stores [2]*Store
	for i := range stores {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(context.Background()); err != nil {
				t.Error(err)
			}
		})
		stores[i] = s
	}
	return stores[0], stores[1]
}

func TestAnotherProcessWrites(t *testing.T) {
	a, b := twice(t)
	hold, held := make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		err := a.write(t.Context(), func(*conn) error {
			close(held)
			<-hold
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-held
	t.Run("readers are not in its way", func(t *testing.T) {
		if err := b.Ready(t.Context()); err != nil {
			t.Error(err)
		}
	})
	t.Run("a writer waits until its patience ends", func(t *testing.T) {
		b.patient = 50 * time.Millisecond
		checkEnds(t, graph.ErrConflict, func() error { return b.Write(t.Context(), benchRecords(0, 1)) })
	})
	t.Run("a writer waits until its deadline", func(t *testing.T) {
		b.patient = patience
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		checkEnds(t, graph.ErrConflict, func() error { return b.Write(ctx, benchRecords(0, 1)) })
	})
	t.Run("a writer's caller goes", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		checkEnds(t, context.Canceled, func() error { return b.Write(ctx, benchRecords(0, 1)) })
	})
	t.Run("a writer gets its turn", func(t *testing.T) {
		time.AfterFunc(50*time.Millisecond, func() { close(hold) })
		if err := b.Write(t.Context(), benchRecords(0, 1)); err != nil {
			t.Error(err)
		}
	})
	group.Wait()
}

func TestTwoProcessesWriteAtOnce(t *testing.T) {
	a, b := twice(t)
	const rounds, size = 8, 5
	var group sync.WaitGroup
	for i, s := range []*Store{a, b} {
		group.Go(func() {
			for round := range rounds {
				from := (2*round + i) * size
				if err := s.Write(t.Context(), benchRecords(from, from+size)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	c, err := a.Corpus(t.Context())
	if err != nil || c.Published != 2*rounds*size {
		t.Errorf("Corpus = %+v, %v; want %d cables", c, err, 2*rounds*size)
	}
	if _, generation, err := b.Namings(t.Context(), nil); err != nil || generation != 2*rounds {
		t.Errorf("generation = %d, %v; want %d", generation, err, 2*rounds)
	}
}

func TestAWalkSeesOneState(t *testing.T) {
	s := opened(t)
	if err := s.Write(t.Context(), benchRecords(0, 20)); err != nil {
		t.Fatal(err)
	}
	cables, written := 0, false
	err := s.Walk(t.Context(), func(e graph.Element) error {
		if e.Cable != nil && e.Cable.Published {
			cables++
		}
		if !written {
			written = true
			return s.Write(t.Context(), benchRecords(20, 60))
		}
		return nil
	})
	if err != nil || cables != 20 {
		t.Errorf("the walk saw %d cables, %v; want the 20 that were there when it began", cables, err)
	}
}

func TestMoreCallersThanConnections(t *testing.T) {
	s := opened(t)
	if err := s.Write(t.Context(), benchRecords(0, 20)); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 * cap(s.readers) {
		group.Go(func() {
			answers, err := s.Ask(t.Context(), &graph.Plan{Steps: []*graph.Step{rowsOf(graph.RootCables)}})
			if err != nil || answers[0].Total < 20 {
				t.Errorf("Ask = %v, %v", answers, err)
			}
		})
	}
	group.Wait()
}
