package neo4j

import (
	"context"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

const countCorpus = `WITH
  COUNT { (:Cable) } AS cables,
  COUNT { (c:Cable) WHERE c.published } AS published,
  COUNT { (:Post) } AS posts,
  COUNT { (:Person) } AS people,
  COUNT { (:Tag) } AS tags,
  COUNT { ()-[:REFERENCES]->() } AS references,
  COUNT { ()-[:MENTIONS]->() } AS mentions,
  COLLECT {
    MATCH (c:Cable) WHERE c.createdMinute > $none
    RETURN [min(c.createdMinute), max(c.createdMinute)]
  }[0] AS created,
  COLLECT {
    MATCH (c:Cable) WHERE c.releasedMinute > $none
    RETURN [min(c.releasedMinute), max(c.releasedMinute)]
  }[0] AS released,
  COLLECT {
    MATCH (c:Cable) WHERE c.releasedMinute > $none
    WITH toInteger(floor(c.releasedMinute / 1440.0)) AS day, count(*) AS cables
    ORDER BY day
    RETURN [day, cables]
  } AS days,
  COLLECT {
    MATCH (c:Cable) WHERE c.classification IS NOT NULL
    WITH c.classification AS label, min(c.level) AS level, head(collect(c.caveats)) AS caveats, count(*) AS cables
    ORDER BY label
    RETURN [label, level, caveats, cables]
  } AS classifications,
  COLLECT { MATCH (m:Meta {key: 'store'}) RETURN m.loadedAt }[0] AS loadedAt
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN *, coalesce(gate.version, 0) AS version`

// Corpus counts what the store holds.
func (s *Store) Corpus(ctx context.Context) (*graph.Corpus, error) {
	rows, err := s.whole(ctx, question{countCorpus, map[string]any{"none": graph.NoMinute}})
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	row := rows[0].AsMap()
	count := func(name string) int { return int(number(row[name])) }
	c := &graph.Corpus{
		Cables: count("cables"), Published: count("published"), Announced: count("cables") - count("published"),
		Posts: count("posts"), People: count("people"), Tags: count("tags"),
		References: count("references"), Mentions: count("mentions"),
		Created: span(row["created"]), Released: span(row["released"]), Backend: s.backend,
	}
	if at, ok := row["loadedAt"].(time.Time); ok {
		c.LoadedAt = at.UTC()
	}
	days, _ := row["days"].([]any)
	for _, d := range days {
		pair := numbers(d)
		day := time.Unix(pair[0]*24*60*60, 0).UTC().Format(time.DateOnly)
		c.ReleaseDays = append(c.ReleaseDays, graph.DayCount{Day: day, Count: int(pair[1])})
	}
	classes, _ := row["classifications"].([]any)
	for _, x := range classes {
		v, _ := x.([]any)
		c.Classifications = append(c.Classifications, graph.ClassificationCount{
			Classification: graph.Classification{Label: text(v[0]), Level: graph.Level(number(v[1])), Caveats: texts(v[2])},
			Count:          int(number(v[3])),
		})
	}
	return c, nil
}

// span reads a pair of minutes.
func span(v any) graph.TimeSpan {
	pair, _ := v.([]any)
	if len(pair) != 2 || pair[0] == nil {
		return graph.TimeSpan{}
	}
	return graph.TimeSpan{From: graph.FromMinute(number(pair[0])), To: graph.FromMinute(number(pair[1]))}
}
