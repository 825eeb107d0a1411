package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader"
)

// newLoadCmd returns the command that brings documents into a store.
func newLoadCmd() *cobra.Command {
	var where storeFlags
	var opts loader.Options
	var quiet bool
	var corrections string
	cmd := &cobra.Command{
		Use:   "load PATH…",
		Short: "Load cables from folders, archives, tables and pages",
		Long: `Load reads every document below each PATH: a folder of the web mirror, an archive,
compressed or not, a table (cables.csv), what parse wrote, a single page, a page saved
as text; - is standard input. It writes what is new or changed. Loading the same again
changes nothing.

Ctrl-C stops after the batches at work, and says how to go on. The same command goes on
where a load was stopped or killed, if the documents are still the same (standard input
is read from its start). A second Ctrl-C ends at once; that loses nothing either.

At the end stands a report: what was read, which cables changed and how, and the
documents that did not go in as they should; where those are many, how many of each
kind. --problems writes each of them, and each warning, to a file: one line of JSON with
document, kind, reason and level (problem or warning).

Exit code: 0 all well, 1 the load failed, 2 loaded, but the report has problems,
3 interrupted.`,
		Example: `  cablegraph load cablegate-2010.tar.xz
  cablegraph load --problems problems.ndjson cables.csv.7z mirror/
  zcat cables.csv.gz | cablegraph load --dry-run -
  cablegraph load --store bolt://127.0.0.1:7687 mirror/ 09STATE11937.html`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if !quiet {
				opts.Progress = cmd.ErrOrStderr()
			}
			opts.Stdin, opts.Rules = cmd.InOrStdin(), rules()
			var err error
			if opts.Corrections, err = correctionsFor(corrections, where.store); err != nil {
				return err
			}
			return load(cmd, &where, paths, opts)
		},
	}
	where.add(cmd)
	flags := cmd.Flags()
	flags.IntVar(&opts.BatchSize, "batch", 0, "cables in one transaction (default 500)")
	flags.IntVar(&opts.Workers, "workers", 0, "documents parsed at once (default: one for each processor)")
	flags.BoolVar(&opts.DryRun, "dry-run", false, "read and compare only, and report what would be new or changed")
	flags.StringVar(&opts.Problems, "problems", "", "a file for all problems and warnings, as lines of JSON")
	flags.StringVar(&corrections, "people", "", "a file of corrections of who is who, to be kept in the store (default: the one beside the store, see cablegraph people)")
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

// collectLess sets GOGC, unless whoever started the program did.
func collectLess(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// limitHeap sets GOMEMLIMIT, in bytes, unless whoever started the program did.
func limitHeap(bytes int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(bytes)
	}
}

// loadLimit is the size from which memory counts for more than time, in bytes; what SQLite has is not in it.
const loadLimit = 640 << 20

// closeTimeout bounds the closing of a store.
const closeTimeout = 30 * time.Second

func load(cmd *cobra.Command, where *storeFlags, paths []string, opts loader.Options) error {
	collectLess(200) // a tenth faster than Go's 100, for 70 MB more
	limitHeap(loadLimit)
	store, err := openForLoad(cmd.Context(), where, opts.DryRun)
	if err != nil {
		return err
	}
	report, err := loader.Load(cmd.Context(), store, paths, opts)
	if store != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(cmd.Context()), closeTimeout)
		defer cancel()
		err = errors.Join(err, store.Close(ctx))
	}
	if err := report.Print(cmd.OutOrStdout()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	switch {
	case errors.Is(err, loader.ErrInterrupted):
		cmd.PrintErrf("cablegraph: interrupted. What is counted above is in the store; to go on: %s\n", again(cmd, paths))
		return exitInterrupted
	case err != nil:
		return err
	case report.ProblemCount > 0:
		return exitProblems
	}
	return nil
}

// openForLoad opens the store; for a dry run none where there is no file.
func openForLoad(ctx context.Context, where *storeFlags, dry bool) (graph.Store, error) {
	if dry && !strings.Contains(where.store, "://") {
		if _, err := os.Stat(where.store); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	}
	return where.open(ctx)
}

// again is the command line that was given, for a shell.
func again(cmd *cobra.Command, paths []string) string {
	words := strings.Fields(cmd.CommandPath())
	cmd.Flags().Visit(func(f *pflag.Flag) {
		words = append(words, quoted("--"+f.Name+"="+f.Value.String()))
	})
	for _, path := range paths {
		words = append(words, quoted(path))
	}
	return strings.Join(words, " ")
}

var unquoted = regexp.MustCompile(`^[\w@%+=:,./-]+$`)

// quoted is a word as a shell reads it.
func quoted(word string) string {
	if unquoted.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// rules names the version of the program, to its revision: by other ones a document may say other things.
func rules() string {
	words := []string{versionName()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if strings.HasPrefix(s.Key, "vcs.") {
				words = append(words, s.Value)
			}
		}
	}
	return strings.Join(words, " ")
}
