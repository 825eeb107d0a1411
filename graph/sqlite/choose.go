package sqlite

import "github.com/cablegraph/cablegraph/graph"

// choose decides where the search of a step's rows starts, and of its total:
// at one of the filter's terms, or (-1) along the list itself.
func (a *asking) choose(step, via *graph.Step) (rows, total int, err error) {
	f := &filters{}
	src, err := f.source(step, via)
	if err != nil {
		return -1, -1, err
	}
	terms, err := f.filter(step, src)
	if err != nil {
		return -1, -1, err
	}
	at := best(terms)
	if at < 0 {
		return -1, -1, nil
	}
	switch step.Relation {
	case graph.RootPosts, graph.RootPeople, graph.RootTags:
		return a.popular(step, terms, at)
	case graph.RootCables, graph.PostCables, graph.PostReceived, graph.TagCables:
		return a.cheapest(step, terms)
	}
	return -1, -1, nil
}

// alone is where a search starts that walks a list and looks at the names of each node.
const alone = -2

// popular decides whether the nodes in most cables are looked for along the list
// of all of them, which an index has in that order: where a word is in thousands of names,
// the page is soon full, and the others are never read.
func (a *asking) popular(step *graph.Step, terms []term, at int) (rows, total int, err error) {
	if step.Order[0] != (graph.Order{By: graph.ByCables, Desc: true}) || terms[at].many.text == "" {
		return at, at, nil
	}
	many, _, err := a.c.number(terms[at].many.text, terms[at].many.args...)
	if many != 0 {
		return alone, at, err
	}
	return at, at, err
}

// fewCables is how many cables may be looked at one by one rather than along a long list.
const fewCables = 1000

// checkOfUnion is how many cables of a union are looked up while one is checked for all of its alternatives.
const checkOfUnion = 20

// cheapest asks how many cables each term would find. The fewest are the best
// start for a total. For a page it can be better to walk along the list's own
// order: where the filter lets one cable in k through, the page is full after
// k times its size.
func (a *asking) cheapest(step *graph.Step, terms []term) (rows, total int, err error) {
	cables, _, err := a.c.number("SELECT IFNULL(MAX(id), 0) FROM cable")
	if err != nil {
		return -1, -1, err
	}
	at, least, share := -1, 0.0, 1.0
	for i, t := range terms {
		if !t.drives() {
			continue
		}
		n, _, err := a.c.number(t.estimate.text, t.estimate.args...)
		if err != nil {
			return -1, -1, err
		}
		found := float64(n)
		if at < 0 || found < least {
			at, least = i, found
		}
		share *= min(1, (found+1)/(float64(cables)+1))
	}
	if step.Relation != graph.RootCables {
		if least > fewCables {
			return -1, -1, nil
		}
		return at, at, nil
	}
	check := 1.0
	if at >= 0 && terms[at].rank == rankUnion {
		check = checkOfUnion
	}
	if walked(step.Order[0].By) && check*float64(step.Page.Size+1)/share < least {
		return -1, at, nil
	}
	return at, at, nil
}

// walked tells whether an index has all cables in this order.
func walked(by graph.By) bool {
	return by == graph.ByCreated || by == graph.ByReleased || by == graph.ByLevel || by == graph.ByKey
}

// The names of the people whom two cables share, and the codes of their tags.
const (
	sharedPeople = `SELECT h.name
FROM mention a JOIN person h ON h.id = a.person
WHERE a.cable = ? AND a.first = 1 AND a.person IN (SELECT person FROM mention WHERE cable = ? AND first = 1)
ORDER BY h.name`
	sharedTags = `SELECT t.code
FROM tagged a JOIN tag t ON t.id = a.tag
WHERE a.cable = ? AND a.tag IN (SELECT tag FROM tagged WHERE cable = ?)
ORDER BY t.code`
	citesEachOther = `SELECT EXISTS (SELECT 1 FROM citation WHERE citing = ?1 AND cited = ?2), EXISTS (SELECT 1 FROM citation WHERE citing = ?2 AND cited = ?1)`
)

// reasons says of each related cable why it is.
func (a *asking) reasons(near int64, edges []graph.Edge, ids []int64) error {
	people, tags, cites := a.runner(expr{sharedPeople, []any{upper{}, higher{}}}), a.runner(expr{sharedTags, []any{upper{}, higher{}}}), a.runner(expr{citesEachOther, []any{upper{}, higher{}}})
	defer people.note()
	defer tags.note()
	defer cites.note()
	for i := range edges {
		why, pair := &graph.Related{}, place{Row: near, Above: ids[i]}
		edges[i].Related = why
		err := people.query(pair, func(r row) error {
			why.People = append(why.People, r.text(0))
			return nil
		})
		if err != nil {
			return err
		}
		err = tags.query(pair, func(r row) error {
			why.Tags = append(why.Tags, r.text(0))
			return nil
		})
		if err != nil {
			return err
		}
		err = cites.query(pair, func(r row) error {
			why.Cites, why.CitedBy = r.integer(0) != 0, r.integer(1) != 0
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
