package graph

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Cable is one telegram. Which fields are filled depends on who made it: the
// loader fills all but Answers; a store's answer has what the step's Fields ask for.
type Cable struct {
	Reference Reference `json:"reference"`
	// Published is false for a cable that is known only because others refer to it.
	Published bool   `json:"published"`
	Subject   string `json:"subject,omitempty"`
	// Created and Released are in UTC, to the minute; the zero time means unknown.
	Created        time.Time       `json:"created,omitzero"`
	Released       time.Time       `json:"released,omitzero"`
	Classification *Classification `json:"classification,omitempty"`
	Summary        string          `json:"summary,omitempty"`
	// Header and Body stand as they came, after HTML decoding.
	Header     string          `json:"header,omitempty"`
	Body       string          `json:"body,omitempty"`
	Paragraphs []ParagraphSpan `json:"paragraphs,omitempty"`
	// OtherReferences are citations of what is no cable: e-mails, reports, telephone calls.
	OtherReferences []string `json:"otherReferences,omitempty"`
	// Hash is the SHA-256 (hex) of what the document says, see Record.Seal.
	Hash    string   `json:"-"`
	Sources []Source `json:"-"`
	// Answers are the answers to the steps below this node.
	Answers Answers `json:"-"`
}

// ID returns the global id, "cable:09STATE11937".
func (c *Cable) ID() ID { return NewID(KindCable, string(c.Reference)) }

// NodeID returns the global id.
func (c *Cable) NodeID() ID { return c.ID() }

// Below returns the answers to the steps asked below this cable.
func (c *Cable) Below() Answers { return c.Answers }

// Source is where a cable's text came from.
type Source struct {
	File   string `json:"file"`             // the path as it was given to the loader, or below the folder that was given
	Member string `json:"member,omitempty"` // the path inside an archive; "outer.zip!inner.html" where one stands in another
	// Offset is where the document starts in the file or member, in bytes of the
	// unpacked content: a row of a table; 0 where the document is all of it.
	Offset int64  `json:"offset,omitempty"`
	SHA256 string `json:"sha256"` // hex, over the document's bytes
	// Reference is the other id of the cable, where its document has two: a slip of whoever published
	// it, or the station's second name (TAIPEI, AITTAIPEI). The cable is found by it too.
	Reference Reference `json:"reference,omitempty"`
}

// ParagraphSpan is the place of one paragraph in a cable's body.
type ParagraphSpan struct {
	// Number is as printed ("3." gives 3), 0 for text before the first number.
	Number  int    `json:"number,omitempty"`
	Marking string `json:"marking,omitempty"` // portion marking without brackets: "S/NF"
	Heading string `json:"heading,omitempty"` // the heading line above the paragraph
	// Start and End count Unicode code points of the body; the text is body[Start:End],
	// without the number and the marking.
	Start int `json:"start"`
	End   int `json:"end"`
}

// Level is a classification level; levels compare as numbers.
type Level int8

// The levels, lowest first. LevelUnknown is for cables without a classification.
const (
	LevelUnknown      Level = -1
	LevelUnclassified Level = 0
	LevelOfficialUse  Level = 1
	LevelConfidential Level = 2
	LevelSecret       Level = 3
)

var levelNames = [...]string{"UNCLASSIFIED", "FOR_OFFICIAL_USE_ONLY", "CONFIDENTIAL", "SECRET"}

// String returns the name that the API uses; "" for LevelUnknown.
func (l Level) String() string {
	if l < 0 || int(l) >= len(levelNames) {
		return ""
	}
	return levelNames[l]
}

// MarshalGQL writes the level as a GraphQL enum value.
func (l Level) MarshalGQL(w io.Writer) { marshalEnum(w, l.String()) }

// UnmarshalGQL reads the level from a GraphQL enum value.
func (l *Level) UnmarshalGQL(v any) error {
	for i, name := range levelNames {
		if v == name {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("%v is no classification level", v)
}

// Classification is how secret a cable was when it was sent.
type Classification struct {
	Label   string   `json:"label"` // as published: "SECRET//NOFORN"
	Level   Level    `json:"level"`
	Caveats []string `json:"caveats,omitempty"` // "NOFORN"
}

// ParseClassification reads a label such as "CONFIDENTIAL//NOFORN"; nil for an empty one.
func ParseClassification(label string) *Classification {
	label = strings.TrimSpace(label)
	if label == "" {
		return nil
	}
	parts := strings.Split(label, "//")
	c := &Classification{Label: label, Level: LevelUnknown}
	switch head := strings.ToUpper(strings.TrimSpace(parts[0])); head {
	case "UNCLASSIFIED":
		c.Level = LevelUnclassified
	case "CONFIDENTIAL":
		c.Level = LevelConfidential
	case "SECRET":
		c.Level = LevelSecret
	}
	for _, p := range parts[1:] {
		switch p = strings.ToUpper(strings.TrimSpace(p)); p {
		case "":
		case "FOR OFFICIAL USE ONLY", "FOUO":
			if c.Level == LevelUnclassified {
				c.Level = LevelOfficialUse
			}
			c.Caveats = append(c.Caveats, "FOR OFFICIAL USE ONLY")
		default:
			c.Caveats = append(c.Caveats, p)
		}
	}
	return c
}

// Minute is how stores keep a time: whole minutes since 1970 in UTC. The zero
// time becomes NoMinute, which sorts before every real one.
func Minute(t time.Time) int64 { return floorDiv(t.Unix(), 60) }

// NoMinute is Minute of the zero time: unknown.
var NoMinute = Minute(time.Time{})

// FromMinute is the inverse of Minute.
func FromMinute(m int64) time.Time {
	if m == NoMinute {
		return time.Time{}
	}
	return time.Unix(m*60, 0).UTC()
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
