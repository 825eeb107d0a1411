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
		terms = append(terms, keyed(graph.KindCable, graph.AnyReference(*r.Equals), at.alias))
	}
	if r.In != nil {
		terms = append(terms, keyed(graph.KindCable, graph.AnyReference(r.In...), at.alias))
	}
	if r.StartsWith != nil {
		from, to := arg(*r.StartsWith), arg(*r.StartsWith+string(utf8.MaxRune))
		t := member(at.alias+".id", sql("SELECT id FROM cable WHERE reference >= %s AND reference < %s", from, to), rankCitation)
		t.check = sql("("+at.alias+".reference >= %s AND "+at.alias+".reference < %s)", from, to)
		terms = append(terms, t)
	}
	return terms, nil
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
	if w.Body != nil && w.Body.Matches != nil {
		set, err := textSet("body", *w.Body.Matches)
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
		terms = append(terms, subjectEquals(graph.Words(*w.Subject.Equals), id))
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
