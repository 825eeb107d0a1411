package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// rated is a bearer with what speaks for them.
type rated struct {
	p     *bearer
	score float64
}

// meant returns the bearer whom a bare surname means, and notes why; nil where that can't be told.
func (b *block) meant(n *placed) *bearer {
	const enough, margin = 3, 1.5
	var best *bearer
	var bestScore, second float64
	for _, r := range b.likely(n) {
		switch {
		case r.p.cables[n.Cable]: // the cable names p already, and someone else beside
		case best == nil:
			best, bestScore = r.p, r.score
		default:
			second = max(second, r.score)
		}
	}
	if bestScore < enough || bestScore-second < margin && !(best.famous && bestScore > second) {
		return nil
	}
	n.why = b.grounds(n, best, bestScore, bestScore-second)
	return best
}

// kept is how many of the bearers for whom most speaks are looked at: those
// whom the cable names already are passed over, and there may be some.
const kept = 8

// asked is all of a bare naming that likely looks at.
type asked struct {
	titles, country, origin string
	year                    int
	signer                  bool
}

// likely returns the bearers for whom most speaks, best first. Namings of one
// title, post and year have the same.
func (b *block) likely(n *placed) []rated {
	key := asked{strings.Join(n.titles, "\n"), n.Country, n.Origin, n.Created.Year(), n.Role == graph.RoleSigner}
	best, ok := b.known[key]
	if !ok {
		best = b.rate(n)
		b.known[key] = best
	}
	return best
}

// rate weighs the bearers who have a title, a country or a post of the naming,
// and of all others, whom the naming tells nothing about, as many as could matter.
func (b *block) rate(n *placed) []rated {
	known := b.weigh(n)
	best := make([]rated, 0, kept)
	for _, i := range b.touched {
		best, _ = keep(best, rated{b.bearers[i], evidenceFor(b.bearers[i], b.parts[i], known, n)})
	}
	if !slices.ContainsFunc(n.titles, reigning) && n.Role != graph.RoleSigner {
		for _, r := range b.strangers(known, n) {
			if b.parts[r.p.place].touched {
				continue
			}
			var better bool
			if best, better = keep(best, r); !better {
				break
			}
		}
	}
	for _, i := range b.touched {
		b.parts[i] = parts{}
	}
	b.touched = b.touched[:0]
	return best
}

// keep adds r to the best where it is one of them.
func keep(best []rated, r rated) ([]rated, bool) {
	if r.score <= 0 || len(best) == kept && !r.before(best[kept-1]) {
		return best, false
	}
	at := 0
	for at < len(best) && best[at].before(r) {
		at++
	}
	return slices.Insert(best[:min(len(best), kept-1)], at, r), true
}

// before: more speaks for r, or they came first.
func (r rated) before(other rated) bool {
	return r.score > other.score || r.score == other.score && r.p.place < other.p.place
}

// parts are what a bearer has of all that the bearers have together of one naming's titles, country and post.
type parts struct {
	title, country, origin float64
	touched                bool
}

// weigh sets the parts of the bearers who have any, and tells whether the naming has a title that says something.
func (b *block) weigh(n *placed) (known bool) {
	for _, t := range n.titles {
		if plainTitle(t) {
			continue
		}
		known = true
		for _, s := range b.total.titles[t] {
			p := b.touch(s.place)
			p.title = max(p.title, s.part)
		}
	}
	for _, s := range b.total.countries[n.Country] {
		b.touch(s.place).country = s.part
	}
	for _, s := range b.total.origins[n.Origin] {
		b.touch(s.place).origin = s.part
	}
	return known
}

func (b *block) touch(place int) *parts {
	p := &b.parts[place]
	if !p.touched {
		p.touched = true
		b.touched = append(b.touched, place)
	}
	return p
}

// stranger is what a naming says to bearers with whom it has nothing in common.
type stranger struct {
	titled bool // with a title that says something
	year   int
}

// strangers returns all bearers for whom something speaks though they have nothing in common with the naming, best first.
func (b *block) strangers(known bool, n *placed) []rated {
	key := stranger{known, n.Created.Year()}
	all, ok := b.unlike[key]
	if !ok {
		for _, p := range b.bearers {
			if score := evidenceFor(p, parts{}, known, n); score > 0 {
				all = append(all, rated{p, score})
			}
		}
		slices.SortStableFunc(all, func(x, y rated) int { return cmp.Compare(y.score, x.score) })
		b.unlike[key] = all
	}
	return all
}

