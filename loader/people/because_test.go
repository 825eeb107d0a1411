package people

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// checkBecause holds what is said of a person against the namings: each counts once, and the list stays short.
func checkBecause(t interface{ Fatalf(string, ...any) }, s *graph.Settled) {
	mentions := 0
	for i, j := range s.Person.Because {
		mentions += j.Mentions
		if j.Confidence <= 0 || j.Confidence > 1 || j.Reason == "" || j.Mentions == 0 {
			t.Fatalf("join %+v of %q", j, s.Person.Slug)
		}
		if i > 0 && i < mostWays && j.Mentions > s.Person.Because[i-1].Mentions {
			t.Fatalf("joins of %q are not by mentions: %+v", s.Person.Slug, s.Person.Because)
		}
	}
	if mentions != len(s.Namings) || len(s.Person.Because) > mostWays+1 {
		t.Fatalf("%d joins of %d mentions for %d namings", len(s.Person.Because), mentions, len(s.Namings))
	}
}

func TestBecause(t *testing.T) {
	second := naming("A1", "Chile", "", "Kern")
	second.Position = 1
	for _, tt := range []struct {
		name     string
		namings  []graph.PlacedNaming
		slug     string
		want     []string
		sureness float64
	}{
		{
			"another spelling with the same title",
			[]graph.PlacedNaming{naming("A1", "Israel", "Prime Minister", "Benjamin Netanyar"), naming("A2", "Israel", "PM", "Binyamin Netanyar"), naming("A3", "Israel", "PM", "Binyamin Netanyar")},
			"binyamin-netanyar",
			[]string{"2 Binyamin Netanyar 1.00: the full name", "1 Benjamin Netanyar 0.90: another spelling or an initial of the given name, with the same title: prime minister"},
			0.97,
		},
		{
			"a middle initial",
			[]graph.PlacedNaming{naming("A1", "Peru", "", "John B. Kern"), naming("A2", "Chile", "", "John Kern")},
			"john-b-kern",
			[]string{"1 John B. Kern 1.00: the full name", "1 John Kern 0.90: the same given name and surname"},
			0.95,
		},
		{
			"an initial in cables from the same country",
			[]graph.PlacedNaming{naming("A1", "Peru", "", "John Kern"), naming("A2", "Peru", "", "J. Kern")},
			"john-kern",
			[]string{"1 J. Kern 0.80: another spelling or an initial of the given name, in cables from the same country: Peru", "1 John Kern 1.00: the full name"},
			0.9,
		},
		{
			"nobody is named in full",
			[]graph.PlacedNaming{naming("A1", "Peru", "Senator", "Kern"), naming("A2", "Chile", "King", "Kern")},
			"kern",
			[]string{"2 Kern 0.50: the surname alone; no cable names anybody of it in full"},
			0.5,
		},
		{
			"nothing singles one out",
			[]graph.PlacedNaming{naming("A1", "Chile", "President", "Nestor Kirkano"), naming("A2", "Chile", "President", "Cristina Kirkano"), naming("A3", "Chile", "President", "Kirkano")},
			"kirkano",
			[]string{"1 Kirkano 0.25: the surname alone; nothing singles out one of those who are named in full"},
			0.25,
		},
		{
			"two of one cable",
			[]graph.PlacedNaming{naming("A1", "Chile", "", "Al-Kern"), second},
			"kern-2",
			[]string{"1 Kern 0.50: named beside another of the same name in one cable"},
			0.5,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			people := Resolve(tt.namings)
			i := slices.IndexFunc(people, func(s graph.Settled) bool { return s.Person.Slug == tt.slug })
			if i < 0 {
				t.Fatalf("nobody has the slug %q: %v", tt.slug, summary(people))
			}
			var got []string
			for _, j := range people[i].Person.Because {
				got = append(got, fmt.Sprintf("%d %s %.2f: %s", j.Mentions, j.Form, j.Confidence, j.Reason))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("because (-want +got):\n%s", diff)
			}
			if sureness := people[i].Person.Confidence(); sureness != tt.sureness {
				t.Errorf("confidence %v, want %v", sureness, tt.sureness)
			}
		})
	}
}

func TestBecauseSumsUpTheRest(t *testing.T) {
	var namings []graph.PlacedNaming
	for i := range 20 {
		for k := range 1 + i%3 {
			title := fmt.Sprintf("Minister of %c", 'A'+i)
			namings = append(namings, naming(fmt.Sprintf("A%02d%d", i, k), "Peru", title, "John Kern"), naming(fmt.Sprintf("B%02d%d", i, k), "Peru", title, "Kern"))
		}
	}
	people := Resolve(namings)
	if len(people) != 1 {
		t.Fatalf("%d people", len(people))
	}
	because := people[0].Person.Because
	checkBecause(t, &people[0])
	if last := because[len(because)-1]; len(because) != mostWays+1 || last.Form != "" || last.Reason != "9 other ways of naming, together" {
		t.Errorf("the last of %d joins is %+v", len(because), last)
	}
}
