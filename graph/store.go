package graph

import (
	"context"
	"time"
)

// Reader asks a store. All methods may be called at once from many goroutines,
// also while a Writer is at work: each call sees whole batches or nothing of them.
//
// Errors, in all methods: the context's own where it was cancelled, ErrTimeout
// where its deadline passed, ErrUnavailable where the store can't be reached,
// the ErrBad… of a question that is wrong in itself. An unknown key is no
// error: what it names is absent.
type Reader interface {
	// Ask answers a plan: one Answer for each of its steps, in their order.
	Ask(ctx context.Context, plan *Plan) (Answers, error)
	// Corpus counts what the store holds.
	Corpus(ctx context.Context) (*Corpus, error)
	// Latest returns the moment of the cable that was written last; the zero Moment where there is none.
	Latest(ctx context.Context) (Moment, error)
	// Written returns the published cables whose text Write put in, new or changed, after a
	// moment: each once, the earliest first, limit at most. What was written is never before what was
	// seen as Latest or Written already.
	Written(ctx context.Context, after Moment, limit int) ([]Moment, error)
	// Walk hands every node and every edge to visit, in no promised order, nodes
	// before edges, and stops at the first error, which it returns as it is.
	// Memory stays flat. What visit gets is its own to keep. A store that can't show
	// one state of the graph for so long returns ErrConflict where a writer came between.
	Walk(ctx context.Context, visit func(Element) error) error
	// Ties returns the edges of the types (all but LinkTagOf) from the cables that where lets
	// through; nil: all of them. Memory grows with those edges, 12 bytes for each. Where writers
	// keep coming between, it may return ErrConflict.
	Ties(ctx context.Context, where *CableWhere, types ...LinkType) (*Ties, error)
	// Adjacent returns the edges of sides at nodes: by node in the order asked, by type in the
	// order of LinkTypes, those that start at the node first. Unknown nodes have none. As Ties it may return ErrConflict.
	Adjacent(ctx context.Context, at *Adjacent) ([]Adjacency, error)
	// Corrections returns what Writer.Correct kept last, empty where it kept nothing.
	Corrections(ctx context.Context) (string, error)
	// Ready returns nil when questions can be answered now.
	Ready(ctx context.Context) error
}

// Writer changes a store. Each call is one transaction: done wholly or not at
// all, also when the process is killed. Two writers, in one process or two, may
// be at work on one store; the graph is the same as if one had gone after the other.
type Writer interface {
	// Fill prepares an empty store for a load of many cables; on any other it does
	// nothing. Until Loaded, what only serves questions may be missing, so that they
	// are answered rightly but slowly, and namings may lead to nobody; the first call of
	// Unsettled may prepare Settle. A process that is killed meanwhile
	// leaves a store that is still being filled: the next load goes on with that.
	Fill(ctx context.Context) error
	// Known returns what is known of those of the cables that are here and published.
	Known(ctx context.Context, references []Reference) (map[Reference]Known, error)
	// Write puts cables in, or in place of what they were before: edges that the
	// new text lacks go, and with them posts, tags, people and unpublished cables
	// that nothing else names. Each naming gets a MENTIONS edge to its Provisional
	// person, and its surname becomes unsettled; so does the surname of a naming
	// that goes, where people with it stay. No reference stands twice in records.
	Write(ctx context.Context, records []Record) error
	// AddSources adds to the sources of published cables, without doubles; nothing else changes.
	AddSources(ctx context.Context, sources map[Reference][]Source) error
	// Unsettled returns up to limit surnames with namings written since they were last settled.
	Unsettled(ctx context.Context, limit int) ([]string, error)
	// Namings returns every naming in the store with one of these surnames, ordered
	// by cable and position, and the store's generation at that moment.
	Namings(ctx context.Context, surnames []string) ([]PlacedNaming, Generation, error)
	// Settle makes the people with these surnames exactly those given: the edges
	// of their namings (MENTIONS, SIGNED_BY, CLASSIFIED_BY) lead to them, TAG_OF
	// leads to them from their Tag, other people with these surnames go, and the
	// surnames are settled. Where a naming with one of these surnames was written
	// after generation it changes nothing and returns ErrConflict: ask Namings again.
	// Every naming of these surnames is given to exactly one person, and no two of
	// one cable to the same. A person may have namings of several of the surnames.
	Settle(ctx context.Context, surnames []string, people []Settled, generation Generation) error
	// Correct keeps what people have corrected of who is who, as text, in place of what was kept
	// before, and notes the surnames as unsettled that have namings or people.
	Correct(ctx context.Context, corrections string, surnames []string) error
	// Loaded notes the end of a load, for Corpus.LoadedAt, and ends what Fill began.
	Loaded(ctx context.Context, at time.Time) error
	// Mark notes how far the load of this name has come; the zero Mark forgets the load.
	Mark(ctx context.Context, load string, mark Mark) error
	// Marked returns the last Mark of the load, the zero Mark where there is none.
	Marked(ctx context.Context, load string) (Mark, error)
}

