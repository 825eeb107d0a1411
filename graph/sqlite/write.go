package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// Write puts cables in, or in place of what they were.
func (s *Store) Write(ctx context.Context, records []graph.Record) error {
	err := following(ctx, func() error {
		p, err := s.prepare(ctx, records)
		if err != nil {
			return err
		}
		return s.withWriter(ctx, func(w *conn) error { return s.writePrepared(ctx, w, p) })
	}, s.catchUp)
	if err != nil {
		return fmt.Errorf("write %d cables: %w", len(records), err)
	}
	return nil
}

// writePrepared writes a batch in one transaction. Words that were indexed
// ahead are merged, when there are enough, in another.
func (s *Store) writePrepared(ctx context.Context, w *conn, p *prepared) error {
	if err := p.settleWords(w); err != nil {
		return err
	}
	b := newBatch(w)
	err := s.transact(ctx, w, func() error {
		if err := b.begin(p); err != nil {
			return err
		}
		for i := range p.cables {
			if err := b.put(&p.cables[i]); err != nil {
				return fmt.Errorf("cable %s: %w", p.cables[i].Cable.Reference, err)
			}
		}
		if p.words != nil {
			if err := b.putWords(p.words); err != nil {
				return err
			}
		}
		return b.finish()
	})
	if err != nil {
		return err
	}
	if p.rows != nil {
		p.rows.generation++
	}
	if b.segments < mergeAt {
		return nil
	}
	if err := w.renew(); err != nil {
		return err
	}
	return s.transact(ctx, w, func() error { return w.exec(mergeWords) })
}

// settleWords decides whether the words that were indexed ahead can be used:
// not where one of the cables has a text already, which FTS5 itself must take out of the index.
func (p *prepared) settleWords(w *conn) error {
	if p.words != nil {
		ids := make([]int64, len(p.cables))
		for i := range p.cables {
			ids[i] = p.cables[i].row
		}
		here, _, err := w.number("SELECT EXISTS (SELECT 1 FROM cable_text WHERE id IN (SELECT value FROM json_each(?)))", listJSON(ids))
		if err != nil {
			return err
		}
		if here == 0 {
			return nil
		}
		p.words = nil
	}
	return w.renew()
}

// begin counts the call, and fails where the batch was prepared for another state of the store.
func (b *batch) begin(p *prepared) error {
	var now int
	var generation int64
	err := b.c.query("SELECT stage, generation FROM meta", nil, func(r row) error {
		now, generation = int(r.integer(0)), r.integer(1)
		return nil
	})
	if err != nil {
		return err
	}
	if now > filling || (now == filling) != (p.rows != nil) || p.rows != nil && p.rows.generation != generation {
		return errMoved
	}
	b.filling, b.ahead, b.generation = now == filling, p.words != nil, generation+1
	return b.c.exec("UPDATE meta SET generation = generation + 1")
}

// batch is one write transaction: what it has looked up, and what is left to be done at its end.
type batch struct {
	c          *conn
	generation int64
	filling    bool // the store is being filled
	ahead      bool // the words are indexed already
	segments   int  // of the full-text index that wait to be merged
	// key → row, of what this transaction has seen
	posts, people, tags map[string]int64
	// row → by how many its number of cables has changed
	postCables, personCables, tagCables map[int64]int64
	// rows that something has ceased to name
	loosePosts, looseCables map[int64]bool
	// surname → whether namings came; where they only went, there may be none left
	surnames map[string]bool
}

func newBatch(c *conn) *batch {
	return &batch{
		c:     c,
		posts: map[string]int64{}, people: map[string]int64{}, tags: map[string]int64{},
		postCables: map[int64]int64{}, personCables: map[int64]int64{}, tagCables: map[int64]int64{},
		loosePosts: map[int64]bool{}, looseCables: map[int64]bool{}, surnames: map[string]bool{},
	}
}

// put writes one record.
func (b *batch) put(r *preparedCable) error {
	id, here := r.row, false
	var err error
	if id != 0 {
		_, here, err = b.c.number("SELECT 1 FROM cable WHERE id = ?", id)
	} else {
		id, here, err = b.c.number("SELECT id FROM cable WHERE reference = ?", string(r.Cable.Reference))
	}
	written := b.generation
	if err == nil && here {
		if written, err = b.written(id, r.Cable.Hash); err == nil {
			err = b.clear(id)
		}
	}
	if err != nil {
		return err
	}
	if id, err = b.putCable(id, written, r); err != nil {
		return err
	}
	created := graph.Minute(r.Cable.Created)
	for _, put := range []func(int64, int64, *preparedCable) error{b.putRecipients, b.putTags, b.putCitations, b.putPeople} {
		if err := put(id, created, r); err != nil {
			return err
		}
	}
	return nil
}

