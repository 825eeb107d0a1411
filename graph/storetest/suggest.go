package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cablegraph/cablegraph/graph"
)

// suggestion is one by brute force.
type suggestion struct {
	ID    graph.ID
	Match string
	Count int64
	exact bool
}

// suggests: what is suggested for many starts of names is what the oracle says.
func suggests(t *testing.T, store graph.Reader, oracle *Oracle) {
	const seed, prefixes = 11, 120
	v := values{Rand: rand.New(rand.NewPCG(seed, 3)), world: oracle, most: 8}
	for range prefixes {
		s := &graph.Suggest{Prefix: v.prefix(), Kinds: graph.Kinds, First: one(v, []int{0, 1, 3, 10, 40})}
		if v.IntN(3) == 0 {
			s.Kinds = some(v, graph.Kinds)
		}
		checkSuggest(t, store, oracle, s)
	}
	for _, prefix := range []string{"", " -!", "a", "e", "Iran", "ıran", "09", "09S", "2009 State", "State 11937 (09)", "09STATE0", strings.Repeat("a ", 99)} {
		checkSuggest(t, store, oracle, &graph.Suggest{Prefix: prefix, Kinds: graph.Kinds, First: 10})
	}
}

// prefix is the start of something that may be meant.
func (v values) prefix() string {
	var text string
	switch v.IntN(6) {
	case 0:
		text = v.spelling()
	case 1:
		text = one(v, v.world.cables).Cable.Subject
	default:
		return *v.part(one(v, []graph.Kind{graph.KindPost, graph.KindPerson, graph.KindTag}))
	}
	runes := []rune(text)
	return string(runes[:len(runes)-v.IntN(len(runes)+1)])
}

func checkSuggest(t *testing.T, store graph.Reader, oracle *Oracle, s *graph.Suggest) {
	t.Helper()
	steps := s.Steps()
	for i, step := range steps {
		step.Path = []string{"suggest", fmt.Sprint(i)}
	}
	answers, err := store.Ask(within(t), &graph.Plan{Steps: steps})
	if err != nil {
		t.Fatalf("%q: Ask: %v", s.Prefix, err)
	}
	var got []suggestion
	for _, found := range s.Suggestions(answers) {
		got = append(got, suggestion{ID: found.Node.NodeID(), Match: found.Match, Count: int64(found.Cables)})
	}
	want := oracle.suggest(s)
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(suggestion{})); diff != "" {
		t.Errorf("%q, %d of %v (-want +got):\n%s", s.Prefix, s.First, s.Kinds, diff)
	}
}

// suggest looks at every node.
func (o *Oracle) suggest(s *graph.Suggest) []suggestion {
	var all []suggestion
	add := func(kind graph.Kind, e graph.Edge, match string, exact bool) {
		if match != "" && slices.Contains(s.Kinds, kind) {
			q := &question{Oracle: o}
			all = append(all, suggestion{ID: graph.NewID(kind, e.Key()), Match: match, Count: q.cablesOf(&e), exact: exact})
		}
	}
	for _, c := range o.cables {
		match, exact := suggestedCable(s.Prefix, &c.Cable)
		add(graph.KindCable, graph.Edge{Cable: &c.Cable}, match, exact)
	}
	for i := range o.posts {
		match, exact := suggestedName(s.Prefix, append([]string{o.posts[i].Name}, o.posts[i].Aliases...))
		add(graph.KindPost, graph.Edge{Post: &o.posts[i]}, match, exact)
	}
	for i := range o.people {
		match, exact := suggestedName(s.Prefix, append([]string{o.people[i].Name}, o.people[i].Aliases...))
		add(graph.KindPerson, graph.Edge{Person: &o.people[i]}, match, exact)
	}
	for i := range o.tags {
		match, exact := suggestedName(s.Prefix, []string{o.tags[i].Code, o.tags[i].Name})
		add(graph.KindTag, graph.Edge{Tag: &o.tags[i]}, match, exact)
	}
	exactFirst := map[bool]int{true: 0, false: 1}
	key := func(s suggestion) string {
		_, key, _ := s.ID.Split()
		return key
	}
	slices.SortStableFunc(all, func(a, b suggestion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(exactFirst[a.exact], exactFirst[b.exact]), cmp.Compare(key(a), key(b)), cmp.Compare(a.ID, b.ID))
	})
	return all[:min(s.First, len(all))]
}

// suggestedName returns the name that is the one typed, else the first that has its words.
func suggestedName(prefix string, names []string) (match string, exact bool) {
	words := graph.ParseWords(prefix)
	if len(words) == 0 {
		return "", false
	}
	for _, n := range names {
		if graph.Fold(n) == graph.Fold(prefix) {
			return n, true
		}
	}
	i := slices.IndexFunc(names, func(n string) bool { return graph.MatchWords(words, graph.Fold(n)) })
	if i < 0 {
		return "", false
	}
	return names[i], false
}

// suggestedCable returns the reference where what was typed is the start of one of its spellings, else the subject.
func suggestedCable(prefix string, c *graph.Cable) (match string, exact bool) {
	words := graph.ParseWords(prefix)
	if len(words) == 0 || len(words) > graph.MaxTextTerms {
		return "", false
	}
	if r, err := graph.ParseReference(prefix); err == nil && r == c.Reference {
		return string(r), true
	}
	if startsReference(prefix, c.Reference) {
		return string(c.Reference), false
	}
	typed := strings.Fields(graph.Words(prefix))
	if !c.Published || len(typed) == 0 || len(typed) > graph.MaxTextTerms || utf8.RuneCountInString(typed[len(typed)-1]) < 3 {
		return "", false
	}
	if text, err := graph.ParseText(strings.Join(typed, " ") + "*"); err == nil && text.Match(graph.Words(c.Subject)) {
		return c.Subject, false
	}
	return "", false
}

// startsReference tells whether what was typed starts a reference as people write it, and goes beyond the year.
func startsReference(prefix string, r graph.Reference) bool {
	year, station, serial := r.Parts()
	typed := strings.ToUpper(strings.ReplaceAll(graph.Fold(prefix), " ", ""))
	for _, y := range []string{fmt.Sprintf("%02d", year%100), fmt.Sprint(year)} {
		for zeros := range 7 {
			spelled := fmt.Sprintf("%s%s%s%d", y, station, strings.Repeat("0", zeros), serial)
			if len(typed) > len(y) && strings.HasPrefix(spelled, typed) {
				return true
			}
		}
	}
	return false
}
