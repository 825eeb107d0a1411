package sqlite

import "github.com/cablegraph/cablegraph/graph"

// The conditions on what a cable is tied to: posts, tags, people, other cables.

// near is the condition that some row of an edge table leads to a cable that
// the filter lets through; column is its column for the cable, and tied says how
// it hangs on the row outside. Where an index finds these cables, the drive is
// their set: the caller makes its own drive of it.
func (f *filters) near(w *graph.CableWhere, edge, alias, column, tied string) (term, error) {
	c := f.alias("c")
	terms, err := f.cable(w, cableRow(c))
	if err != nil {
		return term{}, err
	}
	if drive := best(terms); drive >= 0 {
		set := sql("SELECT "+c+".id FROM cable "+c+" WHERE %s", condition(terms, c+".id", drive))
		return term{check: sql("EXISTS (SELECT 1 FROM "+edge+" "+alias+" WHERE "+tied+" AND "+alias+"."+column+" IN (%s))", set), drive: set}, nil
	}
	return term{check: sql("EXISTS (SELECT 1 FROM "+edge+" "+alias+" JOIN cable "+c+" ON "+c+".id = "+alias+"."+column+" WHERE "+tied+" AND %s)",
		condition(terms, c+".id", -1))}, nil
}

func (f *filters) cablePosts(w *graph.CableWhere, at cableAt) ([]term, error) {
	var terms []term
	if w.Origin != nil {
		set, err := f.postSet(w.Origin)
		if err != nil {
			return nil, err
		}
		terms = append(terms, term{
			check:    sql("+"+at.alias+".origin IN (%s)", set),
			drive:    sql("SELECT id FROM cable WHERE origin IN (%s)", set),
			rank:     rankPost,
			estimate: sql("SELECT SUM(cables) FROM post WHERE id IN (%s)", set),
		})
	}
	if w.Recipient != nil {
		t, err := f.recipientOf(w.Recipient, at)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// recipientOf is the condition that some addressee of the cable meets the filter.
func (f *filters) recipientOf(w *graph.RecipientWhere, at cableAt) (term, error) {
	s := f.alias("s")
	parts, set, err := f.recipient(w, s)
	if err != nil {
		return term{}, err
	}
	t := term{
		check: sql("EXISTS (SELECT 1 FROM sent_to "+s+" WHERE "+s+".cable = "+at.alias+".id AND %s)", allOf(parts...)),
		rank:  rankPost,
	}
	if set.text != "" {
		t.drive = sql("SELECT "+s+".cable AS id FROM sent_to "+s+" WHERE %s", allOf(parts...))
		t.estimate = sql("SELECT COUNT(*) FROM (SELECT 1 FROM sent_to WHERE post IN (%s) LIMIT 5000)", set)
	}
	return t, nil
}

// recipient is the filter on one row of sent_to, and the set of posts in it where there is one.
func (f *filters) recipient(w *graph.RecipientWhere, alias string) (parts []expr, posts expr, err error) {
	if w == nil {
		return nil, expr{}, nil
	}
	if w.Post != nil {
		if posts, err = f.postSet(w.Post); err != nil {
			return nil, expr{}, err
		}
		parts = append(parts, sql(alias+".post IN (%s)", posts))
	}
	if w.Action != nil {
		parts = append(parts, sql(alias+".action = %s", arg(*w.Action)))
	}
	if w.Precedence != nil {
		parts = append(parts, sql(alias+".precedence IN (SELECT value FROM json_each(%s))", arg(listJSON(w.Precedence))))
	}
	return parts, posts, nil
}

func (f *filters) cableTags(w *graph.CableWhere, at cableAt) ([]term, error) {
	var terms []term
	if w.Tags != nil {
		for _, tag := range w.Tags.All {
			set, err := f.tagsMeant(tag)
			if err != nil {
				return nil, err
			}
			terms = append(terms, f.bears(set, at, true))
		}
		if w.Tags.Any != nil {
			set, err := f.tagsMeant(w.Tags.Any...)
			if err != nil {
				return nil, err
			}
			terms = append(terms, f.bears(set, at, len(w.Tags.Any) <= fewKeys))
		}
		if len(w.Tags.None) > 0 {
			set, err := f.tagsMeant(w.Tags.None...)
			if err != nil {
				return nil, err
			}
			terms = append(terms, term{check: not(f.bears(set, at, len(w.Tags.None) <= fewKeys).check)})
		}
	}
	if w.Tag != nil {
		set, err := f.tagSet(w.Tag)
		if err != nil {
			return nil, err
		}
		terms = append(terms, f.bears(set, at, false))
	}
	return terms, nil
}

// tagsMeant selects the tags that somebody means who writes these.
func (f *filters) tagsMeant(written ...string) (expr, error) {
	w := graph.TagsMeant(written...)
	if w.Code != nil {
		return tagCodes(w.Code), nil
	}
	return f.tagSet(w)
}

// tagCodes selects the tags with these codes.
func tagCodes(codes []string) expr {
	normal := make([]string, len(codes))
	for i, code := range codes {
		normal[i] = graph.NormalCode(code)
	}
	return sql("SELECT id FROM tag WHERE code IN (SELECT value FROM json_each(%s))", list(normal))
}

// bears is the condition that the cable bears one of a set of tags; few tells whether they are few, see fewKeys.
func (f *filters) bears(set expr, at cableAt, few bool) term {
	g := f.alias("g")
	tied, plus := g+".cable = "+at.alias+".id", ""
	if few {
		tied += " AND " + g + ".created = " + at.created
		plus = "+"
	}
	return term{
		check:    sql(plus+"EXISTS (SELECT 1 FROM tagged "+g+" WHERE "+tied+" AND "+g+".tag IN (%s))", set),
		drive:    sql("SELECT "+g+".cable AS id FROM tagged "+g+" WHERE "+g+".tag IN (%s)", set),
		rank:     rankTag,
		estimate: sql("SELECT SUM(cables) FROM tag WHERE id IN (%s)", set),
	}
}

func (f *filters) cablePeople(w *graph.CableWhere, at cableAt) ([]term, error) {
	var terms []term
	var surely, there func(mention string) expr
	if w.MinConfidence != nil {
		surely = func(mention string) expr { return sure(mention, *w.MinConfidence) }
	}
	paragraph := graph.SomeParagraphWhere{}
	if w.Paragraph != nil {
		paragraph = *w.Paragraph
		there = func(mention string) expr { return marked(mention, paragraph.Marking) }
	}
	if w.Paragraph != nil && paragraph.Names == nil {
		terms = append(terms, term{check: marked(at.alias, paragraph.Marking)})
	}
	for _, p := range []struct {
		where *graph.PersonWhere
		role  string
		also  func(mention string) expr
	}{{w.Mentions, "", surely}, {w.SignedBy, "signer", nil}, {w.ClassifiedBy, "classifier", nil}, {paragraph.Names, "", there}} {
		if p.where == nil {
			continue
		}
		t, err := f.names(p.where, p.role, p.also, at)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// fewKeys is up to how many nodes are looked up one by one in the index of their cables, for each
// cable that is checked: with the cable's date that is one place. Above it the cable's own edges are read.
// The plus keeps SQLite from making a join of it, which would read those too.
const fewKeys = 8

// names is the condition that the cable names a person whom the filter lets
// through, in a role: the column of mention that is 1 then; and by a mention that
// meets another condition, where there is one.
func (f *filters) names(w *graph.PersonWhere, role string, evidence func(mention string) expr, at cableAt) (term, error) {
	m, h := f.alias("m"), f.alias("h")
	terms, err := f.person(w, h)
	if err != nil {
		return term{}, err
	}
	tied, also := m+".cable = "+at.alias+".id", always
	if role != "" {
		also = raw(m + "." + role + " = 1")
	}
	if evidence != nil {
		also = evidence(m)
	}
	drive := best(terms)
	if drive < 0 {
		return term{check: sql("EXISTS (SELECT 1 FROM mention "+m+" JOIN person "+h+" ON "+h+".id = "+m+".person WHERE "+tied+"%s AND %s)",
			besides(also), condition(terms, h+".id", -1))}, nil
	}
	set, plus := peopleSet(terms, h, drive), ""
	if role == "" && evidence == nil && (w.Name != nil || w.ID != nil && len(w.ID) <= fewKeys) {
		tied += " AND " + m + ".first = 1 AND " + m + ".created = " + at.created
		plus = "+"
	}
	return term{
		check:    sql(plus+"EXISTS (SELECT 1 FROM mention "+m+" WHERE "+tied+" AND "+m+".person IN (%s)%s)", set, besides(also)),
		drive:    sql("SELECT "+m+".cable AS id FROM mention "+m+" WHERE "+m+".person IN (%s)%s", set, besides(also)),
		rank:     rankPerson,
		estimate: sql("SELECT SUM(cables) FROM person WHERE id IN (%s)", set),
	}, nil
}

// sure is the condition that a mention is at least so sure.
func sure(mention string, least float64) expr {
	return sql(mention+".confidence >= %s", arg(least))
}

// marked is the condition on the marks of a cable or a mention; any where the filter is nil.
func marked(alias string, w *graph.MarkingFilter) expr {
	if w == nil {
		return raw(alias + ".marks <> ''")
	}
	var parts []expr
	for _, text := range w.Texts() {
		parts = append(parts, sql("instr("+alias+".marks, %s) > 0", arg(text)))
	}
	return anyOf(parts...)
}

func (f *filters) cableCitations(w *graph.CableWhere, at cableAt) ([]term, error) {
	var terms []term
	for _, r := range []struct {
		where     *graph.CableWhere
		near, far string
	}{{w.References, "citing", "cited"}, {w.ReferencedBy, "cited", "citing"}} {
		if r.where == nil {
			continue
		}
		edge := f.alias("r")
		t, err := f.near(r.where, "citation", edge, r.far, edge+"."+r.near+" = "+at.alias+".id")
		if err != nil {
			return nil, err
		}
		if t.drives() {
			t.drive = sql("SELECT "+edge+"."+r.near+" AS id FROM citation "+edge+" WHERE "+edge+"."+r.far+" IN (%s)", t.drive)
			t.rank = rankCitation
			t.estimate = sql("SELECT COUNT(*) FROM (SELECT 1 FROM (%s) LIMIT 5000)", t.drive)
		}
		terms = append(terms, t)
	}
	return terms, nil
}
