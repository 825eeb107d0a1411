package resolvers_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/graph/storetest"
	"github.com/cablegraph/cablegraph/resolvers"
)

// subscribed begins a subscription and returns what waits for its next event.
func subscribed(ctx context.Context, t *testing.T, schema *resolvers.Schema, query string) func() *graphql.Response {
	t.Helper()
	exec := engine(schema)
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	respond, ctx := exec.DispatchOperation(ctx, op)
	return func() *graphql.Response { return respond(ctx) }
}

func TestSubscriptionsFieldByFieldGiveTheSame(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "cables.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	schema := resolvers.NewExecutableSchema(store, resolvers.DefaultLimits())
	const query = `subscription S { told: cableLoaded(where: { origin: { country: "France" } }) {
  __typename id reference created subject classification { label } origin { name } references { edges { label node { reference } } }
  tags { totalCount nodes { code } } people { edges { count node { name } } }
} }`
	fast, slow := subscribed(ctx, t, schema, query), subscribed(ctx, t, schema.ByField(), query)
	records := storetest.World()
	if err := store.Write(ctx, records); err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, r := range records {
		if r.Origin != nil && r.Origin.Country == "France" {
			told++
			a, b := data(t, fast()), data(t, slow())
			if a != b || !strings.HasPrefix(a, `{"told":{"__typename":"Cable","id":"cable:`) {
				t.Errorf("written: %s\nresolved: %s", a, b)
			}
		}
	}
	if told < 2 {
		t.Errorf("only %d cables are told", told)
	}
	cancel()
	if a, b := fast(), slow(); a != nil || b != nil {
		t.Errorf("after the end: %v, %v", a, b)
	}
}

func TestSubscriptionsHaveTheLimitsOfQueries(t *testing.T) {
	limits := resolvers.DefaultLimits()
	limits.Cost, limits.Depth = 100, 6
	schema := resolvers.NewExecutableSchema(world(), limits)
	for query, want := range map[string]string{
		`subscription { cableLoaded { people(first: 1000) { nodes { name } } } }`:                                        "TOO_COSTLY",
		`subscription { cableLoaded { references { nodes { references { nodes { references { totalCount } } } } } } }`:   "TOO_DEEP",
		`subscription { cableLoaded(where: { created: { from: "yesterday" } }) { reference } }`:                          "BAD_FILTER",
		`subscription { cableLoaded(where: { text: "\"open" }) { reference } }`:                                          "BAD_TEXT",
		`subscription { cableLoaded { related(first: 50, after: "nothing") { nodes { reference } } } }`:                  "BAD_CURSOR",
		`subscription { a: cableLoaded { reference } ...b } fragment b on Subscription { b: cableLoaded { reference } }`: "BAD_REQUEST",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		next := subscribed(ctx, t, schema, query)
		if r := next(); r == nil || code(r) != want {
			t.Errorf("%s: %+v, want %s", query, r, want)
		}
		if r := next(); r != nil {
			t.Errorf("%s goes on: %s", query, r.Data)
		}
		cancel()
	}
}

// recorded notes how many cables are asked for at once.
type recorded struct {
	*counting
	keys []int
}

func (r *recorded) Latest(context.Context) (graph.Moment, error) { return graph.Moment{}, nil }

func (r *recorded) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	r.keys = append(r.keys, len(plan.Steps[0].Keys))
	return r.counting.Ask(ctx, plan)
}

func TestOneLookOfASubscriptionCostsNoMoreThanAQuery(t *testing.T) {
	store := &recorded{counting: world()}
	limits := resolvers.DefaultLimits()
	limits.Cost = 50
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	// Each event may bring 1 + 20 rows: two at once are within the limit, three are not.
	next := subscribed(ctx, t, resolvers.NewExecutableSchema(store, limits), `subscription { cableLoaded { people(first: 20) { nodes { name } } } }`)
	for range 5 {
		data(t, next())
	}
	if len(store.keys) != 3 || store.keys[0] != 2 {
		t.Errorf("asked for %v cables at once, want 2", store.keys)
	}
}
