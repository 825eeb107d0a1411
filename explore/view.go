package explore

import (
	"cmp"
	"context"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// View is a network as the API shows it: the strongest first, with what was
// asked of its nodes and edges beside them.
type View struct {
	Nodes    []*Node
	Edges    []*Edge
	Directed bool
	Info     *Info
}

// Info is what is known of a network as a whole.
type Info struct {
	Nodes, Edges           int
	NodesFound, EdgesFound int
	Cuts                   []network.Cut
	Notes                  []string
}

// Node is a node of a View.
type Node struct {
	ID    graph.ID
	Label string
	X, Y  float64
	// Rows are the node itself, once for each selection on it; nil where it is not in the store any more.
	Rows []*graph.Edge

	measured map[string]any // metric → value
}

// Edge is an edge of a View.
type Edge struct {
	Kind           string
	Source, Target graph.ID
	Weight         int
	// Words are those of the document; see Word.
	Words []string
	// Pages are the cables behind it, once for each selection on them.
	Pages []*graph.Answer
}

// Degree returns a metric; metrics are zero where the network was not measured so.
func (n *Node) Degree() int { return n.integer("degree") }

// WeightedDegree returns the metric.
func (n *Node) WeightedDegree() float64 { return n.real("weighted_degree") }

// PageRank returns the metric.
func (n *Node) PageRank() float64 { return n.real("pagerank") }

// Betweenness returns the metric.
func (n *Node) Betweenness() float64 { return n.real("betweenness") }

// Component returns the metric.
func (n *Node) Component() int { return n.integer("component") }

// Community returns the metric.
func (n *Node) Community() int { return n.integer("community") }

func (n *Node) integer(metric string) int {
	v, _ := n.measured[metric].(int)
	return v
}

func (n *Node) real(metric string) float64 {
	v, _ := n.measured[metric].(float64)
	return v
}

// Measures are what is worked out for each node of a network.
type Measures struct {
	Metrics []string // network.Metrics by name
	Layout  bool
}

// Measure adds metrics and a layout to a network.
func (m *Measures) Measure(ctx context.Context, n *network.Network) error {
	if err := network.Measure(ctx, n, m.Metrics...); err != nil {
		return err
	}
	if m.Layout {
		return network.Layout(ctx, n)
	}
	return nil
}

// Show makes the view of a network that was measured.
func Show(n *network.Network, m *Measures) *View {
	v := &View{Directed: n.Directed, Info: &Info{
		Nodes: len(n.Nodes), Edges: len(n.Edges), NodesFound: n.Info.NodesFound, EdgesFound: n.Info.EdgesFound, Cuts: n.Info.Cuts, Notes: n.Info.Notes,
	}}
	sums := make([]float64, len(n.Nodes))
	for _, e := range n.Edges {
		sums[e.Source] += e.Weight
		sums[e.Target] += e.Weight
		v.Edges = append(v.Edges, &Edge{Kind: e.Kind, Source: n.Nodes[e.Source].ID, Target: n.Nodes[e.Target].ID, Weight: int(e.Weight)})
	}
	slices.SortStableFunc(v.Edges, func(a, b *Edge) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, i := range heaviest(sums) {
		from := &n.Nodes[i]
		node := &Node{ID: from.ID, Label: from.Label, X: from.X, Y: from.Y, measured: map[string]any{}}
		for _, metric := range m.Metrics {
			at := slices.IndexFunc(n.NodeColumns, func(c network.Column) bool { return c.Name == metric })
			if at >= 0 {
				node.measured[metric] = from.Values[at]
			}
		}
		v.Nodes = append(v.Nodes, node)
	}
	return v
}

// heaviest returns the indexes of sums, the largest first.
func heaviest(sums []float64) []int {
	order := make([]int, len(sums))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sums[b], sums[a]) })
	return order
}

// PathView is what a search found, as the API shows it.
type PathView struct {
	Paths             []*Path
	Total, PassedOver int
	Complete          bool
}

