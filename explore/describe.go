package explore

import (
	"context"
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// described are the columns that nodes of a kind have beside what was counted, and
// the fields that they are read from.
var described = map[graph.Kind]struct {
	relation graph.Relation
	fields   graph.Fields
	columns  []network.Column
	values   func(*graph.Edge) (label string, values []any)
}{
	graph.KindCable: {graph.RootCables, graph.FieldSubject | graph.FieldCreated | graph.FieldClassification, []network.Column{
		{Name: "subject", Type: network.String},
		{Name: "date", Type: network.String},
		{Name: "classification", Type: network.String},
	}, func(e *graph.Edge) (string, []any) {
		class := ""
		if e.Cable.Classification != nil {
			class = e.Cable.Classification.Label
		}
		return e.Key(), []any{known(e.Cable.Subject), date(e.Cable.Created), known(class)}
	}},
	graph.KindPerson: {graph.RootPeople, graph.FieldName | graph.FieldTitles, []network.Column{
		{Name: "title", Type: network.String},
	}, func(e *graph.Edge) (string, []any) {
		title := ""
		if len(e.Person.Titles) > 0 {
			title = e.Person.Titles[0]
		}
		return e.Person.Name, []any{known(title)}
	}},
	graph.KindPost: {graph.RootPosts, graph.FieldName | graph.FieldKind | graph.FieldPlace, []network.Column{
		{Name: "post_kind", Type: network.String},
		{Name: "city", Type: network.String},
		{Name: "country", Type: network.String},
	}, func(e *graph.Edge) (string, []any) {
		return e.Post.Name, []any{string(e.Post.Kind), known(e.Post.City), known(e.Post.Country)}
	}},
	graph.KindTag: {graph.RootTags, graph.FieldName | graph.FieldKind, []network.Column{
		{Name: "stands_for", Type: network.String},
		{Name: "tag_kind", Type: network.String},
	}, func(e *graph.Edge) (string, []any) {
		return e.Tag.Code, []any{known(e.Tag.Name), string(e.Tag.Kind)}
	}},
}

func known(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func date(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Format(time.DateOnly)
}

// describe sets labels and adds the columns of the kinds of node that there are,
// asked for by key, a page of them at once. A node that went meanwhile has its id for a label.
func describe(ctx context.Context, store graph.Reader, n *network.Network) error {
	for _, kind := range graph.Kinds {
		at := map[string]int{}
		var keys []string
		for i := range n.Nodes {
			if n.Nodes[i].Kind == kind {
				_, key, _ := n.Nodes[i].ID.Split()
				keys, at[key] = append(keys, key), i
			}
		}
		if len(keys) == 0 {
			continue
		}
		d := described[kind]
		before := len(n.NodeColumns)
		n.NodeColumns = append(n.NodeColumns, d.columns...)
		for i := range n.Nodes {
			n.Nodes[i].Values = append(n.Nodes[i].Values, make([]any, len(d.columns))...)
		}
		for page := range slices.Chunk(keys, graph.MaxPage) {
			step := keyed(d.relation, page)
			step.Fields = d.fields
			answers, err := store.Ask(ctx, &graph.Plan{Steps: []*graph.Step{step}})
			if err != nil {
				return err
			}
			for j := range answers[0].Edges {
				e := &answers[0].Edges[j]
				i, ok := at[e.Key()]
				if !ok {
					continue
				}
				label, values := d.values(e)
				n.Nodes[i].Label = label
				copy(n.Nodes[i].Values[before:], values)
			}
		}
	}
	for i := range n.Nodes {
		if n.Nodes[i].Label == "" {
			n.Nodes[i].Label = string(n.Nodes[i].ID)
		}
	}
	return nil
}

// keyed is a step for nodes by their keys.
func keyed(relation graph.Relation, keys []string) *graph.Step {
	return &graph.Step{Path: []string{string(relation.To())}, Relation: relation, Keys: keys, Order: []graph.Order{{By: graph.ByKey}}, Page: graph.Page{Size: len(keys)}, Rows: true}
}
