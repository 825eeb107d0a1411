package people

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cablegraph/cablegraph/graph"
)

// shape is how a word is written.
type shape uint8

const (
	shapeLower   shape = iota // minister
	shapeCapital              // Kouchner, McDonald, al-Bashir
	shapeCaps                 // KOUCHNER, DCM, A/S
	shapeInitial              // the "B" of "James B. Cunningham"
	shapeNumber               // 2009, 1.4
)

// gap is what stands between a word and the one before it.
type gap uint8

const (
	gapSpace gap = iota // blanks, or one line end
	gapDot              // a dot and blanks
	gapComma            // a comma and blanks
	gapBlank            // an empty line
	gapOther            // any other mark
)

// token is one word of a text.
type token struct {
	start, end         int32 // bytes
	runeStart, runeEnd int32 // code points
	key                string
	class              class
	shape              shape
	gap                gap
	kind               lineKind
	mark               byte // the first mark of the gap before it, or 0
	owned              bool // 's follows
	lineStart          bool
	joined             bool // a mark or a letter beyond ASCII is in it
	taken              bool // part of a find
}

// tokenize cuts a text into words, in the memory of out where that suffices. A hyphen or apostrophe
// inside a word belongs to it, also over a line end ("al-\nBashir"); a possessive 's does not.
func tokenize(text string, out []token) []token {
	t := tokenizer{text: text, lex: lexicon(), words: codes(), out: slices.Grow(out, len(text)/6)}
	t.cut()
	return t.out
}

type tokenizer struct {
	text     string
	lex      map[string]class
	words    *codeTable
	out      []token
	pos      int // byte
	extra    int // bytes before pos beyond one for each code point
	newlines int
	mark     byte
	spaced   bool
}

// cut goes over the whole text.
func (t *tokenizer) cut() {
	t.newlines = 1
	for t.pos < len(t.text) {
		b := t.text[t.pos]
		switch letterKinds[b] {
		case smallLetter, capitalLetter, digit:
			t.word()
			continue
		case foreign:
			t.foreign()
			continue
		}
		switch b {
		case '\n':
			t.newlines++
		case ' ', '\t', '\r':
			t.spaced = true
		default:
			if t.mark == 0 || t.mark == '.' || t.mark == ',' {
				t.mark = b // `.)` and `,"` part more than the dot alone
			}
		}
		t.pos++
	}
}

// foreign steps over, or into a word that starts with, a character beyond ASCII.
func (t *tokenizer) foreign() {
	r, size := utf8.DecodeRuneInString(t.text[t.pos:])
	switch {
	case unicode.IsLetter(r):
		t.word()
		return
	case r == '¶': // stands before paragraph numbers and bullets
		t.mark = '\\'
	case unicode.IsSpace(r):
		t.spaced = true
	case t.mark == 0:
		t.mark = '"'
	}
	t.pos += size
	t.extra += size - 1
}

// word reads the word at pos.
func (t *tokenizer) word() {
	tok := token{start: int32(t.pos), runeStart: int32(t.pos - t.extra), gap: t.gapBefore(), mark: t.mark, lineStart: t.newlines > 0}
	owner := 0
	if !t.plain(&tok) {
		owner = t.joined(&tok)
	}
	tok.end, tok.runeEnd = int32(t.pos), int32(t.pos-t.extra)
	if owner > 0 {
		tok.owned = true
		t.extra += owner - utf8.RuneCountInString(t.text[t.pos:t.pos+owner])
		t.pos += owner
	} else if commaOwner(t.text, t.pos) { // "GOM,s" stands for "GOM's" in many cables
		tok.owned = true
	}
	t.out = append(t.out, tok)
	t.newlines, t.mark, t.spaced = 0, 0, false
}

