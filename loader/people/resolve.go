package people

import (
	"cmp"
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
	var none *Corrections
	return settled(none.bearers(namings))
}

// placed is a naming with what resolution looks at, worked out once.
type placed struct {
	*graph.PlacedNaming
	*written
	titles []string // normal
	why    why      // it is given to its bearer
}

// written is a name as it stands in any number of cables.
type written struct {
	words  []string // folded, without suffixes and particles
	suffix string   // the number of a king or a son
	bare   bool
}

// newBlock places the namings in the order of their cables.
func newBlock(namings []graph.PlacedNaming) *block {
	sorted := slices.Clone(namings)
	slices.SortFunc(sorted, func(a, b graph.PlacedNaming) int {
		return cmp.Or(cmp.Compare(a.Cable, b.Cable), cmp.Compare(a.Position, b.Position))
	})
	b := &block{namings: make([]placed, 0, len(sorted)), spellings: map[string]*written{}, titles: map[string]string{}}
	for i := range sorted {
		b.namings = append(b.namings, b.place(&sorted[i]))
	}
	return b
}

func (b *block) place(n *graph.PlacedNaming) placed {
	p := placed{PlacedNaming: n, written: b.spellings[n.Name]}
	if p.written == nil {
		p.written = spell(n.Name)
		b.spellings[n.Name] = p.written
	}
	for _, t := range n.Titles {
		normal, ok := b.titles[t]
		if !ok {
			normal = graph.NormalTitle(t)
			b.titles[t] = normal
		}
		p.titles = append(p.titles, normal)
	}
	return p
}

func spell(name string) *written {
	words := withoutParticles(nameWords(name))
	if len(words) == 2 && nobiliary(words[0]) {
		words = words[1:]
	}
	return &written{words, number(name), len(words) <= 1}
}

// block is the work on one surname.
type block struct {
	namings []placed
	bearers []*bearer
	all     sums
	total   total
	known   map[asked][]rated    // what likely has worked out
	unlike  map[stranger][]rated // what strangers has worked out
	parts   []parts              // of each bearer in the naming that is looked at, else zero
	touched []int                // those that are not zero
	apart   [][]string           // full names that are not one person's, see Corrections

	spellings map[string]*written // name → how it is written
	titles    map[string]string   // title → normal
}

// bearer is a person in the making.
type bearer struct {
	key       string // the full name that came first in the order of names
	names     [][]string
	heads     uint32 // of the given names
	suffix    string
	namings   []*placed
	cables    map[graph.Reference]bool
	titles    map[string]int
	countries map[string]int
	origins   map[string]int
	years     uint64  // a bit for each year with a cable that names the bearer in full
	number    int     // 2, 3, … where a cable names two alike
	place     int     // among the bearers that the full names gave
	share     float64 // of the cables that name a bearer in full
	famous    bool    // the one public figure of the surname

	// What corrections say.
	shown  string          // the name, instead of the most frequent one
	known  string          // the name that the id is made of, instead of that one
	given  []string        // titles
	within graph.Reference // the only cable that names the bearer, who was parted from another one
}

func newBearer(key string) *bearer {
	return &bearer{key: key, cables: map[graph.Reference]bool{}, titles: map[string]int{}, countries: map[string]int{}, origins: map[string]int{}}
}

func (p *bearer) take(n *placed) {
	p.namings = append(p.namings, n)
	p.cables[n.Cable] = true
	if !n.bare && !n.Created.IsZero() {
		p.years |= yearBit(n, 0)
	}
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
	heads   uint32
	suffix  string
	namings []*placed
}

// groups returns the full names of the block, the fullest and most frequent first.
func (b *block) groups() []*nameGroup {
	byKey, bySpelling := map[string]*nameGroup{}, map[*written]*nameGroup{}
	var all []*nameGroup
	for i := range b.namings {
		n := &b.namings[i]
		if n.bare {
			continue
		}
		g := bySpelling[n.written]
		if g == nil {
			key := strings.Join(n.words, " ") + "|" + n.suffix
			if g = byKey[key]; g == nil {
				g = &nameGroup{key: key, words: n.words, heads: heads(n.words[:len(n.words)-1]), suffix: n.suffix}
				byKey[key] = g
				all = append(all, g)
			}
			bySpelling[n.written] = g
		}
		g.namings = append(g.namings, n)
	}
	slices.SortFunc(all, func(a, b *nameGroup) int {
		return cmp.Or(cmp.Compare(len(b.words), len(a.words)), cmp.Compare(spelledOut(b.words), spelledOut(a.words)),
			cmp.Compare(len(b.namings), len(a.namings)), cmp.Compare(a.key, b.key))
	})
	return all
}

