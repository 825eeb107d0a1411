package parse

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

//go:embed stations.tsv
var stationsFile string

// stationBook knows the words for stations in references: RIODEJANEIRO is
// written RIO, RIO DE JAN, RIODEJANIERO and in other ways.
type stationBook struct {
	canonical map[string]string // a spelling without blanks → the station
	sorted    []string          // every spelling, sorted, for beginnings
	byLength  map[int][]string  // stations by the length of their names, for slips of the pen
}

var stations = sync.OnceValue(func() *stationBook {
	b := &stationBook{canonical: map[string]string{}, byLength: map[int][]string{}}
	for _, fields := range tsv(stationsFile, 2) {
		name := fields[0]
		b.canonical[name] = name
		b.byLength[len(name)] = append(b.byLength[len(name)], name)
		for _, spelling := range list(fields[1]) {
			b.canonical[spelling] = name
		}
	}
	for spelling := range b.canonical {
		b.sorted = append(b.sorted, spelling)
	}
	slices.Sort(b.sorted)
	return b
})

// tsv cuts a data file into lines of n fields; lines that start with # are notes.
func tsv(file string, n int) [][]string {
	var rows [][]string
	for row := range strings.Lines(file) {
		row = strings.TrimRight(row, "\n")
		if row == "" || row[0] == '#' {
			continue
		}
		fields := strings.Split(row, "\t")
		for len(fields) < n {
			fields = append(fields, "")
		}
		rows = append(rows, fields)
	}
	return rows
}

// list cuts a field of a data file: "a|b".
func list(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, "|")
}

// station returns the station that a spelling stands for. Only letters count,
// and a zero among them is an O (COTON0U).
func station(spelling string) (string, bool) {
	name, ok := stations().canonical[packedName(spelling)]
	return name, ok
}

// nearStation returns the one station that differs from the spelling by a
// single slip: a letter wrong, lost, doubled, or two letters swapped.
func nearStation(spelling string) (string, bool) {
	name := packedName(spelling)
	if len(name) < 4 {
		return "", false
	}
	found := ""
	for n := len(name) - 1; n <= len(name)+1; n++ {
		for _, s := range stations().byLength[n] {
			if oneSlip(name, s) {
				if found != "" {
					return "", false
				}
				found = s
			}
		}
	}
	return found, found != ""
}

// isStationStart tells whether a station's name starts with the words: page
// breaks cut names short (VATICA, PORT AU PR).
func isStationStart(words string) bool {
	name := packedName(words)
	if len(name) < 3 {
		return false
	}
	sorted := stations().sorted
	i, _ := slices.BinarySearch(sorted, name)
	return i < len(sorted) && strings.HasPrefix(sorted[i], name)
}

// packedName keeps the letters of a name, in capitals.
func packedName(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z':
			b = append(b, c)
		case 'a' <= c && c <= 'z':
			b = append(b, c-'a'+'A')
		case c == '0':
			b = append(b, 'O')
		}
	}
	return string(b)
}

// oneSlip tells whether a and b differ by exactly one insertion, deletion,
// change or swap of neighbours.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
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

func letterAt(s string, i int) bool { return i >= 0 && i < len(s) && isLetter(s[i]) }

func leadingDigits(s string) string {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i]
}

func trailingDigits(s string) string {
	i := len(s)
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	return s[i:]
}
