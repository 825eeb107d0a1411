package graph

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func at(s string) *time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return &t
}

func TestTimeRangeMinutes(t *testing.T) {
	for _, row := range []struct {
		name     string
		in       TimeRange
		from, to string // the first minute within, and the first one after
	}{
		{"a year", TimeRange{Year: new(2009)}, "2009-01-01T00:00:00Z", "2010-01-01T00:00:00Z"},
		{"seconds are dropped", TimeRange{From: at("2009-02-10T17:32:59Z"), To: at("2009-02-10T17:33:59Z")}, "2009-02-10T17:32:00Z", "2009-02-10T17:33:00Z"},
		{"another zone", TimeRange{From: at("2009-02-10T19:32:00+02:00"), To: at("2009-02-10T12:32:00-05:00")}, "2009-02-10T17:32:00Z", "2009-02-10T17:32:00Z"},
		{"before 1970", TimeRange{From: at("1966-02-28T12:00:30Z"), To: at("1966-02-28T12:01:00Z")}, "1966-02-28T12:00:00Z", "1966-02-28T12:01:00Z"},
	} {
		t.Run(row.name, func(t *testing.T) {
			from, to, err := row.in.Minutes()
			if err != nil || from != Minute(*at(row.from)) || to != Minute(*at(row.to)) {
				t.Errorf("Minutes = %v, %v, %v; want %v, %v", FromMinute(from), FromMinute(to), err, row.from, row.to)
			}
		})
	}
	t.Run("an open range holds every date, and not the unknown one", func(t *testing.T) {
		from, to, err := (&TimeRange{}).Minutes()
		if err != nil || from <= NoMinute || from > Minute(*at("0001-01-02T00:00:00Z")) || to <= Minute(*at("9999-12-31T23:59:00Z")) {
			t.Errorf("Minutes = %d, %d, %v", from, to, err)
		}
	})
	for name, in := range map[string]TimeRange{
		"ends before it starts": {From: at("2009-02-10T17:32:00Z"), To: at("2009-02-10T17:31:00Z")},
		"year and from":         {Year: new(2009), From: at("2009-02-10T17:32:00Z")},
		"year and to":           {Year: new(2009), To: at("2009-02-10T17:32:00Z")},
		"year zero":             {Year: new(0)},
		"a year far away":       {Year: new(12009)},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := in.Minutes(); !errors.Is(err, ErrBadWhere) {
				t.Errorf("Minutes: %v, want %v", err, ErrBadWhere)
			}
		})
	}
}

func TestMinuteIsTheFloor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(-62135596800, 253402300799).Draw(t, "seconds")
		m := Minute(time.Unix(seconds, 0))
		if m*60 > seconds || (m+1)*60 <= seconds {
			t.Errorf("Minute(%d s) = %d", seconds, m)
		}
		if back := FromMinute(m); Minute(back) != m || back.Location() != time.UTC {
			t.Errorf("FromMinute(%d) = %v", m, back)
		}
	})
	if !FromMinute(NoMinute).IsZero() || Minute(time.Time{}) != NoMinute {
		t.Error("the zero time and NoMinute are not each other's")
	}
}

func TestIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind, key := rapid.SampledFrom(Kinds).Draw(t, "kind"), rapid.StringN(1, 9, -1).Draw(t, "key")
		k, s, err := NewID(kind, key).Split()
		if err != nil || k != kind || s != key {
			t.Errorf("NewID(%s, %q).Split() = %s, %q, %v", kind, key, k, s, err)
		}
	})
	for _, bad := range []ID{"", "cable", "cable:", ":x", "CABLE:x", "ship:x"} {
		if k, s, err := bad.Split(); !errors.Is(err, ErrBadID) || k != "" || s != "" {
			t.Errorf("%q.Split() = %s, %q, %v; want %v", bad, k, s, err, ErrBadID)
		}
	}
}

func TestKeysAreThoseOfTheKind(t *testing.T) {
	keys, err := Keys(KindTag, []ID{"tag:IR", "post:IR", "tag:a:b", "tag:IR"})
	if diff := cmp.Diff([]string{"IR", "a:b", "IR"}, keys); diff != "" || err != nil {
		t.Errorf("Keys (-want +got): %v\n%s", err, diff)
	}
	if _, err := Keys(KindTag, []ID{"tag:IR", "IR"}); !errors.Is(err, ErrBadID) {
		t.Errorf("Keys with a malformed id: %v, want %v", err, ErrBadID)
	}
}
