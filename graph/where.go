package graph

import (
	"fmt"
	"time"
)

// The filters. Conditions on one object are joined by AND; And, Or and Not
// nest. A nil field is no condition. An empty list is one: Or and every list of
// keys or kinds match nothing when empty, And and All match everything. A
// condition on something related means "some related node matches".
type (
	// CableWhere filters cables.
	CableWhere struct {
		And []*CableWhere `json:"and,omitempty"`
		Or  []*CableWhere `json:"or,omitempty"`
		Not *CableWhere   `json:"not,omitempty"`
		// ID holds global ids; ids of other kinds match nothing.
		ID        []ID             `json:"id,omitempty"`
		Reference *ReferenceFilter `json:"reference,omitempty"`
		// Text is a full-text question (ParseText) over subject and body together.
		Text           *string               `json:"text,omitempty"`
		Subject        *TextFilter           `json:"subject,omitempty"`
		Body           *BodyFilter           `json:"body,omitempty"`
		Created        *TimeRange            `json:"created,omitempty"`
		Released       *TimeRange            `json:"released,omitempty"`
		Classification *ClassificationFilter `json:"classification,omitempty"`
		Origin         *PostWhere            `json:"origin,omitempty"`
		Recipient      *RecipientWhere       `json:"recipient,omitempty"`
		Tags           *TagsFilter           `json:"tags,omitempty"`
		Tag            *TagWhere             `json:"tag,omitempty"`
		Mentions       *PersonWhere          `json:"mentions,omitempty"`
		// MinConfidence is how sure a mention must be at least to count for Mentions
		// beside it (Mention.Confidence). Without Mentions it is no condition.
		MinConfidence *float64     `json:"minConfidence,omitempty"`
		SignedBy      *PersonWhere `json:"signedBy,omitempty"`
		ClassifiedBy  *PersonWhere `json:"classifiedBy,omitempty"`
		// Paragraph lets cables through that have such a paragraph.
		Paragraph    *SomeParagraphWhere `json:"paragraph,omitempty"`
		References   *CableWhere         `json:"references,omitempty"`
		ReferencedBy *CableWhere         `json:"referencedBy,omitempty"`
		Published    *bool               `json:"published,omitempty"`
	}

	// PersonWhere filters people.
	PersonWhere struct {
		And []*PersonWhere `json:"and,omitempty"`
		Or  []*PersonWhere `json:"or,omitempty"`
		Not *PersonWhere   `json:"not,omitempty"`
		ID  []ID           `json:"id,omitempty"`
		// Name equals one of the person's names (Person.Names) after folding.
		Name *string `json:"name,omitempty"`
		// NameContains: all its words (ParseWords) stand in one of the person's names. Without a word it matches nothing.
		NameContains *string `json:"nameContains,omitempty"`
		// Title equals one of the person's titles after NormalTitle.
		Title *string `json:"title,omitempty"`
		// Country is that of one of the offices, by name or adjective; beside Title, of an office with this title.
		Country       *string      `json:"country,omitempty"`
		MentionedIn   *CableWhere  `json:"mentionedIn,omitempty"`
		Signed        *CableWhere  `json:"signed,omitempty"`
		MentionedWith *PersonWhere `json:"mentionedWith,omitempty"` // some other person that shares a cable
	}

	// PostWhere filters posts.
	PostWhere struct {
		And          []*PostWhere `json:"and,omitempty"`
		Or           []*PostWhere `json:"or,omitempty"`
		Not          *PostWhere   `json:"not,omitempty"`
		ID           []ID         `json:"id,omitempty"`
		Name         *string      `json:"name,omitempty"`
		NameContains *string      `json:"nameContains,omitempty"`
		Kind         []PostKind   `json:"kind,omitempty"`
		City         *string      `json:"city,omitempty"`    // equal after folding
		Country      *string      `json:"country,omitempty"` // equal after folding
		Sent         *CableWhere  `json:"sent,omitempty"`
		Received     *CableWhere  `json:"received,omitempty"`
	}

	// TagWhere filters tags.
	TagWhere struct {
		And          []*TagWhere `json:"and,omitempty"`
		Or           []*TagWhere `json:"or,omitempty"`
		Not          *TagWhere   `json:"not,omitempty"`
		ID           []ID        `json:"id,omitempty"`
		Code         []string    `json:"code,omitempty"` // exact, after NormalCode
		Name         *string     `json:"name,omitempty"` // equals the code or the name (Tag.Names) after folding
		NameContains *string     `json:"nameContains,omitempty"`
		Kind         []TagKind   `json:"kind,omitempty"`
		On           *CableWhere `json:"on,omitempty"`
	}

	// RecipientWhere filters the addressees of a cable: all conditions hold for one and the same addressee.
	RecipientWhere struct {
		Post       *PostWhere   `json:"post,omitempty"`
		Precedence []Precedence `json:"precedence,omitempty"`
		Action     *bool        `json:"action,omitempty"` // true: TO, false: INFO
	}

	// TagsFilter filters cables by their tags, each given by its code or by what it means (TagsMeant).
	TagsFilter struct {
		All  []string `json:"all,omitempty"`
		Any  []string `json:"any,omitempty"`
		None []string `json:"none,omitempty"`
	}

	// ReferenceFilter filters cables by their reference.
	ReferenceFilter struct {
		Equals     *string  `json:"equals,omitempty"` // any spelling that ParseReferences reads: one of those that it may mean; matches nothing where it reads none
		In         []string `json:"in,omitempty"`     // likewise each
		StartsWith *string  `json:"startsWith,omitempty"`
	}

	// TextFilter filters by one line of text.
	TextFilter struct {
		Equals  *string `json:"equals,omitempty"`  // the whole line after folding
		Matches *string `json:"matches,omitempty"` // a full-text question (ParseText)
	}

	// BodyFilter filters by the body.
	BodyFilter struct {
		Matches *string `json:"matches,omitempty"` // a full-text question (ParseText)
	}

	// TimeRange is a range of times: From inclusive, To exclusive, or a whole Year.
	// Seconds are dropped. What has no date is in no range, not even an open one.
	TimeRange struct {
		From *time.Time `json:"from,omitempty"`
		To   *time.Time `json:"to,omitempty"`
		Year *int       `json:"year,omitempty"`
	}

	// ClassificationFilter filters cables by classification; what has none (LevelUnknown) never matches.
	ClassificationFilter struct {
		In      []Level `json:"in,omitempty"`
		AtLeast *Level  `json:"atLeast,omitempty"`
		AtMost  *Level  `json:"atMost,omitempty"`
		Caveat  *string `json:"caveat,omitempty"` // "NOFORN"; case ignored
	}
)

