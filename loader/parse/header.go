package parse

import (
	"regexp"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// recipientsOf reads the addressees of a header, each post once:
//
//	TO RUEHC/SECSTATE WASHDC IMMEDIATE 9971
//	INFO RUCNIRA/IRAN COLLECTIVE
//	XMT AMEMBASSY SOFIA
//
// XMT lists who is left out of the collective above it: they are no addressees.
func recipientsOf(header string) []graph.Recipient {
	var found []graph.Recipient
	seen := map[string]bool{}
	for _, a := range addressees(header) {
		post := PostByName(a.name)
		if seen[post.Slug] {
			continue
		}
		seen[post.Slug] = true
		found = append(found, graph.Recipient{Post: post, Action: a.action, Precedence: a.precedence, As: a.name})
	}
	return found
}

// addressee is one line of the list of addressees, taken apart.
type addressee struct {
	name       string
	action     bool
	precedence graph.Precedence
	number     string   // the message number
	excluded   []string // who is left out of the collective
}

// addressees reads the lines from TO to the end of the header.
func addressees(header string) []addressee {
	b := []byte(header)
	blankBreaks(b)
	var found []addressee
	listed, action, exempt := false, false, false
	for row := range strings.Lines(string(b)) {
		row = strings.TrimSpace(row)
		for {
			rest, label := cutLabel(row)
			if label == "" {
				break
			}
			// Some headers repeat the label: "INFO INFO", and for each precedence.
			listed, action, exempt, row = label != "FM", label == "TO", false, rest
		}
		if !listed || row == "" || isDistribution(row) {
			continue
		}
		if rest, ok := cutExempt(row); ok {
			exempt, row = true, rest
		}
		if isDateTimeGroup(row) {
			listed = false
			continue
		}
		a := readAddressee(row, action)
		switch {
		case a.name == "":
		case !exempt || strings.HasSuffix(a.name, "COLLECTIVE"):
			exempt = false
			found = append(found, a)
		case len(found) > 0:
			last := &found[len(found)-1]
			last.excluded = append(last.excluded, a.name)
		}
	}
	return found
}

func cutLabel(row string) (rest, label string) {
	for _, label := range []string{"TO", "INFO", "FM"} {
		if rest, ok := strings.CutPrefix(row, label); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			return strings.TrimSpace(rest), label
		}
	}
	return row, ""
}

func cutExempt(row string) (string, bool) {
	rest, ok := strings.CutPrefix(row, "XMT")
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != '/' {
		return row, false
	}
	return strings.TrimLeft(rest, " /"), true
}

var (
	// State's own list of offices ("INFO LOG-00 EEB-00 …  /001R") is none of addressees.
	distribution = regexp.MustCompile(`^(?:\(?[A-Z]{1,5}-\d\d\)?\s+[A-Z]{1,5}-\d\d\b|[A-Z]{1,5}-\d\d\s|\(?[A-Z]*\)?\s*/\d{3}[A-Z]$|-{3,}|\d+$|SOURCE:|DRAFTED BY:?)`)
	dateTime     = regexp.MustCompile(`^(?:[A-Z] )+\d{6}Z `)
	routing      = regexp.MustCompile(`^(?:(?:R[A-Z0-9]{3,8}|ZEN)/ *)+`)
	number       = regexp.MustCompile(`(?: (?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))? (\d{3,5}(?:-\d{3,5})?|\d{1,4})$`)
)

func isDistribution(row string) bool {
	return strings.ContainsAny(row[:min(len(row), 12)], "-:/0123456789") && distribution.MatchString(row) || strings.HasPrefix(row, "APPROVED BY")
}

func isDateTimeGroup(row string) bool {
	return len(row) > 1 && row[1] == ' ' && dateTime.MatchString(row)
}

// maxAddressee bounds one line of the list; real ones end before 80.
const maxAddressee = 200

// readAddressee takes "RUEHC/SECSTATE WASHDC IMMEDIATE 9971" apart.
func readAddressee(row string, action bool) addressee {
	a := addressee{action: action}
	row = row[:min(len(row), maxAddressee)]
	row = strings.TrimSpace(row[len(routing.FindString(row)):])
	for {
		if m := number.FindStringSubmatch(row); m != nil && a.number == "" {
			a.number = m[1]
			row = strings.TrimSpace(strings.TrimSuffix(row, m[0]))
			continue
		}
		i := strings.LastIndexByte(row, ' ')
		precedence, ok := precedenceOf(row[i+1:])
		if !ok || i < 0 {
			break
		}
		// NIACT IMMEDIATE is written in two words and is one precedence.
		if a.precedence == "" || precedence == graph.Niact {
			a.precedence = precedence
		}
		row = strings.TrimSpace(row[:i])
	}
	a.name = strings.Join(strings.Fields(row), " ")
	if !strings.ContainsFunc(a.name, func(r rune) bool { return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' }) {
		a.name = ""
	}
	return a
}

// precedenceOf reads a precedence, also with a slip in it (PIORITY).
func precedenceOf(word string) (graph.Precedence, bool) {
	for _, p := range graph.Precedences {
		if word == string(p) || len(word) > 4 && oneSlip(word, string(p)) {
			return p, true
		}
	}
	return "", false
}
