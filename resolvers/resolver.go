package resolvers

import (
	"context"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/cablegraph/cablegraph/graph"
)

// resolver answers field by field, for Schema.ByField: root fields ask the
// question that was read ahead, all others look their part of the answer up.
type resolver struct {
	store  graph.Reader
	news   *news
	limits Limits
}

// page answers a root field that is a list.
func (r *resolver) page(ctx context.Context) (*graph.Answer, error) {
	_, answers, err := r.ask(ctx)
	if err != nil {
		return nil, err
	}
	return &answers[0], nil
}

// one answers a root field that leads to one node: an empty row where there is none.
func (r *resolver) one(ctx context.Context) (*graph.Edge, error) {
	q, answers, err := r.ask(ctx)
	if err != nil {
		return &graph.Edge{}, err
	}
	e, err := q.one(answers)
	if e == nil {
		e = &graph.Edge{}
	}
	return e, err
}

func (r *resolver) ask(ctx context.Context) (*question, graph.Answers, error) {
	q := questionFrom(ctx, graphql.GetFieldContext(ctx).Field.Alias)
	if q == nil {
		return nil, nil, fmt.Errorf("%s was not read ahead", graphql.GetFieldContext(ctx).Field.Name)
	}
	answers, err := q.ask(ctx, r.store)
	return q, answers, err
}

// told answers a subscription; an error ends it. It starts a goroutine, which ends with ctx.
func (r *resolver) told(ctx context.Context) (<-chan *graph.Cable, error) {
	q := questionFrom(ctx, graphql.GetFieldContext(ctx).Field.Alias)
	s, err := r.news.subscribe(ctx, q, 1, r.limits)
	if err != nil {
		return nil, err
	}
	cables := make(chan *graph.Cable)
	go func() {
		defer close(cables)
		for {
			e, err := s.next(ctx)
			if err != nil {
				return
			}
			select {
			case cables <- e.Cable:
			case <-ctx.Done():
				return
			}
		}
	}()
	return cables, nil
}

// lookUp finds the answer to the field at hand below a node.
func lookUp(ctx context.Context, n graph.Node) (*graph.Answer, error) {
	field := graphql.GetFieldContext(ctx)
	below := n.Below()
	for i := range below {
		if leadsTo(below[i].Step.Path, field) {
			return &below[i], nil
		}
	}
	return nil, fmt.Errorf("%s was not read ahead", field.Field.Name)
}

// lookUpFacet finds the answer to the field at hand among the facets of a list.
func lookUpFacet(ctx context.Context, list *graph.Answer) (*graph.Answer, error) {
	field := graphql.GetFieldContext(ctx)
	for i := range list.Facets {
		if leadsTo(list.Facets[i].Step.Path, field) {
			return &list.Facets[i], nil
		}
	}
	return nil, fmt.Errorf("%s was not read ahead", field.Field.Name)
}

// buckets returns the buckets of the facet at hand.
func buckets(ctx context.Context, list *graph.Answer) ([]*graph.Bucket, error) {
	answer, err := lookUpFacet(ctx, list)
	if err != nil {
		return nil, err
	}
	all := make([]*graph.Bucket, len(answer.Buckets))
	for i := range all {
		all[i] = &answer.Buckets[i]
	}
	return all, nil
}

// leadsTo tells whether a step's path is the way from the step above to the
// field. Below a list that way starts with the list's edges or nodes or facets, below a
// facet with its counts, below a cable's paragraphs with them, below a place in one with its person; an alias
// that looks like one of them further down does not count.
func leadsTo(path []string, field *graphql.FieldContext) bool {
	last := field
	for i := len(path) - 1; i >= 0; i-- {
		for field != nil && field.Index != nil {
			field = field.Parent
		}
		if field == nil || field.Field.Field == nil || field.Field.Alias != path[i] {
			return false
		}
		last, field = field, field.Parent
	}
	return len(path) == 1 || slices.Contains([]string{"edges", "nodes", "paragraphs", "person", "node", "facets", "counts"}, last.Field.Name)
}

// first returns the only row of a single relation, an empty one where there is none.
func first(ctx context.Context, n graph.Node) (*graph.Edge, error) {
	answer, err := lookUp(ctx, n)
	if err != nil || len(answer.Edges) == 0 {
		return &graph.Edge{}, err
	}
	return &answer.Edges[0], nil
}

// named returns the places of a paragraph that name somebody.
func named(ctx context.Context, p *graph.Paragraph) ([]*graph.TextSpan, error) {
	answer, err := lookUp(ctx, p.Cable)
	if err != nil {
		return nil, err
	}
	found := p.People(answer.Edges)
	spans := make([]*graph.TextSpan, len(found))
	for i := range found {
		spans[i] = &found[i]
	}
	return spans, nil
}

// all answers `nodes`: the node of each id, nil where there is none.
func (r *resolver) all(ctx context.Context) ([]graph.Node, error) {
	q, answers, err := r.ask(ctx)
	if err != nil {
		return nil, err
	}
	edges, _ := q.each(answers)
	nodes := make([]graph.Node, len(edges))
	for i, e := range edges {
		if e != nil {
			nodes[i] = e.Node()
		}
	}
	return nodes, nil
}
