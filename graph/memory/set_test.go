package memory

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawn draws a set of numbers below size in one of its forms, and the same as a map.
func drawn(t *rapid.T, name string, size int) (set, map[uint32]bool) {
	is := map[uint32]bool{}
	switch rapid.IntRange(0, 4).Draw(t, name+" form") {
	case 0:
		for i := range uint32(size) {
			is[i] = true
		}
		return set{}, is
	case 1:
		from := rapid.IntRange(0, size).Draw(t, name+" from")
		to := rapid.IntRange(from, size).Draw(t, name+" to")
		b := newBitmap(size)
		b.addRange(from, to)
		for i := from; i < to; i++ {
			is[uint32(i)] = true
		}
		return ofBits(b), is
	}
	values := rapid.SliceOfN(rapid.Uint32Range(0, uint32(size-1)), 0, 60).Draw(t, name)
	for _, v := range values {
		is[v] = true
	}
	return gathered(size, values), is
}

// TestSets holds sets against maps.
func TestSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 2000).Draw(t, "size")
		a, inA := drawn(t, "a", size)
		b, inB := drawn(t, "b", size)
		list := slices.Sorted(maps.Keys(inB))
		even := func(i uint32) bool { return i%2 == 0 }
		var got set
		var want func(uint32) bool
		switch rapid.IntRange(0, 5).Draw(t, "operation") {
		case 0:
			got, want = a.meet(b), func(i uint32) bool { return inA[i] && inB[i] }
		case 1:
			got, want = a.join(size, b), func(i uint32) bool { return inA[i] || inB[i] }
		case 2:
			got, want = a.without(size), func(i uint32) bool { return !inA[i] }
		case 3:
			got, want = ofList(a.of(list)), func(i uint32) bool { return inA[i] && inB[i] }
		case 4:
			got, want = a.where(size, even), func(i uint32) bool { return inA[i] && even(i) }
		default:
			got, want = a, func(i uint32) bool { return inA[i] }
		}
		var all []uint32
		for i := range uint32(size) {
			if want(i) {
				all = append(all, i)
			}
			if got.has(i) != want(i) {
				t.Fatalf("has(%d) = %t, want %t", i, got.has(i), want(i))
			}
		}
		if sorted := got.sorted(size); !slices.Equal(sorted, all) || got.count(size) != len(all) {
			t.Fatalf("sorted = %v, count = %d, want %v", sorted, got.count(size), all)
		}
	})
}
