package sqlite

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/memory"
)

// Ask answers a plan out of one snapshot of the file.
func (s *Store) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	trace := graph.TraceFrom(ctx)
	trace.AddAsk()
	answers := make(graph.Answers, 0, len(plan.Steps))
	err := s.read(ctx, func(c *conn) error {
		held, err := s.holding(c)
		if err != nil {
			return err
		}
		a := &asking{ctx: ctx, c: c, trace: trace, held: held}
		for _, step := range plan.Steps {
			answer, err := a.step(step, nil, []place{{}})
			if err != nil {
				return err
			}
			answers = append(answers, answer[0])
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("ask: %w", err)
	}
	return answers, nil
}

// asking is one call of Ask.
type asking struct {
	ctx   context.Context
	c     *conn
	trace *graph.Trace
	held  *memory.Graph // nil where the file alone is asked
}

// place is a node by its row, and the one above it where that matters.
type place = memory.Place

// step answers a step below each of the places, in their order.
func (a *asking) step(step, via *graph.Step, places []place) ([]graph.Answer, error) {
	answers := make([]graph.Answer, len(places))
	for i := range answers {
		answers[i].Step = step
	}
	if !step.Rows && !step.Total && len(step.Facets) == 0 || len(places) == 0 {
		return answers, nil
	}
	list, err := a.list(step, via)
	if err != nil {
		return nil, err
	}
	switch {
	case list != nil && (!step.Rows || memory.Shows(step) && !list.Broad()):
		return answers, a.remembered(step, via, list, places, answers)
	case list != nil && pageFound(step) && !list.Broad():
		return answers, a.fetched(step, via, list, places, answers)
	case step.Relation.Weighted():
		return answers, a.weighted(step, places, answers)
	}
	rowsBy, totalBy, err := a.choose(step, via)
	if err != nil {
		return nil, err
	}
	c, err := compileStep(step, via, rowsBy)
	if err != nil {
		return nil, err
	}
	below := &descent{step: step}
	if step.Rows {
		if err := a.rows(step, c, places, answers, below); err != nil {
			return nil, err
		}
	}
	if list != nil {
		if err := a.counted(step, via, list, places, answers); err != nil {
			return nil, err
		}
		return answers, a.descend(below)
	}
	if totalBy != rowsBy {
		if c, err = compileStep(step, via, totalBy); err != nil {
			return nil, err
		}
	}
	if len(step.Facets) > 0 {
		if err := a.facets(step, c, places, answers); err != nil {
			return nil, err
		}
	}
	if step.Total && (len(step.Facets) == 0 || !step.Relation.Once()) {
		if err := a.totals(step, c, places, answers); err != nil {
			return nil, err
		}
	}
	return answers, a.descend(below)
}

// rows runs the step's statement for each place.
func (a *asking) rows(step *graph.Step, c *compiled, places []place, answers []graph.Answer, below *descent) error {
	run := a.runner(c.rows)
	defer run.note()
	pages := make([][]int64, len(places))
	for i, at := range places {
		answer := &answers[i]
		var err error
		if pages[i], err = c.page(step, run, at, answer); err != nil {
			return err
		}
	}
	below.add(places, answers, pages)
	return nil
}

// page reads the rows at a place and returns their ids.
func (c *compiled) page(step *graph.Step, run *runner, at place, answer *graph.Answer) (ids []int64, err error) {
	err = run.query(at, func(r row) error {
		answer.Edges = append(answer.Edges, graph.Edge{})
		ids = append(ids, r.integer(0))
		return c.read(step, r, &answer.Edges[len(answer.Edges)-1])
	})
	return paged(step, answer, ids), err
}

// read reads one row into an edge.
func (c *compiled) read(step *graph.Step, r row, e *graph.Edge) error {
	e.Step = step
	switch step.Relation.To() {
	case graph.KindCable:
		e.Cable = &graph.Cable{}
	case graph.KindPost:
		e.Post = &graph.Post{}
	case graph.KindPerson:
		e.Person = &graph.Person{}
	case graph.KindTag:
		e.Tag = &graph.Tag{}
	}
	if step.Relation == graph.CablePeople || step.Relation == graph.PersonCables {
		e.Mention = &graph.Mention{}
	}
	e.At = make(graph.Position, len(step.Order))
	for i, o := range step.Order {
		if o.By.Numeric() {
			e.At[i] = r.integer(1 + i)
		} else {
			e.At[i] = r.text(1 + i)
		}
	}
	for i := range c.columns {
		if err := c.columns[i].read(e, r, 1+len(step.Order)+i); err != nil {
			return err
		}
	}
	return nil
}

// paged cuts the row too many off, says what lies beyond the page, and puts a
// backward page in order. It returns the ids of the rows that stay.
func paged(step *graph.Step, answer *graph.Answer, ids []int64) []int64 {
	if step.Relation.Single() {
		return ids
	}
	p := step.Page
	more := len(ids) > p.Size
	if more {
		ids, answer.Edges = ids[:p.Size], answer.Edges[:p.Size]
	}
	answer.HasNext, answer.HasPrevious = more || len(p.Until) > 0, len(p.Cursor) > 0
	if p.Backward {
		answer.HasNext, answer.HasPrevious = answer.HasPrevious, answer.HasNext
		slices.Reverse(ids)
		slices.Reverse(answer.Edges)
	}
	return ids
}

// totals fills in Total. Where a page is the whole list, its rows are counted instead of asking.
func (a *asking) totals(step *graph.Step, c *compiled, places []place, answers []graph.Answer) error {
	run := a.runner(c.total)
	defer run.note()
	for i, at := range places {
		answer := &answers[i]
		if step.Rows && !answer.HasNext && !answer.HasPrevious {
			answer.Total = len(answer.Edges)
			continue
		}
		err := run.query(at, func(r row) error {
			answer.Total = int(r.integer(0))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// descent is what lies below the rows of a step: each node once, however many
// edges lead to it.
type descent struct {
	step   *graph.Step
	places []place
	ends   []end
}

// end is an edge with the index of the place where it ends.
type end struct {
	edge  *graph.Edge
	place int
}

// add notes the nodes of a step's rows. The node above counts only for the
// cables that two nodes share.
func (d *descent) add(above []place, answers []graph.Answer, ids [][]int64) {
	if len(d.step.Steps) == 0 {
		return
	}
	apart := slices.ContainsFunc(d.step.Steps, func(s *graph.Step) bool { return s.Relation == graph.SharedCables })
	rows := 0
	for i := range answers {
		rows += len(answers[i].Edges)
	}
	index := make(map[place]int, min(rows, 64)) // node → its index; many rows may lead to few nodes
	d.ends = make([]end, 0, rows)
	for i := range answers {
		for j := range answers[i].Edges {
			at := place{Row: ids[i][j]}
			if apart {
				at.Above = above[i].Row
			}
			n, known := index[at]
			if !known {
				n = len(d.places)
				index[at] = n
				d.places = append(d.places, at)
			}
			d.ends = append(d.ends, end{&answers[i].Edges[j], n})
		}
	}
}

// descend answers the child steps below all rows of a step and hangs the answers there.
func (a *asking) descend(d *descent) error {
	if len(d.places) == 0 {
		return nil
	}
	children := len(d.step.Steps)
	all := make(graph.Answers, len(d.places)*children)
	for k, child := range d.step.Steps {
		answers, err := a.step(child, d.step, d.places)
		if err != nil {
			return err
		}
		for i := range answers {
			all[i*children+k] = answers[i]
		}
	}
	for _, e := range d.ends {
		e.edge.SetAnswers(all[e.place*children : (e.place+1)*children : (e.place+1)*children])
	}
	return nil
}

// runner runs one statement for many places.
type runner struct {
	a    *asking
	text string
	args []any
	// What the trace gets: the arguments of the first run and the sums of all.
	first   []any
	runs    int
	rows    int
	elapsed time.Duration
	page    string // JSON, what chosen stands for
	// inMemory tells that it stands for what came out of memory.
	inMemory bool
}

func (a *asking) runner(statement expr) *runner {
	return &runner{a: a, text: statement.text, args: make([]any, len(statement.args)), first: statement.args}
}

// once runs a statement once at a place.
func (a *asking) once(statement expr, at place, visit func(row) error) error {
	run := a.runner(statement)
	defer run.note()
	return run.query(at, visit)
}

// query runs the statement at a place.
func (r *runner) query(at place, visit func(row) error) error {
	if err := r.a.ctx.Err(); err != nil {
		return err
	}
	r.bind(at)
	if r.a.trace == nil {
		return r.a.c.query(r.text, r.args, visit)
	}
	start := time.Now()
	err := r.a.c.query(r.text, r.args, func(row row) error {
		r.rows++
		return visit(row)
	})
	r.elapsed += time.Since(start)
	r.runs++
	return err
}

// bind sets the arguments that stand for the node above, the one above that, and a page that is known.
func (r *runner) bind(at place) {
	copy(r.args, r.first)
	for i, v := range r.args {
		switch v.(type) {
		case upper:
			r.args[i] = at.Row
		case higher:
			r.args[i] = at.Above
		case chosen:
			r.args[i] = r.page
		}
	}
}

// note tells the trace what was run: a statement that was run for many nodes is one entry.
func (r *runner) note() {
	if r.a.trace == nil || r.runs == 0 {
		return
	}
	parameters := make(map[string]any, len(r.args))
	for i, v := range r.args {
		parameters[fmt.Sprint(i+1)] = v
	}
	r.a.trace.Add(graph.Statement{
		Text: r.text, Parameters: parameters, Paste: paste(r.text, r.args),
		InMemory: r.inMemory, Runs: r.runs, Rows: r.rows, Milliseconds: graph.Milliseconds(r.elapsed),
	})
}
