package graph

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

//go:embed stations.tsv
var stationsFile string

// Stations says for each spelling of a station in references, in capitals without
// blanks, which station it stands for: RIO → RIODEJANEIRO, RIODEJANEIRO → itself.
// It must not be changed.
var Stations = sync.OnceValue(func() map[string]string {
	stations := map[string]string{}
	for name, spellings := range tableRows(stationsFile) {
		stations[name] = name
		for spelling := range strings.SplitSeq(spellings, "|") {
			if spelling != "" {
				stations[spelling] = name
			}
		}
	}
	return stations
})

// tableRows yields the first field of each row of a table, and the rest of it.
func tableRows(table string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for line := range strings.Lines(table) {
			first, rest, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
			if ok && !strings.HasPrefix(first, "#") && !yield(first, rest) {
				return
			}
		}
	}
}

// offices are what people write before the name of a station, longest first.
var offices = []string{"AMCONSULATE", "CONSULATE", "AMEMBASSY", "USEMBASSY", "USMISSION", "AMCONSUL", "AMCONGEN", "EMBASSY", "MISSION"}

// stationsMeant are the stations that a name without blanks may stand for: itself
// where it is one; else also what it is another spelling of, and what stands behind
// the word for an office ("AMEMBASSYPARIS").
func stationsMeant(name string) []string {
	known := Stations()[name]
	if known == name {
		return []string{name}
	}
	meant := []string{name}
	if known != "" {
		meant = append(meant, known)
	}
	for _, office := range offices {
		if rest, ok := strings.CutPrefix(name, office); ok && Stations()[rest] != "" {
			return append(meant, Stations()[rest])
		}
	}
	return meant
}
