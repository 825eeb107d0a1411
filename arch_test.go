package cablegraph

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/cablegraph/cablegraph/"

// rooms is the import table of ARCHITECTURE.md: package → what of ours it may
// import. Test files may import more: a test has to put rooms together.
var rooms = map[string][]string{
	"graph":                 {},
	"graph/storetest":       {"graph"},
	"graph/memory":          {"graph"},
	"graph/sqlite":          {"graph", "graph/memory"},
	"graph/neo4j":           {"graph"},
	"graph/neo4j/neo4jtest": {"graph", "graph/neo4j"},
	"network":               {"graph"},
	"explore":               {"graph", "network"},
	"loader/source":         {},
	"loader/parse":          {"loader/source", "graph"},
	"loader/people":         {"loader/parse", "graph"},
	"loader/sample":         {"graph"},
	"loader":                {"loader/source", "loader/parse", "loader/people", "graph"},
	"resolvers/gen":         {"graph", "network", "explore"},
	"resolvers":             {"graph", "network", "explore", "resolvers/gen"},
	"web":                   {},
	"server":                {"resolvers", "web", "graph", "network", "explore"},
	"cmd/cablegraph":        {"graph", "graph/sqlite", "graph/neo4j", "loader", "loader/source", "loader/parse", "loader/people", "loader/sample", "network", "explore", "resolvers", "server", "web"},
	"bench/raw":             {},
	"bench/growth":          {"graph", "graph/sqlite", "graph/neo4j", "server"},
	"bench/soak":            {},
}

// drivers are the libraries that one room alone may know.
var drivers = map[string][]string{
	"github.com/neo4j/neo4j-go-driver": {"graph/neo4j", "graph/neo4j/neo4jtest", "bench/raw", "bench/growth"},
	"modernc.org/sqlite":               {"graph/sqlite"},
	"github.com/99designs/gqlgen":      {"resolvers", "resolvers/gen", "server", "cmd/cablegraph", "bench/growth"},
	"github.com/spf13/cobra":           {"cmd/cablegraph"},
	"github.com/coder/websocket":       {"server"},
}

func TestImportsFollowTheArchitecture(t *testing.T) {
	for dir, files := range goFiles(t) {
		allowed, known := rooms[dir]
		if !known {
			t.Errorf("%s: a room that the import table of arch_test.go and ARCHITECTURE.md lacks", dir)
			continue
		}
		for _, file := range files {
			for _, path := range imports(t, file) {
				checkImport(t, dir, file, path, allowed)
			}
		}
	}
}

func checkImport(t *testing.T, dir, file, path string, allowed []string) {
	t.Helper()
	if room, ours := strings.CutPrefix(path, module); ours {
		if !slices.Contains(allowed, room) {
			t.Errorf("%s imports %s; %s may import of ours only %v", file, room, dir, allowed)
		}
		return
	}
	for driver, users := range drivers {
		if strings.HasPrefix(path, driver) && !slices.Contains(users, dir) {
			t.Errorf("%s imports %s; only %v may", file, path, users)
		}
	}
	if dir == "graph" && strings.Contains(strings.SplitN(path, "/", 2)[0], ".") {
		t.Errorf("%s imports %s; graph imports the standard library only", file, path)
	}
}

// goFiles returns the Go files that are no tests: folder → files.
func goFiles(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && dir != "." {
			found[dir] = append(found[dir], path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	paths := make([]string, 0, len(parsed.Imports))
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}
