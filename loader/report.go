package loader

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Report is what became of the documents of a load. For cables:
// New + Changed + Same + Replaced = Read − Lists − those that are problems.
type Report struct {
	Read     int // documents
	Lists    int // pages of the mirror that list cables and hold none
	New      int // cables that the store did not have
	Changed  int // cables that the store had with other words
	Same     int // documents that say what the store or an earlier document says
	Replaced int // documents that say other things about a cable than an earlier document of this load; each is a problem too
	Settled  int // surnames over which it was decided who is who
	// Problems are the documents that did not go in as they should; Warnings what
	// could not be read in documents that did. Each list ends at a limit; MoreProblems
	// and MoreWarnings count what came after it.
	Problems, Warnings         []Problem
	MoreProblems, MoreWarnings int
	Elapsed                    time.Duration
}

// Problem is one thing that was wrong with one document.
type Problem struct {
	Document string // "file", or "file!member" in an archive
	Reason   string
}

// maxProblems bounds each list of a report.
const maxProblems = 100_000

func (r *Report) problem(document, reason string) {
	note(&r.Problems, &r.MoreProblems, document, reason)
}

func (r *Report) warning(document, reason string) {
	note(&r.Warnings, &r.MoreWarnings, document, reason)
}

func note(list *[]Problem, more *int, document, reason string) {
	if len(*list) >= maxProblems {
		*more++
		return
	}
	*list = append(*list, Problem{Document: document, Reason: strings.Join(strings.Fields(reason), " ")})
}

// Print writes the report for a reader, one line for each problem.
func (r *Report) Print(w io.Writer) error {
	var b strings.Builder
	seconds := r.Elapsed.Seconds()
	fmt.Fprintf(&b, "%d documents in %.1f s", r.Read, seconds)
	if seconds >= 1 {
		fmt.Fprintf(&b, " (%.0f a second)", float64(r.Read)/seconds)
	}
	b.WriteByte('\n')
	for _, row := range []struct {
		count int
		what  string
	}{
		{r.New, "new cables"},
		{r.Changed, "changed cables"},
		{r.Same, "the same as before"},
		{r.Replaced, "replaced an earlier document of the same cable"},
		{r.Lists, "list pages, passed over"},
	} {
		if row.count > 0 || strings.HasSuffix(row.what, "cables") || strings.HasPrefix(row.what, "the same") {
			fmt.Fprintf(&b, "%8d %s\n", row.count, row.what)
		}
	}
	printProblems(&b, "warning", r.Warnings, r.MoreWarnings)
	printProblems(&b, "problem", r.Problems, r.MoreProblems)
	_, err := io.WriteString(w, b.String())
	return err
}

func printProblems(b *strings.Builder, kind string, list []Problem, more int) {
	switch n := len(list) + more; n {
	case 0:
		fmt.Fprintf(b, "no %ss\n", kind)
	case 1:
		fmt.Fprintf(b, "1 %s:\n", kind)
	default:
		fmt.Fprintf(b, "%d %ss:\n", n, kind)
	}
	for _, p := range list {
		fmt.Fprintf(b, "  %s: %s\n", p.Document, p.Reason)
	}
	if more > 0 {
		fmt.Fprintf(b, "  and %d more\n", more)
	}
}
