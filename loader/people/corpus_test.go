package people

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/source"
)

const (
	corpusFile = "../../../shared/corpus/cablegate-2010.tar.xz"
	seedFile   = "../../../shared/corpus/09STATE11937.page.txt"
)

// page is a real cable with what was found in it.
type page struct {
	parsed  *parse.Parsed
	namings []graph.Naming
}

// readCorpus parses the real cables once for all tests.
var readCorpus = sync.OnceValues(func() ([]page, error) {
	var pages []page
	visit := func(_ context.Context, e source.Entry) error {
		p, err := parse.Parse(e)
		if errors.Is(err, parse.ErrNavigation) {
			return nil
		}
		if err != nil {
			return err
		}
		pages = slices.DeleteFunc(pages, func(have page) bool { return have.parsed.Cable.Reference == p.Cable.Reference })
		pages = append(pages, page{p, Find(p)})
		return nil
	}
	for _, path := range []string{corpusFile, seedFile} {
		if err := source.Walk(context.Background(), path, visit); err != nil {
			return nil, err
		}
	}
	return pages, nil
})

func corpus(t testing.TB) []page {
	t.Helper()
	pages, err := readCorpus()
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) < 797 {
		t.Fatalf("%d cables in the corpus, want at least 797", len(pages))
	}
	return pages
}

// settleCorpus resolves the whole corpus: slug of the person for each naming.
func settleCorpus(pages []page) (map[graph.NamingKey]graph.Person, map[string]int) {
	var namings []graph.PlacedNaming
	for _, pg := range pages {
		c := &pg.parsed.Cable
		var origin, country string
		if pg.parsed.Origin != nil {
			origin, country = pg.parsed.Origin.Slug, pg.parsed.Origin.Country
		}
		for i, n := range pg.namings {
			namings = append(namings, graph.PlacedNaming{
				Cable: c.Reference, Position: i, Origin: origin, Country: country, Created: c.Created,
				Name: n.Name, Surname: n.Surname, Forms: n.Forms, Titles: n.Titles, Countries: n.Countries, Role: n.Role, Count: n.Count, Tag: n.Tag,
			})
		}
	}
	people, slugs := map[graph.NamingKey]graph.Person{}, map[string]int{}
	none, err := ParseCorrections("")
	if err != nil {
		panic(err)
	}
	for _, s := range none.Resolve(namings) {
		slugs[s.Person.Slug]++
		for _, key := range s.Namings {
			people[key] = s.Person
		}
	}
	return people, slugs
}

func TestFindOnRealCables(t *testing.T) {
	for _, pg := range corpus(t) {
		ref := pg.parsed.Cable.Reference
		runes := []rune(pg.parsed.Cable.Body)
		slugs := map[string]bool{}
		for _, n := range pg.namings {
			checkNaming(t, ref, runes, &n)
			if slug := graph.Slug(n.Name); slugs[slug] {
				t.Errorf("%s: two namings have the slug %q", ref, slug)
			} else {
				slugs[slug] = true
			}
		}
		if again := Find(pg.parsed); !cmp.Equal(again, pg.namings) {
			t.Errorf("%s: finding twice gives two answers", ref)
		}
	}
}

func checkNaming(t *testing.T, ref graph.Reference, body []rune, n *graph.Naming) {
	t.Helper()
	if n.Surname == "" || n.Count != len(n.Spans) || n.Count == 0 || n.Rule == "" || n.Confidence <= 0 || n.Confidence > 1 {
		t.Errorf("%s: %q is not complete: %+v", ref, n.Name, n)
	}
	end := 0
	for _, s := range n.Spans {
		if s.Start < end || s.End <= s.Start || s.End > len(body) {
			t.Errorf("%s: %q has the span %d to %d after %d", ref, n.Name, s.Start, s.End, end)
			return
		}
		end = s.End
		if got := oneLine(string(body[s.Start:s.End])); got != s.Text || !slices.Contains(n.Forms, s.Text) {
			t.Errorf("%s: %q: the body has %q at the span of %q, forms %q", ref, n.Name, got, s.Text, n.Forms)
		}
	}
	if !slices.IsSorted(n.Paragraphs) {
		t.Errorf("%s: %q: paragraphs %v", ref, n.Name, n.Paragraphs)
	}
}

