package people

import "strings"

// splitGlued parts words that a hyphen glues to a name: the office in USTDA-PAUL
// MARIN, the stance in pro-Karzai, the partner in Medvedev-Putin.
func splitGlued(toks []token) []token {
	var out []token
	for i, tok := range toks {
		cut := glue(&tok)
		if cut == 0 {
			if out != nil {
				out = append(out, tok)
			}
			continue
		}
		if out == nil {
			out = append(make([]token, 0, len(toks)+8), toks[:i]...)
		}
		left, right := tok, tok
		left.key, left.end, left.runeEnd, left.owned = tok.key[:cut], tok.start+int32(cut), tok.runeStart+int32(cut), false
		right.key, right.start, right.runeStart = tok.key[cut+1:], left.end+1, left.runeEnd+1
		right.mark, right.gap, right.lineStart = '-', gapOther, false
		left.class, right.class = lexicon()[left.key], lexicon()[right.key]
		if tok.shape != shapeCaps {
			left.shape, right.shape = shapeCapital, shapeCapital
			if stance(left.key) {
				left.shape = shapeLower
			}
		}
		out = append(out, left, right)
	}
	if out == nil {
		return toks
	}
	return out
}

// glue returns where a word is to be parted, 0 where it is one.
func glue(tok *token) int {
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

func officeWord(key string) bool {
	return len(key) <= 5 && lexicon()[key]&isGiven == 0 || abbreviation(key)
}
