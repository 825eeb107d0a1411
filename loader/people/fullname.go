package people

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// part is what a word can be inside a name.
type part uint8

const (
	partNone     part = iota
	partGiven         // a given name
	partName          // a word that no list has
	partKnown         // a public figure's surname
	partSoft          // a word or place that can end a name: Gates, Israel
	partInitial       // B.
	partParticle      // Van, Abu, al
	partSuffix        // Jr, III
)

// findNames goes over the sentences and judges each row of words that could be a name.
func (d *doc) findNames() {
	for i := 0; i < len(d.toks); {
		tok := &d.toks[i]
		if tok.shape == shapeLower || tok.taken || !tok.readable() {
			i++
			continue
		}
		to := d.extend(i)
		switch {
		case to == i:
			if !d.softSurname(i) {
				i++
				continue
			}
			to = i + 1
		case d.surnameLength(i, to):
			if d.surname(i, to) {
				break
			}
			to = i + 1
		default:
			d.fullName(i, to)
		}
		i = max(to, i+1)
	}
}

// readable tells whether names are looked for in the token's line.
func (t *token) readable() bool {
	return t.kind == lineText || t.kind == lineCaps || t.kind == lineList || t.kind == lineClassifier
}

// partAt judges token i as a part of a name.
func (d *doc) partAt(i int) part {
	tok := &d.toks[i]
	if tok.taken || !tok.readable() {
		return partNone
	}
	switch tok.shape {
	case shapeNumber, shapeLower:
		return partNone
	case shapeInitial:
		if d.initial(i) {
			return partInitial
		}
		return partNone
	case shapeCaps:
		if tok.kind != lineCaps {
			return d.capsPart(i)
		}
		if suffix(tok.key) {
			return partSuffix
		}
	}
	if (tok.key == "jr" || tok.key == "sr") && i > 0 {
		return partSuffix
	}
	return wordPart(tok)
}

func wordPart(tok *token) part {
	c := tok.class
	switch {
	case nobiliary(tok.key):
		return partParticle
	case c&isKnown != 0:
		return partKnown
	case c&isGiven != 0 && c&isCommon == 0 && (c&(isPlace|isTitle|isStop) == 0 || tok.shape == shapeCapital && c&isPlace == 0 && c&isStop == 0):
		return partGiven
	case c&isGiven != 0 && tok.shape == shapeCapital && c&(isTitle|isStop) == 0:
		return partSoft
	case c&(isStop|isTitle|isRank|isOrg) != 0:
		if surnameLike(tok.key) && c&isStop == 0 {
			return partSoft
		}
		return partNone
	case c&(isCommon|isPlace) != 0:
		return partSoft
	case redacted(tok.key), plural(tok.key), strings.Contains(tok.key, "/"), tok.kind == lineCaps && (len(tok.key) < 4 || abbreviation(tok.key)):
		return partNone
	}
	return partName
}

// capsPart judges a word in capitals among words in mixed case: "Bernard KOUCHNER" is a
// name, "NATO" is not.
func (d *doc) capsPart(i int) part {
	tok := &d.toks[i]
	switch {
	case suffix(tok.key):
		return partSuffix
	case tok.class&isKnown != 0 && len(tok.key) >= 5:
		return partKnown
	case tok.class != 0 && tok.class&isGiven == 0, len(tok.key) < 4, abbreviation(tok.key), redacted(tok.key):
		return partNone
	case i > 0 && d.toks[i].gap == gapSpace && (d.toks[i-1].class&(isGiven|isTitle) != 0 || d.toks[i-1].taken):
		return partName
	}
	return partNone
}

// initial tells the "B." of a name from the article and the pronoun, and from list letters.
func (d *doc) initial(i int) bool {
	if i+1 >= len(d.toks) || d.toks[i].owned {
		return false
	}
	next := &d.toks[i+1]
	if d.dottedCountry(i) {
		return false
	}
	if next.gap != gapDot && next.gap != gapSpace && !(next.gap == gapOther && next.mark == '.') {
		return false
	}
	if next.gap == gapSpace && (d.toks[i].key == "a" || d.toks[i].key == "i" || d.toks[i].lineStart) {
		return false
	}
	if i > 0 && d.toks[i].lineStart && d.toks[i].mark == '\\' {
		return false
	}
	return next.shape == shapeCapital || next.shape == shapeInitial || next.shape == shapeCaps
}

