package neo4j

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// statement is a plan as Cypher: one statement that gives one row, with one
// value for each step of the plan, and the version of the gate.
type statement struct {
	text     string
	params   map[string]any
	steps    []*compiled
	searches []search
	long     *bool // set while rows are read, see short.go
}

// searching is how words are looked for.
type searching uint8

const (
	byIndex searching = iota // in the full-text indexes
	byScan                   // in all nodes
)

// compiled is a step with the columns that its rows have, in their order: the
// values of the order's terms, the columns, the values of the steps below.
//
// Rows are lists, not maps: a map would repeat all its keys in every row. The
// columns' names stand in one table, by which rows are written and read.
type compiled struct {
	step    *graph.Step
	columns []placed
	values  int  // of the row, before those of the steps below
	short   bool // the rows come in no order, see short.go
	long    *bool
	below   []*compiled
	facets  []*compiled
}

// list tells whether the step's value is a list of its total, its rows and its facets.
func (c *compiled) list() bool {
	return c.step.Rows && c.step.Total && !c.complete() || len(c.facets) > 0
}

// complete tells whether the rows are all that the list has, so that its total is their number.
func (c *compiled) complete() bool {
	return c.step.Rows && c.short && len(c.facets) == 0 && len(c.step.Page.Cursor) == 0 && len(c.step.Page.Until) == 0
}

// placed is a column and its place in the row.
type placed struct {
	*column
	at int
}

// compile makes a plan into a statement. Plans that differ in values only give
// the same text, so that the server plans it once. Sorted wants also short lists in their order.
func compile(plan *graph.Plan, how searching, sorted bool) (*statement, error) {
	c := &compiler{searching: how, sorted: sorted, long: new(bool), out: &strings.Builder{}, params: make(map[string]any, 8), names: map[string]string{}}
	c.out.Grow(1024)
	for _, step := range plan.Steps {
		if step.Relation.From() != "" || step.Relation == graph.SharedCables || step.Relation.Facet() {
			c.fail("relation %d can't stand at the top of a plan", step.Relation)
		}
	}
	parts := c.parts(plan.Steps, nil, "", 0)
	st := &statement{params: c.params, long: c.long, steps: make([]*compiled, len(parts))}
	c.line(0, "WITH ")
	returned := "\nRETURN "
	for i, p := range parts {
		if i > 0 {
			c.out.WriteString(",\n  ")
		}
		c.value(p, 0)
		name := "a" + strconv.Itoa(i)
		c.out.WriteString(" AS " + name)
		returned += name + ", "
		st.steps[i] = p.done
	}
	// Last of all, when the rest has been read: see gate.go.
	c.out.WriteString("\nOPTIONAL MATCH (gate:Meta {key: 'gate'})" + returned + "coalesce(gate.version, 0) AS version")
	if c.err != nil {
		return nil, c.err
	}
	st.text, st.searches = c.head()+c.out.String()[1:], c.lists
	return st, nil
}

// compiler gathers a statement. The first error sticks.
type compiler struct {
	searching searching
	sorted    bool
	long      *bool
	out       *strings.Builder
	lists     []search          // full-text questions, asked once at the head
	names     map[string]string // question about names → its list
	params    map[string]any
	vars      int
	err       error
}

func (c *compiler) fail(format string, args ...any) {
	c.failWith(fmt.Errorf("neo4j: "+format, args...))
}

func (c *compiler) failWith(err error) {
	if c.err == nil && err != nil {
		c.err = err
	}
}

// param makes a value a parameter and returns its name in the statement.
func (c *compiler) param(v any) string {
	name := "p" + strconv.Itoa(len(c.params))
	c.params[name] = v
	return "$" + name
}

// variable returns a new name: the word and a number.
func (c *compiler) variable(word string) string {
	name := word + strconv.Itoa(c.vars)
	c.vars++
	return name
}

// part is a step on its way into the statement.
type part struct {
	scope *scope
	src   source
	done  *compiled
	// The names of what is worked out in clauses before the expression, or empty.
	rows, total string
	facets      []*part
}

