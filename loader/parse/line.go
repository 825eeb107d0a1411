package parse

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/source"
)

// Line is a Parsed as a line of NDJSON holds it: with where it came from. What
// Parse makes of the line is the very same Parsed; people are not kept, since
// whoever reads the line finds them again.
type Line struct {
	*Parsed
	Sources []graph.Source `json:"sources,omitempty"`
}

// NewLine returns what is to be written for a document.
func NewLine(p *Parsed) Line { return Line{Parsed: p, Sources: p.Cable.Sources} }

// readLine reads a line as `cablegraph parse` writes it. The cable keeps the
// sources that the line names; where it names none the line is the source.
func readLine(e source.Entry) (*Parsed, error) {
	pg := &page{}
	l := Line{Parsed: &Parsed{}}
	if err := decodeLine(pg.toUTF8(e.Data), &l); err != nil {
		return nil, err
	}
	p := l.Parsed
	p.Warnings = append(p.Warnings, pg.warnings...)
	p.Cable.Sources = l.Sources
	if len(p.Cable.Sources) == 0 {
		p.Cable.Sources = []graph.Source{sourceOf(e)}
	}
	if err := p.checkLine(); err != nil {
		return nil, err
	}
	p.renew()
	return p, nil
}

// decodeLine reads exactly one JSON object with no field that is not known.
func decodeLine(data []byte, l *Line) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(l)
	switch {
	case err != nil:
		return fmt.Errorf("%w: what cablegraph parse writes is expected; byte %d: %w", ErrNotCable, d.InputOffset(), err)
	case l.Parsed == nil:
		return fmt.Errorf("%w: the line is null", ErrNotCable)
	}
	if rest := bytes.TrimSpace(data[d.InputOffset():]); len(rest) > 0 {
		return fmt.Errorf("%w: byte %d: %.20q behind the end of the object", ErrNotCable, d.InputOffset(), rest)
	}
	return nil
}

// checkLine holds a line to what every Parsed keeps: a reference, and places within the body.
func (p *Parsed) checkLine() error {
	if !isReference(string(p.Cable.Reference)) {
		return fmt.Errorf("%w: the cable's reference %.60q has not the form 09STATE11937", ErrNotCable, p.Cable.Reference)
	}
	n := utf8.RuneCountInString(p.Cable.Body)
	inside := func(what string, start, end int) error {
		if start < 0 || end < start || end > n {
			return fmt.Errorf("%w: %s lies at %d to %d of a text of %d characters", ErrNotCable, what, start, end, n)
		}
		return nil
	}
	for i, s := range p.Cable.Paragraphs {
		if err := inside(fmt.Sprintf("paragraph %d of the list", i+1), s.Start, s.End); err != nil {
			return err
		}
	}
	if err := inside("the signer", p.Signer.Start, p.Signer.End); err != nil {
		return err
	}
	return inside("the classifier", p.Classifier.Start, p.Classifier.End)
}

// renew puts in place what depends on a key alone, so that a line which another
// release wrote brings the very posts and tags that other documents bring.
func (p *Parsed) renew() {
	p.Cable.Published = true
	p.Cable.Created, p.Cable.Released = toMinute(p.Cable.Created), toMinute(p.Cable.Released)
	if c := p.Cable.Classification; c != nil {
		p.Cable.Classification = graph.ParseClassification(c.Label)
	}
	if p.Origin != nil {
		p.Origin = new(PostByName(p.Origin.Name))
	}
	for i := range p.Recipients {
		p.Recipients[i].Post = PostByName(p.Recipients[i].Post.Name)
	}
	for i := range p.Tags {
		p.Tags[i] = TagByCode(p.Tags[i].Code)
	}
	p.People = nil
}

// toMinute returns a time as cables keep it.
func toMinute(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Minute)
}
