package people

import "strings"

// findInitials finds the letters by which a text calls someone after having
// explained them: "Cristina Fernandez de Kirchner (CFK)", "Mohammed bin Zayed (MbZ)".
func (d *doc) findInitials() {
	n := len(d.finds)
	for _, f := range d.finds[:n] {
		if !f.full || f.to >= len(d.toks) {
			continue
		}
		tok := &d.toks[f.to]
		if tok.mark != '(' || tok.taken || tok.shape != shapeCaps || !initialsOf(tok.key, f.words) || f.to+1 < len(d.toks) && d.toks[f.to+1].mark != ')' {
			continue
		}
		if d.initials == nil {
			d.initials = map[string]find{}
		}
		d.initials[tok.key] = f
	}
	if len(d.initials) == 0 {
		return
	}
	for i := range d.toks {
		tok := &d.toks[i]
		f, ok := d.initials[tok.key]
		if !ok || tok.taken || tok.shape != shapeCaps || !tok.readable() {
			continue
		}
		d.add(i, i+1, find{name: f.name, rule: "initials", confidence: 0.9, full: true})
	}
}

// initialsOf tells whether each letter begins a word of the name, in order, the
// first one the first word.
func initialsOf(letters string, words []string) bool {
	if len(letters) < 3 || len(letters) > len(words) || !strings.HasPrefix(words[0], letters[:1]) {
		return false
	}
	at := 0
	for i := range letters {
		for at < len(words) && words[at][0] != letters[i] {
			at++
		}
		if at == len(words) {
			return false
		}
		at++
	}
	return true
}
