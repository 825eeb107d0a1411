package resolvers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/cablegraph/cablegraph/graph"
)

// rootPages are the root fields that are lists.
var rootPages = map[string]*fieldType{
	"cables": page(graph.RootCables, "CableConnection", cableOrders),
	"posts":  page(graph.RootPosts, "PostConnection", nameOrders),
	"people": page(graph.RootPeople, "PersonConnection", nameOrders),
	"tags":   page(graph.RootTags, "TagConnection", tagOrders),
}

// rootKinds says for each kind of node where a plan starts and which type it has.
var rootKinds = map[graph.Kind]struct {
	relation graph.Relation
	typeName string
}{
	graph.KindCable:  {graph.RootCables, "Cable"},
	graph.KindPost:   {graph.RootPosts, "Post"},
	graph.KindPerson: {graph.RootPeople, "Person"},
	graph.KindTag:    {graph.RootTags, "Tag"},
}

// candidates is how many nodes of one name are looked at.
const candidates = 10

// read reads a whole query ahead. The error is about the request as a whole: it
// nests too deep or costs too much; what is wrong with one field stands in its question.
func read(op *graphql.OperationContext, limits Limits) (questions []*question, cost int, err error) {
	p := &planner{op: op, limits: limits, decoder: &decoder{limits: limits}}
	root := "Query"
	if op.Operation.Operation == ast.Subscription {
		root = "Subscription"
	}
	for _, f := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{root}) {
		p.path, p.err, p.exploring = ast.Path{ast.PathName(f.Alias)}, nil, nil
		q := p.question(f)
		if q == nil {
			continue
		}
		if q.err = p.err; isLimit(q.err) {
			return nil, p.cost, q.err
		}
		questions = append(questions, q)
	}
	if p.cost > limits.Cost {
		err = fmt.Errorf("%w: the query could bring %d rows, the limit is %d: ask for smaller pages or fewer levels", errTooCostly, p.cost, limits.Cost)
	}
	return questions, p.cost, err
}

// question reads one root field; nil for those that need no plan.
func (p *planner) question(f graphql.CollectedField) *question {
	q := &question{field: f, plan: &graph.Plan{}}
	if list := rootPages[f.Name]; list != nil {
		step := &graph.Step{Path: []string{f.Alias}, Relation: list.relation}
		q.plan.Steps = []*graph.Step{step}
		q.shapes = []*shape{p.list(step, list, f, 1)}
		return q
	}
	args := f.ArgumentMap(p.op.Variables)
	switch f.Name {
	case "node":
		p.nodes(q, []any{args["id"]})
	case "nodes":
		p.nodes(q, args["ids"])
	case "cable":
		p.cable(q, args["reference"].(string))
	case "tag":
		q.name = args["code"].(string)
		step := p.start(q, graph.KindTag)
		step.Tag = &graph.TagWhere{Name: &q.name}
		step.Fields |= graph.FieldName
	case "post":
		q.name = args["name"].(string)
		step := p.start(q, graph.KindPost)
		step.Post = &graph.PostWhere{Name: &q.name}
		step.Fields |= graph.FieldName
	case "person":
		q.name = args["name"].(string)
		namesakes(p.start(q, graph.KindPerson), q.name)
	case "cableLoaded":
		var err error
		step := p.start(q, graph.KindCable)
		step.Cable, err = where[graph.CableWhere](p.decoder, "where", args["where"])
		p.fail(f, err)
	case "suggest":
		p.suggest(q, args)
	case "network":
		p.network(q, args)
	case "neighbourhood":
		p.neighbourhood(q, args)
	case "paths":
		p.paths(q, args)
	default:
		return nil
	}
	return q
}

// start adds the root step of a field that leads to one node, found by key or by name.
func (p *planner) start(q *question, kind graph.Kind) *graph.Step {
	root := rootKinds[kind]
	step := &graph.Step{Path: []string{q.field.Alias}, Relation: root.relation, Order: root.relation.DefaultOrder(), Rows: true}
	step.Page.Size = 1
	if q.name != "" {
		step.Page.Size = candidates
	}
	q.plan.Steps = append(q.plan.Steps, step)
	p.spend(1)
	q.shapes = append(q.shapes, p.object(root.typeName, q.field.Selections, at{step: step, rows: 1}))
	return step
}

