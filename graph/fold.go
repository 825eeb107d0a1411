package graph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold is the one rule by which names and aliases are cut into words and words are
// compared, in every store (running texts are cut by Words): letters and digits make
// words, in lower case and without accents; all else separates them. The words
// come back joined by single blanks: "Omar al-Bashír's" gives "omar al bashir s".
func Fold(s string) string {
	b := make([]byte, 0, len(s))
	inWord := false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			c = foldASCII[c]
			if c == 0 {
				inWord = false
				continue
			}
			b = append(startWord(b, inWord), c)
			inWord = true
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case unicode.Is(unicode.Mn, r): // a combining accent belongs to the letter before it
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b = foldLetter(startWord(b, inWord), r)
			inWord = true
		default:
			inWord = false
		}
	}
	return string(b)
}

// foldASCII maps letters and digits to what they are folded to, all else to 0.
var foldASCII = func() (m [utf8.RuneSelf]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case 'A' <= c && c <= 'Z':
			m[c] = c + 'a' - 'A'
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			m[c] = c
		}
	}
	return m
}()

// startWord writes the blank before a word, but none before the first.
func startWord(b []byte, inWord bool) []byte {
	if inWord || len(b) == 0 {
		return b
	}
	return append(b, ' ')
}

// foldLetter appends a letter beyond ASCII. By way of the capital, all small forms
// of one letter become the same one: ς and σ, the micro sign and μ.
func foldLetter(b []byte, r rune) []byte {
	if plain, ok := latinFold[r]; ok {
		return append(b, plain...)
	}
	r = unicode.ToLower(unicode.ToUpper(r))
	if plain, ok := latinFold[r]; ok {
		return append(b, plain...)
	}
	return utf8.AppendRune(b, r)
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
