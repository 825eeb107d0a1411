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
	ids     expr // its cables, each once, with the columns that facets count
	all     bool // they are all that there are
	columns []column
}

// compileStep compiles a step. via is the step above, nil at the top. drive
// says which of the filter's terms starts the search (see choose): -1 for
// none, so that the list is walked in its order and each row is checked; alone
// likewise, where what a term finds is too much to be looked up as a whole.
func compileStep(step, via *graph.Step, drive int) (*compiled, error) {
	f := &filters{}
	src, err := f.source(step, via)
	if err != nil {
		return nil, err
	}
	return f.compile(step, src, drive)
}

// keptTotals are the tables whose nodes keep the length of a list.
var keptTotals = map[graph.Relation]string{graph.PostCables: "post", graph.PersonCables: "person", graph.TagCables: "tag"}

// compile compiles a step whose rows come from src.
func (f *filters) compile(step *graph.Step, src source, drive int) (*compiled, error) {
	terms, err := f.filter(step, src)
	if err != nil {
		return nil, err
	}
	for i := range terms {
		if drive == alone && terms[i].alone.text != "" {
			terms[i].check = terms[i].alone
		}
	}
	if drive >= len(terms) || drive >= 0 && !terms[drive].drives() {
		drive = -1
	}
	where := append([]expr{}, src.where...)
	if drive >= 0 && len(where) > 0 {
		// The plus keeps SQLite from starting at the node above.
		where[0] = sql("+%s", where[0])
	}
	own := len(where)
	c, err := assemble(step, src, append(where, conditions(terms, src.alias+".id", drive)...))
	if err != nil {
		return nil, err
	}
	switch kept := keptTotals[step.Relation]; {
	case len(terms) > 0:
	case kept != "":
		c.total = sql("SELECT cables\nFROM "+kept+"\nWHERE id = %s", above)
	case src.edges != "":
		c.total = sql("SELECT COUNT(*)\nFROM "+src.edges+" e%s", clause(where[:own])) // each edge leads to one node
	}
	c.all = step.Relation == graph.RootCables && len(terms) == 0
	return c, nil
}

// assemble writes the statements of a step.
func assemble(step *graph.Step, src source, where []expr) (*compiled, error) {
	keys, err := sortKeys(step, src)
	if err != nil {
		return nil, err
	}
	c := &compiled{columns: columns(step, src)}
	c.total = sql("SELECT COUNT(*)\nFROM %s%s", src.from, clause(where))
	if len(step.Facets) > 0 {
		distinct := ""
		if !step.Relation.Once() {
			distinct = "DISTINCT "
		}
		columns := ""
		for _, t := range tallies(step) {
			columns += t.columns
		}
		c.ids = sql("SELECT "+distinct+"c.id"+columns+"\nFROM %s%s", src.from, clause(where))
	}
	if step.Scored() {
		scored, err := scores(step)
		if err != nil {
			return nil, err
		}
		src.from = sql("%s JOIN (%s) q ON q.id = c.id", src.from, scored)
	}
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
			narrow = append(narrow, col.expr+" AS "+cmp.Or(col.as, fmt.Sprintf("v%d", i)))
		} else {
			wide = append(wide, col.expr)
		}
	}
	c.rows = sql("SELECT "+strings.Join(narrow, ", ")+"\nFROM %s%s\n"+ordering(step, keys)+"\nLIMIT %s", src.from, clause(where), arg(int64(limit)))
	if len(wide) > 1 {
		// Long values are read for the page's rows only, not for all that are sorted.
		from := ") k"
		if src.alias == "c" {
			from += " LEFT JOIN cable_text x ON x.id = k.id"
		}
		if step.Relation == graph.CablePeople || step.Relation == graph.PersonCables {
			from += " JOIN naming n ON n.cable = k.cable AND n.position = k.position"
		}
		c.rows = sql("SELECT "+strings.Join(wide, ", ")+"\nFROM (%s"+from+"\n"+ordering(step, outer), c.rows)
	}
	return c, nil
}

// keyed is the term for a step's keys. Cables at the root are found by the ids
// of their documents too, where these have a slip; people by their other ids.
func (f *filters) keyed(step *graph.Step, alias string) term {
	keys := list(step.Keys)
	switch step.Relation {
	case graph.RootCables:
	case graph.RootPeople:
		return member(alias+".id", sql("SELECT id FROM person WHERE slug IN (SELECT value FROM json_each(%s)) UNION SELECT person FROM person_key WHERE key IN (SELECT 'person:' || value FROM json_each(%s))", keys, keys), rankKey)
	default:
		return keyed(step.Relation.To(), step.Keys, alias)
	}
	return member(alias+".id", sql("SELECT id FROM cable WHERE reference IN (SELECT value FROM json_each(%s)) UNION SELECT cable FROM source WHERE reference <> '' AND reference IN (SELECT value FROM json_each(%s))", keys, keys), rankKey)
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
		terms = append(terms, f.keyed(step, src.alias))
	}
	if step.Relation == graph.CablePeople || step.Relation == graph.PersonCables {
		if step.MinConfidence > 0 {
			terms = append(terms, term{check: sure("e", step.MinConfidence)})
		}
		if step.Marking != nil {
			terms = append(terms, term{check: marked("e", step.Marking)})
		}
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
