package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/network"
	"github.com/cablegraph/cablegraph/resolvers"
)

// formatNeo4jAdmin without --of are the files of Neo4j's offline importer for the whole store.
const formatNeo4jAdmin = "neo4j-admin"

// exportFlags are the flags of what resolvers.Export asks for: name of the argument → flag.
var exportFlags = map[string]string{
	"of": "of", "where": "where", "minWeight": "min-weight", "topNodes": "top-nodes", "topEdges": "top-edges",
	"around": "around", "kinds": "kinds", "depth": "depth", "limit": "limit", "metrics": "metrics", "layout": "layout",
}

// newExportCmd returns the command that writes a store's graph, or a network out of it, for another program.
func newExportCmd() *cobra.Command {
	var where storeFlags
	var out string
	values := map[string]*string{"format": new(string)}
	cmd := &cobra.Command{
		Use:   "export --out FILE",
		Short: "Write a network, or the whole graph, for another program",
		Long: `Export writes a network that is counted over the cables (--of PEOPLE, POSTS, TAGS, …), what
lies around nodes (--of NEIGHBOURHOOD --around ID), or the whole graph (--of EVERYTHING), as a file in one of these formats:

` + formats() + `
The arguments are those of the field "network" of the GraphQL API; docs/networks.md explains them.

Without --of, --format neo4j-admin writes the graph of a store of any kind into a folder, as CSV files
and a script import.sh that brings them into a Neo4j server which is stopped. That is the
fastest way to get a whole archive into Neo4j. The server needs nothing more: the first
command that opens it as a store makes its indexes.`,
		Example: `  cablegraph export --store cables.db --of PEOPLE --min-weight 2 --format gexf --out people.gexf
  cablegraph export --store cables.db --of POSTS --where '{"tags":{"all":["IR"]}}' --format graphml --out posts.graphml

  cablegraph export --store archive.db --out import
  neo4j stop && import/import.sh && neo4j start`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if *values["of"] == "" && *values["format"] == formatNeo4jAdmin {
				return exportStore(cmd, &where, out)
			}
			given := map[string]string{}
			for name, v := range values {
				if *v != "" {
					given[name] = *v
				}
			}
			return exportNetwork(cmd, &where, given, out)
		},
	}
	where.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(values["format"], "format", formatNeo4jAdmin, "the form of the file")
	for name, flag := range exportFlags {
		values[name] = new(string)
		flags.StringVar(values[name], flag, "", exportUsage[name])
	}
	flags.StringVarP(&out, "out", "o", "", "the file to write, - for standard output; without --of the folder to write into")
	_ = cmd.MarkFlagRequired("out") // an error only where the flag is not defined
	return cmd
}

var exportUsage = map[string]string{
	"of":        "what the network is made of: PEOPLE, TAGS, PEOPLE_TAGS, PEOPLE_POSTS, POSTS, POSTS_APART, REFERENCES, NEIGHBOURHOOD, or EVERYTHING",
	"where":     "only these cables count: a filter as JSON, as CableWhere of the GraphQL API",
	"minWeight": "the least weight that an edge may have",
	"topNodes":  "how many nodes stay: those whose edges weigh most together",
	"topEdges":  "how many edges stay: the heaviest",
	"around":    "around which nodes, for NEIGHBOURHOOD: an id, or a JSON list of ids",
	"kinds":     "only edges of these kinds, for NEIGHBOURHOOD: MENTIONS,TAGGED",
	"depth":     "how many edges away, for NEIGHBOURHOOD; 1 where not given",
	"limit":     "how many nodes beside those asked for, for NEIGHBOURHOOD; 100 where not given",
	"metrics":   "what is measured of each node: degree, weighted_degree, pagerank, betweenness, component, community",
	"layout":    "false: without places on a plane; true: with them, also for EVERYTHING",
}

// formats lists the formats, one a line.
func formats() string {
	var b strings.Builder
	for _, f := range network.Formats {
		fmt.Fprintf(&b, "  %-16s %s\n", f.Name, f.Description)
	}
	return b.String()
}

// exportStore writes the files of Neo4j's offline importer.
func exportStore(cmd *cobra.Command, where *storeFlags, out string) error {
	err := where.read(cmd.Context(), func(store graph.Reader) error {
		return neo4j.Export(cmd.Context(), store, out)
	})
	if err == nil {
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "written. With the server stopped:\n\n  %s\n\nthen start it; the first command on it makes the indexes.\n",
			filepath.Join(out, "import.sh"))
	}
	return err
}

// exportNetwork writes a network into a file.
func exportNetwork(cmd *cobra.Command, where *storeFlags, given map[string]string, out string) error {
	return where.read(cmd.Context(), func(store graph.Reader) error {
		export, err := resolvers.NewExecutableSchema(store, resolvers.DefaultLimits()).ReadExport(given)
		if err != nil {
			return flagged(err)
		}
		found, err := export.Find(cmd.Context(), store)
		if err != nil {
			return flagged(err)
		}
		if out == "-" {
			return export.Format.Write(cmd.Context(), cmd.OutOrStdout(), found)
		}
		if err := intoFile(cmd.Context(), out, export.Format, found); err != nil {
			return err
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %d nodes, %d edges\n", out, len(found.IDs), found.EdgeCount)
		for _, cut := range found.Info.Cuts {
			fmt.Fprintf(cmd.OutOrStdout(), "left out: %d %s, %s\n", cut.Count, cut.What, cut.Why)
		}
		return err
	})
}

// flagged names flags where an error names arguments.
func flagged(err error) error {
	text := err.Error()
	for name, flag := range exportFlags {
		text = strings.Replace(text, "argument "+name, "--"+flag, 1)
	}
	return errors.New(strings.Replace(text, "argument format", "--format", 1))
}

// intoFile writes into a file beside the one that is meant, which takes its place at the
// end; what is no file, as a pipe or /dev/null, is written to as it stands.
func intoFile(ctx context.Context, path string, format *network.Format, s *network.Stream) error {
	if at, err := os.Stat(path); err == nil && !at.Mode().IsRegular() {
		to, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(format.Write(ctx, to, s), to.Close())
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }() // nothing to remove where it was renamed
	err = format.Write(ctx, file, s)
	if err = errors.Join(err, file.Chmod(0o644), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
