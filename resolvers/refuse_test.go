package resolvers_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
	"github.com/cablegraph/cablegraph/resolvers"
)

func TestWhatIsWrongWithAQuestionHasACodeAndAPlace(t *testing.T) {
	other := graph.EncodeCursor([]graph.Order{{By: graph.ByName}, {By: graph.ByKey}}, graph.Position{"a", "b"})
	for _, row := range []struct{ name, query, code, says string }{
		{"a cursor that is none", `{ cables(after: "x!") { totalCount } }`, "BAD_CURSOR", "argument after"},
		{"a cursor of a list in another order", fmt.Sprintf(`{ cables(before: %q) { totalCount } }`, other), "BAD_CURSOR", "argument before"},
		{"a reference that can't be read", `{ cable(reference: "Paris") { id } }`, "BAD_REFERENCE", `"Paris"`},
		{"an id without a kind", `{ node(id: "IR") { id } }`, "BAD_ID", `"IR"`},
		{"an id that is a number", `{ node(id: 7) { id } }`, "BAD_ID", "7"},
		{"an id in a filter without a kind", `{ cables(where: {origin: {id: ["embassy-paris"]}}) { totalCount } }`, "BAD_ID", "argument where.origin.id[0]"},
		{"full text with an open quote", `{ cables(where: {or: [{text: "\"iran"}]}) { totalCount } }`, "BAD_TEXT", "argument where.or[0].text"},
		{"full text with nothing to look for", `{ cables(where: {subject: {matches: "-iran"}}) { totalCount } }`, "BAD_TEXT", "argument where.subject.matches"},
		{"a range that ends before it starts", `{ cables(where: {created: {from: "2009-01-02", to: "2009-01-01"}}) { totalCount } }`, "BAD_FILTER", "argument where.created"},
		{"a year beside bounds", `{ cables(where: {created: {from: "2009-01-02", year: 2009}}) { totalCount } }`, "BAD_FILTER", "either year or"},
		{"a time that is none", `{ cables(where: {created: {from: "yesterday"}}) { totalCount } }`, "BAD_FILTER", "argument where.created: bad filter: from"},
		{"a confidence above 1", `{ cable(reference: "09X1") { people(minConfidence: 1.5) { totalCount } } }`, "BAD_FILTER", "argument minConfidence: bad filter: 1.5 is no confidence; those go from 0 to 1"},
		{"a confidence below 0", `{ person(name: "x") { cables(minConfidence: -1) { totalCount } } }`, "BAD_FILTER", "argument minConfidence"},
		{"a confidence in a filter above 1", `{ cables(where: {mentions: {name: "x"}, minConfidence: 7}) { totalCount } }`, "BAD_FILTER", "argument where.minConfidence"},
		{"a confidence of nobody's mentions", `{ people(where: {mentionedIn: {minConfidence: 0.5}}) { totalCount } }`, "BAD_FILTER", "argument where.mentionedIn.minConfidence: bad filter: it says how sure"},
		{"two sort keys in one object", `{ cables(orderBy: {created: ASC, level: ASC}) { totalCount } }`, "GRAPHQL_VALIDATION_FAILED", "CableOrder"},
		{"an order by a score of nothing", `{ tag(code: "IR") { cables(orderBy: {score: DESC}) { totalCount } } }`, "BAD_FILTER", "argument orderBy: bad filter: a score is"},
		{"too many values of a facet", `{ cables { facets { people(first: 1001) { totalCount } } } }`, "PAGE_TOO_LARGE", "argument first"},
		{"more values of facets than the limit", `{ people(first: 1000) { nodes { cables { facets { people(first: 300) { counts { count } } } } } } }`, "TOO_COSTLY", "could bring 3"},
		{"a negative page", `{ cables(first: -1) { totalCount } }`, "BAD_PAGE", "argument first"},
		{"both ends at once", `{ cables(first: 1, last: 1) { totalCount } }`, "BAD_PAGE", "not both"},
		{"too many suggestions", `{ suggest(prefix: "a", first: 1001) { label } }`, "PAGE_TOO_LARGE", "argument first"},
		{"fewer than no suggestions", `{ suggest(prefix: "a", first: -1) { label } }`, "BAD_PAGE", "argument first"},
		{"a page that is too large", `{ cables(last: 1001) { totalCount } }`, "PAGE_TOO_LARGE", "1000 at most"},
		{"too many ids", `{ nodes(ids: [` + strings.Repeat(`"tag:IR",`, 1001) + `]) { id } }`, "PAGE_TOO_LARGE", "1000 at most"},
		{"a filter 60 deep", `{ cables(where: ` + strings.Repeat("{not: ", 60) + "{}" + strings.Repeat("}", 60) + `) { totalCount } }`, "TOO_DEEP", "argument where.not.not"},
		{"a filter 60 deep over relations", `{ people(where: ` + strings.Repeat("{mentionedIn: {mentions: ", 30) + "{}" + strings.Repeat("}}", 30) + `) { totalCount } }`, "TOO_DEEP", "where.mentionedIn.mentions"},
		{"a filter of 501 parts", `{ cables(where: {or: [` + strings.Repeat("{published: true}", 501) + `]}) { totalCount } }`, "TOO_COSTLY", "argument where.or[499]"},
		{"a selection 16 deep", `{ cable(reference: "09X1") ` + strings.Repeat("{ related { nodes ", 7) + "{ origin { name } }" + strings.Repeat("} }", 7) + " }", "TOO_DEEP", "15 deep"},
		{"more rows than the limit", `{ people(first: 1000) { nodes { cables(first: 1000) { nodes { id } } } } }`, "TOO_COSTLY", "could bring 1001000 rows, the limit is 250000"},
		{"more rows than the limit over root fields", `{ a: people(first: 1000) { nodes { cables(first: 130) { nodes { id } } } } b: people(first: 1000) { nodes { cables(first: 130) { nodes { id } } } } }`, "TOO_COSTLY", "could bring 262000 rows"},
		{"more rows than numbers can count", `{ a: people(first: 1000) ` + strings.Repeat("{ nodes { mentionedWith(first: 1000) ", 6) + "{ totalCount }" + strings.Repeat("} }", 6) + " }", "TOO_COSTLY", "the limit is 250000"},
		{"a network of too many nodes", `{ network(of: PEOPLE, topNodes: 10001) { directed } }`, "PAGE_TOO_LARGE", "argument topNodes"},
		{"a network of no edges", `{ network(of: PEOPLE, topEdges: 0) { directed } }`, "BAD_PAGE", "argument topEdges"},
		{"a weight below nothing", `{ network(of: PEOPLE, minWeight: -2) { directed } }`, "BAD_PAGE", "argument minWeight"},
		{"a network of cables by bad words", `{ network(of: PEOPLE, where: {text: "\""}) { directed } }`, "BAD_TEXT", "argument where.text"},
		{"what hangs on a network costs as often as there are nodes", `{ network(of: PEOPLE, topNodes: 1000) { nodes { node { ... on Person { cables(first: 1000) { nodes { id } } } } } } }`, "TOO_COSTLY", "the limit is 250000"},
		{"the cables behind edges cost as often as there are edges", `{ network(of: PEOPLE) { edges { cables(first: 1000) { nodes { id } } } } }`, "TOO_COSTLY", "could bring 1001250 rows"},
		{"a neighbourhood that is too deep", `{ neighbourhood(of: "tag:IR", depth: 11) { directed } }`, "PAGE_TOO_LARGE", "argument depth"},
		{"a neighbourhood that is too large", `{ neighbourhood(of: "tag:IR", limit: 1001) { directed } }`, "PAGE_TOO_LARGE", "argument limit"},
		{"a neighbourhood of no id", `{ neighbourhood(of: ["IR"]) { directed } }`, "BAD_ID", `"IR"`},
		{"paths that are too long", `{ paths(from: "tag:IR", to: "tag:IS", maxLength: 13) { total } }`, "PAGE_TOO_LARGE", "argument maxLength"},
		{"paths from no id", `{ paths(from: "Iran", to: "tag:IS") { total } }`, "BAD_ID", `"Iran"`},
		{"paths through nodes of no edges", `{ paths(from: "tag:IR", to: "tag:IS", maxDegree: 0) { total } }`, "BAD_PAGE", "argument maxDegree"},
		{"a field that is not there", `{ cables { colour } }`, "GRAPHQL_VALIDATION_FAILED", "colour"},
		{"no GraphQL", `{ cables {`, "GRAPHQL_PARSE_FAILED", "Expected"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for name, way := range ways(world) {
				r := ask(t, engine(way.Schema), row.query, "")
				if code(r) != row.code || !strings.Contains(r.Errors[0].Message, row.says) {
					t.Errorf("%s: %v %v", name, code(r), r.Errors)
				}
				if n := way.store.asks.Load(); n != 0 {
					t.Errorf("%s: the store was asked", name)
				}
			}
		})
	}
}

