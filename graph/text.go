package graph

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is a full-text question, parsed: alternatives, any of which may match.
//
// The language: words all of which must stand in the text; "a phrase" in its
// order; prefix* for the start of a word; -not for what must not stand there;
// OR between alternatives (it binds weaker than the blank between words, so
// that `a b OR c d` means (a b) or (c d)). Case and accents are ignored, and
// words are cut by Fold on both sides: `al-Bashir` means the phrase "al bashir".
type Text struct {
	Any []AllOf
}

// AllOf matches a text that has every one of All and none of None. All is never empty.
type AllOf struct {
	All  []Phrase
	None []Phrase
}

// Phrase is one or more folded words in their order. With Prefix the last one is the
// start of a word, with Possessive it may have an 's besides.
type Phrase struct {
	Words      []string
	Prefix     bool
	Possessive bool
}

// Forms are the texts that the phrase stands for, but for what follows a prefix.
func (p Phrase) Forms() []string {
	words := strings.Join(p.Words, " ")
	if p.Possessive {
		return []string{words, words + possessive}
	}
	return []string{words}
}

const possessive = "'s"

// newPhrase makes a phrase of a running text's words.
func newPhrase(words []string, prefix bool) Phrase {
	last := words[len(words)-1]
	end, _ := utf8.DecodeLastRuneInString(last)
	return Phrase{Words: words, Prefix: prefix, Possessive: !prefix && unicode.IsLetter(end) && !strings.HasSuffix(last, possessive)}
}

// MaxTextTerms bounds the words and phrases of one full-text question.
const MaxTextTerms = 64

// ParseText reads a full-text question. The error wraps ErrBadText and says
// what is wrong and where: an open quote, nothing to look for, only exclusions.
func ParseText(s string) (Text, error) {
	var text Text
	var current AllOf
	terms := 0
	character := func(i int) int { return utf8.RuneCountInString(s[:i]) + 1 }
	flush := func(i int) error {
		if len(current.All) == 0 {
			if len(current.None) > 0 {
				return fmt.Errorf("%w: character %d: only exclusions; add a word that must be there", ErrBadText, character(i))
			}
			return fmt.Errorf("%w: character %d: no word to look for", ErrBadText, character(i))
		}
		text.Any = append(text.Any, current)
		current = AllOf{}
		return nil
	}
	for i := 0; i < len(s); {
		start := i
		if s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r' {
			i++
			continue
		}
		not := false
		if s[i] == '-' {
			not = true
			i++
		}
		raw, quoted := "", i < len(s) && s[i] == '"'
		if quoted {
			end := strings.IndexByte(s[i+1:], '"')
			if end < 0 {
				return Text{}, fmt.Errorf("%w: character %d: a quote is opened and not closed", ErrBadText, character(i))
			}
			raw = s[i+1 : i+1+end]
			i += end + 2
		} else {
			end := i
			for end < len(s) && !strings.ContainsRune(" \t\n\r\"", rune(s[end])) {
				end++
			}
			raw = s[i:end]
			i = end
		}
		if raw == "OR" && !quoted && !not {
			if err := flush(start); err != nil {
				return Text{}, err
			}
			continue
		}
		prefix := !quoted && strings.HasSuffix(raw, "*")
		if quoted && i < len(s) && s[i] == '*' {
			prefix = true
			i++
		}
		words := strings.Fields(Words(raw))
		if len(words) == 0 {
			continue // punctuation alone says nothing
		}
		if terms++; terms > MaxTextTerms {
			return Text{}, fmt.Errorf("%w: more than %d words", ErrBadText, MaxTextTerms)
		}
		phrase := newPhrase(words, prefix)
		if not {
			current.None = append(current.None, phrase)
		} else {
			current.All = append(current.All, phrase)
		}
	}
	if err := flush(len(s)); err != nil {
		return Text{}, err
	}
	return text, nil
}

// Match tells whether folded texts (results of Words: subject and body) are matched
// together: each phrase stands in one of them. Stores use their indexes; this is
// the meaning that they have to agree with.
func (t Text) Match(folded ...string) bool {
	for _, all := range t.Any {
		if all.match(folded) {
			return true
		}
	}
	return false
}

func (a AllOf) match(folded []string) bool {
	for _, p := range a.All {
		if !p.match(folded) {
			return false
		}
	}
	for _, p := range a.None {
		if p.match(folded) {
			return false
		}
	}
	return true
}

func (p Phrase) match(folded []string) bool {
	for _, form := range p.Forms() {
		needle := " " + form
		if !p.Prefix {
			needle += " "
		}
		if slices.ContainsFunc(folded, func(text string) bool { return strings.Contains(" "+text+" ", needle) }) {
			return true
		}
	}
	return false
}

// ParseWords reads the words of nameContains: every word must stand in one name,
// the last one as the start of a word. Nil where there is no word.
func ParseWords(s string) []Phrase {
	words := strings.Fields(Fold(s))
	phrases := make([]Phrase, len(words))
	for i, w := range words {
		phrases[i] = Phrase{Words: []string{w}, Prefix: i == len(words)-1}
	}
	return phrases
}

// MatchWords tells whether one folded name has all the words.
func MatchWords(phrases []Phrase, folded string) bool {
	return len(phrases) > 0 && AllOf{All: phrases}.match([]string{folded})
}
