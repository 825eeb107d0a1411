package people

import (
	"slices"
	"strings"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// Over all real cables: what Paragraph.People says of a place is what stands there,
// and who is named in a paragraph with a number is named there.
func TestParagraphsOfTheCorpusNameTheirPeople(t *testing.T) {
	places, most := 0, 0
	for _, pg := range corpus(t) {
		c := &pg.parsed.Cable
		rows := make([]graph.Edge, len(pg.namings))
		for i := range pg.namings {
			rows[i] = graph.Edge{Person: &graph.Person{Slug: pg.namings[i].Name}, Mention: &pg.namings[i].Mention}
		}
		most = max(most, len(rows))
		named := map[string][]int{} // person → numbers of the paragraphs
		body := []rune(c.Body)
		for _, p := range c.Cut() {
			text := []rune(p.Text)
			if string(body[p.Start:p.End]) != p.Text {
				t.Errorf("%s %s: the text is not body[%d:%d]", c.Reference, p.Anchor, p.Start, p.End)
			}
			for _, s := range p.People(rows) {
				places++
				if got := strings.Join(strings.Fields(string(text[s.Start:s.End])), " "); got != s.Text {
					t.Errorf("%s %s: text[%d:%d] is %q, not %q", c.Reference, p.Anchor, s.Start, s.End, got, s.Text)
				}
				named[s.Person.Slug] = append(named[s.Person.Slug], p.Number)
			}
		}
		for _, n := range pg.namings {
			for _, number := range n.Paragraphs {
				if !slices.Contains(named[n.Name], number) {
					t.Errorf("%s: %s is in paragraph %d, but not among its people", c.Reference, n.Name, number)
				}
			}
		}
	}
	if places < 10000 || most > graph.MaxPage {
		t.Errorf("%d places; %d people in one cable, %d are looked at", places, most, graph.MaxPage)
	}
	t.Logf("%d places, at most %d people in one cable", places, most)
}