// spelledOut counts the words that are no initials.
func spelledOut(words []string) int {
	n := 0
	for _, w := range words {
		if len(w) > 1 {
			n++
		}
	}
	return n
}

// bearersByName makes one bearer of all full names that can be one person's.
func (b *block) bearersByName() {
	for _, g := range b.groups() {
		p, why := b.bearerFor(g)
		if p == nil {
			p, why.confidence = newBearer(g.key), 1
			p.suffix = g.suffix
			b.bearers = append(b.bearers, p)
		}
		p.names = append(p.names, g.words)
		p.heads |= g.heads
		for _, n := range g.namings {
			n.why = why
			p.take(n)
		}
	}
}

// bearerFor returns the one bearer whom the name fits best, and why; nil where none or several do.
func (b *block) bearerFor(g *nameGroup) (*bearer, why) {
	var best *bearer
	var because why
	bestFit, tied := 0, false
	for _, p := range b.bearers {
		fit, why := p.fit(g)
		switch {
		case fit == 0 || fit < bestFit || b.parted(p, g.words):
		case fit == bestFit:
			tied = true
		default:
			best, because, bestFit, tied = p, why, fit, false
		}
	}
	if tied || best == nil {
		return nil, why{ground: fullName}
	}
	return best, because
}

// fit says how well a name goes with a bearer, and why; 0 is not at all. The same given
// name suffices; an initial, a nickname or another spelling needs a title or a
// country in common.
func (p *bearer) fit(g *nameGroup) (int, why) {
	if p.heads&g.heads == 0 {
		return 0, why{}
	}
	if p.suffix != "" && g.suffix != "" && p.suffix != g.suffix {
		return 0, why{}
	}
	alike := false
	for _, name := range p.names {
		if !sameName(name, g.words) {
			return 0, why{}
		}
		alike = alike || name[0] == g.words[0] && len(name[0]) > 1
	}
	if p.shareCable(g) {
		return 0, why{}
	}
	return p.common(g, alike)
}

// common is the part of fit that looks at titles and countries in common.
func (p *bearer) common(g *nameGroup, alike bool) (int, why) {
	fit, spelled := 0, why{ground: spelledTitle, confidence: 0.9}
	if alike {
		fit, spelled = 3, why{ground: sameGivenName, confidence: 0.98}
	}
	for _, n := range g.namings {
		if t := p.titleOf(n); t != "" {
			spelled.of = t
			return fit + 2, spelled
		}
	}
	for _, n := range g.namings {
		if p.countries[n.Country] == 0 {
			continue
		}
		if !alike {
			spelled = why{ground: spelledPlace, of: n.Country, confidence: 0.8}
		}
		return fit + 1, spelled
	}
	return fit, why{ground: sameGivenName, confidence: 0.9}
}

func (p *bearer) shareCable(g *nameGroup) bool {
	return slices.ContainsFunc(g.namings, func(n *placed) bool { return p.cables[n.Cable] })
}

// titleOf returns a title of the naming that the bearer has too, or nothing.
func (p *bearer) titleOf(n *placed) string {
	for _, t := range n.titles {
		if p.titles[t] > 0 && !plainTitle(t) {
			return t
		}
	}
	return ""
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
	b.count()
	var chosen []choice
	rest := newBearer("")
	unsaid := why{ground: surnameUnsaid, confidence: 0.25}
	if len(b.bearers) == 0 {
		unsaid = why{ground: surnameOnly, confidence: 0.5}
	}
	for i := range b.namings {
		n := &b.namings[i]
		if !n.bare {
			continue
		}
		if p := b.meant(n); p != nil {
			chosen = append(chosen, choice{n, p})
		} else {
			n.why = unsaid
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
				n.why = why{ground: besideAnother, confidence: 0.5}
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
