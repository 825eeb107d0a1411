package people

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// titlePhrase is one entry of titles.txt.
type titlePhrase struct {
	words []string // folded, first to last
	shown string
	short bool // an abbreviation: shown has other words
}

// titles maps the last word of a title to the phrases that end with it, longest first.
var titles = sync.OnceValue(func() map[string][]titlePhrase {
	all := map[string][]titlePhrase{}
	for _, line := range dataLines("titles") {
		name, shown, short := strings.Cut(line, ": ")
		words := strings.Fields(strings.TrimSuffix(name, "."))
		if !short {
			shown = capitalize(name)
		}
		p := titlePhrase{words: words, shown: shown, short: short}
		last := words[len(words)-1]
		all[last] = append(all[last], p)
		for i := len(all[last]) - 1; i > 0 && len(all[last][i].words) > len(all[last][i-1].words); i-- {
			all[last][i], all[last][i-1] = all[last][i-1], all[last][i]
		}
	}
	return all
})

// title is what stands before a name.
type title struct {
	shown string
	from  int  // the token it begins with
	small bool // "adviser Boris Boillon": a word for what someone does, not a title proper
	// office is set where what the title is for stands between it and the name.
	office bool
	// plural titles hold for all names of a row: "Ambassadors Adamishin and Lukin".
	plural bool
}

// titleBefore finds the title that ends right before token i.
func (d *doc) titleBefore(i int) (title, bool) {
	if d.row.continues(d, i) {
		t := d.row.title
		t.from = i
		return t, true
	}
	if i == 0 || !d.joins(i) {
		return title{}, false
	}
	j := d.beforeBracket(i - 1)
	if t, ok := d.phraseEnding(j); ok {
		return t, true
	}
	if t, ok := d.titleWithOffice(j); ok {
		return t, true
	}
	if d.toks[j].shape == shapeLower && d.toks[j].class&isRole != 0 && !d.toks[j].owned {
		return title{shown: d.toks[j].key, from: j, small: true}, true
	}
	if key := d.toks[j].key; plural(key) && !d.toks[j].owned && d.toks[j].shape != shapeCaps {
		small := d.toks[j].shape == shapeLower
		t := title{shown: singular(key), from: j, small: small, plural: true}
		if !small {
			t.shown = capitalize(t.shown)
		}
		return d.withRanks(t, false), true
	}
	return title{}, false
}

// titlesBefore finds all titles in a row before token i: "Foreign Minister Sheikh Abdullah".
func (d *doc) titlesBefore(i int) (shown []string, small bool) {
	for {
		t, ok := d.titleBefore(i)
		if ok && (t.plural || d.row.continues(d, i)) {
			return []string{t.shown}, t.small
		}
		if !ok || len(shown) == 3 || len(shown) > 0 && t.small {
			return shown, small
		}
		small = t.small
		shown = append([]string{t.shown}, shown...)
		i = t.from
	}
}

// joins tells whether only blanks, or the dot of an abbreviation, part token i from the one before.
func (d *doc) joins(i int) bool {
	switch d.toks[i].gap {
	case gapSpace:
		return true
	case gapDot:
		return shortTitle(d.toks[i-1].key)
	case gapOther: // "Rear Admiral (reserve) Avriel Bar Josef"
		return d.toks[i].mark == ')' && i > 1 && d.toks[i-1].mark == '(' && d.toks[i-1].shape == shapeLower
	}
	return false
}

// beforeBracket steps over one small word in brackets that ends at token j.
func (d *doc) beforeBracket(j int) int {
	if j > 0 && d.toks[j].mark == '(' && d.toks[j].shape == shapeLower && j+1 < len(d.toks) && d.toks[j+1].mark == ')' {
		return j - 1
	}
	return j
}

func shortTitle(key string) bool {
	switch key {
	case "dr", "mr", "mrs", "ms", "gen", "lt", "col", "maj", "capt", "sgt", "adm", "brig", "cmdr", "cdr", "amb", "sen", "rep", "gov", "prof", "rev", "pres", "messrs", "st", "min", "del", "ltgen", "majgen", "sr", "hon":
		return true
	}
	return false
}

