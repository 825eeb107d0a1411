package people

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// findTags finds the people for whom the cable has a tag: OVIP (CLINTON, HILLARY).
func (d *doc) findTags() {
	for _, tag := range d.p.Tags {
		if tag.Kind != graph.TagPerson {
			continue
		}
		surname, given, _ := strings.Cut(tag.Code, ",")
		words := strings.Fields(graph.Fold(tag.Code))
		from := d.indexWords(words)
		if from < 0 {
			continue
		}
		d.add(from, from+len(words), find{
			name: normalName(oneLine(given + " " + surname)), role: graph.RoleTagged, rule: "person tag",
			confidence: 1, full: strings.TrimSpace(given) != "", tag: tag.Code,
		})
	}
}

// indexWords finds where the TAGS line has the words in a row, or -1.
func (d *doc) indexWords(words []string) int {
	for i := 0; i+len(words) <= len(d.toks); i++ {
		k := 0
		for k < len(words) && d.toks[i+k].kind == lineTags && graph.Fold(d.word(i+k)) == words[k] {
			k++
		}
		if k == len(words) {
			return i
		}
	}
	return -1
}
