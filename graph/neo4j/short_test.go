package neo4j_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j/neo4jtest"
)

// A list is the same whether or not it is as short as is expected; one that is not is asked for twice.
func TestListsOfACableOfAnyLength(t *testing.T) {
	store := neo4jtest.Open(t)
	for length, statements := range map[int]int{0: 1, 24: 1, 25: 1, 26: 1, 250: 1, 251: 2} {
		reference := graph.NewReference("09", "PARIS", fmt.Sprint(length+1))
		record := graph.Record{Cable: graph.Cable{Reference: reference, Published: true}}
		var codes []string
		for i := range length {
			code := fmt.Sprintf("T%03d", 999-i)
			record.Tags = append(record.Tags, graph.Tag{Code: code})
			codes = append(codes, code)
		}
		if err := store.Write(t.Context(), []graph.Record{record}); err != nil {
			t.Fatal(err)
		}
		for _, backward := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d tags, backward %t", length, backward), func(t *testing.T) {
				tags := &graph.Step{
					Relation: graph.CableTags, Order: graph.CableTags.DefaultOrder(), Rows: true, Total: true,
					Page: graph.Page{Size: graph.DefaultPage, Backward: backward},
				}
				root := &graph.Step{
					Relation: graph.RootCables, Keys: []string{string(reference)}, Order: graph.RootCables.DefaultOrder(),
					Page: graph.Page{Size: 1}, Rows: true, Steps: []*graph.Step{tags},
				}
				trace := &graph.Trace{}
				answers, err := store.Ask(graph.WithTrace(t.Context(), trace), &graph.Plan{Steps: []*graph.Step{root}})
				if err != nil {
					t.Fatal(err)
				}
				list := answers[0].Edges[0].Cable.Below()[0]
				var got []string
				for i := range list.Edges {
					got = append(got, list.Edges[i].Key())
				}
				from, to := 0, min(length, graph.DefaultPage)
				if backward {
					from, to = max(0, length-graph.DefaultPage), length
				}
				if diff := cmp.Diff(slices.Clone(codes[from:to]), got); diff != "" {
					t.Errorf("the page (-want +got):\n%s", diff)
				}
				cut := length > graph.DefaultPage
				if list.Total != length || list.HasNext != (cut && !backward) || list.HasPrevious != (cut && backward) {
					t.Errorf("total %d, next %t, previous %t", list.Total, list.HasNext, list.HasPrevious)
				}
				if n := len(trace.Statements()); n != statements {
					t.Errorf("%d statements, want %d", n, statements)
				}
			})
		}
	}
}
