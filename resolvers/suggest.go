package resolvers

import (
	"context"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/cablegraph/cablegraph/graph"
)

// suggest adds the root steps of `suggest`. Each brings one kind of node, so that
// the selection is read once for each.
func (p *planner) suggest(q *question, args map[string]any) {
	first, _, err := p.size("first", args["first"])
	p.fail(q.field, err)
	q.suggest = &graph.Suggest{Prefix: args["prefix"].(string), Kinds: graph.Kinds, First: first}
	if kinds := args["kinds"]; kinds != nil {
		q.suggest.Kinds = nil
		for _, v := range elements(kinds) {
			var kind graph.Kind
			p.fail(q.field, kind.UnmarshalGQL(v))
			q.suggest.Kinds = append(q.suggest.Kinds, kind)
		}
	}
	for i, step := range q.suggest.Steps() {
		step.Path = []string{q.field.Alias, strconv.Itoa(i)}
		q.plan.Steps = append(q.plan.Steps, step)
		p.spend(first)
		q.shapes = append(q.shapes, p.object(suggestionOf(step.Relation.To()), q.field.Selections, at{step: step, rows: first}))
	}
}

// suggested writes the suggestions.
func (q *question) suggested(answers graph.Answers) graphql.Marshaler {
	found := q.suggest.Suggestions(answers)
	return write(func(b []byte) []byte {
		return writeList(b, len(found), func(b []byte, i int) []byte { return writeObject(b, &found[i], q.shapes[found[i].Step]) })
	})
}

// suggestions answers `suggest`.
func (r *resolver) suggestions(ctx context.Context) ([]*graph.Suggestion, error) {
	q, answers, err := r.ask(ctx)
	if err != nil {
		return nil, err
	}
	found := q.suggest.Suggestions(answers)
	list := make([]*graph.Suggestion, len(found))
	for i := range found {
		list[i] = &found[i]
	}
	return list, nil
}

// suggestionOf is the type Suggestion as reading ahead knows it where its node is of the kind.
func suggestionOf(kind graph.Kind) string { return "Suggestion of " + string(kind) }

func suggestionFields(node string) map[string]*fieldType {
	type S = graph.Suggestion
	return map[string]*fieldType{
		"node":   {to: node, write: func(b []byte, object any, s *slot) []byte { return writeObject(b, object.(*S).Node, s.below) }},
		"kind":   text(0, func(s *S) string { return string(s.Kind) }),
		"label":  text(0, func(s *S) string { return s.Label }),
		"match":  text(0, func(s *S) string { return s.Match }),
		"cables": number(func(s *S) int { return s.Cables }),
	}
}
