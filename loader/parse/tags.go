package parse

import (
	"slices"
	"strings"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

// tags returns the codes of the TAGS line in their order, each once.
func (t *text) tags() []string {
	value, ok := t.tagsLine()
	if !ok {
		return nil
	}
	var codes []string
	seen := map[string]bool{}
	for _, code := range splitTags(value) {
		if !seen[code] {
			seen[code] = true
			codes = append(codes, code)
		}
	}
	return codes
}

// maxTags bounds a TAGS line; real ones end before 300.
const maxTags = 1500

// tagsLine returns the value of the TAGS line: the rest of its line, and the
// lines below while they hold nothing but tags or the line before ended in a comma.
func (t *text) tagsLine() (string, bool) {
	l, ok := t.first(labelTags)
	if !ok {
		return t.unlabelledTags()
	}
	stop := t.next(l.end, labelTags)
	var b strings.Builder
	for i := t.lineAt(l.start); i < len(t.lines); i++ {
		from, to := max(l.end, t.lines[i].start), min(t.lines[i].end, stop)
		if from > to {
			break
		}
		words := strings.TrimSpace(t.clean[from:min(to, from+maxTags)])
		if before := strings.TrimSpace(b.String()); before != "" {
			if words == "" || !strings.HasSuffix(before, ",") && !onlyTags(words) {
				break
			}
		}
		b.WriteString(words)
		b.WriteByte(' ')
		if to == stop || b.Len() > maxTags {
			break
		}
	}
	return strings.TrimSpace(b.String()), true
}

// unlabelledTags finds a line of at least three known tags where the label is
// missing altogether (08BEIJING3662).
func (t *text) unlabelledTags() (string, bool) {
	for i, l := range t.lines {
		if l.start >= t.head || i > 60 {
			break
		}
		known := 0
		words := strings.FieldsFunc(t.at(i), isTagSeparator)
		for _, w := range words {
			if _, ok := graph.KnownTags()[w]; ok {
				known++
			}
		}
		if known >= 3 && known == len(words) {
			return t.at(i), true
		}
	}
	return "", false
}

func isTagSeparator(r rune) bool { return r == ',' || r == ' ' || r == ';' }

// onlyTags tells whether a line can be the rest of a TAGS line: words in capitals, no sentence.
func onlyTags(s string) bool {
	if s != strings.ToUpper(s) || strings.ContainsAny(s, ":?!\"") || isRule(s) {
		return false
	}
	words := strings.FieldsFunc(s, isTagSeparator)
	for _, w := range words {
		if leadingDigits(w) != "" || len(w) > 40 {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 20
}

// notTags are words that stray into TAGS lines.
var notTags = map[string]bool{
	"SIPDIS": true, "NOFORN": true, "UNCLASSIFIED": true, "CONFIDENTIAL": true, "SECRET": true, "UNCLAS": true,
	"AND": true, "E.O.": true, "12958": true, "TAGS": true, "N/A": true, "SENSITIVE": true,
}

// splitTags cuts a TAGS line into codes. Commas are often missing, and between
// the words of a tag there are blanks too.
func splitTags(value string) []string {
	value = strings.TrimRight(upperASCII(value), " ,;")
	for _, p := range phrases {
		// "HUMAN RIGHTSPOLMIL": the blank behind the phrase got lost.
		if i := strings.Index(value, p); i >= 0 && letterAt(value, i+len(p)) {
			value = value[:i+len(p)] + " " + value[i+len(p):]
		}
	}
	parts := strings.FieldsFunc(bracketed(value), func(r rune) bool { return r == ',' || r == ';' })
	var codes []string
	for _, part := range parts {
		words := strings.Fields(part)
		if len(parts) > 2 && isPhrase(words, codes) {
			codes = append(codes, strings.Join(words, " "))
			continue
		}
		codes = append(codes, splitPart(words, codes)...)
	}
	return joinPersons(codes)
}

// isPhrase tells whether the words between two commas are one tag: none of
// them is known, and they are no person behind OVIP.
func isPhrase(words, before []string) bool {
	if len(words) < 2 || len(words) > 5 || len(before) > 0 && before[len(before)-1] == "OVIP" {
		return false
	}
	if _, n := fixedTags(words); n > 0 || phraseLength(words) > 0 {
		return false
	}
	for _, w := range words {
		if isKnownTag(w) || notTags[w] || runTogether(w) != nil || strings.Contains(w, "\x00") || leadingDigits(w) != "" {
			return false
		}
	}
	return true
}

// joinPersons joins "OVIP, BIDEN, JOSEPH", and puts the commas back into names.
func joinPersons(codes []string) []string {
	var joined []string
	for i := 0; i < len(codes); i++ {
		c := codes[i]
		if i > 0 && codes[i-1] == "OVIP" && i+1 < len(codes) && personAfterVisit(codes[i:i+2], nil, codes[:i]) != "" {
			c = joinPerson(c, codes[i+1])
			i++
		}
		joined = append(joined, strings.ReplaceAll(c, "\x00", ", "))
	}
	return joined
}

// bracketed finds persons in brackets, "(STEINBERG, JAMES B.)", and puts a mark
// in the place of their comma so that they stay in one piece.
func bracketed(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '(')
		if open < 0 {
			break
		}
		shut := strings.IndexByte(s[open:], ')')
		if shut < 0 {
			break
		}
		inside := s[open+1 : open+shut]
		last, first, ok := strings.Cut(inside, ",")
		b.WriteString(s[:open])
		if last, first = strings.TrimSpace(last), strings.TrimSpace(first); ok && last != "" && first != "" && !strings.Contains(first, ",") {
			b.WriteString("," + joinPerson(last, first) + ",")
		} else {
			b.WriteString(" " + inside + " ")
		}
		s = s[open+shut+1:]
	}
	return b.String() + s
}

// joinPerson writes a person's tag with a mark in the place of the comma.
func joinPerson(last, first string) string {
	return strings.Join(strings.Fields(last), " ") + "\x00" + strings.Join(strings.Fields(first), " ")
}

// splitPart cuts the words between two commas; before are the codes so far.
func splitPart(words, before []string) []string {
	var codes []string
	if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, "\x00") }) {
		return []string{strings.Join(words, " ")} // a person from brackets
	}
	for len(words) > 0 {
		if n := phraseLength(words); n > 0 {
			codes = append(codes, strings.Join(words[:n], " "))
			words = words[n:]
			continue
		}
		if fixed, n := fixedTags(words); n > 0 {
			for _, f := range fixed {
				codes = append(codes, strings.ReplaceAll(f, ", ", "\x00"))
			}
			words = words[n:]
			continue
		}
		if person := personAfterVisit(words, before, codes); person != "" {
			codes, words = append(codes, person), words[2:]
			continue
		}
		codes = append(codes, splitWord(words[0])...)
		words = words[1:]
	}
	return codes
}

