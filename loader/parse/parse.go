package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/source"
)

// page is one document, taken apart but not yet understood: the cells of its
// table and its two blocks of text, decoded.
type page struct {
	reference, created, released, classification, origin string
	// at is when the cable was created, where the document is a row.
	at time.Time
	// cites are the references that a row lists, joined by bars.
	cites string
	// title is what the page itself calls the cable, its first line at most.
	title        string
	header, body string
	warnings     []string
}

// Parse reads one document of any form. The errors are ErrNavigation and
// ErrNotCable; what is merely odd or missing in a cable is left empty, or told
// in Warnings.
func Parse(e source.Entry) (*Parsed, error) {
	read := readPage
	switch e.Form {
	case source.Row:
		read = readRow
	case source.Line:
		return readLine(e)
	}
	pg, err := read(e.Data)
	if err != nil {
		return nil, err
	}
	return pg.understood(sourceOf(e)), nil
}

// sourceOf says where a document stands.
func sourceOf(e source.Entry) graph.Source {
	sum := sha256.Sum256(e.Data)
	return graph.Source{File: e.File, Member: e.Member, Offset: e.Offset, SHA256: hex.EncodeToString(sum[:])}
}

// understood returns what a document says that was taken apart.
func (pg *page) understood(from graph.Source) *Parsed {
	p := &Parsed{Warnings: pg.warnings}
	p.Cable = graph.Cable{
		Published:      true,
		Created:        pg.at,
		Released:       p.minute("released", pg.released),
		Classification: graph.ParseClassification(pg.classification),
		Header:         pg.header,
		Body:           pg.body,
		Sources:        []graph.Source{from},
	}
	if pg.created != "" {
		p.Cable.Created = p.minute("created", pg.created)
	}
	if pg.origin != "" {
		post := PostByName(pg.origin)
		p.Origin = &post
	}
	p.Recipients = recipientsOf(pg.header)
	own := p.setReference(pg.reference)
	p.readBody(own)
	if p.Cable.Subject == "" {
		p.Cable.Subject = titleSubject(graph.Reference(pg.reference), pg.title)
	}
	p.addCitations(own, pg.cites)
	return p
}

// readBody fills what the body says; own is the cable's reference as the text's own REF lines would write it.
func (p *Parsed) readBody(own graph.Reference) {
	t := newText(p.Cable.Body)
	p.Cable.Paragraphs = t.paragraphSpans()
	p.Cable.Subject = t.subject()
	for _, code := range t.tags() {
		p.Tags = append(p.Tags, TagByCode(code))
	}
	p.References, p.Cable.OtherReferences = t.references(own)
	p.Cable.Summary = t.summary()
	p.Deadline = t.deadline()
	p.Signer = t.signer()
	p.Classifier, p.ClassifierName = t.classifier()
}

// addCitations adds the cables that a row lists as cited, and that the REF lines
// of its text do not have: without a label, as the row writes them.
func (p *Parsed) addCitations(own graph.Reference, list string) {
	seen := map[graph.Reference]bool{own: true, p.Cable.Reference: true}
	for _, c := range p.References {
		seen[c.Reference] = true
	}
	for as := range strings.SplitSeq(list, "|") {
		as = strings.TrimSpace(as)
		if !isReference(as) {
			continue
		}
		meant, ok := repairedReference(as)
		if !ok {
			meant = graph.Reference(as)
		}
		if !seen[meant] {
			seen[meant] = true
			p.References = append(p.References, graph.Citation{Reference: meant, As: as})
		}
	}
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
