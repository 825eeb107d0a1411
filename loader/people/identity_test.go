package people

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// TestWhoIsMeant holds the people of the corpus against the texts: of all cables whose text has the name (which the
// test counts itself) the person's list has each but those listed, where the name means somebody else or nobody, and it
// has no other.
func TestWhoIsMeant(t *testing.T) {
	pages := corpus(t)
	people, _ := settleCorpus(pages)
	tests := []struct {
		word, person string
		cables       int                        // whose text has the word
		others       map[graph.Reference]string // of these, those that do not mean the person, and why
		also         map[graph.Reference]string // cables without the word, and what they have instead
	}{
		{"Kouchner", "Bernard Kouchner", 22, nil, nil},
		{"Sarkozy", "Nicolas Sarkozy", 72, nil, nil},
		{"Netanyahu", "Benjamin Netanyahu", 12, nil, nil},
		{"Karzai", "Hamid Karzai", 50, nil, nil},
		{"Putin", "Vladimir Putin", 60, nil, nil},
		{"Medvedev", "Dmitriy Medvedev", 42, nil, nil},
		{"Zapatero", "Jose Luis Rodriguez Zapatero", 49, nil, nil},
		{"Ahmadinejad", "Mahmoud Ahmadinejad", 44, nil, map[graph.Reference]string{"07PARIS3956": "Ahmadi-Nejad"}},
		{"Erdogan", "Tayyip Erdogan", 24, nil, nil},
		{"Lula", "Luiz Inacio Lula da Silva", 48, nil, nil},
		{"Chavez", "Hugo Chavez", 67, map[graph.Reference]string{"09MEXICO3195": "Attorney General Arturo Chavez Chavez"}, nil},
		{"Merkel", "Angela Merkel", 27, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.word, func(t *testing.T) {
			word := regexp.MustCompile(`(?i)(^|[^\pL])` + tt.word)
			var texts, listed []graph.Reference
			slugs := map[string]bool{}
			for _, pg := range pages {
				c := &pg.parsed.Cable
				if word.MatchString(c.Subject + "\n" + c.Body) {
					texts = append(texts, c.Reference)
				}
				for i := range pg.namings {
					if p := people[graph.NamingKey{Cable: c.Reference, Position: i}]; p.Name == tt.person {
						listed, slugs[p.Slug] = append(listed, c.Reference), true
					}
				}
			}
			if len(texts) != tt.cables || len(slugs) != 1 {
				t.Errorf("%d texts have the word, want %d; %d people are %s, want one", len(texts), tt.cables, len(slugs), tt.person)
			}
			want := slices.Collect(maps.Keys(tt.also))
			for _, ref := range texts {
				if tt.others[ref] == "" {
					want = append(want, ref)
				}
			}
			slices.Sort(want)
			slices.Sort(listed)
			if diff := cmp.Diff(want, listed); diff != "" {
				t.Errorf("cables (-want +got):\n%s", diff)
			}
		})
	}
}
