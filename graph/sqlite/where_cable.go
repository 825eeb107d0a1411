package sqlite

import (
	"strings"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// cableAt is a cable that a filter is asked of: the alias of its row, and where
// its date stands, which an edge's index may have beside it.
type cableAt struct{ alias, created string }

func cableRow(alias string) cableAt { return cableAt{alias, alias + ".created"} }

// cable compiles a filter on cables to its terms.
func (f *filters) cable(w *graph.CableWhere, at cableAt) ([]term, error) {
	if w == nil {
		return nil, nil
	}
	var terms []term
	for _, part := range []func(*graph.CableWhere, cableAt) ([]term, error){
		f.cableKeys, f.cableTexts, f.cableValues, f.cablePosts, f.cableTags, f.cablePeople, f.cableCitations, f.cableNested,
	} {
		more, err := part(w, at)
		if err != nil {
			return nil, err
		}
		terms = append(terms, more...)
	}
	return terms, nil
}

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

func (f *filters) cableKeys(w *graph.CableWhere, at cableAt) ([]term, error) {
	var terms []term
	if w.ID != nil {
		t, err := keys(graph.KindCable, w.ID, at.alias)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	r := w.Reference
	if r == nil {
		return terms, nil
	}
	if r.Equals != nil {
		terms = append(terms, keyed(graph.KindCable, references([]string{*r.Equals}), at.alias))
	}
	if r.In != nil {
		terms = append(terms, keyed(graph.KindCable, references(r.In), at.alias))
	}
	if r.StartsWith != nil {
		from, to := arg(*r.StartsWith), arg(*r.StartsWith+string(utf8.MaxRune))
		t := member(at.alias+".id", sql("SELECT id FROM cable WHERE reference >= %s AND reference < %s", from, to), rankCitation)
		t.check = sql("("+at.alias+".reference >= %s AND "+at.alias+".reference < %s)", from, to)
		terms = append(terms, t)
	}
	return terms, nil
}

// references reads spellings of references and leaves out what is none.
func references(spellings []string) []string {
	out := make([]string, 0, len(spellings))
	for _, s := range spellings {
		if r, err := graph.ParseReference(s); err == nil {
			out = append(out, string(r))
		}
	}
	return out
}

func (f *filters) cableTexts(w *graph.CableWhere, at cableAt) ([]term, error) {
	var terms []term
	id := at.alias + ".id"
	if w.Text != nil {
		set, err := textSet("", *w.Text)
		if err != nil {
			return nil, err
		}
		terms = append(terms, member(id, set, rankText))
	}
	if w.Subject == nil {
		return terms, nil
	}
	if w.Subject.Matches != nil {
		set, err := textSet("subject", *w.Subject.Matches)
		if err != nil {
			return nil, err
		}
		terms = append(terms, member(id, set, rankText))
	}
	if w.Subject.Equals != nil {
		terms = append(terms, subjectEquals(graph.Fold(*w.Subject.Equals), id))
	}
	return terms, nil
}

// subjectEquals looks the words up first and compares the line then.
func subjectEquals(folded, id string) term {
	check := sql("COALESCE((SELECT subject_key FROM cable_text WHERE cable_text.id = "+id+"), '') = %s", arg(folded))
	if folded == "" {
		return term{check: check}
	}
	phrase := graph.Text{Any: []graph.AllOf{{All: []graph.Phrase{{Words: strings.Fields(folded)}}}}}
	set := sql("SELECT x.id FROM cable_text x WHERE x.id IN (SELECT rowid FROM cable_fts WHERE cable_fts MATCH %s) AND x.subject_key = %s",
		arg(matchText("subject", phrase)), arg(folded))
	t := member(id, set, rankKey)
	t.check = check
	return t
}

func (f *filters) cableValues(w *graph.CableWhere, at cableAt) ([]term, error) {
	var terms []term
	for _, r := range []struct {
		column string
		in     *graph.TimeRange
	}{{at.created, w.Created}, {at.alias + ".released", w.Released}} {
		if r.in == nil {
			continue
		}
		from, to, err := r.in.Minutes()
		if err != nil {
			return nil, err
		}
		terms = append(terms, term{check: sql("("+r.column+" >= %s AND "+r.column+" < %s)", arg(from), arg(to))})
	}
	if w.Classification != nil {
		terms = append(terms, term{check: classification(w.Classification, at.alias)})
	}
	if w.Published != nil {
		terms = append(terms, term{check: sql(at.alias+".published = %s", arg(*w.Published))})
	}
	return terms, nil
}

func classification(w *graph.ClassificationFilter, alias string) expr {
	parts := []expr{raw(alias + ".level >= 0")}
	if w.In != nil {
		levels := make([]int64, len(w.In))
		for i, l := range w.In {
			levels[i] = int64(l)
		}
		parts = append(parts, sql(alias+".level IN (SELECT value FROM json_each(%s))", arg(listJSON(levels))))
	}
	if w.AtLeast != nil {
		parts = append(parts, sql(alias+".level >= %s", arg(int64(*w.AtLeast))))
	}
	if w.AtMost != nil {
		parts = append(parts, sql(alias+".level <= %s", arg(int64(*w.AtMost))))
	}
	if w.Caveat != nil {
		parts = append(parts, sql("EXISTS (SELECT 1 FROM json_each("+alias+".caveats) WHERE value = %s)", arg(strings.ToUpper(*w.Caveat))))
	}
	return allOf(parts...)
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
		for _, code := range w.Tags.All {
			terms = append(terms, f.bears(tagCodes([]string{code}), at))
		}
		if w.Tags.Any != nil {
			terms = append(terms, f.bears(tagCodes(w.Tags.Any), at))
		}
		if len(w.Tags.None) > 0 {
			terms = append(terms, term{check: not(f.bears(tagCodes(w.Tags.None), at).check)})
		}
	}
	if w.Tag != nil {
		set, err := f.tagSet(w.Tag)
		if err != nil {
			return nil, err
		}
		terms = append(terms, f.bears(set, at))
	}
	return terms, nil
}

// tagCodes selects the tags with these codes.
func tagCodes(codes []string) expr {
	normal := make([]string, len(codes))
	for i, code := range codes {
		normal[i] = graph.NormalCode(code)
	}
	return sql("SELECT id FROM tag WHERE code IN (SELECT value FROM json_each(%s))", list(normal))
}

// bears is the condition that the cable bears one of a set of tags.
func (f *filters) bears(set expr, at cableAt) term {
	g := f.alias("g")
	return term{
		check:    sql("EXISTS (SELECT 1 FROM tagged "+g+" WHERE "+g+".cable = "+at.alias+".id AND "+g+".tag IN (%s))", set),
		drive:    sql("SELECT "+g+".cable AS id FROM tagged "+g+" WHERE "+g+".tag IN (%s)", set),
		rank:     rankTag,
		estimate: sql("SELECT SUM(cables) FROM tag WHERE id IN (%s)", set),
	}
}

func (f *filters) cablePeople(w *graph.CableWhere, at cableAt) ([]term, error) {
	var terms []term
	for _, p := range []struct {
		where *graph.PersonWhere
		role  string
	}{{w.Mentions, ""}, {w.SignedBy, "signer"}, {w.ClassifiedBy, "classifier"}} {
		if p.where == nil {
			continue
		}
		t, err := f.names(p.where, p.role, at)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// names is the condition that the cable names a person whom the filter lets
// through, in a role: the column of mention that is 1 then.
func (f *filters) names(w *graph.PersonWhere, role string, at cableAt) (term, error) {
	m, h := f.alias("m"), f.alias("h")
	terms, err := f.person(w, h)
	if err != nil {
		return term{}, err
	}
	tied, also := m+".cable = "+at.alias+".id", ""
	if role != "" {
		also = " AND " + m + "." + role + " = 1"
	}
	drive := best(terms)
	if drive < 0 {
		return term{check: sql("EXISTS (SELECT 1 FROM mention "+m+" JOIN person "+h+" ON "+h+".id = "+m+".person WHERE "+tied+also+" AND %s)",
			condition(terms, h+".id", -1))}, nil
	}
	set := peopleSet(terms, h, drive)
	return term{
		check:    sql("EXISTS (SELECT 1 FROM mention "+m+" WHERE "+tied+" AND "+m+".person IN (%s)"+also+")", set),
		drive:    sql("SELECT "+m+".cable AS id FROM mention "+m+" WHERE "+m+".person IN (%s)"+also, set),
		rank:     rankPerson,
		estimate: sql("SELECT SUM(cables) FROM person WHERE id IN (%s)", set),
	}, nil
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

func (f *filters) cableNested(w *graph.CableWhere, at cableAt) ([]term, error) {
	return nested(w.And, w.Or, w.Not, at.alias+".id", func(w *graph.CableWhere) ([]term, error) { return f.cable(w, at) })
}

// nested compiles the And, Or and Not of a filter on the node id.
func nested[W any](and, or []*W, negated *W, id string, compile func(*W) ([]term, error)) ([]term, error) {
	var terms []term
	for _, w := range and {
		more, err := compile(w)
		if err != nil {
			return nil, err
		}
		terms = append(terms, more...)
	}
	if or != nil {
		branches := make([][]term, len(or))
		for i, w := range or {
			var err error
			if branches[i], err = compile(w); err != nil {
				return nil, err
			}
		}
		terms = append(terms, alternatives(branches, id))
	}
	if negated != nil {
		more, err := compile(negated)
		if err != nil {
			return nil, err
		}
		terms = append(terms, term{check: not(condition(more, id, -1))})
	}
	return terms, nil
}
