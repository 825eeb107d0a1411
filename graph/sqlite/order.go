package sqlite

import (
	"fmt"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// sortKeys returns the expressions that a step's list is ordered by.
func sortKeys(step *graph.Step, src source) ([]string, error) {
	keys := make([]string, 0, len(step.Order))
	for _, o := range step.Order {
		key := sortKey(o.By, step.Relation, src, step.Scored())
		if key == "" {
			return nil, fmt.Errorf("%w: relation %d has no order by %s", graph.ErrBadPage, step.Relation, o.By)
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 || step.Order[len(keys)-1].By != graph.ByKey {
		return nil, fmt.Errorf("%w: the order of relation %d does not end with %s", graph.ErrBadPage, step.Relation, graph.ByKey)
	}
	return keys, nil
}

// sortKey returns the expression for one term, "" where the relation has none.
func sortKey(by graph.By, relation graph.Relation, src source, scored bool) string {
	to := relation.To()
	switch {
	case by == graph.ByKey:
		return src.alias + "." + tables[to].key
	case by == graph.ByCreated && to == graph.KindCable:
		return src.created
	case by == graph.ByReleased && to == graph.KindCable:
		return src.alias + ".released"
	case by == graph.ByLevel && to == graph.KindCable:
		return src.alias + ".level"
	case by == graph.ByName && (to == graph.KindPost || to == graph.KindPerson):
		return src.alias + ".name"
	case by == graph.ByCables && to == graph.KindCable:
		return "(SELECT COUNT(*) FROM citation WHERE cited = " + src.alias + ".id)"
	case by == graph.ByCables:
		return src.alias + ".cables"
	case by == graph.ByCount && (relation == graph.CablePeople || relation == graph.PersonCables):
		return "e.count"
	case by == graph.ByPosition && positioned(relation):
		return "e.position"
	case by == graph.ByWeight && relation.Weighted():
		return "e.weight"
	case by == graph.ByScore && scored:
		return "q.score"
	}
	return ""
}

func positioned(relation graph.Relation) bool {
	switch relation {
	case graph.CableRecipients, graph.CableTags, graph.CableReferences, graph.CableReferencedBy:
		return true
	}
	return false
}

// descending tells which way a term is read: backward pages read their list from its end.
func descending(o graph.Order, p graph.Page) bool { return o.Desc != p.Backward }

// ordering writes ORDER BY over these expressions.
func ordering(step *graph.Step, keys []string) string {
	terms := make([]string, len(keys))
	for i, key := range keys {
		terms[i] = key
		if descending(step.Order[i], step.Page) {
			terms[i] += " DESC"
		}
	}
	return "ORDER BY " + strings.Join(terms, ", ")
}

// window is the condition that a row lies on the page: strictly beyond Cursor
// and strictly before Until, in the direction of paging.
func window(step *graph.Step, keys []string) ([]expr, error) {
	if step.Page.Size < 0 {
		return nil, fmt.Errorf("%w: a page of %d rows", graph.ErrBadPage, step.Page.Size)
	}
	var parts []expr
	for _, bound := range []struct {
		at     graph.Position
		before bool
	}{{step.Page.Cursor, false}, {step.Page.Until, true}} {
		if len(bound.at) == 0 {
			continue
		}
		if err := bound.at.Fits(step.Order); err != nil {
			return nil, err
		}
		parts = append(parts, beyond(step, keys, bound.at, 0, bound.before))
	}
	return parts, nil
}

// beyond is the condition that a row stands strictly behind a position (before:
// ahead of it), from the i-th term on. The first half of the AND alone is what an
// index can seek by.
func beyond(step *graph.Step, keys []string, at graph.Position, i int, before bool) expr {
	operator := ">"
	if descending(step.Order[i], step.Page) != before {
		operator = "<"
	}
	value := arg(at[i])
	if i == len(keys)-1 {
		return sql(keys[i]+" "+operator+" %s", value)
	}
	return sql("("+keys[i]+" "+operator+"= %s AND ("+keys[i]+" "+operator+" %s OR %s))", value, value, beyond(step, keys, at, i+1, before))
}
