package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestHighlights(t *testing.T) {
	for _, row := range []struct {
		name          string
		where         CableWhere
		subject, body string
		want          []string // Marked
	}{
		{"words in both texts", CableWhere{Text: new("iran sanctions")}, "Iran: sanctions", "¶1. The IRANIAN side; Iran's view.", []string{"**Iran**: **sanctions**", "1. The IRANIAN side; **Iran's** view"}},
		{"accents and case are ignored", CableWhere{Text: new("bashir")}, "", "al-BASHÍR spoke", []string{"al-**BASHÍR** spoke"}},
		{"a phrase over a line break", CableWhere{Text: new(`"deputy minister"`)}, "", "the Deputy\n  Minister and a minister", []string{"the **Deputy Minister** and a minister"}},
		{"the start of a word", CableWhere{Text: new("enrich*")}, "", "enriched; enrichment", []string{"**enriched**; **enrichment**"}},
		{"the scope of the subject", CableWhere{Subject: &TextFilter{Matches: new("iran")}}, "Iran", "Iran", []string{"**Iran**"}},
		{"the scope of the body", CableWhere{Body: &BodyFilter{Matches: new("iran")}}, "Iran", "Iran too", []string{"**Iran** too"}},
		{"what must not be there is not marked", CableWhere{Text: new("iran -iraq")}, "", "Iran and Iraq", []string{"**Iran** and Iraq"}},
		{"questions below and and or", CableWhere{Or: []*CableWhere{{Text: new("oil")}, {And: []*CableWhere{{Text: new("gas")}}}}, Not: &CableWhere{Text: new("coal")}}, "", "oil, gas and coal", []string{"**oil**, **gas** and coal"}},
		{"the longest phrase wins", CableWhere{Text: new(`iran OR "iran sanctions act"`)}, "", "Iran Sanctions Act", []string{"**Iran Sanctions Act**"}},
		{"no question", CableWhere{Published: new(true)}, "Iran", "Iran", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			for _, h := range row.where.Highlights(&Cable{Subject: row.subject, Body: row.body}) {
				got = append(got, h.Marked())
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("Highlights (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHighlightsAreTheBestPassagesInTheirOrder(t *testing.T) {
	far := strings.Repeat(" and so on", 40)
	w := CableWhere{Text: new("a OR b")}
	got := w.Highlights(&Cable{Body: "a" + far + " b" + far + " a b" + far + " b a"})
	var starts []string
	for _, h := range got {
		starts = append(starts, h.Text[h.Marks[0].Start:h.Marks[len(h.Marks)-1].End])
	}
	if diff := cmp.Diff([]string{"a", "a b", "b a"}, starts); diff != "" {
		t.Errorf("passages (-want +got):\n%s", diff)
	}
}

func TestAMatchOverTheEndOfAPassageMakesItLonger(t *testing.T) {
	w := CableWhere{Text: new(`a OR "b c d"`)}
	got := w.Highlights(&Cable{Body: "a" + strings.Repeat(" x", highlightWords-2) + " b c d"})
	if len(got) != 1 || !strings.HasSuffix(got[0].Marked(), " **b c d**") {
		t.Errorf("Highlights = %+v", got)
	}
}

// A cable that a question without exclusions matches has a mark, and each mark
// and passage gives back what stands there.
func TestHighlightsAreInTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.StringOfN(rapid.RuneFrom([]rune("ab í\u0301É\n-\"")), 0, 120, -1)
		c := &Cable{Subject: some.Draw(t, "subject"), Body: some.Draw(t, "body")}
		question := some.Draw(t, "question")
		w := &CableWhere{Text: &question}
		text, err := ParseText(question)
		if err != nil {
			return
		}
		highlights := w.Highlights(c)
		excluding := false
		for _, all := range text.Any {
			excluding = excluding || len(all.None) > 0
		}
		if matched := text.Match(Fold(c.Subject), Fold(c.Body)); !excluding && matched && len(highlights) == 0 {
			t.Fatalf("no highlights")
		}
		for _, h := range highlights {
			source := map[TextField]string{InSubject: c.Subject, InBody: c.Body}[h.Field]
			stands := strings.Join(strings.Fields(string([]rune(source)[h.Start:h.End])), " ")
			if stands != h.Text {
				t.Fatalf("text %q, the field has %q", h.Text, stands)
			}
			end := 0
			for _, m := range h.Marks {
				if m.Start < end || m.End <= m.Start || Fold(string([]rune(h.Text)[m.Start:m.End])) == "" {
					t.Fatalf("mark %v of %q", m, h.Text)
				}
				end = m.End
			}
			if len(h.Marks) == 0 {
				t.Fatalf("a passage without a mark")
			}
		}
	})
}
