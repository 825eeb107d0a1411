package people

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

// naming makes a naming from "08PARIS1 France Foreign Minister: Arvid Baltour".
func naming(cable, country, title, name string) graph.PlacedNaming {
	n := graph.PlacedNaming{
		Cable: graph.Reference(cable), Country: country, Origin: "embassy-" + strings.ToLower(country), Created: time.Date(2008, 5, 1, 0, 0, 0, 0, time.UTC),
		Name: name, Surname: surnameOf(name), Forms: []string{name}, Role: graph.RoleMentioned, Count: 1,
	}
	if title != "" {
		n.Titles = []string{title}
	}
	return n
}

func summary(people []graph.Settled) map[string]string {
	out := map[string]string{}
	for _, s := range people {
		var cables []string
		for _, k := range s.Namings {
			cables = append(cables, fmt.Sprintf("%s/%d", k.Cable, k.Position))
		}
		out[s.Person.Slug] = strings.Join(cables, " ")
	}
	return out
}

func TestResolve(t *testing.T) {
	at := func(n graph.PlacedNaming, position int) graph.PlacedNaming { n.Position = position; return n }
	tests := []struct {
		name    string
		namings []graph.PlacedNaming
		want    map[string]string
	}{
		{
			"a bare surname joins the one bearer with its title",
			[]graph.PlacedNaming{naming("A1", "France", "Foreign Minister", "Arvid Baltour"), naming("A2", "Spain", "FM", "Baltour")},
			map[string]string{"arvid-baltour": "A1/0 A2/0"},
		},
		{
			"a bare surname joins the one bearer of its country",
			[]graph.PlacedNaming{naming("A1", "France", "Foreign Minister", "Arvid Baltour"), naming("A2", "France", "", "Baltour")},
			map[string]string{"arvid-baltour": "A1/0 A2/0"},
		},
		{
			"a bare surname of another office and country stays its own",
			[]graph.PlacedNaming{naming("A1", "France", "Foreign Minister", "Arvid Baltour"), naming("A2", "Peru", "Senator", "Baltour")},
			map[string]string{"arvid-baltour": "A1/0", "baltour": "A2/0"},
		},
		{
			"middle initials and spellings are one person",
			[]graph.PlacedNaming{
				naming("A1", "Israel", "Prime Minister", "Benjamin Netanyar"), naming("A2", "Israel", "Prime Minister", "Binyamin Netanyar"),
				naming("A3", "France", "", "Benjamin B. Netanyar"),
			},
			map[string]string{"benjamin-b-netanyar": "A1/0 A2/0 A3/0"},
		},
		{
			"an initial of another country is another person",
			[]graph.PlacedNaming{naming("A1", "Israel", "", "Robert Kern"), naming("A2", "Peru", "", "R. Kern")},
			map[string]string{"robert-kern": "A1/0", "r-kern": "A2/0"},
		},
		{
			"different given names are different people",
			[]graph.PlacedNaming{naming("A1", "Chile", "President", "Nestor Kirkano"), naming("A2", "Chile", "President", "Cristina Kirkano")},
			map[string]string{"nestor-kirkano": "A1/0", "cristina-kirkano": "A2/0"},
		},
		{
			"a surname that fits two alike stays its own",
			[]graph.PlacedNaming{naming("A1", "Chile", "President", "Nestor Kirkano"), naming("A2", "Chile", "President", "Cristina Kirkano"), naming("A3", "Chile", "President", "Kirkano")},
			map[string]string{"nestor-kirkano": "A1/0", "cristina-kirkano": "A2/0", "kirkano": "A3/0"},
		},
		{
			"two of one cable stay two",
			[]graph.PlacedNaming{naming("A1", "Chile", "", "Al-Kern"), at(naming("A1", "Chile", "", "Kern"), 1)},
			map[string]string{"al-kern": "A1/0", "kern-2": "A1/1"},
		},
		{
			"a bare surname beside the full name is another person",
			[]graph.PlacedNaming{naming("A1", "Spain", "DCM", "Arnold Chakon"), at(naming("A1", "Spain", "Defense Minister", "Chakon"), 1)},
			map[string]string{"arnold-chakon": "A1/0", "chakon": "A1/1"},
		},
		{
			"kings with numbers are different people",
			[]graph.PlacedNaming{naming("A1", "Morocco", "King", "Hassim II"), naming("A2", "Morocco", "King", "Hassim II")},
			map[string]string{"hassim-ii": "A1/0 A2/0"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, summary(Resolve(tt.namings))); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
		})
	}
}