// Store is a whole store.
type Store interface {
	Reader
	Writer
	// Close ends all work and frees what the store holds. Calls after it fail.
	Close(ctx context.Context) error
}

// Known is what a store knows of a published cable before it is written again.
type Known struct {
	Hash    string // Cable.Hash
	Sources []Source
}

// Mark is how far a load has come that was not ended yet: what the first
// Documents documents say is in the store. Digest is over those documents, so
// that a later load of the same name can tell whether it meets the same ones.
type Mark struct {
	Documents int
	Digest    string
}

// PlacedNaming is a naming with what is known about its cable, for resolution.
type PlacedNaming struct {
	Cable    Reference
	Position int    // in Record.People
	Origin   string // slug of the post that sent the cable, or empty
	Country  string // of that post, or empty
	Created  time.Time
	Name     string
	Surname  string
	Forms    []string
	Titles   []string
	// Countries are those of Titles, see Mention.
	Countries []string
	Role      MentionRole
	Count     int
	Tag       string
}

// Generation counts the calls of Write that a store has seen.
type Generation int64

// Moment is when a cable's text was written: those of one call of Write follow each
// other by reference. The zero Moment is before all.
type Moment struct {
	Generation Generation
	Cable      Reference
}

// Settled is a person with the namings that are this person.
type Settled struct {
	Person  Person
	Namings []NamingKey
}

// NamingKey names a naming: the cable, and the position in Record.People.
type NamingKey struct {
	Cable    Reference
	Position int
}

// Corpus is what a store holds, counted.
type Corpus struct {
	Cables          int // all
	Published       int // those whose text is here
	Announced       int // those that are only referred to
	Posts           int
	People          int
	Tags            int
	References      int // REFERENCES edges
	Mentions        int // MENTIONS edges
	Created         TimeSpan
	Released        TimeSpan
	ReleaseDays     []DayCount            // by day, each with at least one cable
	Classifications []ClassificationCount // by label
	LoadedAt        time.Time             // zero where nothing was ever loaded
	Backend         string                // "sqlite 3.50.4", "neo4j 5.26.31 community"
}

// TimeSpan is from the earliest to the latest time of something; zero times where there is none.
type TimeSpan struct{ From, To time.Time }

// DayCount is how many cables fall on a day.
type DayCount struct {
	Day   string // "2010-11-28"
	Count int
}

// ClassificationCount is how many cables bear a classification.
type ClassificationCount struct {
	Classification Classification
	Count          int
}

// Element is a node or an edge of the graph, as Walk yields it: exactly one of the pointers is set.
type Element struct {
	Cable  *Cable  `json:"cable,omitempty"`
	Post   *Post   `json:"post,omitempty"`
	Person *Person `json:"person,omitempty"`
	Tag    *Tag    `json:"tag,omitempty"`
	Link   *Link   `json:"link,omitempty"`
	// Marks are those of the cable, or of the paragraphs in which a LinkMentions names the person: see Record.Marks.
	Marks string `json:"marks,omitempty"`
}

// LinkType is the type of an edge.
type LinkType string

// The types of edge.
const (
	LinkSentFrom     LinkType = "SENT_FROM"
	LinkSentTo       LinkType = "SENT_TO"
	LinkTagged       LinkType = "TAGGED"
	LinkMentions     LinkType = "MENTIONS"
	LinkSignedBy     LinkType = "SIGNED_BY"
	LinkClassifiedBy LinkType = "CLASSIFIED_BY"
	LinkReferences   LinkType = "REFERENCES"
	LinkTagOf        LinkType = "TAG_OF"
)

// Link is an edge in plain form, with the properties that its type has.
type Link struct {
	Type       LinkType   `json:"type"`
	From       ID         `json:"from"`
	To         ID         `json:"to"`
	Position   int        `json:"position,omitempty"` // SENT_TO, TAGGED, REFERENCES, MENTIONS: the index in the record's list
	Action     bool       `json:"action,omitempty"`
	Precedence Precedence `json:"precedence,omitempty"`
	Label      string     `json:"label,omitempty"`
	As         string     `json:"as,omitempty"`      // SENT_TO, REFERENCES, SIGNED_BY, CLASSIFIED_BY
	Name       string     `json:"name,omitempty"`    // MENTIONS: of the naming, as its surname and tag
	Surname    string     `json:"surname,omitempty"` // that of the person, but where people corrected who that is
	Tag        string     `json:"tag,omitempty"`
	Mention    *Mention   `json:"mention,omitempty"`
}
