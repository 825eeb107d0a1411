package parse

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// deadline returns the date after DECL: as YYYY-MM-DD, empty for none: N/A,
// X1, OADR, and events such as the unification of Korea are no dates.
func (t *text) deadline() string {
	for _, l := range t.labels {
		if l.kind != labelOrder {
			continue
		}
		stop := min(t.next(l.end, labelOrder), l.end+90, len(t.upper))
		if date := firstDate(t.upper[l.end:stop]); date != "" {
			return date
		}
	}
	return ""
}

// firstDate finds m/d/yyyy, m/d/yy or yyyy/mm/dd.
func firstDate(s string) string {
	for i := 0; i < len(s); i++ {
		first := leadingDigits(s[i:])
		if first == "" {
			continue
		}
		var fields [3]int
		at, n := i, 0
		for ; n < 3; n++ {
			digits := leadingDigits(s[at:])
			if digits == "" || len(digits) > 4 {
				break
			}
			fields[n], _ = strconv.Atoi(digits)
			at += len(digits)
			if n < 2 && (at >= len(s) || strings.IndexByte("/-", s[at]) < 0) {
				n++
				break
			}
			at++
		}
		if n == 3 {
			if date := normalDate(fields, len(first)); date != "" {
				return date
			}
		}
		i += len(first)
	}
	return ""
}

func normalDate(f [3]int, firstLength int) string {
	year, month, day := f[2], f[0], f[1]
	if firstLength == 4 {
		year, month, day = f[0], f[1], f[2]
	}
	switch {
	case year < 70: // the archive's two-digit years of declassification lie ahead
		year += 2000
	case year < 100:
		year += 1900
	}
	if month > 12 && day <= 12 {
		month, day = day, month
	}
	if year < 1960 || month < 1 || month > 12 || day < 1 || day > 31 {
		return ""
	}
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if d.Day() != day {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}
