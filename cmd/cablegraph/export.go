package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
)

// formatNeo4jAdmin are the files of Neo4j's offline importer.
const formatNeo4jAdmin = "neo4j-admin"

// newExportCmd returns the command that writes a store's graph for another program.
func newExportCmd() *cobra.Command {
	var where storeFlags
	var format, out string
	cmd := &cobra.Command{
		Use:   "export --out FOLDER",
		Short: "Write the graph as files for Neo4j's offline importer",
		Long: `Export writes the graph of a store of any kind as CSV files, and a script import.sh that
brings them into a Neo4j server which is stopped. That is the fastest way to get a whole
archive into Neo4j. The server needs nothing more: the first command that opens it
as a store makes its indexes.`,
		Example: `  cablegraph load --store archive.db cables.csv
  cablegraph export --store archive.db --out import
  neo4j stop && import/import.sh && neo4j start
  cablegraph stats --store bolt://127.0.0.1:7687`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != formatNeo4jAdmin {
				return fmt.Errorf("--format %s is not known; there is %s", format, formatNeo4jAdmin)
			}
			err := where.read(cmd.Context(), func(store graph.Reader) error {
				return neo4j.Export(cmd.Context(), store, out)
			})
			if err == nil {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "written. With the server stopped:\n\n  %s\n\nthen start it; the first command on it makes the indexes.\n",
					filepath.Join(out, "import.sh"))
			}
			return err
		},
	}
	where.add(cmd)
	cmd.Flags().StringVar(&format, "format", formatNeo4jAdmin, "the form of the files")
	cmd.Flags().StringVar(&out, "out", "", "the folder to write into")
	_ = cmd.MarkFlagRequired("out") // an error only where the flag is not defined
	return cmd
}
