package people

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// rated is a bearer with what speaks for them.
type rated struct {
	p     *bearer
	score float64
}

// meant returns the bearer whom a bare surname means, nil where that can't be told.
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
	if bestScore < enough || bestScore-second < margin {
		return nil
	}
	return best
}

// likely returns the bearers for whom most speaks, best first. Namings of one
// title, post and year have the same.
func (b *block) likely(n *placed) []rated {
	const kept = 8
	key := fmt.Sprintf("%q %q %q %d %t", n.titles, n.Country, n.Origin, n.Created.Year(), n.Role == graph.RoleSigner)
	if known, ok := b.known[key]; ok {
		return known
	}
	all := make([]rated, 0, len(b.bearers))
	for _, p := range b.bearers {
		if score := b.evidenceFor(p, n); score > 0 {
			all = append(all, rated{p, score})
		}
	}
	slices.SortStableFunc(all, func(x, y rated) int { return cmp.Compare(y.score, x.score) })
	all = slices.Clone(all[:min(kept, len(all))])
	b.known[key] = all
	return all
}

// evidenceFor weighs what speaks for bearer p being meant by a bare surname: the
// part that p has in the surname's titles, countries, posts and cables.
func (b *block) evidenceFor(p *bearer, n *placed) float64 {
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
	score += 2 * shareOf(p.countries[n.Country], b.total.countries[n.Country])
	score += shareOf(p.origins[n.Origin], b.total.origins[n.Origin])
	if near(p, n) {
		score++
	}
	if p.figure(n.Surname) {
		score += 1.5
	}
	share := shareOf(len(p.cables), b.total.cables)
	score += 2 * share
	if share > 0.8 && len(p.cables) >= 3 {
		score += 2
	}
	return score
}

// shareOf is p's part in what the bearers have together.
func shareOf(own, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(own) / float64(all)
}

// total counts what the bearers have together.
type total struct {
	titles, countries, origins map[string]int
	cables                     int
}

func (b *block) count() {
	b.total = total{map[string]int{}, map[string]int{}, map[string]int{}, 0}
	for _, p := range b.bearers {
		for _, sum := range []struct{ own, all map[string]int }{{p.titles, b.total.titles}, {p.countries, b.total.countries}, {p.origins, b.total.origins}} {
			for key, n := range sum.own {
				sum.all[key] += n
			}
		}
		b.total.cables += len(p.cables)
	}
}

// titlePart is p's part in the naming's titles, and whether it has any that say something.
func (b *block) titlePart(p *bearer, n *placed) (best float64, known bool) {
	for _, t := range n.titles {
		if plainTitle(t) {
			continue
		}
		known = true
		best = max(best, shareOf(p.titles[t], b.total.titles[t]))
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

// near tells whether some cable of the year, the one before or the one after names the bearer in full.
func near(p *bearer, n *placed) bool {
	return !n.Created.IsZero() && p.years&(yearBit(n, -1)|yearBit(n, 0)|yearBit(n, 1)) != 0
}

// yearBit stands for the year of a naming, and of those beside it, in bearer.years.
func yearBit(n *placed, offset int) uint64 { return 1 << (uint(n.Created.Year()+offset) % 64) }
