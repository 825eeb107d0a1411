package people

// findListed finds names that no list knows beside those of people who were
// found: "Talabani, Hashimi and Abd al-Mahdi". It goes both ways, so that one name brings in all of its row.
func (d *doc) findListed() {
	for i := 0; i < len(d.toks); i++ {
		i = max(i, d.listed(i)-1)
	}
	for i := len(d.toks) - 1; i >= 0; i-- {
		d.listed(i)
	}
}

// listed adds the name that starts at token i where the list it stands in is one of people, and returns where it ends.
func (d *doc) listed(i int) int {
	tok := &d.toks[i]
	if tok.taken || tok.shape != shapeCapital || tok.kind != lineText || tok.class&(isCommon|isPlace|isStop|isTitle|isOrg|isRank) != 0 || !d.beside(i) {
		return i
	}
	to := d.extend(i)
	if to == i || to-i > 3 || !d.free(i, to) || d.namesThing(i, to) || to < len(d.toks) && d.toks[to].gap == gapSpace && d.toks[to].shape != shapeLower {
		return i
	}
	left, right := d.andBefore(i), d.andAfter(to)
	switch {
	case left > 0 && d.toks[left-1].taken, right < len(d.toks) && right > to && d.toks[right].taken: // "X and Y"
	case tok.gap == gapComma && d.toks[i-1].taken && (right > to || to < len(d.toks) && d.toks[to].gap == gapComma && d.toks[to].taken): // "X, Y and", "X, Y, X"
	default:
		return i
	}
	d.add(i, to, find{rule: "listed with people", confidence: 0.55, full: to-i > 1 && !nobiliary(tok.key)})
	return to
}

// beside tells cheaply whether token i could stand in a list.
func (d *doc) beside(i int) bool {
	if i > 0 && (d.toks[i-1].key == "and" || d.toks[i].gap == gapComma && d.toks[i-1].taken) {
		return true
	}
	for k := i + 1; k < len(d.toks) && k <= i+3; k++ {
		if d.toks[k].key == "and" {
			return true
		}
	}
	return false
}

// andBefore returns the token behind which ", and" or "and" leads to token i; 0 where nothing does.
func (d *doc) andBefore(i int) int {
	if i >= 2 && d.toks[i].gap == gapSpace && d.toks[i-1].key == "and" && !d.toks[i-2].owned && (d.toks[i-1].gap == gapSpace || d.toks[i-1].gap == gapComma) {
		return i - 1
	}
	return 0
}

// andAfter returns the token that "and" leads to behind a name that ends before token i; i where nothing does.
func (d *doc) andAfter(i int) int {
	if i+1 < len(d.toks) && d.toks[i].key == "and" && !d.toks[i-1].owned && (d.toks[i].gap == gapSpace || d.toks[i].gap == gapComma) && d.toks[i+1].gap == gapSpace {
		return i + 1
	}
	return i
}
