package sqlite

import (
	"context"

	"github.com/cablegraph/cablegraph/graph"
)

// prepared is a batch with all that can be worked out before its transaction,
// while another one may have the file.
type prepared struct {
	cables []preparedCable
	rows   *rows  // where the rows are from; nil where the transaction looks them up
	words  *words // of all cables; nil where the transaction indexes them
}

// preparedCable is a record in the form in which it is stored.
type preparedCable struct {
	*graph.Record
	row           int64   // 0 where it is not known
	cited         []int64 // row of each citation; nil where they are not known
	subject, body string  // folded
	text          []byte
	marks         string
	people        []preparedNaming
}

// preparedNaming has the lists of a naming as they are stored.
type preparedNaming struct{ forms, titles, countries, paragraphs, marks, spans string }

// prepare works out what can be before the transaction. While the store is
// filled that is the rows and the full-text index, too.
func (s *Store) prepare(ctx context.Context, records []graph.Record) (*prepared, error) {
	p := &prepared{rows: s.rows.Load(), cables: make([]preparedCable, len(records))}
	for i := range records {
		if err := ctx.Err(); err != nil {
			return nil, ended(ctx)
		}
		p.cables[i] = prepareCable(&records[i], p.rows)
	}
	if p.rows == nil {
		return p, nil
	}
	var err error
	p.words, err = s.indexed(ctx, p.cables)
	return p, err
}

func prepareCable(r *graph.Record, rows *rows) preparedCable {
	marks, named := r.Marks()
	c := preparedCable{Record: r, marks: marks}
	if rows != nil {
		c.row = rows.row(r.Cable.Reference)
		for _, to := range r.References {
			c.cited = append(c.cited, rows.row(to.Reference))
		}
	}
	if r.Cable.Published {
		c.subject, c.body, c.text = graph.Words(r.Cable.Subject), graph.Words(r.Cable.Body), pack(&r.Cable)
	}
	for i := range r.People {
		n := &r.People[i]
		c.people = append(c.people, preparedNaming{listJSON(n.Forms), listJSON(n.Titles), listJSON(n.Countries), listJSON(n.Paragraphs), named[i], listJSON(graph.EncodeSpans(n.Spans, n.Forms))})
	}
	return c
}

// indexed makes the full-text index of the cables in memory.
func (s *Store) indexed(ctx context.Context, cables []preparedCable) (*words, error) {
	var c *conn
	select {
	case c = <-s.indexers:
	case <-ctx.Done():
		return nil, ended(ctx)
	case <-s.closed:
		return nil, errClosed
	}
	defer func() { s.indexers <- c }()
	if c == nil {
		var err error
		if c, err = dialIndexer(); err != nil {
			return nil, err
		}
	}
	texts := make([]wordText, 0, len(cables))
	for i := range cables {
		if cables[i].Cable.Published {
			texts = append(texts, wordText{cables[i].row, cables[i].subject, cables[i].body})
		}
	}
	w, err := indexWords(c, texts)
	if err != nil {
		c.close()
		c = nil
	}
	return w, err
}
