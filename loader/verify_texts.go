package loader

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// verifySize is how many cables are asked for with all they say at a time.
const verifySize = 100

// wholeCable asks for all that can be asked about cables, in the order of
// their records' lists.
func wholeCable(references []graph.Reference) *graph.Plan {
	root := listStep(graph.RootCables, "cables", graph.FieldPublished|graph.FieldSubject|graph.FieldCreated|graph.FieldReleased|graph.FieldClassification|
		graph.FieldSummary|graph.FieldHeader|graph.FieldBody|graph.FieldParagraphs|graph.FieldOtherReferences)
	root.Keys = make([]string, len(references))
	for i, r := range references {
		root.Keys[i] = string(r)
	}
	const post = graph.FieldName | graph.FieldKind | graph.FieldAliases | graph.FieldPlace
	root.Steps = []*graph.Step{
		listStep(graph.CableOrigin, "origin", post),
		listStep(graph.CableRecipients, "recipients", post|graph.FieldAddressee),
		listStep(graph.CableTags, "tags", graph.FieldName|graph.FieldKind),
		listStep(graph.CableReferences, "references", graph.FieldCitation),
		listStep(graph.CablePeople, "people", graph.FieldCount|graph.FieldEvidence|graph.FieldForms|graph.FieldMentionTitles|graph.FieldMentionNumbers|graph.FieldSpans),
	}
	return &graph.Plan{Steps: []*graph.Step{root}}
}

func listStep(relation graph.Relation, name string, fields graph.Fields) *graph.Step {
	return &graph.Step{
		Path: []string{name}, Relation: relation, Order: relation.DefaultOrder(),
		Page: graph.Page{Size: graph.MaxPage}, Rows: true, Fields: fields,
	}
}

// texts asks for all published cables and judges what they say, in batches.
func (v *verifier) texts(ctx context.Context) error {
	var references []graph.Reference
	for n, c := range v.kept.cable {
		if c.published {
			references = append(references, graph.Reference(v.kept.cables.keys[n]))
		}
	}
	for batch := range slices.Chunk(references, verifySize) {
		answers, err := v.store.Ask(ctx, wholeCable(batch))
		if err != nil {
			return err
		}
		known, err := v.store.Known(ctx, batch)
		if err != nil {
			return err
		}
		v.batch(batch, answers, known)
	}
	return nil
}

func (v *verifier) batch(batch []graph.Reference, answers graph.Answers, known map[graph.Reference]graph.Known) {
	byReference := map[graph.Reference]*graph.Cable{}
	for i := range answers[0].Edges {
		c := answers[0].Edges[i].Cable
		byReference[c.Reference] = c
	}
	for _, r := range batch {
		id := string(graph.NewID(graph.KindCable, string(r)))
		if c := byReference[r]; v.found.check(ruleAnswers, c != nil, id, "walking shows it, asking does not") {
			v.text(c, id, known[r])
		}
	}
}

// text judges one cable.
func (v *verifier) text(c *graph.Cable, id string, known graph.Known) {
	v.spans(c)
	why := unsourced(known.Sources)
	v.found.check(ruleSources, why == "", id, why)
	record, why := v.rebuild(c)
	if why != "" {
		v.found.fail(ruleAnswers, id, why)
		return
	}
	v.marks(record, id)
	record.Seal()
	v.found.check(ruleHashes, record.Cable.Hash == known.Hash, id,
		fmt.Sprintf("the store has the hash %.12q, what the graph says has %.12q", known.Hash, record.Cable.Hash))
}

// marks judges what the store searches for markings.
func (v *verifier) marks(r *graph.Record, id string) {
	n, words := v.kept.cables.number[string(r.Cable.Reference)], v.kept.words.keys
	cable, people := r.Marks()
	has := words[v.kept.cable[n].marks]
	v.found.check(ruleMarks, has == cable, id, fmt.Sprintf("its marks are %q, its paragraphs bear %q", has, cable))
	for i, m := range v.kept.mentionsOf(n) {
		has := words[m.marks]
		v.found.check(ruleMarks, has == people[i], v.kept.edge(n, graph.LinkMentions, m.person),
			fmt.Sprintf("its marks are %q, the paragraphs that name the person bear %q", has, people[i]))
	}
}

// unsourced says what is wrong with the sources of a cable.
func unsourced(sources []graph.Source) string {
	if len(sources) == 0 {
		return "it has no source"
	}
	for _, s := range sources {
		if raw, err := hex.DecodeString(s.SHA256); err != nil || len(raw) != 32 || s.File == "" {
			return fmt.Sprintf("its source %q has no file or no SHA-256", s.File)
		}
	}
	return ""
}

