package sqlite

// clear takes away what a cable said before, and notes who may stand alone now.
func (b *batch) clear(id int64) error {
	origin, _, err := b.c.number("SELECT origin FROM cable WHERE id = ?", id)
	if err != nil {
		return err
	}
	if origin != 0 {
		b.postCables[origin]--
		b.loosePosts[origin] = true
	}
	for _, old := range []struct {
		statement string
		note      func(row) error
	}{
		{"SELECT post FROM sent_to WHERE cable = ?", func(r row) error {
			b.loosePosts[r.integer(0)] = true
			return nil
		}},
		{"SELECT tag FROM tagged WHERE cable = ?", func(r row) error {
			b.tagCables[r.integer(0)]--
			return nil
		}},
		{"SELECT cited FROM citation WHERE citing = ?", func(r row) error {
			b.looseCables[r.integer(0)] = true
			return nil
		}},
		{"SELECT person, first FROM mention WHERE cable = ?", func(r row) error {
			b.personCables[r.integer(0)] -= r.integer(1)
			return nil
		}},
		{"SELECT surname FROM naming WHERE cable = ?", func(r row) error {
			b.surnames[r.text(0)] = b.surnames[r.text(0)]
			return nil
		}},
	} {
		if err := b.c.query(old.statement, []any{id}, old.note); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		"DELETE FROM sent_to WHERE cable = ?", "DELETE FROM tagged WHERE cable = ?", "DELETE FROM citation WHERE citing = ?", "DELETE FROM mention WHERE cable = ?",
		"DELETE FROM naming WHERE cable = ?", "DELETE FROM source WHERE cable = ?", "DELETE FROM cable_text WHERE id = ?",
	} {
		if err := b.c.exec(statement, id); err != nil {
			return err
		}
	}
	if b.ahead {
		return nil // its words would be there only if its text were
	}
	return b.c.exec("DELETE FROM cable_fts WHERE rowid = ?", id)
}

// finish brings the numbers of cables up to date and removes what nothing names any more.
func (b *batch) finish() error {
	for _, counted := range []struct {
		changes   map[int64]int64
		statement string
	}{
		{b.postCables, "UPDATE post SET cables = cables + ? WHERE id = ?"},
		{b.personCables, "UPDATE person SET cables = cables + ? WHERE id = ?"},
		{b.tagCables, "UPDATE tag SET cables = cables + ? WHERE id = ?"},
	} {
		for id, change := range counted.changes {
			if change == 0 {
				continue
			}
			if err := b.c.exec(counted.statement, change, id); err != nil {
				return err
			}
		}
	}
	if err := b.dropAlone(); err != nil || b.filling {
		return err
	}
	return b.unsettle()
}

// dropAlone removes the nodes that this transaction left without an edge. A
// node whose number of cables did not go down may have lost as many as it got,
// and stays.
func (b *batch) dropAlone() error {
	if b.filling && len(b.loosePosts)+len(b.looseCables) > 0 {
		// Without these each would read a whole table.
		for _, i := range indexes {
			if i.name == "sent_to_post" || i.name == "citation_cited" {
				if err := b.c.exec(i.create()); err != nil {
					return err
				}
			}
		}
	}
	for id, change := range b.personCables {
		if gone, err := b.alone("SELECT cables = 0 FROM person WHERE id = ?", id, change <= 0); err != nil {
			return err
		} else if gone {
			if err := b.dropPerson(id); err != nil {
				return err
			}
		}
	}
	for id, change := range b.tagCables {
		if gone, err := b.alone("SELECT cables = 0 FROM tag WHERE id = ?", id, change <= 0); err != nil {
			return err
		} else if gone {
			if err := b.drop("DELETE FROM tag WHERE id = ?", nameOfTag, id); err != nil {
				return err
			}
		}
	}
	for id := range b.loosePosts {
		if gone, err := b.alone("SELECT cables = 0 AND NOT EXISTS (SELECT 1 FROM sent_to WHERE post = post.id) FROM post WHERE id = ?", id, true); err != nil {
			return err
		} else if gone {
			if err := b.drop("DELETE FROM post WHERE id = ?", nameOfPost, id); err != nil {
				return err
			}
		}
	}
	for id := range b.looseCables {
		err := b.c.exec("DELETE FROM cable WHERE id = ? AND published = 0 AND NOT EXISTS (SELECT 1 FROM citation WHERE cited = cable.id)", id)
		if err != nil {
			return err
		}
	}
	return nil
}

// alone asks whether a node is without edges, where it may be.
func (b *batch) alone(question string, id int64, maybe bool) (bool, error) {
	if !maybe {
		return false, nil
	}
	answer, _, err := b.c.number(question, id)
	return answer != 0, err
}

// drop removes a node with its names.
func (b *batch) drop(statement string, kind int, id int64) error {
	if err := b.dropNames(kind, id); err != nil {
		return err
	}
	return b.c.exec(statement, id)
}

// unsettle marks the surnames whose namings have changed; those without any left need no settling.
func (b *batch) unsettle() error {
	for surname, came := range b.surnames {
		statement := `INSERT INTO unsettled (surname, generation) SELECT ?, generation FROM meta WHERE true
ON CONFLICT (surname) DO UPDATE SET generation = excluded.generation`
		if !came {
			left, _, err := b.c.number("SELECT EXISTS (SELECT 1 FROM naming WHERE surname = ?)", surname)
			if err != nil {
				return err
			}
			if left == 0 {
				statement = "DELETE FROM unsettled WHERE surname = ?"
			}
		}
		if err := b.c.exec(statement, surname); err != nil {
			return err
		}
	}
	return nil
}
