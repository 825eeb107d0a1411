package resolvers

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"pgregory.net/rapid"
)

func TestStringsAreWrittenAsTheLibraryWritesThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		var library bytes.Buffer
		graphql.MarshalString(s).MarshalGQL(&library)
		if got := string(writeString(nil, s)); got != library.String() {
			t.Fatalf("%s, the library %s", got, &library)
		}
	})
}

func TestAnyBytesBecomeJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := string(rapid.SliceOf(rapid.Byte()).Draw(t, "raw"))
		written := writeString(nil, raw)
		var back string
		if err := json.Unmarshal(written, &back); err != nil || !utf8.Valid(written) {
			t.Fatalf("%q: %v", written, err)
		}
		if utf8.ValidString(raw) && back != raw {
			t.Fatalf("%q came back as %q", raw, back)
		}
	})
}
