package sqlite

import (
	"cmp"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// weight is how many cables a node has: its row and their number. As JSON a pair.
type weight = [2]int64

// weighted answers a step of a weighted relation below nodes.
func (a *asking) weighted(step *graph.Step, places []place, answers []graph.Answer) error {
	partners, err := (&filters{}).partners(step)
	if err != nil {
		return err
	}
	return a.weigh(step, places, answers, func(at place) ([]weight, error) { return a.count(partners, at) })
}

// weigh answers a step over nodes and their weights, below each of the places. The
// cables of each node are counted in Go, several times as fast as by GROUP BY; a
// statement gets the nodes that can stand on the page, to be filtered and put in order.
func (a *asking) weigh(step *graph.Step, places []place, answers []graph.Answer, count func(place) ([]weight, error)) error {
	pages := make([][]int64, len(places))
	for i, at := range places {
		all, err := count(at)
		if err != nil {
			return err
		}
		total := len(all)
		plain := byWeightAlone(step)
		if plain {
			all = heaviest(all, step.Page.Size+1)
		}
		c, err := compileWeighted(step, arg(listJSON(all)))
		if err != nil {
			return err
		}
		if step.Rows {
			run := a.runner(c.rows)
			pages[i], err = c.page(step, run, place{}, &answers[i])
			run.note()
			if err == nil && step.Relation == graph.CableRelated {
				err = a.reasons(at.Row, answers[i].Edges, pages[i])
			}
			if err != nil {
				return err
			}
		}
		if len(step.Facets) > 0 {
			if err := a.facets(step, c, places[i:i+1], answers[i:i+1]); err != nil {
				return err
			}
		}
		switch {
		case !step.Total || len(step.Facets) > 0:
		case plain:
			answers[i].Total = total
		default:
			if err := a.totals(step, c, places[i:i+1], answers[i:i+1]); err != nil {
				return err
			}
		}
	}
	below := &descent{step: step}
	below.add(places, answers, pages)
	return a.descend(below)
}

// byWeightAlone tells whether the step's page is the start of all nodes by weight.
func byWeightAlone(step *graph.Step) bool {
	return len(step.Facets) == 0 && !step.Filtered() && len(step.Page.Cursor) == 0 && len(step.Page.Until) == 0 &&
		!step.Page.Backward && slices.Equal(step.Order, step.Relation.DefaultOrder())
}

// count sums up what a statement gives for each node: its second column, else 1 a row.
func (a *asking) count(statement expr, at place) ([]weight, error) {
	of := map[int64]int64{}
	err := a.once(statement, at, func(r row) error {
		if r.columns() > 1 {
			of[r.integer(0)] += r.integer(1)
		} else {
			of[r.integer(0)]++
		}
		return nil
	})
	return weights(of), err
}

func weights(of map[int64]int64) []weight {
	all := make([]weight, 0, len(of))
	for node, n := range of {
		all = append(all, weight{node, n})
	}
	return all
}

// heaviest leaves out those that can't be among the first n; the ties of the last one stay.
func heaviest(weights []weight, n int) []weight {
	if len(weights) <= n {
		return weights
	}
	slices.SortFunc(weights, func(a, b weight) int { return cmp.Compare(b[1], a[1]) })
	for n < len(weights) && weights[n][1] == weights[n-1][1] {
		n++
	}
	return weights[:n]
}

// compileChosen compiles a step whose page is known: chosen stands for the rows of its nodes, with their weights.
func compileChosen(step, via *graph.Step) (*compiled, error) {
	bare := *step
	bare.Cable, bare.Post, bare.Person, bare.Tag, bare.In, bare.Facets, bare.MinConfidence, bare.Marking = nil, nil, nil, nil, nil, nil, 0, nil
	bare.Page.Cursor, bare.Page.Until = nil, nil
	if step.Relation.Weighted() {
		return compileWeighted(&bare, onPage)
	}
	f := &filters{}
	src, err := f.source(&bare, via)
	if err != nil {
		return nil, err
	}
	these := sql(src.alias+".id IN (SELECT value ->> 0 FROM json_each(%s))", onPage)
	if !src.edge {
		return assemble(&bare, src, []expr{these}) // they are below the node above
	}
	// The plus keeps SQLite from starting at the node above.
	return assemble(&bare, src, append([]expr{these, sql("+%s", src.where[0])}, src.where[1:]...))
}

// compileWeighted compiles a step over nodes and their weights, a list as JSON.
func compileWeighted(step *graph.Step, weights expr) (*compiled, error) {
	src := source{alias: tables[step.Relation.To()].alias, edge: true}
	if src.alias == "c" {
		src.created = "c.created"
	}
	src.from = sql("(SELECT value ->> 0 AS node, value ->> 1 AS weight FROM json_each(%s)) e JOIN "+tableOf(src.alias).name+" "+src.alias+" ON "+src.alias+".id = e.node", weights)
	return (&filters{}).compile(step, src, -1)
}
