package neo4j

import "github.com/cablegraph/cablegraph/graph"

// naming is a naming with all that its edges need, and what resolution wants to know of its cable.
type naming struct {
	Cable   string `json:"c"`
	Origin  string `json:"o,omitempty"`
	Country string `json:"l,omitempty"`
	Created int64  `json:"d"` // in minutes

	Position     int      `json:"i"`
	Name         string   `json:"n"`
	Surname      string   `json:"s"`
	Count        int      `json:"k"`
	Role         string   `json:"r"`
	Confidence   float64  `json:"q"`
	Rule         string   `json:"u"`
	Spans        []int64  `json:"p"`
	Paragraphs   []int    `json:"a,omitempty"`
	Marks        string   `json:"m,omitempty"` // see graph.Record.Marks
	Forms        []string `json:"f"`
	Titles       []string `json:"t,omitempty"`
	Countries    []string `json:"z,omitempty"`
	Tag          string   `json:"g,omitempty"`
	SignedAs     string   `json:"w,omitempty"`
	ClassifiedAs string   `json:"y,omitempty"`

	generation graph.Generation // in which a held one was written
}

func newNaming(r *graph.Record, position int, marks string) naming {
	n := &r.People[position]
	out := naming{
		Cable: string(r.Cable.Reference), Created: graph.Minute(r.Cable.Created),
		Position: position, Name: n.Name, Surname: n.Surname, Count: n.Count, Role: string(n.Role),
		Confidence: n.Confidence, Rule: n.Rule, Spans: graph.EncodeSpans(n.Spans, n.Forms), Paragraphs: n.Paragraphs, Marks: marks,
		Forms: n.Forms, Titles: n.Titles, Countries: n.Countries, Tag: n.Tag, SignedAs: n.SignedAs, ClassifiedAs: n.ClassifiedAs,
	}
	if r.Origin != nil {
		out.Origin, out.Country = r.Origin.Slug, r.Origin.Country
	}
	return out
}

// provisional is the person that the naming stands for until it is resolved.
func (n *naming) provisional() graph.Person {
	of := graph.Naming{Name: n.Name, Surname: n.Surname, Mention: graph.Mention{Forms: n.Forms, Titles: n.Titles, Countries: n.Countries}}
	return of.Provisional()
}

func (n *naming) placed() graph.PlacedNaming {
	return graph.PlacedNaming{
		Cable: graph.Reference(n.Cable), Position: n.Position, Origin: n.Origin, Country: n.Country,
		Created: graph.FromMinute(n.Created), Name: n.Name, Surname: n.Surname, Forms: n.Forms, Titles: n.Titles, Countries: n.Countries,
		Role: graph.MentionRole(n.Role), Count: n.Count, Tag: n.Tag,
	}
}

// ties are the edges of namings, by the person to whom they lead.
type ties struct {
	rows []any          // [slug, [edges]]
	at   map[string]int // slug → index in rows
}

func (t *ties) add(person string, n *naming) {
	i, known := t.at[person]
	if !known {
		if t.at == nil {
			t.at = map[string]int{}
		}
		i = len(t.rows)
		t.at[person] = i
		t.rows = append(t.rows, []any{person, []any{}})
	}
	row := t.rows[i].([]any)
	row[1] = append(row[1].([]any), []any{n.Cable, mentions(n), some(one(n.SignedAs)), some(one(n.ClassifiedAs))})
}

// one is a list of the string, or of nothing where it is empty.
func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// Who is mentioned by, has signed and has classified which cables?
var tieNamings = `UNWIND $rows AS row
MATCH (p:Person {slug: row[0]})
UNWIND row[1] AS tie
MATCH (c:Cable {reference: tie[0]})
WITH p, c, tie, tie[1] AS v
CREATE (c)-[:MENTIONS ` + numbered(mentionsProperties) + `]->(p)
FOREACH (as IN tie[2] | CREATE (c)-[:SIGNED_BY {as: as, position: v[0]}]->(p))
FOREACH (as IN tie[3] | CREATE (c)-[:CLASSIFIED_BY {as: as, position: v[0]}]->(p))`
