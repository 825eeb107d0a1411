package graph

import "io"

// PostKind is what sort of office a post is.
type PostKind string

// The kinds of post.
const (
	PostEmbassy    PostKind = "EMBASSY"
	PostConsulate  PostKind = "CONSULATE"
	PostMission    PostKind = "MISSION"
	PostOffice     PostKind = "OFFICE"
	PostDepartment PostKind = "DEPARTMENT"
	PostMilitary   PostKind = "MILITARY"
	PostOther      PostKind = "OTHER"
)

// PostKinds lists every kind of post.
var PostKinds = []PostKind{PostEmbassy, PostConsulate, PostMission, PostOffice, PostDepartment, PostMilitary, PostOther}

// MarshalGQL writes the kind as a GraphQL enum value.
func (k PostKind) MarshalGQL(w io.Writer) { marshalEnum(w, string(k)) }

// UnmarshalGQL reads the kind from a GraphQL enum value.
func (k *PostKind) UnmarshalGQL(v any) error { return unmarshalEnum(k, v, PostKinds) }

// Post is who sends and receives cables. Its properties depend on its slug
// alone, never on the cable that names it: each cable that names Embassy Paris
// brings the very same Post.
type Post struct {
	Slug    string   `json:"slug"` // key: "embassy-paris"
	Name    string   `json:"name"` // "Embassy Paris"
	Kind    PostKind `json:"kind"`
	City    string   `json:"city,omitempty"`
	Country string   `json:"country,omitempty"`
	Aliases []string `json:"aliases,omitempty"` // "AMEMBASSY PARIS", "PARIS"; sorted
	Answers Answers  `json:"-"`
}

// ID returns the global id, "post:embassy-paris".
func (p *Post) ID() ID { return NewID(KindPost, p.Slug) }

// NodeID returns the global id.
func (p *Post) NodeID() ID { return p.ID() }

// Below returns the answers to the steps asked below this post.
func (p *Post) Below() Answers { return p.Answers }

// Names returns the folded name and aliases under which the post is found, sorted, each once.
func (p *Post) Names() []string { return foldAll(append([]string{p.Name}, p.Aliases...)) }
