package memory

import (
	"slices"
	"sort"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// File is the store that a graph was read from. Each method returns the rows of
// the nodes that a filter lets through, of which only those fields are set that Graph does not hold.
type File interface {
	// Cables is asked for Text, Subject and Body.
	Cables(*graph.CableWhere) ([]int64, error)
	// Posts is asked for ID, Name, NameContains, Kind, City and Country.
	Posts(*graph.PostWhere) ([]int64, error)
	// People is asked for ID, Name, NameContains, Title and Country.
	People(*graph.PersonWhere) ([]int64, error)
	// Tags is asked for ID, Name, NameContains and Kind.
	Tags(*graph.TagWhere) ([]int64, error)
}

// sifter finds the nodes that filters let through. The sets that it returns are the caller's own.
type sifter struct {
	*Graph
	file File
}

// cable returns the cables that the filter lets through.
func (s *sifter) cable(w *graph.CableWhere) (set, error) {
	if w == nil {
		return set{}, nil
	}
	in, err := s.cableItself(w)
	for _, part := range []func(*graph.CableWhere) (set, error){s.cableTexts, s.cablePosts, s.cableTags, s.cablePeople, s.cableCitations, s.cableNested} {
		if err != nil {
			return set{}, err
		}
		var more set
		more, err = part(w)
		in = in.meet(more)
	}
	return in, err
}

func (s *sifter) cableItself(w *graph.CableWhere) (in set, err error) {
	if w.ID != nil {
		keys, err := graph.Keys(graph.KindCable, w.ID)
		if err != nil {
			return set{}, err
		}
		in = in.meet(s.referenced(keys))
	}
	if r := w.Reference; r != nil {
		if r.Equals != nil {
			in = in.meet(s.referenced(graph.AnyReference(*r.Equals)))
		}
		if r.In != nil {
			in = in.meet(s.referenced(graph.AnyReference(r.In...)))
		}
		if r.StartsWith != nil {
			in = in.meet(s.referencedFrom(*r.StartsWith))
		}
	}
	if w.Created != nil {
		from, to, err := w.Created.Minutes()
		if err != nil {
			return set{}, err
		}
		in = in.meet(s.createdIn(from, to))
	}
	if w.Released != nil {
		from, to, err := w.Released.Minutes()
		if err != nil {
			return set{}, err
		}
		in = in.meet(set{}.where(s.Cables(), func(i uint32) bool { return from <= int64(s.cables.released[i]) && int64(s.cables.released[i]) < to }))
	}
	if w.Classification != nil {
		var labels []uint32
		for i, c := range s.cables.labels {
			if classified(w.Classification, c) {
				labels = append(labels, uint32(i))
			}
		}
		in = in.meet(s.cables.labelled.union(s.Cables(), len(s.cables.labels), ofList(labels)))
	}
	if w.Published != nil {
		switch {
		case !*w.Published:
			in = in.meet(ofList(s.cables.announced))
		case in.listed:
			in = in.where(s.Cables(), s.cables.published.has)
		default:
			in = in.meet(ofBits(slices.Clone(s.cables.published)))
		}
	}
	return in, nil
}

func (s *sifter) referenced(references []string) set {
	var in []uint32
	c := &s.cables
	for _, r := range references {
		if at := c.find(r); at < len(c.byReference) && c.reference.at(c.byReference[at]) == r {
			in = append(in, c.byReference[at])
		}
	}
	return gathered(s.Cables(), in)
}

func (s *sifter) referencedFrom(prefix string) set {
	c := &s.cables
	from := c.find(prefix)
	to := from
	for to < len(c.byReference) && strings.HasPrefix(c.reference.at(c.byReference[to]), prefix) {
		to++
	}
	return gathered(s.Cables(), slices.Clone(c.byReference[from:to]))
}

// createdIn returns the cables of a range of minutes.
func (s *sifter) createdIn(from, to int64) set {
	in := newBitmap(s.Cables())
	before := func(minute int64) int {
		return sort.Search(s.Cables(), func(i int) bool { return int64(s.cables.created[i]) >= minute })
	}
	in.addRange(before(from), before(to))
	return ofBits(in)
}

func classified(w *graph.ClassificationFilter, c *graph.Classification) bool {
	return c != nil && c.Level != graph.LevelUnknown &&
		(w.In == nil || slices.Contains(w.In, c.Level)) &&
		(w.AtLeast == nil || c.Level >= *w.AtLeast) && (w.AtMost == nil || c.Level <= *w.AtMost) &&
		(w.Caveat == nil || slices.Contains(c.Caveats, strings.ToUpper(*w.Caveat)))
}

func (s *sifter) cableTexts(w *graph.CableWhere) (set, error) {
	if w.Text == nil && w.Subject == nil && w.Body == nil {
		return set{}, nil
	}
	rows, err := s.file.Cables(&graph.CableWhere{Text: w.Text, Subject: w.Subject, Body: w.Body})
	in := make([]uint32, 0, len(rows))
	for _, row := range rows {
		if number, known := s.cables.number(row); known {
			in = append(in, number)
		}
	}
	return gathered(s.Cables(), in), err
}

func (s *sifter) cablePosts(w *graph.CableWhere) (in set, err error) {
	if w.Origin != nil {
		posts, err := s.post(w.Origin)
		if err != nil {
			return set{}, err
		}
		in = s.origins.union(s.Cables(), len(s.posts), posts)
	}
	if w.Recipient != nil {
		posts, err := s.post(w.Recipient.Post)
		if err != nil {
			return set{}, err
		}
		to := s.sent.near(s.Cables(), posts)
		if passes := s.addressee(w.Recipient); passes != nil {
			to = to.where(s.Cables(), func(cable uint32) bool {
				ends := s.sent.from.of(cable)
				for i, flags := range s.sent.flagsOf(cable) {
					if posts.has(ends[i]) && passes(flags) {
						return true
					}
				}
				return false
			})
		}
		in = in.meet(to)
	}
	return in, nil
}

// addressee is what a filter asks of the flags of an edge to a post; nil for nothing.
func (g *Graph) addressee(w *graph.RecipientWhere) func(flags uint32) bool {
	if w == nil || w.Action == nil && w.Precedence == nil {
		return nil
	}
	return func(flags uint32) bool {
		return (w.Action == nil || *w.Action == (flags&action != 0)) &&
			(w.Precedence == nil || slices.Contains(w.Precedence, g.precedences[flags>>above]))
	}
}

func (s *sifter) cableTags(w *graph.CableWhere) (in set, err error) {
	bear := func(tags *graph.TagWhere) (set, error) {
		meant, err := s.tag(tags)
		return s.tagged.near(s.Cables(), meant), err
	}
	if w.Tag != nil {
		if in, err = bear(w.Tag); err != nil {
			return set{}, err
		}
	}
	if w.Tags == nil {
		return in, nil
	}
	for _, tag := range w.Tags.All {
		all, err := bear(graph.TagsMeant(tag))
		if err != nil {
			return set{}, err
		}
		in = in.meet(all)
	}
	if w.Tags.Any != nil {
		some, err := bear(graph.TagsMeant(w.Tags.Any...))
		if err != nil {
			return set{}, err
		}
		in = in.meet(some)
	}
	if len(w.Tags.None) > 0 {
		some, err := bear(graph.TagsMeant(w.Tags.None...))
		if err != nil {
			return set{}, err
		}
		in = in.meet(some.without(s.Cables()))
	}
	return in, nil
}

func (s *sifter) cablePeople(w *graph.CableWhere) (in set, err error) {
	var surely, there func(says uint32) bool
	if w.MinConfidence != nil {
		surely = s.sure(*w.MinConfidence)
	}
	paragraph := graph.SomeParagraphWhere{}
	if w.Paragraph != nil {
		paragraph = *w.Paragraph
		there = s.marked(paragraph.Marking)
	}
	for _, r := range []struct {
		where *graph.PersonWhere
		role  uint32
		says  func(uint32) bool
	}{
		{w.Mentions, 0, surely},
		{w.SignedBy, signer, nil},
		{w.ClassifiedBy, classifier, nil},
		{paragraph.Names, 0, there},
	} {
		if r.where == nil {
			continue
		}
		people, err := s.person(r.where)
		if err != nil {
			return set{}, err
		}
		in = in.meet(s.naming(people, r.role, r.says))
	}
	if w.Paragraph != nil && paragraph.Names == nil {
		in = in.meet(s.cables.marked.union(s.Cables(), len(s.marks), ofList(s.marksOf(paragraph.Marking))))
	}
	return in, nil
}

// sure is the condition on what edges to people say that they are at least so sure.
func (g *Graph) sure(least float64) func(says uint32) bool {
	return func(says uint32) bool { return g.confidences[says>>16] >= least }
}

// marked is the condition on what edges to people say that they stand in a paragraph with such a marking.
func (g *Graph) marked(w *graph.MarkingFilter) func(says uint32) bool {
	is := make([]bool, len(g.marks))
	for _, number := range g.marksOf(w) {
		is[number] = true
	}
	return func(says uint32) bool { return is[says&0xffff] }
}

// marksOf returns the numbers of the marks with one that the filter lets through; a nil filter wants a paragraph.
func (g *Graph) marksOf(w *graph.MarkingFilter) (numbers []uint32) {
	var texts []string
	if w != nil {
		texts = w.Texts()
	}
	for i, marks := range g.marks {
		if w == nil && marks != "" || slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(marks, text) }) {
			numbers = append(numbers, uint32(i))
		}
	}
	return numbers
}

