package people

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// lost counts the links that were given out when only some cables were loaded.
type lost struct{ ids, moved, renamed, alone, aloneMoved int }

// links follows the ids of a settled part of the corpus in the whole of it: an
// id is moved where it leads to nobody, or not to the person with most of its mentions.
func links(part, whole map[graph.NamingKey]graph.Person) lost {
	byID := map[string]string{}
	for _, p := range whole {
		byID[p.Slug] = p.Slug
	}
	for _, p := range whole {
		for _, slug := range p.OtherSlugs {
			byID[slug] = p.Slug
		}
	}
	type person struct {
		alone bool
		now   map[string]int
	}
	people := map[string]*person{}
	for key, p := range part {
		if people[p.Slug] == nil {
			people[p.Slug] = &person{p.Alone, map[string]int{}}
		}
		people[p.Slug].now[whole[key].Slug]++
	}
	var out lost
	for slug, p := range people {
		most := 0
		for _, mentions := range p.now {
			most = max(most, mentions)
		}
		moved := p.now[byID[slug]] < most
		switch {
		case p.alone:
			out.alone++
			if moved {
				out.aloneMoved++
			}
		default:
			out.ids++
			if moved {
				out.moved++
			}
			if byID[slug] != slug {
				out.renamed++
			}
		}
	}
	return out
}

// TestIdsLastWhenCablesCome settles random halves and quarters of the corpus, and
// then all of it. Of the ids of people with a full name one in 700 leads to somebody else then,
// and one in 50 is not the one that is shown any more, but leads to the person. An id of a bare surname means
// whoever cables leave unsaid: one in 40 leads to others, once a full name is known.
func TestIdsLastWhenCablesCome(t *testing.T) {
	pages := corpus(t)
	whole, _ := settleCorpus(pages)
	for _, parts := range []int{2, 4} {
		var all lost
		for seed := range uint64(4) {
			rnd := rand.New(rand.NewPCG(seed, 0))
			var some []page
			for _, i := range rnd.Perm(len(pages))[:len(pages)/parts] {
				some = append(some, pages[i])
			}
			part, _ := settleCorpus(some)
			all.add(links(part, whole))
		}
		t.Logf("1/%d of the corpus, four times: %+v", parts, all)
		for what, share := range map[string][3]int{ // n, of, in 1,000 at most
			"ids that lead to somebody else": {all.moved, all.ids, 4}, "ids that are not shown any more": {all.renamed, all.ids, 40},
			"ids of bare surnames that lead to somebody else": {all.aloneMoved, all.alone, 45},
		} {
			if share[0]*1000 > share[1]*share[2] {
				t.Errorf("1/%d of the corpus: %d of %d %s, want %d in 1,000 at most", parts, share[0], share[1], what, share[2])
			}
		}
	}
}

func (l *lost) add(more lost) {
	l.ids += more.ids
	l.moved += more.moved
	l.renamed += more.renamed
	l.alone += more.alone
	l.aloneMoved += more.aloneMoved
}

func TestOtherSlugs(t *testing.T) {
	second := naming("A1", "Chile", "", "Jon Kern")
	second.Position = 1
	people := Resolve([]graph.PlacedNaming{
		naming("A1", "Chile", "", "John Kern"), second, naming("A2", "Chile", "", "John B. Kern"), naming("A3", "Chile", "", "John B. Kern"),
		naming("A4", "Peru", "", "Mary Kern"), naming("A5", "Peru", "Senator", "Mary Kern"), naming("A6", "Peru", "Senator", "Kern"),
	})
	got := map[string][]string{}
	for _, s := range people {
		got[s.Person.Slug] = s.Person.OtherSlugs
	}
	want := map[string][]string{"john-b-kern": {"john-kern"}, "jon-kern": nil, "mary-kern": {"kern"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("other slugs (-want +got):\n%s", diff)
	}
}
