package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/loader"
)

// exitBroken is the exit code of verify where something does not hold.
const exitBroken exitCode = 2

// newVerifyCmd returns the command that checks a store.
func newVerifyCmd() *cobra.Command {
	var where storeFlags
	var opts loader.VerifyOptions
	var quiet, asJSON bool
	cmd := &cobra.Command{
		Use:   "verify [PATH…]",
		Short: "Check a store against its own rules, and against documents",
		Long: `Verify walks the whole store and checks that it holds to its own rules: every edge has
both ends, every span cuts its name out of the text, the counts are right, the hash of
each cable is that of what the graph says about it, people are those that all namings
together give. It changes nothing.

With PATHs it reads the documents below them as load does, and checks that each is in
the store as it is, and among the sources of its cable. Give the paths as they were
given to load: they are part of a source.

Exit code: 0 all of it holds, 1 it could not be checked, 2 something does not hold.`,
		Example: `  cablegraph verify --store cables.db
  cablegraph verify --store cables.db --complete cables.csv`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if opts.Complete && len(paths) == 0 {
				return errors.New("--complete needs the documents: name their paths")
			}
			if !quiet {
				opts.Progress = cmd.ErrOrStderr()
			}
			opts.Stdin = cmd.InOrStdin()
			found, err := verify(cmd.Context(), &where, paths, opts)
			if err != nil {
				return err
			}
			return printVerification(cmd, found, asJSON)
		},
	}
	where.add(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&opts.Complete, "complete", false, "a cable of the store that no document given is about is a failure too")
	flags.IntVar(&opts.Workers, "workers", 0, "documents parsed at once (default: one for each processor)")
	flags.BoolVar(&asJSON, "json", false, "a line of JSON for each failure, and one with the counts")
	flags.BoolVar(&quiet, "quiet", false, "no progress, only what was found")
	return cmd
}

func verify(ctx context.Context, where *storeFlags, paths []string, opts loader.VerifyOptions) (*loader.Verification, error) {
	store, err := where.openExisting(ctx)
	if err != nil {
		return nil, err
	}
	// What a walk hands out is garbage at once, and much: collected early, it is not in the way of what is kept.
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	found, err := loader.Verify(ctx, store, paths, opts)
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	return found, errors.Join(err, store.Close(closing))
}

func printVerification(cmd *cobra.Command, found *loader.Verification, asJSON bool) error {
	write := found.Print
	if asJSON {
		write = found.WriteJSON
	}
	if err := write(cmd.OutOrStdout()); err != nil {
		return fmt.Errorf("writing what was found: %w", err)
	}
	if !found.Holds() {
		return exitBroken
	}
	return nil
}