// cable asks for the cable with a reference, or for all that it may mean.
func (p *planner) cable(q *question, reference string) {
	meant, err := graph.ParseReferences(reference)
	p.fail(q.field, err)
	step := p.start(q, graph.KindCable)
	for _, r := range meant {
		step.Keys = append(step.Keys, string(r))
	}
	if len(meant) > 1 {
		q.name, step.Page.Size = reference, len(meant)
		step.Fields |= graph.FieldPublished | graph.FieldCreated | graph.FieldSubject
	}
}

// namesakes makes the step find the people with a name, those of most cables first, with what tells them apart.
func namesakes(step *graph.Step, name string) {
	step.Person = &graph.PersonWhere{Name: &name}
	step.Order = graph.PersonCandidates.DefaultOrder()
	step.Fields |= graph.FieldName | graph.FieldTitles
	cables := &graph.Step{Path: []string{countPath}, Relation: graph.PersonCables, Order: graph.PersonCables.DefaultOrder(), Total: true}
	step.Steps = append(step.Steps, cables)
}

// countPath is the path of the step that counts a candidate's cables; no field has such a name.
const countPath = "#cables"

// nodes adds a root step for each kind among the ids.
func (p *planner) nodes(q *question, ids any) {
	if err := p.ids(q, ids); err != nil {
		p.fail(q.field, err)
		return
	}
	for _, kind := range graph.Kinds {
		keys, err := graph.Keys(kind, q.ids)
		p.fail(q.field, err)
		slices.Sort(keys)
		if keys = slices.Compact(keys); len(keys) == 0 {
			continue
		}
		root := rootKinds[kind]
		step := &graph.Step{
			Path: []string{q.field.Alias, strings.ToLower(string(kind))}, Relation: root.relation,
			Keys: keys, Order: []graph.Order{{By: graph.ByKey}}, Page: graph.Page{Size: len(keys)}, Rows: true,
		}
		if kind == graph.KindPerson {
			step.Fields |= graph.FieldOtherSlugs
		}
		q.plan.Steps = append(q.plan.Steps, step)
		p.spend(len(keys))
		q.shapes = append(q.shapes, p.object(root.typeName, q.field.Selections, at{step: step, rows: len(keys)}))
	}
}

func (p *planner) ids(q *question, v any) error {
	list := elements(v)
	if len(list) > p.limits.IDs {
		return fmt.Errorf("argument ids: %w: %d ids; %d at most", errPageTooLarge, len(list), p.limits.IDs)
	}
	q.ids = make([]graph.ID, len(list))
	for i, id := range list {
		if err := q.ids[i].UnmarshalGQL(id); err != nil {
			return err
		}
	}
	return nil
}

// one returns the row that a question for one node means; nil where there is none.
func (q *question) one(answers graph.Answers) (*graph.Edge, error) {
	var edges []graph.Edge
	for i := range answers {
		edges = append(edges, answers[i].Edges...)
	}
	if len(edges) == 0 {
		return nil, nil
	}
	if len(edges) == 1 {
		return &edges[0], nil
	}
	if q.name == "" { // an id that is somebody's own goes before another's that leads there too
		edges, _ := q.each(answers)
		return edges[0], nil
	}
	if edges[0].Cable != nil {
		return nil, ambiguous(q.name, cablesMeant(edges), false)
	}
	return choose(q.name, edges, answers[0].HasNext)
}