// parts compiles the steps below a node, or the facets of a set of cables, up to
// their expressions. What needs an aggregate goes into clauses of its own: Neo4j
// refuses one anywhere inside an expression that also has other values.
func (c *compiler) parts(steps []*graph.Step, above *scope, set string, depth int) []*part {
	parts := make([]*part, 0, len(steps))
	tally := c.tally(above, steps, set, depth)
	for _, step := range steps {
		if c.err != nil {
			break
		}
		s := c.scope(step, above)
		if s.set = set; set != "" && together(step) {
			s.tally = tally
		}
		p := &part{scope: s, done: &compiled{step: step, short: !c.sorted && short(step), long: c.long}}
		parts = append(parts, p)
		if set != "" && !step.Relation.Weighted() {
			p.rows = "buckets_" + s.node
			c.call(s, depth, func(depth int) { c.buckets(s, p.rows, depth) })
			continue
		}
		c.failWith(checkPage(step))
		if !c.dated(p) {
			p.src = c.filtered(s)
			c.gather(p, depth)
		}
		if step.Rows && aggregates(step) {
			p.rows = "rows_" + s.node
			c.before(p.rows, s, depth, func() { c.rows(p.done, s, p.src, depth+1) })
		}
		if step.Total && step.Relation == graph.SharedCables && step.Cable == nil && p.total == "" {
			p.total = s.above.sum
		}
		if step.Total && step.Relation == graph.CableRelated && p.total == "" {
			p.total = "total_" + s.node
			c.before(p.total, s, depth, func() { c.count(s, p.src, depth+1) })
		}
	}
	return parts
}

// aggregates tells whether a step's rows need an aggregate: theirs or one below them.
func aggregates(step *graph.Step) bool {
	return step.Relation.Weighted() || slices.ContainsFunc(step.Steps, func(s *graph.Step) bool {
		return s.Rows && aggregates(s) || s.Total && s.Relation == graph.CableRelated || len(s.Facets) > 0 || gathered(s)
	})
}

// gathered tells whether a step's nodes are gathered once, for the total and the page:
// where all have to be found anyway, by more than walking along them.
func gathered(step *graph.Step) bool {
	if !step.Rows || !step.Total || step.Scored() || step.Keys != nil {
		return false
	}
	if step.Relation.Weighted() {
		return true
	}
	switch step.Relation {
	case graph.RootCables, graph.PostCables, graph.TagCables:
		return cableReach(step.Cable) > nowhere || step.Cable != nil && step.Cable.Or != nil
	case graph.RootPosts:
		return postReach(step.Post) == far
	case graph.RootPeople:
		return personReach(step.Person) == far
	case graph.RootTags:
		return tagReach(step.Tag) == far
	}
	return false
}

// before writes a clause that works out an expression and names it.
func (c *compiler) before(name string, s *scope, depth int, expression func()) {
	c.call(s, depth, func(depth int) {
		c.line(depth, "RETURN ")
		expression()
		c.out.WriteString(" AS " + name)
	})
}

// apart returns what write writes, instead of having it in the statement.
func (c *compiler) apart(write func()) string {
	outer := c.out
	defer func() { c.out = outer }()
	c.out = &strings.Builder{}
	write()
	return c.out.String()
}

// call writes a subquery that gives one row.
func (c *compiler) call(s *scope, depth int, body func(depth int)) {
	text := c.apart(func() { body(depth + 1) })
	// All that the subquery may look at has to be named, and is known only now.
	imports := make([]string, 0, 4)
	add := func(name string) {
		if name != "" && !slices.Contains(imports, name) {
			imports = append(imports, name)
		}
	}
	for a := s.above; a != nil; a = a.above {
		add(a.node)
		add(a.vias)
	}
	add(s.set)
	add(s.tally)
	add(s.gathered)
	for _, l := range c.lists {
		add(l.name)
	}
	c.line(depth, "CALL ("+strings.Join(imports, ", ")+") {"+text)
	c.line(depth, "}")
}

// value writes the expression for a part: its rows, its total, or a list of both
// and of the facets.
func (c *compiler) value(p *part, depth int) {
	step := p.done.step
	list := p.done.list()
	if list {
		c.out.WriteByte('[')
	}
	switch {
	case p.total != "":
		c.out.WriteString(p.total)
	case step.Total && !p.done.complete():
		c.count(p.scope, p.src, depth)
	case list || !step.Rows && p.rows == "":
		c.out.WriteString("null")
	}
	if list {
		c.out.WriteString(", ")
	}
	switch {
	case p.rows != "":
		c.out.WriteString(p.rows)
	case step.Rows:
		c.rows(p.done, p.scope, p.src, depth)
	case list:
		c.out.WriteString("null")
	}
	for _, f := range p.facets {
		c.out.WriteString(", ")
		c.value(f, depth)
	}
	if list {
		c.out.WriteByte(']')
	}
}

// checkPage refuses pages that no resolver should have let through.
func checkPage(s *graph.Step) error {
	if s.Relation.Single() {
		return nil
	}
	if s.Page.Size < 0 || s.Page.Size > graph.MaxPage {
		return fmt.Errorf("neo4j: %w: size %d", graph.ErrBadPage, s.Page.Size)
	}
	for _, at := range []graph.Position{s.Page.Cursor, s.Page.Until} {
		if len(at) > 0 && len(at) != len(s.Order) {
			return fmt.Errorf("neo4j: %w: %d values for %d terms of order", graph.ErrBadCursor, len(at), len(s.Order))
		}
	}
	return nil
}

