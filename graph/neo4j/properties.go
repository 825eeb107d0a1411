package neo4j

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// How the graph's nodes and edges are written, in one place for those who write
// through a server and those who write files for one: nodes as maps, and edges,
// of which there are many, as values in the order of a list of names.
var (
	sentToProperties     = []string{"position", "action", "precedence", "as"}
	taggedProperties     = []string{"position", "code", "createdMinute"}
	referencesProperties = []string{"position", "label", "as"}
	signedProperties     = []string{"as", "position"}
	mentionsProperties   = []string{
		"position", "name", "surname", "count", "role", "confidence", "rule", "spans", "paragraphs", "marks", "forms", "titles", "countries", "tag",
	}
)

func sentTo(position int, r *graph.Recipient) []any {
	return []any{position, r.Action, string(r.Precedence), r.As}
}

// tagged has beside the position what the index taggedCreated is over, see dated.go.
func tagged(position int, code string, created time.Time) []any {
	return []any{position, code, graph.Minute(created)}
}

func citation(position int, c *graph.Citation) []any {
	return []any{position, c.Label, c.As}
}

// mentions leaves out what is empty, and forms that say no more than the name:
// a whole archive has ten mentions for each cable, and lists are dear to keep.
func mentions(n *naming) []any {
	return []any{
		n.Position, n.Name, n.Surname, n.Count, n.Role, n.Confidence, n.Rule, n.Spans,
		some(n.Paragraphs), given(n.Marks), some(formsBeside(n.Name, n.Forms)), some(n.Titles), encodedList(n.Countries), given(n.Tag),
	}
}

// formsBeside returns the forms of a name unless they are just the name.
func formsBeside(name string, forms []string) []string {
	if len(forms) == 1 && forms[0] == name {
		return nil
	}
	return forms
}

// formsOf reads what formsBeside left of a mention's forms.
func formsOf(name, forms any) any {
	if forms == nil {
		return []any{name}
	}
	return forms
}

func postProperties(p *graph.Post) map[string]any {
	return map[string]any{
		"slug": p.Slug, "name": p.Name, "kind": string(p.Kind), "city": p.City, "country": p.Country,
		"aliases": some(p.Aliases), "cityText": graph.Fold(p.City), "countryText": graph.Fold(p.Country),
	}
}

func tagProperties(t *graph.Tag) map[string]any {
	return map[string]any{"code": t.Code, "name": t.Name, "kind": string(t.Kind)}
}

func personProperties(p *graph.Person) map[string]any {
	return map[string]any{
		"slug": p.Slug, "name": p.Name, "surname": p.Surname, "aliases": some(p.Aliases),
		"titles": some(p.Titles), "tag": given(p.Tag),
		"alone": so(p.Alone), "because": encodedList(p.Because), "offices": encodedList(p.Offices), "otherSlugs": some(p.OtherSlugs),
	}
}

// cableProperties always has the single values that filters and orders look at,
// so that none of them compares with null. subjectText and bodyText are what the full-text
// index has beside the body, and marks are as graph.Record.Marks gives them.
func cableProperties(c *graph.Cable, marks string) map[string]any {
	row := map[string]any{
		"reference": string(c.Reference), "published": c.Published,
		"createdMinute": graph.Minute(c.Created), "releasedMinute": graph.Minute(c.Released),
		"level": int64(graph.LevelUnknown), "marks": marks,
		"subjectText": "",
	}
	if !c.Published {
		return row
	}
	if !c.Created.IsZero() {
		row["created"] = c.Created.UTC()
	}
	if !c.Released.IsZero() {
		row["released"] = c.Released.UTC()
	}
	if cl := c.Classification; cl != nil {
		row["classification"], row["level"], row["caveats"] = cl.Label, int64(cl.Level), some(cl.Caveats)
	}
	row["subject"], row["subjectText"] = c.Subject, graph.Words(c.Subject)
	row["body"], row["bodyText"] = c.Body, wordsBeside(c.Body)
	row["summary"], row["header"] = given(c.Summary), given(c.Header)
	row["otherReferences"] = some(c.OtherReferences)
	row["sources"], row["hash"] = encodeSources(c.Sources), c.Hash
	row["paragraphs"] = encodedList(c.Paragraphs)
	return row
}

// wordsBeside are the words of a body that Lucene would cut in another way.
func wordsBeside(body string) any {
	if graph.PlainWords(body) {
		return nil
	}
	return graph.Words(body)
}

// given is a string as a property: an empty one is none.
func given(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// so is a truth as a property: what is not so is none.
func so(is bool) any {
	if !is {
		return nil
	}
	return true
}

// encodedList is a list of structs as a property: JSON; an empty one is none.
func encodedList[E any](list []E) any {
	if len(list) == 0 {
		return nil
	}
	return encode(list)
}

// some is a list as a property: an empty one is none.
func some[E any](list []E) any {
	if len(list) == 0 {
		return nil
	}
	return list
}

// encodeSources makes each source a string of JSON, each once, sorted.
func encodeSources(sources []graph.Source) []string {
	out := make([]string, 0, len(sources))
	for _, source := range sources {
		out = append(out, encode(source))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// slips are the other ids that documents have for their cable, each once.
func slips(sources []graph.Source) []string {
	var out []string
	for _, source := range sources {
		if source.Reference != "" {
			out = append(out, string(source.Reference))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// encode is for plain structs of strings and numbers, which always can be encoded.
func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}
