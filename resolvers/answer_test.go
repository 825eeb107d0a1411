package resolvers_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
	"github.com/cablegraph/cablegraph/resolvers"
)

func TestFieldByFieldGivesTheSameAnswer(t *testing.T) {
	store := world()
	schema := resolvers.NewExecutableSchema(store, resolvers.DefaultLimits())
	fast := data(t, ask(t, engine(schema), everything, ""))
	slow := data(t, ask(t, engine(schema.ByField()), everything, ""))
	if !json.Valid([]byte(fast)) {
		t.Fatalf("no JSON: %s", fast)
	}
	if diff := cmp.Diff(indent(t, slow), indent(t, fast)); diff != "" {
		t.Errorf("field by field (-), written (+):\n%s", diff)
	}
	if fast != slow {
		t.Errorf("equal when indented, but not byte for byte")
	}
}

func indent(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(s), "", "  "); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEachRootFieldAsksOnce(t *testing.T) {
	for _, row := range []struct {
		name, query string
		asks        int32
	}{
		{"four levels deep", `{ people(first: 100) { nodes { cables(first: 10) { nodes { references(first: 100) { nodes { origin { name } } } } } } } }`, 1},
		{"the same field under two aliases with other arguments", `{ people { nodes {
			all: cables(first: 10) { nodes { reference } } iran: cables(first: 10, where: {tags: {all: "IR"}}) { nodes { reference } } } } }`, 1},
		{"who is named in paragraphs, and where else", `{ cables(first: 2) { nodes { paragraphs { people { text person { cables(first: 2) { nodes { reference } } } } } } } }`, 1},
		{"suggestions of all kinds, and their cables", `{ suggest(prefix: "iran") { label node { ... on Person { cables { totalCount } } ... on Tag { cables { totalCount } } } } }`, 1},
		{"suggestions for nothing", `{ suggest(prefix: "--") { label } }`, 0},
		{"two root fields", `{ a: cables { totalCount } b: cables(where: {tags: {any: ["IR"]}}) { totalCount } }`, 2},
		{"nodes of all kinds", `{ nodes(ids: ["tag:IR", "cable:09STATE11937", "post:embassy-paris", "person:bernard-kouchner"]) { id } }`, 1},
		{"no ids", `{ nodes(ids: []) { id } }`, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			for way, schema := range ways(world) {
				data(t, ask(t, engine(schema.Schema), row.query, ""))
				if got := schema.store.asks.Load(); got != row.asks {
					t.Errorf("%s: %d asks, want %d", way, got, row.asks)
				}
			}
		})
	}
}

// way is one of the two ways of answering, over a store of its own.
type way struct {
	*resolvers.Schema
	store *counting
}

func ways(open func() *counting) map[string]way {
	fast, slow := open(), open()
	return map[string]way{
		"written":        {resolvers.NewExecutableSchema(fast, resolvers.DefaultLimits()), fast},
		"field by field": {resolvers.NewExecutableSchema(slow, resolvers.DefaultLimits()).ByField(), slow},
	}
}

