package people

import (
	"slices"
	"strings"
)

// surname judges a surname that stands alone at tokens from … to-1: a title
// before it, or a fame that needs none. It reports whether it was found.
func (d *doc) surname(from, to int) bool {
	if d.namesThing(from, to) {
		return true // "Goldstone Report": not a person, and nothing else either
	}
	f := find{confidence: 0.9, rule: "title and surname"}
	t, titled := d.titleBefore(from)
	last := &d.toks[to-1]
	switch {
	case titled && t.small && !d.fitsRole(from, to), titled && last.kind == lineCaps && verbLike(last.key):
		return false
	case titled:
		f.titles, _ = d.titlesBefore(from)
		if t.small {
			f.rule, f.confidence = "role and surname", 0.75
		}
		if d.toks[from].kind == lineCaps && t.small {
			return false
		}
	case to-from == 2 && (d.toks[from].key == "abu" || d.toks[from].key == "umm") && d.toks[from].kind == lineText:
		f.rule, f.confidence = "father of", 0.7
	case last.class&isKnown != 0:
		f.rule, f.confidence = "known surname", 0.8
	case d.abbreviatedTitle(from) && d.partAt(from) == partName && d.hasSentence(from):
		f.rule, f.confidence = "abbreviation and surname", 0.4
	default:
		return false
	}
	f.full = to-from > 1 && !nobiliary(d.toks[from].key)
	d.noteRow(from, to)
	d.add(d.withParticle(from), to, f)
	return true
}

