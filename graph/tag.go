package graph

import (
	"io"
	"strings"
)

// TagKind is what a tag stands for.
type TagKind string

// The kinds of tag.
const (
	TagSubject      TagKind = "SUBJECT"
	TagCountry      TagKind = "COUNTRY"
	TagOrganization TagKind = "ORGANIZATION"
	TagPerson       TagKind = "PERSON"
	TagProgram      TagKind = "PROGRAM"
	TagUnknown      TagKind = "UNKNOWN"
)

// TagKinds lists every kind of tag.
var TagKinds = []TagKind{TagSubject, TagCountry, TagOrganization, TagPerson, TagProgram, TagUnknown}

// MarshalGQL writes the kind as a GraphQL enum value.
func (k TagKind) MarshalGQL(w io.Writer) { marshalEnum(w, string(k)) }

// UnmarshalGQL reads the kind from a GraphQL enum value.
func (k *TagKind) UnmarshalGQL(v any) error { return unmarshalEnum(k, v, TagKinds) }

// Tag is a traffic-analysis tag. Its properties depend on its code alone.
type Tag struct {
	Code    string  `json:"code"`           // key: "IR", "PREL", "CLINTON, HILLARY"
	Name    string  `json:"name,omitempty"` // "Iran"; empty where unknown
	Kind    TagKind `json:"kind"`
	Answers Answers `json:"-"`
}

// ID returns the global id, "tag:IR".
func (t *Tag) ID() ID { return NewID(KindTag, t.Code) }

// NodeID returns the global id.
func (t *Tag) NodeID() ID { return t.ID() }

// Below returns the answers to the steps asked below this tag.
func (t *Tag) Below() Answers { return t.Answers }

// Names returns the folded code and name under which the tag is found, sorted, each once.
func (t *Tag) Names() []string { return foldAll([]string{t.Code, t.Name}) }

// TagsMeant is the filter on the tags that somebody means who writes these, in any case: a
// known code ("IR", "ir") is that code, anything else a code or a meaning ("Iran", "IRAN").
func TagsMeant(written ...string) *TagWhere {
	codes, either := []string{}, []*TagWhere{}
	for _, s := range written {
		tag, known := KnownTags()[NormalCode(s)]
		if known && Fold(tag.Name) != Fold(tag.Code) { // what is its own meaning can be that of a slip too
			codes = append(codes, s)
		} else {
			either = append(either, &TagWhere{Name: &s})
		}
	}
	if len(codes) > 0 || len(either) == 0 {
		either = append(either, &TagWhere{Code: codes})
	}
	if len(either) == 1 {
		return either[0]
	}
	return &TagWhere{Or: either}
}

// NormalCode is a tag's code as it is kept: capitals, single blanks.
func NormalCode(code string) string { return strings.Join(strings.Fields(strings.ToUpper(code)), " ") }
