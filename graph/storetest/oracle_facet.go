package storetest

import (
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// facets answers a step's facets over its whole list.
func (q *question) facets(step *graph.Step, rows []row) graph.Answers {
	var list []*node
	for _, r := range rows {
		if c := q.cable(r.edge.Key()); !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	answers := make(graph.Answers, 0, len(step.Facets))
	for _, f := range step.Facets {
		switch f.Relation {
		case graph.FacetClassifications:
			answers = append(answers, graph.Answer{Step: f, Buckets: labels(list)})
		case graph.FacetTimeline:
			answers = append(answers, graph.Answer{Step: f, Buckets: timeline(list, f)})
		default:
			answers = append(answers, q.answer(f, parent{list: list}))
		}
	}
	return answers
}

func labels(list []*node) []graph.Bucket {
	var buckets []graph.Bucket
	for _, c := range list {
		i := slices.IndexFunc(buckets, func(b graph.Bucket) bool {
			had, has := b.Classification, c.Cable.Classification
			return had == has || had != nil && has != nil && had.Label == has.Label
		})
		if i < 0 {
			i = len(buckets)
			buckets = append(buckets, graph.Bucket{Classification: c.Cable.Classification})
		}
		buckets[i].Count++
	}
	graph.SortLabels(buckets)
	return buckets
}

// timeline counts by the text of the date, unlike graph.Timeline.
func timeline(list []*node, step *graph.Step) []graph.Bucket {
	var buckets []graph.Bucket
	for _, c := range list {
		at, layout := c.Cable.Created, map[graph.Interval]string{graph.Year: "2006", graph.Month: "2006-01", graph.Day: time.DateOnly}[step.Interval]
		if step.Dated == graph.Released {
			at = c.Cable.Released
		}
		var start time.Time
		if !at.IsZero() {
			start, _ = time.Parse(layout, at.Format(layout))
		}
		i := slices.IndexFunc(buckets, func(b graph.Bucket) bool { return b.Start.Equal(start) })
		if i < 0 {
			i = len(buckets)
			buckets = append(buckets, graph.Bucket{Start: start})
		}
		buckets[i].Count++
	}
	slices.SortFunc(buckets, func(a, b graph.Bucket) int { return a.Start.Compare(b.Start) })
	return buckets
}
