package graph

import "slices"

// Plan is a question as data: the steps of one root field of a query, with all
// that is asked below them. A store answers a whole Plan in one call of Ask.
// Plans are not changed once built, and may be asked again and at once.
type Plan struct {
	Steps []*Step
}

// Step asks for a list of nodes of one kind: all of the graph at the root, or
// those that a Relation leads to from each node of the step above.
type Step struct {
	// Path names the step below its parent: the response keys between them
	// ("nodes", "tags"). No two steps of one parent have the same.
	Path []string
	// Relation says how the nodes are reached; the Root… relations stand at the top of a plan only.
	Relation Relation
	// Keys, where not nil, restricts a Root… step to these nodes by key (reference, slug, code; of people also other slugs). Unknown ones are absent.
	Keys []string
	// Cable, Post, Person, Tag and Recipient filter the nodes that are reached;
	// only the one that fits Relation.To is looked at (Recipient: CableRecipients only).
	Cable     *CableWhere
	Post      *PostWhere
	Person    *PersonWhere
	Tag       *TagWhere
	Recipient *RecipientWhere
	// In restricts the cables that make the weight of a weighted relation, and those that SharedCables lists
	// below it. It is not looked at elsewhere.
	In *CableWhere
	// Direction restricts PostCorrespondents.
	Direction Direction
	// MinConfidence restricts CablePeople and PersonCables to mentions at least this
	// sure (Mention.Confidence); 0 lets all through.
	MinConfidence float64
	// Marking restricts CablePeople and PersonCables to mentions of which one stands in a paragraph with such a marking.
	Marking *MarkingFilter
	// Order is complete (see Complete): its last term is ByKey.
	Order []Order
	Page  Page
	// Rows tells whether the rows are asked for. Without it only Total is.
	Rows bool
	// Total tells whether Answer.Total is asked for: the size of the whole list, whatever the page.
	Total  bool
	Fields Fields
	Steps  []*Step
	// Facets count what the cables of the whole list have, whatever the page: steps
	// of the Facet… relations, which start at the list and not at its rows. Only where the relation leads to cables.
	Facets []*Step
	// Dated and Interval say what FacetTimeline goes by.
	Dated    TimeField
	Interval Interval
}

// Filtered tells whether the step asks anything of the nodes that it reaches.
func (s *Step) Filtered() bool {
	return s.Cable != nil || s.Post != nil || s.Person != nil || s.Tag != nil || s.Keys != nil
}

// Scored tells whether the edges have a score: their list asks for it by a
// column or its order, its filter has a full-text question, and its relation is not weighted.
func (s *Step) Scored() bool {
	_, _, asks := s.Cable.Question()
	return asks && s.Relation.To() == KindCable && !s.Relation.Weighted() &&
		(s.Fields.Has(FieldScore) || slices.ContainsFunc(s.Order, func(o Order) bool { return o.By == ByScore }))
}

// Relation is a way to reach nodes.
type Relation uint8

// The relations. "→" reads "leads to"; a weighted one counts shared cables.
const (
	RootCables           Relation = iota // every cable
	RootPosts                            // every post
	RootPeople                           // every person
	RootTags                             // every tag
	CableOrigin                          // cable → the post that sent it; at most one
	CableRecipients                      // cable → posts it was sent to; edge: Action, Precedence, As
	CableTags                            // cable → its tags
	CablePeople                          // cable → people that it mentions; edge: Mention
	CableSigner                          // cable → the person that signed it; at most one
	CableClassifier                      // cable → the person that classified it; at most one
	CableReferences                      // cable → cables it cites; edge: Label, As
	CableReferencedBy                    // cable → cables that cite it; edge: Label, As
	CableRelated                         // cable → other cables that share people, tags or citations with it; weighted, see Related
	PostCables                           // post → cables it sent
	PostReceived                         // post → cables it was sent
	PostCorrespondents                   // post → other posts it exchanged cables with; weighted
	PostPeople                           // post → people mentioned in cables it sent; weighted
	PersonCables                         // person → cables that mention it; edge: Mention
	PersonSigned                         // person → cables it signed
	PersonMentionedWith                  // person → other people mentioned in the same cables; weighted
	PersonTag                            // person → the tag that stands for it; at most one
	PersonCandidates                     // person known by a surname alone → people with it who are named in full; nobody from any other
	TagCables                            // tag → cables that bear it
	TagCoTags                            // tag → other tags on the same cables; weighted
	TagPeople                            // tag → people mentioned in the cables that bear it; weighted
	SharedCables                         // below a step of a weighted relation other than CableRelated: the cables that made the weight
	FacetOrigins                         // list of cables → posts that sent them; this and the next three are weighted
	FacetRecipients                      // list of cables → posts they were sent to
	FacetTags                            // list of cables → tags that they bear
	FacetPeople                          // list of cables → people that they mention
	FacetClassifications                 // list of cables → their classifications, as Answer.Buckets
	FacetTimeline                        // list of cables → the times of Step.Dated, as Answer.Buckets
	relations
)

type relationInfo struct {
	from, to                Kind
	single, weighted, facet bool
}

