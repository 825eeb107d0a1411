package graph

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func words(all ...string) Phrase { return Phrase{Words: all, Possessive: true} }

func prefix(all ...string) Phrase { return Phrase{Words: all, Prefix: true} }

func TestParseText(t *testing.T) {
	for _, row := range []struct {
		name, in string
		want     []AllOf
	}{
		{"words", "Iran  Nuclear", []AllOf{{All: []Phrase{words("iran"), words("nuclear")}}}},
		{"a phrase", `"Nuclear File" iran`, []AllOf{{All: []Phrase{words("nuclear", "file"), words("iran")}}}},
		{"a word with a hyphen is a phrase", "al-Bashir", []AllOf{{All: []Phrase{words("al", "bashir")}}}},
		{"a prefix", "sanct*", []AllOf{{All: []Phrase{prefix("sanct")}}}},
		{"a prefix phrase", `"nuclear f"*`, []AllOf{{All: []Phrase{prefix("nuclear", "f")}}}},
		{"a star within quotes says nothing", `"nuclear f*"`, []AllOf{{All: []Phrase{words("nuclear", "f")}}}},
		{"a hyphened prefix", "al-Bash*", []AllOf{{All: []Phrase{prefix("al", "bash")}}}},
		{"an exclusion", "iran -cheese", []AllOf{{All: []Phrase{words("iran")}, None: []Phrase{words("cheese")}}}},
		{"an excluded phrase", `-"soft cheese" iran`, []AllOf{{All: []Phrase{words("iran")}, None: []Phrase{words("soft", "cheese")}}}},
		{"or binds weaker than the blank", "a b OR c d", []AllOf{{All: []Phrase{words("a"), words("b")}}, {All: []Phrase{words("c"), words("d")}}}},
		{"or in small letters, in quotes or excluded is a word", `a or "OR" -OR`, []AllOf{{All: []Phrase{words("a"), words("or"), words("or")}, None: []Phrase{words("or")}}}},
		{"signs alone say nothing", "iran & - ¶ * ()", []AllOf{{All: []Phrase{words("iran")}}}},
		{"a quote ends a word", `iran"nuclear file"`, []AllOf{{All: []Phrase{words("iran"), words("nuclear", "file")}}}},
		{"a possessive, and what ends in no letter, has no other", "Iran's F-16", []AllOf{{All: []Phrase{{Words: []string{"iran's"}}, {Words: []string{"f", "16"}}}}}},
		{"other white space", "a\tb\r\nc", []AllOf{{All: []Phrase{words("a"), words("b"), words("c")}}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := ParseText(row.in)
			if err != nil {
				t.Fatalf("ParseText(%q): %v", row.in, err)
			}
			if diff := cmp.Diff(row.want, got.Any); diff != "" {
				t.Errorf("ParseText(%q) (-want +got):\n%s", row.in, diff)
			}
		})
	}
}

func TestParseTextSaysWhatIsWrongAndWhere(t *testing.T) {
	for _, row := range []struct{ name, in, says string }{
		{"nothing", "", "character 1: no word"},
		{"signs alone", "& !", "character 4: no word"},
		{"an open quote", `żółć "nuclear`, "character 6: a quote"},
		{"an open quote after a minus", `a -"b`, "character 4: a quote"},
		{"only exclusions", "-iran", "character 6: only exclusions"},
		{"nothing before or", "OR iran", "character 1: no word"},
		{"nothing after or", "iran OR ", "character 9: no word"},
		{"only exclusions before or", "-iran OR b", "character 7: only exclusions"},
		{"too many words", strings.Repeat("a ", MaxTextTerms+1), "more than 64"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := ParseText(row.in)
			if !errors.Is(err, ErrBadText) || !strings.Contains(err.Error(), row.says) {
				t.Errorf("ParseText(%q) = %v, want %v that says %q", row.in, err, ErrBadText, row.says)
			}
		})
	}
}

func TestTextMatch(t *testing.T) {
	subject, body := Fold("Netanyahu and Iran's nuclear file"), Fold("1. The café spoke of nuclear-free cheese.")
	for question, want := range map[string]bool{
		"iran": true, "ira": false, "ira*": true, "an*": true, "nyahu": false, "CAFÉ": true, "iran cheese": true, "iran fish": false,
		`"nuclear file"`: true, `"file nuclear"`: false, `"nuclear f"*`: true, `"file 1"`: false, "iran -cheese": false, "iran -fish": true,
		"fish OR cheese": true, "fish OR meat": false, "iran -cheese OR the": true, "spoke-of": true, "cheese": true, "netanyahu": true,
	} {
		text, err := ParseText(question)
		if err != nil {
			t.Fatalf("ParseText(%q): %v", question, err)
		}
		if got := text.Match(subject, body); got != want {
			t.Errorf("%q matches: %t, want %t", question, got, want)
		}
	}
}

func TestATextMatchesItsOwnWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.StringMatching(`[a-zé]{1,4}`), 1, 8).Draw(t, "words")
		at := rapid.IntRange(0, len(body)-1).Draw(t, "at")
		for _, question := range []string{body[at], `"` + strings.Join(body[at:], " ") + `"`, body[at][:1] + "*"} {
			text, err := ParseText(question)
			if err != nil {
				if len(strings.Fields(Fold(question))) > 0 {
					t.Fatalf("ParseText(%q): %v", question, err)
				}
				continue
			}
			if !text.Match("", Fold(strings.Join(body, "; "))) {
				t.Errorf("%q does not match %q", question, body)
			}
		}
	})
}

func FuzzParseText(f *testing.F) {
	for _, seed := range []string{"", `a "b c"* -d* OR e`, `"`, "-", "OR OR", "-\"\"*", "\xff\"", "a*b -"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := ParseText(s)
		if err != nil {
			if !errors.Is(err, ErrBadText) {
				t.Errorf("ParseText(%q): %v", s, err)
			}
			return
		}
		for _, all := range text.Any {
			if len(all.All) == 0 {
				t.Errorf("ParseText(%q) has an alternative without a word", s)
			}
			for _, p := range append(all.All, all.None...) {
				if joined := strings.Join(p.Words, " "); joined == "" || Fold(joined) != joined {
					t.Errorf("ParseText(%q) has a phrase that is not folded: %q", s, p.Words)
				}
			}
		}
	})
}

func TestMatchWords(t *testing.T) {
	for _, row := range []struct {
		words, name string
		want        bool
	}{
		{"kouch", "bernard kouchner", true},
		{"kouchner bern", "bernard kouchner", true},
		{"bern kouchner", "bernard kouchner", false},
		{"ouchner", "bernard kouchner", false},
		{"", "bernard kouchner", false},
		{"!", "bernard kouchner", false},
		{"Zólc", "lukasz zolc", true},
	} {
		if got := MatchWords(ParseWords(row.words), row.name); got != row.want {
			t.Errorf("%q stands in %q: %t, want %t", row.words, row.name, got, row.want)
		}
	}
}
