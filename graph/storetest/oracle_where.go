package storetest

import (
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// question is one call of Ask: for each filter in the plan the nodes that match it.
type question struct {
	*Oracle
	cableSets  map[*graph.CableWhere]set
	postSets   map[*graph.PostWhere]set
	personSets map[*graph.PersonWhere]set
	tagSets    map[*graph.TagWhere]set
	err        error // the first thing wrong with the question
}

type set map[string]bool

func (q *question) cableMatches(w *graph.CableWhere, key string) bool {
	matching, known := q.cableSets[w]
	if !known {
		matching = set{}
		for _, c := range q.cables {
			matching[c.key()] = q.cableJoined(w, c) && q.cableItself(w, c) && q.cableTied(w, c)
		}
		q.cableSets[w] = matching
	}
	return matching[key]
}

func (q *question) cableJoined(w *graph.CableWhere, c *node) bool {
	matches := func(x *graph.CableWhere) bool { return q.cableMatches(x, c.key()) }
	return every(w.And, matches) && (w.Or == nil || slices.ContainsFunc(w.Or, matches)) && (w.Not == nil || !matches(w.Not))
}

func (q *question) cableItself(w *graph.CableWhere, n *node) bool {
	c := &n.Cable
	return q.hasID(w.ID, graph.KindCable, n.key()) &&
		(w.Reference == nil || referenceMatches(w.Reference, c.Reference)) &&
		(w.Text == nil || c.Published && q.text(*w.Text).Match(graph.Words(c.Subject), graph.Words(c.Body))) &&
		(w.Subject == nil || q.subjectMatches(w.Subject, c)) &&
		(w.Body == nil || w.Body.Matches == nil || c.Published && q.text(*w.Body.Matches).Match(graph.Words(c.Body))) &&
		(w.Created == nil || q.inRange(w.Created, graph.Minute(c.Created))) &&
		(w.Released == nil || q.inRange(w.Released, graph.Minute(c.Released))) &&
		(w.Classification == nil || classificationMatches(w.Classification, c.Classification)) &&
		(w.Published == nil || *w.Published == c.Published)
}

func (q *question) cableTied(w *graph.CableWhere, c *node) bool {
	person := func(w *graph.PersonWhere) func(string) bool {
		return func(slug string) bool { return q.personMatches(w, slug) }
	}
	return (w.Origin == nil || c.Origin != nil && q.postMatches(w.Origin, c.Origin.Slug)) &&
		(w.Recipient == nil || slices.ContainsFunc(c.Recipients, func(to graph.Recipient) bool { return q.recipient(w.Recipient, to) })) &&
		(w.Tags == nil || tagsMatch(w.Tags, c)) &&
		(w.Tag == nil || slices.ContainsFunc(c.Tags, func(t graph.Tag) bool { return q.tagMatches(w.Tag, t.Code) })) &&
		(w.Mentions == nil || c.names(person(w.Mentions), w.MinConfidence)) &&
		(w.SignedBy == nil || c.signer() != "" && q.personMatches(w.SignedBy, c.signer())) &&
		(w.ClassifiedBy == nil || c.classifier() != "" && q.personMatches(w.ClassifiedBy, c.classifier())) &&
		(w.Paragraph == nil || q.someParagraph(w.Paragraph, c)) &&
		(w.References == nil || slices.ContainsFunc(c.References, func(to graph.Citation) bool {
			return q.cableMatches(w.References, string(to.Reference))
		})) &&
		(w.ReferencedBy == nil || slices.ContainsFunc(q.cables, func(from *node) bool {
			return from.cites(c.key()) && q.cableMatches(w.ReferencedBy, from.key())
		}))
}

// someParagraph cuts the cable and filters its paragraphs, as they are shown.
func (q *question) someParagraph(w *graph.SomeParagraphWhere, c *node) bool {
	var people []graph.Edge
	for i, slug := range c.people {
		if w.Names != nil && q.personMatches(w.Names, slug) {
			people = append(people, graph.Edge{Person: &graph.Person{Slug: slug}, Mention: &c.Record.People[i].Mention})
		}
	}
	found, err := c.Cable.CutWhere(&graph.ParagraphWhere{Marking: w.Marking, Names: w.Names}, people)
	q.note(err)
	return len(found) > 0
}

func (q *question) recipient(w *graph.RecipientWhere, to graph.Recipient) bool {
	return (w.Post == nil || q.postMatches(w.Post, to.Post.Slug)) &&
		(w.Precedence == nil || slices.Contains(w.Precedence, to.Precedence)) &&
		(w.Action == nil || *w.Action == to.Action)
}

func tagsMatch(w *graph.TagsFilter, c *node) bool {
	bears := func(written string) bool {
		return slices.ContainsFunc(c.Tags, func(t graph.Tag) bool {
			return graph.NormalCode(written) == t.Code || slices.Contains(t.Names(), graph.Fold(written))
		})
	}
	return every(w.All, bears) && (w.Any == nil || slices.ContainsFunc(w.Any, bears)) && !slices.ContainsFunc(w.None, bears)
}

func referenceMatches(w *graph.ReferenceFilter, r graph.Reference) bool {
	is := func(spelling string) bool {
		meant, err := graph.ParseReferences(spelling)
		return err == nil && slices.Contains(meant, r)
	}
	return (w.Equals == nil || is(*w.Equals)) && (w.In == nil || slices.ContainsFunc(w.In, is)) &&
		(w.StartsWith == nil || strings.HasPrefix(string(r), *w.StartsWith))
}

func (q *question) text(s string) graph.Text {
	text, err := graph.ParseText(s)
	q.note(err)
	return text
}

func (q *question) subjectMatches(w *graph.TextFilter, c *graph.Cable) bool {
	subject := graph.Words(c.Subject)
	return (w.Equals == nil || subject == graph.Words(*w.Equals)) && (w.Matches == nil || c.Published && q.text(*w.Matches).Match(subject))
}

func (q *question) inRange(w *graph.TimeRange, minute int64) bool {
	from, to, err := w.Minutes()
	q.note(err)
	return minute != graph.NoMinute && from <= minute && minute < to
}

func classificationMatches(w *graph.ClassificationFilter, c *graph.Classification) bool {
	if c == nil || c.Level == graph.LevelUnknown {
		return false
	}
	return (w.In == nil || slices.Contains(w.In, c.Level)) &&
		(w.AtLeast == nil || c.Level >= *w.AtLeast) && (w.AtMost == nil || c.Level <= *w.AtMost) &&
		(w.Caveat == nil || slices.Contains(c.Caveats, strings.ToUpper(*w.Caveat)))
}

func (q *question) personMatches(w *graph.PersonWhere, slug string) bool {
	matching, known := q.personSets[w]
	if !known {
		matching = set{}
		for i := range q.people {
			matching[q.people[i].Slug] = q.personPasses(w, &q.people[i])
		}
		q.personSets[w] = matching
	}
	return matching[slug]
}

func (q *question) personPasses(w *graph.PersonWhere, p *graph.Person) bool {
	matches := func(x *graph.PersonWhere) bool { return q.personMatches(x, p.Slug) }
	return every(w.And, matches) && (w.Or == nil || slices.ContainsFunc(w.Or, matches)) && (w.Not == nil || !matches(w.Not)) &&
		q.hasID(w.ID, graph.KindPerson, p.Slug) &&
		(w.Name == nil || slices.Contains(p.Names(), graph.Fold(*w.Name))) &&
		(w.NameContains == nil || nameContains(p.Names(), *w.NameContains)) &&
		officeMatches(w, p) &&
		(w.MentionedIn == nil || q.some(w.MentionedIn, func(c *node) bool { return c.mentions(p.Slug) })) &&
		(w.Signed == nil || q.some(w.Signed, func(c *node) bool { return c.signer() == p.Slug })) &&
		(w.MentionedWith == nil || slices.ContainsFunc(q.people, func(other graph.Person) bool {
			return other.Slug != p.Slug && q.personMatches(w.MentionedWith, other.Slug) &&
				slices.ContainsFunc(q.cables, func(c *node) bool { return c.mentions(p.Slug) && c.mentions(other.Slug) })
		}))
}

// officeMatches: the title and the country are of one office; alone, of any.
func officeMatches(w *graph.PersonWhere, p *graph.Person) bool {
	key, asked := w.Office()
	return !asked || slices.Contains(p.OfficeKeys(), key)
}

func (q *question) postMatches(w *graph.PostWhere, slug string) bool {
	matching, known := q.postSets[w]
	if !known {
		matching = set{}
		for i := range q.posts {
			matching[q.posts[i].Slug] = q.postPasses(w, &q.posts[i])
		}
		q.postSets[w] = matching
	}
	return matching[slug]
}

func (q *question) postPasses(w *graph.PostWhere, p *graph.Post) bool {
	matches := func(x *graph.PostWhere) bool { return q.postMatches(x, p.Slug) }
	return every(w.And, matches) && (w.Or == nil || slices.ContainsFunc(w.Or, matches)) && (w.Not == nil || !matches(w.Not)) &&
		q.hasID(w.ID, graph.KindPost, p.Slug) &&
		(w.Name == nil || slices.Contains(p.Names(), graph.Fold(*w.Name))) &&
		(w.NameContains == nil || nameContains(p.Names(), *w.NameContains)) &&
		(w.Kind == nil || slices.Contains(w.Kind, p.Kind)) &&
		(w.City == nil || graph.Fold(*w.City) == graph.Fold(p.City)) &&
		(w.Country == nil || graph.Fold(*w.Country) == graph.Fold(p.Country)) &&
		(w.Sent == nil || q.some(w.Sent, func(c *node) bool { return c.sentBy(p.Slug) })) &&
		(w.Received == nil || q.some(w.Received, func(c *node) bool { return c.sentTo(p.Slug) }))
}

func (q *question) tagMatches(w *graph.TagWhere, code string) bool {
	matching, known := q.tagSets[w]
	if !known {
		matching = set{}
		for i := range q.tags {
			matching[q.tags[i].Code] = q.tagPasses(w, &q.tags[i])
		}
		q.tagSets[w] = matching
	}
	return matching[code]
}

func (q *question) tagPasses(w *graph.TagWhere, t *graph.Tag) bool {
	matches := func(x *graph.TagWhere) bool { return q.tagMatches(x, t.Code) }
	is := func(code string) bool { return graph.NormalCode(code) == t.Code }
	return every(w.And, matches) && (w.Or == nil || slices.ContainsFunc(w.Or, matches)) && (w.Not == nil || !matches(w.Not)) &&
		q.hasID(w.ID, graph.KindTag, t.Code) &&
		(w.Code == nil || slices.ContainsFunc(w.Code, is)) &&
		(w.Name == nil || slices.Contains(t.Names(), graph.Fold(*w.Name))) &&
		(w.NameContains == nil || nameContains(t.Names(), *w.NameContains)) &&
		(w.Kind == nil || slices.Contains(w.Kind, t.Kind)) &&
		(w.On == nil || q.some(w.On, func(c *node) bool { return c.bears(t.Code) }))
}

// some tells whether a cable that is tied matches.
func (q *question) some(w *graph.CableWhere, tied func(*node) bool) bool {
	return slices.ContainsFunc(q.cables, func(c *node) bool { return tied(c) && q.cableMatches(w, c.key()) })
}

func (q *question) hasID(ids []graph.ID, kind graph.Kind, key string) bool {
	if ids == nil {
		return true
	}
	keys, err := graph.Keys(kind, ids)
	q.note(err)
	return slices.Contains(keys, key)
}

func (q *question) note(err error) {
	if q.err == nil {
		q.err = err
	}
}

func nameContains(names []string, words string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return graph.MatchWords(graph.ParseWords(words), name) })
}

func every[E any](all []E, is func(E) bool) bool {
	return !slices.ContainsFunc(all, func(e E) bool { return !is(e) })
}
