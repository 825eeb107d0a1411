package people

import (
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// findAgain finds the other places where those who were found are named by surname alone.
func (d *doc) findAgain() {
	byWord := map[string][]*individual{}
	for _, p := range d.people {
		for _, s := range p.surnames {
			first, _, _ := strings.Cut(s, " ")
			byWord[first] = append(byWord[first], p)
		}
	}
	if len(byWord) == 0 {
		return
	}
	given := d.givenNames()
	for i := range d.toks {
		tok := &d.toks[i]
		if tok.taken || !d.canRecur(i) {
			continue
		}
		if tok.class&^isPhrase == isGiven && len(byWord[tok.key]) == 0 {
			if p := given[tok.key]; p != nil && d.standsAlone(i) {
				tok.taken = true
				p.finds = append(p.finds, find{
					from: i, to: i + 1, name: normalName(d.form(i, i+1)), words: []string{tok.key}, rule: "given name alone", confidence: 0.6, role: graph.RoleMentioned,
				})
			}
			continue
		}
		if !tok.joined && tok.class&isKnown == 0 && len(byWord[tok.key]) == 0 {
			continue
		}
		if words := joinKnown(nameParts(tok.key)); len(words) > 0 {
			d.again(i, words, byWord)
		}
	}
}

// givenNames maps the given names that one individual of the cable alone has, and that are nothing else.
func (d *doc) givenNames() map[string]*individual {
	given := map[string]*individual{}
	for _, p := range d.people {
		for _, name := range p.full {
			word := name[0]
			if c := lexicon()[word]; len(word) < 4 || len(name) < 2 || c&isGiven == 0 || c&^(isGiven|isPhrase) != 0 {
				continue
			}
			if other, here := given[word]; here && other != p {
				given[word] = nil // two of one given name
				continue
			}
			given[word] = p
		}
	}
	return given
}

// standsAlone tells whether token i is a name in a sentence, with no other name before or behind it.
func (d *doc) standsAlone(i int) bool {
	tok := &d.toks[i]
	if tok.shape != shapeCapital || tok.kind != lineText || !d.hasSentence(i) || d.namesThing(i, i+1) {
		return false
	}
	if i > 0 && d.links(i) && (d.toks[i-1].shape != shapeLower && !d.toks[i-1].lineStart || d.toks[i-1].taken || d.toks[i-1].key == "the") {
		return false
	}
	return i+1 == len(d.toks) || !d.links(i+1) || d.toks[i+1].shape == shapeLower && !innerParticle(d.toks[i+1].key)
}

// nameParts are the words that hyphens and apostrophes join in a key.
func nameParts(key string) []string {
	return strings.FieldsFunc(key, func(r rune) bool { return r == '-' || r == '\'' || r == '/' })
}

// again joins token i, alone or with the one after it, to whom it means.
func (d *doc) again(i int, words []string, byWord map[string][]*individual) {
	to := i + 1
	candidates := byWord[words[0]]
	var fit []*individual
	if len(candidates) > 0 && to < len(d.toks) && d.canRecur(to) && !d.toks[to].taken && d.links(to) {
		pair := slices.Concat(words, strings.Fields(graph.Fold(d.word(to))))
		if fit = named(candidates, strings.Join(pair, " ")); len(fit) > 0 {
			to++
		}
	}
	if len(fit) == 0 {
		fit = named(candidates, strings.Join(words, " "))
	}
	if len(fit) == 0 && len(words) > 1 {
		fit = named(byWord[words[len(words)-1]], words[len(words)-1])
	}
	if len(fit) == 0 || d.otherName(i, to) {
		return
	}
	fit = withoutWives(fit)
	f := find{from: i, to: to, name: normalName(d.form(i, to)), rule: "surname alone", confidence: 0.8, role: graph.RoleMentioned}
	f.words = nameWords(f.name)
	p := d.choose(fit, f)
	for k := i; k < to; k++ {
		d.toks[k].taken = true
	}
	p.finds = append(p.finds, f)
}

func named(people []*individual, words string) []*individual {
	var fit []*individual
	for _, p := range people {
		for _, s := range p.surnames {
			if s == words {
				fit = append(fit, p)
				break
			}
		}
	}
	return fit
}

// withoutWives: a surname alone is the husband's, where both are named.
func withoutWives(people []*individual) []*individual {
	var out []*individual
	for _, p := range people {
		if !p.wife {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return people
	}
	return out
}

// canRecur tells whether token i is written as a name is.
func (d *doc) canRecur(i int) bool {
	tok := &d.toks[i]
	switch {
	case tok.shape != shapeCapital && tok.shape != shapeCaps, !tok.readable() && tok.kind != lineAttention:
		return false
	case tok.shape == shapeCaps && tok.kind != lineCaps && len(tok.key) < 4:
		return false
	}
	return true
}

// otherName: a word that stands within another row of names, names a thing, or
// is used as the plain word that it also is.
func (d *doc) otherName(i, to int) bool {
	tok := &d.toks[i]
	if d.namesThing(i, to) && tok.kind != lineCaps {
		return true
	}
	if tok.class&(isPlace|isStop) != 0 {
		return true
	}
	if tok.class&(isCommon|isOrg|isTitle|isRank) != 0 && !surnameLike(tok.key) && (tok.lineStart || tok.gap != gapSpace || tok.kind == lineCaps) && !d.speaks(to) && !tok.owned {
		return true
	}
	if i > 0 && d.links(i) && !d.toks[i-1].lineStart {
		before := d.partAt(i - 1)
		if before == partGiven && !d.toks[i-1].taken {
			return true
		}
	}
	if to < len(d.toks) && d.links(to) && !d.toks[to].taken && d.toks[to].kind != lineCaps {
		after := d.partAt(to)
		return after == partName && d.toks[to].shape == shapeCapital
	}
	return false
}
