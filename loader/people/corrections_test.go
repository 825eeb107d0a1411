package people

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

func mustParse(t *testing.T, text string) *Corrections {
	t.Helper()
	c, err := ParseCorrections(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// corrected resolves namings with corrections, and writes each person as "slug (Name; titles): cables".
func correctedPeople(t *testing.T, text string, namings []graph.PlacedNaming) []string {
	t.Helper()
	var out []string
	for _, s := range mustParse(t, text).Resolve(namings) {
		line := s.Person.Slug + " (" + s.Person.Name
		if len(s.Person.Titles) > 0 {
			line += "; " + strings.Join(s.Person.Titles, ", ")
		}
		line += "):"
		for _, key := range s.Namings {
			line += fmt.Sprintf(" %s/%d", strings.TrimPrefix(string(key.Cable), "09PARIS"), key.Position)
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

func namingIn(cable, position int, name string) graph.PlacedNaming {
	return graph.PlacedNaming{Cable: graph.NewReference("09", "PARIS", strconv.Itoa(cable)), Position: position, Name: name, Surname: surnameOf(name), Forms: []string{name}, Count: 1}
}

func TestCorrections(t *testing.T) {
	world := []graph.PlacedNaming{
		namingIn(1, 0, "Marwan Abbasi"), namingIn(2, 0, "Abu Mazin"), namingIn(3, 0, "Abu Mazin"), namingIn(3, 1, "Marwan Abbasi"),
		namingIn(4, 0, "George W. Baltour"), namingIn(5, 0, "George Baltour"), namingIn(6, 0, "George W. Baltour"),
	}
	const abbasi, mazin, baltour = "marwan-abbasi (Marwan Abbasi): 1/0 3/1", "abu-mazin (Abu Mazin): 2/0 3/0", "george-w-baltour (George W. Baltour): 4/0 5/0 6/0"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"none", "", []string{mazin, baltour, abbasi}},
		{"one man under two surnames, but where one cable names both", "same Marwan Abbasi = Abu Mazin", []string{
			"abu-mazin (Abu Mazin): 3/0", baltour, "marwan-abbasi (Marwan Abbasi): 1/0 2/0 3/1",
		}},
		{"by id", "same: person:abu-mazin = Marwan Abbasi # by the desk", []string{
			"abu-mazin (Abu Mazin): 1/0 2/0 3/0", baltour, "marwan-abbasi (Marwan Abbasi): 3/1",
		}},
		{"two names are two men", "different George W. Baltour | George Baltour", []string{
			mazin, "george-baltour (George Baltour): 5/0", "george-w-baltour (George W. Baltour): 4/0 6/0", abbasi,
		}},
		{"in one cable it is somebody else", "different George W. Baltour in 09 Paris 4", []string{
			mazin, "george-w-baltour (George W. Baltour): 5/0 6/0", "george-w-baltour-09paris4 (George W. Baltour): 4/0", abbasi,
		}},
		{"another name and a title, under the same id", "rename George W. Baltour = G. W. Baltour\ntitle george baltour = President\ntitle Nobody = King", []string{
			mazin, "george-w-baltour (G. W. Baltour; President): 4/0 5/0 6/0", abbasi,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, correctedPeople(t, tt.text, world)); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCorrectionsThatAreWrong(t *testing.T) {
	text := "# fine\nsame A Bee = C Dee\nsame Abu Mazin\nrename A = B = C\njoin A = B\ndifferent Al Gore in Paris\ntitle = King\ndifferent A Bee | "
	c, err := ParseCorrections(text)
	if !errors.Is(err, ErrBadCorrection) {
		t.Fatalf("error %v, want %v", err, ErrBadCorrection)
	}
	var lines []string
	for line := range strings.Lines(err.Error()) {
		lines = append(lines, strings.TrimSpace(line))
	}
	want := []string{
		`line 3: correction not understood: same wants names on both sides, as in "same Mahmoud Abbas = Abu Mazen"`,
		`line 4: correction not understood: rename takes one =, as in "rename Wladimir Putin = Vladimir Putin"`,
		`line 5: correction not understood: it starts with "join"; a line starts with same, different, rename or title`,
		`line 6: correction not understood: bad reference: "Paris" has not the form 09STATE11937 (year, station, serial)`,
		`line 7: correction not understood: title wants names on both sides, as in "title Bernard Kouchner = Foreign Minister"`,
		`line 8: correction not understood: different wants names on both sides, as in "different George W. Bush | George H. W. Bush"`,
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
	if got := c.Surnames(); !slices.Equal(got, []string{"bee", "dee"}) {
		t.Errorf("surnames of the lines that are right: %q", got)
	}
}

func TestLinkedSurnames(t *testing.T) {
	c := mustParse(t, "same A Bee = C Dee\nsame C Dee = person:e-eff-2\ndifferent G Aitch | J Aitch")
	for surname, want := range map[string][]string{"bee": {"bee", "dee", "eff"}, "eff": {"bee", "dee", "eff"}, "aitch": {"aitch"}, "nobody": {"nobody"}} {
		if got := c.Linked(surname); !slices.Equal(got, want) {
			t.Errorf("linked with %s: %q, want %q", surname, got, want)
		}
	}
	c.Resolve([]graph.PlacedNaming{namingIn(1, 0, "A Bee"), namingIn(2, 0, "C Dee")})
	want := []string{"line 2: nobody is called person:e-eff-2", "line 3: nobody is called G Aitch", "line 3: nobody is called J Aitch"}
	if diff := cmp.Diff(want, c.Idle()); diff != "" {
		t.Errorf("idle names (-want +got):\n%s", diff)
	}
	var none *Corrections
	if none.Text() != "" || none.Surnames() != nil || none.Idle() != nil {
		t.Error("no corrections say something")
	}
}

// TestCorrectedProperties: whatever the corrections, each naming goes to one person, no two of a cable to the same, ids are unique, and order says nothing.
func TestCorrectedProperties(t *testing.T) {
	names := []string{"Marwan Abbasi", "Abu Mazin", "M. Abbasi", "Abbasi", "George Baltour", "Georg W. Baltour", "Baltour", "Ali Mazin"}
	rapid.Check(t, func(rt *rapid.T) {
		var namings []graph.PlacedNaming
		for i := range rapid.IntRange(0, 20).Draw(rt, "namings") {
			namings = append(namings, namingIn(rapid.IntRange(1, 6).Draw(rt, "cable"), i, rapid.SampledFrom(names).Draw(rt, "name")))
		}
		var lines []string
		for range rapid.IntRange(0, 4).Draw(rt, "rules") {
			a, b := rapid.SampledFrom(names).Draw(rt, "a"), rapid.SampledFrom(names).Draw(rt, "b")
			form := rapid.SampledFrom([]string{"same %s = %s", "different %s | %s", "rename %s = %s", "title %s = %s", "different %s in 09PARIS3 # %s"}).Draw(rt, "form")
			lines = append(lines, fmt.Sprintf(form, a, b))
		}
		c, err := ParseCorrections(strings.Join(lines, "\n"))
		if err != nil {
			rt.Fatal(err)
		}
		people := c.Resolve(namings)
		seen, slugs := map[graph.NamingKey]bool{}, map[string]bool{}
		for _, s := range people {
			cables := map[graph.Reference]bool{}
			if slugs[s.Person.Slug] {
				rt.Fatalf("two people are %q under\n%s", s.Person.Slug, c.Text())
			}
			slugs[s.Person.Slug] = true
			for _, key := range s.Namings {
				if seen[key] || cables[key.Cable] {
					rt.Fatalf("naming %v is given twice, or its cable is twice with %q", key, s.Person.Slug)
				}
				seen[key], cables[key.Cable] = true, true
			}
		}
		if len(seen) != len(namings) {
			rt.Fatalf("%d of %d namings are given", len(seen), len(namings))
		}
		slices.Reverse(namings)
		again := c.Resolve(namings)
		bySlug := func(a, b graph.Settled) int { return strings.Compare(a.Person.Slug, b.Person.Slug) }
		slices.SortFunc(people, bySlug)
		slices.SortFunc(again, bySlug)
		if diff := cmp.Diff(people, again); diff != "" {
			rt.Fatalf("the order of namings says something:\n%s", diff)
		}
	})
}
