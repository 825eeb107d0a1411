package explore_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/explore"
	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/graph/neo4j/neo4jtest"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/graph/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const pathQuestions = 500

// onStores runs a test on each kind of store with the same made-up world.
func onStores(t *testing.T, cables int, test func(t *testing.T, store graph.Reader)) {
	records := storetest.MadeUp(7, cables)
	fill := func(t *testing.T, store graph.Store) {
		t.Helper()
		if err := store.Write(t.Context(), records); err != nil {
			t.Fatal(err)
		}
		if err := storetest.SettleAll(t.Context(), store); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("SQLite", func(t *testing.T) {
		store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "cables.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close(context.WithoutCancel(t.Context()))
		fill(t, store)
		test(t, store)
	})
	t.Run("Neo4j", func(t *testing.T) {
		store := neo4jtest.Open(t)
		fill(t, store)
		test(t, store)
	})
}

// ways are all edges of a graph, in both directions.
type ways map[graph.ID]map[graph.ID][]graph.LinkType

func waysOf(t *testing.T, store graph.Reader) ways {
	t.Helper()
	w := ways{}
	add := func(a, b graph.ID, kind graph.LinkType) {
		if w[a] == nil {
			w[a] = map[graph.ID][]graph.LinkType{}
		}
		w[a][b] = append(w[a][b], kind)
	}
	err := store.Walk(t.Context(), func(e graph.Element) error {
		if l := e.Link; l != nil {
			add(l.From, l.To, l.Type)
			add(l.To, l.From, l.Type)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// next are the neighbours that a search may go on to from a node, by id.
func (w ways) next(q *explore.Search, from graph.ID) []graph.ID {
	var next []graph.ID
	for to := range w[from] {
		if w.joined(q, from, to) && (to == q.From || to == q.To || q.MaxDegree == 0 || w.degree(q, to) <= q.MaxDegree) {
			next = append(next, to)
		}
	}
	slices.Sort(next)
	return next
}

func (w ways) joined(q *explore.Search, a, b graph.ID) bool {
	return a != b && slices.ContainsFunc(w[a][b], func(k graph.LinkType) bool { return slices.Contains(q.Types, k) })
}

func (w ways) degree(q *explore.Search, id graph.ID) (n int) {
	for _, kinds := range w[id] {
		for _, k := range kinds {
			if slices.Contains(q.Types, k) {
				n++
			}
		}
	}
	return n
}

// shortest counts the shortest paths, breadth first; length -1 where there is none.
func (w ways) shortest(q *explore.Search) (length, count int) {
	if q.From == q.To {
		return 0, 1
	}
	counts := map[graph.ID]int{q.From: 1}
	seen := map[graph.ID]bool{q.From: true}
	for length = 1; len(counts) > 0; length++ {
		further := map[graph.ID]int{}
		for from, n := range counts {
			for _, to := range w.next(q, from) {
				if !seen[to] {
					further[to] += n
				}
			}
		}
		if further[q.To] > 0 {
			return length, further[q.To]
		}
		for to := range further {
			seen[to] = true
		}
		counts = further
	}
	return -1, 0
}

// simple lists all paths without a node twice, shorter ones first, among equals by ids.
func (w ways) simple(q *explore.Search) [][]graph.ID {
	var found [][]graph.ID
	var walk func(path []graph.ID)
	walk = func(path []graph.ID) {
		last := path[len(path)-1]
		if last == q.To {
			found = append(found, slices.Clone(path))
			return
		}
		if len(path) > q.MaxLength {
			return
		}
		for _, to := range w.next(q, last) {
			if !slices.Contains(path, to) {
				walk(append(path, to))
			}
		}
	}
	walk([]graph.ID{q.From})
	slices.SortStableFunc(found, func(a, b []graph.ID) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
	return found
}

// asked draws a question about paths.
func (w ways) asked(rnd *rand.Rand, ids []graph.ID) *explore.Search {
	q := &explore.Search{
		From: ids[rnd.IntN(len(ids))], To: ids[rnd.IntN(len(ids))],
		Find: explore.Finds[rnd.IntN(len(explore.Finds))], MaxLength: 1 + rnd.IntN(8), First: 1 + rnd.IntN(40), MaxDegree: []int{0, 0, 12, 60}[rnd.IntN(4)],
	}
	for len(q.Types) == 0 {
		for _, kind := range graph.LinkTypes {
			if rnd.IntN(10) < 6 {
				q.Types = append(q.Types, kind)
			}
		}
	}
	return q
}

func (w ways) ids() []graph.ID {
	var ids []graph.ID
	for id := range w {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// check holds what was found against the graph.
func (w ways) check(t *testing.T, q *explore.Search, found *explore.Found) {
	t.Helper()
	length, count := w.shortest(q)
	if length < 0 || length > q.MaxLength {
		length, count = -1, 0
	}
	wanted := min(count, q.First)
	switch {
	case q.Find == explore.Shortest:
		wanted = min(count, 1)
	case q.Find == explore.KShortest:
		wanted = len(found.Paths)
		if count > 0 && wanted < min(count, q.First) {
			t.Errorf("%+v: %d paths, of %d shortest ones", q, wanted, count)
		}
	}
	if len(found.Paths) != wanted || found.Total != count || !found.Complete {
		t.Errorf("%+v: %d paths of %d, want %d of %d; complete: %v", q, len(found.Paths), found.Total, wanted, count, found.Complete)
	}
	for i, path := range found.Paths {
		if i == 0 && len(path) != length+1 || q.Find != explore.KShortest && len(path) != length+1 || path[0] != q.From || path[len(path)-1] != q.To {
			t.Errorf("%+v: path %v, the shortest has %d steps", q, path, length)
		}
		for k := range path[1:] {
			if !slices.Contains(w.next(q, path[k]), path[k+1]) || slices.Contains(path[:k+1], path[k+1]) {
				t.Errorf("%+v: %v does not go on at %d", q, path, k)
			}
		}
		if i > 0 && cmp.Or(cmp.Compare(len(found.Paths[i-1]), len(path)), slices.Compare(found.Paths[i-1], path)) >= 0 {
			t.Errorf("%+v: %v stands after %v", q, path, found.Paths[i-1])
		}
	}
}

func TestPathsAreThoseOfABreadthFirstSearch(t *testing.T) {
	onStores(t, 150, func(t *testing.T, store graph.Reader) {
		w := waysOf(t, store)
		ids, rnd, lengths := w.ids(), rand.New(rand.NewPCG(1, 7)), map[int]int{}
		var session driver.SessionWithContext
		if _, is := store.(*neo4j.Store); is {
			session = neo4jtest.Session(t)
		}
		for range pathQuestions {
			q := w.asked(rnd, ids)
			found, err := explore.Paths(t.Context(), store, q)
			if err != nil {
				t.Fatalf("%+v: %v", q, err)
			}
			w.check(t, q, found)
			if len(found.Paths) > 0 {
				lengths[len(found.Paths[0])-1]++
			}
			if session != nil && q.MaxDegree == 0 && q.From != q.To {
				sameInNeo4j(t, session, q, found)
			}
		}
		if len(lengths) < 5 {
			t.Errorf("paths by length %v: too little is asked", lengths)
		}
	})
}

// sameInNeo4j asks Neo4j's own ALL SHORTEST. It counts a path for each edge between two nodes, so what is counted are their nodes.
func sameInNeo4j(t *testing.T, session driver.SessionWithContext, q *explore.Search, found *explore.Found) {
	t.Helper()
	types := ""
	for i, kind := range q.Types {
		if i > 0 {
			types += "|"
		}
		types += string(kind)
	}
	node := func(name string, id graph.ID) string {
		kind, _, _ := id.Split()
		label := map[graph.Kind]string{graph.KindCable: "Cable {reference", graph.KindPost: "Post {slug", graph.KindPerson: "Person {slug", graph.KindTag: "Tag {code"}[kind]
		return fmt.Sprintf("(%s:%s: $%s})", name, label, name)
	}
	_, from, _ := q.From.Split()
	_, to, _ := q.To.Split()
	text := fmt.Sprintf(`MATCH p = ALL SHORTEST %s-[:%s]-{1,%d}%s
WITH DISTINCT [n IN nodes(p) | elementId(n)] AS path
RETURN count(path) AS paths, min(size(path)) AS nodes`, node("a", q.From), types, q.MaxLength, node("b", q.To))
	result, err := session.Run(t.Context(), text, map[string]any{"a": from, "b": to})
	if err != nil {
		t.Fatal(err)
	}
	row, err := result.Single(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	paths, _ := row.Values[0].(int64)
	nodes, _ := row.Values[1].(int64)
	length := int64(0)
	if len(found.Paths) > 0 {
		length = int64(len(found.Paths[0]))
	}
	if paths != int64(found.Total) || nodes != length {
		t.Errorf("%+v: Neo4j has %d shortest paths of %d nodes, here are %d of %d", q, paths, nodes, found.Total, length)
	}
}

func TestLongerPathsAreAllSimpleOnes(t *testing.T) {
	store := storetest.Settled(storetest.World())
	w := waysOf(t, store)
	ids, rnd := w.ids(), rand.New(rand.NewPCG(2, 7))
	longer := 0
	for range 150 {
		q := w.asked(rnd, ids)
		q.Find, q.MaxLength, q.First = explore.KShortest, 1+rnd.IntN(5), 60
		found, err := explore.Paths(t.Context(), store, q)
		if err != nil {
			t.Fatal(err)
		}
		want := w.simple(q)
		want = want[:min(len(want), q.First)]
		if len(want) > 0 && len(want[0]) < len(want[len(want)-1]) {
			longer++
		}
		if diff := gocmp.Diff(want, found.Paths, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%+v: all simple paths (-), found (+):\n%s", q, diff)
		}
	}
	if longer < 20 {
		t.Errorf("%d of the questions have paths of several lengths: too few", longer)
	}
}

func TestNodesOfManyEdgesArePassedOverAndCounted(t *testing.T) {
	store := storetest.Settled(storetest.World())
	q := &explore.Search{From: "cable:07LODZ3", To: "cable:09STATE11937", Find: explore.Shortest, Types: graph.LinkTypes, MaxLength: 8, First: 1}
	free, err := explore.Paths(t.Context(), store, q)
	if err != nil || len(free.Paths) != 1 || free.PassedOver != 0 || !slices.Contains(free.Paths[0], "tag:PREL") {
		t.Fatalf("%+v, %v", free, err)
	}
	q.MaxDegree = 4
	around, err := explore.Paths(t.Context(), store, q)
	if err != nil || around.PassedOver == 0 || len(around.Paths) > 0 && slices.Contains(around.Paths[0], "tag:PREL") {
		t.Errorf("%+v, %v", around, err)
	}
}

func TestPathsOfAndToNothing(t *testing.T) {
	store := storetest.Settled(storetest.World())
	ask := func(from, to graph.ID) [][]graph.ID {
		found, err := explore.Paths(t.Context(), store, &explore.Search{From: from, To: to, Find: explore.AllShortest, Types: graph.LinkTypes, MaxLength: 4, First: 3})
		if err != nil {
			t.Fatal(err)
		}
		return found.Paths
	}
	for _, row := range []struct {
		from, to graph.ID
		want     [][]graph.ID
	}{
		{"tag:IR", "tag:IR", [][]graph.ID{{"tag:IR"}}},
		{"tag:NOSUCH", "tag:IR", nil},
		{"tag:IR", "tag:NOSUCH", nil},
		{"tag:NOSUCH", "tag:NOSUCH", nil},
	} {
		if diff := gocmp.Diff(row.want, ask(row.from, row.to), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s to %s: %s", row.from, row.to, diff)
		}
	}
}
