package people

import (
	"cmp"
	"regexp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

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
		spellings    string                     // other words for the person, as a regular expression
	}{
		{"Kouchner", "Bernard Kouchner", 22, nil, ""},
		{"Sarkozy", "Nicolas Sarkozy", 72, nil, ""},
		{"Netanyahu", "Benjamin Netanyahu", 12, nil, ""},
		{"Karzai", "Hamid Karzai", 50, nil, ""},
		{"Putin", "Vladimir Putin", 60, nil, ""},
		{"Medvedev", "Dmitriy Medvedev", 42, nil, ""},
		{"Zapatero", "Jose Luis Rodriguez Zapatero", 49, nil, ""},
		{"Ahmadinejad", "Mahmoud Ahmadinejad", 44, nil, `Ahm[ae]d[ai]-?\s*Nejad`},
		{"Erdogan", "Tayyip Erdogan", 24, nil, ""},
		{"Lula", "Luiz Inacio Lula da Silva", 48, nil, ""},
		{"Chavez", "Hugo Chavez", 67, map[graph.Reference]string{"09MEXICO3195": "Attorney General Arturo Chavez Chavez"}, ""},
		{"Merkel", "Angela Merkel", 27, nil, ""},
	}
	same := func(a, b string) bool { // the people of two names that are shown
		slugs := map[string]int{}
		for _, p := range people {
			if p.Name == a || p.Name == b {
				slugs[p.Slug]++
			}
		}
		return len(slugs) == 1
	}
	for _, two := range [][2]string{{"Hillary Clinton", "William J. Clinton"}, {"Nestor Kirchner", "Cristina Fernandez de Kirchner"}, {"Hamid Karzai", "Ahmed Wali Karzai"}} {
		if same(two[0], two[1]) {
			t.Errorf("%s and %s are one, or not there", two[0], two[1])
		}
	}
	if !same("Mahmoud Abbas", "Abu Mazen") {
		t.Error("Mahmoud Abbas and Abu Mazen are two")
	}
	for _, tt := range tests {
		t.Run(tt.word, func(t *testing.T) {
			word := regexp.MustCompile(`(?i)(^|[^\pL])` + tt.word)
			spelled := regexp.MustCompile(`(?i)(^|[^\pL])(` + tt.word + "|" + cmp.Or(tt.spellings, tt.word) + ")")
			var texts, want, listed []graph.Reference
			slugs := map[string]bool{}
			for _, pg := range pages {
				c := &pg.parsed.Cable
				text := c.Subject + "\n" + c.Body
				if word.MatchString(text) {
					texts = append(texts, c.Reference)
				}
				if spelled.MatchString(text) && tt.others[c.Reference] == "" {
					want = append(want, c.Reference)
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
			slices.Sort(want)
			slices.Sort(listed)
			if diff := gocmp.Diff(want, listed); diff != "" {
				t.Errorf("cables (-want +got):\n%s", diff)
			}
		})
	}
}
