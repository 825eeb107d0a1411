package people

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// oneLine makes runs of white space one blank.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// normalName is a form in normal case, with what a broken line tore joined.
func normalName(form string) string {
	for _, dash := range []string{"- ", "-"} {
		if strings.Contains(form, "- ") {
			form = strings.ReplaceAll(form, dash, "-")
		}
	}
	words := strings.Fields(form)
	for i, w := range words {
		words[i] = normalWord(w)
	}
	return strings.Join(words, " ")
}

// normalWord: KOUCHNER is Kouchner, MCDONALD McDonald, AL-BASHIR al-Bashir; mixed case stays.
func normalWord(w string) string {
	if !strings.ContainsAny(w, "AEIOUYaeiouyÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ") && len(w) <= 4 {
		return w // MGK, CFK
	}
	if strings.ToUpper(w) != w || utf8.RuneCountInString(w) < 2 || strings.HasSuffix(w, ".") || roman(strings.ToLower(w)) {
		return w
	}
	var b strings.Builder
	start := true
	for i, r := range strings.ToLower(w) {
		if start || i == 2 && strings.HasPrefix(w, "MC") && len(w) > 4 {
			r = unicode.ToUpper(r)
		}
		start = r == '-' || r == '\'' || r == '’' || r == '.'
		b.WriteRune(r)
	}
	out := b.String()
	for _, p := range []string{"Al-", "El-", "Ul-", "D'", "D’"} {
		if rest, ok := strings.CutPrefix(out, p); ok && p[len(p)-1] == '-' && rest != "" {
			return strings.ToLower(p) + rest
		}
	}
	return out
}

// roman tells the numbers of kings and popes, and of sons.
func roman(word string) bool {
	switch word {
	case "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiv", "xvi", "xxiii":
		return true
	}
	return false
}

// suffix tells words after a surname that are no part of it.
func suffix(word string) bool { return word == "jr" || word == "sr" || roman(word) }

// nameWords are the folded words of a name, without suffixes.
func nameWords(name string) []string {
	words := strings.Fields(graph.Fold(name))
	for len(words) > 1 && suffix(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return joinKnown(words)
}

// joinKnown makes one word of the last two where that is a surname that is known, Ahmadi-Nejad
// is Ahmadinejad, and gives a surname with several spellings the one that it is compared under.
func joinKnown(words []string) []string {
	n := len(words)
	if n > 1 && len(words[n-2]) > 2 {
		if joined := words[n-2] + words[n-1]; lexicon()[joined]&isKnown != 0 {
			words = append(slices.Clone(words[:n-2]), joined)
			n--
		}
	}
	if n > 0 {
		if spelled, ok := variants()[words[n-1]]; ok {
			words = append(slices.Clone(words[:n-1]), spelled)
		}
	}
	return words
}

// surnameOf is the word by which namings are compared: the last one, or the
// first of a Chinese or Korean name. It depends on the folded name alone, so
// that two names with one slug always have one surname.
func surnameOf(name string) string {
	words := nameWords(name)
	switch {
	case len(words) == 0:
		return ""
	case eastern(words):
		return words[0]
	}
	if plain := withoutParticles(words); len(plain) > 1 {
		// Alvaro Uribe Velez is Uribe, Luiz Inacio Lula da Silva is Lula.
		if c := lexicon()[plain[len(plain)-2]]; c&isKnown != 0 && c&isGiven == 0 && lexicon()[plain[len(plain)-1]]&isKnown == 0 {
			return plain[len(plain)-2]
		}
	}
	return words[len(words)-1]
}

// eastern tells names whose family name stands first: Hu Jintao, Kim Jong-il, Ban Ki-moon.
func eastern(words []string) bool {
	if len(words) < 2 || len(words) > 3 || lexicon()[words[0]]&isEast == 0 {
		return false
	}
	for _, w := range words[1:] {
		if !syllables(w) {
			return false
		}
	}
	return true
}

var (
	onsets = []string{"", "zh", "ch", "sh", "ky", "gy", "hy", "my", "by", "py", "ny", "ry", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w"}
	codas  = []string{"iang", "iong", "uang", "yeong", "ueng", "eong", "ang", "eng", "ing", "ong", "ung", "ian", "iao", "uai", "uan", "yeo", "eok", "eun", "eul", "oon", "ook", "uk", "ok", "ak", "ik", "il", "ol", "ul", "al", "ao", "ai", "an", "ei", "en", "eo", "eu", "ia", "ie", "in", "iu", "ou", "oo", "ua", "ue", "ui", "un", "uo", "on", "oh", "ee", "er", "am", "om", "im", "um", "a", "e", "i", "o", "u"}
)

// syllables tells whether a word is one to three Chinese or Korean syllables.
func syllables(word string) bool { return len(word) >= 2 && len(word) <= 11 && cutSyllables(word, 3) }

func cutSyllables(word string, left int) bool {
	if word == "" {
		return true
	}
	if left == 0 {
		return false
	}
	for _, onset := range onsets {
		rest, ok := strings.CutPrefix(word, onset)
		if !ok {
			continue
		}
		for _, coda := range codas {
			if after, ok := strings.CutPrefix(rest, coda); ok && cutSyllables(after, left-1) {
				return true
			}
		}
	}
	return false
}
