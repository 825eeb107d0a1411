package people

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// Resolve settles who the namings of one surname are. Each naming goes to
// exactly one person, and no two of one cable to the same. The answer depends
// on the namings alone, not on their order.
//
// Full names that can be one name are one person. A bare surname joins the one
// bearer whom title, country, time or fame single out; where they single out
// none, it goes to a person who is known by the surname only.
func Resolve(namings []graph.PlacedNaming) []graph.Settled {
	sorted := slices.Clone(namings)
	slices.SortFunc(sorted, func(a, b graph.PlacedNaming) int {
		return cmp.Or(cmp.Compare(a.Cable, b.Cable), cmp.Compare(a.Position, b.Position))
	})
	b := block{namings: make([]placed, 0, len(sorted))}
	for i := range sorted {
		b.namings = append(b.namings, place(&sorted[i]))
	}
	b.bearersByName()
	b.joinBare()
	b.partTwins()
	return b.settled()
}

// placed is a naming with what resolution looks at, worked out once.
type placed struct {
	*graph.PlacedNaming
	words  []string // of the name, folded, without suffixes and particles
	titles []string // normal
	bare   bool
}

func place(n *graph.PlacedNaming) placed {
	p := placed{PlacedNaming: n, words: withoutParticles(nameWords(n.Name))}
	for len(p.words) > 1 && nobiliary(p.words[0]) && len(p.words) == 2 {
		p.words = p.words[1:]
	}
	p.bare = len(p.words) <= 1
	for _, t := range n.Titles {
		p.titles = append(p.titles, graph.NormalTitle(t))
	}
	return p
}

// block is the work on one surname.
type block struct {
	namings []placed
	bearers []*bearer
}

// bearer is a person in the making.
type bearer struct {
	key       string // the full name that came first in the order of names
	names     [][]string
	suffix    string
	namings   []*placed
	cables    map[graph.Reference]bool
	titles    map[string]int
	countries map[string]int
	origins   map[string]int
	number    int // 2, 3, … where a cable names two alike
}

func newBearer(key string) *bearer {
	return &bearer{key: key, cables: map[graph.Reference]bool{}, titles: map[string]int{}, countries: map[string]int{}, origins: map[string]int{}}
}

func (p *bearer) take(n *placed) {
	p.namings = append(p.namings, n)
	p.cables[n.Cable] = true
	for _, t := range n.titles {
		p.titles[t]++
	}
	if n.Country != "" {
		p.countries[n.Country]++
	}
	if n.Origin != "" {
		p.origins[n.Origin]++
	}
}

// nameGroup is one spelling of a full name, with its namings.
type nameGroup struct {
	key     string
	words   []string
	suffix  string
	namings []*placed
}

// groups returns the full names of the block, the fullest and most frequent first.
func (b *block) groups() []*nameGroup {
	byKey := map[string]*nameGroup{}
	var all []*nameGroup
	for i := range b.namings {
		n := &b.namings[i]
		if n.bare {
			continue
		}
		key := strings.Join(n.words, " ") + "|" + number(n.Name)
		g := byKey[key]
		if g == nil {
			g = &nameGroup{key: key, words: n.words, suffix: number(n.Name)}
			byKey[key] = g
			all = append(all, g)
		}
		g.namings = append(g.namings, n)
	}
	slices.SortFunc(all, func(a, b *nameGroup) int {
		return cmp.Or(cmp.Compare(len(b.words), len(a.words)), cmp.Compare(len(b.namings), len(a.namings)), cmp.Compare(a.key, b.key))
	})
	return all
}

// bearersByName makes one bearer of all full names that can be one person's.
func (b *block) bearersByName() {
	for _, g := range b.groups() {
		p := b.bearerFor(g)
		if p == nil {
			p = newBearer(g.key)
			p.suffix = g.suffix
			b.bearers = append(b.bearers, p)
		}
		p.names = append(p.names, g.words)
		for _, n := range g.namings {
			p.take(n)
		}
	}
}

// bearerFor returns the one bearer whom the name fits best, nil where none or several do.
func (b *block) bearerFor(g *nameGroup) *bearer {
	var best *bearer
	bestFit, tied := 0, false
	for _, p := range b.bearers {
		fit := p.fit(g)
		switch {
		case fit == 0 || fit < bestFit:
		case fit == bestFit:
			tied = true
		default:
			best, bestFit, tied = p, fit, false
		}
	}
	if tied {
		return nil
	}
	return best
}

