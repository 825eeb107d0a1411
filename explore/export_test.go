package explore

import "testing"

// ReadAtATime has Everything read so many cables at a time until the test ends.
func ReadAtATime(t *testing.T, cables int) {
	t.Helper()
	before := leafCables
	leafCables = cables
	t.Cleanup(func() { leafCables = before })
}