// phraseEnding finds the title whose last word is token j.
func (d *doc) phraseEnding(j int) (title, bool) {
	last := &d.toks[j]
	if last.class&isTitle == 0 || last.owned {
		return title{}, false
	}
	for _, p := range titles()[last.key] {
		from := j - len(p.words) + 1
		if from < 0 || !d.hasWords(from, p.words) {
			continue
		}
		if last.shape == shapeLower && len(p.words) == 1 && !smallTitle(last.key) {
			return title{}, false
		}
		return d.withRanks(title{shown: p.shown, from: from, small: last.shape == shapeLower}, p.short), true
	}
	return title{}, false
}

// smallTitle: titles that cables also write small before a name; "pm" or "major" so written are other words.
func smallTitle(key string) bool {
	switch key {
	case "major", "general", "head", "count", "chair", "chief", "lord", "lady", "charge", "rep", "del", "gen", "min", "pm", "mp", "md", "sir", "miss", "justice", "deputy":
		return false
	}
	return len(key) > 3
}

func (d *doc) hasWords(from int, words []string) bool {
	for k, w := range words {
		if d.toks[from+k].key != w || k > 0 && !d.joins(from+k) {
			return false
		}
	}
	return true
}

// withRanks joins the words before a title that belong to it: "Deputy Foreign Minister".
func (d *doc) withRanks(t title, short bool) title {
	shown := t.shown
	if honorific(d.toks[t.from].key) {
		return t
	}
	for t.from > 0 && d.joins(t.from) {
		tok := &d.toks[t.from-1]
		if d.toks[t.from].lineStart && tok.kind == lineList || tok.class&isRank == 0 || tok.owned || tok.shape == shapeLower != t.small || tok.kind == lineSkip {
			break
		}
		if formerly(tok.key) || military(d.toks[t.from].key) && !militaryRank(tok.key) {
			break
		}
		t.from--
		shown = capitalize(d.word(t.from)) + " " + shown
	}
	if t.small && !short {
		shown = strings.ToLower(shown)
	}
	t.shown = shown
	return t
}

// honorific: titles that another one can stand before, and that no rank joins.
func honorific(key string) bool {
	switch key {
	case "mr", "mrs", "ms", "miss", "messrs", "dr", "doctor", "sir", "sheikh", "shaykh", "shaikh", "sheik", "prof", "professor", "mullah", "maulana", "haji", "hajji", "imam", "king", "prince", "princess", "codel":
		return true
	}
	return false
}

// military ranks stand after an office, not within it: "Chief of Army Staff General Kayani".
func military(key string) bool {
	switch key {
	case "general", "admiral", "colonel", "captain", "major", "lieutenant", "commander", "marshal", "gen", "adm", "col", "lt", "maj", "capt":
		return true
	}
	return false
}

func militaryRank(key string) bool {
	switch key {
	case "brigadier", "lieutenant", "major", "rear", "vice", "senior", "chief", "first", "second", "field", "air", "secretary", "attorney", "director", "consul", "inspector", "solicitor", "deputy",
		"supreme", "force", "forces", "naval", "military", "regional", "district", "colonel", "assistant":
		return true
	}
	return false
}

// formerly: words that say when, not what.
func formerly(key string) bool {
	switch key {
	case "former", "ex", "interim", "acting", "outgoing", "incoming", "caretaker":
		return true
	}
	return false
}

