package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// piecesOfText are what the borders of words depend on; every third pair of them is glued.
var piecesOfText = []string{
	"Iran", "iran", "Iran's", "IRAN’S", "Iranian", "U.S.", "U.S.'s", "E.O", "Qa'ida", "Qa’ida's", "Sana‘a", "O'Brien’s", "don't", "s", "'s", "a", "b", "C",
	"1", "1.5", "1,000", "3;4", "12'5", "F-16", "a1.5", "1.5a", "9's", "(U)", "//", "x_y", "_", "__", "_name_", "ref:paris", ":", ".", ",", ";", "'", "’", "-", "\n", "¶", "“so”", "–", "€",
	"Zürich", "ŁÓDŹ", "e\u0301te", "Straße", "co\u00adop", "Ελλάδα", "МОСКВА", "中国", "ひら", "カタ", "ไทย", "中", "½", "²", "😀", "a·b",
	// Words that are cut for their length; folding must not make one longer.
	" " + strings.Repeat("x", 254) + "'s ", " " + strings.Repeat("1", 255) + " ", " Iran’s" + strings.Repeat("ab", 300) + " ",
}

// runningTexts: every store cuts running texts as graph.Words does, be they plain or not.
func runningTexts(t *testing.T, open opener) {
	const seed, cables, questions = 7, 240, 900
	rnd := rand.New(rand.NewPCG(seed, seed))
	piece := func(of []string) string { return of[rnd.IntN(len(of))] }
	text := func(pieces int) string {
		of := piecesOfText
		if rnd.IntN(2) == 0 { // plain ones only
			of = slices.DeleteFunc(slices.Clone(of), func(s string) bool { return !graph.PlainWords(s) })
		}
		var b strings.Builder
		for range 1 + rnd.IntN(pieces) {
			b.WriteString(piece(of))
			if rnd.IntN(3) > 0 {
				b.WriteString(piece([]string{" ", " ", "\n", "--", " _ ", "/"}))
			}
		}
		return b.String()
	}
	records := make([]graph.Record, cables)
	for i := range records {
		records[i].Cable = graph.Cable{Reference: graph.Reference(fmt.Sprintf("09PARIS%d", i+1)), Published: true, Subject: text(4), Body: text(25)}
		records[i].Seal()
	}
	long := strings.Repeat("Iran's Qa’ida talks, and so on. ", 60)
	records[0].Cable.Body = long
	records[0].Seal()
	store := open(t)
	write(t, store, records)
	settle(t, store)
	oracle := NewOracle(records, nil)

	phrase := func(text string) string {
		all := strings.Fields(graph.Words(text))
		if len(all) == 0 {
			return "iran"
		}
		at := rnd.IntN(len(all))
		all = all[at:min(len(all), at+1+rnd.IntN(4))]
		if rnd.IntN(4) == 0 {
			all[len(all)-1] = strings.TrimSuffix(all[len(all)-1], "'s")
		}
		said := strings.Join(all, " ")
		if runes := []rune(said); rnd.IntN(3) == 0 {
			if start := string(runes[:max(1, len(runes)-rnd.IntN(3))]); graph.Words(start) != "" {
				return `"` + start + `"*`
			}
		}
		return `"` + said + `"`
	}
	ask := func(w *graph.CableWhere) {
		t.Helper()
		want, got := keysOf(askStep(t, oracle, cablesWhere(w))), keysOf(askStep(t, store, cablesWhere(w)))
		if slices.Equal(got, want) {
			return
		}
		t.Errorf("%s finds %d cables, want %d", show(&graph.Plan{Steps: []*graph.Step{cablesWhere(w)}}), len(got), len(want))
		for _, r := range records {
			if key := string(r.Cable.Reference); slices.Contains(got, key) != slices.Contains(want, key) {
				t.Errorf("found: %t: %q %q", slices.Contains(got, key), r.Cable.Subject, r.Cable.Body)
				return
			}
		}
	}
	for _, question := range []string{
		`"` + long + `"`, `"` + long + ` iran"`, `"` + long + ` ira"*`,
		strings.Repeat(`"iran's qa'ida talks and so on" `, graph.MaxTextTerms), `iran -"` + long + `"`,
	} {
		ask(&graph.CableWhere{Text: &question})
	}
	for range questions {
		c := records[rnd.IntN(cables)].Cable
		w := &graph.CableWhere{}
		switch rnd.IntN(4) {
		case 0:
			w.Body = &graph.BodyFilter{Matches: new(phrase(c.Body))}
		case 1:
			w.Subject = &graph.TextFilter{Matches: new(phrase(c.Subject))}
			if rnd.IntN(2) == 0 {
				w.Subject = &graph.TextFilter{Equals: new(strings.ToUpper(c.Subject))}
			}
		case 2:
			w.Text = new(phrase(c.Body) + " -" + phrase(records[rnd.IntN(cables)].Cable.Body))
		default:
			w.Text = new(phrase(c.Body) + " " + phrase(c.Subject) + " OR " + phrase(c.Body))
		}
		ask(w)
	}
}
