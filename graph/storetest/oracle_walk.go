package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Corpus counts.
func (o *Oracle) Corpus(ctx context.Context) (*graph.Corpus, error) {
	c := &graph.Corpus{Cables: len(o.cables), Posts: len(o.posts), People: len(o.people), Tags: len(o.tags), LoadedAt: o.loaded, Backend: "oracle"}
	days, classes := map[string]int{}, map[string]int{}
	for _, n := range o.cables {
		c.References += len(n.References)
		c.Mentions += len(n.Record.People)
		widen(&c.Created, n.Cable.Created)
		widen(&c.Released, n.Cable.Released)
		if n.Cable.Published {
			c.Published++
		} else {
			c.Announced++
		}
		if !n.Cable.Released.IsZero() {
			days[n.Cable.Released.Format("2006-01-02")]++
		}
		if n.Cable.Classification != nil {
			classes[n.Cable.Classification.Label]++
		}
	}
	for day, count := range days {
		c.ReleaseDays = append(c.ReleaseDays, graph.DayCount{Day: day, Count: count})
	}
	for label, count := range classes {
		c.Classifications = append(c.Classifications, graph.ClassificationCount{Classification: *graph.ParseClassification(label), Count: count})
	}
	slices.SortFunc(c.ReleaseDays, func(a, b graph.DayCount) int { return cmp.Compare(a.Day, b.Day) })
	slices.SortFunc(c.Classifications, func(a, b graph.ClassificationCount) int {
		return cmp.Compare(a.Classification.Label, b.Classification.Label)
	})
	return c, ctx.Err()
}

// Walk visits nodes, then edges.
func (o *Oracle) Walk(ctx context.Context, visit func(graph.Element) error) error {
	var all []graph.Element
	for _, c := range o.cables {
		cable := c.Cable
		marks, _ := c.Marks()
		all = append(all, graph.Element{Cable: &cable, Marks: marks})
	}
	for _, p := range o.posts {
		all = append(all, graph.Element{Post: &p})
	}
	for _, p := range o.people {
		all = append(all, graph.Element{Person: &p})
	}
	for _, t := range o.tags {
		all = append(all, graph.Element{Tag: &t})
	}
	for _, c := range o.cables {
		_, marks := c.Marks()
		for _, l := range c.links() {
			e := graph.Element{Link: &l}
			if l.Type == graph.LinkMentions {
				e.Marks = marks[l.Position]
			}
			all = append(all, e)
		}
	}
	for _, p := range o.people {
		if t := o.tag(p.Tag); t != nil {
			all = append(all, graph.Element{Link: &graph.Link{Type: graph.LinkTagOf, From: t.ID(), To: p.ID()}})
		}
	}
	for _, e := range all {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}

// links returns the edges that start at the cable.
func (n *node) links() []graph.Link {
	var links []graph.Link
	add := func(l graph.Link) {
		l.From = n.Cable.ID()
		links = append(links, l)
	}
	if n.Origin != nil {
		add(graph.Link{Type: graph.LinkSentFrom, To: n.Origin.ID()})
	}
	for i, to := range n.Recipients {
		add(graph.Link{Type: graph.LinkSentTo, To: to.Post.ID(), Position: i, Action: to.Action, Precedence: to.Precedence, As: to.As})
	}
	for i, t := range n.Tags {
		add(graph.Link{Type: graph.LinkTagged, To: t.ID(), Position: i})
	}
	for i, c := range n.References {
		add(graph.Link{Type: graph.LinkReferences, To: graph.NewID(graph.KindCable, string(c.Reference)), Position: i, Label: c.Label, As: c.As})
	}
	for i := range n.Record.People {
		p := &n.Record.People[i]
		person := graph.NewID(graph.KindPerson, n.people[i])
		mention := p.Mention
		add(graph.Link{Type: graph.LinkMentions, To: person, Position: i, Name: p.Name, Surname: p.Surname, Tag: p.Tag, Mention: &mention})
		if p.SignedAs != "" {
			add(graph.Link{Type: graph.LinkSignedBy, To: person, As: p.SignedAs})
		}
		if p.ClassifiedAs != "" {
			add(graph.Link{Type: graph.LinkClassifiedBy, To: person, As: p.ClassifiedAs})
		}
	}
	return links
}
