package neo4j

import (
	"context"
	"fmt"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Ask answers a plan by one statement; by a second one where a list is longer than was expected.
func (s *Store) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	graph.TraceFrom(ctx).AddAsk()
	if len(plan.Steps) == 0 {
		return nil, translate(ctx, ctx.Err())
	}
	answers, whole, err := s.ask(ctx, plan, false)
	if err == nil && !whole {
		answers, _, err = s.ask(ctx, plan, true)
	}
	return answers, err
}

// Replan has the server plan statements anew, without running them: one that has just started gets faster at it with each.
func (s *Store) Replan(ctx context.Context, statements []graph.Statement) error {
	for _, statement := range statements {
		if _, err := s.read(ctx, "CYPHER replan=force EXPLAIN "+statement.Text, statement.Parameters); err != nil {
			return fmt.Errorf("plan a statement: %w", err)
		}
	}
	return nil
}

// ask is one attempt; whole is false where a list was too long to be taken unsorted.
func (s *Store) ask(ctx context.Context, plan *graph.Plan, sorted bool) (answers graph.Answers, whole bool, err error) {
	st, err := compile(plan, byIndex, sorted)
	if err != nil {
		return nil, false, err
	}
	rows, err := s.whole(ctx, question{st.text, st.params})
	if err != nil && refused(err) && len(st.searches) > 0 {
		// While the store is being filled the full-text indexes are not there.
		if online, look := s.searchable(ctx); look == nil && !online {
			if st, err = compile(plan, byScan, sorted); err != nil {
				return nil, false, err
			}
			rows, err = s.whole(ctx, question{st.text, st.params})
		}
	}
	if err != nil {
		return nil, false, err
	}
	if len(rows) != 1 || len(rows[0].Values) != len(st.steps)+1 {
		return nil, false, fmt.Errorf("neo4j: a statement for %d steps gave %d rows", len(st.steps), len(rows))
	}
	answers = make(graph.Answers, len(st.steps))
	for i, done := range st.steps {
		done.decode(rows[0].Values[i], &answers[i])
	}
	return answers, !*st.long, nil
}

// decode reads the value of a step's expression into an answer.
func (c *compiled) decode(v any, a *graph.Answer) {
	a.Step = c.step
	if c.step.Relation.Facet() && !c.step.Relation.Weighted() {
		a.Buckets = decodeBuckets(c.step, v)
		return
	}
	total, list := v, v
	if c.list() {
		values, _ := v.([]any)
		if len(values) != 2+len(c.facets) {
			return
		}
		total, list = values[0], values[1]
		if len(c.facets) > 0 {
			a.Facets = make(graph.Answers, len(c.facets))
		}
		for i, f := range c.facets {
			f.decode(values[2+i], &a.Facets[i])
		}
	}
	if c.step.Total && !c.complete() {
		a.Total = int(number(total))
	}
	if !c.step.Rows {
		return
	}
	rows, _ := list.([]any)
	if c.step.Total && c.complete() {
		a.Total = len(rows)
	}
	c.page(rows, a)
}

// page cuts the one row too many, tells by it whether the list goes on, and
// decodes the others in the list's order.
func (c *compiled) page(rows []any, a *graph.Answer) {
	p := c.step.Page
	if c.short {
		c.sort(rows)
	}
	if c.step.Relation.Single() {
		rows = rows[:min(1, len(rows))]
	} else {
		more := len(rows) > p.Size
		if more {
			rows = rows[:p.Size]
		}
		a.HasNext, a.HasPrevious = more || len(p.Until) > 0, len(p.Cursor) > 0
		if p.Backward {
			slices.Reverse(rows)
			a.HasNext, a.HasPrevious = a.HasPrevious, a.HasNext
		}
	}
	if len(rows) == 0 {
		return
	}
	a.Edges = make([]graph.Edge, len(rows))
	c.nodes(a.Edges)
	var below []graph.Answer
	if n := len(c.below); n > 0 {
		below = make([]graph.Answer, n*len(rows))
	}
	for i, row := range rows {
		values, _ := row.([]any)
		var answers graph.Answers
		if n := len(c.below); n > 0 {
			answers = below[i*n : (i+1)*n : (i+1)*n]
		}
		c.row(values, &a.Edges[i], answers)
	}
}

// nodes hangs empty nodes at the edges, all out of one allocation.
func (c *compiled) nodes(edges []graph.Edge) {
	switch c.step.Relation.To() {
	case graph.KindCable:
		nodes := make([]graph.Cable, len(edges))
		for i := range edges {
			edges[i].Cable = &nodes[i]
		}
	case graph.KindPost:
		nodes := make([]graph.Post, len(edges))
		for i := range edges {
			edges[i].Post = &nodes[i]
		}
	case graph.KindPerson:
		nodes := make([]graph.Person, len(edges))
		for i := range edges {
			edges[i].Person = &nodes[i]
		}
	case graph.KindTag:
		nodes := make([]graph.Tag, len(edges))
		for i := range edges {
			edges[i].Tag = &nodes[i]
		}
	}
}

// row decodes one row. Its position is the row's own first values, as they are.
func (c *compiled) row(values []any, e *graph.Edge, below graph.Answers) {
	if len(values) != c.values+len(c.below) {
		return
	}
	terms := len(c.step.Order)
	e.Step = c.step
	e.At = graph.Position(values[:terms:terms])
	setKey(e, text(values[terms-1]))
	if c.step.Relation == graph.CablePeople || c.step.Relation == graph.PersonCables {
		e.Mention = &graph.Mention{}
	}
	for _, col := range c.columns {
		col.set(e, values[col.at])
	}
	for i, step := range c.below {
		step.decode(values[c.values+i], &below[i])
	}
	if below != nil {
		e.SetAnswers(below)
	}
}

func setKey(e *graph.Edge, key string) {
	switch {
	case e.Cable != nil:
		e.Cable.Reference = graph.Reference(key)
	case e.Post != nil:
		e.Post.Slug = key
	case e.Person != nil:
		e.Person.Slug = key
	case e.Tag != nil:
		e.Tag.Code = key
	}
}