// plain reads a word of ASCII letters and digits alone, as nearly all are. It
// reports whether the word at pos is one; where not, it reads nothing.
func (t *tokenizer) plain(tok *token) bool {
	var code wordCode
	capitals, digits, end := 0, 0, t.pos
read:
	for ; end < len(t.text); end++ {
		b := t.text[end]
		switch letterKinds[b] {
		case smallLetter:
		case capitalLetter:
			capitals++
		case digit:
			digits++
		case joint, foreign:
			return false
		default:
			break read
		}
		code = code.with(b)
	}
	word := t.text[t.pos:end]
	tok.shape = plainShape(word, capitals, digits)
	t.identify(tok, word, code, capitals > 0)
	t.pos = end
	return true
}

// identify sets the key and the class of a word of ASCII letters and digits.
func (t *tokenizer) identify(tok *token, word string, code wordCode, capitals bool) {
	tok.key = word
	if tok.shape != shapeNumber && len(word) <= codeLetters {
		if l := t.words.place(code); l.class != 0 {
			tok.class = l.class
			if capitals {
				tok.key = t.words.keys[l.key]
			}
			return
		}
	}
	if capitals {
		tok.key = strings.ToLower(word)
	}
	tok.class = t.classOf(tok)
}

// joined reads any word. It returns the length of the possessive 's that ends it.
func (t *tokenizer) joined(tok *token) (owner int) {
	tok.joined = true
	end, runes, plain := t.extent()
	word := t.text[t.pos : t.pos+end]
	if owner = ownerSuffix(word); owner > 0 {
		runes -= utf8.RuneCountInString(word[len(word)-owner:])
		end -= owner
		word = word[:end]
	}
	tok.shape = shapeOf(word)
	if plain {
		tok.key = strings.ToLower(word)
	} else {
		tok.key = plainKey(word)
	}
	tok.class = t.classOf(tok)
	t.pos += end
	t.extra += end - runes
	return owner
}

func (t *tokenizer) classOf(tok *token) class {
	if tok.shape == shapeNumber {
		return 0
	}
	c, known := t.lex[tok.key]
	if !known && tok.shape != shapeLower {
		c = compoundClass(t.lex, tok.key)
	}
	return c
}

// extent measures the word at pos: bytes, code points, and whether its key is
// its plain lower-case text.
func (t *tokenizer) extent() (size, runes int, plain bool) {
	s := t.text[t.pos:]
	plain = true
	i := 0
	for i < len(s) {
		b := s[i]
		if isWordByte(b) {
			i++
			runes++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if n > 1 && (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)) {
			i, runes, plain = i+n, runes+1, false
			continue
		}
		j, ok := joins(s, i, r, n)
		if !ok {
			break
		}
		if j-i > 1 {
			plain = false
		}
		runes += utf8.RuneCountInString(s[i:j])
		i = j
	}
	return i, runes, plain
}

// joins tells whether the mark r at i holds two parts of one word together, and where the second begins.
func joins(s string, i int, r rune, size int) (int, bool) {
	j := i + size
	switch r {
	case '-':
		if j < len(s) && s[j] == ' ' && strings.HasPrefix(s[j:], " \n") || j < len(s) && s[j] == '\n' {
			j = skipLineEnd(s, j)
		}
	case '\'', '’', '`', '‘':
	case '/':
		return j, i <= 3 && j < len(s) && isCapital(s[i-1]) && isCapital(s[j]) && shortPart(s[j:])
	default:
		return 0, false
	}
	if j >= len(s) {
		return 0, false
	}
	next, _ := utf8.DecodeRuneInString(s[j:])
	return j, unicode.IsLetter(next)
}

// skipLineEnd steps over the blanks around one line end.
func skipLineEnd(s string, j int) int {
	lines := 0
	for j < len(s) && (s[j] == ' ' || s[j] == '\n') {
		if s[j] == '\n' {
			lines++
		}
		if lines > 1 {
			return len(s)
		}
		j++
	}
	return j
}

func isWordByte(b byte) bool { return noLetter < letterKinds[b] && letterKinds[b] <= digit }

func isCapital(b byte) bool { return 'A' <= b && b <= 'Z' }

// shortPart: "S" of A/S and "DCM" of A/DCM are parts of one word, names after a stroke are not.
func shortPart(s string) bool {
	n := 0
	for n < len(s) && isWordByte(s[n]) {
		n++
	}
	return n <= 3
}

