package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// benchCables is how many cables the benchmarks have: few where nothing is said.
func benchCables(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("CABLEGRAPH_BENCH_CABLES"))
	if err != nil {
		n = 2000
	}
	return n
}

// pick draws a number below n, small ones much more often.
func pick(rnd *rand.Rand, n int) int {
	f := rnd.Float64()
	return int(f * f * f * float64(n))
}

func benchPost(i int) graph.Post {
	name := fmt.Sprintf("Embassy Place%d", i)
	return graph.Post{Slug: graph.Slug(name), Name: name, Kind: graph.PostEmbassy, City: fmt.Sprintf("Place%d", i), Country: "Land"}
}

// benchRecords makes cables as they are in the large: a few tags, posts and
// people have most of them.
func benchRecords(from, to int) []graph.Record {
	records := make([]graph.Record, 0, to-from)
	for i := from; i < to; i++ {
		rnd := rand.New(rand.NewPCG(7, uint64(i)))
		created := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 17 * time.Minute)
		origin := benchPost(pick(rnd, 250))
		words := make([]string, 200)
		for w := range words {
			words[w] = fmt.Sprintf("word%d", pick(rnd, 20000))
		}
		r := graph.Record{
			Cable: graph.Cable{
				Reference: graph.Reference(fmt.Sprintf("09PLACE%d", i)), Published: true, Subject: strings.Join(words[:8], " "), Created: created, Released: created,
				Classification: graph.ParseClassification("CONFIDENTIAL//NOFORN"), Body: strings.Join(words, " "), Header: "header",
				Sources: []graph.Source{{File: "bench", SHA256: "0"}},
			},
			Origin: &origin,
		}
		for p := range 4 {
			r.Recipients = append(r.Recipients, graph.Recipient{Post: benchPost((pick(rnd, 250) + p*250)), Action: p == 0, As: "AMEMBASSY"})
		}
		tags := map[int]bool{}
		for range 7 {
			if t := pick(rnd, 1500); !tags[t] {
				tags[t] = true
				r.Tags = append(r.Tags, graph.Tag{Code: fmt.Sprintf("T%d", t), Kind: graph.TagSubject})
			}
		}
		people := map[int]bool{}
		for range 7 {
			if p := pick(rnd, 50000); !people[p] {
				people[p] = true
				name := fmt.Sprintf("Given%d Family%d", p, p/3)
				r.People = append(r.People, graph.Naming{Name: name, Surname: fmt.Sprintf("family%d", p/3), Mention: graph.Mention{
					Count: 1, Forms: []string{name}, Role: graph.RoleMentioned, Spans: []graph.Span{{Field: graph.InBody, Start: 1, End: 5, Text: name}}, Confidence: 1, Rule: "bench",
				}})
			}
		}
		if i > 10 {
			r.References = []graph.Citation{{Reference: graph.Reference(fmt.Sprintf("09PLACE%d", rnd.IntN(i))), As: "REF"}}
		}
		r.Seal()
		records = append(records, r)
	}
	return records
}

