package graph

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// marked is a cable with paragraphs of one letter that bear the markings, one of whose spans names each person.
func marked(markings []string, people ...[]Span) *Record {
	r := &Record{Cable: Cable{Body: strings.Repeat("x", len(markings))}}
	for i, m := range markings {
		r.Cable.Paragraphs = append(r.Cable.Paragraphs, ParagraphSpan{Marking: m, Start: i, End: i + 1})
	}
	for _, spans := range people {
		r.People = append(r.People, Naming{Mention: Mention{Spans: spans}})
	}
	return r
}

func TestMarks(t *testing.T) {
	in := func(places ...int) (spans []Span) {
		for _, at := range places {
			spans = append(spans, Span{Field: InBody, Start: at, End: at + 1})
		}
		return spans
	}
	for _, row := range []struct {
		name     string
		markings []string
		people   [][]Span
		want     []string // of the cable, of each person
	}{
		{"no paragraph", nil, [][]Span{in(0)}, []string{"", ""}},
		{"each once, in order", []string{"S//NF", "C", "(S-NF)"}, nil, []string{"-C-S/SNF/-"}},
		{"caveats in order", []string{"S//NF//FGI"}, nil, []string{"-S/SFGI/SNF/-"}},
		{"for official use", []string{"SBU", "U//FOUO", "SBU/NF", "C/FOUO"}, nil, []string{"-C/CFOR OFFICIAL USE ONLY/-F-F/FNF/-"}},
		{"without a level", []string{"", "TS", "NF"}, nil, []string{"-.-"}},
		{"of the people", []string{"S", "", "C"}, [][]Span{in(0, 2, 0), in(1), {{Field: InHeader, End: 1}}, {{Field: InBody, End: 2}}}, []string{"-.-C-S-", "-C-S-", "-.-", "", ""}},
	} {
		t.Run(row.name, func(t *testing.T) {
			cable, people := marked(row.markings, row.people...).Marks()
			if diff := cmp.Diff(row.want, append([]string{cable}, people...)); diff != "" {
				t.Errorf("Marks (-want +got):\n%s", diff)
			}
		})
	}
}

// What a search in the marks finds is what the filter says of the markings one by one.
func TestTextsFindWhatTheFilterLetsThrough(t *testing.T) {
	writing := rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SampledFrom([]string{"U", "F", "C", "S", "SBU", "NF", "SNF", "noforn", "FOUO", "secret", "X", "SX", "CX", "FGI", "S//FGI//NF", "FGI/SNF", ".", "-", "/", "//", " ", "(", ")", "É"})
		return strings.Join(rapid.SliceOfN(parts, 0, 6).Draw(t, "parts"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		var f MarkingFilter
		if rapid.Bool().Draw(t, "in") {
			f.In = rapid.SliceOfN(writing, 0, 3).Draw(t, "markings asked for")
		}
		for _, bound := range []**Level{&f.AtLeast, &f.AtMost} {
			if rapid.Bool().Draw(t, "bounded") {
				*bound = new(Level(rapid.IntRange(0, 3).Draw(t, "level")))
			}
		}
		if rapid.Bool().Draw(t, "caveat") {
			f.Caveat = new(writing.Draw(t, "caveat asked for"))
		}
		markings := rapid.SliceOfN(writing, 0, 3).Draw(t, "markings")
		want := slices.ContainsFunc(markings, f.Match)
		if got := found(&f, markings...); got != want {
			t.Errorf("in the marks of %q: %v, want %v", markings, got, want)
		}
	})
}

// found searches the marks of paragraphs with the markings.
func found(f *MarkingFilter, markings ...string) bool {
	marks, _ := marked(markings).Marks()
	return slices.ContainsFunc(f.Texts(), func(text string) bool { return strings.Contains(marks, text) })
}
