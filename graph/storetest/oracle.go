package storetest

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// Oracle is a graph.Reader by brute force: plain slices, and loops over all of
// them for each question. It is the definition of what a store answers.
type Oracle struct {
	cables []*node // by reference, announced ones too
	byKey  map[string]*node
	posts  []graph.Post
	people []graph.Person
	tags   []graph.Tag
	loaded time.Time
}

// node is a cable with all that it is tied to.
type node struct {
	graph.Record
	people []string // slugs, for each of Record.People
}

var _ graph.Reader = (*Oracle)(nil)

// NewOracle makes the graph of the records. Namings that people do not give to
// somebody belong to their provisional person.
func NewOracle(records []graph.Record, people []graph.Settled) *Oracle {
	o := &Oracle{byKey: map[string]*node{}}
	posts, tags, persons := map[string]graph.Post{}, map[string]graph.Tag{}, map[string]graph.Person{}
	owners := map[graph.NamingKey]string{}
	for _, s := range people {
		persons[s.Person.Slug] = s.Person
		for _, key := range s.Namings {
			owners[key] = s.Person.Slug
		}
	}
	for _, r := range records {
		n := &node{Record: r}
		o.byKey[n.key()] = n
		if r.Origin != nil {
			posts[r.Origin.Slug] = *r.Origin
		}
		for _, to := range r.Recipients {
			posts[to.Post.Slug] = to.Post
		}
		for _, t := range r.Tags {
			tags[t.Code] = t
		}
		for i := range r.People {
			slug, ok := owners[graph.NamingKey{Cable: r.Cable.Reference, Position: i}]
			if !ok {
				p := r.People[i].Provisional()
				persons[p.Slug], slug = p, p.Slug
			}
			n.people = append(n.people, slug)
		}
	}
	o.announce(records)
	o.cables = sorted(o.byKey)
	o.posts, o.people, o.tags = sorted(posts), sorted(persons), sorted(tags)
	return o
}

// announce adds the cables that are only cited.
func (o *Oracle) announce(records []graph.Record) {
	for _, r := range records {
		for _, c := range r.References {
			if o.cable(string(c.Reference)) == nil {
				o.byKey[string(c.Reference)] = &node{Record: graph.Record{Cable: graph.Cable{Reference: c.Reference}}}
			}
		}
	}
}

// sorted returns the map's values by their keys.
func sorted[V any](all map[string]V) []V {
	values := make([]V, 0, len(all))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		values = append(values, all[key])
	}
	return values
}

// Settled is the oracle over the records with their people settled by Resolve.
func Settled(records []graph.Record) *Oracle { return NewOracle(records, Resolve(Placed(records))) }

func (o *Oracle) question() *question {
	return &question{
		Oracle: o, cableSets: map[*graph.CableWhere]set{}, postSets: map[*graph.PostWhere]set{},
		personSets: map[*graph.PersonWhere]set{}, tagSets: map[*graph.TagWhere]set{},
	}
}

// Ask answers the plan.
func (o *Oracle) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	q := o.question()
	answers := make(graph.Answers, 0, len(plan.Steps))
	for _, step := range plan.Steps {
		answers = append(answers, q.answer(step, parent{}))
	}
	if q.err == nil {
		q.err = ctx.Err()
	}
	if q.err != nil {
		return nil, q.err
	}
	return answers, nil
}

// Ready is always nil.
func (o *Oracle) Ready(context.Context) error { return nil }

// Corrections returns none: who is who is given to an Oracle.
func (o *Oracle) Corrections(context.Context) (string, error) { return "", nil }

// answer gives one step's answer below one node.
func (q *question) answer(step *graph.Step, from parent) graph.Answer {
	rows := q.rows(step, from)
	slices.SortFunc(rows, func(a, b row) int { return graph.Compare(step.Order, a.edge.At, b.edge.At) })
	answer := graph.Answer{Step: step}
	if step.Total {
		answer.Total = len(rows)
	}
	if len(step.Facets) > 0 {
		answer.Facets = q.facets(step, rows)
	}
	if !step.Rows {
		return answer
	}
	if !step.Relation.Single() {
		rows, answer.HasNext, answer.HasPrevious = window(step, rows)
	}
	for _, r := range rows {
		edge := q.masked(step, r.edge)
		if len(step.Steps) > 0 {
			below := make(graph.Answers, 0, len(step.Steps))
			for _, child := range step.Steps {
				below = append(below, q.answer(child, parent{key: r.edge.Key(), via: step, above: from.key}))
			}
			edge.SetAnswers(below)
		}
		answer.Edges = append(answer.Edges, edge)
	}
	return answer
}

// window cuts the page out of the whole list.
func window(step *graph.Step, rows []row) (page []row, next, previous bool) {
	p := step.Page
	after, before := p.Cursor, p.Until
	if p.Backward {
		after, before = p.Until, p.Cursor
	}
	for _, r := range rows {
		if len(after) > 0 && graph.Compare(step.Order, r.edge.At, after) <= 0 {
			continue
		}
		if len(before) > 0 && graph.Compare(step.Order, r.edge.At, before) >= 0 {
			continue
		}
		page = append(page, r)
	}
	more := len(page) > p.Size
	if p.Backward {
		return page[max(0, len(page)-p.Size):], len(p.Cursor) > 0, more || len(p.Until) > 0
	}
	return page[:min(p.Size, len(page))], more || len(p.Until) > 0, len(p.Cursor) > 0
}

// at is a row's place in the step's list.
func (q *question) at(step *graph.Step, r row) graph.Position {
	position := make(graph.Position, 0, len(step.Order))
	for _, o := range step.Order {
		position = append(position, q.sortValue(o.By, r))
	}
	return position
}

func (q *question) sortValue(by graph.By, r row) any {
	switch by {
	case graph.ByCreated:
		return graph.Minute(r.edge.Cable.Created)
	case graph.ByReleased:
		return graph.Minute(r.edge.Cable.Released)
	case graph.ByLevel:
		return int64(level(r.edge.Cable))
	case graph.ByName:
		if r.edge.Post != nil {
			return r.edge.Post.Name
		}
		return r.edge.Person.Name
	case graph.ByCables:
		return q.cablesOf(&r.edge)
	case graph.ByCount:
		return int64(r.edge.Mention.Count)
	case graph.ByPosition:
		return int64(r.position)
	case graph.ByWeight:
		return int64(r.edge.Weight)
	}
	return r.edge.Key()
}

// cablesOf counts the cables that a post sent, that mention a person, bear a tag or cite a cable.
func (q *question) cablesOf(e *graph.Edge) int64 {
	count := int64(0)
	for _, c := range q.cables {
		if e.Post != nil && c.sentBy(e.Key()) || e.Person != nil && c.mentions(e.Key()) || e.Tag != nil && c.bears(e.Key()) || e.Cable != nil && c.cites(e.Key()) {
			count++
		}
	}
	return count
}

func level(c *graph.Cable) graph.Level {
	if c.Classification == nil {
		return graph.LevelUnknown
	}
	return c.Classification.Level
}
