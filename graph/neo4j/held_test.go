package neo4j

import "testing"

// Two chunks of one bucket are settled at once: what a reader puts back late must
// not bring back surnames that were taken meanwhile, or all of them are settled again.
func TestABucketReadBeforeItWasSettledIsNotPutBack(t *testing.T) {
	whole := &bucket{id: 7, generation: 3, bySurname: map[string][]naming{"kern": {{}}, "orlov": {{}}}, taken: map[string]int64{}}
	left, later := whole.without([]string{"kern"}, 3), &bucket{id: 7, generation: 4, bySurname: whole.bySurname}
	tests := []struct {
		name string
		puts []*bucket
		want *bucket
	}{
		{"settled after it was read", []*bucket{whole, left}, left},
		{"read before it was settled, put after that", []*bucket{left, whole}, left},
		{"of a later generation", []*bucket{left, later}, later},
		{"empty", []*bucket{left, left.without([]string{"orlov"}, 3)}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var h holding
			for _, b := range tt.puts {
				h.put([]*bucket{b})
			}
			if got := h.get(7); got != tt.want {
				t.Errorf("the bucket is %+v, want %+v", got, tt.want)
			}
			h.forget([]*bucket{whole})
			if h.get(7) != nil {
				t.Error("a bucket that was forgotten is there")
			}
		})
	}
}