// choose decides between several nodes that bear a name: the one whose key it
// is, else the only one that has it as its first name and not just as an alias.
// A person known by the surname alone is no better a guess than those who bear it
// with a given name: "Clinton" is Bill, Hillary, or whoever a cable left unsaid.
func choose(name string, edges []graph.Edge, more bool) (*graph.Edge, error) {
	var found *graph.Edge
	fitting := make([]Candidate, len(edges))
	firsts := 0
	for i := range edges {
		e := &edges[i]
		if (e.Key() == name || e.Tag != nil && e.Key() == graph.NormalCode(name)) && !surnameAlone(e) {
			return e, nil
		}
		fitting[i] = candidate(e)
		first := graph.Fold(fitting[i].Name)
		if first == graph.Fold(name) && !surnameAlone(e) {
			firsts++
			found = e
		}
	}
	if firsts != 1 || more {
		return nil, ambiguous(name, fitting, more)
	}
	return found, nil
}

func surnameAlone(e *graph.Edge) bool {
	return e.Person != nil && !strings.Contains(graph.Fold(e.Person.Name), " ")
}

func candidate(e *graph.Edge) Candidate {
	if e.Post != nil {
		return Candidate{ID: e.Post.ID(), Name: e.Post.Name}
	}
	if e.Tag != nil {
		return Candidate{ID: e.Tag.ID(), Name: e.Tag.Name}
	}
	c := Candidate{ID: e.Person.ID(), Name: e.Person.Name, Titles: e.Person.Titles[:min(len(e.Person.Titles), candidateTitles)]}
	if cables := e.Person.Answers.Find(countPath); cables != nil {
		c.Cables = cables.Total
	}
	return c
}

// cablesMeant are the cables that a reference may mean, those whose text is here first.
func cablesMeant(edges []graph.Edge) []Candidate {
	var published, announced []Candidate
	for i := range edges {
		c := edges[i].Cable
		meant := Candidate{ID: c.ID(), Name: c.Key(), Subject: c.Subject}
		if !c.Created.IsZero() {
			meant.Created = &c.Created
		}
		if c.Published {
			published = append(published, meant)
		} else {
			announced = append(announced, meant)
		}
	}
	return append(published, announced...)
}

// candidateTitles is how many titles a candidate shows.
const candidateTitles = 3

// each returns the row of each id in their order, nil for those that are not
// here, and for each row which of the plan's steps brought it.
func (q *question) each(answers graph.Answers) (edges []*graph.Edge, steps []int) {
	found := make(map[graph.ID]*graph.Edge, len(q.ids))
	by := make(map[graph.ID]int, len(q.ids))
	for i := range answers {
		for j := range answers[i].Edges {
			e := &answers[i].Edges[j]
			found[e.Node().NodeID()], by[e.Node().NodeID()] = e, i
		}
	}
	for i := range answers {
		for j := range answers[i].Edges {
			e := &answers[i].Edges[j]
			for _, id := range otherIDs(e) {
				if found[id] == nil {
					found[id], by[id] = e, i
				}
			}
		}
	}
	for _, id := range q.ids {
		edges, steps = append(edges, found[id]), append(steps, by[id])
	}
	return edges, steps
}

// otherIDs are the ids that lead to the node beside its own.
func otherIDs(e *graph.Edge) []graph.ID {
	if e.Person == nil {
		return nil
	}
	return e.Person.OtherIDs()
}

// marshal writes the answers to a question.
func (q *question) marshal(answers graph.Answers) (graphql.Marshaler, error) {
	switch {
	case rootPages[q.field.Name] != nil:
		return write(func(b []byte) []byte { return writeObject(b, &answers[0], q.shapes[0]) }), nil
	case q.field.Name == "nodes":
		edges, steps := q.each(answers)
		return write(func(b []byte) []byte {
			return writeList(b, len(edges), func(b []byte, i int) []byte {
				if edges[i] == nil {
					return writeNull(b)
				}
				return writeObject(b, node(edges[i]), q.shapes[steps[i]])
			})
		}), nil
	}
	if q.suggest != nil {
		return q.suggested(answers), nil
	}
	e, err := q.one(answers)
	if err != nil || e == nil {
		return graphql.Null, err
	}
	return write(func(b []byte) []byte { return writeObject(b, node(e), q.shapes[0]) }), nil
}
