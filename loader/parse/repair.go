package parse

import (
	"fmt"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// ownReference returns the page's reference as it was meant, for reading what
// the cable cites. The cable keeps the one that is printed: under it people
// quote the page; a warning tells what was probably meant.
func (p *Parsed) ownReference() graph.Reference {
	printed := p.Cable.Reference
	if _, name, _ := printed.Parts(); name != "" {
		if _, ok := station(name); ok {
			return printed
		}
	}
	repaired, ok := repairedReference(string(printed))
	if !ok || repaired == printed {
		return printed
	}
	p.Warnings = append(p.Warnings, fmt.Sprintf("The Reference ID %s looks like a slip for %s.", printed, repaired))
	return repaired
}

// repairedReference puts a reference that a page or a list got wrong right:
// "06EFTOANKARA4972" and "09SECTION02OF03QRIPOLI583" took words of the
// telegram's first line into the station's name.
func repairedReference(s string) (graph.Reference, bool) {
	year, rest, ok := cutYear(strings.ToUpper(s))
	if !ok {
		return "", false
	}
	rest = cutJunk(rest)
	name, serial := rest, ""
	for i := range rest {
		// Only what is behind the name counts: 06MADRID002583ZFR2585 is Madrid's 2583.
		if rest[i] >= '0' && rest[i] <= '9' && !letterAt(rest, i+1) {
			name, serial = rest[:i], leadingDigits(rest[i:])
			break
		}
	}
	if strings.HasSuffix(s, "SUSPECTEDDUPLICATE"+trailingDigits(s)) {
		serial = trailingDigits(s)
	}
	if strings.Trim(serial, "0") == "" {
		return "", false
	}
	known, ok := station(name)
	if !ok {
		if known, ok = nearStation(name); !ok {
			known = packedName(name)
		}
	}
	return graph.NewReference(year, known, serial), ok
}

func cutYear(s string) (year, rest string, ok bool) {
	digits := leadingDigits(s)
	switch {
	case len(digits) < 2:
		return "", "", false
	case len(digits) == 4 && digits[:2] == digits[2:]: // 7575LIBREVILLE1895
		return digits[:2], s[4:], true
	case len(digits) == 4 && (digits[:2] == "19" || digits[:2] == "20"):
		return digits[2:], s[4:], true
	}
	return digits[:2], s[2:], true
}

// cutJunk drops the words before a station's name which are none of it.
func cutJunk(s string) string {
	for _, word := range []string{"EFTO", "NOFORN", "FSC"} {
		s = strings.TrimPrefix(s, word)
	}
	if at := sectionEnd(s); at > 0 {
		s = s[at:]
	}
	s = strings.TrimPrefix(s, "RPO")
	for _, word := range []string{"AMEMBASSY", "EMBASSY", "AMCONSUL"} {
		if rest, ok := strings.CutPrefix(s, word); ok && letterAt(rest, 0) {
			return rest
		}
	}
	return s
}

// sectionEnd returns where "SECTION 01 OF 03", with any letter lost or wrong, ends.
func sectionEnd(s string) int {
	for i := 0; i < len(s) && i < 18; i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		// The digits before OF, OF or what is left of it, the digits after it.
		j := i + len(leadingDigits(s[i:]))
		for letterAt(s, j) && j < i+6 {
			j++
		}
		if n := len(leadingDigits(s[min(j, len(s)):])); n > 0 && letterAt(s, j+n) {
			return j + n
		}
		return 0
	}
	return 0
}
