package memory

import (
	"math/bits"
	"slices"
)

// bitmap is a set of numbers, a bit for each.
type bitmap []uint64

func newBitmap(size int) bitmap { return make(bitmap, (size+63)/64) }

func (b bitmap) has(i uint32) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bitmap) add(i uint32)      { b[i>>6] |= 1 << (i & 63) }

func (b bitmap) addAll(values []uint32) {
	for _, v := range values {
		b.add(v)
	}
}

// addRange adds the numbers from … to-1.
func (b bitmap) addRange(from, to int) {
	for i := from; i < to; {
		if i&63 == 0 && to-i >= 64 {
			b[i>>6] = ^uint64(0)
			i += 64
			continue
		}
		b.add(uint32(i))
		i++
	}
}

// set is a set of numbers: a bitmap, or a rising list where they are few or come as one. The zero set has all numbers.
type set struct {
	bits   bitmap // the set's own
	list   []uint32
	listed bool // list is the set; it may be somebody else's
}

func ofBits(b bitmap) set      { return set{bits: b} }
func ofList(l []uint32) set    { return set{list: l, listed: true} }
func (s set) everything() bool { return s.bits == nil && !s.listed }

// fewOf is in how many numbers one may be for a list of them to be made rather than a bitmap.
const fewOf = 64

// gathered is the set of values below size, which may come in any order and more than once.
func gathered(size int, values []uint32) set {
	if len(values) > size/fewOf {
		b := newBitmap(size)
		b.addAll(values)
		return ofBits(b)
	}
	slices.Sort(values)
	return ofList(slices.Compact(values))
}

func (s set) has(i uint32) bool {
	switch {
	case s.bits != nil:
		return s.bits.has(i)
	case s.listed:
		_, found := slices.BinarySearch(s.list, i)
		return found
	}
	return true
}

// meet returns what both have. Both are given up.
func (s set) meet(other set) set {
	switch {
	case s.everything():
		return other
	case other.everything():
		return s
	case s.listed:
		return ofList(other.of(s.list))
	case other.listed:
		return ofList(s.of(other.list))
	}
	for i := range s.bits {
		s.bits[i] &= other.bits[i]
	}
	return s
}

// of returns those of a rising list that the set has: the list itself where it has all.
func (s set) of(list []uint32) []uint32 {
	switch {
	case s.everything():
		return list
	case s.listed:
		return common(s.list, list)
	}
	in := make([]uint32, 0, min(len(list), 64))
	for _, v := range list {
		if s.bits.has(v) {
			in = append(in, v)
		}
	}
	return in
}

// common returns what two rising lists both have.
func common(a, b []uint32) []uint32 {
	if len(a) > len(b) {
		a, b = b, a
	}
	both := make([]uint32, 0, min(len(a), 64))
	for _, v := range a {
		// Double the step until v is passed, then halve.
		step := 1
		for step < len(b) && b[step-1] < v {
			step *= 2
		}
		at, found := slices.BinarySearch(b[:min(step, len(b))], v)
		if found {
			both = append(both, v)
		}
		b = b[at:]
	}
	return both
}

// join returns what either has of the numbers below size. Both are given up.
func (s set) join(size int, other set) set {
	if s.everything() || other.everything() {
		return set{}
	}
	s = s.bitmap(size)
	other.each(size, s.bits.add)
	return s
}

// bitmap returns the same set as a bitmap of its own.
func (s set) bitmap(size int) set {
	if s.bits != nil {
		return s
	}
	b := newBitmap(size)
	s.each(size, b.add)
	return ofBits(b)
}

// sorted returns the numbers below size that s has, rising.
func (s set) sorted(size int) []uint32 {
	if s.listed {
		return s.list
	}
	all := make([]uint32, 0, s.count(size))
	s.each(size, func(i uint32) { all = append(all, i) })
	return all
}

// without returns the numbers below size that s lacks. s is given up.
func (s set) without(size int) set {
	if s.everything() {
		return ofList(nil)
	}
	s = s.bitmap(size)
	for i := range s.bits {
		s.bits[i] = ^s.bits[i]
	}
	if rest := size & 63; rest != 0 {
		s.bits[len(s.bits)-1] &= 1<<rest - 1
	}
	return s
}

// count returns how many of the numbers below size s has.
func (s set) count(size int) int {
	switch {
	case s.listed:
		return len(s.list)
	case s.bits == nil:
		return size
	}
	n := 0
	for _, word := range s.bits {
		n += bits.OnesCount64(word)
	}
	return n
}

// each visits the numbers below size that s has, rising.
func (s set) each(size int, visit func(uint32)) {
	switch {
	case s.listed:
		for _, v := range s.list {
			visit(v)
		}
	case s.bits == nil:
		for i := range uint32(size) {
			visit(i)
		}
	}
	for i, word := range s.bits {
		for ; word != 0; word &= word - 1 {
			visit(uint32(i<<6 + bits.TrailingZeros64(word)))
		}
	}
}

// where returns those of the numbers below size that s has for which something is so. s is given up.
func (s set) where(size int, is func(uint32) bool) set {
	if s.listed {
		var list []uint32
		for _, v := range s.list {
			if is(v) {
				list = append(list, v)
			}
		}
		return ofList(list)
	}
	b := newBitmap(size)
	for i := range uint32(size) {
		if (s.bits == nil || s.bits.has(i)) && is(i) {
			b.add(i)
		}
	}
	return ofBits(b)
}
