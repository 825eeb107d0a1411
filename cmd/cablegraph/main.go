// Command cablegraph loads diplomatic cables into a graph and answers questions
// about it: over HTTP (serve), on the command line (query).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends the process at once
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs one command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRootCmd()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		if code := exitCode(0); errors.As(err, &code) {
			return int(code) // the command has said what there is to say
		}
		fmt.Fprintf(stderr, "cablegraph: %v\n", err)
		return 1
	}
	return 0
}

// newRootCmd returns the whole command line, a file for each command.
func newRootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "cablegraph",
		Short: "Diplomatic cables as a graph: posts, people, tags and what ties them together",
		Long: `Cablegraph loads diplomatic cables into a graph of cables, posts, people and tags,
and answers GraphQL questions about it. The graph lives in one file, or in Neo4j:
every command takes --store.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(newLoadCmd(), newServeCmd(), newQueryCmd(), newParseCmd(), newSampleCmd(),
		newStatsCmd(), newVerifyCmd(), newPeopleCmd(), newExportCmd(), newHealthcheckCmd(), newVersionCmd())
	return root
}
