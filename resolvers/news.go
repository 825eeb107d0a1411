package resolvers

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/cablegraph/cablegraph/graph"
)

const (
	// lookEvery is how often the store is asked whether something was written.
	lookEvery = 500 * time.Millisecond
	// toldAtOnce is how many cables a subscription asks the store for at once.
	toldAtOnce = 100
)

// news tells subscriptions when to look for new cables. However many there are,
// one goroutine watches the store; none does where there is no subscription.
// Each subscription then reads on from its own place, at its own pace: what a slow
// one has still to read waits in the store, not here.
type news struct {
	store  graph.Reader
	within time.Duration // of one look at the store

	mu       sync.Mutex
	watching int // subscriptions
	stop     context.CancelFunc
	come     chan struct{} // closed when news come
}

func newNews(store graph.Reader, within time.Duration) *news {
	return &news{store: store, within: within, come: make(chan struct{})}
}

// join counts a subscription, until its context ends. It starts a goroutine for the first one.
func (n *news) join(ctx context.Context) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.watching++; n.watching == 1 {
		var watch context.Context
		watch, n.stop = context.WithCancel(context.Background())
		go n.watch(watch)
	}
	context.AfterFunc(ctx, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		if n.watching--; n.watching == 0 {
			n.stop()
		}
	})
}

// next returns what is closed when something is written after this call.
func (n *news) next() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.come
}

// watch looks at the store until ctx ends. Where that fails, subscriptions shall see it for themselves.
func (n *news) watch(ctx context.Context) {
	var seen graph.Moment
	ticks := time.NewTicker(lookEvery)
	defer ticks.Stop()
	for {
		if at, err := n.latest(ctx); err != nil || at != seen {
			seen = at
			n.mu.Lock()
			close(n.come)
			n.come = make(chan struct{})
			n.mu.Unlock()
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

func (n *news) latest(ctx context.Context) (graph.Moment, error) {
	ctx, cancel := context.WithTimeout(ctx, n.within)
	defer cancel()
	return n.store.Latest(ctx)
}

// subscription is one that is under way.
type subscription struct {
	news     *news
	question *question
	atOnce   int
	after    graph.Moment  // what was written up to here is told, or stands in waiting
	waiting  []*graph.Edge // to be told
}

// subscribe begins to listen, until ctx ends. One event costs what the limits allow; so do all that are asked for at once.
func (n *news) subscribe(ctx context.Context, q *question, cost int, limits Limits) (*subscription, error) {
	if q.err != nil {
		return nil, q.err
	}
	n.join(ctx)
	s := &subscription{news: n, question: q, atOnce: min(max(limits.Cost/max(cost, 1), 1), toldAtOnce)}
	var err error
	s.after, err = n.latest(ctx)
	return s, err
}

// next waits for the next cable. The error is the store's, or that of ctx.
func (s *subscription) next(ctx context.Context) (*graph.Edge, error) {
	for len(s.waiting) == 0 {
		come := s.news.next() // before looking, so that nothing comes between
		if more, err := s.look(ctx); err != nil {
			return nil, err
		} else if more {
			continue
		}
		select {
		case <-come:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	e := s.waiting[0]
	s.waiting = s.waiting[1:]
	return e, nil
}

// nextSafely is next, with a panic made an error.
func (s *subscription) nextSafely(ctx context.Context) (e *graph.Edge, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = graphql.Recover(ctx, value)
		}
	}()
	return s.next(ctx)
}

// look asks for the cables that were written next and match; more tells whether any were written.
func (s *subscription) look(ctx context.Context) (more bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.news.within)
	defer cancel()
	written, err := s.news.store.Written(ctx, s.after, s.atOnce)
	if err != nil || len(written) == 0 {
		return false, err
	}
	step := *s.question.plan.Steps[0]
	step.Page.Size = len(written)
	for _, m := range written {
		step.Keys = append(step.Keys, string(m.Cable))
	}
	asked := &question{plan: &graph.Plan{Steps: []*graph.Step{&step}}}
	answers, err := asked.ask(ctx, s.news.store)
	if err != nil {
		return false, err
	}
	edges := answers[0].Edges
	found := make(map[graph.Reference]*graph.Edge, len(edges))
	for i := range edges {
		found[edges[i].Cable.Reference] = &edges[i]
	}
	for _, m := range written {
		if e := found[m.Cable]; e != nil {
			s.waiting = append(s.waiting, e)
		}
		s.after = m
	}
	return true, nil
}

// subscribe answers a subscription: the handler waits for one event after the other.
func (s *Schema) subscribe(ctx context.Context, questions []*question, cost int) graphql.ResponseHandler {
	if len(questions) != 1 {
		graphql.AddError(ctx, gqlerror.Errorf("a subscription has one field, cableLoaded"))
		return nil
	}
	q := questions[0]
	told, err := s.news.subscribe(ctx, q, cost, s.limits)
	if err != nil {
		graphql.AddError(ctx, err)
		return nil
	}
	over := false
	return func(ctx context.Context) *graphql.Response {
		if over {
			return nil
		}
		noteCost(ctx, cost)
		e, err := told.nextSafely(ctx)
		if over = err != nil; over {
			if errors.Is(err, context.Canceled) {
				return nil // nobody listens
			}
			graphql.AddError(ctx, err)
			return &graphql.Response{Data: []byte("null")}
		}
		data := append(append([]byte{'{'}, strconv.Quote(q.field.Alias)...), ':')
		return &graphql.Response{Data: append(writeObject(data, e.Cable, q.shapes[0]), '}')}
	}
}
