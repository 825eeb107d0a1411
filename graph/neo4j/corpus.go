package neo4j

import (
	"context"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// All cables are looked at once, for what they say of themselves; the rest is counts that the server keeps, and indexes.
const countCorpus = `WITH
  COUNT { (:Cable) } AS cables,
  COUNT { (:Post) } AS posts,
  COUNT { (:Person) } AS people,
  COUNT { (:Tag) } AS tags,
  COUNT { ()-[:REFERENCES]->() } AS references,
  COUNT { ()-[:MENTIONS]->() } AS mentions,
  COLLECT { MATCH (c:Cable) WHERE c.createdMinute > $none RETURN c.createdMinute ORDER BY c.createdMinute LIMIT 1 }
    + COLLECT { MATCH (c:Cable) WHERE c.createdMinute > $none RETURN c.createdMinute ORDER BY c.createdMinute DESC LIMIT 1 } AS created,
  COLLECT { MATCH (c:Cable) WHERE c.releasedMinute > $none RETURN c.releasedMinute ORDER BY c.releasedMinute LIMIT 1 }
    + COLLECT { MATCH (c:Cable) WHERE c.releasedMinute > $none RETURN c.releasedMinute ORDER BY c.releasedMinute DESC LIMIT 1 } AS released,
  COLLECT {
    MATCH (c:Cable) WHERE c.releasedMinute > $none
    WITH toInteger(floor(c.releasedMinute / 1440.0)) AS day, count(*) AS cables
    ORDER BY day
    RETURN [day, cables]
  } AS days,
  COLLECT {
    MATCH (c:Cable)
    WITH c.published AS published, c.classification AS label, head(collect(c)) AS one, count(*) AS cables
    ORDER BY label
    RETURN [published, cables, label, one.level, one.caveats]
  } AS labels,
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
		Cables: count("cables"), Posts: count("posts"), People: count("people"), Tags: count("tags"),
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
	labels, _ := row["labels"].([]any)
	for _, x := range labels {
		v, _ := x.([]any)
		cables := int(number(v[1]))
		if v[0] == true {
			c.Published += cables
		}
		if label := text(v[2]); label != "" {
			c.Classifications = append(c.Classifications, graph.ClassificationCount{
				Classification: graph.Classification{Label: label, Level: graph.Level(number(v[3])), Caveats: texts(v[4])}, Count: cables,
			})
		}
	}
	c.Announced = c.Cables - c.Published
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
