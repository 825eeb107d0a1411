package neo4j

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

// walkFetch is how many rows are under way at a time: cables have long bodies.
const walkFetch = 100

// The statements of Walk: all of a node, or an edge with the keys of its ends.
const (
	walkCables = `MATCH (c:Cable)
RETURN c { .reference, .published, .subject, .createdMinute, .releasedMinute, .classification, .level, .caveats, .marks,
  .summary, .header, .body, .paragraphs, .otherReferences, .hash, .sources } AS node`

	walkPosts = `MATCH (p:Post)
RETURN properties(p) AS node`

	walkPeople = `MATCH (p:Person)
RETURN properties(p) AS node`

	walkTags = `MATCH (t:Tag)
RETURN properties(t) AS node`

	walkLinks = `MATCH (c:Cable)-[e:SENT_FROM|SENT_TO|TAGGED|MENTIONS|SIGNED_BY|CLASSIFIED_BY|REFERENCES]->(x)
RETURN type(e) AS type, c.reference AS from, coalesce(x.slug, x.code, x.reference) AS to, properties(e) AS edge`

	walkTagOf = `MATCH (t:Tag)-[:TAG_OF]->(p:Person)
RETURN 'TAG_OF' AS type, t.code AS from, p.slug AS to, {} AS edge`
)

