package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/resolvers"
	"github.com/cablegraph/cablegraph/server"
)

// queryFlags are the settings of query beside the store.
type queryFlags struct {
	variables, operation string
	explain, compact     bool
	server.Config
}

// newQueryCmd returns the command that answers one question.
func newQueryCmd() *cobra.Command {
	var where storeFlags
	f := queryFlags{Config: server.Defaults()}
	cmd := &cobra.Command{
		Use:   "query [FILE | - | '{ … }']",
		Short: "Answer one GraphQL question, as JSON",
		Long: `Query answers the question that stands in a file, on standard input (- or nothing), or
in the argument itself, straight from the store; no server is needed. The answer goes
to standard output as JSON. The exit code is 1 where it has errors. --explain says on
standard error what it took: the statements stand there as sqlite3 or Neo4j Browser take them.`,
		Example: `  cablegraph query '{ corpus { cables people } }'
  cablegraph query question.graphql --variables '{"after": null}'
  cablegraph query question.graphql --variables @variables.json --explain`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			slog.SetDefault(newLog(cmd.ErrOrStderr(), slog.LevelError, false))
			question, err := f.question(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			return where.read(cmd.Context(), func(store graph.Reader) error {
				return f.answer(cmd, store, question)
			})
		},
	}
	where.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.variables, "variables", "", "the query's variables as a JSON object, or @ and a file that holds one")
	flags.StringVar(&f.operation, "operation", "", "which operation to run, where there are several")
	flags.BoolVar(&f.explain, "explain", false, "say on standard error what it cost, and which statements the database ran, to be pasted into its shell")
	flags.BoolVar(&f.compact, "compact", false, "the answer on one line")
	flags.DurationVar(&f.Timeout, "timeout", f.Timeout, "how long it may take")
	return cmd
}

// question reads what is asked.
func (f *queryFlags) question(stdin io.Reader, args []string) (*server.Question, error) {
	query, err := readQuery(stdin, args)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(query) == "" {
		return nil, errors.New("there is no question; try: cablegraph query '{ corpus { cables } }'")
	}
	variables, err := readVariables(f.variables)
	if err != nil {
		return nil, err
	}
	return &server.Question{RawParams: graphql.RawParams{Query: query, OperationName: f.operation, Variables: variables}}, nil
}

// readQuery reads the query from the argument, the file that it names, or standard input.
func readQuery(stdin io.Reader, args []string) (string, error) {
	if len(args) == 0 || args[0] == "-" {
		text, err := io.ReadAll(stdin)
		if err != nil {
			return "", fmt.Errorf("reading the question from standard input: %w", err)
		}
		return string(text), nil
	}
	if strings.Contains(args[0], "{") {
		return args[0], nil
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return "", fmt.Errorf("reading the question: %w", err)
	}
	return string(text), nil
}

// readVariables reads the variables: empty, JSON, or @file.
func readVariables(given string) (map[string]any, error) {
	raw, from := []byte(given), "--variables"
	if name, ok := strings.CutPrefix(given, "@"); ok {
		var err error
		if raw, err = os.ReadFile(name); err != nil {
			return nil, fmt.Errorf("reading the variables: %w", err)
		}
		from = name
	}
	return decodeVariables(from, raw)
}

// decodeVariables reads variables as JSON, or none.
func decodeVariables(from string, raw []byte) (map[string]any, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil
	}
	var variables map[string]any
	if err := server.DecodeObject(from, raw, &variables); err != nil {
		return nil, err
	}
	return variables, nil
}

// answer answers, writes the answer, and fails where it has errors.
func (f *queryFlags) answer(cmd *cobra.Command, store graph.Reader, question *server.Question) error {
	ctx := cmd.Context()
	if f.explain {
		ctx = graph.WithTrace(ctx, &graph.Trace{})
	}
	response, _ := server.NewEngine(store, f.Config).Answer(ctx, question)
	if told, ok := response.Extensions[resolvers.ExplainKey].(resolvers.Explanation); ok {
		delete(response.Extensions, resolvers.ExplainKey)
		told.Print(cmd.ErrOrStderr())
	}
	out := json.NewEncoder(cmd.OutOrStdout())
	out.SetEscapeHTML(false)
	if !f.compact {
		out.SetIndent("", "  ")
	}
	if err := out.Encode(response); err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	if len(response.Errors) > 0 {
		for _, e := range response.Errors {
			cmd.PrintErrf("cablegraph: %s\n", e.Message)
		}
		return exitCode(1)
	}
	return nil
}