// verbLike tells what a headline says of someone: "OPPOSITION OFFICIAL REITERATES CRITICISM".
func verbLike(key string) bool {
	for _, end := range []string{"ates", "izes", "ises", "ifies", "urges", "ules"} {
		if len(key) > 5 && strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// fitsRole: after "official" or "leader" only a word that is nothing else is a name.
func (d *doc) fitsRole(from, to int) bool {
	p := d.partAt(to - 1)
	return d.toks[from].kind != lineCaps && (p == partName || p == partKnown || p == partGiven && to-from == 1)
}

// namesThing tells "Goldstone Report" and "Camp Lemonier".
func (d *doc) namesThing(from, to int) bool {
	if to < len(d.toks) && !d.toks[to-1].owned {
		next := &d.toks[to]
		if next.gap == gapSpace && next.shape == shapeCapital && next.class&isOrg != 0 && next.kind != lineCaps {
			return !(d.toks[to-1].class&isKnown != 0 && rules(next.key))
		}
	}
	return from > 0 && d.toks[from].gap == gapSpace && d.toks[from-1].shape != shapeLower && placePrefix(d.toks[from-1].key) && d.toks[from-1].kind != lineCaps
}

// rules tells what someone leads: who says "the Zapatero Government" means Zapatero too.
func rules(key string) bool {
	return key == "government" || key == "administration" || key == "regime" || key == "cabinet"
}

// abbreviatedTitle: two unknown capitals before a surname are likely a title, mistyped or not (07PARIS3733: "KM Kouchner").
func (d *doc) abbreviatedTitle(i int) bool {
	if i == 0 || d.toks[i].gap != gapSpace || d.toks[i].shape != shapeCapital {
		return false
	}
	before := &d.toks[i-1]
	if before.shape != shapeCaps || len(before.key) != 2 || before.class&^(isCommon|isPhrase) != 0 || before.owned {
		return false
	}
	switch before.key {
	case "us", "eu", "un", "uk", "ge", "gm", "hp", "bp", "pa", "pp", "ps", "dc", "nd", "id", "it", "tv", "ak", "mt", "ft", "no", "ok", "ap", "nw", "sw", "ne", "se", "vw", "ss", "ip", "hq", "wb", "ir", "is", "fr", "tu", "gh", "en", "su", "am":
		return false
	}
	return true
}

// softSurname finds a surname that is also a word or a place, after a title: "Secretary Gates", "Representative Israel".
func (d *doc) softSurname(i int) bool {
	tok := &d.toks[i]
	if tok.shape == shapeNumber || tok.shape == shapeInitial || d.partAt(i) != partSoft || tok.class&isVerb != 0 {
		return false
	}
	t, ok := d.titleBefore(i)
	if !ok || t.small || t.office || d.namesThing(i, i+1) {
		return false
	}
	if tok.shape == shapeCaps && !surnameLike(tok.key) {
		return false
	}
	if tok.class&isPlace != 0 && (tok.class&isCommon == 0 && !personalTitle(t.shown) || d.toks[i].lineStart && !personalTitle(t.shown)) {
		return false
	}
	if i+1 < len(d.toks) && d.toks[i+1].gap == gapSpace && !tok.owned && (d.toks[i+1].shape == shapeCapital || d.toks[i+1].shape == shapeCaps) && tok.kind != lineCaps {
		return false
	}
	if !surnameLike(tok.key) && (!d.hasSentence(i) || tok.class&isCommon != 0 && !personalTitle(t.shown) && d.plainHere(i, t)) {
		return false
	}
	d.noteRow(i, i+1)
	d.add(i, i+1, find{titles: []string{t.shown}, rule: "title and surname", confidence: 0.8})
	return true
}

// plainHere tells "Press Briefing" and "Experts Panel" from "Chancellor Darling":
// the cable writes the word small as well, or it has a plural or an "of" beside it.
func (d *doc) plainHere(i int, t title) bool {
	if t.plural || i+1 < len(d.toks) && d.toks[i+1].key == "of" {
		return true
	}
	return slices.ContainsFunc(d.toks, func(other token) bool { return other.shape == shapeLower && other.key == d.toks[i].key })
}

// personalTitle: titles that no country or town follows.
func personalTitle(shown string) bool {
	switch shown {
	case "Representative", "Senator", "Mr", "Mrs", "Ms", "Dr", "Doctor", "Congressman", "Congresswoman", "Colonel", "Captain", "Major", "Lieutenant", "Professor":
		return true
	}
	return false
}

// hasSentence tells whether words in small letters stand around token i, so that
// a capital means something: not in a heading.
func (d *doc) hasSentence(i int) bool {
	const reach = 12
	for k := i; k >= 0 && i-k < reach; k-- {
		if k < i && d.plainWord(k) {
			return true
		}
		if d.toks[k].gap == gapBlank {
			break
		}
	}
	for k := i + 1; k < len(d.toks) && k-i < reach && d.toks[k].gap != gapBlank; k++ {
		if d.plainWord(k) {
			return true
		}
	}
	return false
}

func (d *doc) plainWord(i int) bool {
	return d.toks[i].shape == shapeLower && !connector(d.toks[i].key)
}

// findSpeakers finds surnames that no title or full name brings in, but that do
// what only people do, again and again: "Boillon stated", "Boillon repeated".
func (d *doc) findSpeakers() {
	type tally struct{ all, speaks, thing int }
	tallies := map[string]*tally{}
	var could []int
	for i := range d.toks {
		if !d.couldSpeak(i) {
			continue
		}
		could = append(could, i)
		t := tallies[d.toks[i].key]
		if t == nil {
			t = &tally{}
			tallies[d.toks[i].key] = t
		}
		t.all++
		if d.speaks(i+1) && d.toks[i+1].class&isSpeech != 0 {
			t.speaks++
		}
		if i > 0 && d.toks[i].gap == gapSpace && beforeThings(d.toks[i-1].key) {
			t.thing++
		}
	}
	for _, i := range could {
		if t := tallies[d.toks[i].key]; t.thing == 0 && (t.speaks >= 2 || t.speaks == 1 && t.all >= 3) {
			d.add(i, i+1, find{rule: "speaker", confidence: 0.55})
		}
	}
}

// couldSpeak tells whether token i is one unknown capitalised word by itself.
func (d *doc) couldSpeak(i int) bool {
	tok := &d.toks[i]
	if tok.taken || tok.shape != shapeCapital || tok.kind != lineText || d.partAt(i) != partName {
		return false
	}
	if i > 0 && tok.gap == gapSpace && d.toks[i-1].shape == shapeCapital && !d.toks[i-1].lineStart && d.toks[i-1].class&(isCommon|isStop|isPlace) == 0 {
		return false
	}
	return !(i+1 < len(d.toks) && d.toks[i+1].gap == gapSpace && d.toks[i+1].shape == shapeCapital && !tok.owned)
}

// beforeThings: what stands after these words is a place or a thing.
func beforeThings(key string) bool {
	switch key {
	case "the", "in", "at", "near", "a", "an", "into", "across", "throughout", "these", "those", "some", "many", "all", "most", "other", "two":
		return true
	}
	return false
}