func TestSpansDoNotOverlap(t *testing.T) {
	for _, pg := range corpus(t) {
		var spans []graph.Span
		for _, n := range pg.namings {
			spans = append(spans, n.Spans...)
		}
		slices.SortFunc(spans, func(a, b graph.Span) int { return a.Start - b.Start })
		for i := 1; i < len(spans); i++ {
			if spans[i].Start < spans[i-1].End {
				t.Errorf("%s: %q and %q overlap", pg.parsed.Cable.Reference, spans[i-1].Text, spans[i].Text)
			}
		}
	}
}

func TestPeopleOfTheCorpus(t *testing.T) {
	pages := corpus(t)
	people, slugs := settleCorpus(pages)
	for slug, n := range slugs {
		if n > 1 {
			t.Errorf("%d people have the slug %q", n, slug)
		}
	}
	tests := []struct {
		name, origin, tag, slug string
		want                    []graph.Reference
	}{
		{
			"Embassy Paris, Iran, Kouchner", "embassy-paris", "IR", "bernard-kouchner",
			[]graph.Reference{"07PARIS3733", "07PARIS3956", "07PARIS4685", "08PARIS114", "08PARIS957", "10PARIS174"},
		},
		{
			"Embassy Tel Aviv, Iran, Netanyahu", "embassy-tel-aviv", "IR", "*-netanyahu",
			[]graph.Reference{"09TELAVIV2502", "09TELAVIV2777", "09TELAVIV457", "09TELAVIV936"},
		},
		{"Department of State, Iran, Kouchner", "secretary-of-state", "IR", "bernard-kouchner", []graph.Reference{"09STATE11937"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := cablesOf(pages, people, tt.origin, tt.tag, tt.slug)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("cables (-want +got):\n%s", diff)
			}
		})
	}
}

// cablesOf lists the cables from a post with a tag that name a person; a slug "*-x" takes any person of that surname, who must be one.
func cablesOf(pages []page, people map[graph.NamingKey]graph.Person, origin, tag, slug string) []graph.Reference {
	var got []graph.Reference
	for _, pg := range pages {
		if pg.parsed.Origin == nil || pg.parsed.Origin.Slug != origin || !slices.ContainsFunc(pg.parsed.Tags, func(t graph.Tag) bool { return t.Code == tag }) {
			continue
		}
		for i := range pg.namings {
			have := people[graph.NamingKey{Cable: pg.parsed.Cable.Reference, Position: i}].Slug
			if have == slug || slug[0] == '*' && strings.HasSuffix(have, slug[1:]) {
				got = append(got, pg.parsed.Cable.Reference)
			}
		}
	}
	slices.Sort(got)
	return got
}

func TestSeed(t *testing.T) {
	pages := corpus(t)
	people, _ := settleCorpus(pages)
	var surnames []string
	for _, pg := range pages {
		if pg.parsed.Cable.Reference != "09STATE11937" {
			continue
		}
		for i, n := range pg.namings {
			p := people[graph.NamingKey{Cable: "09STATE11937", Position: i}]
			switch n.Surname {
			case "kouchner":
				surnames = append(surnames, p.Name)
			case "clinton":
				surnames = append(surnames, p.Name)
				if n.SignedAs == "" || p.Tag != "CLINTON, HILLARY" || n.Role != graph.RoleSigner {
					t.Errorf("Clinton signed as %q, has the tag %q and the role %s", n.SignedAs, p.Tag, n.Role)
				}
			}
		}
	}
	slices.Sort(surnames)
	if want := []string{"Bernard Kouchner", "Hillary Clinton"}; !slices.Equal(surnames, want) {
		t.Errorf("people of the seed are %q, want %q", surnames, want)
	}
}

func BenchmarkFind(b *testing.B) {
	pages := corpus(b)
	b.ResetTimer()
	for i := range b.N {
		Find(pages[i%len(pages)].parsed)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "cables/s")
}

func BenchmarkResolve(b *testing.B) {
	pages := corpus(b)
	b.ResetTimer()
	for range b.N {
		settleCorpus(pages)
	}
}
