package memory

import (
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// post returns the posts that the filter lets through.
func (s *sifter) post(w *graph.PostWhere) (in set, err error) {
	if w == nil {
		return set{}, nil
	}
	own := graph.PostWhere{ID: w.ID, Name: w.Name, NameContains: w.NameContains, Kind: w.Kind, City: w.City, Country: w.Country}
	if own.ID != nil || own.Name != nil || own.NameContains != nil || own.Kind != nil || own.City != nil || own.Country != nil {
		if in, err = ask(s.file.Posts, &own, len(s.posts)); err != nil {
			return set{}, err
		}
	}
	if w.Sent != nil {
		cables, err := s.cable(w.Sent)
		if err != nil {
			return set{}, err
		}
		sent := newBitmap(len(s.posts))
		cables.each(s.Cables(), func(cable uint32) {
			if origin := s.cables.origin[cable]; origin != 0 {
				sent.add(origin)
			}
		})
		in = in.meet(ofBits(sent))
	}
	if w.Received != nil {
		cables, err := s.cable(w.Received)
		if err != nil {
			return set{}, err
		}
		in = in.meet(s.sent.far(s.Cables(), len(s.posts), cables, 0))
	}
	more, err := nested(w.And, w.Or, w.Not, len(s.posts), s.post)
	return in.meet(more), err
}

// person returns the people that the filter lets through.
func (s *sifter) person(w *graph.PersonWhere) (in set, err error) {
	if w == nil {
		return set{}, nil
	}
	size := len(s.people.slug.spans)
	own := graph.PersonWhere{ID: w.ID, Name: w.Name, NameContains: w.NameContains, Title: w.Title, Country: w.Country}
	if own.ID != nil || own.Name != nil || own.NameContains != nil || own.Title != nil || own.Country != nil {
		if in, err = ask(s.file.People, &own, size); err != nil {
			return set{}, err
		}
	}
	for _, r := range []struct {
		where *graph.CableWhere
		role  uint32
	}{{w.MentionedIn, 0}, {w.Signed, signer}} {
		if r.where == nil {
			continue
		}
		cables, err := s.cable(r.where)
		if err != nil {
			return set{}, err
		}
		in = in.meet(s.named.far(s.Cables(), size, cables, r.role))
	}
	if w.MentionedWith != nil {
		others, err := s.person(w.MentionedWith)
		if err != nil {
			return set{}, err
		}
		in = in.meet(s.companions(others, size))
	}
	more, err := nested(w.And, w.Or, w.Not, size, s.person)
	return in.meet(more), err
}

// companions returns the people who stand in a cable beside one of the others.
func (s *sifter) companions(others set, size int) set {
	in := newBitmap(size)
	s.named.near(s.Cables(), others).each(s.Cables(), func(cable uint32) {
		count, last := 0, none
		s.named.firsts(cable, func(person uint32) {
			if others.has(person) {
				count, last = count+1, person
			}
		})
		s.named.firsts(cable, func(person uint32) {
			if count > 1 || person != last {
				in.add(person)
			}
		})
	})
	return ofBits(in)
}

// tag returns the tags that the filter lets through.
func (s *sifter) tag(w *graph.TagWhere) (in set, err error) {
	if w == nil {
		return set{}, nil
	}
	own := graph.TagWhere{ID: w.ID, Name: w.Name, NameContains: w.NameContains, Kind: w.Kind}
	if own.ID != nil || own.Name != nil || own.NameContains != nil || own.Kind != nil {
		if in, err = ask(s.file.Tags, &own, len(s.tags)); err != nil {
			return set{}, err
		}
	}
	if w.Code != nil {
		var coded []uint32
		for _, code := range w.Code {
			if row, known := s.codes[graph.NormalCode(code)]; known {
				coded = append(coded, row)
			}
		}
		in = in.meet(gathered(len(s.tags), coded))
	}
	if w.On != nil {
		cables, err := s.cable(w.On)
		if err != nil {
			return set{}, err
		}
		in = in.meet(s.tagged.far(s.Cables(), len(s.tags), cables, 0))
	}
	more, err := nested(w.And, w.Or, w.Not, len(s.tags), s.tag)
	return in.meet(more), err
}

// ask returns the nodes below size that File finds.
func ask[W any](find func(*W) ([]int64, error), w *W, size int) (set, error) {
	rows, err := find(w)
	in := make([]uint32, 0, len(rows))
	for _, row := range rows {
		if row < int64(size) {
			in = append(in, uint32(row))
		}
	}
	return gathered(size, in), err
}

// union is what the lists of some of the nodes below nodes have, of n numbers. A list of one node is not copied.
func (l *lists) union(n, nodes int, of set) set {
	if of.listed && len(of.list) == 1 {
		return ofList(l.of(of.list[0]))
	}
	size := 0
	of.each(nodes, func(node uint32) { size += len(l.of(node)) })
	if size > n/fewOf {
		in := newBitmap(n)
		of.each(nodes, func(node uint32) { in.addAll(l.of(node)) })
		return ofBits(in)
	}
	in := make([]uint32, 0, size)
	of.each(nodes, func(node uint32) { in = append(in, l.of(node)...) })
	return gathered(n, in)
}

// near returns those of n cables that have an edge to one of the far ends: read off these, or off the
// cables where that is less.
func (e *edges) near(n int, ends set) set {
	if ends.everything() {
		return set{}.where(n, func(cable uint32) bool { return len(e.from.of(cable)) > 0 })
	}
	size, reads := len(e.to.start)-1, 0
	ends.each(size, func(far uint32) { reads += len(e.to.of(far)) })
	if reads <= len(e.from.values)/2 {
		return e.to.union(n, size, ends)
	}
	return set{}.where(n, func(cable uint32) bool { return slices.ContainsFunc(e.from.of(cable), ends.has) })
}

// far returns the far ends, below size, of edges of these of n cables that have the flag; 0 for any.
func (e *edges) far(n, size int, cables set, flag uint32) set {
	in := newBitmap(size)
	cables.each(n, func(cable uint32) {
		ends := e.from.of(cable)
		if flag == 0 {
			in.addAll(ends)
			return
		}
		for i, flags := range e.flagsOf(cable) {
			if flags&flag != 0 {
				in.add(ends[i])
			}
		}
	})
	return ofBits(in)
}
