package sqlite

import (
	"fmt"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Facets read a list's cables once, with what the cables' own table says of them.
// People, tags and addressees are then looked up in the tables of edges.

// tally is a list of cables, counted by what their own table says.
type tally struct {
	ids     []int64
	origins map[int64]int64 // post → cables
	days    map[graph.TimeField]map[int64]int
	labels  map[string]*graph.Bucket
}

// tallied is a column, or several, that facets count.
type tallied struct {
	columns string
	add     func(t *tally, r row, at int) error
}

// tallies lists what a step's facets count, each once, in the order of its columns.
func tallies(step *graph.Step) []tallied {
	var all []tallied
	for _, t := range []struct {
		relation graph.Relation
		dated    graph.TimeField
		tallied
	}{
		{graph.FacetOrigins, "", tallied{", c.origin", func(t *tally, r row, at int) error {
			if post := r.integer(at); post != 0 {
				t.origins[post]++
			}
			return nil
		}}},
		{graph.FacetTimeline, graph.Created, tallied{", c.created", day(graph.Created)}},
		{graph.FacetTimeline, graph.Released, tallied{", c.released", day(graph.Released)}},
		{graph.FacetClassifications, "", tallied{", c.label, c.level, c.caveats", addLabel}},
	} {
		if slices.ContainsFunc(step.Facets, func(f *graph.Step) bool { return f.Relation == t.relation && (t.dated == "" || f.Dated == t.dated) }) {
			all = append(all, t.tallied)
		}
	}
	return all
}

func day(of graph.TimeField) func(*tally, row, int) error {
	return func(t *tally, r row, at int) error {
		t.days[of][graph.DayOf(r.integer(at))]++
		return nil
	}
}

// addLabel reads the rest of a classification where its label comes for the first time. It has the last columns.
func addLabel(t *tally, r row, at int) error {
	label := r.text(at)
	bucket := t.labels[label]
	if bucket == nil {
		bucket = &graph.Bucket{}
		t.labels[label] = bucket
		if label != "" {
			bucket.Classification = &graph.Classification{Label: label, Level: graph.Level(r.integer(at + 1))}
			if err := unlist(r.text(at+2), &bucket.Classification.Caveats); err != nil {
				return err
			}
		}
	}
	bucket.Count++
	return nil
}

// facets counts what the cables of a step's list have, below each of the places.
func (a *asking) facets(step *graph.Step, c *compiled, places []place, answers []graph.Answer) error {
	columns := tallies(step)
	for i, at := range places {
		t := &tally{origins: map[int64]int64{}, labels: map[string]*graph.Bucket{}, days: map[graph.TimeField]map[int64]int{graph.Created: {}, graph.Released: {}}}
		err := a.once(c.ids, at, func(r row) error {
			t.ids = append(t.ids, r.integer(0))
			for k := range columns {
				if err := columns[k].add(t, r, 1+k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if step.Total && step.Relation.Once() {
			answers[i].Total = len(t.ids)
		}
		for _, f := range step.Facets {
			answer, err := a.facet(f, t, c.all)
			if err != nil {
				return err
			}
			answers[i].Facets = append(answers[i].Facets, answer)
		}
	}
	return nil
}

// facet answers one facet; all tells that the tally is of all cables.
func (a *asking) facet(step *graph.Step, t *tally, all bool) (graph.Answer, error) {
	answer := graph.Answer{Step: step}
	switch step.Relation {
	case graph.FacetClassifications:
		for _, b := range t.labels {
			answer.Buckets = append(answer.Buckets, *b)
		}
		graph.SortLabels(answer.Buckets)
		return answer, nil
	case graph.FacetTimeline:
		answer.Buckets = graph.Timeline(t.days[step.Dated], step.Interval)
		return answer, nil
	}
	answers := []graph.Answer{answer}
	err := a.weigh(step, []place{{}}, answers, func(place) ([]weight, error) { return a.nodes(step.Relation, t, all) })
	return answers[0], err
}

// nodes is how many of the cables each node has.
func (a *asking) nodes(relation graph.Relation, t *tally, all bool) ([]weight, error) {
	if relation == graph.FacetOrigins {
		return weights(t.origins), nil
	}
	edges, known := map[graph.Relation]struct{ node, table, where string }{
		graph.FacetRecipients: {"post", "sent_to", " WHERE w.first = 1"},
		graph.FacetTags:       {"tag", "tagged", ""},
		graph.FacetPeople:     {"person", "mention", " WHERE w.first = 1"},
	}[relation]
	nodes := func(from expr) ([]weight, error) {
		return a.count(sql("SELECT w."+edges.node+" FROM %s"+edges.where, from), place{})
	}
	switch {
	case !known:
		return nil, fmt.Errorf("relation %d is no facet", relation)
	case all && relation == graph.FacetRecipients:
		return nodes(raw(edges.table + " w"))
	case all: // each tag and person knows how many cables it has
		var counted []weight
		err := a.once(raw("SELECT id, cables FROM "+tables[relation.To()].name+" WHERE cables > 0"), place{}, func(r row) error {
			counted = append(counted, weight{r.integer(0), r.integer(1)})
			return nil
		})
		return counted, err
	}
	return nodes(sql("json_each(%s) a JOIN "+edges.table+" w ON w.cable = a.value", arg(listJSON(t.ids))))
}
