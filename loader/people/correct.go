package people

import (
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// Resolve settles who the namings of some surnames are, as the function Resolve
// does, and corrects that. All namings of all Linked surnames have to be among them.
func (c *Corrections) Resolve(namings []graph.PlacedNaming) []graph.Settled {
	of := map[string][]graph.PlacedNaming{}
	for _, n := range namings {
		of[n.Surname] = append(of[n.Surname], n)
	}
	var out []graph.Settled
	done := map[string]bool{}
	for _, n := range namings {
		if done[n.Surname] {
			continue
		}
		var bearers []*bearer
		for _, s := range c.Linked(n.Surname) {
			done[s] = true
			bearers = append(bearers, c.bearers(of[s])...)
		}
		if c.concerns(n.Surname) {
			bearers = c.correct(bearers)
		}
		out = append(out, settled(bearers)...)
	}
	return out
}

// bearers resolves one surname.
func (c *Corrections) bearers(namings []graph.PlacedNaming) []*bearer {
	if len(namings) == 0 {
		return nil
	}
	b := newBlock(namings)
	b.apart = c.apart(namings[0].Surname)
	b.bearersByName()
	b.joinBare()
	b.partTwins()
	return b.bearers
}

// concerns tells whether a correction names someone of the surname.
func (c *Corrections) concerns(surname string) bool { return c != nil && c.linked[surname] != nil }

// apart returns the groups of full names with the surname that are not one person's, each name as its folded words.
func (c *Corrections) apart(surname string) [][]string {
	if !c.concerns(surname) {
		return nil
	}
	var all [][]string
	for _, rule := range c.rules {
		if rule.verb != verbDifferent || !slices.Contains(rule.surnames(), surname) {
			continue
		}
		var names []string
		for _, name := range rule.names {
			names = append(names, strings.Join(withoutParticles(nameOf(name)), " "))
		}
		all = append(all, names)
	}
	return all
}

// parted tells whether a correction says that the name is not the bearer's.
func (b *block) parted(p *bearer, words []string) bool {
	name := strings.Join(words, " ")
	for _, group := range b.apart {
		if !slices.Contains(group, name) {
			continue
		}
		for _, own := range p.names {
			if other := strings.Join(own, " "); other != name && slices.Contains(group, other) {
				return true
			}
		}
	}
	return false
}

// correct applies the rules in their order.
func (c *Corrections) correct(bearers []*bearer) []*bearer {
	for i := range c.rules {
		rule := &c.rules[i]
		for _, name := range rule.names {
			if len(called(bearers, name)) > 0 {
				c.meet(name)
			}
		}
		switch rule.verb {
		case verbSame:
			bearers = rule.join(bearers)
		case verbDifferent:
			for _, cable := range rule.cables {
				bearers = rule.part(bearers, cable)
			}
		case verbRename:
			for _, p := range called(bearers, rule.names[0]) {
				p.shown = rule.names[1]
			}
		case verbTitle:
			for _, p := range called(bearers, rule.names[0]) {
				p.given = append(p.given, rule.names[1])
			}
		}
	}
	return slices.DeleteFunc(bearers, func(p *bearer) bool { return len(p.namings) == 0 })
}

// join makes one bearer of all whom the names mean. Where one cable names two of
// them, the second naming stays what it was: a cable has one edge to a person.
func (r *correction) join(bearers []*bearer) []*bearer {
	var one *bearer
	for _, name := range r.names {
		for _, p := range called(bearers, name) {
			switch {
			case one == nil:
				one = p
			case p != one:
				one.takeAll(p, r.why())
			}
		}
	}
	if one != nil && r.line > 0 && !strings.HasPrefix(r.names[0], "person:") {
		one.shown, one.known = r.names[0], r.names[0]
	}
	return bearers
}

func (r *correction) why() why {
	if r.line == 0 {
		return why{ground: byByname, of: r.names[0], confidence: 0.95}
	}
	return why{ground: byCorrection, of: r.text, confidence: 1}
}

func (p *bearer) takeAll(other *bearer, why why) {
	left := other.namings[:0:0]
	for _, n := range other.namings {
		if p.cables[n.Cable] {
			left = append(left, n)
			continue
		}
		n.why = why
		p.take(n)
	}
	other.namings = left
	p.names = append(p.names, other.names...)
	p.given = append(p.given, other.given...)
}

// part makes the naming of a cable someone else.
func (r *correction) part(bearers []*bearer, cable graph.Reference) []*bearer {
	for _, p := range called(bearers, r.names[0]) {
		i := slices.IndexFunc(p.namings, func(n *placed) bool { return n.Cable == cable })
		if i < 0 || len(p.namings) == 1 {
			continue
		}
		other := newBearer(p.key)
		p.namings[i].why = r.why()
		other.take(p.namings[i])
		other.within = cable
		p.namings = slices.Delete(p.namings, i, i+1)
		return append(bearers, other)
	}
	return bearers
}

// called returns the bearers whom a name means: by id the one, by a full name
// those who are named so in full, by less those who are never named in full.
func called(bearers []*bearer, name string) []*bearer {
	words := nameOf(name)
	id, byID := strings.CutPrefix(name, "person:")
	full := strings.Join(withoutParticles(words), " ")
	var found []*bearer
	for _, p := range bearers {
		switch {
		case p.within != "" || len(p.namings) == 0:
		case byID:
			if s, _ := p.settled(); s.Person.Slug == id {
				found = append(found, p)
			}
		case slices.ContainsFunc(p.names, func(own []string) bool { return strings.Join(own, " ") == full }),
			len(p.names) == 0 && slices.ContainsFunc(p.namings, func(n *placed) bool { return slices.Equal(nameWords(n.Name), words) }):
			found = append(found, p)
		}
	}
	return found
}
