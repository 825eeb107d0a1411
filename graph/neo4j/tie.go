package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strings"

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

// ties asks and gathers.
func (s *Store) ties(ctx context.Context, q question, types []graph.LinkType) (*graph.Ties, error) {
	var tied *graph.Tied
	err := s.undisturbed(ctx, "ties", tieFetch, func(run streaming) error {
		tied = &graph.Tied{}
		return run(q.text, q.params, func(r *neo4j.Record) error {
			tied.Cable(graph.Reference(text(r.Values[0])), number(r.Values[1]))
			for i, kind := range types {
				note(tied, kind, r.Values[2+i])
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return tied.Ties(), nil
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
	c := &compiler{searching: how, out: &strings.Builder{}, params: map[string]any{}, names: map[string]string{}}
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

// Adjacent asks for all sides of all nodes of a kind at once: so there are few
// statements, each of which the server plans once, and each node is looked up once.
func (s *Store) Adjacent(ctx context.Context, at *graph.Adjacent) ([]graph.Adjacency, error) {
	graph.TraceFrom(ctx).AddAsk()
	keys, sides := map[graph.Kind][]string{}, map[graph.Kind][]graph.Side{}
	for _, kind := range graph.Kinds {
		of, err := graph.Keys(kind, at.Nodes)
		if err != nil {
			return nil, err
		}
		keys[kind] = of
	}
	for _, side := range at.Sides {
		sides[side.From()] = append(sides[side.From()], side)
	}
	var found []graph.Adjacency
	err := s.undisturbed(ctx, "adjacent", tieFetch, func(run streaming) error {
		found = nil
		for _, kind := range graph.Kinds {
			if len(keys[kind]) == 0 || len(sides[kind]) == 0 {
				continue
			}
			err := run(sidesStatement(kind, sides[kind], at.Limit > 0), map[string]any{"keys": keys[kind], "limit": at.Limit}, func(r *neo4j.Record) error {
				found = appendAdjacencies(found, kind, sides[kind], r.Values)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	graph.SortAdjacencies(at.Nodes, found)
	return found, err
}

// sidesStatement asks for the edges of sides at nodes of a kind, or only for their numbers. Of a
// person's many cables only those are looked at whose edge is as strong as the weakest that is wanted.
//
//	UNWIND $keys AS key
//	MATCH (n:Person {slug: key})
//	WITH n, key, COLLECT { MATCH (n)<-[e:MENTIONS]-() RETURN e.count AS weight ORDER BY weight DESC LIMIT $limit }[-1] AS least
//	RETURN key, COUNT { (n)<-[:MENTIONS]-() }, COLLECT {
//	  MATCH (n)<-[e:MENTIONS]-(x:Cable) WHERE e.count >= least
//	  WITH x, e.count AS weight ORDER BY weight DESC, x.createdMinute DESC, x.reference LIMIT $limit
//	  RETURN [x.reference, weight] }
func sidesStatement(kind graph.Kind, sides []graph.Side, ends bool) string {
	nodeLabel, nodeKey := label(kind)
	text := fmt.Sprintf("UNWIND $keys AS key\nMATCH (n:%s {%s: key})\n", nodeLabel, nodeKey)
	if mentioned := (graph.Side{Type: graph.LinkMentions}); ends && slices.Contains(sides, mentioned) {
		text += "WITH n, key, COLLECT { MATCH (n)<-[e:MENTIONS]-() RETURN e.count AS weight ORDER BY weight DESC LIMIT $limit }[-1] AS least\n"
	}
	text += "RETURN key"
	for _, side := range sides {
		left, right := "<-[", "]-"
		if side.Out {
			left, right = "-[", "]->"
		}
		text += fmt.Sprintf(", COUNT { (n)%s:%s%s() }", left, side.Type, right)
		if ends {
			text += ", " + endsOf(side, left, right)
		}
	}
	return text
}

// endsOf lists the strongest far ends of a side.
func endsOf(side graph.Side, left, right string) string {
	farLabel, farKey := label(side.To())
	weight, orders, strong := "1", []string{}, ""
	if side.Type == graph.LinkMentions {
		weight, orders = "e.count", append(orders, "weight DESC")
		if !side.Out {
			strong = " WHERE e.count >= least"
		}
	}
	if side.To() == graph.KindCable {
		orders = append(orders, "x.createdMinute DESC")
	}
	orders = append(orders, "x."+farKey)
	return fmt.Sprintf("COLLECT {\n  MATCH (n)%se:%s%s(x:%s)%s\n  WITH x, %s AS weight ORDER BY %s LIMIT $limit\n  RETURN [x.%s, weight] }",
		left, side.Type, right, farLabel, strong, weight, strings.Join(orders, ", "), farKey)
}

// appendAdjacencies reads a row: a key, then for each side the number of edges and, where they were asked for, the ends.
func appendAdjacencies(found []graph.Adjacency, kind graph.Kind, sides []graph.Side, values []any) []graph.Adjacency {
	width := (len(values) - 1) / len(sides)
	for i, side := range sides {
		of := values[1+i*width:][:width]
		a := graph.Adjacency{Node: graph.NewID(kind, text(values[0])), Side: side, Total: int(number(of[0]))}
		if a.Total == 0 {
			continue
		}
		if width == 2 {
			ends, _ := of[1].([]any)
			for _, end := range ends {
				pair, _ := end.([]any)
				a.Ends = append(a.Ends, graph.End{ID: graph.NewID(side.To(), text(pair[0])), Weight: int(number(pair[1]))})
			}
		}
		found = append(found, a)
	}
	return found
}
