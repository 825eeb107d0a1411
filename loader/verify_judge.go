package loader

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// judge checks what only the whole walk shows.
func (w *walked) judge() {
	w.positions()
	w.named()
	w.mentions()
	w.signatures()
}

func (w *walked) positions() {
	var expected []uint32
	for n := range w.kept.cable {
		for i, list := range w.kept.cable[n].lists {
			if list.count > 0 {
				w.found.check(rulePositions, list.whole(&expected), w.kept.cableID(uint32(n))+" "+string(listNames[i]),
					fmt.Sprintf("the positions of the %d edges are not 0 to %d", list.count, list.count-1))
			}
		}
	}
}

// named looks for nodes that nothing leads to.
func (w *walked) named() {
	check := func(kind graph.Kind, key string, named bool) {
		w.found.check(ruleNamed, named, string(graph.NewID(kind, key)), "nothing names it")
	}
	for n, c := range w.kept.cable {
		check(graph.KindCable, w.kept.cables.keys[n], c.published || c.cited)
	}
	for n, named := range w.kept.postNamed {
		check(graph.KindPost, w.kept.posts.keys[n], named)
	}
	for n, p := range w.kept.person {
		check(graph.KindPerson, w.kept.people.keys[n], p.named)
	}
	for n, named := range w.kept.tagNamed {
		check(graph.KindTag, w.kept.tags.keys[n], named)
	}
}

// mentions looks for cables that mention one person by two edges.
func (w *walked) mentions() {
	all := w.kept.mentions
	for len(all) > 0 {
		of := w.kept.mentionsOf(all[0].cable)
		for i, m := range of {
			twice := slices.ContainsFunc(of[:i], func(other keptMention) bool { return other.person == m.person })
			w.found.check(ruleOnce, !twice, w.kept.edge(m.cable, graph.LinkMentions, m.person), "the edge stands twice")
		}
		all = all[len(of):]
	}
}

func (w *walked) signatures() {
	for i, s := range w.kept.signatures {
		kind := graph.LinkSignedBy
		if s.classified {
			kind = graph.LinkClassifiedBy
		}
		at := w.kept.edge(s.cable, kind, s.person)
		mentioned := slices.ContainsFunc(w.kept.mentionsOf(s.cable), func(m keptMention) bool { return m.person == s.person })
		w.found.check(ruleSigners, mentioned, at, "the cable does not mention the person")
		twice := false
		for j := i - 1; j >= 0 && w.kept.signatures[j].cable == s.cable; j-- {
			twice = twice || w.kept.signatures[j].person == s.person && w.kept.signatures[j].classified == s.classified
		}
		w.found.check(ruleOnce, !twice, at, "the edge stands twice")
	}
}

// edge names an edge from a cable to a person.
func (k *kept) edge(cable uint32, kind graph.LinkType, person uint32) string {
	return fmt.Sprintf("%s %s %s", k.cableID(cable), kind, k.personID(person))
}

// tally counts what a walk shows, as graph.Corpus does.
type tally struct {
	corpus  graph.Corpus
	days    map[string]int
	classes map[string]graph.ClassificationCount
}

func (t *tally) cable(c *graph.Cable) {
	if t.days == nil {
		t.days, t.classes = map[string]int{}, map[string]graph.ClassificationCount{}
	}
	if c.Published {
		t.corpus.Published++
	} else {
		t.corpus.Announced++
	}
	widen(&t.corpus.Created, c.Created)
	widen(&t.corpus.Released, c.Released)
	if !c.Released.IsZero() {
		t.days[c.Released.Format(time.DateOnly)]++
	}
	if c.Classification != nil {
		count := t.classes[c.Classification.Label]
		t.classes[c.Classification.Label] = graph.ClassificationCount{Classification: *c.Classification, Count: count.Count + 1}
	}
}

func widen(s *graph.TimeSpan, t time.Time) {
	if t.IsZero() {
		return
	}
	if s.From.IsZero() || t.Before(s.From) {
		s.From = t
	}
	if t.After(s.To) {
		s.To = t
	}
}

func (t *tally) link(l *graph.Link) {
	switch l.Type {
	case graph.LinkReferences:
		t.corpus.References++
	case graph.LinkMentions:
		t.corpus.Mentions++
	}
}

// compare holds the corpus against what the walk counted.
func (w *walked) compare(corpus *graph.Corpus) {
	c := &w.tally.corpus
	for _, row := range []struct {
		what         string
		says, counts any
	}{
		{"cables", corpus.Cables, len(w.kept.cable)},
		{"published", corpus.Published, c.Published},
		{"announced", corpus.Announced, c.Announced},
		{"posts", corpus.Posts, len(w.kept.postNamed)},
		{"people", corpus.People, len(w.kept.person)},
		{"tags", corpus.Tags, len(w.kept.tagNamed)},
		{"references", corpus.References, c.References},
		{"mentions", corpus.Mentions, c.Mentions},
		{"created", corpus.Created, c.Created},
		{"released", corpus.Released, c.Released},
	} {
		w.found.check(ruleCounts, row.says == row.counts, row.what, fmt.Sprintf("the corpus says %v, counting gives %v", row.says, row.counts))
	}
	w.table("release days", differing(daysOf(corpus), w.tally.days))
	w.table("classifications", differing(classesOf(corpus), w.tally.classes))
}

// table judges a whole table of the corpus by its first line that differs.
func (w *walked) table(what, why string) { w.found.check(ruleCounts, why == "", what, why) }

func daysOf(c *graph.Corpus) map[string]int {
	days := map[string]int{}
	for _, d := range c.ReleaseDays {
		days[d.Day] += d.Count
	}
	return days
}

func classesOf(c *graph.Corpus) map[string]graph.ClassificationCount {
	classes := map[string]graph.ClassificationCount{}
	for _, k := range c.Classifications {
		classes[k.Classification.Label] = k
	}
	return classes
}

// differing says in what the corpus and the count differ first; nothing where they do not.
func differing[V any](says, counts map[string]V) string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(says)), maps.Keys(counts))
	slices.Sort(keys)
	for _, key := range keys {
		if x, y := fmt.Sprint(says[key]), fmt.Sprint(counts[key]); x != y {
			return fmt.Sprintf("%s: the corpus says %s, counting gives %s", key, x, y)
		}
	}
	return ""
}
