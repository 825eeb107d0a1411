package graph

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Reference is the key of a cable: two digits of the year, the station without
// blanks, the serial without leading zeros: "09STATE11937".
type Reference string

var (
	yearFirst = regexp.MustCompile(`^(?:19|20)?(\d\d)[\s-]*([A-Z][A-Z .'’-]*?)[\s#-]*0*([1-9]\d*)$`)
	pageOf    = regexp.MustCompile(`^(?:.*/)?([^/]+)\.HTML?(?:[?#].*)?$`)
	edition   = regexp.MustCompile(`_[A-Z]$`) // 09STATE11937_a: another copy of the text
	yearLast  = regexp.MustCompile(`^([A-Z][A-Z .'’-]*?)[\s#-]*0*([1-9]\d*)\s*(?:\((?:19|20)?(\d\d)\)|[/-](?:19|20)?(\d\d))$`)
	yearless  = regexp.MustCompile(`^([A-Z][A-Z .'’-]*?)[\s#-]*0*([1-9]\d*)$`)
)

// The years of the archive.
const firstYear, lastYear = 1966, 2010

// ParseReferences reads what people write for a reference (ParseReference), also
// with another word for its station ("09 AMEMBASSY PARIS 1039", "SECSTATE 11937",
// "RIO 12") or without its year. It returns all references that may be meant, as
// written first; those of one station by year. The error is that of ParseReference.
func ParseReferences(s string) ([]Reference, error) {
	read, err := ParseReference(s)
	year, station, serial := read.split()
	if err != nil {
		m := yearless.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
		if m == nil {
			return nil, err
		}
		_, station, serial = NewReference("00", m[1], m[2]).split()
	}
	var meant []Reference
	for _, station := range stationsMeant(station) {
		if year != "" {
			meant = append(meant, NewReference(year, station, serial))
			continue
		}
		for y := firstYear; y <= lastYear; y++ {
			meant = append(meant, NewReference(fmt.Sprintf("%02d", y%100), station, serial))
		}
	}
	return meant, nil
}

// AnyReference returns all references that the spellings may mean, and leaves out what is none.
func AnyReference(spellings ...string) []string {
	out := make([]string, 0, len(spellings))
	for _, s := range spellings {
		meant, _ := ParseReferences(s)
		for _, r := range meant {
			out = append(out, string(r))
		}
	}
	return out
}

// ParseReference reads a reference as people write it: "09STATE11937",
// "09 State 11937", "2009 STATE 011937", "STATE 011937 (09)", "09STATE11937_a", or the address of its page,
// ".../cable/2009/02/09STATE11937.html". The error wraps ErrBadReference where no year, station and serial are to be found.
func ParseReference(s string) (Reference, error) {
	t := strings.ToUpper(strings.TrimSpace(s))
	if m := pageOf.FindStringSubmatch(t); m != nil {
		t = m[1]
	}
	t = edition.ReplaceAllString(t, "")
	if m := yearFirst.FindStringSubmatch(t); m != nil {
		return NewReference(m[1], m[2], m[3]), nil
	}
	if m := yearLast.FindStringSubmatch(t); m != nil {
		return NewReference(m[3]+m[4], m[1], m[2]), nil
	}
	return "", fmt.Errorf("%w: %q has not the form 09STATE11937 (year, station, serial)", ErrBadReference, s)
}

// NewReference joins a two-digit year, a station's name and a serial.
func NewReference(year, station, serial string) Reference {
	station = strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToUpper(station))
	return Reference(year + station + strings.TrimLeft(serial, "0"))
}

var referenceParts = regexp.MustCompile(`^(\d\d)(.*?)(\d+)$`)

// split cuts a reference into the two digits of its year, station and serial; empty where it has another form.
func (r Reference) split() (year, station, serial string) {
	if m := referenceParts.FindStringSubmatch(string(r)); m != nil {
		return m[1], m[2], m[3]
	}
	return "", "", ""
}

// Parts returns year (four digits), station and serial; zeros where the reference has another form.
func (r Reference) Parts() (year int, station string, serial int) {
	m := referenceParts.FindStringSubmatch(string(r))
	if m == nil {
		return 0, "", 0
	}
	year, _ = strconv.Atoi(m[1])
	serial, _ = strconv.Atoi(m[3]) // the largest int where it is larger still
	// The archive runs from 1966 to 2010.
	if year += 1900; year < 1960 {
		year += 100
	}
	return year, m[2], serial
}
