package memory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"

	"github.com/cablegraph/cablegraph/graph"
)

// Rows fills in the rows of the page below each of the places and returns their nodes' rows, one more
// than a page has where the list goes on. A page that is read backwards comes backwards. Only where Shows.
func (l *List) Rows(ctx context.Context, places []Place, answers []graph.Answer) ([][]int64, error) {
	all, ends, err := l.pages(ctx, places)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(all))
	for i, e := range all {
		ids[i] = l.row(e)
	}
	rows, edges := cut(ids, ends), cut(l.edges(all), ends)
	for i, at := range places {
		answers[i].Edges = edges[i]
		l.Explain(at, rows[i], edges[i])
	}
	return rows, nil
}

// row is the row of an entry's node.
func (l *List) row(e entry) int64 {
	if l.step.Relation.To() == graph.KindCable {
		return int64(l.cables.rows[e.node])
	}
	return int64(e.node)
}

// Pages returns for each of the places which nodes Rows would fill in, each by its row with its weight. Only where Orders.
func (l *List) Pages(ctx context.Context, places []Place) ([][][2]int64, error) {
	all, ends, err := l.pages(ctx, places)
	if err != nil {
		return nil, err
	}
	return cut(l.weighed(all), ends), nil
}

// pages returns the entries of the pages below the places, one after the other, and where each page ends.
func (l *List) pages(ctx context.Context, places []Place) (all []entry, ends []int, err error) {
	ends = make([]int, len(places))
	for i, at := range places {
		page, err := l.page(at)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, nil, err
		}
		all = append(all, page...)
		ends[i] = len(all)
	}
	return all, ends, nil
}

// cut cuts a list into the parts that end there; one that is empty is nil.
func cut[T any](all []T, ends []int) [][]T {
	parts, from := make([][]T, len(ends)), 0
	for i, to := range ends {
		if from < to {
			parts[i] = all[from:to:to]
		}
		from = to
	}
	return parts
}

func (l *List) weighed(entries []entry) [][2]int64 {
	weights := make([][2]int64, len(entries))
	for i, e := range entries {
		weights[i] = [2]int64{l.row(e), e.n}
	}
	return weights
}

// page returns the entries of the page and one more, until the next call.
func (l *List) page(at Place) ([]entry, error) {
	order := ordering{List: l, size: 1}
	if !l.step.Relation.Single() {
		if err := order.bound(); err != nil {
			return nil, err
		}
	}
	if by := l.step.Order; len(by) == 2 && by[0].By == graph.ByCreated && by[1].By == graph.ByKey {
		if cables, ok := l.cablesBelow(at); ok {
			page := order.walk(cables)
			if l.step.Relation == graph.PersonCables {
				l.addCounts(page, uint32(at.Row))
			}
			return page, nil
		}
	}
	return order.top(l.entries(at)), nil
}

// ordering is the order of a list in the direction in which its page is read.
type ordering struct {
	*List
	size          int
	cursor, until graph.Position
}

// bound reads the bounds of the page.
func (o *ordering) bound() error {
	p := o.step.Page
	if p.Size < 0 {
		return fmt.Errorf("%w: a page of %d rows", graph.ErrBadPage, p.Size)
	}
	o.size, o.cursor, o.until = p.Size+1, p.Cursor, p.Until
	for _, at := range []graph.Position{o.cursor, o.until} {
		if len(at) == 0 {
			continue
		}
		if err := at.Fits(o.step.Order); err != nil {
			return err
		}
	}
	return nil
}

func (o *ordering) descending(i int) bool { return o.step.Order[i].Desc != o.step.Page.Backward }

// compare tells which of two entries comes first.
func (o *ordering) compare(a, b entry) int {
	for i, term := range o.step.Order {
		var c int
		if term.By.Numeric() {
			c = cmp.Compare(o.number(term.By, a), o.number(term.By, b))
		} else {
			c = cmp.Compare(o.text(term.By, a), o.text(term.By, b))
		}
		if c != 0 {
			if o.descending(i) {
				return -c
			}
			return c
		}
	}
	return 0
}

// against tells whether an entry stands before (-1) or after (+1) a position.
func (o *ordering) against(e entry, at graph.Position) int {
	for i, term := range o.step.Order {
		var c int
		switch v := at[i].(type) {
		case int64:
			c = cmp.Compare(o.number(term.By, e), v)
		case string:
			c = cmp.Compare(o.text(term.By, e), v)
		}
		if c != 0 {
			if o.descending(i) {
				return -c
			}
			return c
		}
	}
	return 0
}

