package loader

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// rule is one of the rules that Verify checks.
type rule int

const (
	ruleNodes rule = iota
	ruleKeys
	ruleCables
	ruleParagraphs
	ruleEnds
	ruleOnce
	rulePositions
	ruleSigners
	ruleNamed
	ruleCounts
	ruleSpans
	ruleAnswers
	ruleSources
	ruleHashes
	ruleMarks
	ruleSettled
	ruleSurnames
	rulePeople
	ruleDocuments
	ruleOrigins
	ruleExtra
	allRules
)

// ruleTable says how a rule is called, and what it demands.
var ruleTable = [allRules]struct{ name, says string }{
	ruleNodes:      {"nodes", "every id is of one node"},
	ruleKeys:       {"keys", "references, slugs and codes stand in their normal form"},
	ruleCables:     {"cables", "a published cable has a text, an announced one nothing but its reference"},
	ruleParagraphs: {"paragraphs", "paragraphs lie in the body, one after the other"},
	ruleEnds:       {"ends", "both ends of every edge are there, and of the right kind"},
	ruleOnce:       {"once", "no edge stands twice; a cable has one origin, a person one tag"},
	rulePositions:  {"positions", "what a cable lists is numbered from 0 without a gap"},
	ruleSigners:    {"signers", "who signed or classified a cable is mentioned in it"},
	ruleNamed:      {"named", "something names every node"},
	ruleCounts:     {"counts", "the corpus is what counting it gives"},
	ruleSpans:      {"spans", "every span cuts its form out of the cable's text"},
	ruleAnswers:    {"answers", "questions about a cable give what walking the graph gave"},
	ruleSources:    {"sources", "every published cable says where it came from"},
	ruleHashes:     {"hashes", "the hash of a cable is that of what the graph says about it"},
	ruleMarks:      {"marks", "what is searched for markings is what the paragraphs bear"},
	ruleSettled:    {"settled", "no surname waits to be settled"},
	ruleSurnames:   {"surnames", "every naming is found under its surname"},
	rulePeople:     {"people", "people are those that all namings together give"},
	ruleDocuments:  {"documents", "every document given is in the store as it is"},
	ruleOrigins:    {"origins", "every document given is among the sources of its cable"},
	ruleExtra:      {"complete", "the documents given are all that the store was made from"},
}

// maxFailures bounds the failures that are kept of one rule.
const maxFailures = 20

// Verification is what Verify found.
type Verification struct {
	Checks []Check `json:"checks"` // one for each rule that was looked at
	// Documents is how many documents were read, Unread how many of them hold no cable or can't be read.
	Documents int `json:"documents,omitempty"`
	Unread    int `json:"unread,omitempty"`
	// Replaced counts documents that say other things than the store, where another one of the same cable agrees with it.
	Replaced int `json:"replaced,omitempty"`
	// Extra counts the published cables that no document given is about; FirstExtra are the first of them.
	Extra      int               `json:"extra,omitempty"`
	FirstExtra []graph.Reference `json:"firstExtra,omitempty"`
	Elapsed    time.Duration     `json:"-"`
}

// Check is what became of one rule.
type Check struct {
	Rule     string    `json:"rule"`
	Says     string    `json:"says"`
	Checked  int       `json:"checked"` // how many things were looked at
	Failed   int       `json:"failed"`
	Failures []Failure `json:"-"` // the first of them
}

// Failure is one thing that does not hold.
type Failure struct {
	Place  string `json:"place"` // the id of a node, "id TYPE id" of an edge, the name of a document
	Reason string `json:"reason"`
}

func newVerification(documents, complete bool) *Verification {
	v := &Verification{Checks: make([]Check, 0, allRules)}
	for r := range allRules {
		if r >= ruleDocuments && !documents || r == ruleExtra && !complete {
			break
		}
		v.Checks = append(v.Checks, Check{Rule: ruleTable[r].name, Says: ruleTable[r].says})
	}
	return v
}

// check counts one thing that was looked at, and says whether it holds; what is wrong with it else.
func (v *Verification) check(r rule, holds bool, place, reason string) bool {
	v.Checks[r].Checked++
	if !holds {
		v.fail(r, place, reason)
	}
	return holds
}

// fail notes what is wrong with a thing that was counted already.
func (v *Verification) fail(r rule, place, reason string) {
	c := &v.Checks[r]
	if c.Failed++; c.Failed <= maxFailures {
		c.Failures = append(c.Failures, Failure{place, reason})
	}
}

// Holds tells whether nothing failed.
func (v *Verification) Holds() bool { return v.Failed() == 0 }

// Failed counts all failures.
func (v *Verification) Failed() int {
	n := 0
	for _, c := range v.Checks {
		n += c.Failed
	}
	return n
}

// Print writes the verification for a reader: a table of the rules, and a line for each failure.
func (v *Verification) Print(w io.Writer) error {
	out := &firstError{w: w}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "rule\tchecked\tfailed\t\n")
	for _, c := range v.Checks {
		fmt.Fprintf(table, "%s\t%d\t%d\t  %s\n", c.Rule, c.Checked, c.Failed, c.Says)
	}
	err := table.Flush()
	for _, c := range v.Checks {
		for _, f := range c.Failures {
			fmt.Fprintf(out, "%s: %s: %s\n", c.Rule, f.Place, f.Reason)
		}
		if more := c.Failed - len(c.Failures); more > 0 {
			fmt.Fprintf(out, "%s: and %d more\n", c.Rule, more)
		}
	}
	v.printDocuments(out)
	if v.Holds() {
		fmt.Fprintf(out, "all of it holds (%.1f s)\n", v.Elapsed.Seconds())
	} else {
		fmt.Fprintf(out, "%d things do not hold (%.1f s)\n", v.Failed(), v.Elapsed.Seconds())
	}
	return errors.Join(err, out.err)
}

func (v *Verification) printDocuments(out io.Writer) {
	if v.Documents == 0 {
		return
	}
	fmt.Fprintf(out, "%d documents, %d of them without a cable", v.Documents, v.Unread)
	if v.Replaced > 0 {
		fmt.Fprintf(out, ", %d with an earlier text of one", v.Replaced)
	}
	fmt.Fprintf(out, "; %d cables of the store that none of them is about", v.Extra)
	for i, reference := range v.FirstExtra {
		if i > 0 {
			fmt.Fprint(out, ",")
		} else {
			fmt.Fprint(out, ":")
		}
		fmt.Fprintf(out, " %s", reference)
	}
	if v.Extra > len(v.FirstExtra) {
		fmt.Fprint(out, ", …")
	}
	fmt.Fprintln(out)
}

// WriteJSON writes the verification for a program: a line for each failure, and one with the counts.
func (v *Verification) WriteJSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, c := range v.Checks {
		for _, f := range c.Failures {
			line := struct {
				Rule string `json:"rule"`
				Failure
			}{c.Rule, f}
			if err := out.Encode(line); err != nil {
				return err
			}
		}
	}
	return out.Encode(v)
}

// firstError writes until something goes wrong, and keeps that.
type firstError struct {
	w   io.Writer
	err error
}

func (f *firstError) Write(p []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.w.Write(p)
	f.err = err
	return n, err
}
