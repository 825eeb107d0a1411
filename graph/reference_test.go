package graph

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseReference(t *testing.T) {
	for _, row := range []struct {
		name, in string
		want     Reference
	}{
		{"the key itself", "09STATE11937", "09STATE11937"},
		{"blanks and small letters", " 09 State 11937 ", "09STATE11937"},
		{"a whole year, zeros", "2009 STATE 011937", "09STATE11937"},
		{"the year at the end", "STATE 011937 (09)", "09STATE11937"},
		{"the year after a slash", "STATE 11937/2009", "09STATE11937"},
		{"the year after a hyphen", "State 11937-09", "09STATE11937"},
		{"a station of two words", "09 Tel Aviv 457", "09TELAVIV457"},
		{"a station with a stop", "05 St. Petersburg 5", "05STPETERSBURG5"},
		{"a number sign", "09USNATO#12", "09USNATO12"},
		{"hyphens", "09-STATE-11937", "09STATE11937"},
		{"another copy", "09STATE11937_a", "09STATE11937"},
		{"the address of a page", "http://example.org/cable/2009/02/09STATE11937.html#par1", "09STATE11937"},
		{"a page of a mirror", "cable/2009/02/09STATE11937.html", "09STATE11937"},
		{"the last century", "1966STATE1", "66STATE1"},
		{"2020 is no year without a station's letters after two more digits", "20STATE1", "20STATE1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := ParseReference(row.in)
			if err != nil || got != row.want {
				t.Errorf("ParseReference(%q) = %q, %v; want %q", row.in, got, err, row.want)
			}
		})
	}
	for name, in := range map[string]string{
		"empty": "", "no year": "STATE 11937", "no serial": "09STATE", "no station": "0911937", "serial zero": "09STATE000",
		"three digits": "009STATE1", "another script": "09ПАРИЖ1", "two of them": "09STATE1, 09STATE2",
	} {
		t.Run("not "+name, func(t *testing.T) {
			if got, err := ParseReference(in); !errors.Is(err, ErrBadReference) || got != "" {
				t.Errorf("ParseReference(%q) = %q, %v; want %v", in, got, err, ErrBadReference)
			}
		})
	}
}

func TestReferencesMeant(t *testing.T) {
	for in, want := range map[string]string{
		"09 State 11937":           "09STATE11937",
		"09 SECSTATE 11937":        "09SECSTATE11937 09STATE11937",
		"10 AMEMBASSY PARIS 00174": "10AMEMBASSYPARIS174 10PARIS174",
		"2008 Rio 12":              "08RIO12 08RIODEJANEIRO12",
		"09 Embassy Atlantis 1":    "09EMBASSYATLANTIS1",
		"09STATE1, 09STATE2":       "",
		"11937":                    "",
	} {
		if got := strings.Join(AnyReference(in), " "); got != want {
			t.Errorf("%q: %s; want %s", in, got, want)
		}
	}
	years := AnyReference("PARIS 001039")
	if len(years) != 45 || years[0] != "66PARIS1039" || years[44] != "10PARIS1039" {
		t.Errorf("without a year: %v", years)
	}
}

func TestEverySpellingGivesTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(1966, 2010).Draw(t, "year")
		station := rapid.StringMatching(`[A-Z]{2,8}( [A-Z]{2,8})?`).Draw(t, "station")
		serial := rapid.IntRange(1, 999999).Draw(t, "serial")
		joined := strings.ReplaceAll(station, " ", "")
		want := Reference(fmt.Sprintf("%02d%s%d", year%100, joined, serial))
		for _, spelling := range []string{
			string(want), fmt.Sprintf("%d %s %06d", year, station, serial), fmt.Sprintf("%02d %s %d", year%100, strings.ToLower(station), serial),
			fmt.Sprintf("%s %d (%02d)", station, serial, year%100),
		} {
			if got, err := ParseReference(spelling); err != nil || got != want {
				t.Errorf("ParseReference(%q) = %q, %v; want %q", spelling, got, err, want)
			}
		}
		if y, s, n := want.Parts(); y != year || s != joined || n != serial {
			t.Errorf("%q.Parts() = %d, %q, %d", want, y, s, n)
		}
	})
}

func FuzzParseReference(f *testing.F) {
	for _, seed := range []string{"09STATE11937", "STATE 011937 (09)", "2009 STATE 0", "09’1", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseReference(s)
		if err != nil {
			if !errors.Is(err, ErrBadReference) {
				t.Errorf("ParseReference(%q): %v", s, err)
			}
			return
		}
		if again, err := ParseReference(string(r)); err != nil || again != r {
			t.Errorf("ParseReference(%q) = %q, which reads as %q, %v", s, r, again, err)
		}
	})
}

func TestPartsOfAnythingElseAreZero(t *testing.T) {
	if y, s, n := Reference("rubbish").Parts(); y != 0 || s != "" || n != 0 {
		t.Errorf("Parts = %d, %q, %d", y, s, n)
	}
}