func (c *compiler) scope(step *graph.Step, above *scope) *scope {
	s := &scope{step: step, above: above}
	s.node = c.variable(strings.ToLower(string(step.Relation.To())))
	number := strconv.Itoa(c.vars - 1)
	if hops[step.Relation].edge {
		s.edge = "edge" + number
	}
	if step.Scored() {
		s.score = "score" + number
	}
	if step.Relation.Weighted() {
		s.sum = "weight" + number
		if step.Relation != graph.CableRelated {
			s.via = "via" + number
			if slices.ContainsFunc(step.Steps, func(s *graph.Step) bool { return s.Relation == graph.SharedCables }) {
				s.vias = "vias" + number
			}
		}
	}
	return s
}

// filtered is what a step reaches with its filters applied.
func (c *compiler) filtered(s *scope) source {
	src, cables := c.reach(s), s.step.Cable
	if s.score != "" {
		c.scored(s, &src)
		cables = cables.WithoutQuestion()
	}
	f := &filter{c: c, deep: s.root(), keyed: s.step.Keys != nil}
	switch s.step.Relation.To() {
	case graph.KindCable:
		f.cable(s.node, cables)
	case graph.KindPost:
		f.post(s.node, s.step.Post)
		if s.step.Relation == graph.CableRecipients {
			f.recipient(s.edge, s.node, s.step.Recipient)
		}
	case graph.KindPerson:
		f.person(s.node, s.step.Person)
	case graph.KindTag:
		f.tag(s.node, s.step.Tag)
	}
	if hops[s.step.Relation].kind == "MENTIONS" {
		if s.step.MinConfidence > 0 {
			f.sure(s.edge, s.step.MinConfidence)
		}
		if s.step.Marking != nil {
			f.marked(s.edge, s.step.Marking)
		}
	}
	if s.via != "" {
		f.cable(s.via, s.step.In)
	}
	c.enter(&src, s, f)
	src.distinct = src.distinct || f.many
	src.all = s.root() && !f.keyed && len(src.lead) == 0
	return src
}

// enter adds a filter to a source. A root step starts at a full-text question, if no
// key is given to start at, or else, where there is nothing better, at alternatives;
// other full-text questions and alternatives are conditions.
func (c *compiler) enter(src *source, s *scope, f *filter) {
	for _, e := range f.either {
		if e.node != s.node || !s.root() || f.keyed || len(f.matches) > 0 || len(f.found) > 0 || len(src.lead) > 0 {
			src.where = append(src.where, f.alternatives(e.branches))
			continue
		}
		src.lead, src.matches = append(src.lead, c.union(s, src.matches, e.branches)), nil
	}
	for i, e := range f.found {
		if i > 0 || !s.root() || f.keyed || s.score != "" {
			src.where = append(src.where, e.node+" IN "+e.list)
			continue
		}
		src.lead = append(src.lead, "UNWIND "+e.list+" AS "+e.node)
		if e.node == s.node {
			src.matches = nil
			if kind := s.step.Relation.To(); kind != graph.KindCable { // a name can be that of several kinds
				nodeLabel, _ := label(kind)
				src.where = append(src.where, s.node+":"+nodeLabel)
			}
		}
	}
	src.matches, src.where = append(src.matches, f.matches...), append(src.where, f.where...)
}

// union is a clause that finds the nodes of a root step by one alternative after the other, each once.
func (c *compiler) union(s *scope, matches []string, branches []func(*filter)) string {
	clause := c.apart(func() {
		c.call(s, 1, func(depth int) {
			for i, branch := range branches {
				if i > 0 {
					c.line(depth, "UNION")
				}
				f := &filter{c: c, deep: true}
				branch(f)
				src := source{matches: slices.Clone(matches)}
				c.enter(&src, s, f)
				c.draw(s, src, nil, depth)
				c.line(depth, "RETURN "+s.node)
			}
		})
	})
	return strings.TrimLeft(clause, "\n ")
}

// count writes the size of a step's list.
func (c *compiler) count(s *scope, src source, depth int) {
	if h, plain := hops[s.step.Relation]; plain && len(src.lead) == 0 && len(src.where) == 0 && len(src.matches) == 1 && !src.distinct {
		// Without a label at its end the server knows the number without walking there.
		left, right := "<-[:", "]-()"
		if h.out {
			left, right = "-[:", "]->()"
		}
		c.out.WriteString("COUNT { (" + s.above.node + ")" + left + h.kind + right + " }")
		return
	}
	c.out.WriteString("COUNT {")
	c.draw(s, src, nil, depth+1)
	c.line(depth+1, "RETURN ")
	if src.distinct || s.via != "" {
		c.out.WriteString("DISTINCT ")
	}
	c.out.WriteString(s.node)
	if s.edge != "" {
		c.out.WriteString(", " + s.edge)
	}
	c.line(depth, "}")
}