// Minutes returns the range as minutes (see Minute): from inclusive, to
// exclusive. The error wraps ErrBadWhere where the range ends before it starts
// or gives a year beside bounds.
func (t *TimeRange) Minutes() (from, to int64, err error) {
	from, to = NoMinute+1, int64(1)<<40
	if t.Year != nil {
		if t.From != nil || t.To != nil {
			return 0, 0, fmt.Errorf("%w: give either year or from and to", ErrBadWhere)
		}
		if *t.Year < 1 || *t.Year > 9998 {
			return 0, 0, fmt.Errorf("%w: %d is no year", ErrBadWhere, *t.Year)
		}
		return Minute(time.Date(*t.Year, 1, 1, 0, 0, 0, 0, time.UTC)), Minute(time.Date(*t.Year+1, 1, 1, 0, 0, 0, 0, time.UTC)), nil
	}
	if t.From != nil {
		from = max(from, Minute(*t.From))
	}
	if t.To != nil {
		to = Minute(*t.To)
	}
	if from > to {
		return 0, 0, fmt.Errorf("%w: the range ends before it starts", ErrBadWhere)
	}
	return from, to, nil
}

// CheckConfidence returns an error that wraps ErrBadWhere where c is no confidence: not from 0 to 1.
func CheckConfidence(c float64) error {
	if c >= 0 && c <= 1 {
		return nil
	}
	return fmt.Errorf("%w: %v is no confidence; those go from 0 to 1", ErrBadWhere, c)
}

// Keys returns the keys of those ids that are of the kind. The error wraps ErrBadID for a malformed one.
func Keys(kind Kind, ids []ID) ([]string, error) {
	keys := make([]string, 0, len(ids))
	for _, id := range ids {
		k, key, err := id.Split()
		if err != nil {
			return nil, err
		}
		if k == kind {
			keys = append(keys, key)
		}
	}
	return keys, nil
}
