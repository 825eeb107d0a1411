package resolvers

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/cablegraph/cablegraph/graph"
)

// What facets of classifications and times count as, in rows.
const (
	rowsOfLabels   = 10
	rowsOfTimeline = 100
	facetSize      = 10 // of the others, where none is asked for
)

func facetFields() map[string]*fieldType {
	nodes := func(r graph.Relation, to string) *fieldType {
		return &fieldType{role: facet, relation: r, to: to, size: facetSize, write: writeFacet}
	}
	return map[string]*fieldType{
		"origins":         nodes(graph.FacetOrigins, "PostFacet"),
		"recipients":      nodes(graph.FacetRecipients, "PostFacet"),
		"tags":            nodes(graph.FacetTags, "TagFacet"),
		"people":          nodes(graph.FacetPeople, "PersonFacet"),
		"classifications": {role: facet, relation: graph.FacetClassifications, to: "ClassificationBucket", whole: rowsOfLabels, write: writeBuckets},
		"timeline":        {role: facet, relation: graph.FacetTimeline, to: "TimeBucket", whole: rowsOfTimeline, write: writeBuckets},
	}
}

// countsFields are those of a facet of nodes, countFields those of one of its values.
func countsFields(count string) map[string]*fieldType {
	return map[string]*fieldType{
		"counts": {role: rows, to: count, write: writeEdges},
		"totalCount": {role: total, write: func(b []byte, object any, _ *slot) []byte {
			return writeInt(b, object.(*graph.Answer).Total)
		}},
	}
}

func countFields(node string) map[string]*fieldType {
	name := map[string]string{"Post": "post", "Tag": "tag", "Person": "person"}[node]
	return map[string]*fieldType{
		name:    {to: node, write: writeNode},
		"count": number(func(e *graph.Edge) int { return e.Weight }),
	}
}

// bucketFields are those of a bucket: what it is of, and its count.
func bucketFields(of string, field *fieldType) map[string]*fieldType {
	return map[string]*fieldType{of: field, "count": number(func(b *graph.Bucket) int { return b.Count })}
}

func writeBucketClassification(b []byte, object any, s *slot) []byte {
	if c := object.(*graph.Bucket).Classification; c != nil {
		return writeObject(b, c, s.below)
	}
	return writeNull(b)
}

// facet adds a facet to the step of the list that it counts.
func (p *planner) facet(field *fieldType, f graphql.CollectedField, here at) *shape {
	step := &graph.Step{Path: append(here.keys[:len(here.keys):len(here.keys)], f.Alias), Relation: field.relation}
	here.step.Facets = append(here.step.Facets, step)
	args := f.ArgumentMap(p.op.Variables)
	if field.whole > 0 {
		p.fail(f, timeline(step, args))
		p.spend(min(here.lists*field.whole, maxRows))
		return p.object(field.to, f.Selections, at{step: step, rows: here.lists})
	}
	return p.list(step, field, f, here.lists)
}

// timeline reads the arguments of a timeline.
func timeline(step *graph.Step, args map[string]any) error {
	step.Dated, step.Interval = graph.Created, graph.Year
	if v := args["by"]; v != nil {
		if err := step.Dated.UnmarshalGQL(v); err != nil {
			return (&place{name: "by"}).errorf(graph.ErrBadWhere, "%v", err)
		}
	}
	if v := args["interval"]; v != nil {
		if err := step.Interval.UnmarshalGQL(v); err != nil {
			return (&place{name: "interval"}).errorf(graph.ErrBadWhere, "%v", err)
		}
	}
	return nil
}

// writeFacets writes the facets of a list: they hang on its answer.
func writeFacets(b []byte, object any, s *slot) []byte { return writeObject(b, object, s.below) }

func writeFacet(b []byte, object any, s *slot) []byte {
	return writeObject(b, &object.(*graph.Answer).Facets[s.step], s.below)
}

func writeBuckets(b []byte, object any, s *slot) []byte {
	buckets := object.(*graph.Answer).Facets[s.step].Buckets
	return writeList(b, len(buckets), func(b []byte, i int) []byte { return writeObject(b, &buckets[i], s.below) })
}
