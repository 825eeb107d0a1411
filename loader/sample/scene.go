package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// scene is what a cable is about: who writes to whom, on which matter, with which other country.
type scene struct {
	from, to post
	matter   matter
	partner  country // whose tag and name come in beside the sender's own
	lead     official
}

// iran has no post of the writers, but is written about.
var iran = country{name: "Iran", adjective: "Iranian", tag: "IR"}

// Every few cables a fixed scene comes back, so that even a small sample can
// answer the questions of the manual.
const (
	fixedEvery  = 20
	sceneParis  = 0 // Embassy Paris on Iran, with Bernard Kouchner
	sceneState  = 1 // the Secretary of State to Embassy Paris on Iran, with Bernard Kouchner
	sceneIsrael = 2 // Embassy Tel Aviv on Iran, with Benjamin Netanyahu
	sceneVisit  = 3 // a visit with a person's tag
)

// newScene draws the scene of the cable with number i.
func newScene(i int, rnd *rand.Rand) scene {
	s := scene{
		from:    posts[1+rnd.IntN(len(posts)-1)],
		to:      department,
		matter:  matters[rnd.IntN(len(matters))],
		partner: posts[1+rnd.IntN(len(posts)-1)].country,
	}
	if rnd.IntN(8) == 0 {
		s.from, s.to = s.to, s.from
	}
	if rnd.IntN(6) == 0 {
		s.partner = iran
	}
	s.lead = s.host().official(rnd)
	switch i % fixedEvery {
	case sceneParis:
		s.from, s.to, s.partner, s.lead = paris, department, iran, kouchner
	case sceneState:
		s.from, s.to, s.partner, s.lead = department, paris, iran, kouchner
	case sceneIsrael:
		s.from, s.to, s.partner, s.lead = telAviv, department, iran, netanyahu
	case sceneVisit:
		s.matter = visit
	}
	if s.partner == s.host() {
		s.partner = iran
	}
	return s
}

// host is the country that the cable comes from or, from Washington, goes to.
func (s scene) host() country {
	if s.from == department {
		return s.to.country
	}
	return s.from.country
}

// subject names the matter, and that none of it happened.
func (s scene) subject() string {
	return strings.ToUpper(fmt.Sprintf("Made-up cable: %s, %s and %s", s.matter.name, s.host().name, s.partner.name))
}

// tags lists the tags of the TAGS line, in the order in which they stand there.
func (s scene) tags(rnd *rand.Rand) []string {
	tags := append([]string{"PREL"}, s.matter.tags...)
	tags = append(tags, s.host().tag, s.partner.tag)
	if extra := organizations[rnd.IntN(len(organizations))]; rnd.IntN(3) == 0 {
		tags = append(tags, extra)
	}
	return tags
}

// official is somebody with an office.
type official struct{ title, name string }

func (o official) surname() string { return o.name[strings.LastIndexByte(o.name, ' ')+1:] }

// official draws somebody in office: one of the few real ones, or an invented one.
func (c country) official(rnd *rand.Rand) official {
	invented := official{title: titles[rnd.IntN(len(titles))], name: fullName(rnd)}
	if known := officials[c.tag]; len(known) > 0 && rnd.IntN(3) > 0 {
		return known[rnd.IntN(len(known))]
	}
	return invented
}

func fullName(rnd *rand.Rand) string {
	return firstNames[rnd.IntN(len(firstNames))] + " " + lastNames[rnd.IntN(len(lastNames))]
}

// signer is who signs for a post in a year; nobody stays longer than two.
func signer(p post, year int) string {
	rnd := rand.New(rand.NewPCG(p.serial, uint64(year/2)))
	return strings.ToUpper(lastNames[rnd.IntN(len(lastNames))])
}
