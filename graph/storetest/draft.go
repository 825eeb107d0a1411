package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// draft is a record in short form, as the drawn world and MadeUp write it.
type draft struct {
	reference graph.Reference
	created   string // "2009-02-10 17:32"; empty: unknown
	released  string
	class     string // "SECRET//NOFORN"; empty: none
	subject   string
	header    string
	from      *graph.Post
	to        []graph.Recipient
	tags      []graph.Tag
	cites     []graph.Citation
	other     []string
	people    []individual
	// paragraphs of the body: "(C) Heading. Text", numbered from 1 when joined.
	paragraphs []string
}

// individual is a naming in short form: the spans are looked up in the texts.
type individual struct {
	name    string
	surname string
	forms   []string // as they stand in the texts, white space made one blank
	titles  []string
	of      []string // the countries of the titles
	role    graph.MentionRole
	signed  string
	class   string
	tag     string
}

// record fills in what a loader would find in the texts, and seals the record.
func (d draft) record() graph.Record {
	body, spans := d.body()
	r := graph.Record{
		Cable: graph.Cable{
			Reference: d.reference, Published: true, Subject: d.subject, Header: d.header, Body: body, Paragraphs: spans,
			Created: moment(d.created), Released: moment(d.released), Classification: graph.ParseClassification(d.class),
			OtherReferences: d.other,
			Sources:         []graph.Source{source("mirror/" + string(d.reference) + ".html")},
		},
		Origin: d.from, Recipients: d.to, Tags: d.tags, References: d.cites,
	}
	if len(d.paragraphs) > 0 {
		r.Cable.Summary = d.paragraphs[0]
	}
	for _, p := range d.people {
		r.People = append(r.People, p.naming(&r.Cable))
	}
	r.Seal()
	return r
}

func (d draft) body() (string, []graph.ParagraphSpan) {
	var text strings.Builder
	var spans []graph.ParagraphSpan
	for i, p := range d.paragraphs {
		fmt.Fprintf(&text, "%d. ", i+1)
		span := graph.ParagraphSpan{Number: i + 1}
		if marking, rest, ok := strings.Cut(strings.TrimPrefix(p, "("), ") "); ok && strings.HasPrefix(p, "(") {
			fmt.Fprintf(&text, "(%s) ", marking)
			span.Marking, p = marking, rest
		}
		span.Start = utf8.RuneCountInString(text.String())
		text.WriteString(p)
		span.End = utf8.RuneCountInString(text.String())
		text.WriteString("\n\n")
		spans = append(spans, span)
	}
	return text.String(), spans
}

// naming finds the forms in the cable's texts.
func (p individual) naming(c *graph.Cable) graph.Naming {
	m := graph.Mention{Titles: p.titles, Countries: p.of, Role: p.role, Confidence: 0.5 + 1/float64(2+len(p.forms)), Rule: "drawn"}
	finder := formsPattern(p.forms)
	for _, text := range []struct {
		field graph.TextField
		text  string
	}{{graph.InHeader, c.Header}, {graph.InSubject, c.Subject}, {graph.InBody, c.Body}} {
		for _, at := range finder.FindAllStringIndex(text.text, -1) {
			s := graph.Span{
				Field: text.field,
				Start: utf8.RuneCountInString(text.text[:at[0]]), End: utf8.RuneCountInString(text.text[:at[1]]),
				Text: strings.Join(strings.Fields(text.text[at[0]:at[1]]), " "),
			}
			m.Spans = append(m.Spans, s)
			if !slices.Contains(m.Forms, s.Text) {
				m.Forms = append(m.Forms, s.Text)
			}
			m.Paragraphs = append(m.Paragraphs, paragraphsAt(c, s)...)
		}
	}
	slices.Sort(m.Paragraphs)
	m.Paragraphs = slices.Compact(m.Paragraphs)
	m.Count = len(m.Spans)
	return graph.Naming{Name: p.name, Surname: p.surname, Mention: m, SignedAs: p.signed, ClassifiedAs: p.class, Tag: p.tag}
}

// formsPattern finds any of the forms, the longest first, over line breaks too.
func formsPattern(forms []string) *regexp.Regexp {
	byLength := slices.Clone(forms)
	slices.SortStableFunc(byLength, func(a, b string) int { return len(b) - len(a) })
	for i, f := range byLength {
		byLength[i] = strings.ReplaceAll(regexp.QuoteMeta(f), " ", `\s+`)
	}
	return regexp.MustCompile(strings.Join(byLength, "|"))
}

func paragraphsAt(c *graph.Cable, s graph.Span) []int {
	var numbers []int
	for _, p := range c.Paragraphs {
		if s.Field == graph.InBody && p.Start <= s.Start && s.End <= p.End {
			numbers = append(numbers, p.Number)
		}
	}
	return numbers
}

// moment reads a time to the minute; the zero time where it is empty.
func moment(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err) // the drawn world is wrong
	}
	return t
}

func source(file string) graph.Source {
	sum := sha256.Sum256([]byte(file))
	return graph.Source{File: file, SHA256: hex.EncodeToString(sum[:])}
}

func to(p graph.Post, precedence graph.Precedence) graph.Recipient {
	return graph.Recipient{Post: p, Action: true, Precedence: precedence, As: strings.ToUpper(p.Name)}
}

func info(p graph.Post, precedence graph.Precedence) graph.Recipient {
	return graph.Recipient{Post: p, Precedence: precedence, As: strings.ToUpper(p.Name) + " INFO"}
}

func cite(label string, r graph.Reference, as string) graph.Citation {
	return graph.Citation{Reference: r, Label: label, As: as}
}
