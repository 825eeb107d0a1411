package sqlite

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// linkTable says where edges of a type are kept: the columns of their ends, the
// condition by which each pair of ends stands there once, and where a cable's date is.
type linkTable struct{ name, from, to, once, created, weight string }

var linkTables = map[graph.LinkType]linkTable{
	graph.LinkSentFrom:     {"cable", "id", "origin", "e.origin <> 0", "e.created", "1"},
	graph.LinkSentTo:       {"sent_to", "cable", "post", "e.first = 1", "e.created", "1"},
	graph.LinkTagged:       {"tagged", "cable", "tag", "1", "e.created", "1"},
	graph.LinkMentions:     {"mention", "cable", "person", "e.first = 1", "e.created", "e.count"},
	graph.LinkSignedBy:     {"mention", "cable", "person", "e.signer = 1", "e.created", "1"},
	graph.LinkClassifiedBy: {"mention", "cable", "person", "e.classifier = 1", "e.created", "1"},
	graph.LinkReferences:   {"citation", "citing", "cited", "1", "c.created", "1"},
	// A person says which tag stands for it.
	graph.LinkTagOf: {"(SELECT t.id AS tag, h.id AS person FROM person h JOIN tag t ON t.code = h.tag)", "tag", "person", "1", "", "1"},
}

// Ties reads the cables first and then each type of edge along them.
func (s *Store) Ties(ctx context.Context, where *graph.CableWhere, types ...graph.LinkType) (*graph.Ties, error) {
	trace := graph.TraceFrom(ctx)
	trace.AddAsk()
	t := &tying{ties: &graph.Ties{Links: map[graph.LinkType][]graph.Tie{}, Keys: map[graph.Kind][]string{}}, ends: map[graph.Kind]*numbers{}}
	err := s.readMuch(ctx, func(c *conn) error {
		t.asking = &asking{ctx: ctx, c: c, trace: trace}
		if err := t.cables(where); err != nil {
			return err
		}
		for rest := types; len(rest) > 0; {
			var together []graph.LinkType
			together, rest = sameTable(rest)
			if err := t.links(together); err != nil {
				return err
			}
		}
		return t.keys()
	})
	if err != nil {
		return nil, fmt.Errorf("ties: %w", err)
	}
	t.ties.Sort()
	return t.ties, nil
}

// tying is one call of Ties.
type tying struct {
	*asking
	ties *graph.Ties
	rows []int64 // of the cables, by their number
	ends map[graph.Kind]*numbers
}

// numbers gives rows of a table numbers in the order in which they come.
type numbers struct {
	of   map[int64]int32
	rows []int64
}

func (n *numbers) number(row int64) int32 {
	i, known := n.of[row]
	if !known {
		i = int32(len(n.rows))
		n.of[row] = i
		n.rows = append(n.rows, row)
	}
	return i
}

// cables reads the cables by the statement that a plan for all of them has.
func (t *tying) cables(where *graph.CableWhere) error {
	step := &graph.Step{Relation: graph.RootCables, Cable: where, Order: []graph.Order{{By: graph.ByCreated}, {By: graph.ByKey}}, Page: graph.Page{Size: math.MaxInt32}}
	_, start, err := t.choose(step, nil)
	if err != nil {
		return err
	}
	compiled, err := compileStep(step, nil, start)
	if err != nil {
		return err
	}
	run := t.runner(compiled.rows)
	defer run.note()
	return run.query(place{}, func(r row) error {
		t.rows = append(t.rows, r.integer(0))
		t.ties.Cables = append(t.ties.Cables, graph.TiedCable{Reference: graph.Reference(r.text(2)), Created: r.integer(1)})
		return nil
	})
}

// sameTable divides types into those whose edges stand in the same rows as the first's, and the others.
func sameTable(types []graph.LinkType) (same, others []graph.LinkType) {
	for _, kind := range types {
		if linkTables[kind].name == linkTables[types[0]].name {
			same = append(same, kind)
		} else {
			others = append(others, kind)
		}
	}
	return same, others
}

// links reads the edges of types of one table: the cables, counted as they were read, lead to
// their rows, which lie together.
func (t *tying) links(types []graph.LinkType) error {
	_, to := types[0].Ends()
	ends := t.ends[to]
	if ends == nil {
		ends = &numbers{of: map[int64]int32{}}
		t.ends[to] = ends
	}
	table, action := linkTables[types[0]], "0"
	if types[0] == graph.LinkSentTo {
		action = "e.action"
	}
	once := make([]string, len(types))
	for i, kind := range types {
		once[i] = linkTables[kind].once
	}
	run := t.runner(sql("SELECT j.key, e."+table.to+", "+action+", "+strings.Join(once, ", ")+
		"\nFROM json_each(%s) j CROSS JOIN "+table.name+" e\nWHERE e."+table.from+" = j.value AND ("+strings.Join(once, " OR ")+")", arg(listJSON(t.rows))))
	defer run.note()
	return run.query(place{}, func(r row) error {
		tie := graph.Tie{Cable: int32(r.integer(0)), End: ends.number(r.integer(1)), Action: r.integer(2) != 0}
		for i, kind := range types {
			if r.integer(3+i) != 0 {
				t.ties.Links[kind] = append(t.ties.Links[kind], tie)
			}
		}
		return nil
	})
}

// keys looks the keys of the far ends up.
func (t *tying) keys() error {
	for kind, ends := range t.ends {
		if len(ends.rows) == 0 {
			continue
		}
		at := tables[kind]
		keys := make([]string, len(ends.rows))
		run := t.runner(sql("SELECT j.key, n."+at.key+"\nFROM json_each(%s) j CROSS JOIN "+at.name+" n\nWHERE n.id = j.value", arg(listJSON(ends.rows))))
		err := run.query(place{}, func(r row) error {
			keys[r.integer(0)] = r.text(1)
			return nil
		})
		run.note()
		if err != nil {
			return err
		}
		t.ties.Keys[kind] = keys
	}
	return nil
}