func TestBadVariablesHaveACode(t *testing.T) {
	const query = `query($w: CableWhere, $by: [CableOrder!], $n: Int) { cables(where: $w, orderBy: $by, first: $n) { totalCount } }`
	for _, row := range []struct{ name, variables, code string }{
		{"two sort keys in one object", `{"by": [{"created": "ASC", "level": "ASC"}]}`, "BAD_FILTER"},
		{"no sort key", `{"by": [{}]}`, "BAD_FILTER"},
		{"an enum in small letters", `{"by": [{"created": "asc"}]}`, "BAD_FILTER"},
		{"a time as a number", `{"w": {"created": {"from": 7}}}`, "BAD_FILTER"},
		{"a year that is none", `{"w": {"created": {"year": 0}}}`, "BAD_FILTER"},
		{"a field that is not there", `{"w": {"colour": "red"}}`, "GRAPHQL_VALIDATION_FAILED"},
		{"text where a number belongs", `{"n": "many"}`, "GRAPHQL_VALIDATION_FAILED"},
		{"a filter 60 deep", `{"w": ` + strings.Repeat(`{"not": `, 60) + "{}" + strings.Repeat("}", 60) + `}`, "TOO_DEEP"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := ask(t, engine(resolvers.NewExecutableSchema(world(), resolvers.DefaultLimits())), query, row.variables)
			if code(r) != row.code {
				t.Errorf("%q, want %q: %v", code(r), row.code, r.Errors)
			}
		})
	}
}

