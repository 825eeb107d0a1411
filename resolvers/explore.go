package resolvers

import (
	"context"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/cablegraph/cablegraph/explore"
	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// A root field that explores can't be one plan: which nodes there will be is
// known when they have been found. So its selection is read ahead into steps that
// lack their keys, and these are asked once they are known: all nodes in one plan,
// and the cables behind edges a few edges at a time.

// exploring is such a root field, read ahead.
type exploring struct {
	find         func(context.Context, graph.Reader) (*network.Network, error)
	show         func(*explore.View) any // what the field's type is written from
	evidence     func(*explore.Edge) *graph.CableWhere
	kinds        []graph.Kind // that nodes can have
	nodes, edges int          // how many there can be
	paths, steps int          // likewise, of paths
	words        bool         // the words behind edges are asked for
	measures     explore.Measures
	below        []*selection // on nodes
	behind       []*selection // on the cables behind edges
}

func (e *exploring) onNodes() []*selection  { return e.below }
func (e *exploring) onCables() []*selection { return e.behind }

// selection is what is selected on nodes or cables that are not known yet.
type selection struct {
	path  []string      // the response keys that lead there
	steps []*graph.Step // one for each kind of exploring.kinds; without keys
}

// network reads the arguments of `network`.
func (p *planner) network(q *question, args map[string]any) {
	project := &explore.Projection{}
	p.fail(q.field, project.Of.UnmarshalGQL(args["of"]))
	var err error
	project.Where, err = where[graph.CableWhere](p.decoder, "where", args["where"])
	p.fail(q.field, err)
	project.MinWeight = p.count(q, args, "minWeight", 1<<30)
	project.TopNodes = p.count(q, args, "topNodes", p.limits.Nodes)
	project.TopEdges = p.count(q, args, "topEdges", p.limits.Edges)
	p.explore(q, "Network", &exploring{
		find: func(ctx context.Context, store graph.Reader) (*network.Network, error) {
			return explore.Project(ctx, store, project)
		},
		show:  func(v *explore.View) any { return v },
		kinds: project.Of.Kinds(), nodes: min(project.TopNodes, 2*project.TopEdges), edges: project.TopEdges,
		evidence: func(e *explore.Edge) *graph.CableWhere { return project.Evidence(e.Kind, e.Source, e.Target) },
	})
}

// neighbourhood reads the arguments of `neighbourhood`.
func (p *planner) neighbourhood(q *question, args map[string]any) {
	around := &explore.Neighbourhood{Depth: p.count(q, args, "depth", maxDepth), Limit: p.count(q, args, "limit", graph.MaxPage), Types: p.linkTypes(q, args)}
	ids := &question{}
	p.fail(q.field, p.ids(ids, args["of"]))
	_, err := graph.Keys(graph.KindCable, ids.ids)
	p.fail(q.field, err)
	around.Of = ids.ids
	p.explore(q, "Network", &exploring{
		find: func(ctx context.Context, store graph.Reader) (*network.Network, error) {
			return explore.Around(ctx, store, around)
		},
		show:  func(v *explore.View) any { return v },
		kinds: graph.Kinds, nodes: len(around.Of) + around.Limit, edges: edgesOfNode * (len(around.Of) + around.Limit), evidence: itself,
	})
}

// paths reads the arguments of `paths`.
func (p *planner) paths(q *question, args map[string]any) {
	search := &explore.Search{MaxLength: p.count(q, args, "maxLength", maxSteps), First: p.count(q, args, "first", graph.MaxPage), Types: p.linkTypes(q, args)}
	for name, end := range map[string]*graph.ID{"from": &search.From, "to": &search.To} {
		p.fail(q.field, end.UnmarshalGQL(args[name]))
		_, _, err := end.Split()
		p.fail(q.field, err)
	}
	p.fail(q.field, search.Find.UnmarshalGQL(args["find"]))
	if args["maxDegree"] != nil {
		search.MaxDegree = p.count(q, args, "maxDegree", 1<<30)
	}
	if search.Find == explore.Shortest {
		search.First = 1
	}
	var found *explore.Found
	p.explore(q, "PathResult", &exploring{
		find: func(ctx context.Context, store graph.Reader) (_ *network.Network, err error) {
			if found, err = explore.Paths(ctx, store, search); err != nil {
				return nil, err
			}
			return found.Network, nil
		},
		show:  func(v *explore.View) any { return explore.ShowPaths(found, v) },
		kinds: graph.Kinds, nodes: search.First * (search.MaxLength + 1), edges: edgesOfStep * search.First * search.MaxLength,
		paths: search.First, steps: search.MaxLength, evidence: itself,
	})
}

const (
	// maxDepth and maxSteps bound how far is looked.
	maxDepth = 10
	maxSteps = 12
	// edgesOfStep is how many edges can join two nodes: a cable can mention whom it is signed and classified by.
	edgesOfStep = 3
	// edgesOfNode is how many edges of a neighbourhood are counted for each node; most cables have no more within it.
	edgesOfNode = 10
)

// itself is the cable behind an edge of the graph: the one that it starts at.
func itself(e *explore.Edge) *graph.CableWhere { return &graph.CableWhere{ID: []graph.ID{e.Source}} }

// linkTypes reads the kinds of edge; all where none are given.
func (p *planner) linkTypes(q *question, args map[string]any) []graph.LinkType {
	if args["kinds"] == nil {
		return graph.LinkTypes
	}
	kinds := []graph.LinkType{}
	for _, v := range elements(args["kinds"]) {
		var kind graph.LinkType
		p.fail(q.field, kind.UnmarshalGQL(v))
		kinds = append(kinds, kind)
	}
	return kinds
}

// count reads a whole number from 1 to most.
func (p *planner) count(q *question, args map[string]any, name string, most int) int {
	n, ok := integer(args[name])
	switch {
	case !ok || n < 1:
		p.fail(q.field, fmt.Errorf("argument %s: %w: %v is no number from 1 on", name, graph.ErrBadPage, args[name]))
	case n > most:
		p.fail(q.field, fmt.Errorf("argument %s: %w: %d; %d at most", name, errPageTooLarge, n, most))
	}
	return n
}

// explore reads the selection of a field that explores.
func (p *planner) explore(q *question, typeName string, e *exploring) {
	q.exploring, p.exploring = e, e
	p.spend(e.nodes + e.edges)
	q.shapes = []*shape{p.object(typeName, q.field.Selections, at{step: &graph.Step{}, rows: 1})}
}

// elementsOf is a list of a network's nodes or edges.
func elementsOf[T, E any](to string, count func(*exploring) int, get func(*T) []*E) *fieldType {
	return &fieldType{role: members, to: to, count: count, write: func(b []byte, object any, s *slot) []byte {
		elements := get(object.(*T))
		return writeList(b, len(elements), func(b []byte, i int) []byte { return writeObject(b, elements[i], s.below) })
	}}
}

// part is one object that comes with the one around it.
func part[T, E any](to string, get func(*T) *E) *fieldType {
	return &fieldType{to: to, write: func(b []byte, object any, s *slot) []byte { return writeObject(b, get(object.(*T)), s.below) }}
}

// measured is a field that needs a metric.
func measured(name string, f *fieldType) *fieldType {
	f.role, f.metric = metric, name
	return f
}

// measure notes that a metric is needed, or, without a name, the layout.
func (e *exploring) measure(name string) {
	if name == "" {
		e.measures.Layout = true
	} else if !slices.Contains(e.measures.Metrics, name) {
		e.measures.Metrics = append(e.measures.Metrics, name)
	}
}

// keyless reads what is selected on nodes whose keys are not known yet.
func (p *planner) keyless(f graphql.CollectedField, here at, s *slot) {
	e, own := p.exploring, &selection{path: p.keys()}
	s.step, s.kinds = len(e.below), map[graph.Kind]*shape{}
	e.below = append(e.below, own)
	before, dearest := p.cost, p.cost
	for _, kind := range e.kinds { // a node is of one of them: the dearest counts
		root := rootKinds[kind]
		step := &graph.Step{Path: []string{f.Alias, string(kind)}, Relation: root.relation, Order: []graph.Order{{By: graph.ByKey}}, Rows: true}
		own.steps = append(own.steps, step)
		p.cost = before
		p.spend(here.rows)
		s.kinds[kind] = p.object(root.typeName, f.Selections, at{step: step, rows: here.rows})
		dearest = max(dearest, p.cost)
	}
	p.cost = dearest
}

func writeKeyless(b []byte, object any, s *slot) []byte {
	row := object.(*explore.Node).Rows[s.step]
	if row == nil {
		return writeNull(b)
	}
	return writeObject(b, node(row), s.kinds[row.Step.Relation.To()])
}

// cablesBehind are the cables behind an edge of a network.
func cablesBehind() *fieldType {
	f := page(graph.RootCables, "CableConnection", cableOrders)
	f.role, f.write = behind, writeBehind
	return f
}

// behind reads what is selected on the cables behind edges that are not known yet.
func (p *planner) behind(field *fieldType, f graphql.CollectedField, here at, s *slot) {
	step := &graph.Step{Path: []string{f.Alias}, Relation: graph.RootCables}
	s.step, s.below = len(p.exploring.behind), p.list(step, field, f, here.rows)
	p.exploring.behind = append(p.exploring.behind, &selection{path: p.keys(), steps: []*graph.Step{step}})
}

func writeBehind(b []byte, object any, s *slot) []byte {
	return writeObject(b, object.(*explore.Edge).Pages[s.step], s.below)
}

// keys are the response keys that lead to the field at hand.
func (p *planner) keys() []string {
	keys := make([]string, len(p.path))
	for i, name := range p.path {
		keys[i] = fmt.Sprint(name)
	}
	return keys
}

func exploredTypes(add func(name string, interfaces []string, fields map[string]*fieldType)) {
	type (
		V = explore.View
		I = explore.Info
		N = explore.Node
		E = explore.Edge
		R = explore.PathView
		P = explore.Path
		S = explore.Step
	)
	add("Network", nil, map[string]*fieldType{
		"nodes":    elementsOf("NetworkNode", func(e *exploring) int { return e.nodes }, func(v *V) []*N { return v.Nodes }),
		"edges":    elementsOf("NetworkEdge", func(e *exploring) int { return e.edges }, func(v *V) []*E { return v.Edges }),
		"directed": truth(func(v *V) bool { return v.Directed }),
		"info":     part("NetworkInfo", func(v *V) *I { return v.Info }),
	})
	add("NetworkInfo", nil, map[string]*fieldType{
		"nodes":      number(func(i *I) int { return i.Nodes }),
		"edges":      number(func(i *I) int { return i.Edges }),
		"nodesFound": number(func(i *I) int { return i.NodesFound }),
		"edgesFound": number(func(i *I) int { return i.EdgesFound }),
		"cuts":       list(0, "NetworkCut", func(i *I) []network.Cut { return i.Cuts }),
		"notes":      texts(0, func(i *I) []string { return i.Notes }),
	})
	add("NetworkCut", nil, map[string]*fieldType{
		"what":  text(0, func(c *network.Cut) string { return c.What }),
		"count": number(func(c *network.Cut) int { return c.Count }),
		"why":   text(0, func(c *network.Cut) string { return c.Why }),
	})
	add("PathResult", nil, map[string]*fieldType{
		"paths": elementsOf("NetworkPath", func(e *exploring) int { return e.paths }, func(v *R) []*P { return v.Paths }),
		"length": {write: func(b []byte, object any, _ *slot) []byte {
			if n, ok := object.(*R).KnownLength(); ok {
				return writeInt(b, n)
			}
			return writeNull(b)
		}},
		"total":      number(func(v *R) int { return v.Total }),
		"passedOver": number(func(v *R) int { return v.PassedOver }),
		"complete":   truth(func(v *R) bool { return v.Complete }),
	})
	add("NetworkPath", nil, map[string]*fieldType{
		"length": number(func(p *P) int { return p.Length }),
		"nodes":  elementsOf("NetworkNode", func(e *exploring) int { return e.steps + 1 }, func(p *P) []*N { return p.Nodes }),
		"steps":  elementsOf("PathStep", func(e *exploring) int { return e.steps }, func(p *P) []*S { return p.Steps }),
	})
	add("PathStep", nil, map[string]*fieldType{
		"from":  part("NetworkNode", func(s *S) *N { return s.From }),
		"to":    part("NetworkNode", func(s *S) *N { return s.To }),
		"edges": elementsOf("NetworkEdge", func(*exploring) int { return edgesOfStep }, func(s *S) []*E { return s.Edges }),
	})
	add("NetworkNode", nil, map[string]*fieldType{
		"id":             text(0, func(n *N) string { return string(n.ID) }),
		"label":          text(0, func(n *N) string { return n.Label }),
		"node":           {role: keyless, to: "Node", write: writeKeyless},
		"degree":         measured("degree", number((*N).Degree)),
		"weightedDegree": measured("weighted_degree", real(0, (*N).WeightedDegree)),
		"pageRank":       measured("pagerank", real(0, (*N).PageRank)),
		"betweenness":    measured("betweenness", real(0, (*N).Betweenness)),
		"component":      measured("component", number((*N).Component)),
		"community":      measured("community", number((*N).Community)),
		"x":              measured("", real(0, func(n *N) float64 { return n.X })),
		"y":              measured("", real(0, func(n *N) float64 { return n.Y })),
	})
	add("NetworkEdge", nil, map[string]*fieldType{
		"kind":   text(0, func(e *E) string { return e.Kind }),
		"source": text(0, func(e *E) string { return string(e.Source) }),
		"target": text(0, func(e *E) string { return string(e.Target) }),
		"weight": number(func(e *E) int { return e.Weight }),
		"words":  {role: words, write: func(b []byte, object any, _ *slot) []byte { return writeStrings(b, object.(*E).Words) }},
		"cables": cablesBehind(),
	})
}

// explore finds the network, measures it, and asks for what is selected on its nodes and edges.
func (q *question) explore(ctx context.Context, store graph.Reader) (any, error) {
	if q.err != nil {
		return nil, q.err
	}
	e := q.exploring
	n, err := e.find(ctx, store)
	if err == nil {
		err = e.measures.Measure(ctx, n)
	}
	if err != nil {
		return nil, err
	}
	view := explore.Show(n, &e.measures)
	if e.words {
		if err := explore.Word(ctx, store, view.Edges); err != nil {
			return nil, err
		}
	}
	if err := e.ask(ctx, store, e.nodeSteps(view), graph.MaxPage); err != nil {
		return nil, err
	}
	if err := e.ask(ctx, store, e.edgeSteps(view), edgesTogether); err != nil {
		return nil, err
	}
	return e.show(view), nil
}

// edgesTogether is for how many edges cables are asked for in one plan: a store
// that makes one statement of it plans that once, and uses it for all edges.
const edgesTogether = 25

// late is a step whose keys or filter are known now, and what is done with its answer.
type late struct {
	step *graph.Step
	take func(*graph.Answer)
}

// ask asks the steps, some of them in one plan.
func (e *exploring) ask(ctx context.Context, store graph.Reader, steps []late, together int) error {
	for part := range slices.Chunk(steps, together) {
		plan := &graph.Plan{}
		for _, l := range part {
			plan.Steps = append(plan.Steps, l.step)
		}
		answers, err := store.Ask(ctx, plan)
		if err != nil {
			return err
		}
		for i := range part {
			part[i].take(&answers[i])
		}
	}
	return nil
}

// nodeSteps give each node its row for each selection.
func (e *exploring) nodeSteps(view *explore.View) (steps []late) {
	at := make(map[graph.ID]*explore.Node, len(view.Nodes))
	ids := make([]graph.ID, len(view.Nodes))
	for i, n := range view.Nodes {
		at[n.ID], ids[i] = n, n.ID
		n.Rows = make([]*graph.Edge, len(e.below))
	}
	for i, selected := range e.below {
		for k, kind := range e.kinds {
			keys, _ := graph.Keys(kind, ids) // ids that came out of a store
			for page := range slices.Chunk(keys, graph.MaxPage) {
				step := *selected.steps[k]
				step.Keys, step.Page.Size = page, len(page)
				steps = append(steps, late{&step, func(a *graph.Answer) {
					for j := range a.Edges {
						if n := at[a.Edges[j].Node().NodeID()]; n != nil {
							n.Rows[i] = &a.Edges[j]
						}
					}
				}})
			}
		}
	}
	return steps
}

// edgeSteps give each edge its page of cables for each selection.
func (e *exploring) edgeSteps(view *explore.View) (steps []late) {
	if len(e.behind) == 0 {
		return nil
	}
	for _, edge := range view.Edges {
		edge.Pages = make([]*graph.Answer, len(e.behind))
		filter := e.evidence(edge)
		for i, selected := range e.behind {
			step := *selected.steps[0]
			step.Cable = filter
			steps = append(steps, late{&step, func(a *graph.Answer) { edge.Pages[i] = a }})
		}
	}
	return steps
}

// explored answers a field that explores, for Schema.ByField.
func explored[T any](ctx context.Context, r *resolver) (*T, error) {
	field := graphql.GetFieldContext(ctx).Field
	q := questionFrom(ctx, field.Alias)
	if q == nil {
		return nil, fmt.Errorf("%s was not read ahead", field.Name)
	}
	found, err := q.explore(ctx, r.store)
	if err != nil {
		return nil, err
	}
	return found.(*T), nil
}

// selected finds which selection of those that were read ahead the field at hand is.
func selected(ctx context.Context, of func(*exploring) []*selection) (int, error) {
	var keys []string
	for f := graphql.GetFieldContext(ctx); f != nil; f = f.Parent {
		if f.Index == nil && f.Field.Field != nil {
			keys = append(keys, f.Field.Alias)
		}
	}
	slices.Reverse(keys)
	if q := questionFrom(ctx, keys[0]); q != nil && q.exploring != nil {
		if i := slices.IndexFunc(of(q.exploring), func(s *selection) bool { return slices.Equal(s.path, keys) }); i >= 0 {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%v was not read ahead", keys)
}
