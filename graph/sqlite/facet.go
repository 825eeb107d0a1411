package sqlite

import (
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
)

// counted is a list of cables that facets count: all of the file, or those with these ids, as JSON.
type counted struct {
	all bool
	ids expr
}

// from is the cables as the table w; edges are rows of an edge table, w too, of these cables.
func (l counted) from() expr {
	if l.all {
		return raw("cable w")
	}
	return sql("json_each(%s) a JOIN cable w ON w.id = a.value", l.ids)
}

func (l counted) edges(table string) expr {
	if l.all {
		return raw(table + " w")
	}
	return sql("json_each(%s) a JOIN "+table+" w ON w.cable = a.value", l.ids)
}

// facets counts what the cables of a step's list have, below each of the places. The
// cables are looked up once, however many facets count them.
func (a *asking) facets(step *graph.Step, c *compiled, places []place, answers []graph.Answer) error {
	for i, at := range places {
		list := counted{all: c.all}
		if !c.all {
			var ids []int64
			err := a.once(c.ids, at, func(r row) error {
				ids = append(ids, r.integer(0))
				return nil
			})
			if err != nil {
				return err
			}
			list.ids = arg(listJSON(ids))
			if step.Total {
				answers[i].Total = len(ids)
			}
		}
		for _, f := range step.Facets {
			answer, err := a.facet(f, list)
			if err != nil {
				return err
			}
			answers[i].Facets = append(answers[i].Facets, answer)
		}
	}
	return nil
}

// facet answers one facet over a list of cables.
func (a *asking) facet(step *graph.Step, list counted) (answer graph.Answer, err error) {
	answer.Step = step
	switch step.Relation {
	case graph.FacetClassifications:
		err = a.labels(list, &answer)
	case graph.FacetTimeline:
		err = a.timeline(step, list, &answer)
	default:
		answers := []graph.Answer{answer}
		err = a.weigh(step, []place{{}}, answers, func(place) ([]weight, error) { return a.nodes(step.Relation, list) })
		answer = answers[0]
	}
	return answer, err
}

// nodes is how many of the cables each node has.
func (a *asking) nodes(relation graph.Relation, list counted) ([]weight, error) {
	if relation != graph.FacetRecipients && list.all {
		var weights []weight
		err := a.once(raw("SELECT id, cables FROM "+tables[relation.To()].name+" WHERE cables > 0"), place{}, func(r row) error {
			weights = append(weights, weight{r.integer(0), r.integer(1)})
			return nil
		})
		return weights, err
	}
	switch relation {
	case graph.FacetOrigins:
		return a.count(sql("SELECT w.origin FROM %s WHERE w.origin <> 0", list.from()), place{})
	case graph.FacetRecipients:
		return a.count(sql("SELECT w.post FROM %s WHERE w.first = 1", list.edges("sent_to")), place{})
	case graph.FacetTags:
		return a.count(sql("SELECT w.tag FROM %s", list.edges("tagged")), place{})
	case graph.FacetPeople:
		return a.count(sql("SELECT w.person FROM %s WHERE w.first = 1", list.edges("mention")), place{})
	}
	return nil, fmt.Errorf("relation %d is no facet", relation)
}

// labels counts the classifications of a list of cables.
func (a *asking) labels(list counted, answer *graph.Answer) error {
	statement := sql("SELECT w.label, w.level, w.caveats, COUNT(*)\nFROM %s\nGROUP BY w.label", list.from())
	err := a.once(statement, place{}, func(r row) error {
		bucket := graph.Bucket{Count: int(r.integer(3))}
		if label := r.text(0); label != "" {
			bucket.Classification = &graph.Classification{Label: label, Level: graph.Level(r.integer(1))}
			if err := unlist(r.text(2), &bucket.Classification.Caveats); err != nil {
				return err
			}
		}
		answer.Buckets = append(answer.Buckets, bucket)
		return nil
	})
	graph.SortLabels(answer.Buckets)
	return err
}

// timeline counts the days of a list of cables.
func (a *asking) timeline(step *graph.Step, list counted, answer *graph.Answer) error {
	column := "created"
	if step.Dated == graph.Released {
		column = "released"
	}
	days := map[int64]int{}
	err := a.once(sql("SELECT w."+column+" FROM %s", list.from()), place{}, func(r row) error {
		days[graph.DayOf(r.integer(0))]++
		return nil
	})
	answer.Buckets = graph.Timeline(days, step.Interval)
	return err
}