// fit says how well a name goes with a bearer; 0 is not at all. The same given
// name suffices; an initial, a nickname or another spelling needs a title or a
// country in common.
func (p *bearer) fit(g *nameGroup) int {
	if p.suffix != "" && g.suffix != "" && p.suffix != g.suffix || p.shareCable(g) {
		return 0
	}
	close := false
	for _, name := range p.names {
		if !sameName(name, g.words) {
			return 0
		}
		close = close || name[0] == g.words[0] && len(name[0]) > 1
	}
	fit := 0
	if close {
		fit = 3
	}
	for _, n := range g.namings {
		if p.sharesTitle(n) {
			return fit + 2
		}
	}
	for _, n := range g.namings {
		if p.countries[n.Country] > 0 {
			return fit + 1
		}
	}
	return fit
}

func (p *bearer) shareCable(g *nameGroup) bool {
	return slices.ContainsFunc(g.namings, func(n *placed) bool { return p.cables[n.Cable] })
}

func (p *bearer) sharesTitle(n *placed) bool {
	return slices.ContainsFunc(n.titles, func(t string) bool { return p.titles[t] > 0 && !plainTitle(t) })
}

// plainTitle: titles that say nothing about who someone is.
func plainTitle(t string) bool {
	switch t {
	case "mr", "mrs", "ms", "miss", "sir", "doctor", "dr", "leader", "head", "chief", "director", "official", "adviser", "advisor", "deputy", "codel leader":
		return true
	}
	return false
}

// joinBare gives bare surnames to the bearers whom they mean. All are judged by
// what the full names say, so that the order of judging does not matter.
func (b *block) joinBare() {
	type choice struct {
		n *placed
		p *bearer
	}
	var chosen []choice
	rest := newBearer("")
	for i := range b.namings {
		n := &b.namings[i]
		if !n.bare {
			continue
		}
		if p := b.meant(n); p != nil {
			chosen = append(chosen, choice{n, p})
		} else {
			rest.take(n)
		}
	}
	for _, c := range chosen {
		c.p.take(c.n)
	}
	if len(rest.namings) > 0 {
		b.bearers = append(b.bearers, rest)
	}
}

// meant returns the bearer whom a bare surname means, nil where that can't be told.
func (b *block) meant(n *placed) *bearer {
	const enough, margin = 3, 1.5
	var best *bearer
	var bestScore, second float64
	for _, p := range b.bearers {
		score := b.evidenceFor(p, n)
		if score > bestScore {
			best, bestScore, second = p, score, bestScore
		} else if score > second {
			second = score
		}
	}
	if bestScore < enough || bestScore-second < margin {
		return nil
	}
	return best
}

// evidenceFor weighs what speaks for bearer p being meant by a bare surname: the
// part that p has in the surname's titles, countries, posts and cables.
func (b *block) evidenceFor(p *bearer, n *placed) float64 {
	if p.cables[n.Cable] {
		return 0 // the cable names p already, and someone else beside
	}
	title, known := b.titlePart(p, n)
	switch {
	case royal(n.Titles) && title == 0:
		return 0
	case n.Role == graph.RoleSigner && p.origins[n.Origin] == 0:
		return 0 // who signs for a post is named by its own cables
	}
	score := 4 * title
	if known && title == 0 && len(p.titles) > 0 {
		score -= 2
	}
	score += 2 * shareOf(b, p, func(q *bearer) int { return q.countries[n.Country] })
	score += shareOf(b, p, func(q *bearer) int { return q.origins[n.Origin] })
	if near(p, n) {
		score++
	}
	if p.figure(n.Surname) {
		score += 1.5
	}
	share := shareOf(b, p, func(q *bearer) int { return len(q.cables) })
	score += 2 * share
	if share > 0.8 && len(p.cables) >= 3 {
		score += 2
	}
	return score
}

// shareOf is p's part in what the bearers have together.
func shareOf(b *block, p *bearer, of func(*bearer) int) float64 {
	all := 0
	for _, q := range b.bearers {
		all += of(q)
	}
	if all == 0 {
		return 0
	}
	return float64(of(p)) / float64(all)
}

// titlePart is p's part in the naming's titles, and whether it has any that say something.
func (b *block) titlePart(p *bearer, n *placed) (best float64, known bool) {
	for _, t := range n.titles {
		if plainTitle(t) {
			continue
		}
		known = true
		best = max(best, shareOf(b, p, func(q *bearer) int { return q.titles[t] }))
	}
	return best, known
}

