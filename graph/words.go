package graph

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words cuts a running text, a subject or a body, into words and folds them; they
// come back joined by single blanks: "The U.S. on Iran's Qa’ida" gives
// "the u.s on iran's qa'ida". Names are cut by Fold.
//
// The boundaries are those of Unicode's Standard Annex 29 as Lucene's standard
// analyzer has them, which indexes the texts in Neo4j: letters, digits and _
// make words; an apostrophe, a full stop or a colon between two letters, and one of
// ' . , ; between two digits, do not end one; Han and Hiragana are cut into
// signs. A word has a letter or a digit, and 255 characters at most.
func Words(s string) string {
	b := make([]byte, 0, len(s))
	for start, end := range wordsIn(s) {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = foldWord(b, s[start:end])
	}
	return string(b)
}

// longestWord is where Lucene's analyzers cut, in characters.
const longestWord = 255

// wordClass is what a character does to words.
type wordClass uint8

const (
	separates wordClass = iota
	letterClass
	digitClass
	underscore
	katakana
	southEast // scripts that write without blanks
	sign      // a word by itself
	attached  // belongs to the character before it
	betweenLetters
	betweenDigits
	betweenBoth
)

// joinsLetters tells whether the character may stand between two letters of a word.
func (c wordClass) joinsLetters() bool { return c == betweenLetters || c == betweenBoth }

func (c wordClass) joinsDigits() bool { return c == betweenDigits || c == betweenBoth }

// follows tells whether c goes on with a word whose last character is before.
func (c wordClass) follows(before wordClass) bool {
	switch c {
	case letterClass, digitClass:
		return before == letterClass || before == digitClass || before == underscore
	case underscore:
		return before != separates && before != sign && before != southEast
	case katakana:
		return before == katakana || before == underscore
	case southEast:
		return before == southEast
	case attached:
		return before != separates
	}
	return false
}

var classesASCII = func() (m [utf8.RuneSelf]wordClass) {
	for c := range m {
		switch {
		case 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z':
			m[c] = letterClass
		case '0' <= c && c <= '9':
			m[c] = digitClass
		}
	}
	m['_'], m[':'] = underscore, betweenLetters
	m['.'], m['\''] = betweenBoth, betweenBoth
	m[','], m[';'] = betweenDigits, betweenDigits
	return m
}()

var (
	attachedTables  = []*unicode.RangeTable{unicode.Mn, unicode.Mc, unicode.Me, unicode.Cf}
	signTables      = []*unicode.RangeTable{unicode.Han, unicode.Hiragana}
	southEastTables = []*unicode.RangeTable{
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.New_Tai_Lue, unicode.Tai_Le, unicode.Tai_Tham, unicode.Tai_Viet,
	}
)

// classAt is the class of the character at s[i:], and its length in bytes.
func classAt(s string, i int) (wordClass, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return classesASCII[c], 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	switch r {
	case '’', '‘':
		return betweenBoth, n
	case '·':
		return betweenLetters, n
	case 'ー':
		return katakana, n
	}
	switch {
	case unicode.In(r, attachedTables...):
		return attached, n
	case unicode.IsDigit(r):
		return digitClass, n
	case !unicode.IsLetter(r):
		return separates, n
	case r < 0x0E00:
		return letterClass, n
	case unicode.In(r, signTables...):
		return sign, n
	case unicode.Is(unicode.Katakana, r):
		return katakana, n
	case unicode.In(r, southEastTables...):
		return southEast, n
	}
	return letterClass, n
}

// wordsIn gives where each word of a text starts and ends, in bytes.
func wordsIn(s string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := 0; i < len(s); {
			if s[i] < utf8.RuneSelf && classesASCII[s[i]] == separates {
				i++
				continue
			}
			end, is := wordAt(s, i)
			if is && !yield(i, end) {
				return
			}
			i = end
		}
	}
}