var relationTable = [relations]relationInfo{
	RootCables: {to: KindCable}, RootPosts: {to: KindPost}, RootPeople: {to: KindPerson}, RootTags: {to: KindTag},
	CableOrigin:         {from: KindCable, to: KindPost, single: true},
	CableRecipients:     {from: KindCable, to: KindPost},
	CableTags:           {from: KindCable, to: KindTag},
	CablePeople:         {from: KindCable, to: KindPerson},
	CableSigner:         {from: KindCable, to: KindPerson, single: true},
	CableClassifier:     {from: KindCable, to: KindPerson, single: true},
	CableReferences:     {from: KindCable, to: KindCable},
	CableReferencedBy:   {from: KindCable, to: KindCable},
	CableRelated:        {from: KindCable, to: KindCable, weighted: true},
	PostCables:          {from: KindPost, to: KindCable},
	PostReceived:        {from: KindPost, to: KindCable},
	PostCorrespondents:  {from: KindPost, to: KindPost, weighted: true},
	PostPeople:          {from: KindPost, to: KindPerson, weighted: true},
	PersonCables:        {from: KindPerson, to: KindCable},
	PersonSigned:        {from: KindPerson, to: KindCable},
	PersonMentionedWith: {from: KindPerson, to: KindPerson, weighted: true},
	PersonTag:           {from: KindPerson, to: KindTag, single: true},
	PersonCandidates:    {from: KindPerson, to: KindPerson},
	TagCables:           {from: KindTag, to: KindCable},
	TagCoTags:           {from: KindTag, to: KindTag, weighted: true},
	TagPeople:           {from: KindTag, to: KindPerson, weighted: true},
	SharedCables:        {to: KindCable},
	FacetOrigins:        {to: KindPost, facet: true, weighted: true},
	FacetRecipients:     {to: KindPost, facet: true, weighted: true},
	FacetTags:           {to: KindTag, facet: true, weighted: true},
	FacetPeople:         {to: KindPerson, facet: true, weighted: true},

	FacetClassifications: {facet: true},
	FacetTimeline:        {facet: true},
}

// From is the kind of node that the relation starts at; empty for the roots, for SharedCables and for facets.
func (r Relation) From() Kind { return relationTable[r].from }

// To is the kind of node that the relation leads to; empty for those that lead to Answer.Buckets.
func (r Relation) To() Kind { return relationTable[r].to }

// Single tells whether the relation leads to one node at most.
func (r Relation) Single() bool { return relationTable[r].single }

// Once tells whether each node stands once in the relation's list, whatever the
// edges: a cable can cite another one twice.
func (r Relation) Once() bool { return r != CableReferences && r != CableReferencedBy }

// Weighted tells whether the relation's edges carry a Weight.
func (r Relation) Weighted() bool { return relationTable[r].weighted }

// Facet tells whether the relation starts at a whole list of cables.
func (r Relation) Facet() bool { return relationTable[r].facet }

// DefaultOrder is how the relation's list is ordered where nothing else is asked
// for: cables newest first, what a cable lists as it lists it, people of a cable
// by how often they are named, candidates with most cables first, weighted edges heaviest first, the rest by name or key.
func (r Relation) DefaultOrder() []Order {
	switch r {
	case CableRecipients, CableTags, CableReferences:
		return []Order{{By: ByPosition}, {By: ByKey}}
	case CablePeople:
		return []Order{{By: ByCount, Desc: true}, {By: ByKey}}
	case PersonCandidates:
		return []Order{{By: ByCables, Desc: true}, {By: ByKey}}
	}
	switch {
	case r.Weighted():
		return []Order{{By: ByWeight, Desc: true}, {By: ByKey}}
	case r.To() == KindCable:
		return []Order{{By: ByCreated, Desc: true}, {By: ByKey}}
	case r == RootPosts, r == RootPeople:
		return []Order{{By: ByName}, {By: ByKey}}
	}
	return []Order{{By: ByKey}}
}

// Direction restricts the cables between two posts.
type Direction string

// The directions, seen from the post above.
const (
	Both     Direction = "BOTH"
	Sent     Direction = "SENT"
	Received Direction = "RECEIVED"
)

// Directions lists every direction.
var Directions = []Direction{Both, Sent, Received}

// Fields says which columns of nodes and edges are asked for. Keys and weights always come along.
// All else stays zero in an answer, Cable.Hash, Person.Surname, Person.Tag and Person.Alone always.
type Fields uint32

// The columns that are asked for by name.
const (
	FieldSubject Fields = 1 << iota
	FieldCreated
	FieldReleased
	FieldClassification
	FieldSummary
	FieldHeader
	FieldBody
	FieldParagraphs // the spans; ask for FieldBody too
	FieldSources
	FieldOtherReferences
	FieldAliases        // posts, people
	FieldTitles         // people
	FieldBecause        // people
	FieldOffices        // people
	FieldOtherSlugs     // people
	FieldMentionSpan    // people: FirstMentioned, LastMentioned
	FieldPlace          // posts: City, Country
	FieldForms          // mentions
	FieldMentionTitles  // mentions; brings Countries along
	FieldMentionNumbers // mentions: Paragraphs
	FieldSpans          // mentions; brings Forms along
	FieldPublished      // cables
	FieldName           // posts, people, tags
	FieldKind           // posts, tags
	FieldEvidence       // mentions: Role, Confidence, Rule
	FieldAddressee      // recipients: Action, Precedence, As
	FieldCitation       // citations: Label, As
	FieldScore          // of the edges to cables, but those of weighted relations; see Step.Scored
	FieldCount          // mentions: Count
)

// Has tells whether all of f are asked for.
func (fs Fields) Has(f Fields) bool { return fs&f == f }

// Weights of what two cables can share, summed up in the weight of a CableRelated edge.
const (
	WeightReference = 5 // one cites the other
	WeightPerson    = 2 // each person that both mention
	WeightTag       = 1 // each tag that both bear
)
