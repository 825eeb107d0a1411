package parse

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

//go:embed slips.tsv
var slipsFile string

// slips are the references with slips that no rule puts right.
var slips = sync.OnceValue(func() map[string]graph.Reference {
	m := map[string]graph.Reference{}
	for _, fields := range tsv(slipsFile, 2) {
		m[fields[0]] = graph.Reference(fields[1])
	}
	return m
})

// secondNames are the stations that the archive's own lists name in two ways,
// of which neither is a slip: 07TAIPEI965 stands between 07AITTAIPEI954 and
// 07AITTAIPEI968, and there are 2,300 such. The cable keeps the printed one.
var secondNames = map[string]bool{"TAIPEI": true, "PARISFR": true}

// maxReference bounds a reference; the longest of the archive has 35 characters.
const maxReference = 60

// isReference tells whether s can be a cable's reference: two digits of a year,
// then capitals, digits and hyphens. More is not asked, since among the
// archive's own are 06ASTANA and 092OF5.
func isReference(s string) bool {
	if len(s) < 3 || len(s) > maxReference || !isDigit(s[0]) || !isDigit(s[1]) {
		return false
	}
	for i := 2; i < len(s); i++ {
		if c := s[i]; !isDigit(c) && (c < 'A' || c > 'Z') && c != '-' {
			return false
		}
	}
	return true
}

// setReference decides by which reference the cable goes. Where the printed one
// has a slip and the document was sent by the post that was meant, it is the
// one that was meant, and the source keeps the printed one; else it is the
// printed one, and a warning tells what was probably meant. It returns the
// reference as the REF lines of the text itself would write it.
func (p *Parsed) setReference(printed string) graph.Reference {
	p.Cable.Reference = graph.Reference(printed)
	meant, ok := repairedReference(printed)
	if !ok || meant == p.Cable.Reference {
		return p.Cable.Reference
	}
	_, name, _ := p.Cable.Reference.Parts()
	_, by, _ := meant.Parts()
	by, _ = station(by)
	from := &p.Cable.Sources[0]
	switch sent := p.sentBy(by); {
	case secondNames[name] && sent:
		from.Reference = meant
	case secondNames[name]:
	case sent:
		p.Cable.Reference, from.Reference = meant, graph.Reference(printed)
	default:
		p.Warnings = append(p.Warnings, fmt.Sprintf("The Reference ID %s looks like a slip for %s.", printed, meant))
	}
	return meant
}

// sentBy tells whether the cable was sent by the station's post: by its origin, or
// by the header's FM line where the document names no origin that is known.
func (p *Parsed) sentBy(name string) bool {
	if p.Origin != nil && posts().bySlug[p.Origin.Slug] != nil {
		return isStation(p.Origin, name)
	}
	for row := range strings.Lines(p.Cable.Header) {
		if from, ok := strings.CutPrefix(row, "FM "); ok {
			post := PostByName(strings.Join(strings.Fields(from), " "))
			return isStation(&post, name)
		}
	}
	return false
}

// isStation tells whether references name the post by the station's name.
func isStation(post *graph.Post, name string) bool {
	for _, as := range append([]string{post.Name}, post.Aliases...) {
		if s, ok := station(as); ok && s == name {
			return true
		}
	}
	return false
}

// repairedReference puts a reference that a page or a list got wrong right:
// "06EFTOANKARA4972" and "09SECTION02OF03QRIPOLI583" took words of the
// telegram's first line into the station's name. It is false where the station
// isn't known even so.
func repairedReference(s string) (graph.Reference, bool) {
	if meant, ok := slips()[s]; ok {
		return meant, true
	}
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
