package resolvers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/cablegraph/cablegraph/explore"
	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
)

// Export is a network on its way into a file: what an address (/export?…) or the
// flags of a command ask for, by the names and with the meaning of the arguments of `network`.
type Export struct {
	Format   *network.Format
	of       string
	project  *explore.Projection
	around   *explore.Neighbourhood
	measures explore.Measures
	values   []network.Parameter
}

// What `of` can be beside a projection, and the arguments that it takes then.
const (
	Everything    = "EVERYTHING"
	Neighbourhood = "NEIGHBOURHOOD"
)

// exported declares the arguments as the fields `network` and `neighbourhood` have them; the library checks them against the schema.
const exported = `query($of: NetworkOf, $where: CableWhere, $minWeight: Int, $topNodes: Int, $topEdges: Int,
  $around: [ID!], $kinds: [EdgeKind!], $depth: Int, $limit: Int) { __typename }`

// ExportNames are the arguments of an export, in their order.
var ExportNames = []string{"format", "of", "where", "minWeight", "topNodes", "topEdges", "around", "kinds", "depth", "limit", "metrics", "layout"}

// taken are the arguments that each kind of network takes beside format, of, metrics and layout.
func taken(of string) []string {
	switch of {
	case Everything:
		return []string{"where"}
	case Neighbourhood:
		return []string{"around", "kinds", "depth", "limit"}
	}
	return []string{"where", "minWeight", "topNodes", "topEdges"}
}

// NetworkTitle says what a projection is.
func NetworkTitle(of explore.Of) string { return titles[of] }

// titles say what the projections are.
var titles = map[explore.Of]string{
	explore.People: "People by shared cables", explore.Tags: "Tags by shared cables", explore.PeopleTags: "People and tags by shared cables",
	explore.PeoplePosts: "People and posts by cables", explore.Posts: "Posts by cables sent", explore.PostsApart: "Posts by cables sent, for action and for information",
	explore.References: "Cables by citation", Everything: "The graph of cables", Neighbourhood: "What lies around some nodes",
}

// ReadExport reads an export from texts by name. The error has a code (ErrorPresenter), and names the argument.
func (s *Schema) ReadExport(values map[string]string) (*Export, error) {
	e := &Export{of: values["of"], project: &explore.Projection{}, around: &explore.Neighbourhood{Types: graph.LinkTypes, Depth: 1, Limit: 100}}
	for name := range values {
		if !slices.Contains(ExportNames, name) {
			return nil, fmt.Errorf("%w: there is no argument %s; there are %s", graph.ErrBadWhere, name, strings.Join(ExportNames, ", "))
		}
	}
	for _, name := range ExportNames {
		if values[name] != "" {
			e.values = append(e.values, network.Parameter{Name: name, Value: values[name]})
		}
	}
	var err error
	if e.Format, err = network.FormatNamed(values["format"]); err != nil {
		return nil, fmt.Errorf("argument format: %w: %w", graph.ErrBadWhere, err)
	}
	if err := e.arguments(s, values); err != nil {
		return nil, err
	}
	e.project.Spells = e.Format.Dynamic()
	e.measures.Layout = e.of != Everything
	if v := values["layout"]; v != "" {
		if e.measures.Layout, err = strconv.ParseBool(v); err != nil {
			return nil, fmt.Errorf("argument layout: %w: %q is neither true nor false", graph.ErrBadWhere, v)
		}
	}
	for name := range strings.SplitSeq(values["metrics"], ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !slices.ContainsFunc(network.Metrics, func(m network.Metric) bool { return m.Name == name }) {
			return nil, fmt.Errorf("argument metrics: %w: there is no metric %q", graph.ErrBadWhere, name)
		}
		e.measures.Metrics = append(e.measures.Metrics, name)
	}
	return e, nil
}

