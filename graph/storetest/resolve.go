package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// Placed returns every naming of the records as Writer.Namings gives them, ordered by cable and position.
func Placed(records []graph.Record) []graph.PlacedNaming {
	var all []graph.PlacedNaming
	for _, r := range records {
		for i, n := range r.People {
			p := graph.PlacedNaming{
				Cable: r.Cable.Reference, Position: i, Created: r.Cable.Created, Name: n.Name, Surname: n.Surname,
				Forms: n.Forms, Titles: n.Titles, Countries: n.Countries, Role: n.Role, Count: n.Count, Tag: n.Tag,
			}
			if r.Origin != nil {
				p.Origin, p.Country = r.Origin.Slug, r.Origin.Country
			}
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b graph.PlacedNaming) int {
		return cmp.Or(cmp.Compare(a.Cable, b.Cable), cmp.Compare(a.Position, b.Position))
	})
	return all
}

// Resolve says who the namings are, by a rule that is good enough for drawn
// people: one surname and one initial are one person, but not twice in one cable.
// It wants them ordered by cable and position.
func Resolve(namings []graph.PlacedNaming) []graph.Settled {
	groups := map[string][]graph.PlacedNaming{}
	var keys []string
	for _, n := range namings {
		initial, _ := utf8.DecodeRuneInString(graph.Fold(n.Name))
		key := n.Surname + "/" + string(initial)
		for slices.ContainsFunc(groups[key], func(other graph.PlacedNaming) bool { return other.Cable == n.Cable }) {
			key += "+"
		}
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], n)
	}
	slices.Sort(keys)
	people := make([]graph.Settled, 0, len(keys))
	for _, key := range keys {
		people = append(people, resolved(groups[key]))
	}
	return people
}

// resolved joins the namings of one person under the longest of their names.
// Who comes in the second half of the alphabet counts as known by the surname alone.
func resolved(namings []graph.PlacedNaming) graph.Settled {
	var s graph.Settled
	names := map[string]bool{}
	for _, n := range namings {
		names[n.Name] = true
		s.Person.Surname = n.Surname
		s.Person.Aliases = append(s.Person.Aliases, n.Forms...)
		s.Person.Titles = append(s.Person.Titles, n.Titles...)
		hold(&s.Person, n)
		s.Person.Tag = max(s.Person.Tag, n.Tag)
		s.Namings = append(s.Namings, graph.NamingKey{Cable: n.Cable, Position: n.Position})
	}
	for name := range names {
		if len(name) > len(s.Person.Name) || len(name) == len(s.Person.Name) && name < s.Person.Name {
			s.Person.Name = name
		}
	}
	s.Person.Slug = graph.Slug(s.Person.Name)
	for name := range names {
		if slug := graph.Slug(name); slug != s.Person.Slug {
			s.Person.OtherSlugs = append(s.Person.OtherSlugs, slug)
		}
	}
	slices.Sort(s.Person.OtherSlugs)
	s.Person.OtherSlugs = slices.Compact(s.Person.OtherSlugs)
	s.Person.Alone = graph.Fold(s.Person.Name) > "m"
	s.Person.Because = because(namings)
	slices.Sort(s.Person.Aliases)
	s.Person.Aliases = slices.Compact(s.Person.Aliases)
	slices.Sort(s.Person.Titles)
	s.Person.Titles = slices.Compact(s.Person.Titles)
	return s
}

// hold notes the titles of a naming.
func hold(p *graph.Person, n graph.PlacedNaming) {
	for i, t := range n.Titles {
		o := graph.Office{Title: graph.NormalTitle(t)}
		if n.Countries != nil {
			o.Country = n.Countries[i]
		}
		at := slices.IndexFunc(p.Offices, func(have graph.Office) bool { return have.Title == o.Title && have.Country == o.Country })
		if at < 0 {
			at = len(p.Offices)
			p.Offices = append(p.Offices, o)
		}
		p.Offices[at].Hold(n.Created)
	}
}

// because gives each name its reason, those of most cables first.
func because(namings []graph.PlacedNaming) []graph.Join {
	var joins []graph.Join
	for _, n := range namings {
		i := slices.IndexFunc(joins, func(j graph.Join) bool { return j.Form == n.Name })
		if i < 0 {
			i = len(joins)
			joins = append(joins, graph.Join{
				Form: n.Name, Reason: "the surname and the initial of \"" + n.Name + "\"", Confidence: 1 / float64(i+1),
				Example: graph.NewID(graph.KindCable, string(n.Cable)),
			})
		}
		joins[i].Mentions++
	}
	slices.SortStableFunc(joins, func(a, b graph.Join) int { return b.Mentions - a.Mentions })
	return joins
}

// SettleAll settles every unsettled surname of the store by Resolve, again
// where another writer came between.
func SettleAll(ctx context.Context, store graph.Writer) error {
	for {
		surnames, err := store.Unsettled(ctx, 50)
		if err != nil || len(surnames) == 0 {
			return err
		}
		namings, generation, err := store.Namings(ctx, surnames)
		if err != nil {
			return fmt.Errorf("namings of %v: %w", surnames, err)
		}
		err = store.Settle(ctx, surnames, Resolve(namings), generation)
		if err != nil && !errors.Is(err, graph.ErrConflict) {
			return fmt.Errorf("settle %v: %w", surnames, err)
		}
	}
}
