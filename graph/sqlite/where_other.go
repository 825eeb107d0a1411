package sqlite

import "github.com/cablegraph/cablegraph/graph"

// person compiles a filter on people to its terms on the row with this alias.
func (f *filters) person(w *graph.PersonWhere, alias string) ([]term, error) {
	if w == nil {
		return nil, nil
	}
	id := alias + ".id"
	var terms []term
	if w.ID != nil {
		t, err := keys(graph.KindPerson, w.ID, alias)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	terms = append(terms, names(nameOfPerson, id, w.Name, w.NameContains)...)
	if key, ok := w.Office(); ok {
		terms = append(terms, member(id, sql("SELECT person AS id FROM person_key WHERE key = %s", arg(key)), rankPost))
	}
	for _, part := range []func(*graph.PersonWhere, string) ([]term, error){f.personCables, f.personPartners} {
		more, err := part(w, id)
		if err != nil {
			return nil, err
		}
		terms = append(terms, more...)
	}
	more, err := nested(w.And, w.Or, w.Not, id, func(w *graph.PersonWhere) ([]term, error) { return f.person(w, alias) })
	return append(terms, more...), err
}

// peopleSet selects the people who meet the terms on rows with the alias.
func peopleSet(terms []term, alias string, drive int) expr {
	return sql("SELECT "+alias+".id FROM person "+alias+" WHERE %s", condition(terms, alias+".id", drive))
}

func (f *filters) personCables(w *graph.PersonWhere, id string) ([]term, error) {
	var terms []term
	for _, r := range []struct {
		where *graph.CableWhere
		role  string
	}{{w.MentionedIn, ""}, {w.Signed, ".signer = 1"}} {
		if r.where == nil {
			continue
		}
		m := f.alias("m")
		also := ""
		if r.role != "" {
			also = " AND " + m + r.role
		}
		t, err := f.near(r.where, "mention", m, "cable", m+".person = "+id+also)
		if err != nil {
			return nil, err
		}
		if t.drives() {
			t = driven(t, sql("SELECT "+m+".person AS id FROM mention "+m+" WHERE "+m+".cable IN (%s)"+also, t.drive))
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// driven gives a term its drive, found over other nodes.
func driven(t term, drive expr) term {
	t.drive, t.rank = drive, rankUnion
	t.estimate = sql("SELECT COUNT(*) FROM (SELECT 1 FROM (%s) LIMIT 5000)", drive)
	return t
}

// personPartners is the condition that the person shares a cable with another one.
func (f *filters) personPartners(w *graph.PersonWhere, id string) ([]term, error) {
	if w.MentionedWith == nil {
		return nil, nil
	}
	a, b, h := f.alias("m"), f.alias("m"), f.alias("h")
	pair := "mention " + a + " JOIN mention " + b + " ON " + b + ".cable = " + a + ".cable AND " + b + ".person <> " + a + ".person"
	terms, err := f.person(w.MentionedWith, h)
	if err != nil {
		return nil, err
	}
	drive := best(terms)
	if drive < 0 {
		return []term{{check: sql("EXISTS (SELECT 1 FROM "+pair+" JOIN person "+h+" ON "+h+".id = "+b+".person WHERE "+a+".person = "+id+" AND %s)",
			condition(terms, h+".id", -1))}}, nil
	}
	set := peopleSet(terms, h, drive)
	t := term{check: sql("EXISTS (SELECT 1 FROM "+pair+" WHERE "+a+".person = "+id+" AND "+b+".person IN (%s))", set)}
	return []term{driven(t, sql("SELECT "+a+".person AS id FROM "+pair+" WHERE "+b+".person IN (%s)", set))}, nil
}

// post compiles a filter on posts to its terms on the row with this alias.
func (f *filters) post(w *graph.PostWhere, alias string) ([]term, error) {
	if w == nil {
		return nil, nil
	}
	id := alias + ".id"
	var terms []term
	if w.ID != nil {
		t, err := keys(graph.KindPost, w.ID, alias)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	terms = append(terms, names(nameOfPost, id, w.Name, w.NameContains)...)
	if w.Kind != nil {
		terms = append(terms, term{check: sql(alias+".kind IN (SELECT value FROM json_each(%s))", arg(listJSON(w.Kind)))})
	}
	if w.City != nil {
		terms = append(terms, term{check: sql(alias+".city_key = %s", arg(graph.Fold(*w.City)))})
	}
	if w.Country != nil {
		terms = append(terms, term{check: sql(alias+".country_key = %s", arg(graph.Fold(*w.Country)))})
	}
	more, err := f.postCables(w, id)
	if err != nil {
		return nil, err
	}
	terms = append(terms, more...)
	more, err = nested(w.And, w.Or, w.Not, id, func(w *graph.PostWhere) ([]term, error) { return f.post(w, alias) })
	return append(terms, more...), err
}

// postSet selects the ids of the posts that a filter lets through. Posts are
// few, so a set of them is cheap however it is found.
func (f *filters) postSet(w *graph.PostWhere) (expr, error) {
	alias := f.alias("p")
	terms, err := f.post(w, alias)
	return sql("SELECT "+alias+".id FROM post "+alias+" WHERE %s", condition(terms, alias+".id", best(terms))), err
}

func (f *filters) postCables(w *graph.PostWhere, id string) ([]term, error) {
	var terms []term
	if w.Sent != nil {
		e := f.alias("c")
		t, err := f.near(w.Sent, "cable", e, "id", e+".origin = "+id)
		if err != nil {
			return nil, err
		}
		if t.drives() {
			t = driven(t, sql("SELECT "+e+".origin AS id FROM cable "+e+" WHERE "+e+".id IN (%s)", t.drive))
		}
		terms = append(terms, t)
	}
	if w.Received != nil {
		s := f.alias("s")
		t, err := f.near(w.Received, "sent_to", s, "cable", s+".post = "+id)
		if err != nil {
			return nil, err
		}
		if t.drives() {
			t = driven(t, sql("SELECT "+s+".post AS id FROM sent_to "+s+" WHERE "+s+".cable IN (%s)", t.drive))
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// tag compiles a filter on tags to its terms on the row with this alias.
func (f *filters) tag(w *graph.TagWhere, alias string) ([]term, error) {
	if w == nil {
		return nil, nil
	}
	id := alias + ".id"
	var terms []term
	if w.ID != nil {
		t, err := keys(graph.KindTag, w.ID, alias)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	if w.Code != nil {
		terms = append(terms, member(id, tagCodes(w.Code), rankKey))
	}
	terms = append(terms, names(nameOfTag, id, w.Name, w.NameContains)...)
	if w.Kind != nil {
		terms = append(terms, term{check: sql(alias+".kind IN (SELECT value FROM json_each(%s))", arg(listJSON(w.Kind)))})
	}
	if w.On != nil {
		g := f.alias("g")
		t, err := f.near(w.On, "tagged", g, "cable", g+".tag = "+id)
		if err != nil {
			return nil, err
		}
		if t.drives() {
			t = driven(t, sql("SELECT "+g+".tag AS id FROM tagged "+g+" WHERE "+g+".cable IN (%s)", t.drive))
		}
		terms = append(terms, t)
	}
	more, err := nested(w.And, w.Or, w.Not, id, func(w *graph.TagWhere) ([]term, error) { return f.tag(w, alias) })
	return append(terms, more...), err
}

// tagSet selects the ids of the tags that a filter lets through. Tags are few,
// so a set of them is cheap however it is found.
func (f *filters) tagSet(w *graph.TagWhere) (expr, error) {
	alias := f.alias("t")
	terms, err := f.tag(w, alias)
	return sql("SELECT "+alias+".id FROM tag "+alias+" WHERE %s", condition(terms, alias+".id", best(terms))), err
}
