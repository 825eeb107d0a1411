package loader

import (
	"slices"
	"strings"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// Report is what became of the documents of a load. For cables:
// New + Changed + Same + Replaced + Passed = Read − Lists − those that can't be read.
type Report struct {
	Read     int // documents, without those of Resumed
	Lists    int // pages of the mirror that list cables and hold none
	New      int // cables that the store did not have
	Changed  int // cables that the store had with other words
	Same     int // documents that say what the store or an earlier document says
	Replaced int // documents that took the place of an earlier one of this load; a problem too where both are under the right id, else a warning
	Passed   int // documents with a slip in the id, passed over for one with the right id that says other things; each is a warning too
	Settled  int // surnames over which it was decided who is who
	// Resumed is how many documents were in from the load that was stopped;
	// StartedOver tells that there was one, but its documents are others now.
	Resumed     int
	StartedOver bool
	DryRun      bool
	// Changes are the first of the changed cables.
	Changes []Change
	// Problems are the first of the documents that did not go in as they should;
	// Warnings the first of what could not be read in documents that did.
	// ProblemCount and WarningCount count all, ByKind each kind of both.
	Problems, Warnings         []Problem
	ProblemCount, WarningCount int
	ProblemKinds, WarningKinds map[string]int // kind → how many
	File                       string         // where all of them stand; empty for nowhere
	Elapsed                    time.Duration
	file                       problemsFile
}

// Change is a cable that the store had with other words.
type Change struct {
	Reference graph.Reference
	Document  string
	Fields    []string // "body", "tags (+IR −FR)"; empty where it was not compared
}

// Bounds of a report.
const (
	maxProblems = 1000 // of each list
	maxChanges  = 1000
	maxKinds    = 1000
	otherKinds  = "others"
)

func (r *Report) problem(document, kind, reason string) {
	r.ProblemCount++
	r.file.put(struct {
		Problem
		Level string `json:"level"`
	}{note(&r.Problems, &r.ProblemKinds, document, kind, reason), "problem"})
}

func (r *Report) warning(document, kind, reason string) {
	r.WarningCount++
	r.file.put(struct {
		Problem
		Level string `json:"level"`
	}{note(&r.Warnings, &r.WarningKinds, document, kind, reason), "warning"})
}

// note counts a problem and keeps it while there is room.
func note(list *[]Problem, kinds *map[string]int, document, kind, reason string) Problem {
	p := Problem{Document: document, Kind: kind, Reason: strings.Join(strings.Fields(reason), " ")}
	if *kinds == nil {
		*kinds = map[string]int{}
	}
	if _, known := (*kinds)[kind]; !known && len(*kinds) >= maxKinds {
		kind = otherKinds
	}
	(*kinds)[kind]++
	if len(*list) < maxProblems {
		*list = append(*list, p)
	}
	return p
}

// roomForChanges tells whether it is still worth to ask what differs.
func (r *Report) roomForChanges() bool { return len(r.Changes) < maxChanges }

func (r *Report) change(c Change) {
	r.Changed++
	if r.roomForChanges() {
		r.Changes = append(r.Changes, c)
	}
}

// unchange takes a change back: the cable says again what it said before the load.
func (r *Report) unchange(reference graph.Reference) {
	r.Changed--
	r.Same++
	r.Changes = slices.DeleteFunc(r.Changes, func(c Change) bool { return c.Reference == reference })
}