// Path is a path of a PathView.
type Path struct {
	Length int
	Nodes  []*Node
	Steps  []*Step
}

// Step is a step of a Path.
type Step struct {
	From, To *Node
	Edges    []*Edge
}

// KnownLength returns the number of steps of the shortest path, and false where there is none.
func (v *PathView) KnownLength() (int, bool) {
	if len(v.Paths) == 0 {
		return 0, false
	}
	return v.Paths[0].Length, true
}

// ShowPaths makes the view of what was found, out of that of its network.
func ShowPaths(found *Found, of *View) *PathView {
	v := &PathView{Total: found.Total, PassedOver: found.PassedOver, Complete: found.Complete}
	nodes, joining := map[graph.ID]*Node{}, map[[2]graph.ID][]*Edge{}
	for _, n := range of.Nodes {
		nodes[n.ID] = n
	}
	for _, e := range of.Edges {
		joining[[2]graph.ID{e.Source, e.Target}] = append(joining[[2]graph.ID{e.Source, e.Target}], e)
	}
	for _, ids := range found.Paths {
		p := &Path{Length: len(ids) - 1}
		for i, id := range ids {
			p.Nodes = append(p.Nodes, nodes[id])
			if i > 0 {
				p.Steps = append(p.Steps, &Step{nodes[ids[i-1]], nodes[id], slices.Concat(joining[[2]graph.ID{ids[i-1], id}], joining[[2]graph.ID{id, ids[i-1]}])})
			}
		}
		v.Paths = append(v.Paths, p)
	}
	return v
}

// Word sets the words of edges of the graph: the names by which a cable mentions a
// person (also of those who signed or classified it), an addressee or a reference as written.
func Word(ctx context.Context, store graph.Reader, edges []*Edge) error {
	at := map[[2]graph.ID][]*Edge{} // cable and far end → edges
	ends := map[graph.ID]bool{}
	var cables, targets []graph.ID
	for _, e := range edges {
		if kind, _, _ := e.Source.Split(); kind != graph.KindCable || e.Kind == string(graph.LinkSentFrom) || e.Kind == string(graph.LinkTagged) {
			continue
		}
		if !ends[e.Source] {
			cables = append(cables, e.Source)
		}
		if !ends[e.Target] {
			targets = append(targets, e.Target)
		}
		ends[e.Source], ends[e.Target] = true, true
		at[[2]graph.ID{e.Source, e.Target}] = append(at[[2]graph.ID{e.Source, e.Target}], e)
	}
	for page := range slices.Chunk(cables, graph.MaxPage) {
		keys, err := graph.Keys(graph.KindCable, page)
		if err != nil {
			return err
		}
		root := keyed(graph.RootCables, keys)
		for _, relation := range []graph.Relation{graph.CablePeople, graph.CableRecipients, graph.CableReferences} {
			step := &graph.Step{Path: []string{string(relation.To())}, Relation: relation, Order: relation.DefaultOrder(), Page: graph.Page{Size: graph.MaxPage}, Rows: true, Fields: graph.FieldForms | graph.FieldAddressee | graph.FieldCitation}
			step.Person, step.Post, step.Cable = &graph.PersonWhere{ID: targets}, &graph.PostWhere{ID: targets}, &graph.CableWhere{ID: targets}
			root.Steps = append(root.Steps, step)
		}
		answers, err := store.Ask(ctx, &graph.Plan{Steps: []*graph.Step{root}})
		if err != nil {
			return err
		}
		for i := range answers[0].Edges {
			word(&answers[0].Edges[i], at)
		}
	}
	return nil
}

// word hands the words of a cable to its edges.
func word(cable *graph.Edge, at map[[2]graph.ID][]*Edge) {
	for _, answer := range cable.Cable.Answers {
		for j := range answer.Edges {
			to := &answer.Edges[j]
			words := []string{to.As}
			if to.Mention != nil {
				words = to.Mention.Forms
			}
			for _, e := range at[[2]graph.ID{cable.Cable.ID(), to.Node().NodeID()}] {
				e.Words = words
			}
		}
	}
}
