package explore

import "testing"

// ReadAtATime has Everything read so many cables at a time until the test ends.
func ReadAtATime(t *testing.T, cables int) { t.Helper(); set(t, &leafCables, cables) }

// CountAtMost has Around read so many ends of edges only to count them until the test ends.
func CountAtMost(t *testing.T, ends int) { t.Helper(); set(t, &maxCounted, ends) }

func set(t *testing.T, at *int, to int) {
	t.Helper()
	before := *at
	*at = to
	t.Cleanup(func() { *at = before })
}
