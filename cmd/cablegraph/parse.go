package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/people"
	"github.com/cablegraph/cablegraph/loader/source"
)

// newParseCmd returns the command that shows what the loader understands.
func newParseCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "parse PATH…",
		Short: "Show what the loader understands of documents, as JSON",
		Long: `Parse reads documents as load does and writes one line of JSON for each cable: all
fields, with the people that are named and the words that prove it, and where the text
came from. Nothing is stored; load reads these lines again as it reads the documents.
What is no cable is named on standard error; the exit code is 2 then.`,
		Example: `  cablegraph parse 09STATE11937.html | jq .people`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			out := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<16)
			problems, err := parseAll(cmd, paths, json.NewEncoder(out))
			if err := errors.Join(err, out.Flush()); err != nil {
				return err
			}
			if problems > 0 {
				return exitProblems
			}
			return nil
		},
	}
}

// parseAll writes a line for each cable and returns how many documents were none.
func parseAll(cmd *cobra.Command, paths []string, out *json.Encoder) (problems int, err error) {
	out.SetEscapeHTML(false)
	for _, path := range paths {
		err := source.Walk(cmd.Context(), path, func(_ context.Context, e source.Entry) error {
			p, err := parsed(e)
			switch {
			case errors.Is(err, parse.ErrNavigation):
				return nil
			case err != nil:
				problems++
				cmd.PrintErrf("cablegraph: %s: %v\n", e.Name(), err)
				return nil
			}
			if err := out.Encode(parse.NewLine(p)); err != nil {
				return fmt.Errorf("writing what %s says: %w", e.Name(), err)
			}
			return nil
		})
		if err != nil {
			return problems, err
		}
	}
	return problems, nil
}

func parsed(e source.Entry) (*parse.Parsed, error) {
	if e.Err != nil {
		return nil, e.Err
	}
	p, err := parse.Parse(e)
	if err != nil {
		return nil, err
	}
	p.People = people.Find(p)
	return p, nil
}
