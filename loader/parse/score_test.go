package parse

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// caseFile is a file of shared cases: how one is checked, and which are left out, each with its reason.
type caseFile struct {
	name     string
	disputed map[int]string
	check    func(t *testing.T, c shared) (diff string)
}

var caseFiles = []caseFile{
	{"classified_by", map[int]string{
		21: correctedName, 95: correctedName, 102: correctedName, 116: correctedName,
	}, checkClassifier},
	{"deadline", nil, checkDeadline},
	{"ids", nil, checkReference},
	{"info_recipients", nil, func(t *testing.T, c shared) string { return checkRecipients(t, c, false) }},
	{"recipients", nil, func(t *testing.T, c shared) string { return checkRecipients(t, c, true) }},
	{"references", nil, checkCitations},
	{"signers", nil, checkSigner},
	{"subject", map[int]string{
		12: "the marking (S) before a subject is cut, as in all the other cases",
		21: "the marking (U) before a subject is cut, as in all the other cases",
	}, func(t *testing.T, c shared) string { return cmp.Diff(want[string](t, c), newText(c.Input).subject()) }},
	{"summary", nil, func(t *testing.T, c shared) string { return cmp.Diff(want[string](t, c), newText(c.Input).summary()) }},
	{"tag_kind", nil, checkTagKind},
	{"tags", map[int]string{
		76: "the codes VT and PREL behind the page breaks are tags too",
		82: "the table of run-together tags, and the other cases, split AMEDCASCKFLO",
	}, func(t *testing.T, c shared) string { return expect(want[[]string](t, c), newText(c.Input).tags()) }},
}

const correctedName = "it asks for a corrected name, and we keep what stands there"

// The score by field: a change of any rule shows here.
func TestScore(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Of each file of cases, how many pass.\n")
	for _, f := range caseFiles {
		f.score(t, &b)
	}
	b.WriteString("# Of the corpus, how many cables have it, and how many there are.\n")
	for _, line := range corpusFields(corpus(t)) {
		b.WriteString(line)
	}
	golden(t, "score", b.String())
}

// score writes a file's line, and one for each case that fails or is left out.
func (f *caseFile) score(t *testing.T, b *strings.Builder) {
	passed, counted, rest := 0, 0, ""
	for _, c := range readCases(t, f.name+".jsonl") {
		if reason := f.disputed[c.Case]; reason != "" {
			rest += fmt.Sprintf("  %d is left out: %s\n", c.Case, reason)
			continue
		}
		counted++
		if diff := f.check(t, c); diff != "" {
			t.Logf("%s case %d (%s): %q\n%s", f.name, c.Case, c.ID, c.Input, diff)
			rest += fmt.Sprintf("  %d fails\n", c.Case)
			continue
		}
		passed++
	}
	if passed*100 < counted*95 {
		t.Errorf("%s: %d of %d pass, fewer than 95 in a hundred", f.name, passed, counted)
	}
	fmt.Fprintf(b, "%s %d of %d\n%s", f.name, passed, counted, rest)
}

// corpusFields counts, for each field, the cables that have it and what they have.
func corpusFields(pages []parsedPage) []string {
	counts := map[string][2]int{}
	add := func(field string, n int) {
		c := counts[field]
		counts[field] = [2]int{c[0] + min(n, 1), c[1] + n}
	}
	for _, page := range pages {
		p := page.parsed
		add("recipients", len(p.Recipients))
		add("tags", len(p.Tags))
		add("references", len(p.References))
		add("other references", len(p.Cable.OtherReferences))
		add("paragraphs", len(p.Cable.Paragraphs))
		for field, text := range map[string]string{
			"subject": p.Cable.Subject, "summary": p.Cable.Summary, "signer": p.Signer.Text, "classifier": p.Classifier.Text,
			"classifier's name": p.ClassifierName, "deadline": p.Deadline, "header": p.Cable.Header,
		} {
			add(field, min(len(text), 1))
		}
	}
	var lines []string
	for field, c := range counts {
		lines = append(lines, fmt.Sprintf("%s %d %d\n", field, c[0], c[1]))
	}
	slices.Sort(lines)
	return lines
}

func checkTagKind(t *testing.T, c shared) string {
	kinds := map[string]graph.TagKind{"program": graph.TagProgram, "org": graph.TagOrganization, "subject": graph.TagSubject}
	return cmp.Diff(kinds[want[string](t, c)], TagByCode(c.Input).Kind)
}

func checkCitations(t *testing.T, c shared) string {
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
}

func checkClassifier(t *testing.T, c shared) string {
	_, name := newText(c.Input).classifier()
	return cmp.Diff(strings.Join(want[[]string](t, c)[:min(1, len(want[[]string](t, c)))], ""), name)
}

func checkSigner(t *testing.T, c shared) string {
	signer := newText(c.Input).signer().Text
	return cmp.Diff(strings.Join(want[[]string](t, c), " "), signer)
}

func checkDeadline(t *testing.T, c shared) string {
	expected := ""
	if date := want[*string](t, c); date != nil {
		expected = *date
	}
	return cmp.Diff(expected, newText(c.Input).deadline())
}

func checkReference(t *testing.T, c shared) string {
	got, _ := repairedReference(c.Input)
	return cmp.Diff(want[string](t, c), string(got))
}

// sharedRecipient is an addressee as the cases write it.
type sharedRecipient struct {
	Name       string   `json:"name"`
	Precedence string   `json:"precedence"`
	Number     string   `json:"mcn"`
	Excluded   []string `json:"excluded"`
}

func checkRecipients(t *testing.T, c shared, action bool) string {
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
}
