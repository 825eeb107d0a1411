package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Unsettled returns surnames whose namings were written since they were last
// settled, in their order. In a store that is being filled it notes them first.
func (s *Store) Unsettled(ctx context.Context, limit int) ([]string, error) {
	var surnames []string
	err := following(ctx, func() error {
		return s.read(ctx, func(c *conn) error {
			if now, err := stage(c); err != nil || now == filling {
				return cmp.Or(err, errMoved)
			}
			return c.query("SELECT surname FROM unsettled ORDER BY surname LIMIT ?", []any{limit}, func(r row) error {
				surnames = append(surnames, r.text(0))
				return nil
			})
		})
	}, s.beginSettling)
	if err != nil {
		return nil, fmt.Errorf("unsettled surnames: %w", err)
	}
	return surnames, nil
}

const selectNamings = `SELECT c.reference, n.position, c.origin, c.created, n.name, n.surname, n.forms, n.titles, n.role, n.count, n.tag, n.cable, n.signer, n.classifier, n.countries, n.confidence, n.marks
FROM naming n JOIN cable c ON c.id = n.cable
WHERE n.surname IN (SELECT value FROM json_each(?))`

// Namings returns every naming with one of these surnames, and the generation.
func (s *Store) Namings(ctx context.Context, surnames []string) ([]graph.PlacedNaming, graph.Generation, error) {
	var namings []graph.PlacedNaming
	led := &ledNamings{of: map[graph.NamingKey]led{}}
	err := s.read(ctx, func(c *conn) error {
		n, _, err := c.number("SELECT generation FROM meta")
		if err != nil {
			return err
		}
		led.generation = graph.Generation(n)
		if led.stage, err = stage(c); err != nil {
			return err
		}
		namings, err = readNamings(c, surnames, led)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("namings of %d surnames: %w", len(surnames), err)
	}
	if led.stage == settling {
		s.led.Store(led)
	}
	slices.SortFunc(namings, func(a, b graph.PlacedNaming) int {
		return cmp.Or(cmp.Compare(a.Cable, b.Cable), cmp.Compare(a.Position, b.Position))
	})
	return namings, led.generation, nil
}

// readNamings reads the namings, and notes where they are where the store is settled in bulk.
func readNamings(c *conn, surnames []string, to *ledNamings) ([]graph.PlacedNaming, error) {
	var namings []graph.PlacedNaming
	posts, err := readPosts(c)
	if err != nil {
		return nil, err
	}
	err = c.query(selectNamings, []any{listJSON(surnames)}, func(r row) error {
		at := posts[r.integer(2)]
		n := graph.PlacedNaming{
			Cable: graph.Reference(r.text(0)), Position: int(r.integer(1)), Origin: at.Slug, Country: at.Country, Created: graph.FromMinute(r.integer(3)),
			Name: r.text(4), Surname: r.text(5), Role: graph.MentionRole(r.text(8)), Count: int(r.integer(9)), Tag: r.text(10),
		}
		if to.stage == settling {
			to.of[graph.NamingKey{Cable: n.Cable, Position: n.Position}] = led{r.integer(11), r.integer(3), r.integer(12), r.integer(13), r.integer(9), r.real(15), r.text(16)}
		}
		err := errors.Join(unlist(r.text(6), &n.Forms), unlist(r.text(7), &n.Titles), unlist(r.text(14), &n.Countries))
		namings = append(namings, n)
		return err
	})
	return namings, err
}

// readPosts returns slug and country of each post by its row.
func readPosts(c *conn) (map[int64]graph.Post, error) {
	posts := map[int64]graph.Post{}
	err := c.query("SELECT id, slug, country FROM post", nil, func(r row) error {
		posts[r.integer(0)] = graph.Post{Slug: r.text(1), Country: r.text(2)}
		return nil
	})
	return posts, err
}

// ledNamings is what Namings saw last, so that Settle need not read it again
// while the store is settled in bulk, when no naming comes or goes.
type ledNamings struct {
	generation graph.Generation
	stage      int
	of         map[graph.NamingKey]led
}

// led is a naming as the table lead has it.
type led struct {
	cable, created, signer, classifier, count int64
	confidence                                float64
	marks                                     string
}

// Settle makes the people with these surnames exactly those given.
func (s *Store) Settle(ctx context.Context, surnames []string, people []graph.Settled, generation graph.Generation) error {
	err := following(ctx, func() error {
		return s.write(ctx, func(c *conn) error {
			newer, _, err := c.number("SELECT EXISTS (SELECT 1 FROM unsettled WHERE surname IN (SELECT value FROM json_each(?)) AND generation > ?)",
				listJSON(surnames), int64(generation))
			if err != nil {
				return err
			}
			if newer != 0 {
				return graph.ErrConflict
			}
			b := newBatch(c)
			if err := s.settleBy(b, surnames, people, generation); err != nil {
				return err
			}
			if err := b.finish(); err != nil {
				return err
			}
			return c.exec("DELETE FROM unsettled WHERE surname IN (SELECT value FROM json_each(?))", listJSON(surnames))
		})
	}, s.serve)
	if err != nil {
		return fmt.Errorf("settle %d surnames: %w", len(surnames), err)
	}
	return nil
}

// Was one of the surnames settled before? One without namings does not count.
const settledBefore = `SELECT EXISTS (SELECT 1 FROM json_each(?)
WHERE value NOT IN (SELECT surname FROM unsettled) AND EXISTS (SELECT 1 FROM naming WHERE surname = value))`

// settleBy settles as the stage wants it.
func (s *Store) settleBy(b *batch, surnames []string, people []graph.Settled, generation graph.Generation) error {
	now, err := stage(b.c)
	switch {
	case err != nil:
		return err
	case now == serving:
		return b.settle(surnames, people)
	case len(surnames) == 0:
		return nil
	case now != settling:
		return errMoved
	}
	before, _, err := b.c.number(settledBefore, listJSON(surnames))
	if err != nil {
		return err
	}
	if before != 0 {
		return errMoved // no longer in bulk
	}
	namings := s.led.Swap(nil)
	if namings == nil || namings.generation != generation || namings.stage != settling {
		namings = &ledNamings{stage: settling, of: map[graph.NamingKey]led{}}
		if _, err := readNamings(b.c, surnames, namings); err != nil {
			return err
		}
	}
	return b.settleInBulk(people, namings.of)
}

// settleInBulk notes whom each naming leads to. All of them come to the table
// of mentions at once, in its order: to write each where it belongs would write the
// table anew for every few hundred surnames.
func (b *batch) settleInBulk(people []graph.Settled, namings map[graph.NamingKey]led) error {
	for i := range people {
		person, err := b.upsert(&people[i].Person)
		if err != nil {
			return err
		}
		b.personCables[person] += int64(len(people[i].Namings))
		for _, key := range people[i].Namings {
			n, ok := namings[key]
			if !ok {
				return fmt.Errorf("%w: naming %d of %s is not there", graph.ErrConflict, key.Position, key.Cable)
			}
			delete(namings, key)
			err := b.c.exec("INSERT INTO lead (cable, position, person, created, signer, classifier, count, confidence, marks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
				n.cable, key.Position, person, n.created, n.signer, n.classifier, n.count, n.confidence, n.marks)
			if err != nil {
				return err
			}
		}
	}
	if len(namings) > 0 {
		return fmt.Errorf("%w: %d namings are given to nobody", graph.ErrConflict, len(namings))
	}
	return nil
}

// placed is where a naming stands and whom it leads to; nobody (0) where it came while the store was filled.
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
	const statement = `SELECT c.reference, n.position, n.cable, IFNULL(m.person, 0), IFNULL(m.first, 0)
FROM naming n JOIN cable c ON c.id = n.cable LEFT JOIN mention m ON m.cable = n.cable AND m.position = n.position
WHERE n.surname IN (SELECT value FROM json_each(?))`
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
	if n.person != 0 {
		return b.c.exec("UPDATE mention SET person = ?, first = 1 WHERE cable = ? AND position = ?", person, n.cable, position)
	}
	return b.c.exec(`INSERT INTO mention (cable, position, person, first, created, signer, classifier, count, confidence, marks)
SELECT n.cable, n.position, ?, 1, c.created, n.signer, n.classifier, n.count, n.confidence, n.marks
FROM naming n JOIN cable c ON c.id = n.cable
WHERE n.cable = ? AND n.position = ?`, person, n.cable, position)
}

// upsert makes the person with this slug the one given, and returns the row.
func (b *batch) upsert(p *graph.Person) (int64, error) {
	var id int64
	var old graph.Person
	err := b.c.query("SELECT id, "+personRow+" FROM person WHERE slug = ?", []any{p.Slug}, func(r row) (err error) {
		id = r.integer(0)
		old, err = readPerson(r, 1)
		return err
	})
	if err != nil {
		return 0, err
	}
	if id == 0 {
		return b.addPerson(p)
	}
	if slices.Equal(personValues(&old), personValues(p)) {
		return id, nil
	}
	err = b.c.exec("UPDATE person SET ("+personRow+") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?", append(personValues(p), id)...)
	if err == nil && !slices.Equal(old.Names(), p.Names()) {
		if err = b.dropNames(nameOfPerson, id); err == nil {
			err = b.addNames(nameOfPerson, id, p.Names())
		}
	}
	if err == nil && !slices.Equal(old.Keys(), p.Keys()) {
		if err = b.c.exec("DELETE FROM person_key WHERE person = ?", id); err == nil {
			err = b.addKeys(id, p)
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