// arguments reads those that the fields of the API have too.
func (e *Export) arguments(s *Schema, values map[string]string) error {
	given := map[string]any{}
	if e.of != Everything && e.of != Neighbourhood {
		if given["of"] = e.of; e.of == "" {
			return fmt.Errorf("argument of: %w: say what the network is made of: PEOPLE, for example", graph.ErrBadWhere)
		}
	}
	for _, name := range []string{"where", "minWeight", "topNodes", "topEdges", "around", "kinds", "depth", "limit"} {
		v := values[name]
		switch {
		case v == "":
			continue
		case !slices.Contains(taken(e.of), name):
			return fmt.Errorf("argument %s: %w: %s takes none", name, graph.ErrBadWhere, e.of)
		case name == "where" || name == "around" && v[0] == '[':
			var read any
			d := json.NewDecoder(strings.NewReader(v))
			d.UseNumber()
			if err := d.Decode(&read); err != nil {
				return fmt.Errorf("argument %s: %w: this is no JSON: %w", name, graph.ErrBadWhere, err)
			}
			if d.More() {
				return fmt.Errorf("argument %s: %w: it goes on after its JSON, at byte %d", name, graph.ErrBadWhere, d.InputOffset())
			}
			given[name] = read
		case name == "around":
			given[name] = []any{v}
		case name == "kinds":
			given[name] = elements(strings.Split(v, ","))
		default:
			given[name] = json.Number(v)
		}
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: exported})
	if err != nil {
		return err
	}
	for _, v := range doc.Operations[0].VariableDefinitions {
		v.Definition = s.Schema().Types[v.Type.Name()]
	}
	checked, err := validator.VariableValues(s.Schema(), doc.Operations[0], given)
	if wrong := (*gqlerror.Error)(nil); errors.As(err, &wrong) {
		return fmt.Errorf("argument %s: %w: %s", strings.TrimPrefix(wrong.Path.String(), "variable."), graph.ErrBadWhere, wrong.Message)
	}
	return e.read(s.limits, checked)
}

func (e *Export) read(limits Limits, checked map[string]any) (err error) {
	p := &planner{limits: limits, decoder: &decoder{limits: limits}}
	q := &question{}
	if checked["of"] != nil {
		p.fail(q.field, e.project.Of.UnmarshalGQL(checked["of"]))
	}
	if e.project.Where, err = where[graph.CableWhere](p.decoder, "where", checked["where"]); err != nil {
		return err
	}
	for name, to := range map[string]*int{"minWeight": &e.project.MinWeight, "topNodes": &e.project.TopNodes, "topEdges": &e.project.TopEdges} {
		if checked[name] != nil {
			*to = p.count(q, checked, name, 1<<30)
		}
	}
	for name, to := range map[string]*int{"depth": &e.around.Depth, "limit": &e.around.Limit} {
		if most := map[string]int{"depth": maxDepth, "limit": limits.Nodes}[name]; checked[name] != nil {
			*to = p.count(q, checked, name, most)
		}
	}
	e.around.Types = p.linkTypes(q, checked)
	if e.of == Neighbourhood {
		if checked["around"] == nil {
			return fmt.Errorf("argument around: %w: say around which nodes: person:bernard-kouchner, or a JSON list of ids", graph.ErrBadWhere)
		}
		if err := p.ids(q, checked["around"]); err != nil {
			return err
		}
		e.around.Of = q.ids
	}
	if shown := (*gqlerror.Error)(nil); errors.As(p.err, &shown) {
		return shown.Err // of no place in a query
	}
	return p.err
}

// Find finds the network, measures it, and notes where it comes from.
func (e *Export) Find(ctx context.Context, store graph.Reader) (*network.Stream, error) {
	s, err := e.stream(ctx, store)
	if err != nil {
		return nil, err
	}
	corpus, err := store.Corpus(ctx)
	if err != nil {
		return nil, err
	}
	s.Info.Title, s.Info.Parameters, s.Info.LoadedAt = titles[explore.Of(e.of)], e.values, corpus.LoadedAt
	s.Info.Question = "cablegraph export"
	for _, v := range e.values {
		s.Info.Question += fmt.Sprintf(" %s=%s", v.Name, v.Value)
	}
	return s, nil
}

// stream holds the whole graph in memory only where it has to be measured.
func (e *Export) stream(ctx context.Context, store graph.Reader) (*network.Stream, error) {
	var n *network.Network
	var err error
	switch e.of {
	case Everything:
		s, err := explore.Everything(ctx, store, e.project.Where)
		if err != nil || !e.measures.Layout && len(e.measures.Metrics) == 0 {
			return s, err
		}
		if s.EdgeCount > explore.MaxGraph {
			return nil, fmt.Errorf("%w: %d edges; a graph is measured and laid out with %d at most: leave metrics and layout out, or filter its cables", explore.ErrTooLarge, s.EdgeCount, explore.MaxGraph)
		}
		if n, err = s.Network(ctx); err != nil {
			return nil, err
		}
	case Neighbourhood:
		n, err = explore.Around(ctx, store, e.around)
	default:
		n, err = explore.Project(ctx, store, e.project)
	}
	if err == nil {
		err = e.measures.Measure(ctx, n)
	}
	if err != nil {
		return nil, err
	}
	return n.Stream()
}

// FileName is a name for the file.
func (e *Export) FileName() string {
	return strings.ReplaceAll(strings.ToLower(e.of), "_", "-") + e.Format.Extension
}
