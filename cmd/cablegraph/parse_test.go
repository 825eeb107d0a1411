package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/people"
	"github.com/cablegraph/cablegraph/loader/source"
)

// What parse writes says all that the pages say, people and places of origin included.
func TestParsedLinesAreRecords(t *testing.T) {
	mirror := filepath.Join(t.TempDir(), "mirror")
	must(t, "sample", "--count", "30", "--out", mirror)
	lines := strings.Split(strings.TrimSpace(must(t, "parse", mirror)), "\n")
	if len(lines) != 30 {
		t.Fatalf("%d lines of 30 cables", len(lines))
	}
	for _, line := range lines {
		back, err := parse.Parse(source.Entry{Form: source.Line, Data: []byte(line)})
		if err != nil {
			t.Fatal(err)
		}
		from := back.Cable.Sources[0]
		page, err := parsed(source.Entry{File: from.File, Data: []byte(readFile(t, filepath.Join(mirror, from.File)))})
		if err != nil {
			t.Fatal(err)
		}
		back.People = people.Find(back)
		if diff := cmp.Diff(page, back); diff != "" {
			t.Errorf("%s (-page +line):\n%s", from.File, diff)
		}
		page.Seal()
		back.Seal()
		if page.Cable.Hash != back.Cable.Hash {
			t.Errorf("%s: another hash", from.File)
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
