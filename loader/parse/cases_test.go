package parse

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const casesDir = "../../../shared/parsing/cases/"

// shared is one of the shared cases: a snippet of a real cable and what is in it.
type shared struct {
	Case     int             `json:"case"`
	ID       string          `json:"id"`
	Input    string          `json:"input"`
	Year     int             `json:"year"`
	OwnID    string          `json:"own_id"`
	Fold     bool            `json:"normalize"`
	Expected json.RawMessage `json:"expected"`
}

func readCases(t *testing.T, file string) []shared {
	t.Helper()
	f, err := os.Open(casesDir + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []shared
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c shared
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s line %d: %v", file, len(cases)+1, err)
		}
		cases = append(cases, c)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return cases
}

// want decodes what a case expects.
func want[T any](t *testing.T, c shared) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(c.Expected, &v); err != nil {
		t.Fatalf("case %d: %v", c.Case, err)
	}
	return v
}

// expect compares lists, for which nil and empty are the same.
func expect(want, got []string) string {
	return cmp.Diff(append([]string{}, want...), append([]string{}, got...))
}