// within tells whether an entry lies between the bounds.
func (o *ordering) within(e entry) bool {
	return (len(o.cursor) == 0 || o.against(e, o.cursor) > 0) && (len(o.until) == 0 || o.against(e, o.until) < 0)
}

// top returns the first entries between the bounds.
func (o *ordering) top(all []entry) []entry {
	page := o.kept[:0]
	defer func() { o.kept = page }()
	for _, e := range all {
		full := len(page) == o.size
		if full && (o.size == 0 || o.compare(e, page[o.size-1]) >= 0) || !o.within(e) {
			continue
		}
		if full {
			page = page[:o.size-1]
		}
		at, _ := slices.BinarySearchFunc(page, e, o.compare)
		page = slices.Insert(page, at, e)
	}
	return page
}

// walk returns the first of the cables between the bounds, in the order of date and reference, each in
// either direction.
func (o *ordering) walk(cables set) []entry {
	n := o.Cables()
	if count := cables.count(n); cables.listed || count < n/8 {
		cables, n = ofList(cables.sorted(n)), count
	}
	at := func(i int) uint32 {
		if cables.listed {
			return cables.list[i]
		}
		return uint32(i)
	}
	created := func(i int) int32 { return o.cables.created[at(i)] }
	from, to := o.reach(n, created)
	page := o.kept[:0]
	defer func() { o.kept = page }()
	visit := func(i int) bool {
		e := entry{node: at(i)}
		if (cables.bits == nil || cables.bits.has(e.node)) && o.within(e) {
			page = append(page, e)
		}
		return len(page) < o.size
	}
	for from < to {
		// One minute's cables after the other's.
		start, end := from, from+1
		if o.descending(0) {
			start, end = to-1, to
			for start > from && created(start-1) == created(end-1) {
				start--
			}
			to = start
		} else {
			for end < to && created(end) == created(start) {
				end++
			}
			from = end
		}
		for k := range end - start {
			i := start + k
			if o.descending(1) {
				i = end - 1 - k
			}
			if !visit(i) {
				return page
			}
		}
	}
	return page
}

// reach narrows n cables, which rise, to those whose minute lies between the bounds.
func (o *ordering) reach(n int, created func(int) int32) (from, to int) {
	to = n
	for i, bound := range []graph.Position{o.cursor, o.until} {
		if len(bound) == 0 {
			continue
		}
		minute := bound[0].(int64)
		if (i == 0) == o.descending(0) { // nothing after it
			to = min(to, sort.Search(n, func(i int) bool { return int64(created(i)) > minute }))
		} else {
			from = max(from, sort.Search(n, func(i int) bool { return int64(created(i)) >= minute }))
		}
	}
	return from, max(from, to)
}

// nodes is how many numbers or rows the nodes of the list can have.
func (l *List) nodes() int {
	switch l.step.Relation.To() {
	case graph.KindCable:
		return l.Cables()
	case graph.KindPost:
		return len(l.posts)
	case graph.KindPerson:
		return len(l.people.slug.spans)
	default:
		return len(l.tags)
	}
}

// number is what an entry has for a numeric term of an order.
func (l *List) number(by graph.By, e entry) int64 {
	switch by {
	case graph.ByCreated:
		return int64(l.cables.created[e.node])
	case graph.ByReleased:
		return int64(l.cables.released[e.node])
	case graph.ByLevel:
		return int64(l.cables.level(e.node))
	case graph.ByCables:
		switch l.step.Relation.To() {
		case graph.KindCable:
			return int64(len(l.cites.to.of(e.node)))
		case graph.KindPost:
			return int64(len(l.origins.of(e.node)))
		case graph.KindPerson:
			return int64(len(l.named.to.of(e.node)))
		default:
			return int64(len(l.tagged.to.of(e.node)))
		}
	}
	return e.n
}

// text is what an entry has for the other terms.
func (l *List) text(by graph.By, e entry) string {
	if by == graph.ByName {
		if l.step.Relation.To() == graph.KindPost {
			return l.posts[e.node].Name
		}
		return l.people.name.at(e.node)
	}
	return l.key(e.node)
}

// key is the key of a node of the list.
func (l *List) key(node uint32) string {
	switch l.step.Relation.To() {
	case graph.KindCable:
		return l.cables.reference.at(node)
	case graph.KindPost:
		return l.posts[node].Slug
	case graph.KindPerson:
		return l.people.slug.at(node)
	default:
		return l.tags[node].Code
	}
}