// evidenceFor weighs what speaks for bearer p being meant by a bare surname: the
// part that p has in the surname's titles, countries, posts and cables.
func evidenceFor(p *bearer, part parts, known bool, n *placed) float64 {
	switch {
	case part.title == 0 && slices.ContainsFunc(n.titles, reigning):
		return 0
	case part.origin == 0 && n.Role == graph.RoleSigner:
		return 0 // who signs for a post is named by its own cables
	}
	score := 4 * part.title
	if known && part.title == 0 && len(p.titles) > 0 {
		score -= p.otherTitle(n)
	}
	score += 2 * part.country
	score += part.origin
	if near(p, n) {
		score++
	}
	if p.famous {
		score += 3
	}
	score += 2 * p.share
	if p.share > 0.8 && len(p.cables) >= 3 {
		score += 2
	}
	return score
}

// otherTitle weighs a title that the bearer has nowhere else. A public figure may be called president instead
// of prime minister, but a senator or an attorney general of the name is somebody else.
func (p *bearer) otherTitle(n *placed) float64 {
	switch {
	case !p.famous:
		return 2
	case slices.ContainsFunc(n.titles, leading):
		return 0.5
	default:
		return 4
	}
}

// leading tells the titles of those who lead a country, party or movement.
func leading(title string) bool {
	switch title {
	case "president", "prime minister", "premier", "chancellor", "leader", "head", "chairman", "candidate", "opposition leader", "former president", "former prime minister":
		return true
	}
	return false
}

// partOf is the part that the bearer at a place has in something.
type partOf struct {
	place int
	part  float64
}

// total holds what the bearers have together, and each one's part in it.
type total struct {
	titles, countries, origins map[string][]partOf
}

// count works out each bearer's part in all, once the full names are settled.
func (b *block) count() {
	titles, countries, origins, cables := map[string]int{}, map[string]int{}, map[string]int{}, 0
	for i, p := range b.bearers {
		p.place = i
		sum(titles, p.titles)
		sum(countries, p.countries)
		sum(origins, p.origins)
		cables += len(p.cables)
	}
	b.all = sums{titles, countries, origins}
	b.total = total{map[string][]partOf{}, map[string][]partOf{}, map[string][]partOf{}}
	for _, p := range b.bearers {
		p.share = shareOf(len(p.cables), cables)
		p.famous = p.figure(b.namings[0].Surname)
		p.divide(b.total.titles, p.titles, titles)
		p.divide(b.total.countries, p.countries, countries)
		p.divide(b.total.origins, p.origins, origins)
	}
	b.parts = make([]parts, len(b.bearers))
	b.known, b.unlike = map[asked][]rated{}, map[stranger][]rated{}
}

// sums counts what the bearers have together.
type sums struct{ titles, countries, origins map[string]int }

func sum(all, own map[string]int) {
	for key, n := range own {
		all[key] += n
	}
}

// divide notes the bearer's part in each thing.
func (p *bearer) divide(parts map[string][]partOf, own, all map[string]int) {
	for key, n := range own {
		parts[key] = append(parts[key], partOf{p.place, shareOf(n, all[key])})
	}
}

// shareOf is p's part in what the bearers have together.
func shareOf(own, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(own) / float64(all)
}

// figure tells whether the bearer is the one who is famous under the surname.
func (p *bearer) figure(surname string) bool {
	given := figures()[surname]
	return len(given) == 1 && slices.ContainsFunc(p.names, func(name []string) bool {
		return slices.ContainsFunc(name[:len(name)-1], func(word string) bool { return sameGivenWord(given[0], word) })
	})
}

// near tells whether some cable of the year, the one before or the one after names the bearer in full.
func near(p *bearer, n *placed) bool {
	return !n.Created.IsZero() && p.years&(yearBit(n, -1)|yearBit(n, 0)|yearBit(n, 1)) != 0
}

// yearBit stands for the year of a naming, and of those beside it, in bearer.years.
func yearBit(n *placed, offset int) uint64 { return 1 << (uint(n.Created.Year()+offset) % 64) }
