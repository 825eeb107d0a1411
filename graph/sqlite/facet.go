package sqlite

import (
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
)

// facets counts what the cables of a step's list have, below each of the places. The
// cables are looked up once, by the statement of their ids, however many facets count them.
func (a *asking) facets(step *graph.Step, ids expr, places []place, answers []graph.Answer) error {
	for i, at := range places {
		list := []int64{}
		err := a.once(ids, at, func(r row) error {
			list = append(list, r.integer(0))
			return nil
		})
		if err != nil {
			return err
		}
		cables := arg(listJSON(list))
		for _, f := range step.Facets {
			answer, err := a.facet(f, cables)
			if err != nil {
				return err
			}
			answers[i].Facets = append(answers[i].Facets, answer)
		}
	}
	return nil
}

// facet answers one facet over a list of cables.
func (a *asking) facet(step *graph.Step, cables expr) (graph.Answer, error) {
	answers, below, root := []graph.Answer{{Step: step}}, &descent{step: step}, []place{{}}
	answer := &answers[0]
	switch step.Relation {
	case graph.FacetClassifications:
		err := a.labels(cables, answer)
		return *answer, err
	case graph.FacetTimeline:
		err := a.timeline(step, cables, answer)
		return *answer, err
	}
	c, err := compileFacet(step, cables)
	if err != nil {
		return *answer, err
	}
	if step.Rows {
		if err := a.rows(step, c, root, answers, below); err != nil {
			return *answer, err
		}
	}
	if step.Total {
		if err := a.totals(step, c, root, answers); err != nil {
			return *answer, err
		}
	}
	return *answer, a.descend(below)
}

// compileFacet compiles a facet that leads to nodes.
func compileFacet(step *graph.Step, cables expr) (*compiled, error) {
	pairs := map[graph.Relation]string{
		graph.FacetOrigins:    "SELECT w.origin AS node, COUNT(*) AS weight FROM json_each(%s) a JOIN cable w ON w.id = a.value WHERE w.origin <> 0 GROUP BY 1",
		graph.FacetRecipients: "SELECT w.post AS node, COUNT(*) AS weight FROM json_each(%s) a JOIN sent_to w ON w.cable = a.value WHERE w.first = 1 GROUP BY 1",
		graph.FacetTags:       "SELECT w.tag AS node, COUNT(*) AS weight FROM json_each(%s) a JOIN tagged w ON w.cable = a.value GROUP BY 1",
		graph.FacetPeople:     "SELECT w.person AS node, COUNT(*) AS weight FROM json_each(%s) a JOIN mention w ON w.cable = a.value WHERE w.first = 1 GROUP BY 1",
	}[step.Relation]
	if pairs == "" {
		return nil, fmt.Errorf("relation %d is no facet", step.Relation)
	}
	src := source{alias: tables[step.Relation.To()].alias, edge: true}
	src.from = sql("(%s) e JOIN "+tableOf(src.alias).name+" "+src.alias+" ON "+src.alias+".id = e.node", sql(pairs, cables))
	return (&filters{}).compile(step, src, -1)
}

// labels counts the classifications of a list of cables.
func (a *asking) labels(cables expr, answer *graph.Answer) error {
	statement := sql("SELECT w.label, w.level, w.caveats, COUNT(*)\nFROM json_each(%s) a JOIN cable w ON w.id = a.value\nGROUP BY w.label", cables)
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
func (a *asking) timeline(step *graph.Step, cables expr, answer *graph.Answer) error {
	column := "created"
	if step.Dated == graph.Released {
		column = "released"
	}
	days := map[int64]int{}
	statement := sql("SELECT w."+column+", COUNT(*)\nFROM json_each(%s) a JOIN cable w ON w.id = a.value\nGROUP BY w."+column+" / 1440", cables)
	err := a.once(statement, place{}, func(r row) error {
		days[graph.DayOf(r.integer(0))] += int(r.integer(1))
		return nil
	})
	answer.Buckets = graph.Timeline(days, step.Interval)
	return err
}
