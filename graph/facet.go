package graph

import (
	"cmp"
	"io"
	"slices"
	"time"
)

// Interval is how long a bucket of a timeline is.
type Interval string

// The intervals.
const (
	Year  Interval = "YEAR"
	Month Interval = "MONTH"
	Day   Interval = "DAY"
)

// Intervals lists every interval.
var Intervals = []Interval{Year, Month, Day}

// TimeField is the date of a cable that a timeline goes by.
type TimeField string

// The dates of a cable.
const (
	Created  TimeField = "CREATED"
	Released TimeField = "RELEASED"
)

// TimeFields lists every date of a cable.
var TimeFields = []TimeField{Created, Released}

// Bucket is one value of a facet that is no node, and how many cables have it.
type Bucket struct {
	// Classification is nil for cables without one.
	Classification *Classification
	// Start is the first minute of the bucket of a timeline; zero for cables without a date.
	Start time.Time
	Count int
}

// KnownStart is the bucket's first day; false for cables without a date.
func (b *Bucket) KnownStart() (string, bool) {
	return b.Start.Format(time.DateOnly), !b.Start.IsZero()
}

// DayOf numbers the day of a Minute, counted from that of NoMinute.
func DayOf(minute int64) int64 { return (minute - NoMinute) / (24 * 60) }

// Timeline makes days with their cables (by DayOf) into the buckets of an
// interval, earliest first; cables without a date come before all others.
func Timeline(days map[int64]int, interval Interval) []Bucket {
	counts := map[time.Time]int{}
	for day, n := range days {
		counts[interval.start(FromMinute(NoMinute+day*24*60))] += n
	}
	buckets := make([]Bucket, 0, len(counts))
	for start, n := range counts {
		buckets = append(buckets, Bucket{Start: start, Count: n})
	}
	slices.SortFunc(buckets, func(a, b Bucket) int { return a.Start.Compare(b.Start) })
	return buckets
}

// start is the beginning of the interval that the time lies in; zero stays zero.
func (i Interval) start(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	year, month, day := t.Date()
	switch i {
	case Year:
		month, day = 1, 1
	case Month:
		day = 1
	}
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// SortLabels puts the buckets of a facet of classifications in order: the most
// frequent first, by label where equally many cables have two.
func SortLabels(buckets []Bucket) {
	label := func(b Bucket) string {
		if b.Classification == nil {
			return ""
		}
		return b.Classification.Label
	}
	slices.SortFunc(buckets, func(a, b Bucket) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(label(a), label(b)))
	})
}

// MarshalGQL writes the interval as a GraphQL enum value.
func (i Interval) MarshalGQL(w io.Writer) { marshalEnum(w, string(i)) }

// UnmarshalGQL reads the interval from a GraphQL enum value.
func (i *Interval) UnmarshalGQL(v any) error { return unmarshalEnum(i, v, Intervals) }

// MarshalGQL writes the field as a GraphQL enum value.
func (f TimeField) MarshalGQL(w io.Writer) { marshalEnum(w, string(f)) }

// UnmarshalGQL reads the field from a GraphQL enum value.
func (f *TimeField) UnmarshalGQL(v any) error { return unmarshalEnum(f, v, TimeFields) }
