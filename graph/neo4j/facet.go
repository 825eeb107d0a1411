package neo4j

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// counted are the types of relationship that facets count.
var counted = map[graph.Relation]string{
	graph.FacetOrigins:    "SENT_FROM",
	graph.FacetRecipients: "SENT_TO",
	graph.FacetTags:       "TAGGED",
	graph.FacetPeople:     "MENTIONS",
}

// gather collects what a step's list has once, where several things are asked of it:
// its nodes with their weights for its page and the rest, its nodes for its facets, its total and its page.
func (c *compiler) gather(p *part, depth int) {
	s, step := p.scope, p.done.step
	if s.sum != "" && (gathered(step) || s.tally != "") {
		p.src = c.weights(s, p.src, depth)
		if step.Total {
			p.total = "size(" + s.gathered + ")"
		}
	}
	if len(step.Facets) == 0 && (s.sum != "" || !gathered(step)) {
		return
	}
	set := p.src.list(s.node)
	if set == "" {
		set = "set_" + s.node
		c.call(s, depth, func(depth int) {
			c.draw(s, p.src, nil, depth)
			c.line(depth, "RETURN collect(DISTINCT "+s.node+") AS "+set)
		})
	}
	p.facets = c.parts(step.Facets, s.above, set, depth)
	for _, f := range p.facets {
		p.done.facets = append(p.done.facets, f.done)
	}
	if step.Total && step.Relation.Once() {
		p.total = "size(" + set + ")"
	}
	if s.sum == "" && gathered(step) {
		s.gathered = set
		p.src = source{lead: []string{"UNWIND " + set + " AS " + s.node}}
	}
}

// together tells whether what a facet counts is counted in one walk with others. Addressees are not: they are
// posts as the senders are, and a cable can be sent to one twice.
func together(f *graph.Step) bool {
	return f.Relation.Weighted() && f.Relation != graph.FacetRecipients &&
		!slices.ContainsFunc(f.Steps, func(s *graph.Step) bool { return s.Relation == graph.SharedCables })
}

// tally counts what the cables of a set have for all facets that are counted together, where they are several, and
// returns the name of the list: so each cable is gone to once.
func (c *compiler) tally(above *scope, facets []*graph.Step, set string, depth int) string {
	var kinds []string
	for _, f := range facets {
		if kind := counted[f.Relation]; kind != "" && together(f) && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) < 2 {
		return ""
	}
	name := "tally_" + set
	c.call(&scope{above: above, set: set}, depth, func(depth int) {
		c.line(depth, "UNWIND "+set+" AS cable")
		c.line(depth, "MATCH (cable)-[:"+strings.Join(kinds, "|")+"]->(node)")
		c.line(depth, "WITH node, count(*) AS cables")
		c.line(depth, "RETURN collect([node, cables]) AS "+name)
	})
	return name
}

// weights collects the nodes of a weighted step with their weights, and returns the list as a source.
func (c *compiler) weights(s *scope, src source, depth int) source {
	set := "weights_" + s.node
	c.call(s, depth, func(depth int) {
		c.draw(s, src, nil, depth)
		switch {
		case s.via != "" && !src.weighed:
			c.line(depth, "WITH "+s.weighing(src.distinct))
		case src.distinct:
			c.line(depth, "WITH DISTINCT "+s.carry())
		}
		c.line(depth, "RETURN collect(["+s.carry()+"]) AS "+set)
	})
	s.gathered = set
	row := s.carried()
	for i, name := range row {
		row[i] = "row[" + strconv.Itoa(i) + "] AS " + name
	}
	return source{lead: []string{"UNWIND " + set + " AS row", "WITH " + strings.Join(row, ", ")}, weighed: true}
}

// buckets counts what is no node: classifications and days.
func (c *compiler) buckets(s *scope, name string, depth int) {
	c.line(depth, "UNWIND "+s.set+" AS cable")
	if s.step.Relation == graph.FacetClassifications {
		c.line(depth, "WITH cable.classification AS label, head(collect(cable)) AS one, count(*) AS cables") // the label says the rest
		c.line(depth, "RETURN collect([label, one.level, one.caveats, cables]) AS "+name)
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
