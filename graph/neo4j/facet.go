package neo4j

import (
	"strconv"

	"github.com/cablegraph/cablegraph/graph"
)

// counted are the types of relationship that facets count.
var counted = map[graph.Relation]string{
	graph.FacetOrigins:    "SENT_FROM",
	graph.FacetRecipients: "SENT_TO",
	graph.FacetTags:       "TAGGED",
	graph.FacetPeople:     "MENTIONS",
}

// facets gathers a list's cables once and lets each of the step's facets count
// them. It returns the name of their list.
func (c *compiler) facets(p *part, depth int) (set string) {
	set = "set_" + p.scope.node
	c.call(p.scope, depth, func(depth int) {
		c.draw(p.scope, p.src, nil, depth)
		c.line(depth, "RETURN collect(DISTINCT "+p.scope.node+") AS "+set)
	})
	p.facets = c.parts(p.done.step.Facets, p.scope.above, set, depth)
	for _, f := range p.facets {
		p.done.facets = append(p.done.facets, f.done)
	}
	return set
}

// buckets counts what is no node: classifications and days.
func (c *compiler) buckets(s *scope, name string, depth int) {
	c.line(depth, "UNWIND "+s.set+" AS cable")
	if s.step.Relation == graph.FacetClassifications {
		c.line(depth, "WITH cable.classification AS label, min(cable.level) AS level, head(collect(cable.caveats)) AS caveats, count(*) AS cables")
		c.line(depth, "RETURN collect([label, level, caveats, cables]) AS "+name)
		return
	}
	minute := "cable.createdMinute"
	if s.step.Dated == graph.Released {
		minute = "cable.releasedMinute"
	}
	c.line(depth, "WITH ("+minute+" + "+strconv.FormatInt(-graph.NoMinute, 10)+") / 1440 AS day, count(*) AS cables")
	c.line(depth, "RETURN collect([day, cables]) AS "+name)
}

// decodeBuckets reads what buckets has counted.
func decodeBuckets(step *graph.Step, v any) []graph.Bucket {
	rows, _ := v.([]any)
	if step.Relation == graph.FacetTimeline {
		days := make(map[int64]int, len(rows))
		for _, row := range rows {
			values, _ := row.([]any)
			days[number(values[0])] = int(number(values[1]))
		}
		return graph.Timeline(days, step.Interval)
	}
	buckets := make([]graph.Bucket, len(rows))
	for i, row := range rows {
		values, _ := row.([]any)
		if label := text(values[0]); label != "" {
			buckets[i].Classification = &graph.Classification{Label: label, Level: graph.Level(number(values[1])), Caveats: texts(values[2])}
		}
		buckets[i].Count = int(number(values[3]))
	}
	graph.SortLabels(buckets)
	return buckets
}