func TestOrdinaryQuestionsAreWithinTheLimits(t *testing.T) {
	for name, query := range map[string]string{
		"10 × (100 + 200 + 100)":               `{ cables(first: 10) { nodes { tags(first: 100) { nodes { id } } people(first: 200) { nodes { id } } references(first: 100) { nodes { id } } } } }`,
		"50 × 100":                             `{ people(first: 50) { nodes { cables(first: 100) { nodes { id } } } } }`,
		"20 × 5 × 100":                         `{ tags(first: 20) { nodes { people(first: 5) { nodes { cables(first: 100) { nodes { id } } } } } } }`,
		"people, cables, references and posts": `{ people(first: 100) { nodes { cables(first: 10) { nodes { references(first: 100) { nodes { origin { name } } } } } } } }`,
	} {
		if r := ask(t, engine(resolvers.NewExecutableSchema(world(), resolvers.DefaultLimits())), query, ""); len(r.Errors) > 0 {
			t.Errorf("%s: %v", name, r.Errors)
		}
	}
}

// failing is a store that fails in one way.
type failing struct {
	graph.Reader
	err error
}

func (f failing) Ask(context.Context, *graph.Plan) (graph.Answers, error) {
	if f.err == nil {
		panic("a secret of the store")
	}
	return nil, f.err
}

