package sqlite

import (
	"errors"

	"github.com/cablegraph/cablegraph/graph"
)

// found returns the row of a key: out of known, by the look-up, or as make makes it.
func found(c *conn, known map[string]int64, key, lookUp string, make func() (int64, error)) (int64, error) {
	if id, ok := known[key]; ok {
		return id, nil
	}
	id, ok, err := c.number(lookUp, key)
	if err == nil && !ok {
		id, err = make()
	}
	if err != nil {
		return 0, err
	}
	known[key] = id
	return id, nil
}

// post returns the row of a post, which is made where it is missing.
func (b *batch) post(p *graph.Post) (int64, error) {
	return found(b.c, b.posts, p.Slug, "SELECT id FROM post WHERE slug = ?", func() (int64, error) {
		id, err := b.c.insert("INSERT INTO post (slug, name, kind, city, country, city_key, country_key, aliases) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			p.Slug, p.Name, string(p.Kind), p.City, p.Country, graph.Fold(p.City), graph.Fold(p.Country), listJSON(p.Aliases))
		if err != nil {
			return 0, err
		}
		return id, b.addNames(nameOfPost, id, p.Names())
	})
}

// tag returns the row of a tag, which is made where it is missing.
func (b *batch) tag(t *graph.Tag) (int64, error) {
	return found(b.c, b.tags, t.Code, "SELECT id FROM tag WHERE code = ?", func() (int64, error) {
		id, err := b.c.insert("INSERT INTO tag (code, name, kind) VALUES (?, ?, ?)", t.Code, t.Name, string(t.Kind))
		if err != nil {
			return 0, err
		}
		return id, b.addNames(nameOfTag, id, t.Names())
	})
}

// provisional returns the row of the person that a naming stands for until it is settled.
func (b *batch) provisional(n *graph.Naming) (int64, error) {
	p := n.Provisional()
	return found(b.c, b.people, p.Slug, "SELECT id FROM person WHERE slug = ?", func() (int64, error) { return b.addPerson(&p) })
}

const insertAnnounced = `INSERT INTO cable (id, reference, published, created, released, level, origin, subject, label, caveats, marks, written)
VALUES (?, ?, 0, ` + noMinute + `, ` + noMinute + `, -1, 0, '', '', '[]', '', 0)`

// announced returns the row of the cable that a record's i-th citation names,
// which is made, unpublished, where it is missing.
func (b *batch) announced(r *preparedCable, i int) (int64, error) {
	reference := string(r.References[i].Reference)
	if r.cited != nil {
		return r.cited[i], b.c.exec(insertAnnounced+" ON CONFLICT DO NOTHING", r.cited[i], reference)
	}
	id, known, err := b.c.number("SELECT id FROM cable WHERE reference = ?", reference)
	if err != nil || known {
		return id, err
	}
	return b.c.insert(insertAnnounced, nil, reference)
}

// personRow are the columns of a person, as personValues gives them and readPerson reads them.
const personRow = "slug, name, surname, aliases, titles, tag, alone, because, offices, other_slugs"

func personValues(p *graph.Person) []any {
	return []any{p.Slug, p.Name, p.Surname, listJSON(p.Aliases), listJSON(p.Titles), p.Tag, p.Alone, listJSON(p.Because), listJSON(p.Offices), listJSON(p.OtherSlugs)}
}

// readPerson reads the columns of personRow, from the i-th on.
func readPerson(r row, i int) (graph.Person, error) {
	p := graph.Person{Slug: r.text(i), Name: r.text(i + 1), Surname: r.text(i + 2), Tag: r.text(i + 5), Alone: r.integer(i+6) != 0}
	return p, errors.Join(lists(r, i+3, into(&p.Aliases), into(&p.Titles)), lists(r, i+7, into(&p.Because), into(&p.Offices), into(&p.OtherSlugs)))
}

func (b *batch) addPerson(p *graph.Person) (int64, error) {
	id, err := b.c.insert("INSERT INTO person ("+personRow+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", personValues(p)...)
	if err == nil {
		err = b.addNames(nameOfPerson, id, p.Names())
	}
	if err == nil {
		err = b.addKeys(id, p)
	}
	return id, err
}

func (b *batch) addKeys(id int64, p *graph.Person) error {
	for _, key := range p.Keys() {
		if err := b.c.exec("INSERT INTO person_key (key, person) VALUES (?, ?)", key, id); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) addNames(kind int, node int64, names []string) error {
	for _, key := range names {
		id, err := b.c.insert("INSERT INTO name (kind, key, node) VALUES (?, ?, ?)", kind, key, node)
		if err == nil {
			err = b.c.exec("INSERT INTO name_fts (rowid, key) VALUES (?, ?)", id, key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) dropNames(kind int, node int64) error {
	err := b.c.exec("DELETE FROM name_fts WHERE rowid IN (SELECT id FROM name WHERE node = ? AND kind = ?)", node, kind)
	if err != nil {
		return err
	}
	return b.c.exec("DELETE FROM name WHERE node = ? AND kind = ?", node, kind)
}

func (b *batch) dropPerson(id int64) error {
	if err := b.dropNames(nameOfPerson, id); err != nil {
		return err
	}
	if err := b.c.exec("DELETE FROM person_key WHERE person = ?", id); err != nil {
		return err
	}
	return b.c.exec("DELETE FROM person WHERE id = ?", id)
}