// naming returns the cables that name one of the people, in a role and with such evidence.
func (s *sifter) naming(people set, role uint32, evidence func(says uint32) bool) set {
	in := s.named.near(s.Cables(), people)
	if role == 0 && evidence == nil {
		return in
	}
	return in.where(s.Cables(), func(cable uint32) bool {
		ends, says := s.named.from.of(cable), s.named.saysOf(cable)
		for i, flags := range s.named.flagsOf(cable) {
			if flags&role == role && people.has(ends[i]) && (evidence == nil || evidence(says[i])) {
				return true
			}
		}
		return false
	})
}

func (s *sifter) cableCitations(w *graph.CableWhere) (in set, err error) {
	if w.References != nil {
		cited, err := s.cable(w.References)
		if err != nil {
			return set{}, err
		}
		in = s.cites.near(s.Cables(), cited)
	}
	if w.ReferencedBy != nil {
		citing, err := s.cable(w.ReferencedBy)
		if err != nil {
			return set{}, err
		}
		in = in.meet(s.cites.far(s.Cables(), s.Cables(), citing, 0))
	}
	return in, nil
}

func (s *sifter) cableNested(w *graph.CableWhere) (set, error) {
	return nested(w.And, w.Or, w.Not, s.Cables(), s.cable)
}

// nested joins the And, Or and Not of a filter on one of so many nodes.
func nested[W any](and, or []*W, negated *W, size int, sift func(*W) (set, error)) (in set, err error) {
	for _, w := range and {
		more, err := sift(w)
		if err != nil {
			return set{}, err
		}
		in = in.meet(more)
	}
	if or != nil {
		some := ofList(nil)
		for _, w := range or {
			more, err := sift(w)
			if err != nil {
				return set{}, err
			}
			some = some.join(size, more)
		}
		in = in.meet(some)
	}
	if negated != nil {
		more, err := sift(negated)
		if err != nil {
			return set{}, err
		}
		in = in.meet(more.without(size))
	}
	return in, nil
}
