package people

import (
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// individual is one human in one cable.
type individual struct {
	finds    []find
	full     [][]string // distinct full names, folded words
	surnames []string   // folded words by which it goes alone
	titles   []string
	of       []string // the countries of the titles, empty where no text names one
	wife     bool     // known by a husband's surname only
}

// gather makes individuals of the finds: full names first, then what is less.
func (d *doc) gather() {
	slices.SortStableFunc(d.finds, func(a, b find) int { return a.from - b.from })
	d.promoteRows()
	d.findInitials()
	for _, f := range d.finds {
		if f.full {
			d.joinFull(f)
		}
	}
	for _, f := range d.finds {
		if !f.full && len(f.titles) > 0 {
			d.joinSurname(f)
		}
	}
	for _, f := range d.finds {
		if !f.full && len(f.titles) == 0 {
			d.joinSurname(f)
		}
	}
	d.joinBynames()
}

func (d *doc) joinFull(f find) {
	for _, p := range d.people {
		for _, name := range p.full {
			if sameName(name, f.words) && !monarchs(p.finds[0], f) {
				p.take(f)
				return
			}
		}
	}
	p := &individual{}
	p.take(f)
	d.people = append(d.people, p)
}

// monarchs: "Mohammed V" and "Mohammed VI" are two.
func monarchs(a, b find) bool {
	x, y := number(a.name), number(b.name)
	return x != "" && y != "" && x != y
}

func number(name string) string {
	words := strings.Fields(graph.Fold(name))
	if n := len(words); n > 1 && roman(words[n-1]) {
		return words[n-1]
	}
	return ""
}

// joinSurname gives a surname to the individual whom it means, or makes a new one.
func (d *doc) joinSurname(f find) {
	wife, reigns, words := wifely(f.titles), royal(f.titles), strings.Join(f.words, " ")
	var fit []*individual
	for _, p := range d.people {
		if (reigns && p.reignsAs(f) || !reigns && p.goesBy(words, f.words)) && p.wife == wife && !(wife && len(p.full) > 0) && !conflict(p, f) {
			fit = append(fit, p)
		}
	}
	if wife && len(fit) == 0 {
		fit = d.namedAfterTitle(f)
	}
	if !wife && !reigns && len(fit) == 0 {
		fit = d.misspelt(words, f)
	}
	if p := d.fatherOf(f); p != nil {
		fit = []*individual{p}
	}
	if p := d.choose(fit, f); p != nil {
		p.take(f)
		return
	}
	p := &individual{wife: wife}
	p.take(f)
	d.people = append(d.people, p)
}

// namedAfterTitle returns the individuals who bear the title as well as the name: "Ms. Fatema Sumar", "Ms. Sumar".
func (d *doc) namedAfterTitle(f find) []*individual {
	words := strings.Join(f.words, " ")
	var fit []*individual
	for _, p := range d.people {
		if p.goesBy(words, f.words) && sharesTitle(p, f.titles) {
			fit = append(fit, p)
		}
	}
	return fit
}

// fatherOf returns the individual right before a byname in brackets: "Mahmoud Abbas (Abu Mazen)".
func (d *doc) fatherOf(f find) *individual {
	if !arabicParticle(f.words[0]) || len(f.words) < 2 || f.from == 0 || d.toks[f.from].mark != '(' || f.to < len(d.toks) && d.toks[f.to].mark != ')' {
		return nil
	}
	for _, p := range d.people {
		if slices.ContainsFunc(p.finds, func(before find) bool { return before.full && before.to == f.from }) {
			return p
		}
	}
	return nil
}

// misspelt returns the one individual whose surname has one letter other than a
// surname that nobody bears: Netanyahu is meant by "Nentanyahu", and Karimova is not Karimov.
func (d *doc) misspelt(surname string, f find) []*individual {
	const long = 7
	var fit []*individual
	for _, p := range d.people {
		same := func(s string) bool {
			return len(s) >= long && distance(s, surname) == 1 && !strings.HasPrefix(s, surname) && !strings.HasPrefix(surname, s)
		}
		if len(surname) >= long && slices.ContainsFunc(p.surnames, same) && !conflict(p, f) {
			fit = append(fit, p)
		}
	}
	if len(fit) > 1 {
		return nil
	}
	return fit
}

func wifely(titles []string) bool { return slices.Contains(titles, "Mrs") }

// choose takes the one with the same title, else the last one named before the find, else the only one.
func (d *doc) choose(fit []*individual, f find) *individual {
	if len(fit) <= 1 {
		if len(fit) == 0 {
			return nil
		}
		return fit[0]
	}
	var same []*individual
	for _, p := range fit {
		if sharesTitle(p, f.titles) {
			same = append(same, p)
		}
	}
	if len(same) == 1 {
		return same[0]
	}
	if len(same) > 1 {
		fit = same
	}
	var best *individual
	at := -1
	for _, p := range fit {
		if last := p.lastBefore(f.from); last > at {
			best, at = p, last
		}
	}
	if best == nil {
		best = fit[0]
	}
	return best
}

func (p *individual) lastBefore(token int) int {
	last := -1
	for _, f := range p.finds {
		if f.from < token && f.from > last && f.role != graph.RoleSigner && f.role != graph.RoleTagged {
			last = f.from
		}
	}
	return last
}

func sharesTitle(p *individual, titles []string) bool {
	for _, t := range titles {
		for _, own := range p.titles {
			if graph.NormalTitle(t) == graph.NormalTitle(own) {
				return true
			}
		}
	}
	return false
}

// royal tells titles that go with a given name: King Hussein is not Saddam Hussein.
func royal(titles []string) bool {
	return slices.ContainsFunc(titles, func(t string) bool { return reigning(graph.NormalTitle(t)) })
}

// reigning is royal for one normal title.
func reigning(title string) bool {
	switch title {
	case "king", "queen", "crown prince", "prince", "princess", "emir", "pope":
		return true
	}
	return false
}

// reignsAs tells whether a given name after a royal title means the individual.
func (p *individual) reignsAs(f find) bool {
	for _, name := range p.full {
		if name[0] == f.words[0] {
			return true
		}
	}
	return len(p.full) == 0 && p.goesBy(strings.Join(f.words, " "), f.words)
}

// conflict tells offices that no one holds at once: the post's deputy chief is not the host country's minister.
func conflict(p *individual, f find) bool {
	if len(f.titles) == 0 {
		return false
	}
	meant := officeOf(f.titles)
	if meant != officeNone && p.otherThanFigure(f.words) && !sharesTitle(p, f.titles) {
		return true
	}
	own := officeOf(p.titles)
	return meant != officeNone && own != officeNone && meant != own
}

// otherThanFigure: an office and a famous surname do not mean the famous one's family.
func (p *individual) otherThanFigure(words []string) bool {
	given := figures()[words[len(words)-1]]
	if len(given) == 0 || len(p.full) == 0 {
		return false
	}
	for _, name := range p.full {
		for _, word := range name[:len(name)-1] {
			if slices.ContainsFunc(given, func(g string) bool { return sameGivenWord(g, word) }) {
				return false
			}
		}
	}
	return true
}

// office is a kind of title that rules the other kinds out.
type office uint8

const (
	officeNone office = iota
	officeMission
	officeGovernment
	officeThrone
)

// officeOf tells the kind of the first title that has one.
func officeOf(titles []string) office {
	for _, t := range titles {
		t = graph.NormalTitle(t)
		switch {
		case t == "deputy chief of mission", strings.HasSuffix(t, "counselor"), strings.HasSuffix(t, " officer"), t == graph.NormalTitle("charge"):
			return officeMission
		case strings.HasSuffix(t, "minister"), t == "chancellor", strings.HasSuffix(t, "president"):
			return officeGovernment
		case t == "king", t == "queen", t == "emir", t == "sultan":
			return officeThrone
		}
	}
	return officeNone
}

func (p *individual) take(f find) {
	p.finds = append(p.finds, f)
	if f.full && !slices.ContainsFunc(p.full, func(have []string) bool { return slices.Equal(have, f.words) }) {
		p.full = append(p.full, f.words)
	}
	for i, t := range f.titles {
		country := ""
		if f.countries != nil {
			country = f.countries[i]
		}
		p.entitle(t, country)
	}
	for _, s := range shortForms(f) {
		if !slices.Contains(p.surnames, s) {
			p.surnames = append(p.surnames, s)
		}
	}
}

// entitle gives the individual a title, or a title that it has the country.
func (p *individual) entitle(title, country string) {
	at := slices.IndexFunc(p.titles, func(have string) bool { return graph.NormalTitle(have) == graph.NormalTitle(title) })
	if at < 0 {
		p.titles, p.of = append(p.titles, title), append(p.of, country)
	} else if p.of[at] == "" {
		p.of[at] = country
	}
}

// countries are those of the titles; nil where no text names any.
func (p *individual) countries() []string {
	if !slices.ContainsFunc(p.of, func(country string) bool { return country != "" }) {
		return nil
	}
	return p.of
}

// goesBy tells whether the individual can be called by these words alone, all of them or the last.
func (p *individual) goesBy(all string, words []string) bool {
	return slices.Contains(p.surnames, all) || len(words) > 1 && slices.Contains(p.surnames, words[len(words)-1])
}

// shortForms are the words by which someone is called after having been named:
// the surname, with and without its particle, and the last two words.
func shortForms(f find) []string {
	w := f.words
	if len(w) == 0 {
		return nil
	}
	last := len(w) - 1
	if eastern(w) {
		return []string{w[0], strings.Join(w, " ")}
	}
	if last > 1 && arabicParticle(w[last-1]) && w[last-1] != "al" { // "Abdullah bin Zayed" is Abdullah, not Zayed
		return []string{w[0], w[last-1] + " " + w[last]}
	}
	forms := []string{w[last]}
	for _, word := range w[:last] {
		if f.full && lexicon()[word]&isKnown != 0 {
			forms = append(forms, word)
		}
	}
	if len(w) >= 2 && (!f.full || len(w) >= 3 || particle(w[last-1])) {
		forms = append(forms, w[last-1]+" "+w[last])
	}
	if len(w) >= 3 && len(w[last-1]) > 2 && !particle(w[last-1]) && f.full {
		forms = append(forms, w[last-1])
	}
	for i := 1; i+2 < last; i++ {
		if particle(w[i]) && !particle(w[i+1]) && particle(w[i+2]) { // Pierre de Bousquet de Florian is de Bousquet too
			forms = append(forms, w[i+1], w[i]+" "+w[i+1], strings.Join(w[i:], " "))
		}
	}
	return forms
}

// promoteRows takes rows of words for names after all where the last word is
// someone's surname elsewhere in the cable: "Rosendo Fraga", then "Fraga said".
func (d *doc) promoteRows() {
	known := map[string]bool{}
	for _, f := range d.finds {
		if !f.full && f.role != graph.RoleSigner {
			known[f.words[len(f.words)-1]] = true
		}
	}
	n := len(d.finds)
	for _, r := range d.rows {
		words := nameWords(d.form(r.from, r.to))
		if len(words) > 1 && d.free(r.from, r.to) && (known[words[len(words)-1]] || eastern(words) && known[words[0]]) {
			d.add(r.from, r.to, find{titles: r.e.titles, rule: "row of names and surname", confidence: 0.65, full: true})
		}
	}
	if len(d.finds) > n {
		slices.SortStableFunc(d.finds, func(a, b find) int { return a.from - b.from })
	}
}
