package graph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold is the one rule by which texts are cut into words and words are compared,
// in names, aliases and full text, in every store: letters and digits make
// words, in lower case and without accents; all else separates them. The words
// come back joined by single blanks: "Omar al-Bashír's" gives "omar al bashir s".
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	inWord := false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			switch {
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
			case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			default:
				inWord = false
				continue
			}
		case unicode.Is(unicode.Mn, r):
			continue // a combining accent belongs to the letter before it
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			inWord = false
			continue
		}
		if !inWord && b.Len() > 0 {
			b.WriteByte(' ')
		}
		inWord = true
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
		} else {
			foldLetter(&b, r)
		}
	}
	return b.String()
}

// foldLetter writes a letter beyond ASCII. By way of the capital, all small forms
// of one letter become the same one: ς and σ, the micro sign and μ.
func foldLetter(b *strings.Builder, r rune) {
	if plain, ok := latinFold[r]; ok {
		b.WriteString(plain)
		return
	}
	r = unicode.ToLower(unicode.ToUpper(r))
	if plain, ok := latinFold[r]; ok {
		b.WriteString(plain)
		return
	}
	b.WriteRune(r)
}

// Slug makes a key out of a name: its folded words joined by hyphens. A name
// without a letter or digit gives "unnamed".
func Slug(name string) string {
	if s := strings.ReplaceAll(Fold(name), " ", "-"); s != "" {
		return s
	}
	return "unnamed"
}

// foldAll folds each name and returns those that are not empty, sorted, each once.
func foldAll(names []string) []string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		if f := Fold(n); f != "" {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
