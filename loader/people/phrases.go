package people

import (
	"strings"
	"sync"
)

// phrase is a row of words that is known whole: the name of a person by rules
// hard to tell, or of a place or thing that sounds like a person.
type phrase struct {
	words  []string // folded
	person bool
}

// phrases maps the first word of each phrase to those that begin with it, the longest first.
var phrases = sync.OnceValue(func() map[string][]phrase {
	all := map[string][]phrase{}
	for _, list := range []struct {
		file   string
		person bool
	}{{"thingnames", false}, {"knownnames", true}} {
		for _, line := range dataLines(list.file) {
			p := phrase{strings.Fields(line), list.person}
			first := p.words[0]
			all[first] = append(all[first], p)
			for i := len(all[first]) - 1; i > 0 && len(all[first][i].words) > len(all[first][i-1].words); i-- {
				all[first][i], all[first][i-1] = all[first][i-1], all[first][i]
			}
		}
	}
	return all
})

// findPhrases finds names that are known whole, and keeps rules off those of places and things.
func (d *doc) findPhrases() {
	for i := 0; i < len(d.toks); i++ {
		tok := &d.toks[i]
		if tok.class&isPhrase == 0 || tok.taken || tok.shape == shapeLower || !tok.readable() {
			continue
		}
		for _, p := range phrases()[tok.key] {
			if to := i + len(p.words); to <= len(d.toks) && d.isPhrase(i, p.words) && d.takePhrase(i, to, p.person) {
				i = to - 1
				break
			}
		}
	}
}

// takePhrase notes the phrase at tokens from … to-1, unless it is a part of a longer name.
func (d *doc) takePhrase(from, to int, person bool) bool {
	if !person {
		for k := from; k < to; k++ {
			d.toks[k].class = isPlace | isStop
		}
		return true
	}
	if !d.free(from, to) || d.namesThing(from, to) || d.goesOn(to) || from > 0 && d.links(from) && strongPart(d.partAt(from-1)) {
		return false
	}
	f := find{rule: "known name", confidence: 0.9, full: true}
	f.titles, _ = d.titlesBefore(from)
	d.add(from, to, f)
	return true
}

// goesOn tells whether the name that ends before token i is longer than that.
func (d *doc) goesOn(i int) bool {
	return i < len(d.toks) && d.links(i) && (strongPart(d.partAt(i)) || d.innerParticles(i) >= i)
}

// isPhrase tells whether the words stand from token i on, the first and the last of them with a capital.
func (d *doc) isPhrase(i int, words []string) bool {
	for k, w := range words {
		tok := &d.toks[i+k]
		if tok.key != w || k > 0 && tok.gap != gapSpace || tok.shape == shapeLower && (k == 0 || k == len(words)-1) {
			return false
		}
	}
	return true
}
