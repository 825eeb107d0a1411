package loader

import (
	"encoding/hex"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/source"
)

// seen remembers the document of every cable of a load, in few bytes: a whole archive has 251,287.
type seen struct {
	at    map[graph.Reference]sighting
	files []source.Entry // File and Member only; neighbours share one
}

// sighting is where the standing text of a cable came from.
type sighting struct {
	hash   [12]byte // the first bytes of Cable.Hash
	slip   bool     // the document has another id for the cable
	form   source.Form
	file   int32
	number int32
	offset int64
}

// same tells whether the sighting's text is that of hash.
func (s sighting) same(hash string) bool { return s.hash == short(hash) }

// note remembers d as the standing text of its cable.
func (s *seen) note(d *document) {
	e := &d.entry
	if last := len(s.files) - 1; last < 0 || s.files[last].File != e.File || s.files[last].Member != e.Member {
		s.files = append(s.files, source.Entry{File: strings.Clone(e.File), Member: strings.Clone(e.Member)})
	}
	// A clone: the parser's reference is a part of the whole document's text.
	s.at[graph.Reference(strings.Clone(string(d.record.Cable.Reference)))] = sighting{
		hash: short(d.record.Cable.Hash), slip: slipped(d.record.Cable.Sources),
		form: e.Form, file: int32(len(s.files) - 1), number: int32(e.Number), offset: e.Offset,
	}
}

// name is how reports call the document of a sighting.
func (s *seen) name(at sighting) string {
	e := s.files[at.file]
	e.Form, e.Number, e.Offset = at.form, int(at.number), at.offset
	return e.Name()
}

func short(hash string) (sum [12]byte) {
	_, _ = hex.Decode(sum[:], []byte(hash[:min(len(hash), 2*len(sum))])) // sealed hashes are hex
	return sum
}

// slipped tells whether all of a cable's sources have another id for it.
func slipped(sources []graph.Source) bool { return len(slips(sources)) == len(sources) }

// slips are those of the sources that have another id for the cable. They stay
// with it whatever replaces its text, since it is found by their ids too.
func slips(sources []graph.Source) []graph.Source {
	var out []graph.Source
	for _, s := range sources {
		if s.Reference != "" {
			out = append(out, s)
		}
	}
	return out
}

// placeOf names the document of a source.
func placeOf(s graph.Source) string {
	return source.Entry{File: s.File, Member: s.Member}.Name()
}
