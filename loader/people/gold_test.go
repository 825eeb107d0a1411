package people

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
)

// The labels. Those of labelsFile are of sixty cables that were drawn at random, and made when the rules for
// goldFile were written; rules since then have seen both, so on other cables expect less.
const (
	goldFile   = "../../../shared/people/gold.jsonl"
	labelsFile = "testdata/labels.jsonl"
)

// scoreFile lists each miss and each false find, so that every change of them shows.
const scoreFile = "testdata/score.txt"

var update = flag.Bool("update", false, "write the golden files anew")

// labelled is one person of a cable as labelled by hand, or as found.
type labelled struct {
	Name  string   `json:"name"`
	Forms []string `json:"forms"`
	Kind  string   `json:"kind"`
	Weak  bool     `json:"weak"`
}

type goldCable struct {
	ID     graph.Reference `json:"id"`
	People []labelled      `json:"people"`
}

func readGold(t *testing.T, file string) []goldCable {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var gold []goldCable
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c goldCable
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		gold = append(gold, c)
	}
	return gold
}

// labelKey is how a label's words are compared: as Fold has them, apostrophes kept inside words.
func labelKey(s string) string {
	s = strings.NewReplacer("’", "'", "'s ", " ").Replace(s)
	words := strings.Fields(strings.ReplaceAll(s, "'", "q0q"))
	for i, w := range words {
		words[i] = strings.ReplaceAll(graph.Fold(w), "q0q", "'")
	}
	return strings.Join(words, " ")
}

func (l labelled) keys() []string {
	var keys []string
	for _, s := range append([]string{l.Name}, l.Forms...) {
		if k := labelKey(s); k != "" {
			keys = append(keys, k)
		}
	}
	return keys
}

func sameForm(a, b labelled) bool {
	have := b.keys()
	return slices.ContainsFunc(a.keys(), func(k string) bool { return slices.Contains(have, k) })
}

// sameBearer: the same surname, and one name's words contain the other's.
func sameBearer(a, b labelled) bool {
	x, y := strings.Fields(labelKey(a.Name)), strings.Fields(labelKey(b.Name))
	if len(x) == 0 || len(y) == 0 || x[len(x)-1] != y[len(y)-1] {
		return false
	}
	within := func(x, y []string) bool {
		return !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
	}
	return within(x, y) || within(y, x)
}

// pair matches each label with one find: by a form first, then by the name.
func pair(gold, found []labelled) (hits int, missed, extra []labelled) {
	missed, extra = slices.Clone(gold), slices.Clone(found)
	for _, same := range []func(a, b labelled) bool{sameForm, sameBearer} {
		for i := 0; i < len(missed); {
			j := slices.IndexFunc(extra, func(f labelled) bool { return same(missed[i], f) })
			if j < 0 {
				i++
				continue
			}
			hits++
			missed, extra = slices.Delete(missed, i, i+1), slices.Delete(extra, j, j+1)
		}
	}
	return hits, missed, extra
}

// score is how finds compare with labels.
type score struct {
	right, wrong, left int
	hits, all          map[string]int // kind of label → of right, of all
	lines              []string       // each miss and false find
}

func (s *score) add(c *goldCable, found []labelled) {
	weak := slices.DeleteFunc(slices.Clone(c.People), func(p labelled) bool { return !p.Weak })
	strong := slices.DeleteFunc(slices.Clone(c.People), func(p labelled) bool { return p.Weak })
	hits, missed, extra := pair(strong, found)
	_, _, extra = pair(weak, extra)
	s.right, s.wrong, s.left = s.right+hits, s.wrong+len(extra), s.left+len(missed)
	for _, p := range strong {
		s.all[p.Kind]++
		s.hits[p.Kind]++
	}
	for _, m := range missed {
		s.hits[m.Kind]--
		s.lines = append(s.lines, fmt.Sprintf("missed  %s  %s", c.ID, m.Name))
	}
	for _, f := range extra {
		s.lines = append(s.lines, fmt.Sprintf("false   %s  %s", c.ID, f.Name))
	}
}

func (s *score) precision() float64 { return float64(s.right) / float64(s.right+s.wrong) }

func (s *score) f1() float64 {
	return 2 * float64(s.right) / float64(2*s.right+s.wrong+s.left)
}

func (s *score) write(b *strings.Builder, title string) {
	slices.Sort(s.lines)
	fmt.Fprintf(b, "%s\n%s\n", title, strings.Join(s.lines, "\n"))
	for _, kind := range slices.Sorted(maps.Keys(s.all)) {
		fmt.Fprintf(b, "recall %s: %d of %d\n", kind, s.hits[kind], s.all[kind])
	}
	fmt.Fprintf(b, "found %d, false %d, missed %d: precision %.3f, recall %.3f, F1 %.3f\n\n",
		s.right, s.wrong, s.left, s.precision(), float64(s.right)/float64(s.right+s.left), s.f1())
}

func TestScore(t *testing.T) {
	found := map[graph.Reference][]labelled{}
	for _, pg := range corpus(t) {
		for _, n := range pg.namings {
			ref := pg.parsed.Cable.Reference
			found[ref] = append(found[ref], labelled{Name: n.Name, Forms: n.Forms})
		}
	}
	var report strings.Builder
	for _, set := range []struct{ title, file string }{{"32 cables", goldFile}, {"60 cables", labelsFile}} {
		s := &score{hits: map[string]int{}, all: map[string]int{}}
		for _, c := range readGold(t, set.file) {
			s.add(&c, found[c.ID])
		}
		s.write(&report, set.title)
		for kind, all := range s.all {
			if float64(s.hits[kind]) < 0.9*float64(all) {
				t.Errorf("%s: recall of kind %s is %d of %d, want nine in ten", set.title, kind, s.hits[kind], all)
			}
		}
		if s.f1() < 0.92 || s.precision() < 0.92 {
			t.Errorf("%s: F1 %.3f, precision %.3f; want 0.92 of both", set.title, s.f1(), s.precision())
		}
	}
	if *update {
		if err := os.WriteFile(scoreFile, []byte(report.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(scoreFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), report.String()); diff != "" {
		t.Errorf("%s (-want +got), make people-score writes it:\n%s", scoreFile, diff)
	}
}