// rows writes a page of a step's list.
func (c *compiler) rows(done *compiled, s *scope, src source, depth int) {
	o := c.order(s)
	after := o.keyset(c)
	c.out.WriteString("COLLECT {")
	if o.computed() {
		c.draw(s, src, nil, depth+1)
		if !src.weighed || o.degree != "" {
			c.compute(s, src, o, depth+1)
		}
		if after != "" {
			c.line(depth+1, "WHERE "+after)
		}
		c.line(depth+1, "WITH "+o.carry)
	} else {
		more := []string{after}
		if src.all {
			// Always true; by it the server sees that the index of the first sort key holds every node.
			more = []string{o.terms[0].value + " IS NOT NULL", after}
		}
		c.draw(s, src, more, depth+1)
		switch {
		case src.distinct:
			c.line(depth+1, "WITH DISTINCT "+o.carry)
		case done.short:
			c.returned(done, s, o, depth+1)
			c.out.WriteString(" LIMIT " + c.param(shortList+1))
			c.line(depth, "}")
			return
		default:
			c.line(depth+1, "WITH "+o.carry)
		}
	}
	switch {
	case done.short:
		c.out.WriteString(" LIMIT " + c.param(shortList+1))
	case s.step.Relation.Single():
		o.write(c.out)
		c.out.WriteString(" LIMIT 1")
	default:
		o.write(c.out)
		c.out.WriteString(" LIMIT " + c.param(s.step.Page.Size+1))
	}
	c.returned(done, s, o, depth+1)
	c.line(depth, "}")
}

// compute writes the WITH that works out what is ordered by and is no property.
func (c *compiler) compute(s *scope, src source, o *order, depth int) {
	c.line(depth, "WITH ")
	if s.via != "" && !src.weighed {
		c.out.WriteString(s.weighing(src.distinct))
		if o.degree != "" {
			c.line(depth, "WITH "+s.carry()+", "+o.degree)
		}
		return
	}
	if src.distinct {
		c.out.WriteString("DISTINCT ")
	}
	c.out.WriteString(s.carry())
	if o.degree != "" {
		c.out.WriteString(", " + o.degree)
	}
}

// draw writes the clauses that give a source's rows.
func (c *compiler) draw(s *scope, src source, more []string, depth int) {
	for _, l := range src.lead {
		c.line(depth, l)
	}
	for _, m := range src.matches {
		c.line(depth, "MATCH "+m)
	}
	word := "WHERE "
	if len(src.matches) == 0 && s.sum == "" {
		word = "WITH " + s.node + " WHERE "
		if s.score != "" {
			word = "WITH " + s.node + ", " + s.score + " WHERE "
		}
	} else if len(src.matches) == 0 && s.via != "" && !src.weighed {
		word = "WITH " + s.via + ", " + s.node + " WHERE "
	}
	for _, conditions := range [][]string{src.where, more} {
		for _, w := range conditions {
			if w == "" {
				continue
			}
			if word != "AND " {
				c.line(depth, word+w)
			} else {
				c.out.WriteString(" AND " + w)
			}
			word = "AND "
		}
	}
}

// returned writes a row's values, and in them the steps below.
func (c *compiler) returned(done *compiled, s *scope, o *order, depth int) {
	below := c.parts(s.step.Steps, s, "", depth)
	values := make([]string, len(o.terms), len(o.terms)+12)
	for i, t := range o.terms {
		values[i] = t.value
	}
	for _, col := range columnsOf(s.step) {
		value := col.expression(s)
		at := slices.Index(values, value)
		if at < 0 {
			at = len(values)
			values = append(values, value)
		}
		done.columns = append(done.columns, placed{col, at})
	}
	done.values = len(values)
	c.line(depth, "RETURN ["+strings.Join(values, ", "))
	for _, p := range below {
		c.out.WriteString(",")
		c.line(depth+1, "")
		c.value(p, depth+1)
		done.below = append(done.below, p.done)
	}
	c.out.WriteString("]")
}

// line starts a line.
func (c *compiler) line(depth int, s string) {
	c.out.WriteByte('\n')
	for range depth {
		c.out.WriteString("  ")
	}
	c.out.WriteString(s)
}

var errOrder = errors.New("neo4j: the list can't be ordered so")
