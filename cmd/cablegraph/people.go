package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/loader/people"
)

// newPeopleCmd returns the commands about who is who.
func newPeopleCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "people",
		Short: "Correct who is who",
		Long: `Who is who among the people that cables name is decided by rules. Where you know better,
write it into a text file, one correction a line:

  # the desk, 3 March
  same       Mahmoud Abbas = Abu Mazen
  different  George W. Bush | George H. W. Bush
  different  Bernard Kouchner in 09STATE11937, 08PARIS114
  rename     Wladimir Putin = Vladimir Putin
  title      Bernard Kouchner = Foreign Minister, France

same: the names are one person, shown under the first of them. different: the names
are never one person; or, in the cables listed, the name means somebody else. rename: the
name that is shown; the id stays, so that links go on to lead there. title: one more
title, with its country or without.
A name is one that cables use for the person, whole, or an id (person:abu-mazen).

The store keeps the corrections, and they hold in every later load. Beside a store in
a file, cables.db, lies cables.people.txt: load reads it by itself, so that corrections last
when the file is made anew. For others give load --people FILE.`,
	}
	cmd.AddCommand(newPeopleApplyCmd(), newPeopleShowCmd())
	return cmd
}

func newPeopleApplyCmd() *cobra.Command {
	var where storeFlags
	var quiet bool
	cmd := &cobra.Command{
		Use:   "apply [FILE]",
		Short: "Keep the corrections of a file in the store, and apply them",
		Long: `Apply keeps the corrections in the store, in place of those it had, and settles those
people anew who are concerned. Without FILE it takes the one beside the store. Names that
nobody bears are listed: they hold when such a person comes.`,
		Example: `  cablegraph people apply --store cables.db cables.people.txt
  cablegraph people apply --store bolt://127.0.0.1:7687 people.txt`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file := correctionsBeside(where.store)
			if len(args) > 0 {
				file = args[0]
			}
			if file == "" {
				return errors.New("name the file of corrections: a store on a server has none beside it")
			}
			corrections, err := readCorrections(file)
			if err != nil {
				return err
			}
			return applyCorrections(cmd, &where, corrections, quiet)
		},
	}
	where.add(cmd)
	cmd.Flags().BoolVar(&quiet, "quiet", false, "no progress, only the result")
	return cmd
}

func applyCorrections(cmd *cobra.Command, where *storeFlags, corrections *people.Corrections, quiet bool) error {
	store, err := where.open(cmd.Context())
	if err != nil {
		return err
	}
	var progress io.Writer
	if !quiet {
		progress = cmd.ErrOrStderr()
	}
	idle, settled, err := loader.Correct(cmd.Context(), store, corrections, progress)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(cmd.Context()), closeTimeout)
	defer cancel()
	if err := errors.Join(err, store.Close(ctx)); err != nil {
		return err
	}
	for _, line := range idle {
		cmd.Println(line)
	}
	cmd.Printf("%d surnames settled anew\n", settled)
	return nil
}

func newPeopleShowCmd() *cobra.Command {
	var where storeFlags
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Print the corrections that the store has",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := where.open(cmd.Context())
			if err != nil {
				return err
			}
			text, err := store.Corrections(cmd.Context())
			ctx, cancel := context.WithTimeout(context.WithoutCancel(cmd.Context()), closeTimeout)
			defer cancel()
			if err := errors.Join(err, store.Close(ctx)); err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), text)
			return err
		},
	}
	where.add(cmd)
	return cmd
}

// correctionsBeside names the file of corrections that goes with a store; empty for one on a server.
func correctionsBeside(store string) string {
	if strings.Contains(store, "://") {
		return ""
	}
	return strings.TrimSuffix(store, ".db") + ".people.txt"
}

// correctionsFor reads the file that is named, or the one beside the store; nil where neither is there.
func correctionsFor(file, store string) (*people.Corrections, error) {
	if file != "" {
		return readCorrections(file)
	}
	if file = correctionsBeside(store); file == "" {
		return nil, nil
	}
	corrections, err := readCorrections(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return corrections, err
}

func readCorrections(file string) (*people.Corrections, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("corrections: %w", err)
	}
	corrections, err := people.ParseCorrections(string(text))
	if err != nil {
		return nil, fmt.Errorf("corrections: %s:\n%w", file, err)
	}
	return corrections, nil
}