func TestWhatStoresSayBecomesACode(t *testing.T) {
	var log strings.Builder
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	for _, row := range []struct {
		name string
		err  error
		code string
	}{
		{"the deadline has passed", fmt.Errorf("secret: %w", graph.ErrTimeout), "TIMEOUT"},
		{"the context's deadline has passed", fmt.Errorf("secret: %w", context.DeadlineExceeded), "TIMEOUT"},
		{"the request was cancelled", fmt.Errorf("secret: %w", context.Canceled), "CANCELLED"},
		{"the store can't be reached", fmt.Errorf("secret: %w", graph.ErrUnavailable), "UNAVAILABLE"},
		{"anything else", errors.New("secret"), "INTERNAL"},
		{"a panic", nil, "INTERNAL"},
	} {
		t.Run(row.name, func(t *testing.T) {
			schema := resolvers.NewExecutableSchema(failing{err: row.err}, resolvers.DefaultLimits())
			for name, schema := range map[string]*resolvers.Schema{"written": schema, "field by field": schema.ByField()} {
				log.Reset()
				r := ask(t, engine(schema), `{ ok: __typename found: cables { totalCount } }`, "")
				if code(r) != row.code || strings.Contains(r.Errors[0].Message, "secret") {
					t.Errorf("%s: %v", name, r.Errors)
				}
				if got := r.Errors[0].Path.String(); got != "found" || len(r.Errors) != 1 {
					t.Errorf("%s: %d errors, the first at %q", name, len(r.Errors), got)
				}
				if strings.Count(log.String(), "cause=") != 1 || !strings.Contains(log.String(), "secret") {
					t.Errorf("%s: the log says %q", name, log.String())
				}
			}
		})
	}
}

func TestInternalErrorsNameTheRequest(t *testing.T) {
	ctx := resolvers.WithRequestID(t.Context(), "r42")
	err := resolvers.ErrorPresenter(ctx, resolvers.Recover(ctx, "boom"))
	if !strings.Contains(err.Message, "r42") || err.Extensions["requestId"] != "r42" {
		t.Errorf("%v %v", err, err.Extensions)
	}
}

// namesakes are cables that name four people: two John Smiths, and two others
// with an alias in common.
func namesakes() *storetest.Oracle {
	settled := func(reference, slug, name string, aliases ...string) (graph.Record, graph.Settled) {
		record := graph.Record{
			Cable:  graph.Cable{Reference: graph.Reference(reference), Published: true},
			People: []graph.Naming{{Name: name, Surname: "x", Mention: graph.Mention{Count: 1, Forms: aliases}}},
		}
		return record, graph.Settled{
			Person:  graph.Person{Slug: slug, Name: name, Surname: "x", Aliases: aliases},
			Namings: []graph.NamingKey{{Cable: record.Cable.Reference}},
		}
	}
	var records []graph.Record
	var people []graph.Settled
	for _, p := range [][]string{
		{"09A1", "john-smith", "John Smith", "Smith"},
		{"09A2", "john-smith-2", "John Smith", "Smith"},
		{"09A3", "clinton", "Clinton", "Clinton"},
		{"09A4", "hillary-clinton", "Hillary Clinton", "Clinton"},
		{"09A5", "bill-clinton", "Bill Clinton", "Clinton", "Bill"},
	} {
		r, s := settled(p[0], p[1], p[2], p[3:]...)
		records, people = append(records, r), append(people, s)
	}
	return storetest.NewOracle(records, people)
}

