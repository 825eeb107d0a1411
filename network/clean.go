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
		if id, count := strip(string(node.ID), "%%%02X"); count > 0 {
			node.ID, renamed = graph.ID(id), true
			n.Info.Stripped += count
		}
		n.clean(&node.Label)
		n.cleanValues(node.Values)
	}
	for i := range n.Edges {
		n.clean(&n.Edges[i].Kind)
		n.cleanValues(n.Edges[i].Values)
	}
	n.cleanInfo()
	if renamed {
		n.Sort()
	}
}

func (n *Network) cleanInfo() {
	n.clean(&n.Info.Title)
	n.clean(&n.Info.Question)
	for i := range n.Info.Parameters {
		n.clean(&n.Info.Parameters[i].Name)
		n.clean(&n.Info.Parameters[i].Value)
	}
	for i := range n.Info.Cuts {
		n.clean(&n.Info.Cuts[i].Why)
	}
	for i := range n.Info.Notes {
		n.clean(&n.Info.Notes[i])
	}
}

func (n *Network) cleanValues(values []any) {
	for i, v := range values {
		if s, ok := v.(string); ok && n.clean(&s) {
			values[i] = s
		}
	}
}

// clean says whether s had to be changed.
func (n *Network) clean(s *string) bool {
	clean, count := strip(*s, "")
	*s = clean
	n.Info.Stripped += count
	return count > 0
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
