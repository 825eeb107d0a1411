package loader

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// walked judges what a walk shows, element by element, and keeps what the later parts need.
type walked struct {
	kept  *kept
	found *Verification
	tally tally
}

func (w *walked) visit(e graph.Element) error {
	switch {
	case e.Cable != nil:
		w.cable(e.Cable, e.Marks)
	case e.Post != nil:
		w.post(e.Post)
	case e.Person != nil:
		return w.person(e.Person)
	case e.Tag != nil:
		w.tag(e.Tag)
	case e.Link != nil:
		w.link(e.Link, e.Marks)
	}
	return nil
}

// node numbers a node by its key; false where another node has the key already.
func (w *walked) node(ring *keyring, key string, id graph.ID, normal bool) bool {
	w.found.check(ruleKeys, normal, string(id), "the key is not in its normal form")
	_, fresh := ring.add(key)
	return w.found.check(ruleNodes, fresh, string(id), "another node has this id")
}

func (w *walked) cable(c *graph.Cable, marks string) {
	if !w.node(&w.kept.cables, string(c.Reference), c.ID(), normalReference(c.Reference)) {
		return
	}
	w.kept.cable = append(w.kept.cable, keptCable{published: c.Published, marks: w.kept.words.word(marks)})
	w.tally.cable(c)
	if !c.Published {
		w.found.check(ruleCables, bare(c), string(c.ID()), "it is announced only, and says more than its reference")
		return
	}
	w.found.check(ruleCables, c.Header != "" || c.Body != "", string(c.ID()), "it is published and has no text")
	why := misplaced(c)
	w.found.check(ruleParagraphs, why == "", string(c.ID()), why)
}

// normalReference tells whether a reference is as NewReference makes it.
func normalReference(r graph.Reference) bool {
	year, station, serial := string(r), "", ""
	if len(r) > 2 {
		year, station = string(r[:2]), strings.TrimRight(string(r[2:]), "0123456789")
		serial = string(r[2+len(station):])
	}
	return strings.Trim(year, "0123456789") == "" && station != "" && serial != "" && graph.NewReference(year, station, serial) == r
}

// bare tells whether an announced cable says nothing but its reference.
func bare(c *graph.Cable) bool {
	return c.Subject+c.Summary+c.Header+c.Body == "" && c.Created.IsZero() && c.Released.IsZero() &&
		c.Classification == nil && len(c.Paragraphs)+len(c.OtherReferences) == 0
}

// misplaced says what is wrong with the paragraphs of a cable; nothing where they lie well.
func misplaced(c *graph.Cable) string {
	end, size := 0, utf8.RuneCountInString(c.Body)
	for i, p := range c.Paragraphs {
		switch {
		case p.Start < 0 || p.End < p.Start || p.End > size:
			return fmt.Sprintf("paragraph %d of %d is [%d:%d] of a body of %d", i+1, len(c.Paragraphs), p.Start, p.End, size)
		case p.Start < end:
			return fmt.Sprintf("paragraph %d of %d starts at %d, before the end of the one before it at %d", i+1, len(c.Paragraphs), p.Start, end)
		}
		end = p.End
	}
	return ""
}

func (w *walked) post(p *graph.Post) {
	if w.node(&w.kept.posts, p.Slug, p.ID(), p.Slug == graph.Slug(p.Name)) {
		w.kept.postNamed = append(w.kept.postNamed, false)
	}
}

func (w *walked) tag(t *graph.Tag) {
	if w.node(&w.kept.tags, t.Code, t.ID(), t.Code == graph.NormalCode(t.Code)) {
		w.kept.tagNamed = append(w.kept.tagNamed, false)
	}
}

func (w *walked) person(p *graph.Person) error {
	if !w.node(&w.kept.people, p.Slug, p.ID(), p.Slug == graph.Slug(p.Slug)) {
		return nil
	}
	sum, err := digest(p)
	w.kept.person = append(w.kept.person, keptPerson{surname: w.kept.words.word(p.Surname), tag: p.Tag, digest: sum})
	return err
}

