package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

// tieFetch is how many cables are under way at a time, each with some dozen keys.
const tieFetch = 2000

// Ties streams the cables, each with the keys of what it is tied to.
func (s *Store) Ties(ctx context.Context, where *graph.CableWhere, types ...graph.LinkType) (*graph.Ties, error) {
	graph.TraceFrom(ctx).AddAsk()
	q, searches, err := compileTies(where, types, byIndex)
	if err != nil {
		return nil, err
	}
	ties, err := s.ties(ctx, q, types)
	if err != nil && refused(err) && searches {
		if online, look := s.searchable(ctx); look == nil && !online {
			if q, _, err = compileTies(where, types, byScan); err != nil {
				return nil, err
			}
			ties, err = s.ties(ctx, q, types)
		}
	}
	return ties, err
}

// ties asks until no writer comes between, or the patience ends.
func (s *Store) ties(ctx context.Context, q question, types []graph.LinkType) (ties *graph.Ties, err error) {
	pause := firstPause
	for range readersPatience {
		start := time.Now()
		tied, rows := &graph.Tied{}, 0
		err = s.stream(ctx, "ties", tieFetch, func(run streaming) error {
			return run(q.text, q.params, func(r *neo4j.Record) error {
				rows++
				tied.Cable(graph.Reference(text(r.Values[0])), number(r.Values[1]))
				for i, kind := range types {
					note(tied, kind, r.Values[2+i])
				}
				return nil
			})
		})
		if !errors.Is(err, graph.ErrConflict) {
			graph.TraceFrom(ctx).Add(graph.Statement{Text: q.text, Parameters: q.params, Rows: rows, Elapsed: time.Since(start)})
			return tied.Ties(), err
		}
		sleep(ctx, pause)
		pause = min(2*pause, longestPause)
	}
	return nil, err
}

func note(tied *graph.Tied, kind graph.LinkType, v any) {
	ends, _ := v.([]any)
	for _, end := range ends {
		if pair, ok := end.([]any); ok {
			tied.Link(kind, text(pair[0]), pair[1] == true)
		} else {
			tied.Link(kind, text(end), false)
		}
	}
}

// compileTies makes the statement: a row for each cable, with a list for each type.
func compileTies(where *graph.CableWhere, types []graph.LinkType, how searching) (q question, searches bool, err error) {
	c := &compiler{searching: how, out: &strings.Builder{}, params: map[string]any{}, named: map[string]string{}}
	s := c.scope(&graph.Step{Relation: graph.RootCables, Cable: where}, nil)
	c.draw(s, c.filtered(s), nil, 0)
	c.line(0, "WITH DISTINCT "+s.node)
	c.line(0, "RETURN "+s.node+".reference, "+s.node+".createdMinute")
	for _, kind := range types {
		_, to := kind.Ends()
		toLabel, key := label(to)
		edge, value := "", "end."+key
		if kind == graph.LinkSentTo {
			edge, value = "edge", "[end."+key+", edge.action]"
		}
		c.out.WriteString(",\n  [(" + s.node + ")-[" + edge + ":" + string(kind) + "]->(end:" + toLabel + ") | " + value + "]")
	}
	return question{c.head() + c.out.String()[1:], c.params}, len(c.lists) > 0, c.err
}

// Adjacent asks for all nodes of a kind at once.
func (s *Store) Adjacent(ctx context.Context, at *graph.Adjacent) ([]graph.Adjacency, error) {
	graph.TraceFrom(ctx).AddAsk()
	keys := map[graph.Kind][]string{}
	for _, kind := range graph.Kinds {
		of, err := graph.Keys(kind, at.Nodes)
		if err != nil {
			return nil, err
		}
		if len(of) > 0 {
			keys[kind] = of
		}
	}
	var parts []string
	params := map[string]any{"limit": at.Limit}
	for kind, of := range keys {
		params[strings.ToLower(string(kind))] = of
	}
	for _, side := range graph.Sides(at.Types) {
		if len(keys[side.From()]) > 0 {
			parts = append(parts, sideStatement(side))
		}
	}
	if len(parts) == 0 {
		return nil, translate(ctx, ctx.Err())
	}
	text := "CALL () {\n" + strings.Join(parts, "\n  UNION ALL\n") + "\n}\nWITH collect([key, type, out, total, ends]) AS lists\n" +
		"OPTIONAL MATCH (gate:Meta {key: 'gate'})\nRETURN lists, coalesce(gate.version, 0) AS version"
	rows, err := s.whole(ctx, question{text, params})
	if err != nil {
		return nil, fmt.Errorf("adjacent: %w", err)
	}
	lists, _ := rows[0].Values[0].([]any)
	return decodeAdjacent(at, lists), nil
}

// sideStatement asks for the edges of one side.
//
//	UNWIND $person AS key
//	MATCH (n:Person {slug: key})
//	WITH n, key, COUNT { (n)<-[:MENTIONS]-() } AS total WHERE total > 0
//	RETURN 'person:' + key AS key, 'MENTIONS' AS type, false AS out, total, COLLECT {
//	  MATCH (n)<-[e:MENTIONS]-(x:Cable)
//	  WITH x, e.count AS weight ORDER BY weight DESC, x.createdMinute DESC, x.reference LIMIT $limit
//	  RETURN [x.reference, weight] } AS ends
func sideStatement(side graph.Side) string {
	nodeLabel, nodeKey := label(side.From())
	farLabel, farKey := label(side.To())
	left, right := "<-[", "]-"
	if side.Out {
		left, right = "-[", "]->"
	}
	weight, orders := "1", []string{}
	if side.Type == graph.LinkMentions {
		weight, orders = "e.count", append(orders, "weight DESC")
	}
	if side.To() == graph.KindCable {
		orders = append(orders, "x.createdMinute DESC")
	}
	orders = append(orders, "x."+farKey)
	prefix := strings.ToLower(string(side.From()))
	return fmt.Sprintf(`  UNWIND $%s AS key
  MATCH (n:%s {%s: key})
  WITH n, key, COUNT { (n)%s:%s%s() } AS total WHERE total > 0
  RETURN '%s:' + key AS key, '%s' AS type, %v AS out, total, COLLECT {
    MATCH (n)%se:%s%s(x:%s)
    WITH x, %s AS weight ORDER BY %s LIMIT $limit
    RETURN [x.%s, weight] } AS ends`,
		prefix, nodeLabel, nodeKey, left, side.Type, right, prefix, side.Type, side.Out, left, side.Type, right, farLabel, weight, strings.Join(orders, ", "), farKey)
}

func decodeAdjacent(at *graph.Adjacent, lists []any) []graph.Adjacency {
	found := make([]graph.Adjacency, 0, len(lists))
	for _, list := range lists {
		v, _ := list.([]any)
		side := graph.Side{Type: graph.LinkType(text(v[1])), Out: v[2] == true}
		a := graph.Adjacency{Node: graph.ID(text(v[0])), Side: side, Total: int(number(v[3]))}
		ends, _ := v[4].([]any)
		for _, end := range ends {
			pair, _ := end.([]any)
			a.Ends = append(a.Ends, graph.End{ID: graph.NewID(side.To(), text(pair[0])), Weight: int(number(pair[1]))})
		}
		found = append(found, a)
	}
	graph.SortAdjacencies(at.Nodes, found)
	return found
}
