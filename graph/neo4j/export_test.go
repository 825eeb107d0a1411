package neo4j_test

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/graph/storetest"
)

// exported reads an exported file: rows of column → value.
func exported(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s.csv: %v", name, err)
	}
	rows := make([]map[string]string, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = map[string]string{}
		for j, column := range lines[0] {
			rows[i][column] = line[j]
		}
	}
	return rows
}

func TestExportHoldsTheWholeGraph(t *testing.T) {
	dir := t.TempDir()
	oracle := storetest.Settled(storetest.World())
	if err := neo4j.Export(t.Context(), oracle, dir); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{}
	err := oracle.Walk(t.Context(), func(e graph.Element) error {
		switch {
		case e.Cable != nil:
			want["cables"]++
		case e.Post != nil:
			want["posts"]++
		case e.Person != nil:
			want["people"]++
		case e.Tag != nil:
			want["tags"]++
		default:
			want[strings.ToLower(string(e.Link.Type))]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for name := range want {
		got[name] = len(exported(t, dir, name))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-walked +exported):\n%s", diff)
	}
	script, err := os.ReadFile(filepath.Join(dir, "import.sh"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := "=" + filepath.Base(file); strings.Count(string(script), name) != 1 {
			t.Errorf("import.sh does not name %s once", name)
		}
	}
}

// elements is a reader that walks over these.
type elements struct {
	graph.Reader
	all []graph.Element
}

func (e elements) Walk(_ context.Context, visit func(graph.Element) error) error {
	for _, x := range e.all {
		if err := visit(x); err != nil {
			return err
		}
	}
	return nil
}

func (e elements) Corpus(context.Context) (*graph.Corpus, error) { return &graph.Corpus{}, nil }

func (e elements) Corrections(context.Context) (string, error) { return "rename A = \"B\"\n", nil }

func TestExportTellsNullFromEmptyAndKeepsQuotesAndLines(t *testing.T) {
	cable := &graph.Cable{
		Reference: "09STATE11937", Published: true, Subject: "", Body: "1. \"Quoted\",\r\nwith \\ and ünïcode",
		Sources: []graph.Source{{File: "a.csv", SHA256: "ab", Reference: "09STATE119370"}},
	}
	dir := t.TempDir()
	if err := neo4j.Export(t.Context(), elements{all: []graph.Element{{Cable: cable}}}, dir); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "cables.csv"))
	if err != nil {
		t.Fatal(err)
	}
	_, row, _ := strings.Cut(string(raw), "\n")
	if !strings.HasPrefix(row, `"09STATE11937","true",`) || !strings.Contains(row, `"1. ""Quoted"",`+"\r\n"+`with \ and ünïcode"`) {
		t.Errorf("row %q, wanted one with the body as it is", row)
	}
	// marks and subjectText are empty; created, released, classification and caveats are not there.
	if !strings.Contains(row, `,"-1","","","1 quoted with and unicode",,,,,"",`) {
		t.Errorf("row %q tells nulls from empty texts badly", row)
	}
	if meta := exported(t, dir, "meta"); len(meta) != 1 || meta[0]["corrections:string"] != "rename A = \"B\"\n" {
		t.Errorf("meta.csv: %v", meta)
	}
	if slips := exported(t, dir, "slips_cables"); len(slips) != 1 || slips[0][":START_ID(Slip)"] != "09STATE119370" {
		t.Errorf("slips_cables.csv: %v", slips)
	}
}

func TestExportRefusesTheDelimiterInAList(t *testing.T) {
	post := &graph.Post{Slug: "x", Name: "X", Aliases: []string{"a\x1fb"}}
	err := neo4j.Export(t.Context(), elements{all: []graph.Element{{Post: post}}}, t.TempDir())
	if !errors.Is(err, neo4j.ErrDelimiter) || !strings.Contains(err.Error(), "posts.csv") {
		t.Errorf("error %v, wanted ErrDelimiter in posts.csv", err)
	}
}
