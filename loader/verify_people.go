package loader

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// people resolves the namings of every surname anew and holds the people of the graph against it.
func (v *verifier) people(ctx context.Context) error {
	waiting, err := v.store.Unsettled(ctx, 1)
	if err == nil {
		v.correct, err = keepCorrections(ctx, v.store, nil)
	}
	if err != nil {
		return err
	}
	if !v.found.check(ruleSettled, len(waiting) == 0, "the store", "surnames wait to be settled: a load was stopped; load the same again") {
		return nil // who is who is not decided yet
	}
	seen := make([]bool, len(v.kept.mentions))
	for _, batch := range v.surnames() {
		namings, _, err := v.store.Namings(ctx, batch)
		if err != nil {
			return err
		}
		if err := v.resolved(namings, seen); err != nil {
			return err
		}
	}
	for i, m := range v.kept.mentions {
		if !seen[i] {
			v.found.fail(ruleSurnames, v.kept.edge(m.cable, graph.LinkMentions, m.person), "the naming is not found under its surname")
		}
	}
	return nil
}

// namingsSize is how many namings are asked for at a time; those of one surname are never parted.
const namingsSize = 10_000

// surnames returns the surnames of all people, each once, in batches that have
// about namingsSize namings: a frequent surname has as many as thousands of rare ones.
func (v *verifier) surnames() [][]string {
	namings := map[uint32]int{}
	for _, p := range v.kept.person {
		namings[p.surname] += 0
	}
	for _, m := range v.kept.mentions {
		namings[m.surname]++
	}
	var batches [][]string
	room := 0
	done := map[string]bool{}
	for _, n := range slices.Sorted(maps.Keys(namings)) {
		surname := v.kept.words.keys[n]
		if done[surname] {
			continue
		}
		linked, size := v.correct.Linked(surname), 0
		for _, s := range linked {
			done[s] = true
			size += namings[v.kept.words.word(s)]
		}
		if room -= size + 1; room < 0 || len(batches) == 0 {
			batches = append(batches, nil)
			room = namingsSize - size
		}
		last := &batches[len(batches)-1]
		*last = append(*last, linked...)
	}
	return batches
}

// resolved judges where the namings of some surnames lead.
func (v *verifier) resolved(namings []graph.PlacedNaming, seen []bool) error {
	for _, n := range namings {
		i, there := v.kept.naming(graph.NamingKey{Cable: n.Cable, Position: n.Position})
		if !v.found.check(ruleSurnames, there, string(graph.NewID(graph.KindCable, string(n.Cable))),
			fmt.Sprintf("its naming %d, %q, leads to nobody", n.Position, n.Name)) {
			continue
		}
		seen[i] = true
		m := v.kept.mentions[i]
		if surname := v.kept.words.keys[m.surname]; surname != n.Surname {
			v.found.fail(ruleSurnames, v.kept.edge(m.cable, graph.LinkMentions, m.person),
				fmt.Sprintf("the naming has the surname %q, the edge %q", n.Surname, surname))
		}
	}
	for _, s := range v.correct.Resolve(namings) {
		if err := v.settled(&s); err != nil {
			return err
		}
	}
	return nil
}

// naming returns the place of a naming among the mentions.
func (k *kept) naming(key graph.NamingKey) (int, bool) {
	cable, there := k.cables.number[string(key.Cable)]
	if !there {
		return 0, false
	}
	wanted := keptMention{cable: cable, position: uint32(key.Position)}
	return slices.BinarySearchFunc(k.mentions, wanted, func(a, b keptMention) int {
		return cmp.Or(cmp.Compare(a.cable, b.cable), cmp.Compare(a.position, b.position))
	})
}

// settled judges one person as the namings give it.
func (v *verifier) settled(s *graph.Settled) error {
	id := string(s.Person.ID())
	n, there := v.kept.people.number[s.Person.Slug]
	if !v.found.check(rulePeople, there, id, "the namings give this person, who is not in the graph") {
		return nil
	}
	sum, err := digest(&s.Person)
	if err != nil {
		return err
	}
	if sum != v.kept.person[n].digest {
		v.found.fail(rulePeople, id, "what is said of this person is not what the namings give")
	}
	for _, key := range s.Namings {
		if i, known := v.kept.naming(key); known && v.kept.mentions[i].person != n {
			m := v.kept.mentions[i]
			v.found.fail(rulePeople, v.kept.edge(m.cable, graph.LinkMentions, m.person),
				fmt.Sprintf("the namings give %s", id))
		}
	}
	return nil
}
