package people

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

// bigBlock makes n namings of one surname: some hundred full names in one half, the bare surname in the other.
func bigBlock(n int) []graph.PlacedNaming {
	titles := []string{"President", "Foreign Minister", "Ambassador", "Senator", "Counselor", "Governor", "Judge", "", "", ""}
	all := make([]graph.PlacedNaming, 0, n)
	for i := range n {
		k := i * 7919 % n
		name := "Kern"
		if k%2 == 0 {
			name = fmt.Sprintf("%c%c%cavo Kern", 'A'+k/2%26, "aeiou"[k/52%5], "bkv"[k/260%3])
		}
		p := naming(fmt.Sprintf("%02dPARIS%d", k%10, i), fmt.Sprintf("Land %d", k/300%190), titles[k/300%len(titles)], name)
		p.Origin, p.Created = fmt.Sprintf("embassy-%d", k%280), time.Date(1990+k/97%20, 5, 1, 0, 0, 0, 0, time.UTC)
		all = append(all, p)
	}
	return all
}

// rateAll is rate without its short ways: each bearer is weighed.
func rateAll(b *block, n *placed) []rated {
	var all []rated
	for _, p := range b.bearers {
		score := evidenceFor(p, partsOf(b, p, n), slices.ContainsFunc(n.titles, func(t string) bool { return !plainTitle(t) }), n)
		if score > 0 {
			all = append(all, rated{p, score})
		}
	}
	slices.SortStableFunc(all, func(x, y rated) int { return cmp.Compare(y.score, x.score) })
	return all[:min(kept, len(all))]
}

func partsOf(b *block, p *bearer, n *placed) parts {
	var own parts
	share := func(of func(*bearer) int) float64 {
		all := 0
		for _, other := range b.bearers {
			all += of(other)
		}
		return shareOf(of(p), all)
	}
	for _, t := range n.titles {
		if !plainTitle(t) {
			own.title = max(own.title, share(func(p *bearer) int { return p.titles[t] }))
		}
	}
	own.country = share(func(p *bearer) int { return p.countries[n.Country] })
	own.origin = share(func(p *bearer) int { return p.origins[n.Origin] })
	return own
}

func checkLikely(t interface{ Fatalf(string, ...any) }, namings []graph.PlacedNaming) {
	b := newBlock(namings)
	b.bearersByName()
	b.count()
	for i := range b.namings {
		n := &b.namings[i]
		if got, want := b.likely(n), rateAll(b, n); n.bare && !slices.Equal(got, want) {
			t.Fatalf("%q %q of %s, %s: likely are %v, want %v", n.Titles, n.Name, n.Country, n.Cable, got, want)
		}
	}
}

func TestLikelyIsTheSameAsWeighingAll(t *testing.T) {
	checkLikely(t, bigBlock(400))
	rapid.Check(t, func(t *rapid.T) {
		if namings := drawNamings(t); len(namings) > 0 {
			checkLikely(t, namings)
		}
	})
}

func BenchmarkResolveBigBlock(b *testing.B) {
	namings := bigBlock(50000)
	for b.Loop() {
		Resolve(namings)
	}
}
