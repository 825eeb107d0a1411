package memory

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// ErrTooLarge is what a Builder returns where a graph needs more memory than it may take.
var ErrTooLarge = errors.New("the graph is too large to be held in memory")

// Builder takes the nodes and edges of a graph in: the nodes first, then the
// edges of each type by their cables' rows and positions.
type Builder struct {
	limit int // bytes
	size  int

	cables []cable
	labels map[string]uint32
	g      *Graph

	references, subjects, slugs, names strings.Builder

	sent, tagged, named, cites rawEdges
	precedences                map[graph.Precedence]uint32
	confidences                map[float64]uint32
	marks                      map[string]uint32
}

// Cable is what is held of a cable. Origin is a post's row, 0 for none; times are minutes (see graph.Minute).
type Cable struct {
	Reference         string
	Published         bool
	Subject           string
	Created, Released int64
	Classification    *graph.Classification
	Origin            int64
	Marks             string // see graph.Record.Marks
}

// Mention is what is held of a mention. Once tells that the person stands in the cable's list for the first time.
type Mention struct {
	Cable, Person           int64
	Once, Signs, Classifies bool
	Count                   int64
	Confidence              float64
	Marks                   string
}

type cable struct {
	row, label, origin uint32
	marks              uint32
	created, released  int32
	published          bool
	reference, subject [2]uint32
}

// rawEdges are edges as they came, between rows.
type rawEdges struct{ from, to, flags, says []uint32 }

// NewBuilder returns a Builder for a graph of at most so many bytes.
func NewBuilder(limit int) *Builder {
	return &Builder{
		limit: limit, g: &Graph{codes: map[string]uint32{}, cables: cables{labels: []*graph.Classification{nil}}},
		labels: map[string]uint32{}, precedences: map[graph.Precedence]uint32{}, confidences: map[float64]uint32{}, marks: map[string]uint32{},
	}
}

// take counts bytes. The row must be one that an array can be indexed by.
func (b *Builder) take(row int64, bytes int) error {
	b.size += bytes
	if b.size > b.limit || row >= int64(b.limit) || row < 0 {
		return ErrTooLarge
	}
	return nil
}

// put sets an element of a slice that grows as needed.
func put[E any](to *[]E, row int64, e E) {
	if n := int(row) + 1; n > len(*to) {
		*to = slices.Grow(*to, n-len(*to))[:n]
	}
	(*to)[row] = e
}

// Post takes a post in: its slug, name, kind, city and country.
func (b *Builder) Post(row int64, p graph.Post) error {
	err := b.take(row, 200)
	if err == nil {
		put(&b.g.posts, row, p)
	}
	return err
}

// Tag takes a tag in.
func (b *Builder) Tag(row int64, t graph.Tag) error {
	err := b.take(row, 200)
	if err == nil {
		put(&b.g.tags, row, t)
		b.g.codes[t.Code] = uint32(row)
	}
	return err
}

// Person takes a person in.
func (b *Builder) Person(row int64, slug, name string) error {
	err := b.take(row, 16+len(slug)+len(name))
	if err == nil {
		put(&b.g.people.slug.spans, row, write(&b.slugs, slug))
		put(&b.g.people.name.spans, row, write(&b.names, name))
	}
	return err
}

// write adds a text to others and says where it stands.
func write(to *strings.Builder, text string) [2]uint32 {
	at := uint32(to.Len())
	to.WriteString(text)
	return [2]uint32{at, uint32(to.Len())}
}

// Cable takes a cable in.
func (b *Builder) Cable(row int64, c *Cable) error {
	if err := b.take(row, 60+len(c.Reference)+len(c.Subject)); err != nil {
		return err
	}
	for _, minute := range []int64{c.Created, c.Released} {
		if minute != int64(int32(minute)) {
			return fmt.Errorf("%s: the minute %d can't be held", c.Reference, minute)
		}
	}
	b.cables = append(b.cables, cable{
		row: uint32(row), label: b.label(c.Classification), origin: uint32(c.Origin), published: c.Published, marks: numbered(b.marks, &b.g.marks, c.Marks),
		created: int32(c.Created), released: int32(c.Released),
		reference: write(&b.references, c.Reference), subject: write(&b.subjects, c.Subject),
	})
	return nil
}

