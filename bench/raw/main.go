// Command raw measures what the API costs above the database: the question that
// the project exists for, by hand-written Cypher through the raw driver and by
// GraphQL over HTTP, at one client, on the same server, in turns.
//
//	raw -neo4j bolt://127.0.0.1:7687 -url http://127.0.0.1:8080/graphql
//
// It ends with exit code 1 where the answers differ.
package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Which cables of Embassy Paris, tagged IR, mention Bernard Kouchner, newest
// first, with the tags, people and references of each?
const cypher = `
MATCH (p:Post {slug: $post})<-[:SENT_FROM]-(c:Cable)-[:TAGGED]->(:Tag {code: $tag}),
      (c)-[:MENTIONS]->(:Person {slug: $person})
WITH DISTINCT c
ORDER BY c.createdMinute DESC, c.reference
LIMIT $first
RETURN c.reference AS reference, c.subject AS subject, c.created AS created,
  COLLECT { MATCH (c)-[:TAGGED]->(t:Tag) RETURN t.code ORDER BY t.code LIMIT 100 } AS tags,
  COLLECT { MATCH (c)-[:MENTIONS]->(p:Person) RETURN p.name ORDER BY p.slug LIMIT 200 } AS people,
  COLLECT {
    MATCH (c)-[:REFERENCES]->(r:Cable)
    RETURN {reference: r.reference, subject: r.subject,
            origin: head(COLLECT { MATCH (r)-[:SENT_FROM]->(o:Post) RETURN o.name })}
    ORDER BY r.reference LIMIT 100
  } AS references
`

const query = `{ post(name: "Embassy Paris") { cables(where: {tags: {all: ["IR"]}, mentions: {name: "Bernard Kouchner"}}, first: 10) {
  nodes { reference subject created
    tags(first: 100) { nodes { code } }
    people(first: 200) { nodes { name } }
    references(first: 100) { nodes { reference subject origin { name } } }
  } } } }`

var parameters = map[string]any{"post": "embassy-paris", "tag": "IR", "person": "bernard-kouchner", "first": 10}

func main() {
	uri := flag.String("neo4j", "bolt://127.0.0.1:7687", "the database")
	url := flag.String("url", "http://127.0.0.1:8080/graphql", "the API over the same database")
	rounds := flag.Int("n", 500, "questions of each kind")
	flag.Parse()
	if err := compare(*uri, *url, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "raw:", err)
		os.Exit(1)
	}
}

// asker asks the question once and returns the references of the answer.
type asker func(ctx context.Context) ([]string, error)

func compare(uri, url string, rounds int) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	auth := neo4j.NoAuth()
	if password := os.Getenv("CABLEGRAPH_NEO4J_PASSWORD"); password != "" {
		auth = neo4j.BasicAuth(cmp.Or(os.Getenv("CABLEGRAPH_NEO4J_USER"), "neo4j"), password, "")
	}
	db, err := neo4j.NewDriverWithContext(uri, auth)
	if err != nil {
		return fmt.Errorf("opening %s: %w", uri, err)
	}
	defer func() { _ = db.Close(ctx) }()
	raw := func(ctx context.Context) ([]string, error) { return askRaw(ctx, db) }
	api := func(ctx context.Context) ([]string, error) { return askAPI(ctx, url) }
	want, err := raw(ctx)
	if err != nil {
		return err
	}
	got, err := api(ctx)
	if err != nil {
		return err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the answers differ: the API %v, Cypher %v", got, want)
	}
	times, err := measure(ctx, rounds, raw, api)
	if err != nil {
		return err
	}
	r, a := times[0], times[1]
	fmt.Printf("raw      same answer: true (%d cables)  API p50 %.2f ms p99 %.2f ms  raw driver p50 %.2f ms p99 %.2f ms  ratio of p50 %.2f\n",
		len(want), at(a, 50), at(a, 99), at(r, 50), at(r, 99), at(a, 50)/at(r, 50))
	return nil
}

// measure asks in turns, so that both meet the same weather; a tenth of the rounds warms up.
func measure(ctx context.Context, rounds int, askers ...asker) ([][]time.Duration, error) {
	times := make([][]time.Duration, len(askers))
	for round := range rounds + rounds/10 {
		for i, ask := range askers {
			start := time.Now()
			if _, err := ask(ctx); err != nil {
				return nil, err
			}
			if round >= rounds/10 {
				times[i] = append(times[i], time.Since(start))
			}
		}
	}
	for i := range times {
		slices.Sort(times[i])
	}
	return times, nil
}

// at is a percentile of sorted times, in milliseconds.
func at(times []time.Duration, percent int) float64 {
	return float64(times[(len(times)-1)*percent/100].Microseconds()) / 1000
}

func askRaw(ctx context.Context, db neo4j.DriverWithContext) ([]string, error) {
	session := db.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead})
	defer func() { _ = session.Close(ctx) }()
	return neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) ([]string, error) {
		result, err := tx.Run(ctx, cypher, parameters)
		if err != nil {
			return nil, err
		}
		var references []string
		for result.Next(ctx) {
			reference, _, err := neo4j.GetRecordValue[string](result.Record(), "reference")
			if err != nil {
				return nil, err
			}
			references = append(references, reference)
		}
		return references, result.Err()
	})
}

var body = mustJSON(map[string]string{"query": query})

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func askAPI(ctx context.Context, url string) ([]string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Data struct {
			Post *struct {
				Cables struct{ Nodes []struct{ Reference string } }
			}
		}
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, 16<<20)).Decode(&answer); err != nil {
		return nil, fmt.Errorf("reading the answer of %s: %w", url, err)
	}
	if len(answer.Errors) > 0 {
		return nil, errors.New(answer.Errors[0].Message)
	}
	if answer.Data.Post == nil {
		return nil, fmt.Errorf("%s knows no Embassy Paris: was the archive loaded?", url)
	}
	var references []string
	for _, n := range answer.Data.Post.Cables.Nodes {
		references = append(references, n.Reference)
	}
	return references, nil
}
