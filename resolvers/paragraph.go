package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/cablegraph/cablegraph/graph"
)

// namesPath is the end of the path of the step that finds the people by whom paragraphs are filtered.
const namesPath = "#names"

// paragraphs reads the filter of a cable's paragraphs. Whom it wants named is a
// step below the cable: what it brings decides which paragraphs are written.
func (p *planner) paragraphs(s *slot, f graphql.CollectedField, here at) {
	w, err := where[graph.ParagraphWhere](p.decoder, "where", f.ArgumentMap(p.op.Variables)["where"])
	p.fail(f, err)
	if w != nil && w.Names != nil {
		s.step = len(here.step.Steps)
		here.step.Steps = append(here.step.Steps, &graph.Step{
			Path: append(append([]string(nil), here.keys...), f.Alias, namesPath), Relation: graph.CablePeople, Person: w.Names,
			Order: graph.CablePeople.DefaultOrder(), Page: graph.Page{Size: graph.MaxPage}, Rows: true, Fields: graph.FieldSpans,
		})
		p.spend(min(here.rows*namedIn().whole, maxRows))
	}
	s.write = func(b []byte, object any, s *slot) []byte {
		c := object.(*graph.Cable)
		var people []graph.Edge
		if w != nil && w.Names != nil {
			people = answerBelow(c, s).Edges
		}
		found, _ := c.CutWhere(w, people) // reading ahead has read its text
		return writeList(b, len(found), func(b []byte, i int) []byte { return writeObject(b, &found[i], s.below) })
	}
}

// cut returns the cable's paragraphs that the filter of the field at hand lets through.
func cut(ctx context.Context, c *graph.Cable, w *graph.ParagraphWhere) ([]*graph.Paragraph, error) {
	var people []graph.Edge
	if w != nil && w.Names != nil {
		field := graphql.GetFieldContext(ctx)
		for i := range c.Answers {
			path := c.Answers[i].Step.Path
			if last := len(path) - 1; path[last] == namesPath && leadsTo(path[:last], field) {
				people = c.Answers[i].Edges
			}
		}
	}
	found, err := c.CutWhere(w, people)
	all := make([]*graph.Paragraph, len(found))
	for i := range found {
		all[i] = &found[i]
	}
	return all, err
}
