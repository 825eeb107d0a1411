package parse

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/sample"
	"github.com/cablegraph/cablegraph/loader/source"
)

func rowEntry(row string) source.Entry {
	return source.Entry{File: "cables.csv", Form: source.Row, Number: 7, Offset: 1234, Data: []byte(row)}
}

const givenHeader = `VZCZ\nFM AMEMBASSY PARIS\nTO RUEHC/SECSTATE WASHDC PRIORITY 12`

// givenRow is a row whose fields hold each thing that is written in a way of its own.
var givenRow = strings.ReplaceAll(`"17","2/3/2009 4:05","09PARIS60","Embassy Paris","SECRET//NOFORN","09STATE11|08EFTOANKARA12|09PARIS60|","`+givenHeader+`",`+
	`"TAGS: PREL, FR\nSUBJECT: THE \"GREAT\" C:\\\\TEMP, ""TOO""\n\nREF: A. STATE 11\n\n1. (C) One\two, C:\x.\n"`, `\n`, "\n")

func TestRow(t *testing.T) {
	p, err := Parse(rowEntry(givenRow))
	if err != nil {
		t.Fatal(err)
	}
	c := p.Cable
	got := []string{
		string(c.Reference), c.Created.Format(time.RFC3339), c.Released.Format(time.RFC3339), c.Classification.Label, p.Origin.Slug, c.Subject, codes(p.Tags), c.Header, c.Body,
	}
	want := []string{
		"09PARIS60", "2009-02-03T04:05:00Z", "0001-01-01T00:00:00Z", "SECRET//NOFORN", "embassy-paris", `THE "GREAT" C:\\TEMP, "TOO"`, "PREL | FR",
		strings.ReplaceAll(givenHeader, `\n`, "\n"),
		"TAGS: PREL, FR\nSUBJECT: THE \"GREAT\" C:\\\\TEMP, \"TOO\"\n\nREF: A. STATE 11\n\n1. (C) One\\two, C:\\x.\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantCites := []graph.Citation{{Reference: "09STATE11", Label: "A", As: "STATE 11"}, {Reference: "08ANKARA12", As: "08EFTOANKARA12"}}
	if diff := cmp.Diff(wantCites, p.References); diff != "" {
		t.Errorf("citations (-want +got):\n%s", diff)
	}
	from := graph.Source{File: "cables.csv", Offset: 1234, SHA256: c.Sources[0].SHA256}
	if diff := cmp.Diff([]graph.Source{from}, c.Sources); diff != "" || len(p.Warnings) > 0 {
		t.Errorf("warnings %v, sources:\n%s", p.Warnings, diff)
	}
}

func TestWhatIsNoRow(t *testing.T) {
	row := func(date, reference string) string {
		return `"1","` + date + `","` + reference + `","Embassy Paris","SECRET","","FM","text"`
	}
	for _, given := range []struct{ name, row, says string }{
		{"nothing", ``, "this one 1"},
		{"three columns", `"1","2/3/2009 4:05","09PARIS60"`, "this one 3"},
		{"nine columns", givenRow + `,"x"`, "this one 9"},
		{"a quote that nothing closes", `"1","2/3/2009`, "closes in column 2"},
		{"words behind a quote", `"1" x,"2"`, `" x,\"2\"" instead of a comma behind the quote in column 1`},
		{"no reference", row("2/3/2009 4:05", " "), "third column, for the reference, is empty"},
		{"a reference of no known form", row("2/3/2009 4:05", "PARIS"), `"PARIS" has not the form`},
		{"no date", row("", "09PARIS60"), `second column "" is no date`},
		{"a day that never was", row("2/30/2009 4:05", "09PARIS60"), `"2/30/2009 4:05" is no date`},
		{"the columns' own heads", `id,date,reference,origin,classification,references,header,body`, `"reference" has not the form`},
	} {
		t.Run(given.name, func(t *testing.T) {
			p, err := Parse(rowEntry(given.row))
			if !errors.Is(err, ErrNotCable) || p != nil || !strings.Contains(err.Error(), given.says) {
				t.Errorf("got %v, %v; want an error that says %q", p, err, given.says)
			}
		})
	}
}

func TestOddRows(t *testing.T) {
	for _, given := range []struct{ name, row, body, warning string }{
		{"without a text", `"1","2/3/2009 4:05","09PARIS60","","","","",""`, "", "no text"},
		{"without quotes where none are needed", `1,2/3/2009 4:05,09PARIS60,,,,,text`, "text", ""},
		{"with the line's end", `"1","2/3/2009 4:05:59","09PARIS60","","","","","text"` + "\r\n", "text", ""},
		{"bytes that are no UTF-8", `"1","2009-02-03 04:05","09PARIS60","","","","","` + "\x93caf\xe9\x94\"", "“café”", "Windows-1252"},
		{"quotes alone", `"1","2/3/2009 4:05","09PARIS60","","","","","\"\"\\"`, `""\`, ""},
	} {
		t.Run(given.name, func(t *testing.T) {
			p, err := Parse(rowEntry(given.row))
			if err != nil {
				t.Fatal(err)
			}
			warnings := strings.Join(p.Warnings, " ")
			if p.Cable.Body != given.body || (given.warning == "") != (warnings == "") || !strings.Contains(warnings, given.warning) {
				t.Errorf("body %q, warnings %q", p.Cable.Body, warnings)
			}
			if got := p.Cable.Created.Format(time.RFC3339); got != "2009-02-03T04:05:00Z" {
				t.Errorf("created %s", got)
			}
		})
	}
}

// A cable says the same as a page and as a row, but for its day of release.
func TestRowsSayWhatPagesSay(t *testing.T) {
	for c := range sample.Cables(40, 1) {
		page, err := Parse(source.Entry{Data: c.Page()})
		if err != nil {
			t.Fatal(err)
		}
		quote := func(s string) string {
			return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
		}
		row, err := Parse(rowEntry(strings.Join([]string{
			quote("1"), quote(c.Created.Format("1/2/2006 15:04")), quote(string(c.Reference)), quote(page.Origin.Name), quote(c.Classification), quote(""), quote(c.Header), quote(c.Body),
		}, ",")))
		if err != nil {
			t.Fatal(err)
		}
		page.Cable.Released, page.Cable.Sources, row.Cable.Sources = time.Time{}, nil, nil
		if diff := cmp.Diff(page, row); diff != "" {
			t.Errorf("%s (-page +row):\n%s", c.Reference, diff)
		}
	}
}

func TestHugeRowsTakeLinearTime(t *testing.T) {
	for _, piece := range []string{`\\`, `\"`, `""`, `\x`, `x`, `,`, `",`, `"",`} {
		_, _ = cutRow([]byte(`"` + strings.Repeat(piece, 8<<20/len(piece))))
	}
}

func BenchmarkRow(b *testing.B) {
	row := []byte(strings.Replace(givenRow, "1. (C)", strings.Repeat("A line of \\\"text\\\".\n", 400), 1))
	b.SetBytes(int64(len(row)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readRow(row); err != nil {
			b.Fatal(err)
		}
	}
}

// checkParsed holds what Parse makes of any bytes to what it promises.
func checkParsed(t *testing.T, p *Parsed, err error) {
	t.Helper()
	if err != nil {
		if p != nil || !errors.Is(err, ErrNotCable) && !errors.Is(err, ErrNavigation) {
			t.Errorf("%v beside the error %v", p, err)
		}
		return
	}
	if err := p.checkLine(); err != nil {
		t.Error(err)
	}
	c := &p.Cable
	for _, s := range append([]string{string(c.Reference), c.Body, c.Header, c.Subject, c.Summary, p.Signer.Text, p.Classifier.Text, p.ClassifierName}, c.OtherReferences...) {
		if !utf8.ValidString(s) {
			t.Errorf("invalid UTF-8 in %q", s)
		}
	}
	p.Seal()
}

func FuzzRow(f *testing.F) {
	f.Add(givenRow)
	f.Add(givenRow[:40])
	f.Add(`"1","2/3/2009 4:05","09PARIS60","","","|X|09X1","","\\\""" \x"`)
	f.Add(`1,2/3/2009 4:05,092OF5,,,,FM X,` + "\xe9")
	f.Fuzz(func(t *testing.T, row string) {
		p, err := Parse(rowEntry(row))
		checkParsed(t, p, err)
	})
}
