package people

import "strings"

// row is a row of words that could be a name.
type row struct {
	from, to int
	e        evidence
}

// evidence is what speaks for a name.
type evidence struct {
	score  float64
	titles []string
	rule   string
}

func (e *evidence) support(score float64, rule string) {
	e.score += score
	if e.rule == "" {
		e.rule = rule
	}
}

func (d *doc) evidence(from, to int) evidence {
	var e evidence
	e.score = 1
	if shown, small := d.titlesBefore(from); small {
		e.support(3, "role and name")
		e.titles = shown
	} else if len(shown) > 0 {
		e.support(4, "title and name")
		e.titles = shown
	}
	d.wordEvidence(&e, from, to)
	if t, ok := d.titleAfter(to); ok {
		e.support(2, "name and title")
		e.titles = append(e.titles, t)
	}
	d.contextEvidence(&e, from, to)
	if e.rule == "" {
		e.rule = "row of names"
	}
	return e
}

// wordEvidence looks at the words of the name itself.
func (d *doc) wordEvidence(e *evidence, from, to int) {
	for i := from; i < to; i++ {
		tok := &d.toks[i]
		last := i == to-1
		switch {
		case tok.class&isGiven != 0 && !last:
			score := 3.0
			if tok.class&isPlace != 0 {
				score = 1
			}
			if i > from {
				score /= 2
			}
			e.support(score, "given name and surname")
		case tok.class&isKnown != 0:
			e.support(2.5, "known surname")
		case d.partAt(i) == partInitial:
			e.support(2, "initial and surname")
		case tok.class&isGiven != 0 && tok.class&(isCommon|isPlace|isStop) == 0 && i > from && !d.toks[from].lineStart && d.toks[from].class&^isPhrase == 0:
			e.support(1.5, "two given names") // "Uday Hussein"
		case !last && startsLikeGiven(tok.key):
			e.support(2.5, "given name and surname")
		case last && tok.class&^isPhrase == 0 && endsLikeSurname(tok.key):
			e.support(1.5, "row of names")
		case strings.HasPrefix(tok.key, "al-"), strings.HasPrefix(tok.key, "el-"), i > from && arabicParticle(tok.key):
			e.support(2, "particle")
		}
	}
	if words := nameWords(d.form(from, to)); eastern(words) {
		e.support(2.5, "family name first")
	}
	if nobiliary(d.toks[from].key) {
		e.support(0.5, "particle")
	}
}

func arabicParticle(key string) bool {
	return key == "bin" || key == "ibn" || key == "bint" || key == "abu" || key == "al"
}

// contextEvidence looks at what stands around the name.
func (d *doc) contextEvidence(e *evidence, from, to int) {
	if d.speaks(to) {
		e.support(1.5, "speaker")
	}
	if to < len(d.toks) {
		next := &d.toks[to]
		switch {
		case d.thingAfter(to):
			e.score -= 4
		case next.gap == gapComma && next.key == "who", next.mark == '(' && partyMark(next.key):
			e.support(2, "name and description")
		case next.gap == gapComma && next.class&isRole != 0, next.gap == gapComma && (next.key == "a" || next.key == "the" || next.key == "an"):
			e.support(1, "name and description")
		}
	}
	if from > 0 && d.toks[from].gap == gapSpace {
		before := &d.toks[from-1]
		switch {
		case before.key == "the" || placePrefix(before.key):
			e.score -= 3
		case institution(before.key) && before.shape == shapeCapital:
			e.score -= 4
		case before.key == "by" || before.key == "with" || before.key == "told" || before.key == "met":
			e.support(0.5, "row of names")
		}
	}
	if d.described(from, to) {
		e.support(2, "description and name")
	}
	if d.item(from, to) {
		e.support(1.5, "item of a list")
	}
	if d.toks[from].kind == lineList && d.toks[from].lineStart {
		e.support(2, "list of participants")
	}
	if d.toks[from].kind == lineCaps {
		e.score--
	}
}

// thingAfter tells whether the word at token i, or the two from there on, make a
// thing of the name before: "Report", "Industrial Group".
func (d *doc) thingAfter(i int) bool {
	for k := i; k < len(d.toks) && k < i+2; k++ {
		tok := &d.toks[k]
		if d.toks[k-1].owned || tok.gap != gapSpace || tok.shape == shapeLower {
			return false
		}
		if tok.class&isOrg != 0 {
			return k == i || !surnameLike(tok.key)
		}
		if tok.class&isCommon == 0 {
			return false
		}
	}
	return false
}

// described tells a name between commas, or before a full stop, behind what the person is: "a
// representative of the presidency, Houria Khiari,".
func (d *doc) described(from, to int) bool {
	const reach = 5
	if from == 0 || d.toks[from].gap != gapComma || d.toks[from-1].shape != shapeLower || to < len(d.toks) && d.toks[to].gap == gapSpace {
		return false
	}
	for k := from - 1; k >= 0 && from-k <= reach; k-- {
		tok := &d.toks[k]
		if tok.shape == shapeLower && tok.class&(isRole|isTitle) != 0 {
			return true
		}
		if tok.gap != gapSpace {
			return false
		}
	}
	return false
}

// item tells a name that is all that stands behind a dash or a colon: "--Justice - Sarwar Danish (Hazara)."
func (d *doc) item(from, to int) bool {
	tok := &d.toks[from]
	if from == 0 || tok.lineStart || tok.gap != gapOther || tok.mark != '-' && tok.mark != ':' || int(tok.start-d.toks[from-1].end) < 2 {
		return false
	}
	return to == len(d.toks) || d.toks[to].mark == '(' || d.toks[to].lineStart || d.toks[to].gap == gapDot
}

// institution tells words that are followed by the name of someone whom they only honour.
func institution(key string) bool {
	switch key {
	case "university", "universidad", "universite", "college", "hospital", "school", "lycee", "avenue", "avenida", "calle", "plaza", "place", "rue", "stadium", "airport", "airfield", "museum", "mosque", "theater", "theatre", "bridge", "square", "park", "stade", "palacio", "palais":
		return true
	}
	return false
}

// partyMark tells the party in "Representative Tim Murphy (R, PA)".
func partyMark(key string) bool {
	return key == "d" || key == "r" || strings.HasPrefix(key, "d-") || strings.HasPrefix(key, "r-")
}

// placePrefix tells words that make a place or a thing of the name after them.
func placePrefix(key string) bool {
	switch key {
	case "san", "santa", "santo", "sao", "st", "saint", "fort", "port", "camp", "mount", "mt", "lake", "cape", "operation", "uss", "hms", "jebel", "jabal", "wadi",
		"tel", "puerto", "rio", "ciudad", "villa", "los", "las", "new", "north", "south", "east", "west", "project", "exercise", "gulf", "hotel", "fm102", "team", "plan", "code-named":
		return true
	}
	return false
}

// speaks tells whether token i is what people do after their name.
func (d *doc) speaks(i int) bool {
	return i < len(d.toks) && d.toks[i].gap == gapSpace && d.toks[i].shape == shapeLower && d.toks[i].class&isVerb != 0 && !d.toks[i-1].owned
}
