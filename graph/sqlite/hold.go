package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/memory"
)

// heldGraph is the graph of one version of the file.
type heldGraph struct {
	version int64
	graph   *memory.Graph
}

// How often KeepHeld looks whether the file has changed, and how many times as long as it took to read it
// must pass until it is read again.
const (
	holdEvery = 500 * time.Millisecond
	holdRest  = 10
)

// Holding is what KeepHeld tells: that a graph is held, or why none is.
type Holding struct {
	Cables, Bytes int
	Took          time.Duration
	Err           error
}

// KeepHeld holds the graph of the file in memory until ctx ends, see Hold. Once any process has written to
// the file, questions are asked of it alone, until it has been still for a moment and was read anew. tell is
// called each time. Where the graph is too large KeepHeld says so and ends.
func (s *Store) KeepHeld(ctx context.Context, limit int, tell func(Holding)) {
	defer s.held.Store(nil)
	last, next := int64(0), time.Now()
	for {
		version, err := s.writes(ctx)
		held := s.held.Load()
		switch {
		case err != nil || held != nil && held.version == version:
		case held != nil || last != version && last != 0 || time.Now().Before(next):
			s.held.Store(nil)
		default:
			start := time.Now()
			err = s.Hold(ctx, limit)
			took := time.Since(start)
			next = time.Now().Add(holdRest * took)
			if held = s.held.Load(); held != nil {
				tell(Holding{Cables: held.graph.Cables(), Bytes: held.graph.Bytes(), Took: took})
			}
		}
		last = version
		if err != nil && ctx.Err() == nil {
			tell(Holding{Err: err})
		}
		if errors.Is(err, memory.ErrTooLarge) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-s.closed:
			return
		case <-time.After(holdEvery):
		}
	}
}

// writes reads how often the file has been written.
func (s *Store) writes(ctx context.Context) (version int64, err error) {
	err = s.read(ctx, func(c *conn) error {
		version, err = versionOf(c)
		return err
	})
	return version, err
}

func versionOf(c *conn) (int64, error) {
	version, _, err := c.number("SELECT version FROM meta")
	return version, err
}

// Hold reads the graph of the file, without its texts, into memory, unless it is there; Ask answers out of it
// what it can, the same, but sooner, as long as nobody writes to the file. It takes at most so many bytes,
// and about as much again while it reads. The error wraps memory.ErrTooLarge where they are too few. While a
// store is being filled nothing is held.
func (s *Store) Hold(ctx context.Context, limit int) error {
	return s.readMuch(ctx, func(c *conn) error {
		version, err := versionOf(c)
		if err != nil {
			return err
		}
		if held := s.held.Load(); held != nil && held.version == version {
			return nil
		}
		if at, err := stage(c); err != nil || at != serving {
			return err
		}
		b := memory.NewBuilder(limit)
		for _, read := range reads {
			err := c.query(read.statement, nil, func(r row) error { return read.into(b, r) })
			if err != nil {
				return fmt.Errorf("hold the graph in memory: %w", err)
			}
		}
		g, err := b.Graph()
		if err != nil {
			return fmt.Errorf("hold the graph in memory: %w", err)
		}
		s.held.Store(&heldGraph{version, g})
		return nil
	})
}

// reads are the statements of hold, in their order, each with how its rows are taken in.
var reads = []struct {
	statement string
	into      func(*memory.Builder, row) error
}{
	{"SELECT id, slug, name, kind, city, country FROM post", func(b *memory.Builder, r row) error {
		return b.Post(r.integer(0), graph.Post{Slug: r.text(1), Name: r.text(2), Kind: graph.PostKind(r.text(3)), City: r.text(4), Country: r.text(5)})
	}},
	{"SELECT id, code, name, kind FROM tag", func(b *memory.Builder, r row) error {
		return b.Tag(r.integer(0), graph.Tag{Code: r.text(1), Name: r.text(2), Kind: graph.TagKind(r.text(3))})
	}},
	{"SELECT id, slug, name FROM person", func(b *memory.Builder, r row) error {
		return b.Person(r.integer(0), r.text(1), r.text(2))
	}},
	{"SELECT id, reference, published, created, released, origin, subject, label, level, caveats, marks FROM cable", func(b *memory.Builder, r row) error {
		c := memory.Cable{Reference: r.text(1), Published: r.integer(2) != 0, Created: r.integer(3), Released: r.integer(4), Origin: r.integer(5), Subject: r.text(6), Marks: r.text(10)}
		if label := r.text(7); label != "" {
			c.Classification = &graph.Classification{Label: label, Level: graph.Level(r.integer(8))}
			if err := unlist(r.text(9), &c.Classification.Caveats); err != nil {
				return err
			}
		}
		return b.Cable(r.integer(0), &c)
	}},
	{"SELECT cable, post, first, action, precedence FROM sent_to ORDER BY cable, position", func(b *memory.Builder, r row) error {
		return b.SentTo(r.integer(0), r.integer(1), r.integer(2) != 0, r.integer(3) != 0, graph.Precedence(r.text(4)))
	}},
	{"SELECT cable, tag FROM tagged ORDER BY cable, position", func(b *memory.Builder, r row) error { return b.Tagged(r.integer(0), r.integer(1)) }},
	{"SELECT citing, cited FROM citation ORDER BY citing, position", func(b *memory.Builder, r row) error { return b.Cites(r.integer(0), r.integer(1)) }},
	{"SELECT cable, person, first, signer, classifier, count, confidence, marks FROM mention ORDER BY cable, position", func(b *memory.Builder, r row) error {
		return b.Mention(&memory.Mention{
			Cable: r.integer(0), Person: r.integer(1), Once: r.integer(2) != 0, Signs: r.integer(3) != 0, Classifies: r.integer(4) != 0,
			Count: r.integer(5), Confidence: r.real(6), Marks: r.text(7),
		})
	}},
}
