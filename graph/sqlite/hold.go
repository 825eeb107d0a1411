package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/memory"
)

// heldGraph is the graph of one version of the file.
type heldGraph struct {
	version int64
	graph   *memory.Graph
}

// How often KeepHeld looks whether the file has changed, and how many times as long as it took to read it
// must pass until it is read again.
const (
	holdEvery = 500 * time.Millisecond
	holdRest  = 10
)

// Holding is what KeepHeld tells: that a graph is held, or why none is.
type Holding struct {
	Cables, Bytes int
	Took          time.Duration
	Err           error
}

// KeepHeld holds the graph of the file in memory until ctx ends, see Hold. Once any process has written to
// the file, questions are asked of it alone, until it has been still for a moment and was read anew. tell is
// called each time. Where the graph is too large KeepHeld says so and ends.
func (s *Store) KeepHeld(ctx context.Context, limit int, tell func(Holding)) {
	defer s.held.Store(nil)
	last, next := int64(0), time.Now()
	for {
		version, err := s.writes(ctx)
		held := s.held.Load()
		switch {
		case err != nil || held != nil && held.version == version:
		case held != nil || last != version && last != 0 || time.Now().Before(next):
			s.held.Store(nil)
		default:
			start := time.Now()
			err = s.Hold(ctx, limit)
			took := time.Since(start)
			next = time.Now().Add(holdRest * took)
			if held = s.held.Load(); held != nil {
				tell(Holding{Cables: held.graph.Cables(), Bytes: held.graph.Bytes(), Took: took})
			}
		}
		last = version
		if err != nil && ctx.Err() == nil {
			tell(Holding{Err: err})
		}
		if errors.Is(err, memory.ErrTooLarge) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-s.closed:
			return
		case <-time.After(holdEvery):
		}
	}
}

// writes reads how often the file has been written.
func (s *Store) writes(ctx context.Context) (version int64, err error) {
	err = s.read(ctx, func(c *conn) error {
		version, err = versionOf(c)
		return err
	})
	return version, err
}

func versionOf(c *conn) (int64, error) {
	version, _, err := c.number("SELECT version FROM meta")
	return version, err
}

// Hold reads the graph of the file, without its texts, into memory, unless it is there; Ask answers out of it
// what it can, the same, but sooner, as long as nobody writes to the file. It takes at most so many bytes,
// half of that again while it reads. The error wraps memory.ErrTooLarge where they are too few. While a
// store is being filled nothing is held.
func (s *Store) Hold(ctx context.Context, limit int) error {
	return s.readMuch(ctx, func(c *conn) error {
		version, err := versionOf(c)
		if err != nil {
			return err
		}
		if held := s.held.Load(); held != nil && held.version == version {
			return nil
		}
		if at, err := stage(c); err != nil || at != serving {
			return err
		}
		b := memory.NewBuilder(limit)
		for _, read := range reads {
			err := c.query(read.statement, nil, func(r row) error { return read.into(b, r) })
			if err != nil {
				return fmt.Errorf("hold the graph in memory: %w", err)
			}
		}
		g, err := b.Graph()
		if err != nil {
			return fmt.Errorf("hold the graph in memory: %w", err)
		}
		s.held.Store(&heldGraph{version, g})
		return nil
	})
}

