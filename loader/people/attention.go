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
		if tok.lineStart && tok.mark != ',' {
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

// attentionName returns the end of the name that starts at token i, or i.
func (d *doc) attentionName(i int) int {
	to := i
	for to < len(d.toks) && d.toks[to].kind == lineAttention {
		tok := &d.toks[to]
		if to > i && (tok.lineStart || tok.gap != gapSpace && !(tok.gap == gapDot && d.toks[to-1].shape == shapeInitial)) {
			break
		}
		if !d.attentionWord(to) && tok.shape != shapeInitial {
			break
		}
		to++
	}
	if to == i || d.toks[to-1].shape == shapeInitial || to-i > 3 {
		return i
	}
	if to < len(d.toks) && d.toks[to].gap == gapOther && d.toks[to].mark == '/' && !d.toks[to].lineStart && !d.attentionWord(to) {
		return i // "EUR/PRA" is an office
	}
	return to
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
	return !abbreviation(tok.key) && (tok.shape == shapeCapital || len(tok.key) >= 4)
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
		"inscom", "usaf", "usmc", "usn", "jfcom", "stratcom", "usdao", "icass", "amembassy", "amconsul", "oasia", "itaic", "spp", "bio", "opa", "gwot", "asec", "unclas", "ovip", "sipdis", "legat", "legatt":
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
		"coats", "cole", "crane", "crow", "dean", "drew", "dodd", "duke", "eagle", "early", "farmer", "ferry", "finch", "flood", "flowers", "ford", "forest", "french", "fried", "fuller", "gardner",
		"glass", "goody", "grant", "grave", "graves", "hart", "hand", "heath", "holder", "holmes", "hood", "hope", "horn", "hughes", "jewell", "jordan", "joy", "justice", "keen", "kelly", "kirk",
		"knight", "lamb", "lane", "lord's", "marsh", "mason", "may", "moss", "nash", "newton", "oakley", "paine", "palm", "park's", "peace", "pond", "pride", "read's", "rich", "root",
		"sage", "salt", "sand", "sandy", "self", "shields", "silver", "spear", "spring", "stern", "swan", "thorn", "tower", "towns", "train", "trout", "twist", "weaver", "weeks", "well", "wilder", "winner", "yost",
		"bono", "leon", "levin", "cardin", "mullen", "casey", "bond's", "kyl", "shin", "hague", "israel", "washington", "lincoln", "cheney", "nelson", "holland", "england", "ireland", "paris", "london", "berlin",
		"trinidad", "cordoba", "valencia", "murcia", "burgos", "toledo", "aragon", "medina", "navarra", "lima", "victoria", "santiago", "florence", "houston", "dallas", "austin", "troy", "milan", "york":
		return true
	}
	return false
}