// dottedCountry tells the letters of "U.S." and "U.K." from initials.
func (d *doc) dottedCountry(i int) bool {
	if d.toks[i].key == "u" {
		i++
	}
	if i == 0 || i >= len(d.toks) || d.toks[i-1].key != "u" || d.toks[i].start-d.toks[i-1].end != 1 {
		return false
	}
	return d.toks[i].shape == shapeInitial && strings.ContainsAny(d.toks[i].key, "snka")
}

func redacted(key string) bool { return strings.Contains(key, "xxxx") || strings.Trim(key, "x") == "" }

// extend returns the end of the longest row of name parts that starts at token i; i where none does.
func (d *doc) extend(i int) int {
	first := d.partAt(i)
	switch first {
	case partGiven, partName, partKnown:
	case partInitial:
	case partParticle:
		if i+1 >= len(d.toks) || !d.links(i+1) || !strongPart(d.partAt(i+1)) {
			return i
		}
	case partSoft:
		if !d.softStart(i) {
			return i
		}
	default:
		return i
	}
	if first == partName && len(d.toks[i].key) > 5 && strings.HasSuffix(d.toks[i].key, "ing") && i+1 < len(d.toks) && d.links(i+1) && strongPart(d.partAt(i+1)) {
		return i // "Ousting Brown"
	}
	to, closed := i+1, (first == partName || first == partKnown) && !d.opens(i)
	for to < len(d.toks) && to-i < 7 && d.links(to) {
		next := d.partAt(to)
		switch {
		case next == partInitial && to+1 < len(d.toks) && d.links(to+1) && strongPart(d.partAt(to+1)), next == partSuffix:
		case next == partName && first == partKnown && to == i+1 && d.toks[i].class&isGiven == 0 && (d.toks[i].kind == lineCaps || !d.hasSentence(i)):
			return to // "SARKOZY SWEEPS MOROCCO": a headline
		case strongPart(next):
			closed = closed || next != partGiven
		case next == partParticle && to+1 < len(d.toks) && d.links(to+1) && strongPart(d.partAt(to+1)):
		case d.innerParticles(to) > to:
			to = d.innerParticles(to)
			closed = true
		case next == partSoft && !closed && d.softEnd(i, to):
			if to+1 >= len(d.toks) || !d.links(to+1) || !strongPart(d.partAt(to+1)) {
				return to + 1
			}
			closed = true
		case next == partNone && d.plainEnd(i, to, closed):
			return to + 1
		default:
			return d.trim(i, to)
		}
		to++
	}
	return d.trim(i, to)
}

// opens tells an unknown given name right behind a title, with a surname that is a word as well: "Secretary Condoleeza Rice".
func (d *doc) opens(i int) bool {
	if i+1 >= len(d.toks) || d.toks[i].shape != shapeCapital || !d.links(i+1) || !surnameLike(d.toks[i+1].key) || d.partAt(i+1) != partSoft {
		return false
	}
	t, ok := d.titleBefore(i)
	return ok && !t.small
}

// softStart: a word that is a given name too begins a name, and right after a
// title any word does: "Senior General Than Shwe".
func (d *doc) softStart(i int) bool {
	tok := &d.toks[i]
	if i+1 >= len(d.toks) || !d.links(i+1) || !strongPart(d.partAt(i+1)) {
		return false
	}
	if tok.class&isGiven != 0 {
		return tok.gap == gapSpace && !tok.lineStart || d.toks[i+1].class&(isCommon|isPlace) == 0 && tok.class&isGiven != 0 && !auxiliary(tok.key)
	}
	if tok.kind != lineText || tok.class&(isPlace|isVerb|isOrg|isRank) != 0 || d.toks[i+1].shape != shapeCapital {
		return false
	}
	t, ok := d.titleBefore(i)
	return ok && !t.small && !t.office && d.hasSentence(i)
}

// auxiliary: given names that more often are the small word, at the start of a sentence.
func auxiliary(key string) bool {
	return key == "will" || key == "may" || key == "said" || key == "ever" || key == "bill" || key == "ran" || key == "per"
}

func strongPart(p part) bool { return p == partGiven || p == partName || p == partKnown }

// links tells whether token i can go on with the name that token i-1 belongs to.
func (d *doc) links(i int) bool {
	tok, before := &d.toks[i], &d.toks[i-1]
	if before.owned || tok.kind != before.kind && tok.kind != lineText && before.kind != lineText {
		return false
	}
	if tok.lineStart && (tok.kind == lineList || before.kind != tok.kind) {
		return false
	}
	switch tok.gap {
	case gapSpace:
		return true
	case gapDot:
		return before.shape == shapeInitial && !tok.lineStart || before.shape == shapeInitial && tok.shape == shapeCapital
	case gapComma:
		return tok.key == "jr" || tok.key == "sr"
	case gapOther:
		return tok.mark == '.' && before.shape == shapeInitial && int(tok.start-before.end) == 1
	}
	return false
}

