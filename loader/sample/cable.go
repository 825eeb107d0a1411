package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// Cable is a made-up cable: what it says, and the texts that say it.
type Cable struct {
	Reference      graph.Reference
	Created        time.Time
	Released       time.Time
	Classification string // "SECRET//NOFORN"
	Origin         string // "Embassy Paris"
	Recipients     []Recipient
	Subject        string
	Tags           []string
	References     []graph.Reference // labelled A, B, … where there are several
	Paragraphs     int
	Signer         string   // the surname, in capitals
	ClassifiedBy   string   // the name, empty in unclassified cables
	People         []string // the full names in the text, without signer and classifier
	Header         string
	Body           string
}

// Recipient is an addressee of a made-up cable.
type Recipient struct {
	As         string // "AMEMBASSY PARIS"
	Action     bool
	Precedence graph.Precedence
}

// The archive that is made up runs over these years.
var (
	firstDay = time.Date(2007, 6, 4, 8, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2010, 2, 26, 18, 0, 0, 0, time.UTC)
	opening  = time.Date(2010, 11, 28, 18, 0, 0, 0, time.UTC)
)

// maker makes the cables of one sample. Each is drawn on its own from the seed
// and its number, so that a cable can refer to any earlier one without a memory of it.
type maker struct {
	n    int
	seed uint64
	step time.Duration // between two cables
}

func newMaker(n int, seed uint64) maker {
	return maker{n: n, seed: seed, step: max(1, lastDay.Sub(firstDay)/time.Duration(max(1, n)))}
}

// head is what other cables need to know of a cable.
type head struct {
	scene     scene
	created   time.Time
	reference graph.Reference
}

func (m maker) draw(i int, lane uint64) *rand.Rand {
	return rand.New(rand.NewPCG(m.seed, uint64(i)<<8|lane))
}

func (m maker) head(i int) head {
	created := firstDay.Add(time.Duration(i) * m.step)
	h := head{scene: newScene(i, m.draw(i, 0)), created: created.Truncate(time.Minute)}
	serial := 11 + 3*(i-m.firstOf(created.Year()))
	year := fmt.Sprintf("%02d", created.Year()%100)
	h.reference = graph.NewReference(year, h.scene.from.station, fmt.Sprint(serial))
	return h
}

// firstOf is the number of the first cable of a year, so that serials start anew each year.
func (m maker) firstOf(year int) int {
	gap := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Sub(firstDay)
	if gap <= 0 {
		return 0
	}
	return int((gap + m.step - 1) / m.step)
}

var classifications = []string{
	"UNCLASSIFIED", "UNCLASSIFIED", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
	"CONFIDENTIAL", "CONFIDENTIAL", "CONFIDENTIAL", "CONFIDENTIAL//NOFORN", "SECRET", "SECRET//NOFORN",
}

// cable draws the whole cable with number i.
func (m maker) cable(i int) Cable {
	h, rnd := m.head(i), m.draw(i, 1)
	c := Cable{
		Reference:      h.reference,
		Created:        h.created,
		Released:       opening.Add(time.Duration(rnd.IntN(280*24*60)) * time.Minute),
		Classification: classifications[rnd.IntN(len(classifications))],
		Origin:         h.scene.from.name,
		Recipients:     recipients(h.scene, rnd),
		Subject:        h.scene.subject(),
		Tags:           h.scene.tags(rnd),
		References:     m.references(i, rnd),
		Signer:         signer(h.scene.from, h.created.Year()),
	}
	if graph.ParseClassification(c.Classification).Level >= graph.LevelConfidential {
		c.ClassifiedBy = fullName(m.draw(int(h.scene.from.serial), 2))
	}
	serial := serialOf(h.reference)
	c.Header = c.header(h.scene, serial, rnd)
	writeBody(&c, h.scene, serial, rnd)
	return c
}

// references picks up to three earlier cables, preferably recent ones.
func (m maker) references(i int, rnd *rand.Rand) []graph.Reference {
	var refs []graph.Reference
	for range rnd.IntN(4) {
		if i == 0 {
			return nil
		}
		back := 1 + min(rnd.IntN(i), rnd.IntN(i), 400)
		ref := m.head(i - back).reference
		known := false
		for _, r := range refs {
			known = known || r == ref
		}
		if !known {
			refs = append(refs, ref)
		}
	}
	return refs
}

func serialOf(r graph.Reference) int {
	_, _, serial := r.Parts()
	return serial
}

var precedences = []graph.Precedence{graph.Immediate, graph.Priority, graph.Routine}

// recipients draws one action addressee and a few that get the cable for information.
func recipients(s scene, rnd *rand.Rand) []Recipient {
	p := precedences[rnd.IntN(len(precedences))]
	out := []Recipient{{As: s.to.address, Action: true, Precedence: p}}
	taken := map[string]bool{s.from.address: true, s.to.address: true}
	for range 1 + rnd.IntN(7) {
		info := posts[rnd.IntN(len(posts))]
		if !taken[info.address] {
			taken[info.address] = true
			out = append(out, Recipient{As: info.address, Precedence: p})
		}
	}
	return out
}
