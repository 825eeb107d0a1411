package storetest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// checkPlan fails the test where reader and oracle answer the plan differently.
func checkPlan(t *testing.T, reader, oracle graph.Reader, plan *graph.Plan) {
	t.Helper()
	if _, diff := compare(within(t), reader, oracle, plan); diff != "" {
		t.Errorf("%s\nthe plan:\n%s", diff, show(plan))
	}
}

// checkStep is checkPlan for one root step.
func checkStep(t *testing.T, reader, oracle graph.Reader, step *graph.Step) {
	t.Helper()
	checkPlan(t, reader, oracle, &graph.Plan{Steps: []*graph.Step{step}})
}

// compare returns the oracle's answers, and says how the reader's differ;
// nothing where they are equal.
func compare(ctx context.Context, reader, oracle graph.Reader, plan *graph.Plan) (want graph.Answers, diff string) {
	want, err := oracle.Ask(ctx, plan)
	if err != nil {
		return nil, fmt.Sprintf("the oracle: %v", err)
	}
	got, err := reader.Ask(ctx, plan)
	if err != nil {
		return want, fmt.Sprintf("Ask: %v", err)
	}
	if diff := gocmp.Diff(rendered(want, "", nil), rendered(got, "", nil)); diff != "" {
		return want, "the answer is not the oracle's (-oracle +store):\n" + diff
	}
	return want, ""
}

// rendered writes answers as lines, all that they say and the nodes below
// indented. A nil list reads as an empty one, and sources have no order.
func rendered(answers graph.Answers, indent string, lines []string) []string {
	for _, a := range answers {
		lines = append(lines, fmt.Sprintf("%s%v total=%d next=%t previous=%t", indent, a.Step.Path, a.Total, a.HasNext, a.HasPrevious))
		for _, e := range a.Edges {
			if e.Step != a.Step {
				lines = append(lines, indent+"  an edge of another step:")
			}
			lines = append(lines, indent+"  "+renderedEdge(e))
			if e.Node() != nil {
				lines = rendered(e.Node().Below(), indent+"    ", lines)
			}
		}
		for _, bucket := range a.Buckets {
			lines = append(lines, indent+"  bucket="+inJSON(bucket))
		}
		if len(a.Facets) > 0 {
			lines = rendered(a.Facets, indent+"  facet ", lines)
		}
	}
	return lines
}

func renderedEdge(e graph.Edge) string {
	var at []string
	for _, v := range e.At {
		at = append(at, fmt.Sprintf("%T %v", v, v))
	}
	text := fmt.Sprintf("at=%q weight=%d action=%t precedence=%s label=%q as=%q", at, e.Weight, e.Action, e.Precedence, e.Label, e.As)
	switch {
	case e.Cable != nil:
		sources := slices.SortedFunc(slices.Values(e.Cable.Sources), func(a, b graph.Source) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Member, b.Member), cmp.Compare(a.SHA256, b.SHA256))
		})
		text += fmt.Sprintf(" hash=%q sources=%v cable=%s", e.Cable.Hash, sources, inJSON(e.Cable))
	case e.Post != nil:
		text += " post=" + inJSON(e.Post)
	case e.Person != nil:
		text += fmt.Sprintf(" first=%v last=%v person=%s", e.Person.FirstMentioned, e.Person.LastMentioned, inJSON(e.Person))
	case e.Tag != nil:
		text += " tag=" + inJSON(e.Tag)
	}
	if e.Mention != nil {
		m := *e.Mention
		m.Forms, m.Spans = append([]string{}, m.Forms...), append([]graph.Span{}, m.Spans...)
		text += " mention=" + inJSON(m)
	}
	if e.Related != nil {
		text += " related=" + inJSON(e.Related)
	}
	return text
}

func inJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// show prints a plan for a reader of a failure.
func show(plan *graph.Plan) string {
	var b strings.Builder
	for _, s := range plan.Steps {
		showStep(&b, s, "")
	}
	return b.String()
}

func showStep(b *strings.Builder, s *graph.Step, indent string) {
	fmt.Fprintf(b, "%s%v relation=%s order=%v page=%+v rows=%t total=%t fields=%b", indent, s.Path, relationNames[s.Relation], s.Order, s.Page, s.Rows, s.Total, s.Fields)
	if s.Relation == graph.PostCorrespondents {
		fmt.Fprintf(b, " direction=%s", s.Direction)
	}
	if s.MinConfidence > 0 {
		fmt.Fprintf(b, " confidence≥%v", s.MinConfidence)
	}
	if s.Marking != nil {
		fmt.Fprintf(b, " marking=%s", inJSON(s.Marking))
	}
	if s.Keys != nil {
		fmt.Fprintf(b, " keys=%.200q", s.Keys)
	}
	b.WriteByte('\n')
	for _, w := range []struct {
		name  string
		where any
		given bool
	}{
		{"cable", s.Cable, s.Cable != nil},
		{"post", s.Post, s.Post != nil},
		{"person", s.Person, s.Person != nil},
		{"tag", s.Tag, s.Tag != nil},
		{"recipient", s.Recipient, s.Recipient != nil},
		{"in", s.In, s.In != nil},
	} {
		if w.given {
			fmt.Fprintf(b, "%s  %s: %s\n", indent, w.name, inJSON(w.where))
		}
	}
	if s.Relation == graph.FacetTimeline {
		fmt.Fprintf(b, "%s  by %s %s\n", indent, s.Dated, s.Interval)
	}
	for _, facet := range s.Facets {
		showStep(b, facet, indent+"  facet ")
	}
	for _, child := range s.Steps {
		showStep(b, child, indent+"    ")
	}
}

var relationNames = map[graph.Relation]string{
	graph.RootCables: "RootCables", graph.RootPosts: "RootPosts", graph.RootPeople: "RootPeople", graph.RootTags: "RootTags",
	graph.CableOrigin: "CableOrigin", graph.CableRecipients: "CableRecipients", graph.CableTags: "CableTags", graph.CablePeople: "CablePeople",
	graph.CableSigner: "CableSigner", graph.CableClassifier: "CableClassifier", graph.CableReferences: "CableReferences",
	graph.CableReferencedBy: "CableReferencedBy", graph.CableRelated: "CableRelated", graph.PostCables: "PostCables",
	graph.PostReceived: "PostReceived", graph.PostCorrespondents: "PostCorrespondents", graph.PostPeople: "PostPeople",
	graph.PersonCables: "PersonCables", graph.PersonSigned: "PersonSigned", graph.PersonMentionedWith: "PersonMentionedWith",
	graph.PersonTag: "PersonTag", graph.PersonCandidates: "PersonCandidates", graph.TagCables: "TagCables", graph.TagCoTags: "TagCoTags", graph.TagPeople: "TagPeople",
	graph.SharedCables: "SharedCables", graph.FacetOrigins: "FacetOrigins", graph.FacetRecipients: "FacetRecipients", graph.FacetTags: "FacetTags",
	graph.FacetPeople: "FacetPeople", graph.FacetClassifications: "FacetClassifications", graph.FacetTimeline: "FacetTimeline",
}
