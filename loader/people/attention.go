package people

import "strings"

// findAttention finds for whom a cable is: "NSC FOR B. WALCH", "TREASURY FOR
// CURTIS, ATWOOD AND SCHLAGENHAUF", "S/WCI (SHIN, STAMILIO)".
func (d *doc) findAttention() {
	open := false // after FOR, ATTN or an opening bracket: names may follow
	for i := 0; i < len(d.toks); i++ {
		tok := &d.toks[i]
		if tok.kind != lineAttention {
			open = false
			continue
		}
		if tok.lineStart && tok.mark != ',' && (tok.gap == gapBlank || d.addressed(i)) {
			open = false
		}
		switch {
		case tok.key == "for" || tok.key == "attn" || tok.key == "attention":
			open = true
			continue
		case tok.key == "pass" || tok.key == "to":
			open = false
			continue
		case tok.mark == '(' || tok.mark == '-' || tok.mark == '/':
			open = open || tok.mark != '/'
		}
		if !open || tok.taken {
			continue
		}
		if to := d.attentionName(i); to > i {
			f := find{rule: "attention line", confidence: 0.7, full: to-i > 1 && !nobiliary(tok.key)}
			if t, ok := d.titleBefore(i); ok {
				f.titles = []string{t.shown}
			}
			d.add(i, to, f)
			i = to - 1
		}
	}
}

// addressed tells whether the line that starts at token i says for whom it is; one
// that does not goes on with the line above: "DEPT FOR JUAN GONZALEZ, WHA" and "BILL MCILHENNY".
func (d *doc) addressed(i int) bool {
	for k := i; k < len(d.toks) && (k == i || !d.toks[k].lineStart); k++ {
		switch d.toks[k].key {
		case "for", "pass", "attn", "attention", "also":
			return true
		}
	}
	return false
}

// attentionName returns the end of the name that starts at token i, or i.
func (d *doc) attentionName(i int) int {
	to := i
	for to < len(d.toks) && d.toks[to].kind == lineAttention {
		tok := &d.toks[to]
		if to > i && (tok.lineStart || tok.gap != gapSpace && !(tok.gap == gapDot && d.toks[to-1].shape == shapeInitial)) {
			break
		}
		if !d.attentionWord(to) && tok.shape != shapeInitial && !(to == i && d.addressee(i)) {
			break
		}
		to++
	}
	if to == i+1 && d.officeAt(i) {
		return i
	}
	if to == i || d.toks[to-1].shape == shapeInitial || to-i > 3 {
		return i
	}
	if to < len(d.toks) && d.toks[to].gap == gapOther && d.toks[to].mark == '/' && !d.toks[to].lineStart && !d.attentionWord(to) {
		return i // "EUR/PRA" is an office
	}
	return to
}

// addressee tells a name that is a title or a short word as well, alone after FOR or a title: "LONDON FOR LORD", "FOR GENERAL HAM".
func (d *doc) addressee(i int) bool {
	tok := &d.toks[i]
	if i == 0 || tok.gap != gapSpace || i+1 < len(d.toks) && !d.toks[i+1].lineStart && d.toks[i+1].gap == gapSpace {
		return false
	}
	before := &d.toks[i-1]
	return before.key == "for" && surnameLike(tok.key) && tok.class&isPlace == 0 ||
		military(before.key) && !before.lineStart && len(tok.key) >= 3 && tok.class&(isTitle|isRank|isStop|isOrg) == 0
}

// officeAt tells a word that alone is an office: behind a stroke a short one, "EUR/CARC"; behind "OF" any.
func (d *doc) officeAt(i int) bool {
	tok := &d.toks[i]
	if i > 0 && d.toks[i-1].key == "of" && !tok.lineStart {
		return true
	}
	return tok.gap == gapOther && tok.mark == '/' && len(tok.key) < 5 && tok.class&(isGiven|isKnown) == 0 && !surnameLike(tok.key)
}

// attentionWord tells whether a word of an attention line can be a name: no
// office, no place, and not an abbreviation.
func (d *doc) attentionWord(i int) bool {
	tok := &d.toks[i]
	if tok.shape != shapeCaps && tok.shape != shapeCapital || len(tok.key) < 3 || strings.Contains(tok.key, "/") {
		return false
	}
	if tok.class&(isGiven|isKnown|isEast) != 0 && tok.class&isPlace == 0 {
		return true
	}
	if tok.class&(isPlace|isStop|isTitle|isRank) != 0 || tok.class&isOrg != 0 && !surnameLike(tok.key) {
		return false
	}
	if tok.class&isCommon != 0 {
		return surnameLike(tok.key)
	}
	office, _, _ := strings.Cut(tok.key, "-") // "USFOR-A"
	return !abbreviation(office) && (tok.shape == shapeCapital || len(tok.key) >= 4)
}

