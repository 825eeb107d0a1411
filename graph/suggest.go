package graph

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Suggest is the question what somebody may mean who has typed the start of a
// name: people, posts, tags and cables, those that occur in most cables first.
//
// Posts, people and tags are found by the words of any of their names: all the
// words typed must stand in one name, the last one as the start of a word. Cables are found
// by the start of their reference, and by the words of their subject once the last
// of them has three letters: before that, most cables would match.
type Suggest struct {
	Prefix string
	Kinds  []Kind
	First  int
}

// Suggestion is something that may be meant.
type Suggestion struct {
	Node  Node
	Kind  Kind
	Label string // name, code or reference
	// Match is the name that matched, as it is written: the label where that matches.
	Match string
	// Cables is in how many cables it occurs: those that a post sent, that mention a
	// person, bear a tag, cite a cable.
	Cables int
	// Step is which of the plan's steps brought it.
	Step  int
	exact bool
	key   string
}

// How long the start of a reference or the last word of a subject must be to count.
const (
	shortestReference = 3
	shortestWord      = 3
)

// Steps are the root steps whose answers hold all suggestions, each in order of cables
// and as long as the list of suggestions; none where what was typed can't name anything.
func (s *Suggest) Steps() []*Step {
	var steps []*Step
	if n := len(ParseWords(s.Prefix)); n == 0 || n > MaxTextTerms {
		return nil
	}
	for _, kind := range Kinds {
		if !slices.Contains(s.Kinds, kind) {
			continue
		}
		for _, step := range s.steps(kind) {
			step.Order = []Order{{By: ByCables, Desc: true}, {By: ByKey}}
			step.Page.Size, step.Rows = s.First, true
			steps = append(steps, step)
		}
	}
	return steps
}

func (s *Suggest) steps(kind Kind) []*Step {
	switch kind {
	case KindCable:
		return s.cableSteps()
	case KindPost:
		return []*Step{{Relation: RootPosts, Fields: FieldName | FieldAliases, Post: &PostWhere{NameContains: &s.Prefix}}}
	case KindPerson:
		return []*Step{{Relation: RootPeople, Fields: FieldName | FieldAliases, Person: &PersonWhere{NameContains: &s.Prefix}}}
	}
	return []*Step{{Relation: RootTags, Fields: FieldName, Tag: &TagWhere{NameContains: &s.Prefix}}}
}

func (s *Suggest) cableSteps() []*Step {
	var steps []*Step
	add := func(w *CableWhere) {
		steps = append(steps, &Step{Relation: RootCables, Fields: FieldSubject, Cable: w})
	}
	if r, err := ParseReference(s.Prefix); err == nil { // also by the id of a document
		steps = append(steps, &Step{Relation: RootCables, Fields: FieldSubject | FieldSources, Keys: []string{string(r)}})
	}
	if start := referenceStart(s.Prefix); len(start) >= shortestReference {
		add(&CableWhere{Reference: &ReferenceFilter{StartsWith: &start}})
	}
	typed := strings.Fields(Words(s.Prefix))
	if n := len(typed); n > 0 && n <= MaxTextTerms && utf8.RuneCountInString(typed[n-1]) >= shortestWord {
		words := strings.Join(typed, " ") + "*"
		add(&CableWhere{Subject: &TextFilter{Matches: &words}})
	}
	return steps
}

var startOfReference = regexp.MustCompile(`^(?:19|20)?(\d\d)[\s-]*([A-Z][A-Z .'’-]*?)[\s#-]*0*([1-9]\d*)?$`)

// referenceStart reads the start of a reference as people write it, year first:
// "2009 State 119" gives "09STATE119"; empty where it can't be the start of one.
func referenceStart(s string) string {
	m := startOfReference.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
	if m == nil || m[2] == "" {
		return ""
	}
	return string(NewReference(m[1], m[2], m[3]))
}

// Suggestions makes the list out of the answers to Steps: most cables first, then
// those that bear the very name, then by key. Of one kind with as many cables it
// knows those that the step brought, the first ones by key.
func (s *Suggest) Suggestions(answers Answers) []Suggestion {
	found := []Suggestion{}
	seen := map[ID]bool{}
	for i := range answers {
		for j := range answers[i].Edges {
			e := &answers[i].Edges[j]
			if id := e.Node().NodeID(); !seen[id] {
				seen[id] = true
				found = append(found, s.suggestion(e, i))
			}
		}
	}
	slices.SortFunc(found, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Cables, a.Cables), compareTrue(a.exact, b.exact), cmp.Compare(a.key, b.key), cmp.Compare(a.Kind, b.Kind))
	})
	return found[:min(s.First, len(found))]
}

// compareTrue puts what is true first.
func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// suggestion is a row of the i-th answer as a suggestion.
func (s *Suggest) suggestion(e *Edge, i int) Suggestion {
	cables, _ := e.At[0].(int64)
	to := Suggestion{Node: e.Node(), Kind: e.Step.Relation.To(), Cables: int(cables), Step: i, key: e.Key()}
	switch {
	case e.Cable != nil:
		to.Label = e.Key()
		to.Match, to.exact = s.inCable(e.Cable)
	case e.Post != nil:
		to.Label = e.Post.Name
		to.Match, to.exact = s.match(append([]string{e.Post.Name}, e.Post.Aliases...))
	case e.Person != nil:
		to.Label = e.Person.Name
		to.Match, to.exact = s.match(append([]string{e.Person.Name}, e.Person.Aliases...))
	case e.Tag != nil:
		to.Label = e.Tag.Code
		to.Match, to.exact = s.match([]string{e.Tag.Code, e.Tag.Name})
	}
	return to
}

// inCable is what matched of a cable: its reference or that of a document, else its subject.
func (s *Suggest) inCable(c *Cable) (match string, exact bool) {
	r, err := ParseReference(s.Prefix)
	document := func(d Source) bool { return d.Reference == r }
	if err == nil && (r == c.Reference || slices.ContainsFunc(c.Sources, document)) {
		return string(r), true
	}
	if start := referenceStart(s.Prefix); start != "" && strings.HasPrefix(string(c.Reference), start) {
		return string(c.Reference), false
	}
	return c.Subject, false
}

// match returns the name that is meant: the one that is the same as what was
// typed, else the first one that matches.
func (s *Suggest) match(names []string) (name string, exact bool) {
	typed, words := Fold(s.Prefix), ParseWords(s.Prefix)
	for _, n := range names {
		folded := Fold(n)
		if folded == typed {
			return n, true
		}
		if name == "" && MatchWords(words, folded) {
			name = n
		}
	}
	return name, false
}
