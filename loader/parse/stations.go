package parse

import (
	"slices"
	"strings"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

// stationBook knows the words for stations in references: RIODEJANEIRO is
// written RIO, RIO DE JAN, RIODEJANIERO and in other ways.
type stationBook struct {
	canonical map[string]string // a spelling without blanks → the station
	sorted    []string          // every spelling, sorted, for beginnings
	byLength  map[int][]string  // stations by the length of their names, for slips of the pen
}

var stations = sync.OnceValue(func() *stationBook {
	b := &stationBook{canonical: graph.Stations(), byLength: map[int][]string{}}
	for spelling, name := range b.canonical {
		b.sorted = append(b.sorted, spelling)
		if spelling == name {
			b.byLength[len(name)] = append(b.byLength[len(name)], name)
		}
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
