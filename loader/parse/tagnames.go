package parse

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

//go:embed tagfixes.tsv
var tagFixesFile string

// tagFixes are the codes that are meant by a slip, or by codes run together.
var tagFixes = sync.OnceValue(func() map[string][]string {
	fixes := map[string][]string{}
	for _, fields := range tsv(tagFixesFile, 2) {
		fixes[fields[0]] = list(fields[1])
	}
	return fixes
})

// TagByCode returns the tag with the code. It depends on the code alone: one
// that the table lacks has a kind by its form, or TagUnknown, and no name.
func TagByCode(code string) graph.Tag {
	code = graph.NormalCode(code)
	if tag, ok := graph.KnownTags()[code]; ok {
		return tag
	}
	return graph.Tag{Code: code, Kind: kindByForm(code), Name: personName(code)}
}

// kindByForm judges an unknown code: two letters are a place, a comma parts the
// names of a person, K and three letters are a program.
func kindByForm(code string) graph.TagKind {
	switch {
	case strings.Contains(code, ", "):
		return graph.TagPerson
	case len(code) == 2 && leadingLetters(code) == code:
		return graph.TagCountry
	case len(code) == 4 && code[0] == 'K' && leadingLetters(code) == code:
		return graph.TagProgram
	}
	return graph.TagUnknown
}

// personName turns "CLINTON, HILLARY" into "Hillary Clinton"; empty for other codes.
func personName(code string) string {
	last, first, ok := strings.Cut(code, ", ")
	if !ok {
		return ""
	}
	words := strings.Fields(first + " " + last)
	for i, w := range words {
		words[i] = nameCase(w)
	}
	return strings.Join(words, " ")
}

// nameCase writes a name in capitals in normal case: McDonald, O'Brien, al-Saud.
func nameCase(word string) string {
	var b strings.Builder
	up := true
	lower := strings.ToLower(word)
	for i, r := range lower {
		if up && r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		b.WriteRune(r)
		up = r == '-' || r == '.' || r == '\'' && i == 1 || i == 1 && strings.HasPrefix(lower, "mc") && len(lower) > 3
	}
	return b.String()
}
