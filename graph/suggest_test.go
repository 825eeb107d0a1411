package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReferenceStart(t *testing.T) {
	for typed, want := range map[string]Reference{
		"09STATE119": "09STATE119", "09 State 119": "09STATE119", "2009 state 000119": "09STATE119", "09-sta": "09STA",
		" 09SAO PAU": "09SAOPAU", "09STATE0": "09STATE", "1996R": "96R",
		"09": "", "2009": "", "0": "", "State 119": "", "State 11937 (09)": "", "Iran": "", "": "", "09 !": "",
	} {
		if got := referenceStart(typed); got != string(want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestWhatCanNameNothingIsNotAsked(t *testing.T) {
	all := func(prefix string, kinds ...Kind) int {
		return len((&Suggest{Prefix: prefix, Kinds: kinds, First: 10}).Steps())
	}
	for _, row := range []struct {
		name      string
		got, want int
	}{
		{"no word", all(" -!", Kinds...), 0},
		{"too many words", all(strings.Repeat("a ", MaxTextTerms+1), Kinds...), 0},
		{"no kind", all("iran"), 0},
		{"a word too short for subjects", all("ir", KindCable), 0},
		{"a year alone", all("09", KindCable), 0},
		{"a word of subjects", all("ira", KindCable), 1},
		{"a whole reference: itself, those that start so, subjects with it", all("09STATE11937", KindCable), 3},
		{"people", all("i", KindPerson, KindPerson), 1},
	} {
		if row.got != row.want {
			t.Errorf("%s: %d steps, want %d", row.name, row.got, row.want)
		}
	}
}

func TestSuggestionsAreRanked(t *testing.T) {
	s := &Suggest{Prefix: "kouch", Kinds: Kinds, First: 3}
	people := &Step{Relation: RootPeople}
	row := func(slug, name string, cables int64, aliases ...string) Edge {
		return Edge{Step: people, Person: &Person{Slug: slug, Name: name, Aliases: aliases}, At: Position{cables, slug}}
	}
	got := s.Suggestions(Answers{
		{Step: people, Edges: []Edge{row("d", "Fourth", 7, "Bernard Kouchner", "KOUCH")}},
		{Step: people, Edges: []Edge{row("a", "First", 9, "B. Kouchner", "FM Kouchner"), row("b", "Kouchner B", 7), row("d", "Fourth", 7, "Bernard Kouchner", "KOUCH"), row("e", "Kouchtine", 1)}},
	})
	type shown struct {
		label, match string
		cables, step int
	}
	var list []shown
	for _, g := range got {
		list = append(list, shown{g.Label, g.Match, g.Cables, g.Step})
	}
	want := []shown{{"First", "B. Kouchner", 9, 1}, {"Fourth", "KOUCH", 7, 0}, {"Kouchner B", "Kouchner B", 7, 1}}
	if diff := cmp.Diff(want, list, cmp.AllowUnexported(shown{})); diff != "" {
		t.Errorf("Suggestions (-want +got):\n%s", diff)
	}
}

func TestACableIsSuggestedByTheIDOfADocument(t *testing.T) {
	s := &Suggest{Prefix: "06 EFTO ANKARA 4972", Kinds: []Kind{KindCable}, First: 3}
	c := &Cable{Reference: "06ANKARA4972", Subject: "S", Sources: []Source{{Reference: "06EFTOANKARA4972"}}}
	got := s.Suggestions(Answers{{Edges: []Edge{{Step: &Step{Relation: RootCables}, Cable: c, At: Position{int64(0), "06ANKARA4972"}}}}})
	if len(got) != 1 || got[0].Label != "06ANKARA4972" || got[0].Match != "06EFTOANKARA4972" {
		t.Errorf("got %+v", got)
	}
}
