package people

import "strings"

// titleRow is a plural title and where the last name that has it ended.
type titleRow struct {
	title title
	to    int
}

// continues tells whether a name at token i goes on with the row: after a comma, "and", or both.
func (r *titleRow) continues(d *doc, i int) bool {
	if r.to == 0 {
		return false
	}
	if i == r.to+1 && d.toks[r.to].key == "and" && (d.toks[r.to].gap == gapSpace || d.toks[r.to].gap == gapComma) {
		return d.toks[i].gap == gapSpace
	}
	return i == r.to && d.toks[i].gap == gapComma
}

// plural tells "leaders" and "Ambassadors".
func plural(key string) bool {
	return singular(key) != ""
}

// singular is the title of which a word is the plural, or empty.
func singular(key string) string {
	for _, end := range [][2]string{{"ies", "y"}, {"s", ""}, {"men", "man"}} {
		if stem, ok := strings.CutSuffix(key, end[0]); ok && len(stem) > 2 && lexicon()[stem+end[1]]&(isTitle|isRole) != 0 {
			return stem + end[1]
		}
	}
	return ""
}
