package graph

import (
	"io"
	"time"
)

// Person is an individual human, as resolved over all the cables of the store.
type Person struct {
	Slug string `json:"slug"` // key: "bernard-kouchner"
	Name string `json:"name"` // "Bernard Kouchner"
	// Surname is the folded surname by which namings are compared ("kouchner").
	Surname string   `json:"surname"`
	Aliases []string `json:"aliases,omitempty"` // every form that a cable uses for this person, sorted
	Titles  []string `json:"titles,omitempty"`  // normalised, most frequent first
	// Tag is the code of the tag that stands for this person ("CLINTON, HILLARY"), or empty.
	Tag string `json:"tag,omitempty"`
	// OtherSlugs are the slugs of the other names by which cables call the person, sorted: keys that lead here too.
	OtherSlugs []string `json:"otherSlugs,omitempty"`
	// Alone tells that no cable gives the person more than the surname; who it could be is asked by PersonCandidates.
	Alone bool `json:"alone,omitempty"`
	// Because says why all that is listed under the person is one individual, what most cables say first.
	Because []Join `json:"because,omitempty"`
	// Offices are the titles with what the texts say of their countries and when cables give them, most frequent first.
	Offices []Office `json:"offices,omitempty"`
	// First and LastMentioned are the dates of the earliest and latest cable; zero where not asked for.
	FirstMentioned time.Time `json:"-"`
	LastMentioned  time.Time `json:"-"`
	Answers        Answers   `json:"-"`
}

// ID returns the global id, "person:bernard-kouchner".
func (p *Person) ID() ID { return NewID(KindPerson, p.Slug) }

// NodeID returns the global id.
func (p *Person) NodeID() ID { return p.ID() }

// OtherIDs returns the ids that lead to the person beside its own.
func (p *Person) OtherIDs() []ID {
	ids := make([]ID, len(p.OtherSlugs))
	for i, slug := range p.OtherSlugs {
		ids[i] = NewID(KindPerson, slug)
	}
	return ids
}

// Below returns the answers to the steps asked below this person.
func (p *Person) Below() Answers { return p.Answers }

// Names returns the folded name and aliases under which the person is found, sorted, each once.
func (p *Person) Names() []string { return foldAll(append([]string{p.Name}, p.Aliases...)) }

// MentionRole is what a person is in a cable.
type MentionRole string

// The roles. A person with several has the first of them in this order that is
// not RoleMentioned; RoleMentioned is for those who are only spoken of.
const (
	RoleMentioned   MentionRole = "MENTIONED"
	RoleParticipant MentionRole = "PARTICIPANT"
	RoleSigner      MentionRole = "SIGNER"
	RoleClassifier  MentionRole = "CLASSIFIER"
	RoleDrafter     MentionRole = "DRAFTER"
	RoleTagged      MentionRole = "TAGGED"
)

// MentionRoles lists every role.
var MentionRoles = []MentionRole{RoleMentioned, RoleParticipant, RoleSigner, RoleClassifier, RoleDrafter, RoleTagged}

// MarshalGQL writes the role as a GraphQL enum value.
func (r MentionRole) MarshalGQL(w io.Writer) { marshalEnum(w, string(r)) }

// UnmarshalGQL reads the role from a GraphQL enum value.
func (r *MentionRole) UnmarshalGQL(v any) error { return unmarshalEnum(r, v, MentionRoles) }

// TextField names the text that a span points into.
type TextField string

// The texts of a cable that can hold a name.
const (
	InHeader  TextField = "HEADER"
	InSubject TextField = "SUBJECT"
	InBody    TextField = "BODY"
)

// TextFields lists the texts in the order in which EncodeSpans numbers them.
var TextFields = []TextField{InHeader, InSubject, InBody}

// MarshalGQL writes the field as a GraphQL enum value.
func (f TextField) MarshalGQL(w io.Writer) { marshalEnum(w, string(f)) }

// UnmarshalGQL reads the field from a GraphQL enum value.
func (f *TextField) UnmarshalGQL(v any) error { return unmarshalEnum(f, v, TextFields) }

// Span is a place in one of a cable's texts.
type Span struct {
	Field TextField `json:"field"`
	Start int       `json:"start"` // Unicode code points
	End   int       `json:"end"`
	// Text is what stands there with runs of white space made one blank; it is one of the mention's forms.
	Text string `json:"text"`
}

// Mention is what the edge from a cable to a person carries: the evidence.
type Mention struct {
	Count      int         `json:"count"` // how often the cable names the person: the number of spans
	Forms      []string    `json:"forms"` // the names as written, white space made one blank; in order of appearance, each once
	Titles     []string    `json:"titles,omitempty"`
	Countries  []string    `json:"countries,omitempty"` // of Titles, as the text says; empty where it does not, nil where it says none
	Role       MentionRole `json:"role"`
	Paragraphs []int       `json:"paragraphs,omitempty"` // numbers of the paragraphs, sorted, each once
	Spans      []Span      `json:"spans"`                // in order of appearance
	Confidence float64     `json:"confidence"`           // 0 … 1
	Rule       string      `json:"rule"`                 // the rule that found the first span
}

// EncodeSpans packs spans into numbers, four each: field, start, end, index of the text in forms.
func EncodeSpans(spans []Span, forms []string) []int64 {
	out := make([]int64, 0, 4*len(spans))
	for _, s := range spans {
		out = append(out, int64(indexOf(TextFields, s.Field)), int64(s.Start), int64(s.End), int64(indexOf(forms, s.Text)))
	}
	return out
}

// DecodeSpans is the inverse of EncodeSpans; groups that can't be right are left out.
func DecodeSpans(packed []int64, forms []string) []Span {
	out := make([]Span, 0, len(packed)/4)
	for ; len(packed) >= 4; packed = packed[4:] {
		field, form := int(packed[0]), int(packed[3])
		if field < 0 || field >= len(TextFields) || form < 0 || form >= len(forms) {
			continue
		}
		out = append(out, Span{Field: TextFields[field], Start: int(packed[1]), End: int(packed[2]), Text: forms[form]})
	}
	return out
}

func indexOf[E comparable](all []E, e E) int {
	for i := range all {
		if all[i] == e {
			return i
		}
	}
	return -1
}