// written is the generation in which a cable's text was put in: this one where it has another text now.
func (b *batch) written(id int64, hash string) (int64, error) {
	before, same, err := b.c.number("SELECT written FROM cable WHERE id = ? AND EXISTS (SELECT 1 FROM cable_text x WHERE x.id = cable.id AND x.hash = ?)", id, hash)
	if same {
		return before, err
	}
	return b.generation, err
}

const insertCable = `INSERT INTO cable (id, reference, published, created, released, level, origin, subject, label, caveats, marks, written)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (reference) DO UPDATE SET published = excluded.published, created = excluded.created, released = excluded.released,
  level = excluded.level, origin = excluded.origin, subject = excluded.subject, label = excluded.label, caveats = excluded.caveats,
  marks = excluded.marks, written = excluded.written`

const insertText = "INSERT INTO cable_text (id, hash, subject_key, text) VALUES (?, ?, ?, ?)"

// putCable writes the cable itself and returns its row; id is 0 for a new one.
func (b *batch) putCable(id, written int64, r *preparedCable) (int64, error) {
	c := &r.Cable
	origin, err := int64(0), error(nil)
	if r.Origin != nil {
		if origin, err = b.post(r.Origin); err != nil {
			return 0, err
		}
		b.postCables[origin]++
	}
	if !c.Published {
		written = 0
	}
	label, caveats := "", "[]"
	if c.Classification != nil {
		label, caveats = c.Classification.Label, listJSON(c.Classification.Caveats)
	}
	args := []any{nil, string(c.Reference), c.Published, graph.Minute(c.Created), graph.Minute(c.Released), int64(level(c.Classification)), origin, c.Subject, label, caveats, r.marks, written}
	if id != 0 {
		args[0] = id
		err = b.c.exec(insertCable, args...)
	} else {
		id, err = b.c.insert(insertCable, args...)
	}
	if err != nil || !c.Published {
		return id, err
	}
	if err := b.c.exec(insertText, id, c.Hash, r.subject, r.text); err != nil {
		return 0, err
	}
	if !b.ahead {
		if err := b.c.exec(insertWords, id, r.subject, r.body); err != nil {
			return 0, err
		}
	}
	return id, b.putSources(id, c.Sources)
}