func TestResolvedPerson(t *testing.T) {
	a, b, c := naming("A1", "France", "Foreign Minister", "Arvid Baltour"), naming("A2", "France", "FM", "Baltour"), naming("A3", "France", "Doctor", "Baltour")
	a.Forms, b.Forms = []string{"Arvid Baltour", "BALTOUR"}, []string{"Baltour"}
	b.Titles, b.Tag = []string{"Foreign Minister"}, "BALTOUR, ARVID"
	people := Resolve([]graph.PlacedNaming{c, b, a})
	want := graph.Person{
		Slug: "arvid-baltour", Name: "Arvid Baltour", Surname: "baltour", Aliases: []string{"Arvid Baltour", "Baltour"},
		Titles: []string{"Foreign Minister", "Doctor"}, Tag: "BALTOUR, ARVID",
		OtherSlugs: []string{"baltour"},
		Offices:    []graph.Office{{Title: "foreign minister", From: a.Created, To: a.Created, Mentions: 2}},
		Because: []graph.Join{
			{Form: "Arvid Baltour", Reason: "the full name", Mentions: 1, Confidence: 1, Example: "cable:A1"},
			{Form: "Baltour", Reason: "the surname alone; all cables that name a Baltour in full name this one", Mentions: 1, Confidence: 0.79, Example: "cable:A3"},
			{Form: "Baltour", Reason: "the surname with the title foreign minister, which only this Baltour bears", Mentions: 1, Confidence: 0.87, Example: "cable:A2"},
		},
	}
	if len(people) != 1 {
		t.Fatalf("%d people, want 1", len(people))
	}
	if diff := cmp.Diff(want, people[0].Person); diff != "" {
		t.Errorf("person (-want +got):\n%s", diff)
	}
}

// drawNamings draws a handful of namings of one surname.
func drawNamings(t *rapid.T) []graph.PlacedNaming {
	names := []string{"Kern", "Al-Kern", "John Kern", "J. Kern", "John B. Kern", "Jon Kern", "Mary Kern", "Mrs. Kern", "Marie-Anne Kern", "John Kern II"}
	titles := []string{"", "President", "Foreign Minister", "Ambassador", "King", "Mr"}
	n := rapid.IntRange(0, 25).Draw(t, "n")
	positions := map[string]int{}
	var out []graph.PlacedNaming
	for range n {
		cable := fmt.Sprintf("0%dPARIS1", rapid.IntRange(0, 9).Draw(t, "cable"))
		p := naming(cable, rapid.SampledFrom([]string{"", "France", "Chile"}).Draw(t, "country"), rapid.SampledFrom(titles).Draw(t, "title"), rapid.SampledFrom(names).Draw(t, "name"))
		p.Position = positions[cable]
		p.Role = rapid.SampledFrom([]graph.MentionRole{graph.RoleMentioned, graph.RoleSigner}).Draw(t, "role")
		positions[cable]++
		out = append(out, p)
	}
	return out
}

func TestResolveProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		namings := drawNamings(t)
		people := Resolve(namings)
		shuffled := rapid.Permutation(namings).Draw(t, "order")
		if diff := cmp.Diff(people, Resolve(shuffled)); diff != "" {
			t.Fatalf("another order gives other people:\n%s", diff)
		}
		leads := map[string]bool{}
		seen, slugs := map[graph.NamingKey]bool{}, map[string]bool{}
		for _, s := range people {
			if slugs[s.Person.Slug] {
				t.Fatalf("two people have the slug %q", s.Person.Slug)
			}
			slugs[s.Person.Slug] = true
			cables := map[graph.Reference]bool{}
			checkBecause(t, &s)
			for _, slug := range append(s.Person.OtherSlugs, s.Person.Slug) {
				if leads[slug] {
					t.Fatalf("the slug %q leads to two people", slug)
				}
				leads[slug] = true
			}
			for _, k := range s.Namings {
				if seen[k] || cables[k.Cable] {
					t.Fatalf("naming %v is given twice, or its cable is twice with %q", k, s.Person.Slug)
				}
				seen[k], cables[k.Cable] = true, true
			}
			if !slices.IsSorted(s.Person.Aliases) || s.Person.Surname != "kern" {
				t.Fatalf("aliases %q, surname %q", s.Person.Aliases, s.Person.Surname)
			}
		}
		if len(seen) != len(namings) {
			t.Fatalf("%d of %d namings are given to people", len(seen), len(namings))
		}
	})
}

func TestSlugKeepsTheSurname(t *testing.T) {
	word := rapid.SampledFrom([]string{"al", "Kim", "Jong", "il", "Lula", "da", "Silva", "Uribe", "Velez", "Jr", "VI", "D'Elia", "Hu", "Jintao", "Saddam", "Hussein", "Émile", "O'Brien"})
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "name"), " ")
		if a, b := surnameOf(name), surnameOf(strings.ReplaceAll(graph.Slug(name), "-", " ")); a != b {
			t.Fatalf("%q has the surname %q, its slug %q", name, a, b)
		}
	})
}
