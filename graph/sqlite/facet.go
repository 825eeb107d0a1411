package sqlite

import (
	"cmp"
	"fmt"
	"slices"

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

func (l counted) edges(table, cable string) expr {
	if l.all {
		return raw(table + " w")
	}
	return sql("json_each(%s) a JOIN "+table+" w ON w."+cable+" = a.value", l.ids)
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
		answer, err = a.nodeFacet(step, list)
	}
	return answer, err
}

// nodeFacet counts the cables of each node in Go, several times as fast as GROUP BY,
// and gives a statement the nodes that can stand on the page, to be put in order.
func (a *asking) nodeFacet(step *graph.Step, list counted) (graph.Answer, error) {
	answers, below, root := []graph.Answer{{Step: step}}, &descent{step: step}, []place{{}}
	counts, err := a.counts(step.Relation, list)
	if err != nil {
		return answers[0], err
	}
	narrow := step.Post == nil && step.Person == nil && step.Tag == nil && slices.Equal(step.Order, step.Relation.DefaultOrder()) && len(step.Page.Cursor) == 0 && !step.Page.Backward
	if step.Total && narrow {
		answers[0].Total = len(counts)
	}
	if narrow {
		counts = heaviest(counts, step.Page.Size+1)
	}
	c, err := compileFacet(step, counts)
	if err != nil {
		return answers[0], err
	}
	if step.Rows {
		if err := a.rows(step, c, root, answers, below); err != nil {
			return answers[0], err
		}
	}
	if step.Total && !narrow {
		if err := a.totals(step, c, root, answers); err != nil {
			return answers[0], err
		}
	}
	return answers[0], a.descend(below)
}

// counts is how many of the cables each node has: pairs of its row and the number.
func (a *asking) counts(relation graph.Relation, list counted) ([][2]int64, error) {
	if relation != graph.FacetRecipients && list.all {
		var counts [][2]int64
		err := a.once(raw("SELECT id, cables FROM "+tables[relation.To()].name+" WHERE cables > 0"), place{}, func(r row) error {
			counts = append(counts, [2]int64{r.integer(0), r.integer(1)})
			return nil
		})
		return counts, err
	}
	statement := expr{}
	switch relation {
	case graph.FacetOrigins:
		statement = sql("SELECT w.origin FROM %s WHERE w.origin <> 0", list.from())
	case graph.FacetRecipients:
		statement = sql("SELECT w.post FROM %s WHERE w.first = 1", list.edges("sent_to", "cable"))
	case graph.FacetTags:
		statement = sql("SELECT w.tag FROM %s", list.edges("tagged", "cable"))
	case graph.FacetPeople:
		statement = sql("SELECT w.person FROM %s WHERE w.first = 1", list.edges("mention", "cable"))
	default:
		return nil, fmt.Errorf("relation %d is no facet", relation)
	}
	of := map[int64]int64{}
	err := a.once(statement, place{}, func(r row) error {
		of[r.integer(0)]++
		return nil
	})
	counts := make([][2]int64, 0, len(of))
	for node, n := range of {
		counts = append(counts, [2]int64{node, n})
	}
	return counts, err
}

// heaviest leaves out those that can't be among the first n: the ties of the last one stay.
func heaviest(counts [][2]int64, n int) [][2]int64 {
	if len(counts) <= n {
		return counts
	}
	slices.SortFunc(counts, func(a, b [2]int64) int { return cmp.Compare(b[1], a[1]) })
	for n < len(counts) && counts[n][1] == counts[n-1][1] {
		n++
	}
	return counts[:n]
}

// compileFacet compiles a facet over nodes and their counts.
func compileFacet(step *graph.Step, counts [][2]int64) (*compiled, error) {
	src := source{alias: tables[step.Relation.To()].alias, edge: true}
	src.from = sql("(SELECT value ->> 0 AS node, value ->> 1 AS weight FROM json_each(%s)) e JOIN "+tableOf(src.alias).name+" "+src.alias+" ON "+src.alias+".id = e.node", arg(listJSON(counts)))
	return (&filters{}).compile(step, src, -1)
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