// abbreviation tells words that no one could say: without a vowel, or of the kind that offices bear.
func abbreviation(key string) bool {
	if !strings.ContainsAny(key, "aeiouy") {
		return true
	}
	switch key {
	case "usau", "acss", "usaid", "ustr", "ustda", "opic", "exim", "usdoe", "usdoc", "usda", "eucom", "centcom", "africom", "southcom", "pacom", "dhs", "doj", "fbi",
		"doe", "epa", "faa", "inr", "eur", "nea", "wha", "eap", "sca", "isn", "vci", "eeb", "oes", "prm", "drl", "inl", "usun", "useu", "usnato", "usoecd", "unvie",
		"state", "naca", "saca", "osd", "oasd", "jcs", "joint", "nsc", "omb", "ondcp", "ofac", "fincen", "uscinceur", "ofda", "usfor", "isaf", "ctag", "tias", "noaa", "nasa",
		"unga", "unsc", "iaea", "opcw", "unesco", "unhcr", "ecowas", "opec", "nato", "asean", "oecd", "polad", "cjtf", "dea", "ice", "cia", "dia", "nga", "nsa", "tsa", "cbp", "uscis", "embassy",
		"nnsa", "scaa", "inscom", "usaf", "usmc", "usn", "jfcom", "stratcom", "usdao", "icass", "amembassy", "amconsul", "oasia", "itaic", "spp", "bio", "opa", "gwot", "asec", "unclas", "ovip", "sipdis", "legat", "legatt":
		return true
	}
	return false
}

// surnameLike tells words of the language that are well-known surnames as well.
func surnameLike(key string) bool {
	switch key {
	case "hill", "wall", "law", "hall", "house", "park", "west", "north", "field", "fields", "banks", "church", "bridge", "lake", "lodge", "brooks", "rivers", "ward",
		"fleet", "street", "bush", "king", "pope", "bishop", "judge", "major", "marshal", "baron", "prince", "lord", "count", "mayor", "gates", "rice", "brown", "burns",
		"powell", "gray", "grey", "green", "white", "black", "young", "long", "short", "wood", "woods", "stone", "day", "cook", "cooper", "baker", "butler", "carter",
		"carpenter", "fisher", "hunter", "hunt", "fox", "wolf", "wolfe", "bell", "ball", "best", "rush", "cross", "straw", "strong", "sharp", "sharpe", "little", "small", "moody",
		"person", "price", "rose", "reed", "love", "moon", "snow", "frost", "winter", "winters", "summers", "sessions", "blank", "bright", "noble", "walker", "turner", "taylor", "tanner",
		"potter", "miller", "mills", "page", "porter", "parker", "pierce", "poe", "pound", "power", "powers", "read", "ross", "rowe", "sanders", "savage", "shell", "singer", "skinner",
		"smith", "spence", "steel", "sterling", "swift", "temple", "waters", "webb", "wells", "wise", "worth", "wright", "bond", "booth", "bolt", "buck", "burn", "case", "cash", "chase", "child",
		"coats", "cole", "crane", "crow", "dean", "drew", "dodd", "duke", "eagle", "early", "farmer", "ferry", "finch", "flood", "flowers", "ford", "forest", "fried", "fuller", "gardner",
		"glass", "goody", "grant", "grave", "graves", "hart", "hand", "heath", "holder", "holmes", "hood", "hope", "horn", "hughes", "jewell", "jordan", "joy", "justice", "keen", "kelly", "kirk",
		"knight", "lamb", "lane", "lord's", "marsh", "mason", "may", "moss", "nash", "newton", "oakley", "paine", "palm", "park's", "peace", "pond", "pride", "read's", "rich", "root",
		"sage", "salt", "sand", "sandy", "self", "shields", "silver", "spear", "spring", "stern", "swan", "thorn", "tower", "towns", "train", "trout", "twist", "weaver", "weeks", "well", "wilder", "winner", "yost",
		"bono", "leon", "levin", "cardin", "mullen", "casey", "bond's", "kyl", "shin", "hague", "israel", "washington", "lincoln", "cheney", "nelson", "holland", "england", "ireland", "paris", "london", "berlin",
		"trinidad", "cordoba", "valencia", "murcia", "burgos", "toledo", "aragon", "medina", "navarra", "lima", "victoria", "santiago", "florence", "houston", "dallas", "austin", "troy", "milan", "york":
		return true
	}
	return false
}
