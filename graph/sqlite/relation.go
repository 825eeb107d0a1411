package sqlite

import (
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
)

// upper stands among a statement's arguments for the node above, higher for
// the node above that one, chosen for the nodes of a page that is known.
type (
	upper  struct{}
	higher struct{}
	chosen struct{}
)

var (
	above      = arg(upper{})
	aboveAbove = arg(higher{})
	onPage     = arg(chosen{})
)

// source is where a step's rows come from: tables, the condition that ties
// them to the node above, and how the rows' alias and date are called.
type source struct {
	from    expr
	where   []expr
	alias   string // of the node's row
	created string // where a cable's date stands; the edge's index may have it
	edge    bool   // there is an edge row, called e
	edges   string // its table, where every row of it leads to a node
}

// source returns where the rows of a step come from.
func (f *filters) source(step, via *graph.Step) (source, error) {
	src := source{alias: tables[step.Relation.To()].alias}
	if src.alias == "c" {
		src.created = "c.created"
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
	if edge != "cable" { // whose origin may be none
		src.edges = edge
	}
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
	case graph.PersonCandidates:
		src.from = raw("person e JOIN person h ON h.surname = e.surname AND h.alone = 0")
		src.where = []expr{sql("e.id = %s AND e.alone = 1", above)}
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

// The weighted relations: the cables that join two nodes, counted for each partner.

// partners selects the partners of the node above, each once for each cable that
// joins them; those of CableRelated with what the row adds to the weight.
func (f *filters) partners(step *graph.Step) (expr, error) {
	switch step.Relation {
	case graph.CableRelated:
		return relatedCables(), nil
	case graph.PostCorrespondents:
		return f.correspondents(step)
	case graph.PostPeople:
		return f.joined(step, "a.person", "cable w JOIN mention a ON a.cable = w.id", "w.origin = %s AND a.first = 1")
	case graph.PersonMentionedWith:
		return f.joined(step, "b.person", "mention a JOIN mention b ON b.cable = a.cable AND b.person <> a.person", "a.person = %s AND a.first = 1 AND b.first = 1")
	case graph.TagCoTags:
		return f.joined(step, "b.tag", "tagged a JOIN tagged b ON b.cable = a.cable AND b.tag <> a.tag", "a.tag = %s")
	default: // graph.TagPeople
		return f.joined(step, "b.person", "tagged a JOIN mention b ON b.cable = a.cable", "a.tag = %s AND b.first = 1")
	}
}

// joined selects the rows that pair the node above with each partner; a is the edge
// from the cable.
func (f *filters) joined(step *graph.Step, partner, from, where string) (expr, error) {
	in, err := f.inCables(step.In, "a.cable")
	if err != nil {
		return expr{}, err
	}
	return sql("SELECT "+partner+" AS node FROM "+from+" WHERE "+where+" AND %s", above, in), nil
}

// inCables is the condition that a filter lets the cable with this id through.
func (f *filters) inCables(w *graph.CableWhere, id string) (expr, error) {
	if w == nil {
		return always, nil
	}
	c := f.alias("c")
	terms, err := f.cable(w, cableRow(c))
	if err != nil {
		return expr{}, err
	}
	if drive := best(terms); drive >= 0 {
		return sql(id+" IN (SELECT "+c+".id FROM cable "+c+" WHERE %s)", condition(terms, c+".id", drive)), nil
	}
	return sql("EXISTS (SELECT 1 FROM cable "+c+" WHERE "+c+".id = "+id+" AND %s)", condition(terms, c+".id", -1)), nil
}

// correspondents selects the other posts, each once for each cable between it and the post above.
func (f *filters) correspondents(step *graph.Step) (expr, error) {
	in, err := f.inCables(step.In, "w.id")
	if err != nil {
		return expr{}, err
	}
	sent := sql("SELECT s.post AS node FROM cable w JOIN sent_to s ON s.cable = w.id WHERE w.origin = %s AND s.post <> w.origin AND s.first = 1 AND %s", above, in)
	received := sql("SELECT w.origin AS node FROM sent_to s JOIN cable w ON w.id = s.cable WHERE s.post = %s AND s.first = 1 AND w.origin NOT IN (0, s.post) AND %s", above, in)
	switch step.Direction {
	case graph.Sent:
		return sent, nil
	case graph.Received:
		return received, nil
	}
	return sql("%s UNION ALL %s", sent, received), nil
}

// relatedCables selects the cables that share something with the one above, each once for
// each thing, with its weight.
func relatedCables() expr {
	people := sql("SELECT b.cable AS node, 2 FROM mention a JOIN mention b ON b.person = a.person AND b.first = 1 WHERE a.cable = %s AND a.first = 1 AND b.cable <> %s", above, above)
	tags := sql("SELECT b.cable, 1 FROM tagged a JOIN tagged b ON b.tag = a.tag WHERE a.cable = %s AND b.cable <> %s", above, above)
	cites := sql("SELECT c.id, 5 FROM cable c WHERE c.id IN (SELECT cited FROM citation WHERE citing = %s UNION SELECT citing FROM citation WHERE cited = %s) AND c.published = 1 AND c.id <> %s", above, above, above)
	return sql("%s UNION ALL %s UNION ALL %s", people, tags, cites)
}

// shared is the source of SharedCables: the cables that made the weight of the
// row above, between its node and the node above that one.
func (f *filters) shared(step, via *graph.Step, src source) (source, error) {
	src.from = raw("cable c")
	if via == nil || via.Relation == graph.CableRelated || !via.Relation.Weighted() {
		src.where = []expr{never}
		return src, nil
	}
	src.where = []expr{sharing(via)}
	for _, w := range []*graph.CableWhere{via.In, step.In} {
		if w == nil {
			continue
		}
		terms, err := f.cable(w, cableRow("c"))
		if err != nil {
			return src, err
		}
		src.where = append(src.where, condition(terms, "c.id", -1))
	}
	return src, nil
}

// sharing is the condition that a cable joins the two nodes above. The plus keeps SQLite from
// reading all cables of the one for each cable of the other.
func sharing(via *graph.Step) expr {
	switch via.Relation {
	case graph.PostCorrespondents:
		sent := sql("SELECT cable FROM sent_to s JOIN cable w ON w.id = s.cable WHERE w.origin = %s AND s.post = %s", aboveAbove, above)
		received := sql("SELECT cable FROM sent_to s JOIN cable w ON w.id = s.cable WHERE w.origin = %s AND s.post = %s", above, aboveAbove)
		switch via.Direction {
		case graph.Sent:
			return sql("c.id IN (%s)", sent)
		case graph.Received:
			return sql("c.id IN (%s)", received)
		}
		return sql("c.id IN (%s UNION ALL %s)", sent, received)
	case graph.PostPeople:
		return sql("c.origin = %s AND c.id IN (SELECT cable FROM mention WHERE person = %s)", aboveAbove, above)
	case graph.PersonMentionedWith:
		return sql("c.id IN (SELECT a.cable FROM mention a JOIN mention b ON b.cable = a.cable WHERE a.person = %s AND +b.person = %s)", aboveAbove, above)
	case graph.TagCoTags:
		return sql("c.id IN (SELECT a.cable FROM tagged a JOIN tagged b ON b.cable = a.cable WHERE a.tag = %s AND +b.tag = %s)", aboveAbove, above)
	default: // graph.TagPeople
		return sql("c.id IN (SELECT a.cable FROM mention a JOIN tagged b ON b.cable = a.cable WHERE a.person = %s AND +b.tag = %s)", above, aboveAbove)
	}
}
