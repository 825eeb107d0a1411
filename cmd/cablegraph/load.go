package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/loader"
)

// newLoadCmd returns the command that brings documents into a store.
func newLoadCmd() *cobra.Command {
	var where storeFlags
	var opts loader.Options
	var quiet bool
	cmd := &cobra.Command{
		Use:   "load PATH…",
		Short: "Load cables from folders, archives and pages",
		Long: `Load reads every document below each PATH (a folder of the web mirror, a tar archive,
plain or compressed by gzip or xz, a single page, a page saved as text), and writes
what is new or changed. Loading the same again changes nothing.

At the end stands a report: what was read, and each document that did not go in as it
should, with the reason. Ctrl-C stops after the batch at work; load again to go on.

Exit code: 0 all well, 1 the load failed, 2 loaded, but the report has problems,
3 interrupted.`,
		Example: `  cablegraph load cablegate-2010.tar.xz
  cablegraph load --store bolt://127.0.0.1:7687 mirror/ 09STATE11937.html`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if !quiet {
				opts.Progress = cmd.ErrOrStderr()
			}
			return load(cmd, &where, paths, opts)
		},
	}
	where.add(cmd)
	flags := cmd.Flags()
	flags.IntVar(&opts.BatchSize, "batch", 0, "cables in one transaction (default 250)")
	flags.IntVar(&opts.Workers, "workers", 0, "documents parsed at once (default: one for each processor)")
	flags.BoolVar(&quiet, "quiet", false, "no progress, only the report")
	return cmd
}

// The exit codes of load beside 0 and 1.
const (
	exitProblems    exitCode = 2
	exitInterrupted exitCode = 3
)

// exitCode ends a command, which has said what there is to say, with a code of its own.
type exitCode int

// Error names the code.
func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// closeTimeout bounds the closing of a store.
const closeTimeout = 30 * time.Second

func load(cmd *cobra.Command, where *storeFlags, paths []string, opts loader.Options) error {
	store, err := where.open(cmd.Context())
	if err != nil {
		return err
	}
	report, err := loader.Load(cmd.Context(), store, paths, opts)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(cmd.Context()), closeTimeout)
	defer cancel()
	err = errors.Join(err, store.Close(ctx))
	if err := report.Print(cmd.OutOrStdout()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	switch {
	case errors.Is(err, loader.ErrInterrupted):
		cmd.PrintErrln("cablegraph: interrupted. What is counted above is in the store; load the same paths again to go on.")
		return exitInterrupted
	case err != nil:
		return err
	case len(report.Problems) > 0:
		return exitProblems
	}
	return nil
}
