// Growth asks the questions of the manual of stores of several sizes and prints
// how long each takes: the median at one client for every question, and the 99th
// percentile at several clients for those named. Nothing but the store differs:
// questions are answered in this process, by the same engine that serves them.
//
//	go run ./bench/growth [-queries docs/queries] [-rounds 15] [-busy 01-mission,…] [-clients 8] SMALL LARGE
//	go run ./bench/growth -fresh [-queries docs/queries] [-rounds 15] STORE
//
// A store is the path of a file or the address of a Neo4j server. With -fresh each
// question is new to the server each time.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	neo4jdriver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/server"
)

// asked is a question, and how it went on one store.
type asked struct {
	name   string
	params graphql.RawParams
}

func main() {
	log.SetFlags(0)
	queries := flag.String("queries", "docs/queries", "folder of *.graphql")
	rounds := flag.Int("rounds", 15, "how often each question is asked, after once to warm up")
	busy := flag.String("busy", "", "questions that are asked by several clients at once, by name, separated by commas")
	clients := flag.Int("clients", 8, "how many")
	held := flag.Bool("held", true, "hold the graph of a SQLite store in memory, as serve does")
	fresh := flag.Bool("fresh", false, "let Neo4j forget its plans before each question")
	seconds := flag.Int("seconds", 10, "for how long they ask each of them")
	flag.Parse()
	if flag.NArg() == 0 {
		log.Fatal("growth: name the stores, the small one first")
	}
	before := func() error { return nil }
	if *fresh {
		before = forget
	}
	if err := measure(*queries, *rounds, *busy, *clients, *seconds, *held, before); err != nil {
		log.Fatalf("growth: %v", err)
	}
}

// measure asks all and prints the tables.
func measure(queries string, rounds int, busy string, clients, seconds int, held bool, before func() error) error {
	questions, err := read(queries)
	if err != nil {
		return err
	}
	engines := make([]*server.Engine, flag.NArg())
	for i, at := range flag.Args() {
		store, err := open(at, held)
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		defer func() { _ = store.Close(context.Background()) }()
		engines[i] = server.NewEngine(store, server.Defaults())
	}
	fmt.Print("| question |")
	for _, at := range flag.Args() {
		fmt.Printf(" %s p50 ms | bytes | counted |", filepath.Base(at))
	}
	fmt.Println(" ratio |")
	fmt.Println("|---|" + strings.Repeat("---:|---:|---:|", len(engines)) + "---:|")
	same, grown := 0, []string{}
	for _, q := range questions {
		fmt.Printf("| %s |", q.name)
		medians, sizes := make([]float64, len(engines)), make([]size, len(engines))
		for i, e := range engines {
			if medians[i], sizes[i], err = q.median(e, rounds, before); err != nil {
				return err
			}
			fmt.Printf(" %.2f | %d | %d |", medians[i], sizes[i].bytes, sizes[i].counted)
		}
		ratio := medians[len(medians)-1] / medians[0]
		fmt.Printf(" %.2f |\n", ratio)
		if sizes[0].like(sizes[len(sizes)-1]) {
			same++
			if ratio > 3 {
				grown = append(grown, q.name)
			}
		}
	}
	fmt.Printf("\n%d answers are as large in both, within a factor of two; above three times: %s\n", same, strings.Join(grown, ", "))
	if busy == "" {
		return nil
	}
	fmt.Printf("\n| question | store | requests/s at %d clients | p50 ms | p99 ms |\n|---|---|---:|---:|---:|\n", clients)
	for _, name := range strings.Split(busy, ",") {
		i := slices.IndexFunc(questions, func(q asked) bool { return q.name == name })
		if i < 0 {
			return fmt.Errorf("no question is called %s", name)
		}
		for k, e := range engines {
			took := questions[i].together(e, clients, time.Duration(seconds)*time.Second)
			fmt.Printf("| %s | %s | %d | %.1f | %.1f |\n", name, filepath.Base(flag.Arg(k)), len(took)/seconds, percentile(took, 50), percentile(took, 99))
		}
	}
	return nil
}

func open(at string, held bool) (graph.Store, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if strings.Contains(at, "://") {
		return neo4j.Open(ctx, at, "", "")
	}
	store, err := sqlite.Open(ctx, at)
	if err == nil && held {
		err = store.Hold(ctx, 1<<30)
	}
	return store, err
}

// read reads the questions with their variables.
func read(folder string) ([]asked, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.graphql"))
	if err != nil {
		return nil, err
	}
	questions := make([]asked, len(files))
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		q := asked{name: strings.TrimSuffix(filepath.Base(file), ".graphql"), params: graphql.RawParams{Query: string(text)}}
		if variables, err := os.ReadFile(strings.TrimSuffix(file, ".graphql") + ".variables.json"); err == nil {
			if err := json.Unmarshal(variables, &q.params.Variables); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
		}
		questions[i] = q
	}
	return questions, nil
}

// forget lets the last server that is named forget its plans.
func forget() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	driver, err := neo4jdriver.NewDriverWithContext(flag.Arg(flag.NArg()-1), neo4jdriver.NoAuth())
	if err != nil {
		return err
	}
	defer func() { _ = driver.Close(ctx) }()
	_, err = neo4jdriver.ExecuteQuery(ctx, driver, "CALL db.clearQueryCaches()", nil, neo4jdriver.EagerResultTransformer)
	return err
}

// size is how large an answer is: its bytes, and the largest number of things counted in it.
type size struct{ bytes, counted int }

func (s size) like(other size) bool {
	near := func(a, b int) bool { return 2*min(a, b) >= max(a, b) }
	return near(s.bytes, other.bytes) && near(s.counted, other.counted)
}

var counts = regexp.MustCompile(`"(?:totalCount|count|weight|cables|mentions)":(\d+)`)

func sizeOf(answer []byte) size {
	s := size{bytes: len(answer)}
	for _, m := range counts.FindAllSubmatch(answer, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		s.counted = max(s.counted, n)
	}
	return s
}

// median asks some times, each after before, and returns the median in milliseconds and the answer's size.
func (q *asked) median(e *server.Engine, rounds int, before func() error) (milliseconds float64, of size, err error) {
	of = sizeOf(q.ask(e))
	took := make([]time.Duration, rounds)
	for i := range took {
		if err := before(); err != nil {
			return 0, of, err
		}
		start := time.Now()
		q.ask(e)
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return percentile(took, 50), of, nil
}

func (q *asked) ask(e *server.Engine) []byte {
	response, _ := e.Answer(context.Background(), &server.Question{RawParams: q.params})
	return response.Data
}

// together asks from several clients at once for a while and returns all times, sorted.
func (q *asked) together(e *server.Engine, clients int, while time.Duration) []time.Duration {
	q.ask(e)
	var lock sync.Mutex
	var all []time.Duration
	var group sync.WaitGroup
	end := time.Now().Add(while)
	for range clients {
		group.Go(func() {
			var took []time.Duration
			for start := time.Now(); start.Before(end); start = time.Now() {
				q.ask(e)
				took = append(took, time.Since(start))
			}
			lock.Lock()
			all = append(all, took...)
			lock.Unlock()
		})
	}
	group.Wait()
	slices.SortFunc(all, cmp.Compare[time.Duration])
	return all
}

func percentile(sorted []time.Duration, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[(len(sorted)-1)*p/100]) / 1e6
}
