package network

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// Clean takes out of all texts the characters that XML can't hold and the bytes
// that are no UTF-8, so that a text is the same in every format, and adds
// their number to Info.Stripped. In an ID they are written as %1B instead, so
// that two IDs stay two.
func (n *Network) Clean() {
	renamed := false
	for i := range n.Nodes {
		node := &n.Nodes[i]
		before := node.ID
		n.Info.Stripped += node.Clean()
		renamed = renamed || node.ID != before
	}
	for i := range n.Edges {
		n.Info.Stripped += clean(&n.Edges[i].Kind) + cleanValues(n.Edges[i].Values)
	}
	n.Info.clean()
	if renamed {
		n.Sort()
	}
}

// Clean does with a node what Network.Clean does, and returns how many characters it took out.
func (n *Node) Clean() int {
	id, count := strip(string(n.ID), "%%%02X")
	n.ID = graph.ID(id)
	return count + clean(&n.Label) + cleanValues(n.Values)
}

// clean may be called again: then nothing is left to take out.
func (i *Info) clean() {
	i.Stripped += clean(&i.Title) + clean(&i.Question)
	for k := range i.Parameters {
		i.Stripped += clean(&i.Parameters[k].Name) + clean(&i.Parameters[k].Value)
	}
	for k := range i.Cuts {
		i.Stripped += clean(&i.Cuts[k].Why)
	}
	for k := range i.Notes {
		i.Stripped += clean(&i.Notes[k])
	}
}

func cleanValues(values []any) (count int) {
	for i, v := range values {
		if s, ok := v.(string); ok {
			if n := clean(&s); n > 0 {
				values[i] = s
				count += n
			}
		}
	}
	return count
}

func clean(s *string) (count int) {
	*s, count = strip(*s, "")
	return count
}

// strip returns s with each character that XML can't hold written by format, and their number.
func strip(s, format string) (string, int) {
	if !strings.ContainsFunc(s, unfit) {
		return s, 0
	}
	var out strings.Builder
	count := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		bad := unfit(r) && (r != utf8.RuneError || size == 1) // a U+FFFD that stands there is fit
		switch {
		case !bad:
			out.WriteString(s[:size])
		case format != "":
			fmt.Fprintf(&out, format, s[:size])
		}
		if bad {
			count++
		}
		s = s[size:]
	}
	return out.String(), count
}

// unfit is true of what XML 1.0 can't hold, and of utf8.RuneError, which may stand for bytes that are no UTF-8.
func unfit(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError
}
