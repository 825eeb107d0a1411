package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/source"
)

// page is one document, taken apart but not yet understood: the cells of its
// table and its two blocks of text, decoded.
type page struct {
	reference, created, released, classification, origin string
	// title is what the page itself calls the cable, its first line at most.
	title        string
	header, body string
	warnings     []string
}

// Parse reads one document. The errors are ErrNavigation and ErrNotCable; what
// is merely odd or missing in a cable is left empty, or told in Warnings.
func Parse(e source.Entry) (*Parsed, error) {
	pg, err := readPage(e.Data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(e.Data)
	p := &Parsed{Warnings: pg.warnings}
	p.Cable = graph.Cable{
		Reference:      graph.Reference(pg.reference),
		Published:      true,
		Created:        p.minute("created", pg.created),
		Released:       p.minute("released", pg.released),
		Classification: graph.ParseClassification(pg.classification),
		Header:         pg.header,
		Body:           pg.body,
		Sources:        []graph.Source{{File: e.File, Member: e.Member, Offset: e.Offset, SHA256: hex.EncodeToString(sum[:])}},
	}
	if pg.origin != "" {
		post := PostByName(pg.origin)
		p.Origin = &post
	}
	p.Recipients = recipientsOf(pg.header)
	p.readBody(pg.title)
	return p, nil
}

// readBody fills what the body says.
func (p *Parsed) readBody(title string) {
	t := newText(p.Cable.Body)
	p.Cable.Paragraphs = t.paragraphSpans()
	p.Cable.Subject = t.subject()
	if p.Cable.Subject == "" {
		p.Cable.Subject = titleSubject(p.Cable.Reference, title)
	}
	for _, code := range t.tags() {
		p.Tags = append(p.Tags, TagByCode(code))
	}
	p.References, p.Cable.OtherReferences = t.references(p.ownReference())
	p.Cable.Summary = t.summary()
	p.Deadline = t.deadline()
	p.Signer = t.signer()
	p.Classifier, p.ClassifierName = t.classifier()
}

// minute reads a date of the page's table: "2009-02-10 03:03", UTC.
func (p *Parsed) minute(what, s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		if t, err = time.Parse("2006-01-02", s); err != nil {
			p.Warnings = append(p.Warnings, fmt.Sprintf("The %s date %q is not of the form 2009-02-10 03:03.", what, s))
		}
	}
	return t
}
