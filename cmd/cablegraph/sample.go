package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/loader/sample"
)

// newSampleCmd returns the command that writes made-up cables.
func newSampleCmd() *cobra.Command {
	var count int
	var seed uint64
	var form, out string
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Write made-up cables, any number",
		Long: `Sample writes cables that nobody ever sent: a folder of the web mirror, or one CSV
file in the form of the whole archive. The same count and seed give the same bytes.`,
		Example: `  cablegraph sample --count 500 --out mirror
  cablegraph sample --form csv --count 100000 --out cables.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if count < 0 {
				return fmt.Errorf("--count %d: a number of cables is not negative", count)
			}
			switch form {
			case "mirror":
				if out == "-" {
					return errors.New("a mirror is a folder: name one with --out")
				}
				return sample.Mirror(out, count, seed)
			case "csv":
				return sampleCSV(cmd, out, count, seed)
			}
			return fmt.Errorf("--form %s: it is mirror or csv", form)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&count, "count", 500, "how many cables")
	flags.Uint64Var(&seed, "seed", 1, "another seed gives other cables")
	flags.StringVar(&form, "form", "mirror", "mirror (a folder of pages) or csv (one file)")
	flags.StringVar(&out, "out", "-", "the folder or file to write; - for standard output (csv)")
	return cmd
}

func sampleCSV(cmd *cobra.Command, out string, count int, seed uint64) error {
	if out == "-" {
		return sample.CSV(cmd.OutOrStdout(), count, seed)
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	return errors.Join(sample.CSV(file, count, seed), file.Close())
}
