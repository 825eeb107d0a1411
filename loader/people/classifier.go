package people

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// findClassifier finds who classified the cable, in the span that the parser gives.
func (d *doc) findClassifier() {
	s, name := d.p.Classifier, strings.Fields(graph.Fold(d.p.ClassifierName))
	if s.Text == "" || len(name) == 0 || s.Field != graph.InBody {
		return
	}
	start, end := d.tokensIn(s)
	from, to := d.nameIn(start, end, name)
	if from < 0 {
		return
	}
	f := find{role: graph.RoleClassifier, rule: "classified by", confidence: 0.95, full: len(name) > 1, classified: s.Text}
	if t, ok := d.titleBefore(from); ok {
		f.titles = append(f.titles, t.shown)
	}
	if t, ok := d.titleAfter(to); ok {
		f.titles = append(f.titles, t)
	}
	d.add(from, to, f)
}

// nameIn finds the tokens between start and end that read as the folded words, across line ends.
func (d *doc) nameIn(start, end int, name []string) (from, to int) {
	want := strings.Join(name, "")
	for from = start; from < end; from++ {
		have := ""
		for to = from; to < end && len(have) < len(want); to++ {
			have += strings.ReplaceAll(graph.Fold(d.word(to)), " ", "")
		}
		if have == want {
			return from, to
		}
	}
	return -1, -1
}
