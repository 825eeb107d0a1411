package parse

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/sample"
	"github.com/cablegraph/cablegraph/loader/source"
)

// mirror makes a page in the mirror's form.
func mirror(reference, header, body string) string {
	lines := func(s string) string { return strings.ReplaceAll(s, "\n", "&#x000A;") }
	return "<html><title>Cable Viewer</title><h3>Viewing cable " + reference + ", A TITLE</h3><table class='cable'>" +
		"<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>" +
		"<tr><td><a href='/x'>" + reference + "</a></td><td>2009-02-10 03:03</td><td>2010-11-30 16:04</td>" +
		"<td>SECRET//NOFORN</td><td>Embassy Paris</td></tr></table>\n" +
		"<code><pre>" + lines(header) + "</pre></code>\n<code><pre>" + lines(body) + "</pre></code></html>"
}

func parseString(t *testing.T, document string) *Parsed {
	t.Helper()
	p, err := Parse(source.Entry{File: "given", Data: []byte(document)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const seed = "09STATE11937"

// seedPages are the same cable as the mirror has it and as a page saved as text.
func seedPages(t *testing.T) map[string]*Parsed {
	t.Helper()
	saved, err := os.ReadFile("../../../shared/corpus/" + seed + ".page.txt")
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*Parsed{"a page saved as text": parseString(t, string(saved))}
	for _, page := range corpus(t) {
		if page.parsed.Cable.Reference == seed {
			pages["a page of the mirror"] = page.parsed
		}
	}
	return pages
}

func TestSeed(t *testing.T) {
	pages := seedPages(t)
	if len(pages) != 2 {
		t.Fatalf("%d forms of the seed", len(pages))
	}
	for name, p := range pages {
		t.Run(name, func(t *testing.T) {
			c := p.Cable
			facts := map[string]string{
				"reference": string(c.Reference), "created": c.Created.Format("2006-01-02 15:04"), "released": c.Released.Format("2006-01-02 15:04"),
				"classification": c.Classification.Label, "origin": p.Origin.Slug, "subject": c.Subject,
				"signer": p.Signer.Text, "classifier": p.ClassifierName, "deadline": p.Deadline,
			}
			want := map[string]string{
				"reference": seed, "created": "2009-02-10 03:03", "released": "2010-11-30 16:04",
				"classification": "SECRET//NOFORN", "origin": "secretary-of-state",
				"subject": "Secretary Clinton's February 5, 2009 expanded meeting with French Foreign Minister Bernard Kouchner",
				"signer":  "CLINTON", "classifier": "MARCIE RIES", "deadline": "2019-02-05",
			}
			if diff := cmp.Diff(want, facts); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
			if got := codes(p.Tags); got != "OVIP | CLINTON, HILLARY | PREL | KPAL | FR | IR | RS | NATO | UK | CN" {
				t.Errorf("tags %s", got)
			}
			if len(p.References) != 0 || len(c.OtherReferences) != 0 {
				t.Errorf("references %v, others %v", p.References, c.OtherReferences)
			}
			if !strings.HasPrefix(c.Summary, "Secretary Clinton and French") || !strings.HasSuffix(oneLine(c.Summary), "spark press questions.") {
				t.Errorf("summary %q", c.Summary)
			}
			checkSeedRecipients(t, p.Recipients)
			checkSeedParagraphs(t, graph.Paragraphs(c.Body, c.Paragraphs))
		})
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func codes(tags []graph.Tag) string {
	var all []string
	for _, tag := range tags {
		all = append(all, tag.Code)
	}
	return strings.Join(all, " | ")
}

func checkSeedRecipients(t *testing.T, recipients []graph.Recipient) {
	t.Helper()
	var action []string
	for _, r := range recipients {
		if r.Action {
			action = append(action, r.Post.Slug+" as "+r.As)
		}
		if r.Precedence != graph.Immediate {
			t.Errorf("%s has precedence %s", r.As, r.Precedence)
		}
	}
	if diff := cmp.Diff([]string{"embassy-paris as AMEMBASSY PARIS"}, action); diff != "" || len(recipients) != 16 {
		t.Errorf("%d addressees, want one TO and fifteen INFO:\n%s", len(recipients), diff)
	}
}

func checkSeedParagraphs(t *testing.T, paragraphs []graph.Paragraph) {
	t.Helper()
	if len(paragraphs) != 15 {
		t.Fatalf("%d paragraphs, want 15", len(paragraphs))
	}
	for i, p := range paragraphs {
		if p.Number != i+1 {
			t.Errorf("paragraph %d has the number %d", i+1, p.Number)
		}
	}
	if p := paragraphs[12]; !strings.HasSuffix(oneLine(p.Text), "by March ¶15.") || p.Heading != "Darfur" || p.Marking != "C" {
		t.Errorf("paragraph 13 does not end with the date: %+v", p)
	}
	if p := paragraphs[8]; p.Marking != "S/NF" || !strings.HasPrefix(p.Text, "The Secretary opened") || p.Heading != "Iran" {
		t.Errorf("paragraph 9: %+v", p)
	}
	if p := paragraphs[14]; !strings.HasSuffix(oneLine(p.Text), "Lechevallier, Notetaker Interpreter") {
		t.Errorf("paragraph 15 holds the signature: %q", p.Text)
	}
}

// The pages of 2011 have some cells and blocks empty.
func TestLaterLayout(t *testing.T) {
	for file, want := range map[string]string{
		"1966/12/66BUENOSAIRES2481": "66BUENOSAIRES2481 1966-12 2011-08-30 UNCLASSIFIED embassy-buenos-aires: EXTENDED NATIONAL JURISDICTIONS OVER HIGH SEAS [EFIS | PBTS | AR] to 12, signed SACCIO",
		"1972/03/72TEHRAN1381":      "72TEHRAN1381 1972-03 2011-08-30 UNCLASSIFIED embassy-tehran: TRIALS/EXECUTIONS OF ANTI-GOVERNMENT ELEMENTS: STUDENTS DEMONSTRATE AND SHAH LASHES OUT AT FOREIGN CRITICS [PREL | PGOV | IR] to 8, signed HECK",
		"1972/08/72TEHRAN5055":      "72TEHRAN5055 1972-08 2011-08-30 UNCLASSIFIED embassy-tehran: CONTINUING TERRORIST VIOLENCE [IR | PTER] to 1, signed FARLAND",
		"1973/10/73TEHRAN7005":      "73TEHRAN7005 1973-10 2011-08-30 UNCLASSIFIED embassy-tehran: ASSASSINATION/KIDNAP PLOT AGAINST SHAH REVEALED [PINS | IR] to 1, signed HELMS",
		"1975/03/75TEHRAN2069":      "75TEHRAN2069 1975-03 2011-08-30 CONFIDENTIAL embassy-tehran: IRANIAN RESURGENCE PARTY CREATED BY SHAH [PINT | IR] to 1, signed HELMS",
	} {
		data, err := os.ReadFile("../../../shared/corpus/layout-2011/cable/" + file + ".html")
		if err != nil {
			t.Fatal(err)
		}
		p := parseString(t, string(data))
		got := fmt.Sprintf("%s %s %s %s %s: %s [%s] to %d, signed %s", p.Cable.Reference, p.Cable.Created.Format("2006-01"), p.Cable.Released.Format("2006-01-02"),
			p.Cable.Classification.Label, p.Origin.Slug, p.Cable.Subject, codes(p.Tags), len(p.Recipients), p.Signer.Text)
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", file, got, want)
		}
	}
}

func TestWhatIsNoCable(t *testing.T) {
	for _, row := range []struct {
		name, document string
		want           error
		says           string
	}{
		{"an empty document", "", ErrNotCable, "empty"},
		{"blanks alone", " \n\t\n", ErrNotCable, "empty"},
		{"a page that is something else", "<html><body>Hello</body></html>", ErrNotCable, "Reference ID"},
		{"a list page of the mirror", "<title>Cable Viewer</title><table class='cable'><tr><th>Reference ID</th></tr></table>", ErrNavigation, ""},
		{"a table without an end", "<table class='cable'><tr><th>Reference ID</th><pre>x", ErrNotCable, "end"},
		{"a page without a reference", mirror("", "TO X", "body"), ErrNotCable, "no Reference ID"},
		{"a reference of no known form", mirror("HELLO", "TO X", "body"), ErrNotCable, "09STATE11937"},
		{"a cable without text", mirror("09PARIS1", "TO X", " \n "), ErrNotCable, "no text"},
		{"a page cut in its table", mirror("09PARIS1", "", "")[:300], ErrNavigation, ""},
		{"binary noise", "\x00\x01\x02\xff\xfe", ErrNotCable, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			p, err := Parse(source.Entry{Data: []byte(row.document)})
			if !errors.Is(err, row.want) || p != nil || !strings.Contains(err.Error(), row.says) {
				t.Errorf("got %v, %v; want %v saying %q", p, err, row.want, row.says)
			}
		})
	}
}

func TestTextStaysAsItCame(t *testing.T) {
	body := "SUBJECT: AT&T <<240168 127180\n1.  A &processes8; B <C \\\n\n¶2. caf\u00e9\u00a0x"
	p := parseString(t, strings.ReplaceAll(mirror("09PARIS1", "VZCZ\nTO X", body), "caf", "<b>&#99;&amp;</b>af"))
	if want := strings.ReplaceAll(body, "caf", "c&af"); p.Cable.Body != want || p.Cable.Header != "VZCZ\nTO X" {
		t.Errorf("body %q, want %q", p.Cable.Body, want)
	}
}

func TestWrongBytesAreWindows1252(t *testing.T) {
	p := parseString(t, mirror("09PARIS1", "TO X", "\x93caf\xe9\x94 \x80 5 na\u00efve"))
	if p.Cable.Body != "“café” € 5 naïve" || len(p.Warnings) != 1 {
		t.Errorf("body %q, warnings %v", p.Cable.Body, p.Warnings)
	}
}

func TestOddDatesAreWarnings(t *testing.T) {
	p := parseString(t, strings.Replace(mirror("09PARIS1", "TO X", "text"), "2009-02-10 03:03", "yesterday", 1))
	if !p.Cable.Created.IsZero() || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "yesterday") {
		t.Errorf("created %v, warnings %v", p.Cable.Created, p.Warnings)
	}
}

func TestFourColumns(t *testing.T) {
	page := strings.NewReplacer("<th>Released</th>", "", "<td>2010-11-30 16:04</td>", "").Replace(mirror("09PARIS1", "TO X", "text"))
	p := parseString(t, page)
	if !p.Cable.Released.IsZero() || p.Cable.Created.IsZero() || p.Origin.Slug != "embassy-paris" {
		t.Errorf("released %v, created %v, origin %v", p.Cable.Released, p.Cable.Created, p.Origin)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(mirror("09PARIS1", "TO RUEHC/SECSTATE WASHDC 1\nINFO", "TAGS: OVIP CLINTON HILLARY, FR\nSUBJECT: (C)\nREF: A. (A) 09 X\n\n1. (C) SUMMARY: \nEND SUMMARY\nX"))
	f.Add("Reference ID | Created |\n09PARIS1 | x |\nTO X\nUNCLAS\n(C) 1. REF:\n")
	for c := range sample.Cables(3, 1) {
		page := string(c.Page())
		f.Add(page)
		f.Add(page[:2*len(page)/3])
		f.Add(strings.ReplaceAll(page, "e", "\xe9"))
	}
	f.Fuzz(func(t *testing.T, document string) {
		p, err := Parse(source.Entry{Data: []byte(document)})
		checkParsed(t, p, err)
	})
}
