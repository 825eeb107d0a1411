package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/sample"
	"github.com/cablegraph/cablegraph/loader/source"
)

func lineEntry(line string) source.Entry {
	return source.Entry{File: "cables.ndjson", Form: source.Line, Number: 3, Offset: 99, Data: []byte(line)}
}

// written is the line as the parse command writes it.
func written(t testing.TB, p *Parsed) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(NewLine(p)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLinesSayWhatPagesSay(t *testing.T) {
	for _, page := range corpus(t) {
		back, err := Parse(lineEntry(written(t, page.parsed)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(page.parsed, back); diff != "" {
			t.Errorf("%s (-page +line):\n%s", page.parsed.Cable.Reference, diff)
		}
		one, other := page.parsed.Record, back.Record
		one.Seal()
		other.Seal()
		if one.Cable.Hash != other.Cable.Hash {
			t.Errorf("%s: another hash", page.parsed.Cable.Reference)
		}
	}
}

func TestLineKeepsItsSources(t *testing.T) {
	p := &Parsed{}
	p.Cable = graph.Cable{Reference: "09PARIS1", Sources: []graph.Source{{File: "a.7z", Member: "b.csv", Offset: 7, SHA256: "ab", Reference: "09EFTOPARIS1"}}}
	back, err := Parse(lineEntry(written(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p.Cable.Sources, back.Cable.Sources); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	back, err = Parse(lineEntry(`{"cable":{"reference":"09PARIS1"}}`))
	if err != nil || len(back.Cable.Sources) != 1 || back.Cable.Sources[0].File != "cables.ndjson" || back.Cable.Sources[0].Offset != 99 {
		t.Errorf("a line without sources has %+v, %v", back, err)
	}
}

// What depends on a key alone comes from the tables, whoever wrote the line.
func TestLineOfAnotherRelease(t *testing.T) {
	back, err := Parse(lineEntry(`{"cable":{"reference":"09PARIS1","created":"2009-02-03T05:05:30+01:00","classification":{"label":"SECRET","level":0}},` +
		`"origin":{"slug":"x","name":"Embassy Paris","kind":"OTHER"},"tags":[{"code":"IR","kind":"UNKNOWN"}],"people":[{"name":"X","surname":"x"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if back.Origin.Slug != "embassy-paris" || back.Tags[0].Name != "Iran" || back.Cable.Classification.Level != graph.LevelSecret || len(back.People) > 0 || !back.Cable.Published {
		t.Errorf("%+v", back)
	}
	if got := back.Cable.Created.Format("2006-01-02 15:04:05 MST"); got != "2009-02-03 04:05:00 UTC" {
		t.Errorf("created %s", got)
	}
}

func TestWhatIsNoLine(t *testing.T) {
	for _, given := range []struct{ name, line, says string }{
		{"nothing", "", "byte 0: EOF"},
		{"a line that was cut", `{"cable":{"reference":"09PARIS1"`, "unexpected EOF"},
		{"a field that is not known", `{"cable":{"reference":"09PARIS1","colour":"red"}}`, `unknown field "colour"`},
		{"a field of another kind", `{"cable":{"reference":9}}`, "cannot unmarshal number"},
		{"two objects", `{"cable":{"reference":"09PARIS1"}} {}`, "behind the end of the object"},
		{"no object", `null`, "has not the form"},
		{"an object of something else", `{}`, "has not the form 09STATE11937"},
		{"a paragraph outside the text", `{"cable":{"reference":"09PARIS1","body":"text","paragraphs":[{"start":1,"end":5}]}}`, "paragraph 1 of the list lies at 1 to 5 of a text of 4"},
		{"a signer outside the text", `{"cable":{"reference":"09PARIS1"},"signer":{"field":"BODY","start":-1,"end":0,"text":"X"}}`, "the signer lies at -1"},
	} {
		t.Run(given.name, func(t *testing.T) {
			p, err := Parse(lineEntry(given.line))
			if !errors.Is(err, ErrNotCable) || p != nil || !strings.Contains(err.Error(), given.says) {
				t.Errorf("got %v, %v; want an error that says %q", p, err, given.says)
			}
		})
	}
}

func FuzzLine(f *testing.F) {
	for c := range sample.Cables(3, 1) {
		p, err := Parse(source.Entry{File: "made-up", Data: c.Page()})
		if err != nil {
			f.Fatal(err)
		}
		line := written(f, p)
		f.Add(line)
		f.Add(line[:len(line)/2])
		f.Add(strings.ReplaceAll(line, `"start":1`, `"start":9`))
	}
	f.Fuzz(func(t *testing.T, line string) {
		p, err := Parse(lineEntry(line))
		checkParsed(t, p, err)
	})
}
