package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// Record is everything that one document says about one cable: the cable, and
// what it is tied to. It is what a store writes.
type Record struct {
	Cable      Cable       `json:"cable"`
	Origin     *Post       `json:"origin,omitempty"`     // nil where the document names none
	Recipients []Recipient `json:"recipients,omitempty"` // in the order of the header, each post once
	Tags       []Tag       `json:"tags,omitempty"`       // in the order of the TAGS line, each once
	References []Citation  `json:"references,omitempty"` // in the order of the REF lines, each cable once
	People     []Naming    `json:"people,omitempty"`
}

// Recipient is one addressee of a cable, as the header lists it.
type Recipient struct {
	Post       Post       `json:"post"`
	Action     bool       `json:"action"` // true: TO, false: INFO
	Precedence Precedence `json:"precedence,omitempty"`
	As         string     `json:"as"` // the name as written: "AMEMBASSY PARIS"
}

// Citation is one reference from a cable to another.
type Citation struct {
	Reference Reference `json:"reference"`
	Label     string    `json:"label,omitempty"` // "A"
	As        string    `json:"as"`              // "08 PARIS 2199"
}

// Naming is one individual as one cable names them, before it is known who
// that is over the whole archive. A cable has one naming for each individual.
type Naming struct {
	Name string `json:"name"` // the fullest form of the name in this cable, in normal case, without titles
	// Surname is the folded surname ("kouchner"): namings of one person have it in common.
	Surname string `json:"surname"`
	Mention
	SignedAs     string `json:"signedAs,omitempty"`     // the signature as written, where this one signed
	ClassifiedAs string `json:"classifiedAs,omitempty"` // the classified-by line, where this one classified
	Tag          string `json:"tag,omitempty"`          // the code of the person tag that names this one
}

// Provisional is the person that a naming stands for until it is resolved: by its name alone.
func (n *Naming) Provisional() Person {
	return Person{Slug: Slug(n.Name), Name: n.Name, Surname: n.Surname, Aliases: n.Forms, Titles: n.Titles}
}

// Precedence is how urgently a cable was sent to an addressee.
type Precedence string

// The precedences, most urgent first; empty where the header gives none.
const (
	Flash     Precedence = "FLASH"
	Niact     Precedence = "NIACT"
	Immediate Precedence = "IMMEDIATE"
	Priority  Precedence = "PRIORITY"
	Routine   Precedence = "ROUTINE"
)

// Precedences lists every precedence.
var Precedences = []Precedence{Flash, Niact, Immediate, Priority, Routine}

// MarshalGQL writes the precedence as a GraphQL enum value.
func (p Precedence) MarshalGQL(w io.Writer) { marshalEnum(w, string(p)) }

// UnmarshalGQL reads the precedence from a GraphQL enum value.
func (p *Precedence) UnmarshalGQL(v any) error { return unmarshalEnum(p, v, Precedences) }

// Seal sets the cable's Hash: SHA-256 over the canonical JSON of the whole
// record, so that two documents that say the same have the same hash, wherever
// they came from. Call it last.
func (r *Record) Seal() {
	sum := sha256.Sum256(mustJSON(r))
	r.Cable.Hash = hex.EncodeToString(sum[:])
}
