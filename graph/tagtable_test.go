package graph

import (
	"slices"
	"strings"
	"testing"
)

// Each row of the table of tags says what can be so.
func TestTagRows(t *testing.T) {
	before := ""
	for line := range strings.Lines(tagTable) {
		if line[0] == '#' {
			continue
		}
		code, _, _ := strings.Cut(line, "\t")
		if code <= before || code != NormalCode(code) {
			t.Errorf("%q stands behind %q", code, before)
		}
		before = code
		tag, known := KnownTags()[code]
		if !known || !slices.Contains(TagKinds, tag.Kind) || tag.Kind == TagUnknown {
			t.Errorf("%s: the kind %q is none", code, tag.Kind)
		}
		if strings.TrimSpace(tag.Name) != tag.Name {
			t.Errorf("%s: blanks around the name %q", code, tag.Name)
		}
		if tag.Name != "" && NormalCode(tag.Name) != code && TagsMeant(tag.Name).Code != nil {
			t.Errorf("%s means %q, which TagsMeant takes for a code", code, tag.Name)
		}
	}
	if before == "" {
		t.Error("the table is empty")
	}
}
