package sqlite

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// A step compiles to statements which are run once for each node of the step
// above: in the same process a small statement costs little, and each of them
// stops at the end of its page. Compiling is pure. Equal shapes give equal texts,
// so that each connection prepares a shape once.

// compiled is one step as statements.
type compiled struct {
	rows    expr // the page's rows and one more; columns: id, sort values, columns
	total   expr // the size of the whole list
	columns []column
}

// upper stands among a statement's arguments for the node above, higher for
// the node above that one.
type (
	upper  struct{}
	higher struct{}
)

var (
	above      = arg(upper{})
	aboveAbove = arg(higher{})
)

// source is where a step's rows come from: tables, the condition that ties
// them to the node above, and how the rows' alias and date are called.
type source struct {
	from    expr
	where   []expr
	alias   string // of the node's row
	created string // where a cable's date stands; the edge's index may have it
	edge    bool   // there is an edge row, called e
}

// compileStep compiles a step. via is the step above, nil at the top. drive
// says which of the filter's terms starts the search (see candidates): -1 for
// none, so that the list is walked in its order and each row is checked.
func compileStep(step, via *graph.Step, drive int) (*compiled, error) {
	f := &filters{}
	src, err := f.source(step, via)
	if err != nil {
		return nil, err
	}
	terms, err := f.filter(step, src)
	if err != nil {
		return nil, err
	}
	if drive >= len(terms) || drive >= 0 && !terms[drive].drives() {
		drive = -1
	}
	where := append([]expr{}, src.where...)
	if drive >= 0 && len(where) > 0 {
		// The plus keeps SQLite from starting at the node above.
		where[0] = sql("+%s", where[0])
	}
	return assemble(step, src, append(where, condition(terms, src.alias+".id", drive)))
}

// assemble writes the statements of a step.
func assemble(step *graph.Step, src source, where []expr) (*compiled, error) {
	keys, err := sortKeys(step, src)
	if err != nil {
		return nil, err
	}
	c := &compiled{columns: columns(step, src)}
	c.total = sql("SELECT COUNT(*)\nFROM %s\nWHERE %s", src.from, allOf(where...))
	limit := 1
	if !step.Relation.Single() {
		bounds, err := window(step, keys)
		if err != nil {
			return nil, err
		}
		where = append(where, bounds...)
		limit = step.Page.Size + 1
	}
	narrow, wide := []string{src.alias + ".id"}, []string{"k.*"}
	outer := make([]string, len(keys))
	for i, key := range keys {
		narrow = append(narrow, fmt.Sprintf("%s AS o%d", key, i))
		outer[i] = fmt.Sprintf("k.o%d", i)
	}
	slices.SortStableFunc(c.columns, func(a, b column) int { return cmp.Compare(a.wide, b.wide) })
	for i, col := range c.columns {
		if col.wide == 0 {
			narrow = append(narrow, fmt.Sprintf("%s AS v%d", col.expr, i))
		} else {
			wide = append(wide, col.expr)
		}
	}
	c.rows = sql("SELECT "+strings.Join(narrow, ", ")+"\nFROM %s\nWHERE %s\n"+ordering(step, keys)+"\nLIMIT %s", src.from, allOf(where...), arg(int64(limit)))
	if len(wide) > 1 {
		// Long values are read for the page's rows only, not for all that are sorted.
		from := ") k"
		if src.alias == "c" {
			from = ") k LEFT JOIN cable_text x ON x.id = k.id"
		}
		c.rows = sql("SELECT "+strings.Join(wide, ", ")+"\nFROM (%s"+from+"\n"+ordering(step, outer), c.rows)
	}
	return c, nil
}

// filter compiles what a step asks of the nodes that it reaches.
func (f *filters) filter(step *graph.Step, src source) (terms []term, err error) {
	switch step.Relation.To() {
	case graph.KindCable:
		terms, err = f.cable(step.Cable, cableAt{src.alias, src.created})
	case graph.KindPost:
		terms, err = f.post(step.Post, src.alias)
	case graph.KindPerson:
		terms, err = f.person(step.Person, src.alias)
	case graph.KindTag:
		terms, err = f.tag(step.Tag, src.alias)
	}
	if err != nil {
		return nil, err
	}
	if step.Keys != nil {
		terms = append(terms, keyed(step.Relation.To(), step.Keys, src.alias))
	}
	if step.Relation == graph.CableRecipients && step.Recipient != nil {
		parts, _, err := f.recipient(step.Recipient, "e")
		if err != nil {
			return nil, err
		}
		terms = append(terms, term{check: allOf(parts...)})
	}
	return terms, nil
}

// source returns where the rows of a step come from.
func (f *filters) source(step, via *graph.Step) (source, error) {
	src := source{alias: tables[step.Relation.To()].alias}
	if src.alias == "c" {
		src.created = "c.created"
	}
	if step.Relation.Weighted() {
		return f.weighted(step, src)
	}
	if step.Relation == graph.SharedCables {
		return f.shared(step, via, src)
	}
	return plainSource(step.Relation, src)
}

// edgeSource is a source over an edge table: near is its column for the node
// above, far the one for the node reached, also another condition on its rows.
func (src source) over(edge, near, far, also string) source {
	t := tableOf(src.alias)
	src.from = raw(edge + " e JOIN " + t.name + " " + src.alias + " ON " + src.alias + ".id = e." + far)
	src.where = []expr{sql("e."+near+" = %s", above)}
	if also != "" {
		src.where = append(src.where, raw(also))
	}
	src.edge = true
	return src
}

func tableOf(alias string) table {
	for _, t := range tables {
		if t.alias == alias {
			return t
		}
	}
	return table{}
}

// plainSource is the source of a relation that is neither weighted nor SharedCables.
func plainSource(relation graph.Relation, src source) (source, error) {
	switch relation {
	case graph.RootCables, graph.RootPosts, graph.RootPeople, graph.RootTags:
		src.from = raw(tableOf(src.alias).name + " " + src.alias)
	case graph.CableOrigin:
		src = src.over("cable", "id", "origin", "")
	case graph.CableRecipients:
		src = src.over("sent_to", "cable", "post", "e.first = 1")
	case graph.CableTags:
		src = src.over("tagged", "cable", "tag", "")
	case graph.CablePeople:
		src = src.over("mention", "cable", "person", "e.first = 1")
	case graph.CableSigner:
		src = src.over("mention", "cable", "person", "e.signer = 1")
	case graph.CableClassifier:
		src = src.over("mention", "cable", "person", "e.classifier = 1")
	case graph.CableReferences:
		src = src.over("citation", "citing", "cited", "")
	case graph.CableReferencedBy:
		src = src.over("citation", "cited", "citing", "")
	case graph.PostCables:
		src.from, src.where = raw("cable c"), []expr{sql("c.origin = %s", above)}
	case graph.PostReceived:
		src = src.over("sent_to", "post", "cable", "e.first = 1").dated()
	case graph.PersonCables:
		src = src.over("mention", "person", "cable", "e.first = 1").dated()
	case graph.PersonSigned:
		src = src.over("mention", "person", "cable", "e.signer = 1").dated()
	case graph.PersonTag:
		src.from, src.where = raw("person e JOIN tag t ON t.code = e.tag"), []expr{sql("e.id = %s", above)}
	case graph.TagCables:
		src = src.over("tagged", "tag", "cable", "").dated()
	default:
		return src, fmt.Errorf("relation %d is unknown", relation)
	}
	return src, nil
}

// dated takes the cable's date from the edge.
func (src source) dated() source {
	src.created = "e.created"
	return src
}
