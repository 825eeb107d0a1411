package sqlite

import (
	"context"
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
)

// walks are the statements of Walk, in their order, each with how its rows become elements.
var walks = []struct {
	statement string
	element   func(row) (graph.Element, error)
}{
	{`SELECT k.reference, k.published, k.subject, k.created, k.released, k.label, k.level, k.caveats, x.text, IFNULL(x.hash, ''), ` + sourcesOf + `, k.marks
FROM cable k LEFT JOIN cable_text x ON x.id = k.id`, walkCable},
	{`SELECT slug, name, kind, city, country, aliases FROM post`, walkPost},
	{`SELECT ` + personRow + ` FROM person`, walkPerson},
	{`SELECT code, name, kind FROM tag`, walkTag},
	{`SELECT c.reference, p.slug FROM cable c JOIN post p ON p.id = c.origin`, func(r row) (graph.Element, error) {
		return link(graph.Link{Type: graph.LinkSentFrom, From: cableID(r.text(0)), To: graph.NewID(graph.KindPost, r.text(1))})
	}},
	{`SELECT c.reference, p.slug, e.position, e.action, e.precedence, e.written
FROM sent_to e JOIN cable c ON c.id = e.cable JOIN post p ON p.id = e.post`, func(r row) (graph.Element, error) {
		return link(graph.Link{
			Type: graph.LinkSentTo, From: cableID(r.text(0)), To: graph.NewID(graph.KindPost, r.text(1)),
			Position: int(r.integer(2)), Action: r.integer(3) != 0, Precedence: graph.Precedence(r.text(4)), As: r.text(5),
		})
	}},
	{`SELECT c.reference, t.code, e.position FROM tagged e JOIN cable c ON c.id = e.cable JOIN tag t ON t.id = e.tag`, func(r row) (graph.Element, error) {
		return link(graph.Link{Type: graph.LinkTagged, From: cableID(r.text(0)), To: graph.NewID(graph.KindTag, r.text(1)), Position: int(r.integer(2))})
	}},
	{`SELECT c.reference, o.reference, e.position, e.label, e.written
FROM citation e JOIN cable c ON c.id = e.citing JOIN cable o ON o.id = e.cited`, func(r row) (graph.Element, error) {
		return link(graph.Link{Type: graph.LinkReferences, From: cableID(r.text(0)), To: cableID(r.text(1)), Position: int(r.integer(2)), Label: r.text(3), As: r.text(4)})
	}},
	{`SELECT c.reference, h.slug, e.position, n.name, n.tag, n.count, n.role, n.rule, n.confidence, n.forms, n.titles, n.countries, n.paragraphs, n.spans, n.surname, e.marks
FROM naming n JOIN mention e ON e.cable = n.cable AND e.position = n.position JOIN cable c ON c.id = e.cable JOIN person h ON h.id = e.person`, walkMention},
	{`SELECT c.reference, h.slug, n.signed
FROM naming n JOIN mention e ON e.cable = n.cable AND e.position = n.position JOIN cable c ON c.id = e.cable JOIN person h ON h.id = e.person
WHERE n.signed <> ''`, func(r row) (graph.Element, error) {
		return link(graph.Link{Type: graph.LinkSignedBy, From: cableID(r.text(0)), To: graph.NewID(graph.KindPerson, r.text(1)), As: r.text(2)})
	}},
	{`SELECT c.reference, h.slug, n.classified
FROM naming n JOIN mention e ON e.cable = n.cable AND e.position = n.position JOIN cable c ON c.id = e.cable JOIN person h ON h.id = e.person
WHERE n.classified <> ''`, func(r row) (graph.Element, error) {
		return link(graph.Link{Type: graph.LinkClassifiedBy, From: cableID(r.text(0)), To: graph.NewID(graph.KindPerson, r.text(1)), As: r.text(2)})
	}},
	{`SELECT t.code, h.slug FROM person h JOIN tag t ON t.code = h.tag`, func(r row) (graph.Element, error) {
		return link(graph.Link{Type: graph.LinkTagOf, From: graph.NewID(graph.KindTag, r.text(0)), To: graph.NewID(graph.KindPerson, r.text(1))})
	}},
}

// Walk hands every node and every edge of one snapshot to visit.
func (s *Store) Walk(ctx context.Context, visit func(graph.Element) error) error {
	return s.readMuch(ctx, func(c *conn) error {
		for _, w := range walks {
			err := c.query(w.statement, nil, func(r row) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				e, err := w.element(r)
				if err != nil {
					return fmt.Errorf("walk: %w", err)
				}
				return visit(e)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func cableID(reference string) graph.ID { return graph.NewID(graph.KindCable, reference) }

func link(l graph.Link) (graph.Element, error) { return graph.Element{Link: &l}, nil }

// lists reads several columns of lists, from the i-th on.
func lists(r row, i int, to ...func(string) error) error {
	for n, read := range to {
		if err := read(r.text(i + n)); err != nil {
			return err
		}
	}
	return nil
}

// into reads a list into a field.
func into[E any](to *[]E) func(string) error {
	return func(text string) error { return unlist(text, to) }
}

func walkCable(r row) (graph.Element, error) {
	c := &graph.Cable{
		Reference: graph.Reference(r.text(0)), Published: r.integer(1) != 0, Subject: r.text(2), Created: graph.FromMinute(r.integer(3)), Released: graph.FromMinute(r.integer(4)),
	}
	if label := r.text(5); label != "" {
		c.Classification = &graph.Classification{Label: label, Level: graph.Level(r.integer(6))}
		if err := unlist(r.text(7), &c.Classification.Caveats); err != nil {
			return graph.Element{}, err
		}
	}
	c.Hash = r.text(9)
	if err := unlist(r.text(10), &c.Sources); err != nil {
		return graph.Element{}, err
	}
	return graph.Element{Cable: c, Marks: r.text(11)}, unpack(r.blob(8), longTexts, c)
}

func walkPost(r row) (graph.Element, error) {
	p := &graph.Post{Slug: r.text(0), Name: r.text(1), Kind: graph.PostKind(r.text(2)), City: r.text(3), Country: r.text(4)}
	return graph.Element{Post: p}, unlist(r.text(5), &p.Aliases)
}

func walkPerson(r row) (graph.Element, error) {
	p, err := readPerson(r, 0)
	return graph.Element{Person: &p}, err
}

func walkTag(r row) (graph.Element, error) {
	return graph.Element{Tag: &graph.Tag{Code: r.text(0), Name: r.text(1), Kind: graph.TagKind(r.text(2))}}, nil
}

// walkMention fills Forms and Spans in any case: they are never left out.
func walkMention(r row) (graph.Element, error) {
	m := &graph.Mention{Count: int(r.integer(5)), Role: graph.MentionRole(r.text(6)), Rule: r.text(7), Confidence: r.real(8), Forms: []string{}, Spans: []graph.Span{}}
	err := lists(r, 9, into(&m.Forms), into(&m.Titles), into(&m.Countries), into(&m.Paragraphs))
	if err == nil {
		err = readSpans(m, r.text(13))
	}
	if err != nil {
		return graph.Element{}, err
	}
	return graph.Element{Marks: r.text(15), Link: &graph.Link{
		Type: graph.LinkMentions, From: cableID(r.text(0)), To: graph.NewID(graph.KindPerson, r.text(1)),
		Position: int(r.integer(2)), Name: r.text(3), Surname: r.text(14), Tag: r.text(4), Mention: m,
	}}, nil
}
