package loader

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReportReads(t *testing.T) {
	r := &Report{Read: 812, Lists: 12, New: 790, Changed: 4, Same: 2, Elapsed: 3200 * time.Millisecond}
	r.problem("a.tar!x.html", "no cable found:\n no table")
	r.problem("b.html", "larger than 16 MB")
	r.warning("c.html", "two bytes are no UTF-8")
	var b strings.Builder
	if err := r.Print(&b); err != nil {
		t.Fatal(err)
	}
	want := `812 documents in 3.2 s (254 a second)
     790 new cables
       4 changed cables
       2 the same as before
      12 list pages, passed over
1 warning:
  c.html: two bytes are no UTF-8
2 problems:
  a.tar!x.html: no cable found: no table
  b.html: larger than 16 MB
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

func TestReportOfMoreProblemsThanItsLimitCountsTheRest(t *testing.T) {
	r := &Report{}
	for range maxProblems + 3 {
		r.problem("a.html", "no cable found")
	}
	if len(r.Problems) != maxProblems || r.MoreProblems != 3 {
		t.Errorf("%d problems and %d more, wanted %d and 3", len(r.Problems), r.MoreProblems, maxProblems)
	}
	var b strings.Builder
	printProblems(&b, "problem", r.Problems[:1], r.MoreProblems)
	if want := "4 problems:\n  a.html: no cable found\n  and 3 more\n"; b.String() != want {
		t.Errorf("printed %q, wanted %q", b.String(), want)
	}
}

func TestProgressWithoutATerminalIsALineEveryTenSeconds(t *testing.T) {
	var b strings.Builder
	report := &Report{}
	p := newProgress(&b, report)
	clock := time.Unix(0, 0)
	p.now = func() time.Time { return clock }
	p.next = clock.Add(linesEvery)
	for range 25 {
		report.Read++
		report.New++
		clock = clock.Add(time.Second)
		p.step()
	}
	p.end()
	want := "10 documents: 10 new, 0 changed, 0 same\n20 documents: 20 new, 0 changed, 0 same\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}
