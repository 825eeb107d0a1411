package sqlite

import (
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/memory"
)

// How questions are answered out of memory, see Hold. A step is answered there, or in the file, or its page is
// found there and read in the file.

// holding returns the graph in memory where it is of the state that the connection reads.
func (s *Store) holding(c *conn) (*memory.Graph, error) {
	held := s.held.Load()
	if held == nil {
		return nil, nil
	}
	version, err := versionOf(c)
	if err != nil || version != held.version {
		return nil, err
	}
	return held.graph, nil
}

// list returns the step's list out of memory; nil where it is not held, or where the file is as good.
func (a *asking) list(step, via *graph.Step) (*memory.List, error) {
	if a.held == nil || !memory.Holds(step) {
		return nil, nil
	}
	if !step.Total && len(step.Facets) == 0 && !step.Relation.Weighted() {
		if !memory.Shows(step) && !(step.Filtered() && pageFound(step)) {
			return nil, nil
		}
		if searched(step.Cable) && walked(step.Order[0].By) {
			return nil, nil // a page of what a word is in is found sooner along the list
		}
	}
	return a.held.List(step, via, a)
}

// searched tells whether a filter has a full-text question of its own.
func searched(w *graph.CableWhere) bool {
	return w != nil && (w.Text != nil || w.Subject != nil || w.Body != nil)
}

// remembered answers a step below each of the places out of memory.
func (a *asking) remembered(step, via *graph.Step, list *memory.List, places []place, answers []graph.Answer) error {
	below := &descent{step: step}
	if step.Rows {
		start := time.Now()
		pages, err := list.Rows(a.ctx, places, answers)
		if err != nil {
			return err
		}
		for i, rows := range pages {
			pages[i] = paged(step, &answers[i], rows)
		}
		below.add(places, answers, pages)
		if err := a.tell(step, via, places, answers, time.Since(start)); err != nil {
			return err
		}
	}
	if err := a.counted(step, via, list, places, answers); err != nil {
		return err
	}
	return a.descend(below)
}

// pageFound tells whether the rows of a step's page are found in memory, though the file has to say what is in
// them. A cable's own lists are short, and read there as soon.
func pageFound(step *graph.Step) bool {
	return memory.Orders(step) && (step.Relation.From() != graph.KindCable || step.Relation.Weighted())
}

// fetched answers a step below each of the places: which rows are on the page out of memory, and what
// is in them out of the file.
func (a *asking) fetched(step, via *graph.Step, list *memory.List, places []place, answers []graph.Answer) error {
	start := time.Now()
	pages, err := list.Pages(a.ctx, places)
	if err != nil {
		return err
	}
	took := time.Since(start)
	c, err := compileChosen(step, via)
	if err != nil {
		return err
	}
	below, rows, run := &descent{step: step}, make([][]int64, len(places)), a.runner(c.rows)
	for i, at := range places {
		if len(pages[i]) == 0 {
			paged(step, &answers[i], nil)
			continue
		}
		run.page = listJSON(pages[i])
		if rows[i], err = c.page(step, run, at, &answers[i]); err != nil {
			return err
		}
		list.Explain(at, rows[i], answers[i].Edges)
	}
	run.note()
	below.add(places, answers, rows)
	if err := a.tell(step, via, places, answers, took); err != nil {
		return err
	}
	if err := a.counted(step, via, list, places, answers); err != nil {
		return err
	}
	return a.descend(below)
}

// counted answers the total and the facets of a step below each of the places out of memory.
func (a *asking) counted(step, via *graph.Step, list *memory.List, places []place, answers []graph.Answer) error {
	if !step.Total && len(step.Facets) == 0 {
		return nil
	}
	start := time.Now()
	for i, at := range places {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if step.Total {
			answers[i].Total = list.Total(at)
		}
		if len(step.Facets) == 0 {
			continue
		}
		cables := list.Listed(at)
		for _, facet := range step.Facets {
			answer, err := a.countedFacet(facet, cables)
			if err != nil {
				return err
			}
			answers[i].Facets = append(answers[i].Facets, answer)
		}
	}
	return a.tell(step, via, places, nil, time.Since(start))
}

// countedFacet answers a facet over the cables out of memory.
func (a *asking) countedFacet(facet *graph.Step, cables memory.Counted) (graph.Answer, error) {
	answers := []graph.Answer{{Step: facet}}
	if facet.Relation.To() == "" {
		answers[0].Buckets = a.held.Buckets(facet, cables)
		return answers[0], nil
	}
	list, err := a.held.Facet(facet, cables, a)
	switch {
	case err != nil:
	case memory.Shows(facet):
		err = a.remembered(facet, nil, list, []place{{}}, answers)
	default:
		err = a.fetched(facet, nil, list, []place{{}}, answers)
	}
	return answers[0], err
}

// tell notes in the trace what the file would have been asked for what came out of memory: for the
// rows of the answers, or, where there are none, for a total.
func (a *asking) tell(step, via *graph.Step, places []place, answers []graph.Answer, took time.Duration) error {
	if a.trace == nil || step.Relation.Facet() {
		return nil
	}
	statement, err := a.insteadOf(step, via, answers != nil)
	if err != nil {
		return err
	}
	run := a.runner(statement)
	run.inMemory, run.runs, run.elapsed = true, len(places), took
	run.bind(places[len(places)-1])
	if run.rows = len(places); answers != nil {
		run.rows = 0
		for i := range answers {
			run.rows += len(answers[i].Edges)
		}
	}
	run.note()
	return nil
}

// insteadOf is the statement for the rows of a step, or for its total.
func (a *asking) insteadOf(step, via *graph.Step, rows bool) (expr, error) {
	if step.Relation.Weighted() {
		return (&filters{}).partners(step)
	}
	drive, totalBy, err := a.choose(step, via)
	if err != nil {
		return expr{}, err
	}
	if !rows {
		drive = totalBy
	}
	c, err := compileStep(step, via, drive)
	switch {
	case err != nil:
		return expr{}, err
	case rows:
		return c.rows, nil
	}
	return c.total, nil
}

// Cables, Posts, People and Tags find what is not held in memory: asking is its memory.File.
func (a *asking) Cables(w *graph.CableWhere) ([]int64, error) {
	f := &filters{}
	terms, err := f.cable(w, cableRow("c"))
	return a.rowsOf(graph.KindCable, terms, err)
}

// Posts is as Cables.
func (a *asking) Posts(w *graph.PostWhere) ([]int64, error) {
	terms, err := (&filters{}).post(w, "p")
	return a.rowsOf(graph.KindPost, terms, err)
}

// People is as Cables.
func (a *asking) People(w *graph.PersonWhere) ([]int64, error) {
	terms, err := (&filters{}).person(w, "h")
	return a.rowsOf(graph.KindPerson, terms, err)
}

// Tags is as Cables.
func (a *asking) Tags(w *graph.TagWhere) ([]int64, error) {
	terms, err := (&filters{}).tag(w, "t")
	return a.rowsOf(graph.KindTag, terms, err)
}

// rowsOf finds the nodes of a kind that meet the terms.
func (a *asking) rowsOf(kind graph.Kind, terms []term, err error) (rows []int64, _ error) {
	if err != nil {
		return nil, err
	}
	t, at := tables[kind], best(terms)
	statement := sql("SELECT "+t.alias+".id FROM "+t.name+" "+t.alias+" WHERE %s", condition(terms, t.alias+".id", at))
	if len(terms) == 1 && at == 0 && !terms[0].loose {
		statement = terms[0].drive
	}
	return rows, a.once(statement, place{}, func(r row) error {
		rows = append(rows, r.integer(0))
		return nil
	})
}
