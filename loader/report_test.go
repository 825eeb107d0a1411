package loader

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func printOf(t *testing.T, r *Report) string {
	t.Helper()
	var b strings.Builder
	if err := r.Print(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReportReads(t *testing.T) {
	r := &Report{Read: 812, Lists: 12, New: 790, Same: 2, Resumed: 40, Elapsed: 3200 * time.Millisecond}
	r.change(Change{Reference: "09PARIS1", Document: "b.html", Fields: []string{"body", "tags (+IR −FR)"}})
	r.problem("a.tar!x.html", "no cable found", "no cable found:\n no table")
	r.problem("b.html", "too large", "larger than 16 MB")
	r.warning("c.html", "not UTF-8", "two bytes are no UTF-8")
	want := `40 documents were in from the load that was stopped
812 documents in 3.2 s (254 a second)
     790 new cables
       1 changed cables
       2 the same as before
      12 list pages, passed over
  09PARIS1: body, tags (+IR −FR) (b.html)
1 warning:
  c.html: two bytes are no UTF-8
2 problems:
  a.tar!x.html: no cable found: no table
  b.html: larger than 16 MB
`
	if diff := cmp.Diff(want, printOf(t, r)); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

func TestReportOfManyProblemsIsByKindAndBounded(t *testing.T) {
	r := &Report{}
	for i := range maxProblems + 3 {
		r.problem(fmt.Sprintf("%d.html", i), "no cable found", "no cable found")
	}
	r.problem("x.tar", "cut short", "cut short after 3 documents")
	if len(r.Problems) != maxProblems || r.ProblemCount != maxProblems+4 {
		t.Errorf("%d problems kept of %d, wanted %d of %d", len(r.Problems), r.ProblemCount, maxProblems, maxProblems+4)
	}
	want := `1004 problems (each of them: none kept: load with --problems FILE), by kind:
    1003 no cable found, the first in 0.html
       1 cut short
`
	if got := printOf(t, r); !strings.HasSuffix(got, want) {
		t.Errorf("printed %q, wanted it to end in %q", got, want)
	}
}

func TestWarningsOfOneKindDifferInNumbersAndQuotesOnly(t *testing.T) {
	a := kindOfWarning(`The created date "3/4" is not of the form 2009-02-10 03:03.`)
	b := kindOfWarning(`The created date "n\"one" is not of the form 2009-02-10 03:03.`)
	if c := kindOfWarning("Two bytes are no UTF-8."); a != b || a == c || !strings.HasPrefix(a, "The created date … is not") {
		t.Errorf("kinds %q, %q and %q", a, b, c)
	}
}

func TestProgressWithoutATerminalIsALineEveryTenSeconds(t *testing.T) {
	var b strings.Builder
	report := &Report{}
	p := newProgress(&b, report)
	clock := time.Unix(0, 0)
	p.now = func() time.Time { return clock }
	p.next, p.total = clock.Add(linesEvery), 10_000
	p.begin.at, p.last.at = clock, clock
	for i := range int64(25) {
		report.Read++
		report.New++
		clock = clock.Add(time.Second)
		p.step(100 * (i + 1))
	}
	p.phase("building indexes")
	p.end()
	want := `10 documents: 10 new, 0 changed, 0 same; 1 a second; 10 %, 1m30s left
20 documents: 20 new, 0 changed, 0 same; 1 a second; 20 %, 1m20s left
building indexes
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}
