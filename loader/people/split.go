package people

import (
	"slices"
	"strings"
)

// seam is where a token is to be parted.
type seam struct{ token, at int }

// splitGlued parts words that a hyphen glues to a name: the office in USTDA-PAUL
// MARIN, the stance in pro-Karzai, the partner in Medvedev-Putin.
func splitGlued(toks []token) []token {
	var seams []seam
	for i := range toks {
		if at := glue(&toks[i]); at > 0 {
			seams = append(seams, seam{i, at})
		}
	}
	end := len(toks)
	toks = slices.Grow(toks, len(seams))[:end+len(seams)]
	for k, s := range slices.Backward(seams) { // from the end, so that each token moves once
		copy(toks[s.token+k+2:], toks[s.token+1:end])
		toks[s.token+k], toks[s.token+k+1] = halves(toks[s.token], s.at)
		end = s.token
	}
	return toks
}

// halves parts a token at a byte of its key.
func halves(tok token, at int) (left, right token) {
	left, right = tok, tok
	left.key, left.end, left.runeEnd, left.owned = tok.key[:at], tok.start+int32(at), tok.runeStart+int32(at), false
	right.key, right.start, right.runeStart = tok.key[at+1:], left.end+1, left.runeEnd+1
	right.mark, right.gap, right.lineStart = '-', gapOther, false
	left.class, right.class = lexicon()[left.key], lexicon()[right.key]
	if tok.shape != shapeCaps {
		left.shape, right.shape = shapeCapital, shapeCapital
		if stance(left.key) {
			left.shape = shapeLower
		}
	}
	return left, right
}

// glue returns where a word is to be parted, 0 where it is one.
func glue(tok *token) int {
	if !tok.joined {
		return 0
	}
	cut := strings.IndexByte(tok.key, '-')
	if cut < 2 || cut+3 > len(tok.key) || len(tok.key) != int(tok.end-tok.start) || strings.IndexByte(tok.key[cut+1:], '-') >= 0 {
		return 0
	}
	left, right := tok.key[:cut], tok.key[cut+1:]
	_, whole := lexicon()[tok.key]
	switch {
	case whole:
	case tok.kind == lineAttention:
		if officeWord(left) {
			return cut
		}
	case stance(left):
		if lexicon()[right]&(isCommon|isPlace|isStop) == 0 {
			return cut
		}
	case tok.shape != shapeLower && lexicon()[right]&isKnown != 0 && lexicon()[left]&isGiven == 0 && !particle(left):
		return cut
	case tok.shape != shapeLower && lexicon()[left]&isKnown != 0 && lexicon()[right]&(isCommon|isOrg) != 0:
		return cut // "Obama-era"
	}
	return 0
}

func stance(key string) bool {
	switch key {
	case "pro", "anti", "post", "pre", "ex", "non", "neo", "then", "mid", "late":
		return true
	}
	return false
}

// officeWord tells offices, "EAP/CM" among them, and what they are for: ENERGY-MCGINNIS.
func officeWord(key string) bool {
	c := lexicon()[key]
	return c&isGiven == 0 && (len(key) <= 5 || c&isCommon != 0 || strings.Contains(key, "/")) || abbreviation(key)
}