// phrases are tags of several words that were in use.
var phrases = []string{
	"HUMAN RIGHTS", "COUNTRY CLEARANCE", "GOI EXTERNAL", "GOI INTERNAL", "ITALY NATIONAL ELECTIONS", "ITALIAN POLITICAL PARTIES",
	"ITALIAN POLITICS", "MEDIA REACTION REPORT", "MEDIA REACTION", "ISRAELI PALESTINIAN AFFAIRS", "ISRAELI SOCIETY",
	"ISRAEL RELATIONS", "ECONOMIC AFFAIRS", "GLOBAL DEFENSE", "IRAQI FREEDOM", "DOMESTIC POLITICS", "TRAFFICKING IN PERSONS",
	"US INTERESTS SECTION", "USEU BRUSSELS", "POLITICAL PARTIES", "FOREIGN RELATIONS",
}

// phrasesByWord maps the first word of a phrase to those that start with it.
var phrasesByWord = sync.OnceValue(func() map[string][][]string {
	m := map[string][][]string{}
	for _, p := range phrases {
		words := strings.Fields(p)
		m[words[0]] = append(m[words[0]], words)
	}
	return m
})

// phraseLength returns how many of the words make one tag, 0 where the first
// one stands alone. Some are followed by the next code without a blank
// ("HUMAN RIGHTSPOLMIL"): then the words are cut there.
func phraseLength(words []string) int {
	for _, parts := range phrasesByWord()[words[0]] {
		if len(words) >= len(parts) && slices.Equal(words[:len(parts)], parts) {
			return len(parts)
		}
	}
	if len(words) >= 3 && (words[1] == "AND" || words[1] == "IN") && !isKnownTag(words[0]) ||
		len(words) >= 3 && words[0] == "TIP" && words[1] == "IN" {
		return 3
	}
	return 0
}

// fixedTags looks up slips, and what was run together, of one or two words.
func fixedTags(words []string) ([]string, int) {
	if len(words) > 1 {
		if fixed, ok := tagFixes()[words[0]+" "+words[1]]; ok {
			return fixed, 2
		}
	}
	if fixed, ok := tagFixes()[words[0]]; ok {
		return fixed, 1
	}
	return nil, 0
}

// personAfterVisit joins two unknown words behind the tag for visits of
// prominent people: "OVIP CLINTON HILLARY".
func personAfterVisit(words, before, codes []string) string {
	if len(codes) == 0 {
		codes = before
	}
	if len(words) < 2 || len(codes) == 0 || codes[len(codes)-1] != "OVIP" {
		return ""
	}
	for _, w := range words[:2] {
		if isKnownTag(w) || len(w) < 3 || strings.Trim(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ.-'") != "" {
			return ""
		}
	}
	return joinPerson(words[0], words[1])
}

func isKnownTag(code string) bool {
	_, ok := graph.KnownTags()[code]
	return ok
}

// splitWord returns the codes in one word: mostly one, but also several that
// were run together, a country last: "PHUMBA".
func splitWord(word string) []string {
	word = strings.Trim(word, ".:*\"[]()-")
	if word == "" || notTags[word] || leadingDigits(word) == word {
		return nil
	}
	if isKnownTag(word) {
		return []string{word}
	}
	if fixed, ok := tagFixes()[word]; ok {
		return fixed
	}
	if parts := runTogether(word); parts != nil {
		return parts
	}
	return []string{word}
}

// runTogether splits a word in fours by the known codes.
func runTogether(word string) []string {
	var parts []string
	rest := word
	for len(rest) >= 4 && isKnownTag(rest[:4]) {
		parts, rest = append(parts, rest[:4]), rest[4:]
	}
	if len(parts) == 0 || rest != "" && !isKnownTag(rest) || len(parts) == 1 && rest == "" {
		return nil
	}
	if rest != "" {
		parts = append(parts, rest)
	}
	return parts
}
