package loader

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// printed bounds each list of a printed report.
const printed = 20

// Print writes the report for a reader: few lines, however many problems there were.
func (r *Report) Print(w io.Writer) error {
	var b strings.Builder
	if r.StartedOver {
		b.WriteString("the documents of the load that was stopped are others now: started over\n")
	}
	if r.Resumed > 0 {
		fmt.Fprintf(&b, "%d documents were in from the load that was stopped\n", r.Resumed)
	}
	r.printCounts(&b)
	for i, c := range r.Changes {
		if i == printed {
			fmt.Fprintf(&b, "  and %d more\n", r.Changed-i)
			break
		}
		fmt.Fprintf(&b, "  %s: %s (%s)\n", c.Reference, cmp.Or(strings.Join(c.Fields, ", "), "changed"), c.Document)
	}
	where := r.File
	if where == "" {
		where = "none kept: load with --problems FILE"
	}
	printProblems(&b, "warning", r.Warnings, r.WarningCount, r.WarningKinds, where)
	printProblems(&b, "problem", r.Problems, r.ProblemCount, r.ProblemKinds, where)
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) printCounts(b *strings.Builder) {
	seconds := r.Elapsed.Seconds()
	fmt.Fprintf(b, "%d documents in %.1f s", r.Read, seconds)
	if seconds >= 1 {
		fmt.Fprintf(b, " (%.0f a second)", float64(r.Read)/seconds)
	}
	if r.DryRun {
		b.WriteString("; a dry run, nothing is written")
	}
	b.WriteByte('\n')
	for _, row := range []struct {
		count  int
		what   string
		always bool
	}{
		{r.New, "new cables", true},
		{r.Changed, "changed cables", true},
		{r.Same, "the same as before", true},
		{r.Replaced, "replaced an earlier document of the same cable", false},
		{r.Passed, "with a slip in the id, passed over for another document of the same cable", false},
		{r.Lists, "list pages, passed over", false},
	} {
		if row.count > 0 || row.always {
			fmt.Fprintf(b, "%8d %s\n", row.count, row.what)
		}
	}
}

func printProblems(b *strings.Builder, what string, list []Problem, count int, kinds map[string]int, where string) {
	switch {
	case count == 0:
		fmt.Fprintf(b, "no %ss\n", what)
		return
	case count > printed:
		fmt.Fprintf(b, "%d %ss (each of them: %s), by kind:\n", count, what, where)
		printKinds(b, list, kinds)
		return
	case count == 1:
		fmt.Fprintf(b, "1 %s:\n", what)
	default:
		fmt.Fprintf(b, "%d %ss:\n", count, what)
	}
	for _, p := range list {
		fmt.Fprintf(b, "  %s: %s\n", p.Document, p.Reason)
	}
}

// printKinds writes a line for each kind, the most frequent first, with its first document.
func printKinds(b *strings.Builder, list []Problem, kinds map[string]int) {
	names := slices.SortedFunc(maps.Keys(kinds), func(x, y string) int {
		return cmp.Or(cmp.Compare(kinds[y], kinds[x]), cmp.Compare(x, y))
	})
	for i, name := range names {
		if i == printed {
			fmt.Fprintf(b, "  and %d more kinds\n", len(names)-i)
			return
		}
		first := slices.IndexFunc(list, func(p Problem) bool { return p.Kind == name })
		if first < 0 {
			fmt.Fprintf(b, "%8d %s\n", kinds[name], name)
			continue
		}
		fmt.Fprintf(b, "%8d %s, the first in %s\n", kinds[name], name, list[first].Document)
	}
}
