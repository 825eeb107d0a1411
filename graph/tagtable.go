package graph

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed tags.tsv
var tagTable string

// KnownTags returns the tags whose codes are known, by code. The map is not to be changed.
var KnownTags = sync.OnceValue(func() map[string]Tag {
	known := map[string]Tag{}
	for code, rest := range tableRows(tagTable) {
		kind, name, _ := strings.Cut(rest, "\t")
		known[code] = Tag{Code: code, Kind: TagKind(kind), Name: name}
	}
	return known
})
