package sqlite

import (
	"context"
	"fmt"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Unsettled returns surnames whose namings were written since they were last settled, in their order.
func (s *Store) Unsettled(ctx context.Context, limit int) ([]string, error) {
	var surnames []string
	err := s.read(ctx, func(c *conn) error {
		return c.query("SELECT surname FROM unsettled ORDER BY surname LIMIT ?", []any{limit}, func(r row) error {
			surnames = append(surnames, r.text(0))
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("unsettled surnames: %w", err)
	}
	return surnames, nil
}

const selectNamings = `SELECT c.reference, m.position, IFNULL(p.slug, ''), IFNULL(p.country, ''), c.created, m.name, m.surname, m.forms, m.titles, m.role, m.count, m.tag
FROM mention m JOIN cable c ON c.id = m.cable LEFT JOIN post p ON p.id = c.origin
WHERE m.surname IN (SELECT value FROM json_each(?))
ORDER BY c.reference, m.position`

// Namings returns every naming with one of these surnames, and the generation.
func (s *Store) Namings(ctx context.Context, surnames []string) ([]graph.PlacedNaming, graph.Generation, error) {
	var namings []graph.PlacedNaming
	var generation graph.Generation
	err := s.read(ctx, func(c *conn) error {
		n, _, err := c.number("SELECT generation FROM meta")
		if err != nil {
			return err
		}
		generation = graph.Generation(n)
		return c.query(selectNamings, []any{listJSON(surnames)}, func(r row) error {
			n := graph.PlacedNaming{
				Cable: graph.Reference(r.text(0)), Position: int(r.integer(1)), Origin: r.text(2), Country: r.text(3), Created: graph.FromMinute(r.integer(4)),
				Name: r.text(5), Surname: r.text(6), Role: graph.MentionRole(r.text(9)), Count: int(r.integer(10)), Tag: r.text(11),
			}
			if err := unlist(r.text(7), &n.Forms); err != nil {
				return err
			}
			err := unlist(r.text(8), &n.Titles)
			namings = append(namings, n)
			return err
		})
	})
	if err != nil {
		return nil, 0, fmt.Errorf("namings of %d surnames: %w", len(surnames), err)
	}
	return namings, generation, nil
}

// Settle makes the people with these surnames exactly those given.
func (s *Store) Settle(ctx context.Context, surnames []string, people []graph.Settled, generation graph.Generation) error {
	err := s.write(ctx, func(c *conn) error {
		newer, _, err := c.number("SELECT EXISTS (SELECT 1 FROM unsettled WHERE surname IN (SELECT value FROM json_each(?)) AND generation > ?)",
			listJSON(surnames), int64(generation))
		if err != nil {
			return err
		}
		if newer != 0 {
			return graph.ErrConflict
		}
		b := newBatch(c)
		if err := b.settle(surnames, people); err != nil {
			return err
		}
		if err := b.finish(); err != nil {
			return err
		}
		return c.exec("DELETE FROM unsettled WHERE surname IN (SELECT value FROM json_each(?))", listJSON(surnames))
	})
	if err != nil {
		return fmt.Errorf("settle %d surnames: %w", len(surnames), err)
	}
	return nil
}

// placed is where a naming stands and whom it leads to.
type placed struct {
	cable, person int64
	first         bool
}

// settle leads each naming to its person. Namings that went or came meanwhile are a conflict.
func (b *batch) settle(surnames []string, people []graph.Settled) error {
	namings, err := b.placed(surnames)
	if err != nil {
		return err
	}
	kept := map[int64]bool{}
	for i := range people {
		person, err := b.upsert(&people[i].Person)
		if err != nil {
			return err
		}
		kept[person] = true
		for _, key := range people[i].Namings {
			n, ok := namings[key]
			if !ok {
				return fmt.Errorf("%w: naming %d of %s is not there any more", graph.ErrConflict, key.Position, key.Cable)
			}
			delete(namings, key)
			if err := b.lead(n, key.Position, person); err != nil {
				return err
			}
		}
	}
	if len(namings) > 0 {
		return fmt.Errorf("%w: %d namings are given to nobody", graph.ErrConflict, len(namings))
	}
	return b.dropOthers(surnames, kept)
}

// placed returns the namings with these surnames.
func (b *batch) placed(surnames []string) (map[graph.NamingKey]placed, error) {
	const statement = `SELECT c.reference, m.position, m.cable, m.person, m.first
FROM mention m JOIN cable c ON c.id = m.cable
WHERE m.surname IN (SELECT value FROM json_each(?))`
	namings := map[graph.NamingKey]placed{}
	err := b.c.query(statement, []any{listJSON(surnames)}, func(r row) error {
		namings[graph.NamingKey{Cable: graph.Reference(r.text(0)), Position: int(r.integer(1))}] = placed{r.integer(2), r.integer(3), r.integer(4) != 0}
		return nil
	})
	return namings, err
}

// lead leads a naming to a person, where it does not yet.
func (b *batch) lead(n placed, position int, person int64) error {
	if n.person == person && n.first {
		return nil
	}
	if n.first {
		b.personCables[n.person]--
	}
	b.personCables[person]++
	return b.c.exec("UPDATE mention SET person = ?, first = 1 WHERE cable = ? AND position = ?", person, n.cable, position)
}

// upsert makes the person with this slug the one given, and returns the row.
func (b *batch) upsert(p *graph.Person) (int64, error) {
	var id int64
	old := graph.Person{Slug: p.Slug}
	err := b.c.query("SELECT id, name, surname, aliases, titles, tag FROM person WHERE slug = ?", []any{p.Slug}, func(r row) error {
		id, old.Name, old.Surname, old.Tag = r.integer(0), r.text(1), r.text(2), r.text(5)
		if err := unlist(r.text(3), &old.Aliases); err != nil {
			return err
		}
		return unlist(r.text(4), &old.Titles)
	})
	if err != nil {
		return 0, err
	}
	if id == 0 {
		return b.addPerson(p)
	}
	sameNames, sameTitles := slices.Equal(old.Names(), p.Names()), slices.Equal(old.Titles, p.Titles)
	if old.Name == p.Name && old.Surname == p.Surname && old.Tag == p.Tag && sameTitles && slices.Equal(old.Aliases, p.Aliases) {
		return id, nil
	}
	err = b.c.exec("UPDATE person SET name = ?, surname = ?, aliases = ?, titles = ?, tag = ? WHERE id = ?",
		p.Name, p.Surname, listJSON(p.Aliases), listJSON(p.Titles), p.Tag, id)
	if err == nil && !sameNames {
		if err = b.dropNames(nameOfPerson, id); err == nil {
			err = b.addNames(nameOfPerson, id, p.Names())
		}
	}
	if err == nil && !sameTitles {
		if err = b.c.exec("DELETE FROM person_title WHERE person = ?", id); err == nil {
			err = b.addTitles(id, p)
		}
	}
	return id, err
}

// dropOthers notes the people with these surnames who are none of those given,
// so that they go where nothing leads to them any more.
func (b *batch) dropOthers(surnames []string, kept map[int64]bool) error {
	return b.c.query("SELECT id FROM person WHERE surname IN (SELECT value FROM json_each(?))", []any{listJSON(surnames)}, func(r row) error {
		if id := r.integer(0); !kept[id] {
			b.personCables[id] += 0
		}
		return nil
	})
}