// label numbers a classification.
func (b *Builder) label(c *graph.Classification) uint32 {
	if c == nil {
		return 0
	}
	key := fmt.Sprintf("%q %d %q", c.Label, c.Level, c.Caveats)
	n, known := b.labels[key]
	if !known {
		n = uint32(len(b.g.cables.labels))
		b.labels[key] = n
		b.g.cables.labels = append(b.g.cables.labels, c)
	}
	return n
}

// SentTo takes an addressee in; once tells that the post stands in the cable's list for the first time.
func (b *Builder) SentTo(cable, post int64, once, forAction bool, precedence graph.Precedence) error {
	return b.edge(&b.sent, cable, post, numbered(b.precedences, &b.g.precedences, precedence)<<above|bit(once, first)|bit(forAction, action), 12)
}

// Tagged takes a tag of a cable in.
func (b *Builder) Tagged(cable, tag int64) error { return b.edge(&b.tagged, cable, tag, first, 8) }

// Mention takes a mention in.
func (b *Builder) Mention(m *Mention) error {
	confidence, marks := numbered(b.confidences, &b.g.confidences, m.Confidence), numbered(b.marks, &b.g.marks, m.Marks)
	if max(confidence, marks) >= 1<<16 {
		return ErrTooLarge
	}
	b.named.says = append(b.named.says, confidence<<16|marks)
	return b.edge(&b.named, m.Cable, m.Person, uint32(m.Count)<<above|bit(m.Once, first)|bit(m.Signs, signer)|bit(m.Classifies, classifier), 16)
}

// numbered numbers values as they come, each once.
func numbered[E comparable](numbers map[E]uint32, all *[]E, value E) uint32 {
	n, known := numbers[value]
	if !known {
		n = uint32(len(*all))
		numbers[value] = n
		*all = append(*all, value)
	}
	return n
}

// Cites takes a citation in.
func (b *Builder) Cites(citing, cited int64) error { return b.edge(&b.cites, citing, cited, first, 8) }

func (b *Builder) edge(e *rawEdges, cable, far int64, flags uint32, bytes int) error {
	if err := b.take(max(cable, far), bytes); err != nil {
		return err
	}
	e.from, e.to, e.flags = append(e.from, uint32(cable)), append(e.to, uint32(far)), append(e.flags, flags)
	return nil
}

func bit(is bool, bit uint32) uint32 {
	if is {
		return bit
	}
	return 0
}

// Graph returns the graph of what was taken in. The Builder is of no use afterwards.
func (b *Builder) Graph() (*Graph, error) {
	for _, t := range []*strings.Builder{&b.references, &b.subjects, &b.slugs, &b.names} {
		if t.Len() > math.MaxUint32 {
			return nil, ErrTooLarge
		}
	}
	g := b.g
	g.people.slug.all, g.people.name.all = b.slugs.String(), b.names.String()
	b.placeCables()
	post := func(row uint32) (uint32, bool) { return row, int(row) < len(g.posts) && g.posts[row].Slug != "" }
	tag := func(row uint32) (uint32, bool) { return row, int(row) < len(g.tags) && g.tags[row].Code != "" }
	person := func(row uint32) (uint32, bool) {
		return row, int(row) < len(g.people.slug.spans) && g.people.slug.at(row) != ""
	}
	cable := func(row uint32) (uint32, bool) { return g.cables.number(int64(row)) }
	for number, origin := range g.cables.origin {
		if _, here := post(origin); origin != 0 && !here {
			return nil, fmt.Errorf("%s was sent from row %d, which is not here", g.cables.reference.at(uint32(number)), origin)
		}
	}
	err := errors.Join(
		b.link(&b.sent, &g.sent, post, len(g.posts), true),
		b.link(&b.tagged, &g.tagged, tag, len(g.tags), false),
		b.link(&b.named, &g.named, person, len(g.people.slug.spans), true),
		b.link(&b.cites, &g.cites, cable, g.Cables(), false),
	)
	if err != nil {
		return nil, err
	}
	g.origins = group(len(g.posts), g.Cables(), func(i int) uint32 {
		if origin := g.cables.origin[i]; origin != 0 {
			return origin
		}
		return none
	})
	for i := range g.posts {
		g.postKeys = append(g.postKeys, g.posts[i].Slug)
	}
	for i := range g.tags {
		g.tagKeys = append(g.tagKeys, g.tags[i].Code)
	}
	size := max(g.Cables(), len(g.posts), len(g.tags), len(g.people.slug.spans))
	g.counters.New = func() any { return &counter{of: make([]uint32, size)} }
	g.bytes = b.size
	return g, nil
}

