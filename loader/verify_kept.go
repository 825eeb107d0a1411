package loader

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// kept is what Verify keeps of a walk: keys as numbers, and no text. Of 251,287
// cables with 2.7 million mentions that is about two hundred megabytes.
type kept struct {
	cables, posts, people, tags keyring
	words                       keyring // names and tags of namings, surnames

	cable     []keptCable
	person    []keptPerson
	postNamed []bool // post → an edge leads to it
	tagNamed  []bool // tag → a cable bears it

	mentions   []keptMention // by cable and position, once sorted
	signatures []signature   // by cable, once sorted
}

// keptCable is what is kept of a cable.
type keptCable struct {
	published, cited, sent bool
	given                  given  // what the documents given say
	marks                  uint32 // in words
	lists                  [listTypes]listSum
}

// The edges that are lists: they have positions.
const (
	listSentTo = iota
	listTagged
	listMentions
	listReferences
	listTypes
)

// listNames are the types of the lists.
var listNames = [listTypes]graph.LinkType{graph.LinkSentTo, graph.LinkTagged, graph.LinkMentions, graph.LinkReferences}

// listSum stands for the set of a list's positions: how many there are, and
// the sum of what each mixes to. No other positions but 0 … n-1 have their sum,
// but for one chance in four thousand million.
type listSum struct{ count, sum uint32 }

func (l *listSum) add(position int) {
	l.count++
	l.sum += mix(position)
}

// whole tells whether the positions are 0 … n-1; expected holds the sums of the first positions.
func (l listSum) whole(expected *[]uint32) bool {
	if len(*expected) == 0 {
		*expected = []uint32{0}
	}
	for n := len(*expected); n <= int(l.count); n++ {
		*expected = append(*expected, (*expected)[n-1]+mix(n-1))
	}
	return (*expected)[l.count] == l.sum
}

// mix spreads a number over 32 bits.
func mix(n int) uint32 {
	x := uint32(n)*0x9e3779b1 + 0x7f4a7c15
	x ^= x >> 16
	x *= 0x85ebca6b
	x ^= x >> 13
	x *= 0xc2b2ae35
	return x ^ x>>16
}

// keptPerson is what is kept of a person.
type keptPerson struct {
	surname uint32 // in words
	tag     string // Person.Tag
	digest  uint64 // of all that Walk says
	named   bool   // a cable mentions the person
	tagged  bool   // a TAG_OF edge leads here
}

// keptMention is a MENTIONS edge without its evidence.
type keptMention struct {
	cable, person, position uint32
	name, surname           uint32 // in words
	tag, marks              uint32 // in words
}

// signature is a SIGNED_BY or CLASSIFIED_BY edge.
type signature struct {
	cable, person uint32
	classified    bool
	as            string
}

// keyring numbers keys in the order in which they come.
type keyring struct {
	number map[string]uint32
	keys   []string
}

// newKept has room for what the corpus counts: growing would take as much again.
func newKept(c *graph.Corpus) *kept {
	return &kept{
		cables: newKeyring(c.Cables), posts: newKeyring(c.Posts), people: newKeyring(c.People), tags: newKeyring(c.Tags), words: newKeyring(0),
		cable: make([]keptCable, 0, c.Cables), person: make([]keptPerson, 0, c.People), mentions: make([]keptMention, 0, c.Mentions),
	}
}

func newKeyring(size int) keyring {
	return keyring{number: make(map[string]uint32, size), keys: make([]string, 0, size)}
}

// add returns the number of a key, and whether it is new.
func (k *keyring) add(key string) (n uint32, fresh bool) {
	if n, known := k.number[key]; known {
		return n, false
	}
	n = uint32(len(k.keys))
	k.number[key] = n
	k.keys = append(k.keys, key)
	return n, true
}

// word returns the number of a word, which is added where it is new.
func (k *keyring) word(s string) uint32 {
	n, _ := k.add(s)
	return n
}

// sort makes mentions and signatures ready to be looked up.
func (k *kept) sort() {
	slices.SortFunc(k.mentions, func(a, b keptMention) int {
		return cmp.Or(cmp.Compare(a.cable, b.cable), cmp.Compare(a.position, b.position))
	})
	slices.SortFunc(k.signatures, func(a, b signature) int { return cmp.Compare(a.cable, b.cable) })
}

// mentionsOf returns the mentions of a cable, by position.
func (k *kept) mentionsOf(cable uint32) []keptMention {
	from, _ := slices.BinarySearchFunc(k.mentions, cable, func(m keptMention, c uint32) int { return cmp.Compare(m.cable, c) })
	to := from
	for to < len(k.mentions) && k.mentions[to].cable == cable {
		to++
	}
	return k.mentions[from:to]
}

// signaturesOf returns the signatures of a cable.
func (k *kept) signaturesOf(cable uint32) []signature {
	from, _ := slices.BinarySearchFunc(k.signatures, cable, func(s signature, c uint32) int { return cmp.Compare(s.cable, c) })
	to := from
	for to < len(k.signatures) && k.signatures[to].cable == cable {
		to++
	}
	return k.signatures[from:to]
}

func (k *kept) cableID(n uint32) string {
	return string(graph.NewID(graph.KindCable, k.cables.keys[n]))
}

func (k *kept) personID(n uint32) string {
	return string(graph.NewID(graph.KindPerson, k.people.keys[n]))
}

// digest stands for all that is known of a person.
func digest(p *graph.Person) (uint64, error) {
	all, err := json.Marshal(p)
	sum := sha256.Sum256(all)
	return binary.BigEndian.Uint64(sum[:]), err
}
