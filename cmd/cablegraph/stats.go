package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/graph"
)

// newStatsCmd returns the command that counts what a store holds.
func newStatsCmd() *cobra.Command {
	var where storeFlags
	var hash bool
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count what the store holds",
		Long: `Stats counts the nodes and edges of the store.

With --hash it prints one hash over all of them and nothing else: stores of any kind
that hold the same graph have the same hash, whatever the order of loading.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return where.read(cmd.Context(), func(store graph.Reader) error {
				if hash {
					return printHash(cmd, store)
				}
				corpus, err := store.Corpus(cmd.Context())
				if err != nil {
					return err
				}
				return printCorpus(cmd.OutOrStdout(), corpus)
			})
		},
	}
	where.add(cmd)
	cmd.Flags().BoolVar(&hash, "hash", false, "print one hash over the whole graph instead")
	return cmd
}

func printHash(cmd *cobra.Command, store graph.Reader) error {
	hash, err := graph.Hash(cmd.Context(), store)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), hash)
	return err
}

func printCorpus(out io.Writer, c *graph.Corpus) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range []struct {
		name  string
		count int
	}{
		{"cables", c.Cables},
		{"  published", c.Published},
		{"  announced", c.Announced},
		{"posts", c.Posts},
		{"people", c.People},
		{"tags", c.Tags},
		{"references", c.References},
		{"mentions", c.Mentions},
	} {
		fmt.Fprintf(w, "%s\t%d\n", row.name, row.count)
	}
	fmt.Fprintf(w, "created\t%s\nreleased\t%s\n", span(c.Created), span(c.Released))
	fmt.Fprintf(w, "loaded\t%s\nbackend\t%s\n", moment(c.LoadedAt), c.Backend)
	return w.Flush()
}

func span(s graph.TimeSpan) string {
	if s.From.IsZero() {
		return "-"
	}
	return moment(s.From) + " to " + moment(s.To)
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04")
}