// linkEnds says between which kinds of node an edge leads.
var linkEnds = map[graph.LinkType][2]graph.Kind{
	graph.LinkSentFrom:     {graph.KindCable, graph.KindPost},
	graph.LinkSentTo:       {graph.KindCable, graph.KindPost},
	graph.LinkTagged:       {graph.KindCable, graph.KindTag},
	graph.LinkMentions:     {graph.KindCable, graph.KindPerson},
	graph.LinkSignedBy:     {graph.KindCable, graph.KindPerson},
	graph.LinkClassifiedBy: {graph.KindCable, graph.KindPerson},
	graph.LinkReferences:   {graph.KindCable, graph.KindCable},
	graph.LinkTagOf:        {graph.KindTag, graph.KindPerson},
}

// link judges an edge. One that has not both of its ends is looked at no further.
func (w *walked) link(l *graph.Link, marks string) {
	from, why := w.end(l.From, linkEnds[l.Type][0])
	to, whyTo := w.end(l.To, linkEnds[l.Type][1])
	if why == "" {
		why = whyTo
	}
	if !w.found.check(ruleEnds, why == "", place(l), why) {
		return
	}
	w.tally.link(l)
	if l.Type == graph.LinkTagOf {
		w.tagOf(l, to)
		return
	}
	w.tie(l, marks, &w.kept.cable[from], from, to)
}

// place names an edge.
func place(l *graph.Link) string { return fmt.Sprintf("%s %s %s", l.From, l.Type, l.To) }

// end returns the number of the node at an edge's end, or why there is none.
func (w *walked) end(id graph.ID, want graph.Kind) (n uint32, why string) {
	kind, key, err := id.Split()
	switch {
	case want == "":
		return 0, "there is no such type of edge"
	case err != nil:
		return 0, err.Error()
	case kind != want:
		return 0, fmt.Sprintf("%s is a %s, not a %s", id, strings.ToLower(string(kind)), strings.ToLower(string(want)))
	}
	rings := map[graph.Kind]*keyring{
		graph.KindCable: &w.kept.cables, graph.KindPost: &w.kept.posts, graph.KindPerson: &w.kept.people, graph.KindTag: &w.kept.tags,
	}
	n, there := rings[kind].number[key]
	if !there {
		return 0, fmt.Sprintf("there is no node %s", id)
	}
	return n, ""
}

// tagOf judges a TAG_OF edge: a person says which tag is theirs.
func (w *walked) tagOf(l *graph.Link, to uint32) {
	p := &w.kept.person[to]
	w.found.check(ruleOnce, !p.tagged, place(l), "the person has another tag too")
	p.tagged = true
	if l.From != graph.NewID(graph.KindTag, p.tag) {
		w.found.fail(ruleEnds, place(l), fmt.Sprintf("the person says that their tag is %q", p.tag))
	}
}

// tie keeps what an edge of a cable says.
func (w *walked) tie(l *graph.Link, marks string, c *keptCable, from, to uint32) {
	if !c.published {
		w.found.fail(ruleCables, place(l), "an announced cable has an edge")
	}
	switch l.Type {
	case graph.LinkSentFrom:
		w.found.check(ruleOnce, !c.sent, place(l), "the cable has another origin too")
		c.sent, w.kept.postNamed[to] = true, true
	case graph.LinkSentTo:
		c.lists[listSentTo].add(l.Position)
		w.kept.postNamed[to] = true
	case graph.LinkTagged:
		c.lists[listTagged].add(l.Position)
		w.kept.tagNamed[to] = true
	case graph.LinkReferences:
		c.lists[listReferences].add(l.Position)
		w.kept.cable[to].cited = true
	case graph.LinkMentions:
		c.lists[listMentions].add(l.Position)
		w.kept.person[to].named = true
		w.kept.mentions = append(w.kept.mentions, keptMention{
			cable: from, person: to, position: uint32(l.Position),
			name: w.kept.words.word(l.Name), surname: w.kept.words.word(l.Surname), tag: w.kept.words.word(l.Tag), marks: w.kept.words.word(marks),
		})
	default:
		w.kept.signatures = append(w.kept.signatures, signature{cable: from, person: to, classified: l.Type == graph.LinkClassifiedBy, as: l.As})
	}
}