func TestNamesThatSeveralBear(t *testing.T) {
	for _, row := range []struct {
		name, asked, id string
		candidates      []resolvers.Candidate
	}{
		{"one alone", "bill", "person:bill-clinton", nil},
		{"a surname alone is each of those who bear it", "clinton", "", []resolvers.Candidate{
			{ID: "person:bill-clinton", Name: "Bill Clinton", Cables: 1}, {ID: "person:clinton", Name: "Clinton", Cables: 1}, {ID: "person:hillary-clinton", Name: "Hillary Clinton", Cables: 1},
		}},
		{"the full name goes before an alias", "Hillary Clinton", "person:hillary-clinton", nil},
		{"a key goes before all else", "john-smith", "person:john-smith", nil},
		{"nobody", "Nobody", "", nil},
		{"two of one name", "John Smith", "", []resolvers.Candidate{{ID: "person:john-smith", Name: "John Smith", Cables: 1}, {ID: "person:john-smith-2", Name: "John Smith", Cables: 1}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			schema := resolvers.NewExecutableSchema(namesakes(), resolvers.DefaultLimits())
			for name, schema := range map[string]*resolvers.Schema{"written": schema, "field by field": schema.ByField()} {
				r := ask(t, engine(schema), `query($n: String!) { person(name: $n) { id } }`, fmt.Sprintf(`{"n": %q}`, row.asked))
				want := `{"person":null}`
				if row.id != "" {
					want = fmt.Sprintf(`{"person":{"id":%q}}`, row.id)
				}
				if string(r.Data) != want {
					t.Errorf("%s: %s", name, r.Data)
				}
				if row.candidates == nil {
					if len(r.Errors) > 0 {
						t.Errorf("%s: %v", name, r.Errors)
					}
					continue
				}
				if diff := cmp.Diff(any(row.candidates), r.Errors[0].Extensions["candidates"]); diff != "" || code(r) != "AMBIGUOUS" {
					t.Errorf("%s: %v %s", name, r.Errors, diff)
				}
			}
		})
	}
}

func TestReferencesAndMeaningsThatSeveralHave(t *testing.T) {
	rights := func(code string) graph.Tag {
		return graph.Tag{Code: code, Name: "Human Rights", Kind: graph.TagSubject}
	}
	store := storetest.NewOracle([]graph.Record{
		{Cable: graph.Cable{Reference: "07PARIS7"}},
		{Cable: graph.Cable{Reference: "09PARIS7", Published: true, Subject: "Cheese"}, Tags: []graph.Tag{rights("PHUM"), rights("HURI")}},
		{Cable: graph.Cable{Reference: "08RIODEJANEIRO1", Published: true}},
	}, nil)
	for _, row := range []struct {
		name, asked, data string
		candidates        []resolvers.Candidate
	}{
		{"one year alone", `cable(reference: "Rio de Janeiro 0001") { reference }`, `{"cable":{"reference":"08RIODEJANEIRO1"}}`, nil},
		{"another word for the station", `cable(reference: "2008 RIO 1") { reference }`, `{"cable":{"reference":"08RIODEJANEIRO1"}}`, nil},
		{"no year has it", `cable(reference: "Amembassy Paris 8") { reference }`, `{"cable":null}`, nil},
		{"two years, what is published first", `cable(reference: "AMEMBASSY PARIS 07") { reference }`, `{"cable":null}`, []resolvers.Candidate{
			{ID: "cable:09PARIS7", Name: "09PARIS7", Subject: "Cheese"}, {ID: "cable:07PARIS7", Name: "07PARIS7"},
		}},
		{"a code", `tag(code: " phum") { code }`, `{"tag":{"code":"PHUM"}}`, nil},
		{"two tags of one meaning", `tag(code: "HUMAN rights") { code }`, `{"tag":null}`, []resolvers.Candidate{
			{ID: "tag:HURI", Name: "Human Rights"}, {ID: "tag:PHUM", Name: "Human Rights"},
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			schema := resolvers.NewExecutableSchema(store, resolvers.DefaultLimits())
			for name, schema := range map[string]*resolvers.Schema{"written": schema, "field by field": schema.ByField()} {
				r := ask(t, engine(schema), "{ "+row.asked+" }", "")
				if string(r.Data) != row.data || (len(r.Errors) > 0) != (row.candidates != nil) {
					t.Fatalf("%s: %s %v", name, r.Data, r.Errors)
				}
				if row.candidates == nil {
					continue
				}
				if diff := cmp.Diff(any(row.candidates), r.Errors[0].Extensions["candidates"]); diff != "" || code(r) != "AMBIGUOUS" {
					t.Errorf("%s: %v %s", name, r.Errors, diff)
				}
			}
		})
	}
}
