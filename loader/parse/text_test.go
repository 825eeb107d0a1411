package parse

import (
	"testing"
	"unicode/utf8"
)

func TestUpperASCIIChangesLettersAlone(t *testing.T) {
	for c := range 256 {
		want := byte(c)
		if 'a' <= c && c <= 'z' {
			want -= 'a' - 'A'
		}
		for _, around := range []string{"a\x00\xff", "zz{`@[\x7f\x80"} { // the bytes beside it have no say
			if got := upperASCII(around + string([]byte{byte(c)}) + around); got[len(around)] != want {
				t.Errorf("byte %#x between %q became %#x, want %#x", c, around, got[len(around)], want)
			}
		}
	}
}

func TestRunesCountsCharacters(t *testing.T) {
	for name, body := range map[string]string{
		"ASCII":          "REF: STATE 11937",
		"two bytes":      "¶1. (C) Señor",
		"three and four": "it’s “x” 𝄞 behind eight letters",
		"no UTF-8":       "a\xffb\xc2",
	} {
		txt := &text{body: body, inner: innerBytes(body)}
		for at := range body {
			if got, want := txt.runes(at), utf8.RuneCountInString(body[:at]); got != want {
				t.Errorf("%s: %d characters before byte %d, want %d", name, got, at, want)
			}
		}
	}
}