// figure tells whether the bearer is the one who is famous under the surname.
func (p *bearer) figure(surname string) bool {
	given := figures()[surname]
	return len(given) == 1 && slices.ContainsFunc(p.names, func(name []string) bool {
		return slices.ContainsFunc(name[:len(name)-1], func(word string) bool { return sameGivenWord(given[0], word) })
	})
}

// near tells whether some cable within a year names the bearer in full.
func near(p *bearer, n *placed) bool {
	if n.Created.IsZero() {
		return false
	}
	for _, have := range p.namings {
		if !have.bare && !have.Created.IsZero() && have.Created.Sub(n.Created).Abs().Hours() < 24*365 {
			return true
		}
	}
	return false
}

// partTwins gives each bearer at most one naming of a cable; further ones become
// bearers with a number.
func (b *block) partTwins() {
	for i := 0; i < len(b.bearers); i++ {
		p := b.bearers[i]
		seen := map[graph.Reference]bool{}
		twin := newBearer(p.key)
		twin.number = max(p.number, 1) + 1
		kept := p.namings[:0:0]
		slices.SortFunc(p.namings, func(x, y *placed) int {
			return cmp.Or(cmp.Compare(x.Cable, y.Cable), cmp.Compare(len(y.words), len(x.words)), cmp.Compare(x.Position, y.Position))
		})
		for _, n := range p.namings {
			if seen[n.Cable] {
				twin.take(n)
				continue
			}
			seen[n.Cable] = true
			kept = append(kept, n)
		}
		p.namings = kept
		if len(twin.namings) > 0 {
			b.bearers = append(b.bearers, twin)
		}
	}
}

// settled writes the bearers down as people.
func (b *block) settled() []graph.Settled {
	out := make([]graph.Settled, 0, len(b.bearers))
	slugs := map[string]bool{}
	slices.SortStableFunc(b.bearers, func(x, y *bearer) int { return cmp.Compare(x.number, y.number) })
	for _, p := range b.bearers {
		s := p.settled()
		base := s.Person.Slug
		for i := max(p.number, 1); slugs[s.Person.Slug] || i == p.number && i > 1 && s.Person.Slug == base; i++ {
			s.Person.Slug = fmt.Sprintf("%s-%d", base, max(i, 2))
		}
		slugs[s.Person.Slug] = true
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y graph.Settled) int { return cmp.Compare(x.Person.Slug, y.Person.Slug) })
	return out
}

func (p *bearer) settled() graph.Settled {
	var s graph.Settled
	names, titles := map[string]int{}, map[string]map[string]int{}
	var forms []string
	for _, n := range p.namings {
		s.Namings = append(s.Namings, graph.NamingKey{Cable: n.Cable, Position: n.Position})
		names[n.Name]++
		forms = append(forms, n.Forms...)
		for i, t := range n.titles {
			if titles[t] == nil {
				titles[t] = map[string]int{}
			}
			titles[t][n.Titles[i]]++
		}
		if n.Tag != "" && (s.Person.Tag == "" || n.Tag < s.Person.Tag) {
			s.Person.Tag = n.Tag
		}
	}
	slices.SortFunc(s.Namings, func(x, y graph.NamingKey) int {
		return cmp.Or(cmp.Compare(x.Cable, y.Cable), cmp.Compare(x.Position, y.Position))
	})
	s.Person.Name = bestName(names)
	s.Person.Slug = graph.Slug(s.Person.Name)
	s.Person.Surname = p.namings[0].Surname
	s.Person.Aliases = sortedForms(forms)
	s.Person.Titles = byFrequency(titles)
	return s
}

// bestName is the most frequent of the full names; of the surnames where there is none.
func bestName(names map[string]int) string {
	best := ""
	full := func(name string) int { return min(len(withoutParticles(nameWords(name))), 2) }
	for name, count := range names {
		if best == "" || cmp.Or(cmp.Compare(full(name), full(best)), cmp.Compare(count, names[best]),
			cmp.Compare(len(nameWords(name)), len(nameWords(best))), cmp.Compare(best, name)) > 0 {
			best = name
		}
	}
	return best
}

// byFrequency returns of each normal title its most frequent form, the most frequent titles first.
func byFrequency(titles map[string]map[string]int) []string {
	type entry struct {
		shown string
		count int
	}
	var all []entry
	for _, forms := range titles {
		var e entry
		most := 0
		for shown, count := range forms {
			e.count += count
			if count > most || count == most && shown < e.shown {
				e.shown, most = shown, count
			}
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.shown, b.shown)) })
	out := make([]string, 0, len(all))
	for _, e := range all {
		out = append(out, e.shown)
	}
	return out
}