func (b *batch) putSources(id int64, sources []graph.Source) error {
	for _, s := range sources {
		if err := b.c.exec("INSERT OR IGNORE INTO source (cable, file, member, start, sha256, reference) VALUES (?, ?, ?, ?, ?, ?)", id, s.File, s.Member, s.Offset, s.SHA256, string(s.Reference)); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) putRecipients(id, created int64, r *preparedCable) error {
	seen := map[int64]bool{}
	for i := range r.Recipients {
		to := &r.Recipients[i]
		post, err := b.post(&to.Post)
		if err != nil {
			return err
		}
		err = b.c.exec("INSERT INTO sent_to (cable, position, post, created, first, action, precedence, written) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			id, i, post, created, !seen[post], to.Action, string(to.Precedence), to.As)
		if err != nil {
			return err
		}
		seen[post] = true
	}
	return nil
}

func (b *batch) putTags(id, created int64, r *preparedCable) error {
	for i := range r.Tags {
		tag, err := b.tag(&r.Tags[i])
		if err != nil {
			return err
		}
		if err := b.c.exec("INSERT INTO tagged (cable, position, tag, created) VALUES (?, ?, ?, ?)", id, i, tag, created); err != nil {
			return err
		}
		b.tagCables[tag]++
	}
	return nil
}

func (b *batch) putCitations(id, _ int64, r *preparedCable) error {
	for i, to := range r.References {
		cited, err := b.announced(r, i)
		if err != nil {
			return err
		}
		err = b.c.exec("INSERT INTO citation (citing, position, cited, label, written) VALUES (?, ?, ?, ?, ?)", id, i, cited, to.Label, to.As)
		if err != nil {
			return err
		}
	}
	return nil
}

const insertNaming = `INSERT INTO naming (cable, position, signer, classifier, count, name, surname, role, rule,
  confidence, tag, signed, classified, forms, titles, countries, paragraphs, marks, spans)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

func (b *batch) putPeople(id, created int64, r *preparedCable) error {
	seen := map[int64]bool{}
	signer, classifier := false, false
	for i := range r.People {
		n, lists := &r.People[i], &r.people[i]
		signs, classifies := n.SignedAs != "" && !signer, n.ClassifiedAs != "" && !classifier
		signer, classifier = signer || signs, classifier || classifies
		err := b.c.exec(insertNaming, id, i, signs, classifies, n.Count, n.Name, n.Surname, string(n.Role), n.Rule,
			n.Confidence, n.Tag, n.SignedAs, n.ClassifiedAs, lists.forms, lists.titles, lists.countries, lists.paragraphs, lists.marks, lists.spans)
		if err != nil {
			return err
		}
		if b.filling {
			continue
		}
		person, err := b.provisional(n)
		if err != nil {
			return err
		}
		first := !seen[person]
		seen[person] = true
		if first {
			b.personCables[person]++
		}
		b.surnames[n.Surname] = true
		if err := b.c.exec(insertMention, id, i, person, first, created, signs, classifies, n.Count, n.Confidence, lists.marks); err != nil {
			return err
		}
	}
	return nil
}

const insertMention = `INSERT INTO mention (cable, position, person, first, created, signer, classifier, count, confidence, marks)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// putWords copies what was indexed ahead.
func (b *batch) putWords(w *words) error {
	var err error
	b.segments, err = addWords(b.c, w)
	return err
}

// AddSources adds to the sources of published cables.
func (s *Store) AddSources(ctx context.Context, sources map[graph.Reference][]graph.Source) error {
	err := s.write(ctx, func(c *conn) error {
		b := newBatch(c)
		for reference, more := range sources {
			id, known, err := c.number("SELECT id FROM cable WHERE reference = ? AND published = 1", string(reference))
			if err == nil && known {
				err = b.putSources(id, more)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("add sources of %d cables: %w", len(sources), err)
	}
	return nil
}

// Known returns what is known of those of the cables that are here and published.
func (s *Store) Known(ctx context.Context, references []graph.Reference) (map[graph.Reference]graph.Known, error) {
	const statement = `SELECT k.reference, x.hash, ` + sourcesOf + `
FROM cable k JOIN cable_text x ON x.id = k.id
WHERE k.reference IN (SELECT value FROM json_each(?)) AND k.published = 1`
	known := make(map[graph.Reference]graph.Known, len(references))
	err := s.read(ctx, func(c *conn) error {
		return c.query(statement, []any{listJSON(references)}, func(r row) error {
			k := graph.Known{Hash: r.text(1)}
			err := unlist(r.text(2), &k.Sources)
			known[graph.Reference(r.text(0))] = k
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("what is known of %d cables: %w", len(references), err)
	}
	return known, nil
}

// Mark notes how far the load of this name has come.
func (s *Store) Mark(ctx context.Context, load string, mark graph.Mark) error {
	err := s.write(ctx, func(c *conn) error {
		if mark == (graph.Mark{}) {
			return c.exec("DELETE FROM mark WHERE load = ?", load)
		}
		return c.exec("INSERT OR REPLACE INTO mark (load, documents, digest) VALUES (?, ?, ?)", load, mark.Documents, mark.Digest)
	})
	if err != nil {
		return fmt.Errorf("note how far a load is: %w", err)
	}
	return nil
}

// Marked returns the last Mark of the load.
func (s *Store) Marked(ctx context.Context, load string) (graph.Mark, error) {
	var mark graph.Mark
	err := s.read(ctx, func(c *conn) error {
		return c.query("SELECT documents, digest FROM mark WHERE load = ?", []any{load}, func(r row) error {
			mark = graph.Mark{Documents: int(r.integer(0)), Digest: r.text(1)}
			return nil
		})
	})
	if err != nil {
		return mark, fmt.Errorf("how far a load was: %w", err)
	}
	return mark, nil
}

// Loaded notes the end of a load, and ends what Fill began.
func (s *Store) Loaded(ctx context.Context, at time.Time) error {
	err := s.serve(ctx)
	if err == nil {
		err = s.write(ctx, func(c *conn) error { return c.exec("UPDATE meta SET loaded = ?", at.UnixNano()) })
	}
	if err == nil {
		// What was loaded goes from the log to the file now, as far as no reader is
		// in the way, and not when somebody asks.
		err = s.withWriter(ctx, func(c *conn) error { return c.query("PRAGMA wal_checkpoint(PASSIVE)", nil, nil) })
	}
	if err != nil {
		return fmt.Errorf("note the end of a load: %w", err)
	}
	return nil
}
