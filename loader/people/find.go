package people

import (
	"sync"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/parse"
)

// Find returns the people whom a cable names: one naming for each individual,
// in order of first appearance. It changes nothing in p, and two calls give the same.
func Find(p *parse.Parsed) []graph.Naming {
	d := newDoc(p)
	defer d.done()
	d.findTags()
	d.findClassifier()
	d.findSigner()
	d.findAttention()
	d.findPhrases()
	d.findNames()
	d.findSpeakers()
	d.findListed()
	d.gather()
	d.findAgain()
	return d.namings()
}

// doc is a cable while people are looked for in it.
type doc struct {
	p      *parse.Parsed
	text   string
	toks   []token
	buffer *[]token // the memory of toks
	finds  []find
	rows   []row // rows of words that could be names, with too little evidence
	people []*individual
	// initials maps the letters that a text explains to the name they stand for.
	initials map[string]find
	row      titleRow // the plural title under which the names now read stand
}

// find is one place where a text names someone.
type find struct {
	from, to   int // tokens
	name       string
	words      []string // of the name, folded, without suffixes
	titles     []string
	countries  []string // of the titles, see graph.Mention
	role       graph.MentionRole
	rule       string
	confidence float64
	full       bool // more than a surname
	byname     bool // no part of the individual's name
	tag        string
	signedAs   string
	classified string
}

// buffers keeps the memory of tokens for the next cable: it is most of what Find needs.
var buffers = sync.Pool{New: func() any { return new([]token) }}

// maxBuffer is how many tokens a buffer that is kept may have: those of a text of about 200 kB.
const maxBuffer = 1 << 15

func newDoc(p *parse.Parsed) *doc {
	d := &doc{p: p, text: p.Cable.Body, buffer: buffers.Get().(*[]token)}
	d.toks = tokenize(d.text, *d.buffer)
	markLines(d.text, d.toks)
	d.toks = splitGlued(d.toks)
	return d
}

// done gives the memory of the tokens back, without the texts that they hold on to.
func (d *doc) done() {
	if cap(d.toks) <= maxBuffer {
		clear(d.toks)
		*d.buffer = d.toks[:0]
		buffers.Put(d.buffer)
	}
}

// word is a token as written.
func (d *doc) word(i int) string { return d.text[d.toks[i].start:d.toks[i].end] }

// form is the text of tokens from … to-1, on one line.
func (d *doc) form(from, to int) string {
	return oneLine(d.text[d.toks[from].start:d.toks[to-1].end])
}

// add notes a find at tokens from … to-1 and keeps other rules off them.
func (d *doc) add(from, to int, f find) {
	f.from, f.to = from, to
	if f.name == "" {
		f.name = normalName(d.form(from, to))
	}
	f.words = nameWords(f.name)
	if f.role == "" {
		f.role = graph.RoleMentioned
		if d.toks[from].kind == lineList {
			f.role = graph.RoleParticipant
		}
	}
	for i := from; i < to; i++ {
		d.toks[i].taken = true
	}
	if len(f.titles) > 0 {
		d.withCountries(&f)
	}
	if len(f.words) > 0 {
		d.finds = append(d.finds, f)
	}
}

// free tells whether no find has one of the tokens.
func (d *doc) free(from, to int) bool {
	for i := from; i < to; i++ {
		if d.toks[i].taken {
			return false
		}
	}
	return true
}

// tokensIn returns the tokens that lie in a span of the body.
func (d *doc) tokensIn(s graph.Span) (from, to int) {
	for from < len(d.toks) && int(d.toks[from].runeStart) < s.Start {
		from++
	}
	to = from
	for to < len(d.toks) && int(d.toks[to].runeEnd) <= s.End {
		to++
	}
	return from, to
}