// link places the edges of one type. far is the number of a far end by its row, and whether it is here.
func (b *Builder) link(raw *rawEdges, to *edges, far func(row uint32) (uint32, bool), ends int, flagged bool) error {
	for i, row := range raw.from {
		number, known := b.g.cables.number(int64(row))
		end, here := far(raw.to[i])
		if !known || !here {
			return fmt.Errorf("an edge leads from row %d to row %d, which are not both here", row, raw.to[i])
		}
		raw.from[i], raw.to[i] = number, end
	}
	*to = raw.place(b.g.Cables(), ends, flagged)
	*raw = rawEdges{}
	return nil
}

// placeCables numbers the cables.
func (b *Builder) placeCables() {
	c, references := &b.g.cables, b.references.String()
	reference := func(x *cable) string { return references[x.reference[0]:x.reference[1]] }
	slices.SortFunc(b.cables, func(x, y cable) int {
		return cmp.Or(cmp.Compare(x.created, y.created), cmp.Compare(reference(&x), reference(&y)))
	})
	n := len(b.cables)
	c.rows, c.origin, c.label = make([]uint32, n), make([]uint32, n), make([]uint32, n)
	c.created, c.released, c.published = make([]int32, n), make([]int32, n), newBitmap(n)
	c.reference = texts{references, make([][2]uint32, n)}
	c.subject = texts{b.subjects.String(), make([][2]uint32, n)}
	c.byReference = make([]uint32, n)
	c.marked = group(len(b.g.marks), n, func(i int) uint32 { return b.cables[i].marks })
	last := uint32(0)
	for _, x := range b.cables {
		last = max(last, x.row)
	}
	c.numbers = slices.Repeat([]uint32{none}, int(last)+1)
	for i, x := range b.cables {
		c.rows[i], c.origin[i], c.label[i], c.created[i], c.released[i] = x.row, x.origin, x.label, x.created, x.released
		c.reference.spans[i], c.subject.spans[i], c.numbers[x.row], c.byReference[i] = x.reference, x.subject, uint32(i), uint32(i)
		if x.published {
			c.published.add(uint32(i))
		} else {
			c.announced = append(c.announced, uint32(i))
		}
	}
	c.labelled = group(len(c.labels), n, func(i int) uint32 { return c.label[i] })
	slices.SortFunc(c.byReference, func(x, y uint32) int { return cmp.Compare(c.reference.at(x), c.reference.at(y)) })
	b.cables = nil
}

// place makes edges between numbers: n cables and so many far ends.
func (e *rawEdges) place(n, ends int, flagged bool) edges {
	order := group(n, len(e.from), func(i int) uint32 { return e.from[i] })
	out := edges{from: lists{order.start, make([]uint32, len(e.to))}}
	if flagged {
		out.flags = make([]uint32, len(e.to))
	}
	if e.says != nil {
		out.says = make([]uint32, len(e.to))
	}
	cableOf, isFirst := make([]uint32, len(e.to)), newBitmap(len(e.to))
	for i, at := range order.values {
		out.from.values[i], cableOf[i] = e.to[at], e.from[at]
		if flagged {
			out.flags[i] = e.flags[at]
		}
		if e.says != nil {
			out.says[i] = e.says[at]
		}
		if e.flags[at]&first != 0 {
			isFirst.add(uint32(i))
		}
	}
	back := group(ends, len(e.to), func(i int) uint32 {
		if isFirst.has(uint32(i)) {
			return out.from.values[i]
		}
		return none
	})
	for i, at := range back.values {
		back.values[i] = cableOf[at]
	}
	out.to = back
	return out
}

// group lists for each of n keys the indexes below count that have it, rising. Indexes with
// a key beyond are left out.
func group(n, count int, key func(i int) uint32) lists {
	l := lists{start: make([]uint32, n+1)}
	for i := range count {
		if k := key(i); int(k) < n {
			l.start[k+1]++
		}
	}
	for k := range n {
		l.start[k+1] += l.start[k]
	}
	l.values = make([]uint32, l.start[n])
	next := slices.Clone(l.start)
	for i := range count {
		if k := key(i); int(k) < n {
			l.values[next[k]] = uint32(i)
			next[k]++
		}
	}
	return l
}
