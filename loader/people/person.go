package people

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// settled writes bearers down as people.
func settled(bearers []*bearer) []graph.Settled {
	out := make([]graph.Settled, 0, len(bearers))
	names := map[string]map[string]int{}
	slugs := map[string]bool{}
	slices.SortStableFunc(bearers, func(x, y *bearer) int { return cmp.Compare(x.number, y.number) })
	for _, p := range bearers {
		s, spellings := p.settled()
		base := s.Person.Slug
		for i := max(p.number, 1); slugs[s.Person.Slug] || i == p.number && i > 1 && s.Person.Slug == base; i++ {
			s.Person.Slug = fmt.Sprintf("%s-%d", base, max(i, 2))
		}
		slugs[s.Person.Slug], names[s.Person.Slug] = true, spellings
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y graph.Settled) int { return cmp.Compare(x.Person.Slug, y.Person.Slug) })
	giveOtherSlugs(out, names)
	return out
}

// settled writes a bearer down, and counts the names by which cables call them.
func (p *bearer) settled() (s graph.Settled, names map[string]int) {
	offices := map[graph.Office]*graph.Office{}
	titles := map[string]map[string]int{}
	names = map[string]int{}
	forms := map[string]bool{}
	for _, n := range p.namings {
		s.Namings = append(s.Namings, graph.NamingKey{Cable: n.Cable, Position: n.Position})
		names[n.Name]++
		for _, form := range n.Forms {
			forms[form] = true
		}
		for i, t := range n.titles {
			if titles[t] == nil {
				titles[t] = map[string]int{}
			}
			titles[t][n.Titles[i]]++
		}
		n.hold(offices)
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
	s.Person.Aliases = sortedForms(maps.Keys(forms))
	s.Person.Titles = byFrequency(titles)
	s.Person.Offices = byMentions(offices)
	s.Person.Alone, s.Person.Because = p.alone(), p.because()
	p.showCorrected(&s.Person)
	return s, names
}

// showCorrected puts in what corrections say. Another name changes no id, so that links go on to lead here.
func (p *bearer) showCorrected(person *graph.Person) {
	if p.known != "" {
		person.Slug = graph.Slug(p.known)
	}
	if p.within != "" {
		person.Slug += "-" + strings.ToLower(string(p.within))
	}
	if p.shown != "" {
		person.Name = p.shown
	}
	for _, given := range p.given {
		title, country, _ := strings.Cut(given, ", ")
		if !slices.ContainsFunc(person.Titles, func(t string) bool { return graph.NormalTitle(t) == graph.NormalTitle(title) }) {
			person.Titles = append(person.Titles, title)
		}
		office := graph.Office{Title: graph.NormalTitle(title), Country: country}
		if !slices.ContainsFunc(person.Offices, func(o graph.Office) bool { return o.Title == office.Title && o.Country == office.Country }) {
			person.Offices = append(person.Offices, office)
		}
	}
}

// hold notes the naming's titles among the offices; courtesies are none.
func (n *placed) hold(offices map[graph.Office]*graph.Office) {
	for i, t := range n.titles {
		if courtesy(t) {
			continue
		}
		key := graph.Office{Title: t}
		if n.Countries != nil {
			key.Country = n.Countries[i]
		}
		if offices[key] == nil {
			offices[key] = &graph.Office{Title: key.Title, Country: key.Country}
		}
		offices[key].Hold(n.Created)
	}
}

func courtesy(title string) bool {
	switch title {
	case "mr", "mrs", "ms", "miss", "sir", "doctor":
		return true
	}
	return false
}

// byMentions returns the offices that most cables give first.
func byMentions(offices map[graph.Office]*graph.Office) []graph.Office {
	out := make([]graph.Office, 0, len(offices))
	for _, o := range offices {
		out = append(out, *o)
	}
	slices.SortFunc(out, func(a, b graph.Office) int {
		return cmp.Or(cmp.Compare(b.Mentions, a.Mentions), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Country, b.Country))
	})
	return out
}

// bestName is the most frequent of the full names; of the surnames where there is none.
func bestName(names map[string]int) string {
	best := ""
	full := func(name string) int { return min(len(withoutParticles(nameWords(name))), 2) }
	for name, count := range names {
		if best == "" || cmp.Or(cmp.Compare(full(name), full(best)), cmp.Compare(count, names[best]),
			cmp.Compare(len(nameWords(name)), len(nameWords(best))), cmp.Compare(spelledOut(nameWords(name)), spelledOut(nameWords(best))), cmp.Compare(best, name)) > 0 {
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