// Adjacent runs small statements for each node: each of them stops at its limit.
func (s *Store) Adjacent(ctx context.Context, at *graph.Adjacent) ([]graph.Adjacency, error) {
	trace := graph.TraceFrom(ctx)
	trace.AddAsk()
	var found []graph.Adjacency
	err := s.read(ctx, func(c *conn) error {
		a := &asking{ctx: ctx, c: c, trace: trace}
		for _, kind := range graph.Kinds {
			keys, err := graph.Keys(kind, at.Nodes)
			if err != nil {
				return err
			}
			places, err := a.places(kind, keys)
			if err != nil {
				return err
			}
			for _, side := range at.Sides {
				if side.From() != kind || len(places) == 0 {
					continue
				}
				if found, err = a.side(side, places, at.Limit, found); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("adjacent: %w", err)
	}
	graph.SortAdjacencies(at.Nodes, found)
	return found, nil
}

// knownPlace is a node with its row.
type knownPlace struct {
	place
	node graph.ID
}

func (a *asking) places(kind graph.Kind, keys []string) (found []knownPlace, err error) {
	if len(keys) == 0 {
		return nil, nil
	}
	at := tables[kind]
	run := a.runner(sql("SELECT n.id, n."+at.key+"\nFROM json_each(%s) j CROSS JOIN "+at.name+" n\nWHERE n."+at.key+" = j.value", list(keys)))
	defer run.note()
	err = run.query(place{}, func(r row) error {
		found = append(found, knownPlace{place{Row: r.integer(0)}, graph.NewID(kind, r.text(1))})
		return nil
	})
	return found, err
}

// totalsOf counts the edges of one side at all of the places.
func (a *asking) totalsOf(side graph.Side, places []knownPlace, found []graph.Adjacency) ([]graph.Adjacency, error) {
	rows := make([]int64, len(places))
	for i, at := range places {
		rows[i] = at.Row
	}
	table := linkTables[side.Type]
	near := table.to
	if side.Out {
		near = table.from
	}
	run := a.runner(sql("SELECT j.key, COUNT(*)\nFROM json_each(%s) j CROSS JOIN "+table.name+" e\nWHERE e."+near+" = j.value AND "+table.once+"\nGROUP BY j.key", arg(listJSON(rows))))
	defer run.note()
	err := run.query(place{}, func(r row) error {
		found = append(found, graph.Adjacency{Node: places[r.integer(0)].node, Side: side, Total: int(r.integer(1))})
		return nil
	})
	return found, err
}

// side reads the edges of one side at each of the places.
func (a *asking) side(side graph.Side, places []knownPlace, limit int, found []graph.Adjacency) ([]graph.Adjacency, error) {
	if limit == 0 {
		return a.totalsOf(side, places, found)
	}
	table := linkTables[side.Type]
	near, far := table.to, table.from
	if side.Out {
		near, far = far, near
	}
	count := a.runner(sql("SELECT COUNT(*)\nFROM "+table.name+" e\nWHERE e."+near+" = %s AND "+table.once, above))
	defer count.note()
	ends, strongest := a.runner(endsOf(side, table, near, far, limit, always)), a.runner(endsOf(side, table, near, far, limit, notBelow(table, near, limit)))
	defer ends.note()
	defer strongest.note()
	for _, at := range places {
		one := graph.Adjacency{Node: at.node, Side: side}
		err := count.query(at.place, func(r row) error {
			one.Total = int(r.integer(0))
			return nil
		})
		if err != nil {
			return nil, err
		}
		if one.Total == 0 {
			continue
		}
		run := ends
		if one.Total > limit && table.weight != "1" {
			run = strongest
		}
		err = run.query(at.place, func(r row) error {
			one.Ends = append(one.Ends, graph.End{ID: graph.NewID(side.To(), r.text(0)), Weight: int(r.integer(1))})
			return nil
		})
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}

// notBelow lets through what is as strong as the weakest edge that is wanted, so that
// only those are looked up: there are more edges than that at the node.
func notBelow(table linkTable, near string, limit int) expr {
	w := strings.ReplaceAll(table.weight, "e.", "")
	return sql("("+table.weight+", e.created) >= (SELECT "+w+", created FROM "+table.name+" e WHERE e."+near+" = %s AND "+table.once+
		" ORDER BY "+w+" DESC, created DESC LIMIT 1 OFFSET %s)", above, arg(int64(limit-1)))
}

// endsOf selects the strongest far ends of the edges at the node above.
func endsOf(side graph.Side, table linkTable, near, far string, limit int, also expr) expr {
	at := tables[side.To()]
	var orders []string
	if table.weight != "1" {
		orders = append(orders, table.weight+" DESC")
	}
	if side.To() == graph.KindCable {
		created := table.created
		if side.Type == graph.LinkReferences {
			created = at.alias + ".created"
		}
		orders = append(orders, created+" DESC")
	}
	key := at.alias + "." + at.key
	orders = append(orders, key)
	return sql("SELECT "+key+", "+table.weight+"\nFROM "+table.name+" e JOIN "+at.name+" "+at.alias+" ON "+at.alias+".id = e."+far+
		"\nWHERE e."+near+" = %s AND "+table.once+"%s\nORDER BY "+strings.Join(orders, ", ")+"\nLIMIT %s", above, besides(also), arg(int64(limit)))
}
