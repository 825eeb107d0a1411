package explore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// Of is what a network is made of.
type Of string

// The projections. An edge's weight is the number of cables behind it.
const (
	People      Of = "PEOPLE"       // people by the cables that mention both
	Tags        Of = "TAGS"         // tags by the cables that bear both
	PeopleTags  Of = "PEOPLE_TAGS"  // people and tags by the cables that mention the one and bear the other
	PeoplePosts Of = "PEOPLE_POSTS" // people and posts by the cables that mention the one and were sent by the other
	Posts       Of = "POSTS"        // directed: posts by the cables that the one sent to the other, for action or information
	PostsApart  Of = "POSTS_APART"  // as Posts, with an edge TO for action and an edge INFO for information
	References  Of = "REFERENCES"   // directed: cables by citation
)

// Ofs lists every projection.
var Ofs = []Of{People, Tags, PeopleTags, PeoplePosts, Posts, PostsApart, References}

// MarshalGQL writes the projection as a GraphQL enum value.
func (o Of) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(o))) }

// UnmarshalGQL reads the projection from a GraphQL enum value.
func (o *Of) UnmarshalGQL(v any) error {
	name, _ := v.(string)
	if !slices.Contains(Ofs, Of(name)) {
		return fmt.Errorf("%v is none of %v", v, Ofs)
	}
	*o = Of(name)
	return nil
}

// The kinds of edge that projections have.
const (
	kindShared     = "SHARED"
	kindSent       = "SENT"
	kindTo         = "TO"
	kindInfo       = "INFO"
	kindReferences = string(graph.LinkReferences)
)

// Projection asks for a network that is counted over cables. It is cut in this
// order: edges of too little weight go; the nodes stay whose edges weigh most
// together; the edges stay that weigh most; nodes without an edge go.
// Among equals those stay that come first, by id.
type Projection struct {
	Of Of
	// Where says which cables count; nil: all. For References, which cables cite.
	Where *graph.CableWhere
	// MinWeight is the least weight that an edge may have; 0 and 1 let all through.
	MinWeight int
	// TopNodes and TopEdges are how many stay; 0: all.
	TopNodes, TopEdges int
	// Spells asks for the days of the cables behind each edge.
	Spells bool
}

// MaxEdges bounds the edges of a network, and with them the memory for it.
const MaxEdges = 6_000_000

// ErrTooLarge is a network or a search that would go over its bounds; the text says what to ask instead.
var ErrTooLarge = errors.New("too large")

// Project counts a network.
func Project(ctx context.Context, store graph.Reader, p *Projection) (*network.Network, error) {
	c, err := count(ctx, store, p)
	if err != nil {
		return nil, err
	}
	n, err := c.network(ctx)
	if err != nil {
		return nil, err
	}
	return n, describe(ctx, store, n)
}

// Directed tells whether edges of the projection lead from one node to the other.
func (o Of) Directed() bool { return o == Posts || o == PostsApart || o == References }

// links are the two types of edge whose far ends a cable joins.
func (o Of) links() (left, right graph.LinkType) {
	switch o {
	case Tags:
		return graph.LinkTagged, graph.LinkTagged
	case PeopleTags:
		return graph.LinkMentions, graph.LinkTagged
	case PeoplePosts:
		return graph.LinkMentions, graph.LinkSentFrom
	case Posts, PostsApart:
		return graph.LinkSentFrom, graph.LinkSentTo
	case References:
		return graph.LinkReferences, graph.LinkReferences
	}
	return graph.LinkMentions, graph.LinkMentions
}

// EdgeKinds are the kinds of edge of the projection, sorted.
func (o Of) EdgeKinds() []string {
	switch o {
	case Posts:
		return []string{kindSent}
	case PostsApart:
		return []string{kindInfo, kindTo}
	case References:
		return []string{kindReferences}
	}
	return []string{kindShared}
}

// Evidence is the filter for the cables behind an edge: those that count and join its ends.
func (p *Projection) Evidence(kind string, source, target graph.ID) *graph.CableWhere {
	w := &graph.CableWhere{}
	if p.Where != nil {
		w.And = append(w.And, p.Where)
	}
	left, right := p.Of.links()
	if p.Of == References {
		w.ID = []graph.ID{source}
		return w
	}
	for _, end := range []struct {
		link graph.LinkType
		id   graph.ID
	}{{left, source}, {right, target}} {
		ids := []graph.ID{end.id}
		tied := &graph.CableWhere{}
		switch end.link {
		case graph.LinkTagged:
			tied.Tag = &graph.TagWhere{ID: ids}
		case graph.LinkSentFrom:
			tied.Origin = &graph.PostWhere{ID: ids}
		case graph.LinkSentTo:
			tied.Recipient = &graph.RecipientWhere{Post: &graph.PostWhere{ID: ids}}
			if kind != kindSent {
				tied.Recipient.Action = new(kind == kindTo)
			}
		default:
			tied.Mentions = &graph.PersonWhere{ID: ids}
		}
		w.And = append(w.And, tied)
	}
	return w
}

// Kinds are the kinds of node that the projection has.
func (o Of) Kinds() []graph.Kind {
	left, right := o.links()
	_, first := left.Ends()
	_, second := right.Ends()
	if first == second {
		return []graph.Kind{first}
	}
	return []graph.Kind{first, second}
}