// Walk streams all nodes and then all edges, in one transaction.
func (s *Store) Walk(ctx context.Context, visit func(graph.Element) error) error {
	return s.stream(ctx, "walk", walkFetch, func(run streaming) error {
		for _, part := range []struct {
			statement string
			element   func(map[string]any) graph.Element
		}{
			{walkCables, cableElement},
			{walkPosts, postElement},
			{walkPeople, personElement},
			{walkTags, tagElement},
			{walkLinks, linkElement},
			{walkTagOf, linkElement},
		} {
			if err := run(part.statement, nil, func(r *neo4j.Record) error { return visit(part.element(r.AsMap())) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// streaming runs a statement and hands its rows to visit as they come. An error of visit comes back as it is.
type streaming func(statement string, params map[string]any, visit func(*neo4j.Record) error) error

// stream runs statements in one transaction, fetch rows at a time. What was
// visited can't be read again, so where a writer came between it ends with
// graph.ErrConflict: what was read then was of no one state of the graph.
func (s *Store) stream(ctx context.Context, what string, fetch int, work func(run streaming) error) error {
	if err := ctx.Err(); err != nil {
		return translate(ctx, err)
	}
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode: neo4j.AccessModeRead, FetchSize: fetch,
		BookmarkManager: s.driver.ExecuteQueryBookmarkManager(),
	})
	defer session.Close(ctx)
	tx, err := session.BeginTransaction(ctx, timeout(ctx, 0))
	if err != nil {
		return fmt.Errorf("%s: %w", what, translate(ctx, err))
	}
	defer tx.Close(ctx)
	before, err := gateVersion(ctx, tx)
	if err != nil {
		return err
	}
	err = work(func(statement string, params map[string]any, visit func(*neo4j.Record) error) error {
		result, err := tx.Run(ctx, statement, params)
		if err != nil {
			return fmt.Errorf("%s: %w", what, translate(ctx, err))
		}
		for result.Next(ctx) {
			if err := visit(result.Record()); err != nil {
				return err
			}
		}
		if err := result.Err(); err != nil {
			return fmt.Errorf("%s: %w", what, translate(ctx, err))
		}
		return nil
	})
	if err != nil {
		return err
	}
	after, err := gateVersion(ctx, tx)
	if err == nil && (after != before || after%2 == 1 && after != s.killed.Load()) {
		err = fmt.Errorf("%s: the graph changed meanwhile: %w", what, graph.ErrConflict)
	}
	return err
}

// undisturbed does work that hands nothing out yet until no writer comes between, or
// the patience ends. It notes the statements in the context's Trace.
func (s *Store) undisturbed(ctx context.Context, what string, fetch int, work func(run streaming) error) (err error) {
	pause := firstPause
	for range readersPatience {
		err = s.stream(ctx, what, fetch, func(run streaming) error {
			return work(func(statement string, params map[string]any, visit func(*neo4j.Record) error) error {
				start, rows := time.Now(), 0
				err := run(statement, params, func(r *neo4j.Record) error {
					rows++
					return visit(r)
				})
				trace(ctx, statement, params, rows, start)
				return err
			})
		})
		if !errors.Is(err, graph.ErrConflict) {
			return err
		}
		sleep(ctx, pause)
		pause = min(2*pause, longestPause)
	}
	return err
}

// gateVersion looks at the gate in a transaction.
func gateVersion(ctx context.Context, tx neo4j.ExplicitTransaction) (int64, error) {
	result, err := tx.Run(ctx, lookAtGate, nil)
	if err == nil {
		var row *neo4j.Record
		if row, err = result.Single(ctx); err == nil {
			return number(row.Values[0]), nil
		}
	}
	return 0, fmt.Errorf("gate: %w", translate(ctx, err))
}

// fill sets what the properties say, by the columns that answers are read with.
func fill(e *graph.Edge, columns []column, properties map[string]any) {
	for i := range columns {
		if name := columns[i].property + columns[i].ofEdge; name != "" {
			columns[i].set(e, properties[name])
		}
	}
}

func node(row map[string]any) map[string]any {
	properties, _ := row["node"].(map[string]any)
	return properties
}

func cableElement(row map[string]any) graph.Element {
	properties := node(row)
	e := graph.Edge{Cable: &graph.Cable{Reference: graph.Reference(text(properties["reference"])), Hash: text(properties["hash"])}}
	fill(&e, cableColumns, properties)
	return graph.Element{Cable: e.Cable, Marks: text(properties["marks"])}
}

func postElement(row map[string]any) graph.Element {
	e := graph.Edge{Post: &graph.Post{Slug: text(node(row)["slug"])}}
	fill(&e, postColumns, node(row))
	return graph.Element{Post: e.Post}
}

func personElement(row map[string]any) graph.Element {
	properties := node(row)
	e := graph.Edge{Person: &graph.Person{
		Slug: text(properties["slug"]), Surname: text(properties["surname"]), Tag: text(properties["tag"]), Alone: properties["alone"] == true,
	}}
	fill(&e, personColumns, properties)
	return graph.Element{Person: e.Person}
}

func tagElement(row map[string]any) graph.Element {
	e := graph.Edge{Tag: &graph.Tag{Code: text(node(row)["code"])}}
	fill(&e, tagColumns, node(row))
	return graph.Element{Tag: e.Tag}
}

func linkElement(row map[string]any) graph.Element {
	kind := graph.LinkType(text(row["type"]))
	properties, _ := row["edge"].(map[string]any)
	from, to := kind.Ends()
	link := &graph.Link{Type: kind, From: graph.NewID(from, text(row["from"])), To: graph.NewID(to, text(row["to"])), As: text(properties["as"])}
	switch kind {
	case graph.LinkSentTo, graph.LinkTagged, graph.LinkReferences, graph.LinkMentions:
		link.Position = int(number(properties["position"]))
	}
	link.Action = properties["action"] == true
	link.Precedence = graph.Precedence(text(properties["precedence"]))
	link.Label = text(properties["label"])
	if kind == graph.LinkMentions {
		link.Name, link.Surname, link.Tag = text(properties["name"]), text(properties["surname"]), text(properties["tag"])
		properties["forms"] = formsOf(properties["name"], properties["forms"])
		e := graph.Edge{Mention: &graph.Mention{}}
		fill(&e, mentionColumns, properties)
		link.Mention = e.Mention
	}
	return graph.Element{Link: link, Marks: text(properties["marks"])}
}