// reads are the statements of hold, in their order, each with how its rows are taken in.
var reads = []struct {
	statement string
	into      func(*memory.Builder, row) error
}{
	{"SELECT id, slug, name, kind, city, country FROM post", func(b *memory.Builder, r row) error {
		return b.Post(r.integer(0), graph.Post{Slug: r.text(1), Name: r.text(2), Kind: graph.PostKind(r.text(3)), City: r.text(4), Country: r.text(5)})
	}},
	{"SELECT id, code, name, kind FROM tag", func(b *memory.Builder, r row) error {
		return b.Tag(r.integer(0), graph.Tag{Code: r.text(1), Name: r.text(2), Kind: graph.TagKind(r.text(3))})
	}},
	{"SELECT id, slug, name FROM person", func(b *memory.Builder, r row) error {
		return b.Person(r.integer(0), r.text(1), r.text(2))
	}},
	{"SELECT id, reference, published, created, released, origin, subject, label, level, caveats, marks FROM cable", func(b *memory.Builder, r row) error {
		c := memory.Cable{Reference: r.text(1), Published: r.integer(2) != 0, Created: r.integer(3), Released: r.integer(4), Origin: r.integer(5), Subject: r.text(6), Marks: r.text(10)}
		if label := r.text(7); label != "" {
			c.Classification = &graph.Classification{Label: label, Level: graph.Level(r.integer(8))}
			if err := unlist(r.text(9), &c.Classification.Caveats); err != nil {
				return err
			}
		}
		return b.Cable(r.integer(0), &c)
	}},
	{"SELECT cable, post, first, action, precedence FROM sent_to ORDER BY cable, position", func(b *memory.Builder, r row) error {
		return b.SentTo(r.integer(0), r.integer(1), r.integer(2) != 0, r.integer(3) != 0, graph.Precedence(r.text(4)))
	}},
	{"SELECT cable, tag FROM tagged ORDER BY cable, position", func(b *memory.Builder, r row) error { return b.Tagged(r.integer(0), r.integer(1)) }},
	{"SELECT citing, cited FROM citation ORDER BY citing, position", func(b *memory.Builder, r row) error { return b.Cites(r.integer(0), r.integer(1)) }},
	{"SELECT cable, person, first, signer, classifier, count, confidence, marks FROM mention ORDER BY cable, position", func(b *memory.Builder, r row) error {
		return b.Mention(&memory.Mention{
			Cable: r.integer(0), Person: r.integer(1), Once: r.integer(2) != 0, Signs: r.integer(3) != 0, Classifies: r.integer(4) != 0,
			Count: r.integer(5), Confidence: r.real(6), Marks: r.text(7),
		})
	}},
}

// holding returns the graph in memory where it is of the state that the connection reads.
func (s *Store) holding(c *conn) (*memory.Graph, error) {
	held := s.held.Load()
	if held == nil {
		return nil, nil
	}
	version, err := versionOf(c)
	if err != nil || version != held.version {
		return nil, err
	}
	return held.graph, nil
}

// list returns the step's list out of memory; nil where it is not held, or where the file is as good.
func (a *asking) list(step, via *graph.Step) (*memory.List, error) {
	if a.held == nil || !memory.Holds(step) || step.Relation == graph.SharedCables && via != nil && !memory.Holds(via) {
		return nil, nil
	}
	if !step.Total && len(step.Facets) == 0 && !step.Relation.Weighted() {
		if !memory.Shows(step) && !(step.Filtered() && pageFound(step)) {
			return nil, nil
		}
		if searched(step.Cable) && walked(step.Order[0].By) {
			return nil, nil // a page of what a word is in is found sooner along the list
		}
	}
	return a.held.List(step, via, a)
}

// searched tells whether a filter has a full-text question of its own.
func searched(w *graph.CableWhere) bool {
	return w != nil && (w.Text != nil || w.Subject != nil || w.Body != nil)
}

// remembered answers a step below each of the places out of memory.
func (a *asking) remembered(step, via *graph.Step, list *memory.List, places []place, answers []graph.Answer) error {
	below := &descent{step: step}
	if step.Rows {
		pages, start := make([][]int64, len(places)), time.Now()
		for i, at := range places {
			rows, err := list.Rows(at, &answers[i])
			if err == nil {
				err = a.ctx.Err()
			}
			if err != nil {
				return err
			}
			pages[i] = paged(step, &answers[i], rows)
		}
		below.add(places, answers, pages)
		if err := a.tell(step, via, places, answers, time.Since(start)); err != nil {
			return err
		}
	}
	if err := a.counted(step, via, list, places, answers); err != nil {
		return err
	}
	return a.descend(below)
}

// pageFound tells whether the rows of a step's page are found in memory, though the file has to say what is in
// them. A cable's own lists are short, and read there as soon.
func pageFound(step *graph.Step) bool {
	return memory.Orders(step) && (step.Relation.From() != graph.KindCable || step.Relation.Weighted())
}

// fetched answers a step below each of the places: which rows are on the page out of memory, and what
// is in them out of the file.
func (a *asking) fetched(step, via *graph.Step, list *memory.List, places []place, answers []graph.Answer) error {
	pages, start := make([][]weight, len(places)), time.Now()
	for i, at := range places {
		var err error
		if pages[i], err = list.Page(at); err == nil {
			err = a.ctx.Err()
		}
		if err != nil {
			return err
		}
	}
	took := time.Since(start)
	below, rows := &descent{step: step}, make([][]int64, len(places))
	for i, at := range places {
		if len(pages[i]) == 0 {
			paged(step, &answers[i], nil)
			continue
		}
		c, err := compileChosen(step, via, pages[i])
		if err != nil {
			return err
		}
		run := a.runner(c.rows)
		if rows[i], err = c.page(step, run, at, &answers[i]); err != nil {
			return err
		}
		run.note()
		list.Explain(at, rows[i], answers[i].Edges)
	}
	below.add(places, answers, rows)
	if err := a.tell(step, via, places, answers, took); err != nil {
		return err
	}
	if err := a.counted(step, via, list, places, answers); err != nil {
		return err
	}
	return a.descend(below)
}