// spans judges the evidence of a cable's mentions.
func (v *verifier) spans(c *graph.Cable) {
	texts := map[graph.TextField]*cutter{graph.InHeader: {text: c.Header}, graph.InSubject: {text: c.Subject}, graph.InBody: {text: c.Body}}
	for _, e := range c.Answers.Find("people").Edges {
		at := fmt.Sprintf("%s %s %s", c.ID(), graph.LinkMentions, e.Person.ID())
		v.found.check(ruleSpans, e.Mention.Count == len(e.Mention.Spans), at,
			fmt.Sprintf("%d spans, and the count is %d", len(e.Mention.Spans), e.Mention.Count))
		for _, s := range e.Mention.Spans {
			why := ""
			switch got, inside := texts[s.Field].cut(s.Start, s.End); {
			case !inside:
				why = fmt.Sprintf("%s[%d:%d] lies outside of the text", s.Field, s.Start, s.End)
			case got != s.Text:
				why = fmt.Sprintf("%s[%d:%d] is %q, not %q", s.Field, s.Start, s.End, got, s.Text)
			case !slices.Contains(e.Mention.Forms, s.Text):
				why = fmt.Sprintf("%s[%d:%d] is %q, which is none of the forms", s.Field, s.Start, s.End, got)
			}
			v.found.check(ruleSpans, why == "", at, why)
		}
	}
}

// cutter cuts a text by code points; what is plain ASCII it need not convert.
type cutter struct {
	text  string
	runes []rune
}

// cut returns text[start:end] with white space made one blank, and false where that is not in the text.
func (c *cutter) cut(start, end int) (string, bool) {
	if c == nil || start < 0 || end <= start {
		return "", false
	}
	if c.runes == nil && utf8.RuneCountInString(c.text) != len(c.text) {
		c.runes = []rune(c.text)
	}
	size := len(c.text)
	if c.runes != nil {
		size = len(c.runes)
	}
	switch {
	case end > size:
		return "", false
	case c.runes != nil:
		return strings.Join(strings.Fields(string(c.runes[start:end])), " "), true
	}
	return strings.Join(strings.Fields(c.text[start:end]), " "), true
}

// rebuild makes the record out of what the graph says about a cable, or says
// why that is not what walking the graph gave.
func (v *verifier) rebuild(c *graph.Cable) (r *graph.Record, why string) {
	n := v.kept.cables.number[string(c.Reference)]
	kept := &v.kept.cable[n]
	origins := 0
	if kept.sent {
		origins = 1
	}
	origin, recipients, tags, cited, people := c.Answers.Find("origin"), c.Answers.Find("recipients"),
		c.Answers.Find("tags"), c.Answers.Find("references"), c.Answers.Find("people")
	for _, list := range []struct {
		asked  *graph.Answer
		walked int
		what   graph.LinkType
	}{
		{origin, origins, graph.LinkSentFrom},
		{recipients, int(kept.lists[listSentTo].count), graph.LinkSentTo},
		{tags, int(kept.lists[listTagged].count), graph.LinkTagged},
		{cited, int(kept.lists[listReferences].count), graph.LinkReferences},
		{people, int(kept.lists[listMentions].count), graph.LinkMentions},
	} {
		if len(list.asked.Edges) != list.walked {
			return nil, fmt.Sprintf("walking gives %d edges %s, asking %d", list.walked, list.what, len(list.asked.Edges))
		}
	}
	r = &graph.Record{Cable: *c}
	for i := range origin.Edges {
		r.Origin = origin.Edges[i].Post
	}
	for i := range recipients.Edges {
		e := &recipients.Edges[i]
		r.Recipients = append(r.Recipients, graph.Recipient{Post: *e.Post, Action: e.Action, Precedence: e.Precedence, As: e.As})
	}
	for i := range tags.Edges {
		r.Tags = append(r.Tags, *tags.Edges[i].Tag)
	}
	for i := range cited.Edges {
		e := &cited.Edges[i]
		r.References = append(r.References, graph.Citation{Reference: e.Cable.Reference, Label: e.Label, As: e.As})
	}
	r.People, why = v.namings(n, people.Edges)
	return r, why
}

// namings makes the namings of a cable out of what the walk kept and the evidence that was asked for.
func (v *verifier) namings(cable uint32, edges []graph.Edge) (namings []graph.Naming, why string) {
	evidence := map[string]*graph.Mention{}
	for i := range edges {
		evidence[edges[i].Person.Slug] = edges[i].Mention
	}
	for _, m := range v.kept.mentionsOf(cable) {
		mention := evidence[v.kept.people.keys[m.person]]
		if mention == nil {
			return nil, fmt.Sprintf("walking shows that it mentions %s, asking does not", v.kept.personID(m.person))
		}
		n := graph.Naming{
			Name: v.kept.words.keys[m.name], Surname: v.kept.words.keys[m.surname],
			Mention: *mention, Tag: v.kept.words.keys[m.tag],
		}
		for _, s := range v.kept.signaturesOf(cable) {
			switch {
			case s.person != m.person:
			case s.classified:
				n.ClassifiedAs = s.as
			default:
				n.SignedAs = s.as
			}
		}
		namings = append(namings, n)
	}
	return namings, ""
}
