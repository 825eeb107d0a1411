package parse

import (
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
	listed := addressees(header)
	if len(listed) == 0 {
		return nil
	}
	found := make([]graph.Recipient, 0, len(listed))
	seen := make(map[string]bool, len(listed))
	for _, a := range listed {
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
	found := make([]addressee, 0, 16)
	listed, action, exempt := false, false, false
	for row := range strings.Lines(withoutBreaks(header)) {
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

// isDistribution tells whether a line is none of addressees: State's own list
// of offices ("LOG-00   EEB-00   AID-00 …  /001R"), and notes around it.
func isDistribution(row string) bool {
	first, rest, _ := strings.Cut(row, " ")
	first = strings.Trim(first, "()")
	n := len(first)
	switch {
	case n >= 4 && first[n-3] == '-' && isDigit(first[n-2]) && isDigit(first[n-1]) && leadingLetters(first) == first[:n-3]:
		return true // LOG-00
	case isRouteMark(first) || isRouteMark(strings.TrimSpace(rest)) && n < 6:
		return true // /001R, and "(TEDE) /000R"
	case leadingDigits(row) == row:
		return true
	}
	return strings.HasPrefix(row, "---") || strings.HasPrefix(row, "SOURCE:") ||
		strings.HasPrefix(row, "DRAFTED BY") || strings.HasPrefix(row, "APPROVED BY")
}

// isRouteMark reads the "/001R" that ends State's list.
func isRouteMark(s string) bool {
	return len(s) == 5 && s[0] == '/' && leadingDigits(s[1:]) == s[1:4] && letterAt(s, 4)
}

// isDateTimeGroup reads "P R 182318Z FEB 09", which ends a list of addressees.
func isDateTimeGroup(row string) bool {
	for len(row) > 2 && isLetter(row[0]) && row[1] == ' ' {
		row = row[2:]
	}
	return len(row) > 7 && len(leadingDigits(row)) == 6 && row[6] == 'Z' && row[7] == ' '
}

// cutRouting drops routing indicators: "RUEHC/", "ZEN/".
func cutRouting(row string) string {
	for {
		i := strings.IndexByte(row, '/')
		if i != 3 && (i < 4 || i > 9) {
			return row
		}
		if i == 3 && row[:3] != "ZEN" || i > 3 && (row[0] != 'R' || strings.Trim(row[:i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "") {
			return row
		}
		row = strings.TrimSpace(row[i+1:])
	}
}

// cutNumber takes the message number from the end of a line: "9971", "0003-0004";
// also with a month before it, which is the sender's slip ("LA PAZ JAN 0003").
func cutNumber(row string) (rest, number string) {
	i := strings.LastIndexByte(row, ' ')
	word := row[i+1:]
	digits := leadingDigits(word)
	if i <= 0 || digits == "" || len(digits) > 5 || word != digits && (word[len(digits)] != '-' || leadingDigits(word[len(digits)+1:]) != word[len(digits)+1:]) {
		return row, ""
	}
	rest = strings.TrimSpace(row[:i])
	if j := strings.LastIndexByte(rest, ' '); j > 0 && len(rest)-j == 4 && strings.Contains(" JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC ", rest[j:]+" ") {
		rest = strings.TrimSpace(rest[:j])
	}
	return rest, word
}

// maxAddressee bounds one line of the list; real ones end before 80.
const maxAddressee = 200

// readAddressee takes "RUEHC/SECSTATE WASHDC IMMEDIATE 9971" apart.
func readAddressee(row string, action bool) addressee {
	a := addressee{action: action}
	row = row[:min(len(row), maxAddressee)]
	row = cutRouting(row)
	for {
		if rest, number := cutNumber(row); number != "" && a.number == "" {
			a.number, row = number, rest
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
	a.name = singleBlanks(row)
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