// ownerSuffix is the length of a possessive 's at the word's end.
func ownerSuffix(word string) int {
	for _, suffix := range []string{"'s", "’s", "'S", "’S", "`s"} {
		if len(word) > len(suffix)+1 && strings.HasSuffix(word, suffix) {
			return len(suffix)
		}
	}
	return 0
}

func commaOwner(text string, at int) bool {
	return at+1 < len(text) && text[at] == ',' && text[at+1] == 's' && (at+2 == len(text) || !isWordByte(text[at+2]))
}

func (t *tokenizer) gapBefore() gap {
	switch {
	case t.newlines > 1:
		return gapBlank
	case t.mark == 0 && (t.spaced || t.newlines > 0):
		return gapSpace
	case t.mark == '.' && (t.spaced || t.newlines > 0):
		return gapDot
	case t.mark == ',':
		return gapComma
	}
	return gapOther
}

// plainShape is shapeOf for a word of ASCII letters and digits, with so many capitals and digits.
func plainShape(word string, capitals, digits int) shape {
	switch {
	case digits > 0:
		return shapeNumber
	case capitals == 0:
		return shapeLower
	case len(word) == 1:
		return shapeInitial
	case capitals > 1 && (capitals == len(word) || shortened(word)):
		return shapeCaps
	case isCapital(word[0]):
		return shapeCapital
	}
	return shapeLower
}

func shapeOf(word string) shape {
	first, size := utf8.DecodeRuneInString(word)
	uppers, lowers := 0, 0
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			uppers++
		case unicode.IsLower(r):
			lowers++
		case unicode.IsDigit(r):
			return shapeNumber
		}
	}
	switch {
	case size == len(word) && uppers == 1:
		return shapeInitial
	case uppers > 1 && lowers == 0, uppers > 1 && shortened(word):
		return shapeCaps
	case unicode.IsUpper(first), uppers > 0 && (particlePrefix(word) || stancePrefix(word)):
		return shapeCapital
	}
	return shapeLower
}

// shortened tells "DoD", "MbZ" and "AmCham", which are abbreviations, from McDonald and O'Brien.
func shortened(word string) bool {
	if len(word) > 7 || strings.ContainsAny(word, "-'’`‘ ") {
		return false
	}
	for _, p := range []string{"Mc", "Mac", "De", "Di", "La", "Le", "Du", "Van", "Von", "Fitz", "Da", "Del", "Des", "Al", "El"} {
		if strings.HasPrefix(word, p) && len(word) > len(p)+1 && isCapital(word[len(p)]) && !isCapital(word[len(p)+1]) {
			return false
		}
	}
	return true
}

// particlePrefix: al-Bashir, d'Estaing and bin-Laden start small and are names all the same.
func particlePrefix(word string) bool {
	for i, r := range word {
		if r == '-' || r == '\'' || r == '’' {
			next, _ := utf8.DecodeRuneInString(strings.TrimLeft(word[i+utf8.RuneLen(r):], " \n"))
			return i <= 5 && unicode.IsUpper(next)
		}
	}
	return false
}

// stancePrefix: the name in pro-Karzai is one.
func stancePrefix(word string) bool {
	left, _, glued := strings.Cut(word, "-")
	return glued && stance(left)
}

// plainKey is a word's key where lowering is not enough: accents, broken lines, curly apostrophes.
func plainKey(word string) string {
	if !strings.ContainsAny(word, "-'’`‘/") {
		return graph.Fold(word)
	}
	var b strings.Builder
	for word != "" {
		i := strings.IndexAny(word, "-'’`‘/")
		if i < 0 {
			b.WriteString(graph.Fold(word))
			break
		}
		b.WriteString(graph.Fold(word[:i]))
		_, n := utf8.DecodeRuneInString(word[i:])
		switch word[i] {
		case '-', '/':
			b.WriteByte(word[i])
		default:
			b.WriteByte('\'')
		}
		word = word[i+n:]
	}
	return b.String()
}
