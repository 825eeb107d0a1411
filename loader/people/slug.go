package people

import (
	"cmp"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// claim is how many mentions of a bearer stand under a name with some slug.
type claim struct {
	bearer   int // in the list of those who are settled
	mentions int
}

// giveOtherSlugs gives each person the slugs of the other names by which cables
// call them (names: own slug → name → mentions), so that an id once given leads to them for as long as a cable has the name. A
// slug that is somebody's own leads to them; one that several claim to whom it means most often.
func giveOtherSlugs(people []graph.Settled, names map[string]map[string]int) {
	own := map[string]bool{}
	for i := range people {
		own[people[i].Person.Slug] = true
	}
	best := map[string]claim{}
	for i := range people { // by slug, so that the order of loading says nothing
		called := names[people[i].Person.Slug]
		if len(called) == 1 && called[people[i].Person.Name] > 0 && graph.Slug(people[i].Person.Name) == people[i].Person.Slug {
			continue // by the own name only, like most
		}
		for slug, mentions := range slugsOf(called) {
			have, claimed := best[slug]
			if !own[slug] && (!claimed || cmp.Or(cmp.Compare(mentions, have.mentions), cmp.Compare(have.bearer, i)) > 0) {
				best[slug] = claim{i, mentions}
			}
		}
	}
	for slug, c := range best {
		people[c.bearer].Person.OtherSlugs = append(people[c.bearer].Person.OtherSlugs, slug)
	}
	for i := range people {
		slices.Sort(people[i].Person.OtherSlugs)
	}
}

// slugsOf sums up the names that have one slug.
func slugsOf(names map[string]int) map[string]int {
	slugs := make(map[string]int, len(names))
	for name, mentions := range names {
		slugs[graph.Slug(name)] += mentions
	}
	return slugs
}
