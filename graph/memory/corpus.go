package memory

import (
	"cmp"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Corpus counts what the graph has: all of a graph.Corpus but LoadedAt and Backend.
func (g *Graph) Corpus() *graph.Corpus {
	c := &g.cables
	corpus := &graph.Corpus{
		Cables: g.Cables(), Published: g.Cables() - len(c.announced), Announced: len(c.announced),
		Posts: count(g.postKeys), Tags: count(g.tagKeys), References: len(g.cites.from.values), Mentions: len(g.named.from.values),
		Created: span(c.created), Released: span(c.released),
	}
	for _, slug := range g.people.slug.spans {
		if slug[0] < slug[1] {
			corpus.People++
		}
	}
	for _, bucket := range g.timeline(graph.Released, graph.Day, Counted{}) {
		if day, known := bucket.KnownStart(); known {
			corpus.ReleaseDays = append(corpus.ReleaseDays, graph.DayCount{Day: day, Count: bucket.Count})
		}
	}
	for label, classification := range c.labels {
		if n := len(c.labelled.of(uint32(label))); n > 0 && classification != nil {
			corpus.Classifications = append(corpus.Classifications, graph.ClassificationCount{Classification: *classification, Count: n})
		}
	}
	slices.SortFunc(corpus.Classifications, func(a, b graph.ClassificationCount) int {
		return cmp.Compare(a.Classification.Label, b.Classification.Label)
	})
	return corpus
}

// count is how many nodes have a key.
func count(keys []any) int {
	n := 0
	for _, key := range keys {
		if key != "" {
			n++
		}
	}
	return n
}

// span is from the earliest to the latest of the minutes that are known.
func span(minutes []int32) (s graph.TimeSpan) {
	from, to := graph.NoMinute, graph.NoMinute
	for _, m := range minutes {
		if minute := int64(m); minute != graph.NoMinute {
			if from == graph.NoMinute || minute < from {
				from = minute
			}
			to = max(to, minute)
		}
	}
	return graph.TimeSpan{From: graph.FromMinute(from), To: graph.FromMinute(to)}
}
