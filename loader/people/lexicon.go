package people

import (
	"embed"
	"strings"
	"sync"
)

// class says what a word may be. A word can be several things at once.
type class uint32

const (
	isGiven  class = 1 << iota // a given name
	isEast                     // a family name that stands first
	isPlace                    // a place, people or language
	isStop                     // capitalised, and no person: month, organisation, faith
	isOrg                      // makes a thing of the name before it: Report, Airport
	isCommon                   // written small in many cables
	isRole                     // small, before a name: adviser, leader
	isVerb                     // what people do right after their name
	isKnown                    // the surname of a public figure
	isTitle                    // the last word of a title
	isRank                     // a word before a title that belongs to it
	isSpeech                   // what only people do: told, noted
	isPhrase                   // begins a row of words that is known whole
)

//go:embed data/*.txt
var data embed.FS

// lexicon maps a word's key to what it may be. It is read once and never changed.
var lexicon = sync.OnceValue(func() map[string]class {
	lex := make(map[string]class, 1<<15)
	for file, c := range map[string]class{
		"given": isGiven, "east": isEast, "places": isPlace, "stop": isStop, "orgword": isOrg,
		"common": isCommon, "roles": isRole, "verbs": isVerb, "surnames": isKnown, "variants": isKnown, "ranks": isRank, "speech": isSpeech | isVerb,
	} {
		for _, line := range dataLines(file) {
			for _, word := range strings.Fields(line) {
				lex[word] |= c
			}
		}
	}
	for last := range titles() {
		lex[last] |= isTitle
	}
	for first := range phrases() {
		lex[first] |= isPhrase
	}
	return lex
})

// figures maps famous surnames to the given names that go with them.
var figures = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for _, line := range dataLines("figures") {
		words := strings.Fields(line)
		all[words[0]] = words[1:]
	}
	return all
})

// variants maps spellings of public figures' surnames to the one that they are compared under.
var variants = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, line := range dataLines("variants") {
		words := strings.Fields(line)
		for _, word := range words[1:] {
			all[word] = words[0]
		}
	}
	return all
})

// dataLines returns the lines of a word list without its comments. The lists are
// part of the binary, so that one that can't be read is a fault of the build.
func dataLines(name string) []string {
	text, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

// compoundClass judges a hyphenated word by its parts: "French-Iranian" is made
// of places, "Jean-Yves" of given names, "Agency-led" is no name.
func compoundClass(lex map[string]class, key string) class {
	if !strings.ContainsRune(key, '-') {
		if commonEnding(key) {
			return isCommon
		}
		return 0
	}
	all, some := ^class(0), class(0)
	for part := range strings.SplitSeq(key, "-") {
		if particle(part) {
			continue
		}
		all &= lex[part]
		some |= lex[part]
	}
	if all == ^class(0) {
		return 0
	}
	c := all & (isGiven | isKnown)
	if some&(isCommon|isTitle|isRank|isOrg) != 0 && c == 0 && !strings.HasPrefix(key, "al-") {
		c |= isCommon
	}
	if some&(isPlace|isStop) != 0 && c == 0 && !strings.HasPrefix(key, "al-") && !strings.HasPrefix(key, "el-") {
		c |= isPlace
	}
	return c
}

var commonEndings = []string{"ization", "ations", "ation", "ments", "ment", "ness", "ship", "ology", "ities", "isms", "ically", "ised", "ized", "ising", "izing", "ably", "ibly", "fully"}

// commonEnding tells words of the language that no list has by their ending.
func commonEnding(key string) bool {
	if len(key) < 8 {
		return false
	}
	for _, e := range commonEndings {
		if strings.HasSuffix(key, e) {
			return true
		}
	}
	return false
}

// particle tells whether a small word can stand inside a name.
func particle(key string) bool {
	switch key {
	case "al", "el", "ul", "ud", "as", "ash", "ad", "an", "ar", "at", "az", "bin", "bint", "ibn", "ben", "abu", "abd", "van", "von",
		"der", "den", "ter", "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "zu":
		return true
	}
	return false
}

// innerParticle is particle for words that stand alone between two names.
func innerParticle(key string) bool {
	switch key {
	case "as", "ash", "ad", "an", "ar", "at", "az", "abu", "abd", "do", "ben":
		return false
	}
	return particle(key)
}

// nobiliary tells capitalised particles that begin a surname: Van Rompuy, Le Pen, Bin Laden, Abu Mazen.
func nobiliary(key string) bool {
	switch key {
	case "al", "el", "bin", "ben", "ibn", "abu", "abd", "abdel", "abdul", "van", "von", "de", "da", "del", "di", "du", "la", "le", "dos", "das", "umm":
		return true
	}
	return false
}