// wordAt reads the word that starts at s[i:], or what is none, up to end.
func wordAt(s string, i int) (end int, is bool) {
	before, n := classAt(s, i)
	i += n
	if before == separates || before >= attached {
		return i, false
	}
	is = before != underscore
	for length := 1; i < len(s) && length < longestWord; length++ {
		if s[i] < utf8.RuneSelf && before <= underscore { // most characters
			c := classesASCII[s[i]]
			if c == separates {
				break
			}
			if c <= digitClass {
				before, is = c, true
				i++
				continue
			}
		}
		c, n := classAt(s, i)
		if c >= betweenLetters {
			after := separates
			if i+n < len(s) && length+1 < longestWord {
				after, _ = classAt(s, i+n)
			}
			if !(c.joinsLetters() && before == letterClass && after == letterClass || c.joinsDigits() && before == digitClass && after == digitClass) {
				break
			}
			i += n
			continue
		}
		if !c.follows(before) {
			break
		}
		i += n
		if c != attached {
			before = c
		}
		is = is || c != underscore && c != attached
	}
	return i, is
}

// foldWord appends a word in small letters, without accents.
func foldWord(b []byte, word string) []byte {
	before := len(b)
	b = append(b, word...)
	for i, c := range b[before:] {
		if c >= utf8.RuneSelf {
			return foldLetters(b[:before+i], word[i:])
		}
		if 'A' <= c && c <= 'Z' {
			b[before+i] = c + 'a' - 'A'
		}
	}
	return b
}

// foldLetters is foldWord from the first letter on that is not ASCII.
func foldLetters(b []byte, word string) []byte {
	for i := 0; i < len(word); {
		if c := word[i]; c < utf8.RuneSelf {
			i++
			if folded := foldASCII[c]; folded != 0 {
				c = folded
			}
			b = append(b, c)
			continue
		}
		r, n := utf8.DecodeRuneInString(word[i:])
		i += n
		switch {
		case r == '’' || r == '‘':
			b = append(b, '\'')
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.IsLetter(r):
			b = foldLetter(b, r)
		default:
			b = append(b, word[i-n:i]...)
		}
	}
	return b
}

// PlainWords tells whether a text has no characters but those that Lucene's
// standard analyzer takes as Words does: words of ASCII and the curled apostrophe,
// which it does not make straight, and between them signs that are no words for
// either. A word of a length that may be cut is none of a plain text.
func PlainWords(s string) bool {
	done := 0
	for start, end := range wordsIn(s) {
		if end-start >= longestWord-1 || !onlyRunes(s[start:end], isPlain) || !onlyRunes(s[done:start], isNeutral) {
			return false
		}
		done = end
	}
	return onlyRunes(s[done:], isNeutral)
}

func onlyRunes(s string, are func(rune) bool) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !are(r) })
}

func isPlain(r rune) bool { return r < utf8.RuneSelf || r == '’' }

func isNeutral(r rune) bool {
	return isPlain(r) || r == '‘' || r < 0x2E00 && unicode.In(r, neutralTables...) && !strings.ContainsRune("\u202f\u203f\u2040\u2044\u2054", r)
}

var neutralTables = []*unicode.RangeTable{unicode.Pd, unicode.Pi, unicode.Pf, unicode.Ps, unicode.Pe, unicode.Sc, unicode.Sm, unicode.Zs, neutralSigns}

// neutralSigns are others that cables have: ¡ § ¨ © ¬ ® ° ´ ¶ ¿ † ‡ • …
var neutralSigns = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0xa1, 0xa1, 1},
		{0xa7, 0xa9, 1},
		{0xac, 0xac, 1},
		{0xae, 0xae, 1},
		{0xb0, 0xb0, 1},
		{0xb4, 0xb4, 1},
		{0xb6, 0xb6, 1},
		{0xbf, 0xbf, 1},
		{0x2020, 0x2022, 1},
		{0x2026, 0x2026, 1},
	},
	LatinOffset: 8,
}