// titleWithOffice finds "Minister of State for Petroleum Resources" where token j is its last word.
func (d *doc) titleWithOffice(j int) (title, bool) {
	const reach = 10
	if d.toks[j].shape == shapeLower {
		return title{}, false
	}
	connected := false
	for k := j; k > 0 && j-k < reach; k-- {
		tok := &d.toks[k]
		if k < j && d.toks[k+1].gap != gapSpace || tok.kind == lineSkip {
			return title{}, false
		}
		if connected && tok.class&isTitle != 0 && tok.shape != shapeLower {
			if t, ok := d.phraseEnding(k); ok {
				t.shown += " " + d.office(k+1, j)
				t.office = true
				return t, true
			}
		}
		switch {
		case tok.shape == shapeLower:
			if !connector(tok.key) {
				return title{}, false
			}
			connected = tok.key == "of" || tok.key == "for" || tok.key == "to" || tok.key == "at" || tok.key == "in" || connected && tok.key == "the"
		case tok.shape == shapeInitial || tok.class&(isGiven|isKnown) != 0 && tok.class&(isCommon|isPlace) == 0, tok.owned && tok.class&^isPhrase == 0:
			return title{}, false
		default:
			connected = false
		}
	}
	return title{}, false
}

func connector(key string) bool {
	switch key {
	case "of", "for", "to", "the", "and", "on", "at", "in", "de":
		return true
	}
	return false
}

func (d *doc) office(from, to int) string {
	words := make([]string, 0, to-from+1)
	for k := from; k <= to; k++ {
		if d.toks[k].shape == shapeLower {
			words = append(words, d.toks[k].key)
			continue
		}
		words = append(words, capitalize(d.word(k)))
	}
	return strings.Join(words, " ")
}

// titleAfter finds the title in ", Foreign Minister of France" after the name that ends before token i.
func (d *doc) titleAfter(i int) (string, bool) {
	shown, _, ok := d.findTitleAfter(i)
	return shown, ok
}

// findTitleAfter is titleAfter with the token that the title begins with.
func (d *doc) findTitleAfter(i int) (shown string, from int, ok bool) {
	if i >= len(d.toks) || d.toks[i].gap != gapComma {
		return "", 0, false
	}
	for k := i; k < len(d.toks) && k < i+6; k++ {
		tok := &d.toks[k]
		if k > i && d.toks[k].gap != gapSpace {
			return "", 0, false
		}
		if tok.class&isTitle != 0 && !(k+1 < len(d.toks) && d.toks[k+1].class&isTitle != 0 && d.toks[k+1].gap == gapSpace) {
			t, ok := d.phraseEnding(k)
			if !ok || t.from > i+3 {
				return "", 0, false
			}
			return t.shown + d.officeAfter(k+1), t.from, true
		}
		if tok.shape == shapeLower && tok.key != "the" && tok.key != "a" && tok.key != "an" && tok.class&(isRank|isRole) == 0 {
			return "", 0, false
		}
	}
	return "", 0, false
}

// officeAfter is what a title is for, " of Justice", where that follows at token i; else empty.
func (d *doc) officeAfter(i int) string {
	const reach = 6
	if i+1 >= len(d.toks) || d.toks[i].gap != gapSpace || !connector(d.toks[i].key) || d.toks[i-1].owned {
		return ""
	}
	to := i
	for k := i; k < len(d.toks) && k < i+reach && d.toks[k].gap == gapSpace; k++ {
		tok := &d.toks[k]
		if tok.shape == shapeCapital || tok.shape == shapeCaps {
			to = k + 1
		} else if !connector(tok.key) {
			break
		}
		if tok.owned {
			break
		}
	}
	if to == i {
		return ""
	}
	return " " + d.office(i, to-1)
}

// capitalize writes a title in normal case: "FOREIGN MINISTER" and "foreign
// minister" give "Foreign Minister"; short words in capitals are abbreviations and stay.
func capitalize(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if i > 0 && connector(strings.ToLower(w)) {
			words[i] = strings.ToLower(w)
			continue
		}
		if len(w) <= 3 && strings.ToUpper(w) == w {
			continue
		}
		if strings.ToUpper(w) == w {
			w = strings.ToLower(w)
		}
		r, n := utf8.DecodeRuneInString(w)
		words[i] = strings.ToUpper(string(r)) + w[n:]
		if w == "d'affaires" {
			words[i] = "d'Affaires"
		}
	}
	return strings.Join(words, " ")
}
