package resolvers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j/neo4jtest"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/resolvers"
)

var update = flag.Bool("update", false, "write the golden answers anew, from SQLite")

// manuals are the texts with queries; the files of each stand in the folder of its name.
var manuals = []string{queries, networks}

const (
	queries  = "../docs/queries"
	networks = "../docs/networks"
)

// networkAsks is how often a network may ask a store: it is found level by level, and
// the cables behind its edges are asked for a few edges at a time.
const networkAsks = 8

// corpus is the archive of 2010, and the one page that the project started from.
var corpus = []string{"../../shared/corpus/cablegate-2010.tar.xz", "../../shared/corpus/09STATE11937.page.txt"}

func TestGoldenAnswersOnSQLite(t *testing.T) {
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "cables.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close(context.Background()) })
	golden(t, store, *update)
}

func TestGoldenAnswersOnNeo4j(t *testing.T) {
	golden(t, neo4jtest.Open(t), false)
}

// golden loads the corpus and asks every query of the manual, both ways.
func golden(t *testing.T, store graph.Store, write bool) {
	t.Helper()
	if _, err := loader.Load(t.Context(), store, corpus, loader.Options{}); err != nil {
		t.Fatalf("loading the corpus: %v", err)
	}
	counted := &counting{Reader: store}
	schema := resolvers.NewExecutableSchema(counted, resolvers.DefaultLimits())
	t.Run("pictures", func(t *testing.T) { pictures(t, schema, store, write) })
	for _, file := range files(t) {
		t.Run(name(file), func(t *testing.T) {
			query, variables := read(t, file), ""
			if path := strings.TrimSuffix(file, ".graphql") + ".variables.json"; exists(path) {
				variables = read(t, path)
			}
			counted.asks.Store(0)
			got := render(t, ask(t, engine(schema), query, variables))
			most := rootFields(t, query)
			if strings.HasPrefix(file, networks) {
				most *= networkAsks
			}
			if n := int(counted.asks.Load()); n > most {
				t.Errorf("%d asks for %d root fields", n, rootFields(t, query))
			}
			if slow := render(t, ask(t, engine(schema.ByField()), query, variables)); slow != got {
				t.Errorf("field by field (-), written (+):\n%s", cmp.Diff(slow, got))
			}
			path := strings.TrimSuffix(file, ".graphql") + ".json"
			if write {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(read(t, path), got); diff != "" {
				t.Errorf("%s (-), the answer (+):\n%s", path, diff)
			}
		})
	}
}

var (
	pictured = regexp.MustCompile("(?s)!\\[[^]]*\\]\\((networks/[^)]+\\.svg)\\).*?```sh\ncablegraph export (.*?)\n```")
	flags    = regexp.MustCompile(`--([a-z-]+) ('[^']*'|\S+)`)
	loadedAt = regexp.MustCompile("graph loaded: [^&]*")
)

// pictures draws what the commands of the manual of networks write.
func pictures(t *testing.T, schema *resolvers.Schema, store graph.Reader, write bool) {
	t.Helper()
	found := pictured.FindAllStringSubmatch(read(t, networks+".md"), -1)
	if len(found) != 5 {
		t.Errorf("%d pictures", len(found))
	}
	for _, p := range found {
		values := map[string]string{}
		for _, f := range flags.FindAllStringSubmatch(p[2], -1) {
			values[strings.ReplaceAll(strings.ReplaceAll(f[1], "min-weight", "minWeight"), "top-", "top")] = strings.Trim(f[2], "'")
		}
		values["format"] = "svg"
		export, err := schema.ReadExport(values)
		if err != nil {
			t.Fatalf("%s: %v", p[2], err)
		}
		n, err := export.Find(t.Context(), store)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := export.Format.Write(t.Context(), &got, n); err != nil {
			t.Fatal(err)
		}
		drawn, path := loadedAt.ReplaceAllString(got.String(), "graph loaded"), filepath.Join("../docs", p[1])
		if write {
			if err := os.WriteFile(path, []byte(drawn), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if read(t, path) != drawn {
			t.Errorf("%s is not what its command draws", path)
		}
	}
}

func rootFields(t *testing.T, query string) int {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		t.Fatal(err)
	}
	return len(doc.Operations[0].SelectionSet)
}

// render is a response as it goes out, indented.
func render(t *testing.T, r *graphql.Response) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	r.Extensions = nil
	if err := e.Encode(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func files(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, manual := range manuals {
		of, err := filepath.Glob(manual + "/*.graphql")
		if err != nil || len(of) < 5 {
			t.Fatalf("%d queries in %s: %v", len(of), manual, err)
		}
		found = append(found, of...)
	}
	return found
}

// name is a file's folder and name: "queries/01-mission".
func name(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(file, "../docs/"), ".graphql")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var (
	codeBlock = regexp.MustCompile("(?s)```graphql\n(.*?)```")
	linked    = regexp.MustCompile(`\]\(((?:queries|networks)/[^)]+)\.json\)`)
)

func TestTheManualHoldsTheQueriesAndNoOthers(t *testing.T) {
	manual := ""
	for _, text := range manuals {
		manual += read(t, text+".md")
	}
	inFiles := map[string]string{} // query → file
	for _, file := range files(t) {
		question, query, _ := strings.Cut(read(t, file), "\n")
		inFiles[query] = name(file)
		if text := strings.TrimPrefix(question, "# "); text == question || !strings.Contains(manual, "\n### "+text+"\n") {
			t.Errorf("%s: the manual does not ask %q", name(file), question)
		}
	}
	for _, block := range codeBlock.FindAllStringSubmatch(manual, -1) {
		if inFiles[block[1]] == "" {
			t.Errorf("no file holds this query of the manual:\n%s", block[1])
		}
		delete(inFiles, block[1])
	}
	for _, file := range inFiles {
		t.Errorf("%s is not in the manual", file)
	}
	for _, link := range linked.FindAllStringSubmatch(manual, -1) {
		if !exists(filepath.Join("../docs", link[1]+".json")) {
			t.Errorf("the manual links to %s.json, which is not there", link[1])
		}
	}
}

// What these answers hold is known from the archive itself: writing the golden
// answers anew must not make it something else.
func TestGoldenAnswersHoldWhatIsKnown(t *testing.T) {
	reference := regexp.MustCompile(`"reference": "([^"]+)",\n +"created"`)
	paris := []string{"10PARIS174", "08PARIS957", "08PARIS114", "07PARIS4685", "07PARIS3956", "07PARIS3733"}
	for file, want := range map[string][]string{
		"01-mission":           paris,
		"02-mission-as-filter": paris,
		"03-inverse":           {"09STATE11937"},
		"04-tel-aviv":          {"09TELAVIV457", "09TELAVIV936", "09TELAVIV2502", "09TELAVIV2777"},
	} {
		var got []string
		for _, found := range reference.FindAllStringSubmatch(read(t, filepath.Join(queries, file+".json")), -1) {
			got = append(got, found[1])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
	}
	for file, code := range map[string]string{"23-ambiguous": "AMBIGUOUS", "45-several-years": "AMBIGUOUS", "48-several-meanings": "AMBIGUOUS", "36-bad-cursor": "BAD_CURSOR"} {
		if !strings.Contains(read(t, filepath.Join(queries, file+".json")), `"code": "`+code+`"`) {
			t.Errorf("%s is not %s", file, code)
		}
	}
}
