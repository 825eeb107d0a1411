package people

import "slices"

// sameName tells whether two full names, as folded words, can be one person's:
// Anne Patterson and Anne W. Patterson, Asif Ali Zardari and Ali Asif Zardari,
// Benjamin and Binyamin Netanyahu; not Nestor and Cristina Kirchner.
func sameName(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	a, b = withoutParticles(a), withoutParticles(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	if !sameWord(a[len(a)-1], b[len(b)-1]) {
		return len(a) >= 2 && prefixOf(a, b)
	}
	if len(a) == 1 {
		return len(b) == 1
	}
	return sameGiven(a[:len(a)-1], b[:len(b)-1])
}

// sameGiven compares what stands before the surname; a is not longer than b.
func sameGiven(a, b []string) bool {
	if !sameGivenWord(a[0], b[0]) && !slices.ContainsFunc(b, func(w string) bool { return sameWord(a[0], w) }) {
		return false
	}
	used := make([]bool, len(b))
	for i, w := range a {
		found := false
		for j, v := range b {
			if !used[j] && sameGivenWord(w, v) {
				used[j], found = true, true
				break
			}
		}
		// A second given name may differ where one is an initial of nothing the other has.
		if !found && (i == 0 || len(w) > 1) {
			return false
		}
	}
	return true
}

func sameGivenWord(a, b string) bool {
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	return sameWord(a, b) || nickname(a) == nickname(b) || spelling(a, b)
}

// sameWord: equal, or one slip of the pen in a long word.
func sameWord(a, b string) bool {
	return a == b || min(len(a), len(b)) >= 6 && distance(a, b) <= 1 || min(len(a), len(b)) >= 4 && romanized(a) == romanized(b)
}

// spelling: two letters differ in a long given name that starts alike: Benjamin, Binyamin.
func spelling(a, b string) bool {
	if min(len(a), len(b)) < 4 || a[0] != b[0] {
		return false
	}
	return min(len(a), len(b)) >= 7 && distance(a, b) <= 2 || romanized(a) == romanized(b)
}

// romanized makes one of the ways in which Arabic, Russian and Persian names are written in Latin letters.
func romanized(w string) string {
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		c := w[i]
		switch c {
		case 'o', 'w':
			c = 'u'
		case 'e', 'y', 'j':
			c = 'i'
		case 'q', 'c':
			c = 'k'
		case 'h', '\'':
			if i > 0 {
				continue
			}
		}
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

func prefixOf(a, b []string) bool {
	return len(a) <= len(b) && slices.Equal(a, b[:len(a)])
}

// withoutParticles drops the particles inside a name; it returns words itself where there are none.
func withoutParticles(words []string) []string {
	if len(words) < 3 || !slices.ContainsFunc(words[1:len(words)-1], particle) {
		return words
	}
	out := make([]string, 0, len(words))
	for i, w := range words {
		if particle(w) && i < len(words)-1 && i > 0 {
			continue
		}
		out = append(out, w)
	}
	return out
}

var nicknames = map[string]string{
	"bill": "william", "will": "william", "bob": "robert", "rob": "robert", "dick": "richard", "rick": "richard", "jim": "james", "jimmy": "james", "mike": "michael",
	"dave": "david", "steve": "stephen", "steven": "stephen", "tom": "thomas", "tony": "anthony", "joe": "joseph", "dan": "daniel", "jeff": "jeffrey", "geoff": "geoffrey",
	"chris": "christopher", "nick": "nicholas", "bibi": "benjamin", "ben": "benjamin", "ron": "ronald", "don": "donald", "ken": "kenneth", "greg": "gregory", "phil": "philip",
	"liz": "elizabeth", "beth": "elizabeth", "kate": "katherine", "kathy": "katherine", "cathy": "catherine", "sue": "susan", "ed": "edward", "ted": "edward", "al": "albert",
	"andy": "andrew", "tim": "timothy", "jon": "jonathan", "sam": "samuel", "pat": "patrick", "matt": "matthew", "larry": "lawrence", "jerry": "gerald", "gerry": "gerald",
	"jack": "john", "chuck": "charles", "charlie": "charles", "fred": "frederick", "alex": "alexander", "max": "maximilian", "doug": "douglas", "pete": "peter", "ray": "raymond",
	"dmitry": "dmitriy", "dmitri": "dmitriy", "yuri": "yuriy", "sergei": "sergey", "aleksandr": "alexander", "aleksei": "alexei", "aleksey": "alexei", "nikolai": "nikolay", "mikheil": "mikhail",
	"pepe": "jose", "paco": "francisco", "manolo": "manuel", "luiz": "luis", "benyamin": "benjamin", "binyamin": "benjamin",
	"mohammad": "mohammed", "muhammad": "mohammed", "mohamed": "mohammed", "mohamad": "mohammed", "muhammed": "mohammed",
}

func nickname(w string) string {
	if full, ok := nicknames[w]; ok {
		return full
	}
	return w
}

// distance is the number of letters to change, add, drop or swap with their neighbour.
func distance(a, b string) int {
	if diff := len(a) - len(b); diff > 2 || diff < -2 {
		return 3
	}
	var before, row, last [64]int
	if len(b) >= len(row) || len(a) >= len(row) {
		return 3
	}
	for j := 0; j <= len(b); j++ {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

// heads are the letters with which a name's words begin, also as nicknames and
// in other spellings, as a set of bits. Names that sameName takes for one have
// some letter in common: a cheap no for the others.
func heads(words []string) uint32 {
	var set uint32
	for _, w := range words {
		for _, form := range []string{w, nickname(w)} {
			set |= 1 << (form[0] % 32)
			switch form[0] {
			case 'o', 'w', 'u':
				set |= 1 << ('u' % 32)
			case 'e', 'y', 'j', 'i':
				set |= 1 << ('i' % 32)
			case 'q', 'c', 'k':
				set |= 1 << ('k' % 32)
			}
		}
	}
	return set
}
