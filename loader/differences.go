package loader

import (
	"context"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// differences names what two records of one cable say differently, in the order
// of the model: "body", "tags (+IR −FR)". Where all that is compared is equal it
// is the people, which follow from the texts and the rules.
func differences(before, now *graph.Record) []string {
	a, b := &before.Cable, &now.Cable
	var out []string
	for _, field := range []struct {
		name string
		same bool
	}{
		{"subject", a.Subject == b.Subject},
		{"created", graph.Minute(a.Created) == graph.Minute(b.Created)},
		{"released", graph.Minute(a.Released) == graph.Minute(b.Released)},
		{"classification", label(a) == label(b)},
		{"summary", a.Summary == b.Summary},
		{"header", a.Header == b.Header},
		{"body", a.Body == b.Body},
		{"paragraphs", slices.Equal(a.Paragraphs, b.Paragraphs)},
		{"other references", slices.Equal(a.OtherReferences, b.OtherReferences)},
	} {
		if !field.same {
			out = append(out, field.name)
		}
	}
	for _, list := range []struct {
		name        string
		before, now []string
	}{
		{"origin", origin(before), origin(now)},
		{"recipients", recipients(before), recipients(now)},
		{"tags", tags(before), tags(now)},
		{"references", references(before), references(now)},
	} {
		if !slices.Equal(list.before, list.now) {
			out = append(out, list.name+moved(list.before, list.now))
		}
	}
	if len(out) == 0 {
		return []string{"people"}
	}
	return out
}

// moved tells what came and what went: " (+IR −FR)"; nothing where it is the order only.
func moved(before, now []string) string {
	var words []string
	for _, s := range now {
		if !slices.Contains(before, s) {
			words = append(words, "+"+s)
		}
	}
	for _, s := range before {
		if !slices.Contains(now, s) {
			words = append(words, "−"+s)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, " ") + ")"
}

func label(c *graph.Cable) string {
	if c.Classification == nil {
		return ""
	}
	return c.Classification.Label
}

func origin(r *graph.Record) (slugs []string) {
	if r.Origin != nil {
		slugs = append(slugs, r.Origin.Slug)
	}
	return slugs
}

func recipients(r *graph.Record) (slugs []string) {
	for i := range r.Recipients {
		slugs = append(slugs, r.Recipients[i].Post.Slug)
	}
	return slugs
}

func tags(r *graph.Record) (codes []string) {
	for i := range r.Tags {
		codes = append(codes, r.Tags[i].Code)
	}
	return codes
}

func references(r *graph.Record) (cited []string) {
	for _, c := range r.References {
		cited = append(cited, string(c.Reference))
	}
	return cited
}

// listed is more than any list of one cable is long.
const listed = 1000

// storedDifferences asks the store what these cables said until now, and
// returns for each what differs.
func storedDifferences(ctx context.Context, store graph.Reader, records []graph.Record) (map[graph.Reference][]string, error) {
	fields := make(map[graph.Reference][]string, len(records))
	if len(records) == 0 {
		return fields, nil
	}
	now := make(map[graph.Reference]*graph.Record, len(records))
	keys := make([]string, len(records))
	for i := range records {
		keys[i] = string(records[i].Cable.Reference)
		now[records[i].Cable.Reference] = &records[i]
	}
	answers, err := store.Ask(ctx, &graph.Plan{Steps: []*graph.Step{wholeCables(keys)}})
	if err != nil || len(answers) == 0 {
		return fields, err
	}
	for i := range answers[0].Edges {
		before := recordOf(answers[0].Edges[i].Cable)
		reference := before.Cable.Reference
		fields[reference] = differences(&before, now[reference])
	}
	return fields, nil
}

// wholeCables asks for all that differences compares, of the cables with these keys.
func wholeCables(keys []string) *graph.Step {
	step := &graph.Step{
		Path: []string{"cables"}, Relation: graph.RootCables, Keys: keys, Order: graph.RootCables.DefaultOrder(),
		Page: graph.Page{Size: len(keys)}, Rows: true,
		Fields: graph.FieldSubject | graph.FieldCreated | graph.FieldReleased | graph.FieldClassification | graph.FieldSummary |
			graph.FieldHeader | graph.FieldBody | graph.FieldParagraphs | graph.FieldOtherReferences,
	}
	for _, below := range []struct {
		path     string
		relation graph.Relation
	}{
		{"origin", graph.CableOrigin},
		{"recipients", graph.CableRecipients},
		{"tags", graph.CableTags},
		{"references", graph.CableReferences},
	} {
		step.Steps = append(step.Steps, &graph.Step{
			Path: []string{below.path}, Relation: below.relation, Order: below.relation.DefaultOrder(),
			Page: graph.Page{Size: listed}, Rows: true,
		})
	}
	return step
}

// recordOf makes a record of the answer to wholeCables.
func recordOf(c *graph.Cable) graph.Record {
	r := graph.Record{Cable: *c}
	for _, answer := range c.Answers {
		for i := range answer.Edges {
			switch e := &answer.Edges[i]; answer.Step.Relation {
			case graph.CableOrigin:
				r.Origin = e.Post
			case graph.CableRecipients:
				r.Recipients = append(r.Recipients, graph.Recipient{Post: *e.Post})
			case graph.CableTags:
				r.Tags = append(r.Tags, *e.Tag)
			case graph.CableReferences:
				r.References = append(r.References, graph.Citation{Reference: e.Cable.Reference})
			}
		}
	}
	return r
}