// benchStore is a store with the benchmarks' cables. A store kept in the folder
// CABLEGRAPH_BENCH_KEEP is used again.
func benchStore(b *testing.B) *Store {
	n := benchCables(b)
	path := b.TempDir() + "/cables.db"
	if keep := os.Getenv("CABLEGRAPH_BENCH_KEEP"); keep != "" {
		path = fmt.Sprintf("%s/%d.db", keep, n)
	}
	s, err := Open(context.Background(), path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close(context.Background()) })
	c, err := s.Corpus(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	for at := c.Published; at < n; at += 500 {
		if err := s.Write(context.Background(), benchRecords(at, min(at+500, n))); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

func BenchmarkWrite(b *testing.B) {
	s, err := Open(context.Background(), b.TempDir()+"/cables.db")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close(context.Background())
	const size = 500
	written := 0
	for b.Loop() {
		b.StopTimer()
		records := benchRecords(written, written+size)
		b.StartTimer()
		if err := s.Write(context.Background(), records); err != nil {
			b.Fatal(err)
		}
		written += size
	}
	b.ReportMetric(float64(written)/b.Elapsed().Seconds(), "cables/s")
}

func BenchmarkAsk(b *testing.B) {
	s := benchStore(b)
	where := func(tag, person int) *graph.CableWhere {
		return &graph.CableWhere{Tags: &graph.TagsFilter{All: []string{fmt.Sprintf("T%d", tag)}}, Mentions: &graph.PersonWhere{Name: ptr(fmt.Sprintf("Given%d Family%d", person, person/3))}}
	}
	below := func(s *graph.Step, steps ...*graph.Step) *graph.Step {
		for i, c := range steps {
			c.Path, c.Total = []string{fmt.Sprint(i)}, false
		}
		s.Steps = steps
		return s
	}
	narrow := graph.FieldSubject | graph.FieldCreated
	fields := func(s *graph.Step) { s.Fields = narrow }
	noTotal := func(s *graph.Step) { s.Total = false }
	size := func(n int) func(*graph.Step) { return func(s *graph.Step) { s.Page.Size = n } }
	paris := func(s *graph.Step) { s.Keys = []string{"embassy-place0"} }
	rich := func(s *graph.Step) *graph.Step {
		return below(s, rowsOf(graph.CableTags), rowsOf(graph.CablePeople), rowsOf(graph.CableReferences))
	}
	origin := where(3, 12)
	origin.Origin = &graph.PostWhere{Name: ptr("Embassy Place0")}
	for _, q := range []struct {
		name string
		step *graph.Step
	}{
		{"mission from the root", rich(rowsOf(graph.RootCables, cables(origin), fields))},
		{"mission below the post", below(rowsOf(graph.RootPosts, paris), rich(rowsOf(graph.PostCables, cables(where(3, 12)), fields)))},
		{"common tag, common person", rich(rowsOf(graph.RootCables, cables(where(0, 0)), fields))},
		{"common tag, newest ten", rowsOf(graph.RootCables, cables(&graph.CableWhere{Tags: &graph.TagsFilter{All: []string{"T0"}}}), fields, noTotal)},
		{"rare tag", rowsOf(graph.RootCables, cables(&graph.CableWhere{Tags: &graph.TagsFilter{All: []string{"T1200"}}}), fields)},
		{"ten newest of fifty people", below(rowsOf(graph.RootPeople, size(50)), rowsOf(graph.PersonCables, fields))},
		{"four levels, 100 by 10", below(rowsOf(graph.RootPeople, size(100), func(s *graph.Step) { s.Order = []graph.Order{{By: graph.ByCables, Desc: true}, {By: graph.ByKey}} }),
			below(rowsOf(graph.PersonCables, fields), below(rowsOf(graph.CableReferences, fields), rowsOf(graph.CableOrigin))))},
		{"100 cables with all", rich(rowsOf(graph.RootCables, size(100), func(s *graph.Step) { s.Fields = ^graph.Fields(0) }))},
		{"full text", rowsOf(graph.RootCables, cables(&graph.CableWhere{Text: ptr("word100 word7")}), fields)},
		{"either", rowsOf(graph.RootCables, cables(&graph.CableWhere{Or: []*graph.CableWhere{where(700, 40), where(20, 3000)}}), fields)},
		{"no anchor", rowsOf(graph.RootCables, cables(&graph.CableWhere{Not: where(0, 0)}), fields, noTotal)},
		{"people with a busy person", below(rowsOf(graph.RootPeople, func(s *graph.Step) { s.Keys = []string{"given0-family0"} }), rowsOf(graph.PersonMentionedWith))},
		{"people of a busy post", below(rowsOf(graph.RootPosts, paris), rowsOf(graph.PostPeople))},
		{"related cables", below(rowsOf(graph.RootCables, size(1)), rowsOf(graph.CableRelated))},
	} {
		plan := &graph.Plan{Steps: []*graph.Step{q.step}}
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Ask(context.Background(), plan); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
