package resolvers

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// order reads `orderBy`: one object or a list of them, each with exactly one sort key.
func (p *planner) order(step *graph.Step, keys orderKeys, v any) error {
	step.Order = step.Relation.DefaultOrder()
	if v == nil {
		return nil
	}
	var terms []graph.Order
	at := &place{name: "orderBy"}
	for _, element := range elements(v) {
		object, _ := element.(map[string]any)
		term, err := sortKey(keys, object, at)
		if err != nil {
			return err
		}
		// A key that stands before decides; again it would say nothing.
		if !slices.ContainsFunc(terms, func(o graph.Order) bool { return o.By == term.By }) {
			terms = append(terms, term)
		}
	}
	if len(terms) > 0 {
		step.Order = graph.Complete(terms)
	}
	return nil
}

// scorable tells what is wrong with an order by score: what it would be the score of.
func scorable(step *graph.Step) error {
	if !slices.ContainsFunc(step.Order, func(o graph.Order) bool { return o.By == graph.ByScore }) || step.Scored() {
		return nil
	}
	return (&place{name: "orderBy"}).errorf(graph.ErrBadWhere, "a score is how well a cable answers a full-text question; ask one by text, body or subject in the where of this list")
}

// elements returns a list's values; one value stands for a list of one.
func elements(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	from := reflect.ValueOf(v)
	if from.Kind() != reflect.Slice {
		return []any{v}
	}
	list := make([]any, from.Len()) // the library makes typed lists of single variables
	for i := range list {
		list[i] = from.Index(i).Interface()
	}
	return list
}

func sortKey(keys orderKeys, object map[string]any, at *place) (graph.Order, error) {
	var term graph.Order
	found := 0
	for name, direction := range object {
		if direction == nil {
			continue
		}
		found++
		var d graph.SortDirection
		if err := d.UnmarshalGQL(direction); err != nil {
			return term, at.errorf(graph.ErrBadWhere, "%v", err)
		}
		term = graph.Order{By: keys[name], Desc: d == graph.Descending}
	}
	if found != 1 {
		return term, at.errorf(graph.ErrBadWhere, "each object names exactly one sort key, not %d", found)
	}
	return term, nil
}

// page reads first, after, last and before. `before` alone pages backward: the
// rows next to the cursor are what is meant.
func (p *planner) page(step *graph.Step, size int, args map[string]any) error {
	size = min(size, p.limits.Page)
	first, forward, err := p.size("first", args["first"])
	if err != nil {
		return err
	}
	last, backward, err := p.size("last", args["last"])
	if err != nil {
		return err
	}
	after, err := cursor(step.Order, "after", args["after"])
	if err != nil {
		return err
	}
	before, err := cursor(step.Order, "before", args["before"])
	if err != nil {
		return err
	}
	if forward && backward {
		return fmt.Errorf("%w: give first or last, not both", graph.ErrBadPage)
	}
	switch {
	case backward:
		step.Page = graph.Page{Size: last, Backward: true, Cursor: before, Until: after}
	case forward:
		step.Page = graph.Page{Size: first, Cursor: after, Until: before}
	case before != nil && after == nil:
		step.Page = graph.Page{Size: size, Backward: true, Cursor: before}
	default:
		step.Page = graph.Page{Size: size, Cursor: after, Until: before}
	}
	return nil
}

func (p *planner) size(name string, v any) (n int, given bool, err error) {
	if v == nil {
		return 0, false, nil
	}
	n, ok := integer(v)
	switch {
	case !ok || n < 0:
		return 0, true, fmt.Errorf("argument %s: %w: %v is no number of rows", name, graph.ErrBadPage, v)
	case n > p.limits.Page:
		return 0, true, fmt.Errorf("argument %s: %w: %d rows; a page has %d at most", name, errPageTooLarge, n, p.limits.Page)
	}
	return n, true, nil
}

func confidence(v any) (float64, error) {
	c, ok := float(v)
	at := &place{name: "minConfidence"}
	if !ok {
		return 0, mustFit(ok, v, at)
	}
	return c, at.wrap(graph.CheckConfidence(c))
}

func cursor(orders []graph.Order, name string, v any) (graph.Position, error) {
	if v == nil {
		return nil, nil
	}
	s, _ := v.(string)
	position, err := graph.DecodeCursor(orders, graph.Cursor(s))
	if err != nil {
		return nil, fmt.Errorf("argument %s: %w", name, err)
	}
	return position, nil
}
