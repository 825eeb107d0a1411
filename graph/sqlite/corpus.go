package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// Corpus counts what the file holds.
func (s *Store) Corpus(ctx context.Context) (*graph.Corpus, error) {
	corpus := &graph.Corpus{}
	err := s.readMuch(ctx, func(c *conn) error {
		a := &asking{ctx: ctx, c: c, trace: graph.TraceFrom(ctx)}
		held, err := s.holding(c)
		if err != nil {
			return err
		}
		if held != nil {
			corpus = held.Corpus()
			return a.loaded(corpus)
		}
		if err := a.numbers(corpus); err != nil {
			return err
		}
		if err := a.days(corpus); err != nil {
			return err
		}
		if err := a.classifications(corpus); err != nil {
			return err
		}
		return a.loaded(corpus)
	})
	if err != nil {
		return nil, fmt.Errorf("count the corpus: %w", err)
	}
	corpus.Backend = "sqlite " + s.version
	return corpus, nil
}

// countAll counts each kind of node and edge, and finds the ends of what has a date.
const countAll = `SELECT
  (SELECT COUNT(*) FROM cable),
  (SELECT COUNT(*) FROM cable WHERE published = 1),
  (SELECT COUNT(*) FROM post),
  (SELECT COUNT(*) FROM person),
  (SELECT COUNT(*) FROM tag),
  (SELECT COUNT(*) FROM citation),
  (SELECT COUNT(*) FROM mention),
  (SELECT IFNULL(MIN(created), ` + noMinute + `) FROM cable WHERE created > ` + noMinute + `),
  (SELECT IFNULL(MAX(created), ` + noMinute + `) FROM cable),
  (SELECT IFNULL(MIN(released), ` + noMinute + `) FROM cable WHERE released > ` + noMinute + `),
  (SELECT IFNULL(MAX(released), ` + noMinute + `) FROM cable)`

func (a *asking) numbers(to *graph.Corpus) error {
	return a.once(expr{text: countAll}, place{}, func(r row) error {
		to.Cables, to.Published = int(r.integer(0)), int(r.integer(1))
		to.Announced = to.Cables - to.Published
		to.Posts, to.People, to.Tags = int(r.integer(2)), int(r.integer(3)), int(r.integer(4))
		to.References, to.Mentions = int(r.integer(5)), int(r.integer(6))
		to.Created = graph.TimeSpan{From: graph.FromMinute(r.integer(7)), To: graph.FromMinute(r.integer(8))}
		to.Released = graph.TimeSpan{From: graph.FromMinute(r.integer(9)), To: graph.FromMinute(r.integer(10))}
		return nil
	})
}

// loaded reads when the last load ended.
func (a *asking) loaded(to *graph.Corpus) error {
	return a.once(expr{text: "SELECT loaded FROM meta"}, place{}, func(r row) error {
		if at := r.integer(0); at != 0 {
			to.LoadedAt = time.Unix(0, at).UTC()
		}
		return nil
	})
}

// days counts the cables released on each day. Days are counted from the
// unknown date on, which keeps them positive, and dates before 1970 whole.
func (a *asking) days(to *graph.Corpus) error {
	const statement = `SELECT MIN(released), COUNT(*)
FROM cable
WHERE released > ` + noMinute + `
GROUP BY (released - ` + noMinute + `) / 1440
ORDER BY 1`
	return a.once(expr{text: statement}, place{}, func(r row) error {
		day := graph.FromMinute(r.integer(0)).Format(time.DateOnly)
		to.ReleaseDays = append(to.ReleaseDays, graph.DayCount{Day: day, Count: int(r.integer(1))})
		return nil
	})
}

func (a *asking) classifications(to *graph.Corpus) error {
	const statement = `SELECT label, MIN(level), MIN(caveats), COUNT(*)
FROM cable
WHERE label <> ''
GROUP BY label
ORDER BY label`
	return a.once(expr{text: statement}, place{}, func(r row) error {
		k := graph.ClassificationCount{Classification: graph.Classification{Label: r.text(0), Level: graph.Level(r.integer(1))}, Count: int(r.integer(3))}
		err := unlist(r.text(2), &k.Classification.Caveats)
		to.Classifications = append(to.Classifications, k)
		return err
	})
}
