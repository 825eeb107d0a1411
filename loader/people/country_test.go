package people

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

func TestCountriesOfTitles(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"an adjective before the title", "The envoy met French FM Baltour yesterday.", "Baltour: Foreign Minister/France"},
		{"a rank between them", "He told Iraqi Deputy Prime Minister Velk so.", "Velk: Deputy Prime Minister/Iraq"},
		{"a small title", "He told the Spanish president Arvid Baltour so.", "Arvid Baltour: president/Spain"},
		{"two words", "He told South African President Arvid Baltour so.", "Arvid Baltour: President/South Africa"},
		{"a country that owns the title", "He told Israel's Prime Minister Arvid Baltour so.", "Arvid Baltour: Prime Minister/Israel"},
		{"after of", "He told Foreign Minister of France Arvid Baltour so.", "Arvid Baltour: Foreign Minister/France"},
		{"after the name", "They spoke with Arvid Baltour, Foreign Minister of France, yesterday.", "Arvid Baltour: Foreign Minister/France"},
		{"after the name, an adjective", "They spoke with Arvid Baltour, French Foreign Minister, yesterday.", "Arvid Baltour: Foreign Minister/France"},
		{"none", "The envoy met FM Baltour in Paris.", "Baltour: Foreign Minister"},
		{"a country that the sentence ends with", "The envoy came to France. FM Baltour met him.", "Baltour: Foreign Minister"},
		{"the first naming with a country tells it", "FM Arvid Baltour came. French Foreign Minister Baltour left.", "Arvid Baltour: Foreign Minister/France"},
		{"a bank of a country is no office of it", "He told Governor of the Bank of Israel Arvid Baltour so.", "Arvid Baltour: Governor of the Bank of Israel"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, n := range Find(cable("", tt.text)) {
				s := n.Name + ":"
				for i, title := range n.Titles {
					s += " " + title
					if n.Countries != nil && n.Countries[i] != "" {
						s += "/" + n.Countries[i]
					}
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("titles (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOfficesHaveCountriesAndTime(t *testing.T) {
	of := func(n graph.PlacedNaming, country string, year int) graph.PlacedNaming {
		n.Created = time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		if country != "" {
			n.Countries = []string{country}
		}
		return n
	}
	people := Resolve([]graph.PlacedNaming{
		of(naming("A1", "Peru", "FM", "Arvid Baltour"), "France", 2007), of(naming("A2", "Chile", "Foreign Minister", "Arvid Baltour"), "France", 2009),
		of(naming("A3", "Peru", "Foreign Minister", "Arvid Baltour"), "", 2008), of(naming("A4", "Peru", "Mr", "Arvid Baltour"), "", 2008),
	})
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	want := []graph.Office{
		{Title: "foreign minister", Country: "France", From: year(2007), To: year(2009), Mentions: 2},
		{Title: "foreign minister", From: year(2008), To: year(2008), Mentions: 1},
	}
	if diff := cmp.Diff(want, people[0].Person.Offices); diff != "" {
		t.Errorf("offices (-want +got):\n%s", diff)
	}
}
