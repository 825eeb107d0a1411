package people

import "sync"

// letterKind tells the bytes of words.
type letterKind uint8

const (
	noLetter letterKind = iota
	smallLetter
	capitalLetter
	digit
	joint   // can stand inside a word: al-Bashir, O'Brien, A/S
	foreign // a part of a character beyond ASCII
)

// letterKinds is the kind of each byte.
var letterKinds = func() (kinds [256]letterKind) {
	for b := range kinds {
		switch {
		case 'a' <= b && b <= 'z':
			kinds[b] = smallLetter
		case 'A' <= b && b <= 'Z':
			kinds[b] = capitalLetter
		case '0' <= b && b <= '9':
			kinds[b] = digit
		case b == '-' || b == '\'' || b == '`' || b == '/':
			kinds[b] = joint
		case b >= 0x80:
			kinds[b] = foreign
		}
	}
	return kinds
}()

// wordCode is a word of at most codeLetters ASCII letters, capitals or not, as a
// number: five bits for each. Two such words are one where their codes are equal.
type wordCode uint64

const codeLetters = 12

// with adds a letter.
func (c wordCode) with(b byte) wordCode { return c<<5 | wordCode(b&31) }

// lexeme is a word of the lexicon.
type lexeme struct {
	code  wordCode
	class class
	key   int32 // in codeTable.keys
}

// codeTable finds the words of the lexicon by their codes. The tokenizer asks it
// for each word of each cable: that takes no lowered copy, no hash of a string
// and one step to memory, where a map of strings needs three.
type codeTable struct {
	lexemes [1 << tableBits]lexeme // from its code's slot on, each at the first place that was free
	keys    []string
}

const tableBits = 16

var codes = sync.OnceValue(func() *codeTable {
	t := new(codeTable)
	for key, c := range lexicon() {
		if code, ok := codeOf(key); ok {
			*t.place(code) = lexeme{code, c, int32(len(t.keys))}
			t.keys = append(t.keys, key)
		}
	}
	if len(t.keys) > len(t.lexemes)*7/8 {
		panic("the lexicon has outgrown its table: raise tableBits")
	}
	return t
})

// codeOf returns the code of a key that has one.
func codeOf(key string) (code wordCode, ok bool) {
	for i := range len(key) {
		if letterKinds[key[i]] != smallLetter {
			return 0, false
		}
		code = code.with(key[i])
	}
	return code, len(key) <= codeLetters
}

// slot is where the table has a code, or after that.
func (c wordCode) slot() int { return int(c * 0x9E3779B97F4A7C15 >> (64 - tableBits)) }

// place returns the lexeme with the code, or the free place for it, which has the class 0.
func (t *codeTable) place(code wordCode) *lexeme {
	i := code.slot()
	for t.lexemes[i].code != code && t.lexemes[i].code != 0 {
		i = (i + 1) % len(t.lexemes)
	}
	return &t.lexemes[i]
}
