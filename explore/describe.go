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

// describe sets labels and adds the columns of the kinds of node that there are.
func describe(ctx context.Context, store graph.Reader, n *network.Network) error {
	there := map[graph.Kind]bool{}
	for i := range n.Nodes {
		there[n.Nodes[i].Kind] = true
	}
	before := len(n.NodeColumns)
	d := newDescription(&n.Head, there)
	for i := range n.Nodes {
		n.Nodes[i].Values = append(n.Nodes[i].Values, make([]any, len(n.NodeColumns)-before)...)
	}
	return d.read(ctx, store, n.Nodes)
}

// description knows for each kind of node which is the first of its columns.
type description map[graph.Kind]int

// newDescription adds the columns of kinds of node to a head.
func newDescription(h *network.Head, kinds map[graph.Kind]bool) description {
	d := description{}
	for _, kind := range graph.Kinds {
		if kinds[kind] {
			d[kind] = len(h.NodeColumns)
			h.NodeColumns = append(h.NodeColumns, described[kind].columns...)
		}
	}
	return d
}

// read sets labels and values of nodes, asked for by key, a page of them at once. A node that went meanwhile
// has its id for a label.
func (d description) read(ctx context.Context, store graph.Reader, nodes []network.Node) error {
	for _, kind := range graph.Kinds {
		at := map[string]int{}
		var keys []string
		for i := range nodes {
			if nodes[i].Kind == kind {
				_, key, _ := nodes[i].ID.Split()
				keys, at[key] = append(keys, key), i
			}
		}
		for page := range slices.Chunk(keys, graph.MaxPage) {
			step := keyed(described[kind].relation, page)
			step.Fields = described[kind].fields
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
				label, values := described[kind].values(e)
				nodes[i].Label = label
				copy(nodes[i].Values[d[kind]:], values)
			}
		}
	}
	for i := range nodes {
		if nodes[i].Label == "" {
			nodes[i].Label = string(nodes[i].ID)
		}
	}
	return nil
}

// keyed is a step for nodes by their keys.
func keyed(relation graph.Relation, keys []string) *graph.Step {
	return &graph.Step{Path: []string{string(relation.To())}, Relation: relation, Keys: keys, Order: []graph.Order{{By: graph.ByKey}}, Page: graph.Page{Size: len(keys)}, Rows: true}
}
