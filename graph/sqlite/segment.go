package sqlite

import (
	"errors"
	"fmt"
)

// FTS5's own records, as they lie in the file.

// structure is the record of which segments an index has.
type structure struct {
	cookie [4]byte
	writes uint64
	levels []segmentLevel
}

// segmentLevel is a level of segments; the first merging of them are being merged into the next one.
type segmentLevel struct {
	merging  uint64
	segments []segment
}

// segment is a part of an index. Every row came by one origin, which rows that are deleted are looked up by.
type segment struct {
	number, first, last        uint64 // of its pages
	origin1, origin2           uint64
	gonePages, gone, rowsCount uint64
}

// structureV2 marks records that have origins.
var structureV2 = []byte{0xff, 0x00, 0x00, 0x01}

var errStructure = errors.New("the full-text index has a form that is not known")

func readStructure(c *conn) (*structure, error) {
	record, err := c.blob("SELECT block FROM cable_fts_data WHERE id = ?", structureRecord)
	if err != nil {
		return nil, err
	}
	s := &structure{}
	if len(record) < 8 || string(record[4:8]) != string(structureV2) {
		return nil, errStructure
	}
	copy(s.cookie[:], record)
	in := &varints{rest: record[8:]}
	s.levels = make([]segmentLevel, in.count())
	in.next() // the number of all segments
	s.writes = in.next()
	for i := range s.levels {
		l := &s.levels[i]
		l.merging = in.next()
		l.segments = make([]segment, in.count())
		for j := range l.segments {
			for _, field := range l.segments[j].fields() {
				*field = in.next()
			}
		}
	}
	if in.bad || len(in.rest) > 0 {
		return nil, errStructure
	}
	return s, nil
}

// fields are a segment's numbers in their order in the record.
func (g *segment) fields() []*uint64 {
	return []*uint64{&g.number, &g.first, &g.last, &g.origin1, &g.origin2, &g.gonePages, &g.gone, &g.rowsCount}
}

func (s *structure) encode() []byte {
	out := append(s.cookie[:], structureV2...)
	all := 0
	for _, l := range s.levels {
		all += len(l.segments)
	}
	for _, n := range []uint64{uint64(len(s.levels)), uint64(all), s.writes} {
		out = appendVarint(out, n)
	}
	for _, l := range s.levels {
		out = appendVarint(appendVarint(out, l.merging), uint64(len(l.segments)))
		for j := range l.segments {
			for _, field := range l.segments[j].fields() {
				out = appendVarint(out, *field)
			}
		}
	}
	return out
}

// origin is the first origin that no segment has.
func (s *structure) origin() uint64 {
	last := uint64(0)
	for _, l := range s.levels {
		for _, g := range l.segments {
			last = max(last, g.origin2)
		}
	}
	return last + 1
}

// free is a number that no segment has.
func (s *structure) free() (uint64, error) {
	used := map[uint64]bool{}
	for _, l := range s.levels {
		for _, g := range l.segments {
			used[g.number] = true
		}
	}
	for n := uint64(1); n <= mostSegments; n++ {
		if !used[n] {
			return n, nil
		}
	}
	return 0, fmt.Errorf("the full-text index has %d parts: %w", len(used), errStructure)
}

// readTotals reads the record of how many rows there are and words in them.
func readTotals(c *conn) ([]uint64, error) {
	record, err := c.blob("SELECT block FROM cable_fts_data WHERE id = ?", totalsRecord)
	in := &varints{rest: record}
	var totals []uint64
	for len(in.rest) > 0 && !in.bad {
		totals = append(totals, in.next())
	}
	if in.bad {
		err = errors.Join(err, errStructure)
	}
	return totals, err
}

func addTotals(c *conn, more []uint64) error {
	totals, err := readTotals(c)
	if err != nil {
		return err
	}
	if len(totals) == 0 {
		totals = make([]uint64, len(more))
	}
	var record []byte
	for i := range more {
		record = appendVarint(record, totals[i]+more[i])
	}
	return c.exec("UPDATE cable_fts_data SET block = ? WHERE id = ?", record, totalsRecord)
}

// varints reads numbers as SQLite writes them: seven bits a byte, the highest
// first; a ninth byte has eight.
type varints struct {
	rest []byte
	bad  bool
}

func (v *varints) next() uint64 {
	n := uint64(0)
	for i, b := range v.rest {
		if i == 8 {
			v.rest = v.rest[9:]
			return n<<8 | uint64(b)
		}
		n = n<<7 | uint64(b&0x7f)
		if b < 0x80 {
			v.rest = v.rest[i+1:]
			return n
		}
	}
	v.bad, v.rest = true, nil
	return 0
}

// count is a number of things that follow, each of a byte at least.
func (v *varints) count() int {
	n := v.next()
	if n > uint64(len(v.rest)) {
		v.bad, v.rest = true, nil
		return 0
	}
	return int(n)
}

func appendVarint(out []byte, n uint64) []byte {
	if n >= 1<<56 {
		out = appendGroups(out, n>>8, 8)
		out[len(out)-1] |= 0x80
		return append(out, byte(n))
	}
	groups := 1
	for m := n >> 7; m > 0; m >>= 7 {
		groups++
	}
	return appendGroups(out, n, groups)
}

// appendGroups writes the lowest groups of seven bits, all but the last marked.
func appendGroups(out []byte, n uint64, groups int) []byte {
	for i := groups - 1; i >= 0; i-- {
		b := byte(n>>(7*i)) & 0x7f
		if i > 0 {
			b |= 0x80
		}
		out = append(out, b)
	}
	return out
}