func TestAnswers(t *testing.T) {
	for _, row := range []struct{ name, query, variables, want string }{
		{
			"two aliases with other arguments are two lists",
			`{ person(name: "Bernard Kouchner") { a: cables { totalCount } b: cables(where: {tags: {all: "IR"}}) { totalCount } } }`, "",
			`{"person":{"a":{"totalCount":5},"b":{"totalCount":1}}}`,
		},
		{
			"an alias that looks like a list's nodes does not mislead",
			`{ cable(reference: "09STATE11937") { nodes: references(first: 1) { e: edges { nodes: node { tags { nodes { code } } } } nodes { tags(first: 1) { nodes { code } } } } } }`, "",
			`{"cable":{"nodes":{"e":[{"nodes":{"tags":{"nodes":[{"code":"FR"},{"code":"PREL"}]}}}],"nodes":[{"tags":{"nodes":[{"code":"FR"}]}}]}}}`,
		},
		{
			"places in a paragraph are counted in its own text",
			`{ cable(reference: "07LODZ3") { paragraphs { start people { start end text person { id } } } } }`, "",
			`{"cable":{"paragraphs":[` +
				`{"start":3,"people":[{"start":0,"end":7,"text":"𐐔𐐯𐑅 𐐓𐐪𐑅","person":{"id":"person:𐐼𐐯𐑅-𐐻𐐪𐑅"}}]},` +
				`{"start":42,"people":[{"start":9,"end":20,"text":"Łukasz Żółć","person":{"id":"person:lukasz-zolc"}}]}]}}`,
		},
		{
			"only sure mentions, and how many",
			`{ cable(reference: "09STATE11937") { all: people { totalCount } sure: people(minConfidence: 0.8) { totalCount edges { confidence node { name } } } } }`, "",
			`{"cable":{"all":{"totalCount":3},"sure":{"totalCount":1,"edges":[{"confidence":0.8333333333333333,"node":{"name":"Marcie Ries"}}]}}}`,
		},
		{
			"sure cables of a person, in a variable",
			`query($c: Float!) { person(name: "Bernard Kouchner") { cables(minConfidence: $c) { totalCount } } cables(where: {mentions: {name: "Bernard Kouchner"}, minConfidence: $c}) { totalCount } }`, `{"c": 0.8}`,
			`{"person":{"cables":{"totalCount":4}},"cables":{"totalCount":4}}`,
		},
		{
			"people in paragraphs with a marking, cables with such a paragraph, and how many",
			`{ person(name: "Bernard Kouchner") { cables(marking: {in: ["S//NF"]}) { totalCount nodes { reference people(marking: {caveat: "NF"}) { nodes { name } } } } } cables(where: {paragraph: {marking: {atLeast: SECRET}, names: {name: "Bernard Kouchner"}}}) { totalCount facets { origins { totalCount } } } }`, "",
			`{"person":{"cables":{"totalCount":1,"nodes":[{"reference":"09STATE11937","people":{"nodes":[{"name":"Bernard Kouchner"}]}}]}},"cables":{"totalCount":2,"facets":{"origins":{"totalCount":2}}}}`,
		},
		{
			"tags are suggested by what they mean, other nodes below them as anywhere",
			`{ suggest(prefix: "ira", kinds: TAG) { kind label match cables n: node { id ... on Tag { cables(first: 1) { nodes { reference } } } ... on Cable { body } } } }`, "",
			`{"suggest":[{"kind":"TAG","label":"IR","match":"Iran","cables":3,"n":{"id":"tag:IR","cables":{"nodes":[{"reference":"09TELAVIV457"}]}}}]}`,
		},
		{
			"those in most cables come first, the very name among equals, by an alias too",
			`{ suggest(prefix: "paris", first: 3) { kind label match cables } }`, "",
			`{"suggest":[{"kind":"POST","label":"Embassy Paris","match":"PARIS","cables":2},{"kind":"CABLE","label":"09TELAVIV936","match":"Sara Netanyahu's visit to Paris","cables":0}]}`,
		},
		{
			"nothing is suggested for nothing",
			`{ a: suggest(prefix: " !") { label } b: suggest(prefix: "paris", kinds: []) { label } c: suggest(prefix: "paris", first: 0) { label } }`, "",
			`{"a":[],"b":[],"c":[]}`,
		},
		{
			"fields of one alias are merged",
			`{ tags(first: 1) { nodes { code } } tags(first: 1) { nodes { kind } totalCount } }`, "",
			`{"tags":{"nodes":[{"code":"CLINTON, HILLARY","kind":"PERSON"}],"totalCount":7}}`,
		},
		{
			"what is skipped is not there",
			`query($x: Boolean!) { tag(code: "IR") { code @skip(if: $x) name @include(if: $x) ... @include(if: false) { id } } }`, `{"x": true}`,
			`{"tag":{"name":"Iran"}}`,
		},
		{
			"a filter in a variable is the same as one in the query",
			`query($w: CableWhere, $n: Int) { cables(where: $w, first: $n) { nodes { reference } } }`,
			`{"w": {"tags": {"all": "IR"}, "created": {"year": 2009}, "classification": {"in": ["SECRET"]}}, "n": 1}`,
			`{"cables":{"nodes":[{"reference":"09TELAVIV457"}]}}`,
		},
		{
			"a variable inside a filter",
			`query($tags: [String!]) { cables(where: {tags: {all: $tags}, not: {tags: {any: ["PREL"]}}}) { nodes { reference } } }`, `{"tags": ["IR"]}`,
			`{"cables":{"nodes":[{"reference":"09STATE12000"}]}}`,
		},
		{
			"a list of variables takes a single one too",
			`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, `{"ids": "tag:IR"}`,
			`{"nodes":[{"id":"tag:IR"}]}`,
		},
		{
			"only the type's name",
			`{ cables { __typename } }`, "",
			`{"cables":{"__typename":"CableConnection"}}`,
		},
		{
			"nodes come in the order of their ids, null for the unknown",
			`{ nodes(ids: ["tag:IR", "post:nowhere", "cable:09PARIS10", "tag:IR"]) { __typename ... on Cable { reference } ... on Node { id } } }`, "",
			`{"nodes":[{"__typename":"Tag","id":"tag:IR"},null,{"__typename":"Cable","reference":"09PARIS10","id":"cable:09PARIS10"},{"__typename":"Tag","id":"tag:IR"}]}`,
		},
		{
			"an unknown reference is null",
			`{ cable(reference: "99NOWHERE1") { id } }`, "",
			`{"cable":null}`,
		},
		{
			"what is not known is null",
			`{ cable(reference: "06PARIS77") { published subject created classification { label } origin { name } } }`, "",
			`{"cable":{"published":false,"subject":null,"created":null,"classification":null,"origin":null}}`,
		},
		{
			"a level that is not known is null",
			`{ cable(reference: "10NATO5") { classification { label level caveats } } }`, "",
			`{"cable":{"classification":{"label":"NODIS","level":null,"caveats":[]}}}`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			for name, way := range ways(world) {
				got := data(t, ask(t, engine(way.Schema), row.query, row.variables))
				if diff := cmp.Diff(row.want, got); diff != "" {
					t.Errorf("%s:\n%s", name, diff)
				}
			}
		})
	}
}

func TestPagesFollowEachOtherByTheirCursors(t *testing.T) {
	exec := engine(resolvers.NewExecutableSchema(world(), resolvers.DefaultLimits()))
	type list struct {
		Cables struct {
			Nodes    []struct{ Reference string }
			PageInfo struct {
				HasNextPage, HasPreviousPage bool
				StartCursor, EndCursor       string
			}
		}
	}
	const query = `query($first: Int, $after: String, $last: Int, $before: String) {
		cables(first: $first, after: $after, last: $last, before: $before) {
			nodes { reference } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
	read := func(variables string) (l list) {
		if err := json.Unmarshal([]byte(data(t, ask(t, exec, query, variables))), &l); err != nil {
			t.Fatal(err)
		}
		return l
	}
	all := read(`{}`).Cables.Nodes
	first := read(`{"first": 3}`)
	second := read(`{"first": 3, "after": "` + first.Cables.PageInfo.EndCursor + `"}`)
	back := read(`{"last": 3, "before": "` + second.Cables.PageInfo.StartCursor + `"}`)
	beforeAlone := read(`{"before": "` + second.Cables.PageInfo.StartCursor + `"}`)
	for name, pair := range map[string][2]any{
		"the first page":             {all[:3], first.Cables.Nodes},
		"the page after it":          {all[3:6], second.Cables.Nodes},
		"the page before that":       {all[:3], back.Cables.Nodes},
		"before alone pages back":    {all[:3], beforeAlone.Cables.Nodes},
		"the first page has a next":  {true, first.Cables.PageInfo.HasNextPage},
		"the second has a previous":  {true, second.Cables.PageInfo.HasPreviousPage},
		"the first has no previous":  {false, back.Cables.PageInfo.HasPreviousPage},
		"a page back has a next one": {true, back.Cables.PageInfo.HasNextPage},
	} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestIntrospectionTellsTheSchema(t *testing.T) {
	exec := engine(resolvers.NewExecutableSchema(world(), resolvers.DefaultLimits()))
	got := data(t, ask(t, exec, `{ __schema { queryType { name } } __type(name: "CableOrder") { isOneOf inputFields { name } } tag(code: "IR") { code } __typename }`, ""))
	want := `{"__schema":{"queryType":{"name":"Query"}},"__type":{"isOneOf":true,"inputFields":[{"name":"score"},{"name":"created"},{"name":"released"},{"name":"level"},{"name":"reference"}]},"tag":{"code":"IR"},"__typename":"Query"}`
	if got != want {
		t.Errorf("got %s", got)
	}
}

func TestExplainTellsCostAndAsks(t *testing.T) {
	exec := engine(resolvers.NewExecutableSchema(world(), resolvers.DefaultLimits()))
	const query = `{ a: people(first: 100) { nodes { cables(first: 10) { nodes { origin { name } } } } } b: tags { totalCount } }`
	r := ask(t, exec, query, "", http.Header{resolvers.ExplainHeader: {"1"}})
	got, _ := r.Extensions["cablegraph"].(resolvers.Explanation)
	if got.Cost != 100+1000+1000+1 || got.CostLimit != resolvers.DefaultLimits().Cost || got.Asks != 2 || got.Milliseconds <= 0 {
		t.Errorf("got %+v", got)
	}
	var people struct {
		A struct {
			Nodes []struct {
				Cables struct{ Nodes []struct{ Origin any } }
			}
		}
	}
	if err := json.Unmarshal(r.Data, &people); err != nil {
		t.Fatal(err)
	}
	rows := len(people.A.Nodes)
	for _, person := range people.A.Nodes {
		for _, cable := range person.Cables.Nodes {
			rows++
			if cable.Origin != nil {
				rows++
			}
		}
	}
	if got.Rows != rows {
		t.Errorf("%d rows told, %d answered: %s", got.Rows, rows, r.Data)
	}
	if r := ask(t, exec, query, ""); r.Extensions["cablegraph"] != nil {
		t.Errorf("told unasked: %v", r.Extensions)
	}
}

func TestStringsAreJSON(t *testing.T) {
	records := []graph.Record{{Cable: graph.Cable{Reference: "09X1", Published: true, Subject: "a\"b\\c\n\r\t\x01é𐐔\xff<&>"}}}
	schema := resolvers.NewExecutableSchema(storetest.Settled(records), resolvers.DefaultLimits())
	got := data(t, ask(t, engine(schema), `{ cable(reference: "09X1") { subject } }`, ""))
	if want := `{"cable":{"subject":"a\"b\\c\n\r\t\u0001é𐐔` + "\uFFFD" + `<&>"}}`; got != want {
		t.Errorf("got %s want %s", got, want)
	}
}
