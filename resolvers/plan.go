package resolvers

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/cablegraph/cablegraph/graph"
)

// planner reads the whole selection below one root field ahead: into a
// graph.Plan for the store, and a shape for writing what comes back. Both are one
// walk, so that the n-th step below a node is what the shape's slot n asks for.
type planner struct {
	op      *graphql.OperationContext
	limits  Limits
	decoder *decoder
	cost    int // of the whole request, so far
	path    ast.Path
	err     error // the first one
	// exploring is what the root field at hand explores; nil for the others.
	exploring *exploring
}

// at is where the walk is: the step that brings the object whose selection is read.
type at struct {
	step *graph.Step
	keys []string // the response keys from the step's field to the object
	rows int      // how many such objects there could be
	// lists is how many lists there could be, where the object is one.
	lists int
}

// maxRows keeps products of page sizes from overflowing; it is far beyond any limit.
const maxRows = 1 << 40

// fail keeps the first error, with the response path of the field that it belongs to.
func (p *planner) fail(f graphql.CollectedField, err error) {
	if p.err != nil || err == nil {
		return
	}
	shown := &gqlerror.Error{Err: err, Message: err.Error(), Path: slices.Clone(p.path)}
	if f.Field != nil && f.Position != nil {
		shown.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	p.err = shown
}

// object reads a selection on a type.
func (p *planner) object(typeName string, selections ast.SelectionSet, here at) *shape {
	t := types[typeName]
	fields := graphql.CollectFields(p.op, selections, t.satisfies)
	s := &shape{fields: make([]slot, len(fields))}
	for i, f := range fields {
		if p.err != nil {
			return s
		}
		p.path = append(p.path, ast.PathName(f.Alias))
		s.fields[i] = p.field(t, f, here)
		p.path = p.path[:len(p.path)-1]
	}
	return s
}

func (p *planner) field(t *objectType, f graphql.CollectedField, here at) slot {
	if len(p.path) > p.limits.Depth {
		p.fail(f, fmt.Errorf("%w: selections nest %d deep at most", errTooDeep, p.limits.Depth))
		return slot{}
	}
	s := slot{key: strconv.Quote(f.Alias) + ":"}
	if f.Name == "__typename" {
		s.write = func(b []byte, _ any, _ *slot) []byte { return writeString(b, t.name) }
		return s
	}
	field := t.fields[f.Name]
	s.write = field.write
	here.step.Fields |= field.columns
	switch field.role {
	case relation:
		s.step = len(here.step.Steps)
		s.below = p.step(field, f, here)
		return s
	case rows:
		here.step.Rows = true
	case total:
		here.step.Total = true
	case facet:
		s.step = len(here.step.Facets)
		s.below = p.facet(field, f, here)
		return s
	case members:
		here.rows = min(here.rows*field.count(p.exploring), maxRows)
	case metric:
		p.exploring.measure(field.metric)
	case words:
		p.exploring.words = true
		p.spend(here.rows)
	case keyless:
		p.keyless(f, here, &s)
		return s
	case behind:
		p.behind(field, f, here, &s)
		return s
	}
	if field.role == paragraphs {
		p.paragraphs(&s, f, here)
	}
	if field.to != "" {
		here.keys = append(slices.Clip(here.keys), f.Alias)
		s.below = p.object(field.to, f.Selections, here)
	}
	return s
}

// step adds a step below the one that brings the object.
func (p *planner) step(field *fieldType, f graphql.CollectedField, here at) *shape {
	step := &graph.Step{Path: append(slices.Clip(here.keys), f.Alias), Relation: field.relation}
	here.step.Steps = append(here.step.Steps, step)
	if field.relation == graph.SharedCables {
		step.In, step.Direction = here.step.In, here.step.Direction
	}
	return p.list(step, field, f, here.rows)
}

// list fills a step with its field's arguments and reads on below it.
func (p *planner) list(step *graph.Step, field *fieldType, f graphql.CollectedField, above int) *shape {
	if field.relation.Single() {
		step.Order, step.Page.Size, step.Rows = field.relation.DefaultOrder(), 1, true
		p.spend(above)
		return p.object(field.to, f.Selections, at{step: step, rows: above})
	}
	if field.whole > 0 {
		step.Order, step.Page.Size, step.Rows, step.Fields = field.relation.DefaultOrder(), field.size, true, graph.FieldSpans
		rows := min(above*field.whole, maxRows)
		p.spend(rows)
		return p.object(field.to, f.Selections, at{step: step, rows: rows})
	}
	args := f.ArgumentMap(p.op.Variables)
	p.fail(f, p.filters(step, args))
	p.fail(f, p.order(step, field.orders, args["orderBy"]))
	p.fail(f, p.page(step, field.size, args))
	rows := min(above*max(step.Page.Size, 1), maxRows)
	p.fail(f, scorable(step))
	below := p.object(field.to, f.Selections, at{step: step, rows: rows, lists: above})
	if !step.Rows {
		rows, step.Page = above, graph.Page{}
	}
	p.spend(rows)
	return below
}

func (p *planner) spend(rows int) { p.cost = min(p.cost+rows, maxRows) }

// filters reads the arguments that say which rows there are.
func (p *planner) filters(step *graph.Step, args map[string]any) (err error) {
	d := p.decoder
	if v := args["minConfidence"]; v != nil {
		if step.MinConfidence, err = confidence(v); err != nil {
			return err
		}
	}
	if step.Marking, err = where[graph.MarkingFilter](d, "marking", args["marking"]); err != nil {
		return err
	}
	if v := args["inCables"]; v != nil {
		if step.In, err = where[graph.CableWhere](d, "inCables", v); err != nil {
			return err
		}
	}
	if step.Relation == graph.PostCorrespondents {
		step.Direction = graph.Both
		if v := args["direction"]; v != nil {
			if err := step.Direction.UnmarshalGQL(v); err != nil {
				return (&place{name: "direction"}).errorf(graph.ErrBadWhere, "%v", err)
			}
		}
		step.In, err = where[graph.CableWhere](d, "where", args["where"])
		return err
	}
	v := args["where"]
	if step.Relation == graph.CableRecipients {
		step.Recipient, err = where[graph.RecipientWhere](d, "where", v)
		return err
	}
	switch step.Relation.To() {
	case graph.KindCable:
		step.Cable, err = where[graph.CableWhere](d, "where", v)
	case graph.KindPost:
		step.Post, err = where[graph.PostWhere](d, "where", v)
	case graph.KindPerson:
		step.Person, err = where[graph.PersonWhere](d, "where", v)
	case graph.KindTag:
		step.Tag, err = where[graph.TagWhere](d, "where", v)
	}
	return err
}

// question is one root field, read ahead.
type question struct {
	field graphql.CollectedField
	plan  *graph.Plan
	// shapes are how the answers to the plan's steps are written, one each.
	shapes []*shape
	// name is what was asked for, where several nodes may bear it.
	name string
	// ids are what `node` and `nodes` were asked for.
	ids []graph.ID
	// suggest is what `suggest` was asked.
	suggest *graph.Suggest
	// exploring is what `network` and its like were asked.
	exploring *exploring
	// err is what is wrong with the field; then it is not asked.
	err error
}

// ask puts the question to the store.
func (q *question) ask(ctx context.Context, store graph.Reader) (graph.Answers, error) {
	if q.err != nil {
		return nil, q.err
	}
	if len(q.plan.Steps) == 0 {
		return nil, nil // nothing that could be in any store
	}
	answers, err := store.Ask(ctx, q.plan)
	graph.TraceFrom(ctx).AddRows(answers)
	return answers, err
}