// counted answers the total and the facets of a step below each of the places out of memory.
func (a *asking) counted(step, via *graph.Step, list *memory.List, places []place, answers []graph.Answer) error {
	if !step.Total && len(step.Facets) == 0 {
		return nil
	}
	start := time.Now()
	for i, at := range places {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if step.Total {
			answers[i].Total = list.Total(at)
		}
		if len(step.Facets) == 0 {
			continue
		}
		cables := list.Listed(at)
		for _, facet := range step.Facets {
			answer, err := a.countedFacet(facet, cables)
			if err != nil {
				return err
			}
			answers[i].Facets = append(answers[i].Facets, answer)
		}
	}
	return a.tell(step, via, places, nil, time.Since(start))
}

// countedFacet answers a facet over the cables out of memory.
func (a *asking) countedFacet(facet *graph.Step, cables memory.Counted) (graph.Answer, error) {
	answers := []graph.Answer{{Step: facet}}
	if facet.Relation.To() == "" {
		answers[0].Buckets = a.held.Buckets(facet, cables)
		return answers[0], nil
	}
	list, err := a.held.Facet(facet, cables, a)
	switch {
	case err != nil:
	case memory.Shows(facet):
		err = a.remembered(facet, nil, list, []place{{}}, answers)
	default:
		err = a.fetched(facet, nil, list, []place{{}}, answers)
	}
	return answers[0], err
}

// tell notes in the trace what the file would have been asked for what came out of memory: for the
// rows of the answers, or, where there are none, for a total.
func (a *asking) tell(step, via *graph.Step, places []place, answers []graph.Answer, took time.Duration) error {
	if a.trace == nil || step.Relation.Facet() {
		return nil
	}
	statement, err := a.insteadOf(step, via, answers != nil)
	if err != nil {
		return err
	}
	run := a.runner(statement)
	run.inMemory, run.runs, run.elapsed = true, len(places), took
	run.bind(places[len(places)-1])
	if run.rows = len(places); answers != nil {
		run.rows = 0
		for i := range answers {
			run.rows += len(answers[i].Edges)
		}
	}
	run.note()
	return nil
}

// insteadOf is the statement for the rows of a step, or for its total.
func (a *asking) insteadOf(step, via *graph.Step, rows bool) (expr, error) {
	if step.Relation.Weighted() {
		return (&filters{}).partners(step)
	}
	drive, totalBy, err := a.choose(step, via)
	if err != nil {
		return expr{}, err
	}
	if !rows {
		drive = totalBy
	}
	c, err := compileStep(step, via, drive)
	switch {
	case err != nil:
		return expr{}, err
	case rows:
		return c.rows, nil
	}
	return c.total, nil
}

// Cables, Posts, People and Tags find what is not held in memory: asking is its memory.File.
func (a *asking) Cables(w *graph.CableWhere) ([]int64, error) {
	f := &filters{}
	terms, err := f.cable(w, cableRow("c"))
	return a.rowsOf(graph.KindCable, terms, err)
}

// Posts is as Cables.
func (a *asking) Posts(w *graph.PostWhere) ([]int64, error) {
	terms, err := (&filters{}).post(w, "p")
	return a.rowsOf(graph.KindPost, terms, err)
}

// People is as Cables.
func (a *asking) People(w *graph.PersonWhere) ([]int64, error) {
	terms, err := (&filters{}).person(w, "h")
	return a.rowsOf(graph.KindPerson, terms, err)
}

// Tags is as Cables.
func (a *asking) Tags(w *graph.TagWhere) ([]int64, error) {
	terms, err := (&filters{}).tag(w, "t")
	return a.rowsOf(graph.KindTag, terms, err)
}

// rowsOf finds the nodes of a kind that meet the terms.
func (a *asking) rowsOf(kind graph.Kind, terms []term, err error) (rows []int64, _ error) {
	if err != nil {
		return nil, err
	}
	t, at := tables[kind], best(terms)
	statement := sql("SELECT "+t.alias+".id FROM "+t.name+" "+t.alias+" WHERE %s", condition(terms, t.alias+".id", at))
	if len(terms) == 1 && at == 0 && !terms[0].loose {
		statement = terms[0].drive
	}
	return rows, a.once(statement, place{}, func(r row) error {
		rows = append(rows, r.integer(0))
		return nil
	})
}
