package graph

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWords(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"punctuation separates words", "Omar al-Bashír, (S/NF) talks;then", "omar al bashir s nf talks then"},
		{"apostrophes, full stops and colons between letters do not", "the U.S. on Iran's Qa’ida; Sana‘a. REF:PARIS", "the u.s on iran's qa'ida sana'a ref:paris"},
		{"nor what stands in numbers", "1.5 1,000 3;4 12'5 1:2 F-16", "1.5 1,000 3;4 12'5 1 2 f 16"},
		{"but between a letter and a digit they do", "a.1 1.a 1990's", "a 1 1 a 1990 s"},
		{"twice they do", "a..b a.'b", "a b a b"},
		{"at the ends they do", "'Iran' .a. ,1,", "iran a 1"},
		{"an underscore is part of a word, no word by itself", "_ x_y __ _z_ a_.b", "x_y _z_ a_ b"},
		{"nothing but signs", " -- ¶ 😀 ½ ", ""},
		{"accents, strokes and ligatures", "Łódź Ægir Straße e\u0301te\u0301 co\u00adop", "lodz aegir strasse ete coop"},
		{"an accent alone", "\u0301 a", "a"},
		{"letters of other scripts in lower case", "ΕΛΛΆΔΑ Мир", "ελλάδα мир"},
		{"signs are words, and so are runs without blanks", "中国ひら カタaカ ไทยa ー", "中 国 ひ ら カタ a カ ไทย a ー"},
		{"bytes that are no text", "a\xffb", "a b"},
		{"a long word is cut", strings.Repeat("x", 300), strings.Repeat("x", 255) + " " + strings.Repeat("x", 45)},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := Words(row.in); got != row.want {
				t.Errorf("Words(%q) = %q, want %q", row.in, got, row.want)
			}
		})
	}
}

func TestWordsOfWordsAreThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("aBé1_.,:;'’ \n中カไ\u0301\u00ad")))).Draw(t, "text")
		if once := Words(s); Words(once) != once {
			t.Errorf("Words(%q) = %q, of that %q", s, once, Words(once))
		}
	})
}

func TestPlainWords(t *testing.T) {
	for _, row := range []struct {
		name, in string
		plain    bool
	}{
		{"ASCII", "¶1. (C) The U.S. & Iran's \t\n ~", true},
		{"curled apostrophes and quotes, dashes and currencies", "“Iran’s” – €5 … • § ° ©", true},
		{"a letter with an accent", "café", false},
		{"an opening quote within a word", "Sana‘a", false},
		{"an opening quote before one", "‘so’", true},
		{"a point between words", "a · b", false},
		{"a point that stands in words", "a·b", false},
		{"what neither is sure to know", "😀", false},
		{"a word that is cut", strings.Repeat("x", 300), false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := PlainWords(row.in); got != row.plain {
				t.Errorf("PlainWords(%q) = %t", row.in, got)
			}
		})
	}
}

func BenchmarkWords(b *testing.B) {
	s := strings.Repeat("1. (C) The Ambassador's talks with the U.S. side; see REF A.\n", 200)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Words(s)
	}
}

func BenchmarkFold(b *testing.B) {
	s := strings.Repeat("1. (C) The Ambassador's talks with the U.S. side; see REF A.\n", 200)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Fold(s)
	}
}
