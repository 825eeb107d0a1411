package people

import (
	"slices"
	"strings"
	"sync"
)

// bynamed maps a byname to the words of the name that it stands for: "abu mazen" → mahmoud abbas.
var bynamed = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for _, rule := range bynames() {
		for _, byname := range rule.names[1:] {
			all[strings.Join(nameOf(byname), " ")] = nameOf(rule.names[0])
		}
	}
	return all
})

// joinBynames makes one individual of those whom the cable calls by the name and by the byname.
func (d *doc) joinBynames() {
	kept := make([]*individual, 0, len(d.people))
	for _, p := range d.people {
		name := bynamed()[strings.Join(p.finds[0].words, " ")]
		i := slices.IndexFunc(d.people, func(q *individual) bool { return name != nil && q != p && q.isCalled(name) })
		if i < 0 {
			kept = append(kept, p)
			continue
		}
		for _, f := range p.finds {
			f.byname = true
			d.people[i].take(f)
		}
	}
	d.people = kept
}

// isCalled tells whether the individual can be the one of the name: by a full name, or by the surname where no other is there.
func (p *individual) isCalled(name []string) bool {
	if len(p.full) == 0 {
		return !p.wife && slices.Contains(p.surnames, name[len(name)-1])
	}
	return slices.ContainsFunc(p.full, func(own []string) bool { return sameName(own, name) })
}