// innerParticles returns the last of the small particles that start at token i where a name follows, else i-1.
func (d *doc) innerParticles(i int) int {
	k := i
	for k < len(d.toks) && k < i+2 && d.toks[k].shape == shapeLower && innerParticle(d.toks[k].key) && d.links(k) {
		k++
	}
	if k == i || k >= len(d.toks) || !d.links(k) || !strongPart(d.partAt(k)) {
		return i - 1
	}
	return k
}

// softEnd: a word or a place ends a name after given names and initials: Robert Gates, Steve Israel.
func (d *doc) softEnd(from, to int) bool {
	tok := &d.toks[to]
	if tok.kind == lineCaps && !surnameLike(tok.key) {
		return false
	}
	if tok.class&isPlace != 0 && demonym(tok.key) || d.toks[from].class&isPlace != 0 && to == from+1 {
		return false
	}
	return tok.class&isVerb == 0 && (surnameLike(tok.key) || tok.kind == lineList || d.hasSentence(to))
}

// demonym tells "Cuban" and "Chinese", which end no name, from "Lagos" and "Israel", which can.
func demonym(key string) bool {
	for _, e := range []string{"an", "ans", "ese", "ish", "is", "ch"} {
		if strings.HasSuffix(key, e) {
			return key != "jordan" && key != "milan"
		}
	}
	return false
}

// plainEnd: a title or another word that is a name as well ends a name where
// nothing in capitals follows: "Segolene Royal", "Sughra Hussain Imam".
func (d *doc) plainEnd(from, to int, closed bool) bool {
	tok := &d.toks[to]
	if tok.taken || tok.shape != shapeCapital || tok.kind == lineCaps || tok.class&isStop != 0 || tok.class&isVerb != 0 {
		return false
	}
	if to+1 < len(d.toks) && d.toks[to+1].gap == gapSpace && d.toks[to+1].shape != shapeLower && !tok.owned {
		return false
	}
	if tok.class&isGiven != 0 {
		return true
	}
	return !closed && tok.class&(isTitle|isOrg) == 0 && d.toks[from].class&isGiven != 0 && d.toks[from].class&isPlace == 0
}

// trim gives back what can't end a name.
func (d *doc) trim(i, to int) int {
	for to > i {
		switch d.partAt(to - 1) {
		case partInitial, partParticle:
			to--
			continue
		}
		return to
	}
	return to
}

// surnameLength tells a surname from a full name: one word, or a particle and one word.
func (d *doc) surnameLength(i, to int) bool {
	for to > i+1 && d.partAt(to-1) == partSuffix && roman(d.toks[to-1].key) {
		to--
	}
	return to == i+1 || to == i+2 && nobiliary(d.toks[i].key)
}

// fullName judges a row of two or more name words.
func (d *doc) fullName(from, to int) {
	if to-from > 2 && from > 0 && d.toks[from-1].key == "of" && d.partAt(from) == partName && d.partAt(from+1) == partGiven {
		from++ // "Mayor of Mulhouse Jean-Marie Bockel"
	}
	e := d.evidence(from, to)
	if e.score < 2.5 {
		if e.score >= 1 && d.toks[from].kind != lineCaps {
			d.rows = append(d.rows, row{from, to, e})
		}
		return
	}
	f := find{titles: e.titles, rule: e.rule, confidence: min(0.5+e.score/16, 0.98), full: true}
	if d.toks[from].kind == lineClassifier {
		f.role = graph.RoleClassifier
	}
	d.noteRow(from, to)
	start := d.withParticle(from)
	if start < from && len(f.titles) == 0 {
		f.titles, _ = d.titlesBefore(start)
	}
	f.full = start == from || to-from < 3 || !innerParticle(d.toks[from+1].key) // "de Bousquet de Florian" is a surname
	d.add(start, to, f)
}

// noteRow keeps a plural title for the names that follow.
func (d *doc) noteRow(from, to int) {
	if t, ok := d.titleBefore(from); ok && (t.plural || d.row.continues(d, from)) {
		t.plural = true
		d.row = titleRow{t, to}
	}
}

// withParticle steps back over the small particles that begin a surname: "de Hoop Scheffer", "al Otaiba".
func (d *doc) withParticle(from int) int {
	for from > 0 && d.toks[from].gap == gapSpace && d.toks[from-1].shape == shapeLower && innerParticle(d.toks[from-1].key) && !d.toks[from-1].taken {
		from--
	}
	return from
}
