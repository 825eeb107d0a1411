package graph

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"punctuation separates words", "Omar al-Bashír's", "omar al bashir s"},
		{"nothing but signs", " -- ¶ 😀 ", ""},
		{"strokes and ligatures", "Łódź Ægir Straße Þór", "lodz aegir strasse thor"},
		{"a combining accent belongs to its letter", "Bashi\u0301r", "bashir"},
		{"a combining accent alone", "\u0301", ""},
		{"numbers are words", "1.5 of 2009", "1 5 of 2009"},
		{"letters of other scripts in lower case", "ΕΛΛΆΔΑ Мир", "ελλάδα мир"},
		{"a final sigma is a sigma", "ΟΔΟΣ οδος οδός", "οδοσ οδοσ οδόσ"},
		{"signs that are letters in disguise", "Å \u212A µ", "a k μ"},
		{"letters beyond the first plane", "𐐔𐐯𐑅", "𐐼𐐯𐑅"},
		{"bytes that are no text", "a\xffb", "a b"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := Fold(row.in); got != row.want {
				t.Errorf("Fold(%q) = %q, want %q", row.in, got, row.want)
			}
		})
	}
}

func TestFoldOfEveryLetterIsFoldedAndIgnoresCase(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		s := string(r)
		folded := Fold(s)
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(Fold(%U)) = %q, Fold = %q", r, again, folded)
		}
		for _, cased := range []string{strings.ToLower(s), strings.ToUpper(s)} {
			if other := Fold(cased); other != folded && !unicode.Is(unicode.Mn, r) {
				t.Errorf("Fold(%q) = %q, Fold(%q) = %q", cased, other, s, folded)
			}
		}
	}
}

func TestFoldedWordsAreTheWordsFolded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		want := strings.Join(strings.Fields(Fold(a)+" "+Fold(b)), " ")
		if got := Fold(a + " " + b); got != want {
			t.Errorf("Fold(%q) = %q, want %q", a+" "+b, got, want)
		}
	})
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{"Bernard Kouchner": "bernard-kouchner", "São Paulo": "sao-paulo", "!": "unnamed", "": "unnamed"} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNamesAreFoldedSortedAndStandOnce(t *testing.T) {
	p := Person{Name: "Łukasz Żółć", Aliases: []string{"ZOLC", "Żółć", "", "Amb. Zolc"}, Titles: []string{"FM", "ForMin", "Amb."}}
	if got, want := strings.Join(p.Names(), ","), "amb zolc,lukasz zolc,zolc"; got != want {
		t.Errorf("Names = %q, want %q", got, want)
	}
	if got, want := strings.Join(p.OfficeKeys(), ","), "ambassador|,foreign minister|"; got != want {
		t.Errorf("OfficeKeys = %q, want %q", got, want)
	}
	tag := Tag{Code: "CLINTON, HILLARY"}
	if got, want := strings.Join(tag.Names(), ","), "clinton hillary"; got != want {
		t.Errorf("Names = %q, want %q", got, want)
	}
}

func TestNormalTitle(t *testing.T) {
	for in, want := range map[string]string{
		"FM": "foreign minister", "ForMin": "foreign minister", "Minister of Foreign Affairs": "foreign minister",
		"the Foreign Minister": "foreign minister", "THE PM": "prime minister", "A/S": "assistant secretary", "King": "king", "": "", "the": "the",
		"French Foreign Minister": "foreign minister", "U.S. Ambassador": "ambassador", "South African DefMin": "defense minister", "French": "french",
		"Minister for Defence": "defense minister", "MINISTER OF NATIONAL DEFENCE": "defense minister", "Minister of the Interior": "interior minister",
		"Minister of Foreign Affairs and Cooperation": "foreign minister", "Minister for Labour": "labor minister", "Defence Minister": "defense minister",
		"Minister of State": "minister of state", "Minister of": "minister of",
	} {
		if got := NormalTitle(in); got != want {
			t.Errorf("NormalTitle(%q) = %q, want %q", in, got, want)
		}
		if again := NormalTitle(NormalTitle(in)); again != want {
			t.Errorf("NormalTitle(NormalTitle(%q)) = %q, want %q", in, again, want)
		}
	}
}

func TestCountries(t *testing.T) {
	for in, want := range map[string]string{"FRENCH": "France", "France": "France", "u.k.": "United Kingdom", "Côte d'Ivoire": "Cote d'Ivoire", "Korean": "", "": ""} {
		if got := Country(in); got != want {
			t.Errorf("Country(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string][2]string{
		"President of Afghanistan": {"President", "Afghanistan"}, "Minister of Foreign Affairs of the UAE": {"Minister of Foreign Affairs", "United Arab Emirates"},
		"Governor of the Bank of Israel": {"Governor of the Bank of Israel", ""}, "Secretary of State": {"Secretary of State", ""}, "President": {"President", ""},
	} {
		if office, country := CutCountry(in); office != want[0] || country != want[1] {
			t.Errorf("CutCountry(%q) = %q, %q, want %q", in, office, country, want)
		}
	}
}

func TestNormalCode(t *testing.T) {
	if got, want := NormalCode("  clinton,\thillary "), "CLINTON, HILLARY"; got != want {
		t.Errorf("NormalCode = %q, want %q", got, want)
	}
}
