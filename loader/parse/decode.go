package parse

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf8"
)

// decode strips the tags of a piece of a page and decodes its entities. All
// else stays as it is: cables hold bare signs "<" and "&" which open nothing.
func decode(raw []byte) string {
	var b strings.Builder
	b.Grow(len(raw))
	tag, entity := -1, -1 // where the next "<" and the next "&" stand
	for i := 0; ; {
		tag, entity = nextByte(raw, '<', tag, i), nextByte(raw, '&', entity, i)
		at := min(tag, entity)
		b.Write(raw[i:at])
		if at == len(raw) {
			return b.String()
		}
		i = at + writeSign(&b, raw[at:])
	}
}

// nextByte returns where c stands in raw from the place i on, len(raw) for
// nowhere; known is what it returned for an earlier place.
func nextByte(raw []byte, c byte, known, i int) int {
	if known >= i {
		return known
	}
	if n := bytes.IndexByte(raw[i:], c); n >= 0 {
		return i + n
	}
	return len(raw)
}

// writeSign writes what the "<" or "&" at the start of raw stands for, and
// returns how many bytes of raw that took.
func writeSign(b *strings.Builder, raw []byte) int {
	switch {
	case bytes.HasPrefix(raw, lineFeed):
		b.WriteByte('\n')
		return len(lineFeed)
	case raw[0] == '&':
		n := entityLength(raw)
		b.WriteString(html.UnescapeString(string(raw[:n])))
		return n
	}
	if n := tagLength(raw); n > 0 {
		return n
	}
	b.WriteByte('<')
	return 1
}

// lineFeed is how the mirror writes the end of each line.
var lineFeed = []byte("&#x000A;")

// tagLength returns the length of the tag at the start of raw, 0 where there is
// none: texts hold "<" as a sign too, so that only the names of HTML count.
func tagLength(raw []byte) int {
	at := 1
	if at < len(raw) && raw[at] == '/' {
		at++
	}
	name := at
	for at < len(raw) && at < name+8 && (isLetter(raw[at]) || isDigit(raw[at])) {
		at++
	}
	end := bytes.IndexByte(raw[at:min(len(raw), at+500)], '>')
	if end < 0 {
		return 0
	}
	switch strings.ToLower(string(raw[name:at])) {
	case "a", "b", "i", "u", "p", "br", "hr", "em", "strong", "span", "div", "font", "img", "pre", "code", "tt", "ul", "ol", "li", "sup", "sub",
		"table", "tbody", "tr", "td", "th":
		return at + end + 1
	}
	return 0
}

// entityLength returns the length of the entity at the start of raw; 1 where
// "&" is only a sign: without its semicolon nothing is taken for an entity,
// since the pages write "AT&T" as it is.
func entityLength(raw []byte) int {
	for i := 1; i < len(raw) && i < 34; i++ {
		switch c := raw[i]; {
		case c == ';' && i > 1:
			return i + 1
		case c != '#' && !isLetter(c) && (c < '0' || c > '9'):
			return 1
		}
	}
	return 1
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// windows1252 holds the characters of the bytes 0x80 to 0x9F; the five that
// it does not define stay control characters, as browsers have it.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// toUTF8 returns data with each byte that is no UTF-8 read as Windows-1252, in
// which texts of that time come when they are not UTF-8. No byte is lost.
func (pg *page) toUTF8(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return data
	}
	pg.warnings = append(pg.warnings, "The document is not valid UTF-8; the bytes that are not were read as Windows-1252.")
	out := make([]byte, 0, len(data)+len(data)/8)
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			if r = rune(data[0]); r < 0xA0 {
				r = windows1252[r-0x80]
			}
		}
		out = utf8.AppendRune(out, r)
		data = data[n:]
	}
	return out
}
