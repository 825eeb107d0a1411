package storetest

import (
	"strconv"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// facets are the relations that start at a list of cables.
var facets = []graph.Relation{
	graph.FacetOrigins, graph.FacetRecipients, graph.FacetTags, graph.FacetPeople, graph.FacetClassifications, graph.FacetTimeline,
}

// counting gives a step every facet: the node facets short and with their size,
// the timeline by each date and interval.
func counting(s *graph.Step) *graph.Step {
	add := func(f *graph.Step) {
		f.Path = []string{"facets", strconv.Itoa(len(s.Facets))}
		s.Facets = append(s.Facets, f)
	}
	for _, r := range facets {
		switch r {
		case graph.FacetClassifications:
			add(&graph.Step{Relation: r})
			continue
		case graph.FacetTimeline:
			for _, dated := range graph.TimeFields {
				for _, interval := range graph.Intervals {
					add(&graph.Step{Relation: r, Dated: dated, Interval: interval})
				}
			}
			continue
		}
		f := list(r)
		f.Page.Size = 3
		add(f)
	}
	return s
}

// faceted: each list of cables is counted as a whole, whatever its page and filter.
func faceted(t *testing.T, store, oracle graph.Reader) {
	t.Run("of all cables", func(t *testing.T) { checkStep(t, store, oracle, counting(list(graph.RootCables))) })
	t.Run("without rows and total", func(t *testing.T) {
		s := counting(list(graph.RootCables))
		s.Rows, s.Total = false, false
		checkStep(t, store, oracle, s)
	})
	t.Run("of no cables", func(t *testing.T) {
		s := counting(list(graph.RootCables))
		s.Cable = &graph.CableWhere{Text: new("nosuchword")}
		checkStep(t, store, oracle, s)
	})
	t.Run("of a page of a filtered list, with lists below the values", func(t *testing.T) {
		s := counting(list(graph.RootCables))
		s.Page.Size, s.Cable = 1, &graph.CableWhere{Or: []*graph.CableWhere{{Tags: &graph.TagsFilter{Any: []string{"IR", "FR"}}}, {Text: new("iran")}}}
		for _, f := range s.Facets[:4] {
			f.Steps = []*graph.Step{counting(list(below(f.Relation.To())[0]))}
			f.Steps[0].Facets = nil
		}
		s.Facets[3].Steps = []*graph.Step{counting(list(graph.PersonCables))}
		s.Facets[2].Tag = &graph.TagWhere{Kind: []graph.TagKind{graph.TagCountry}}
		s.Facets[3].Person = &graph.PersonWhere{MentionedIn: &graph.CableWhere{Published: new(true)}}
		checkStep(t, store, oracle, s)
	})
	for _, kind := range graph.Kinds {
		for _, r := range below(kind) {
			if r.To() != graph.KindCable {
				continue
			}
			t.Run(relationNames[r], func(t *testing.T) {
				t.Parallel()
				s := counting(list(r))
				s.Cable = &graph.CableWhere{Not: &graph.CableWhere{Text: new("iran")}}
				checkStep(t, store, oracle, list(roots[kind], s))
			})
		}
	}
	t.Run("SharedCables", func(t *testing.T) {
		t.Parallel()
		shared := counting(list(graph.SharedCables))
		checkStep(t, store, oracle, list(graph.RootTags, list(graph.TagCoTags, shared)))
	})
}
