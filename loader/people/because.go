package people

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// why is why a naming was given to a bearer, noted where that is decided.
type why struct {
	ground     ground
	of         string  // the title or country that decided
	part       int     // tenths of what the bearers have of it
	confidence float64 // 0 … 1
}

// ground is what decided.
type ground uint8

const (
	fullName      ground = iota // the fullest spelling of the name
	sameGivenName               // a spelling with the same given name; of: a title in common, or nothing
	spelledTitle                // another spelling, with a title in common
	spelledPlace                // another spelling, from posts in the same country
	surnameTitle                // the surname, with a title
	surnameShare                // the surname, of which one bearer has most
	surnamePlace                // the surname, from posts in a country
	surnamePost                 // the surname, from a post
	surnameFigure               // the surname of a public figure
	surnameOnly                 // the surname, which nobody bears in full
	surnameUnsaid               // the surname, and nothing that singles a bearer out
	besideAnother               // a cable names two alike
	byCorrection                // people know better; of: what they wrote
	byByname                    // a byname; of: the name
)

// reason is the sentence for readers. short is the surname as the cable writes it.
func (w why) reason(short string) string {
	switch w.ground {
	case fullName:
		return "the full name"
	case sameGivenName:
		return "the same given name and surname" + w.withTitle()
	case spelledTitle:
		return "another spelling or an initial of the given name" + w.withTitle()
	case spelledPlace:
		return "another spelling or an initial of the given name, in cables from the same country: " + w.of
	case surnameTitle:
		if w.part == 10 {
			return fmt.Sprintf("the surname with the title %s, which only this %s bears", w.of, short)
		}
		return fmt.Sprintf("the surname with the title %s, which goes to this %s in %s", w.of, short, w.times())
	case surnameShare:
		return fmt.Sprintf("the surname alone; %s cables that name a %s in full name this one", w.times(), short)
	case surnamePlace:
		return fmt.Sprintf("the surname in cables from %s, where %s that name a %s in full name this one", w.of, w.times(), short)
	case surnamePost:
		return fmt.Sprintf("the surname in cables of the post %s, where %s that name a %s in full name this one", w.of, w.times(), short)
	case surnameFigure:
		return "the surname alone, which is that of a public figure"
	case surnameOnly:
		return "the surname alone; no cable names anybody of it in full"
	case byByname:
		return "a byname of " + w.of
	case byCorrection:
		return "a correction: " + w.of
	case besideAnother:
		return "named beside another of the same name in one cable"
	}
	return "the surname alone; nothing singles out one of those who are named in full"
}

func (w why) withTitle() string {
	if w.of == "" {
		return ""
	}
	return ", with the same title: " + w.of
}

// times is the part in words.
func (w why) times() string {
	switch w.part {
	case 10:
		return "all"
	case 0:
		return "few"
	}
	return fmt.Sprintf("%d of 10", w.part)
}

// tenths is a part in tenths, where all is ten and less than all never is.
func tenths(part float64) int {
	if part >= 1 {
		return 10
	}
	return min(int(10*part+0.5), 9)
}

// sure makes a confidence of the score and the margin that decided: 0.56 at the least that decides, 0.9 and more
// where title, country and post speak for one alone.
func sure(score, margin float64) float64 {
	return graph.Hundredths(score / (score + 1) * margin / (margin + 0.5))
}

// grounds returns why a bare naming goes to the bearer: what weighs most of all that speaks for them.
func (b *block) grounds(n *placed, p *bearer, score, margin float64) why {
	best, most := why{ground: surnameUnsaid}, 0.0
	weigh := func(g ground, of string, part, weight float64) {
		if weight > most {
			best, most = why{ground: g, of: of, part: tenths(part)}, weight
		}
	}
	for _, t := range n.titles {
		if part := shareOf(p.titles[t], b.all.titles[t]); !plainTitle(t) {
			weigh(surnameTitle, t, part, 4*part)
		}
	}
	weigh(surnameShare, "", p.share, 2*p.share)
	if n.Country != "" {
		part := shareOf(p.countries[n.Country], b.all.countries[n.Country])
		weigh(surnamePlace, n.Country, part, 2*part)
	}
	if n.Origin != "" {
		part := shareOf(p.origins[n.Origin], b.all.origins[n.Origin])
		weigh(surnamePost, n.Origin, part, part)
	}
	if p.famous {
		weigh(surnameFigure, "", 0, 1.5)
	}
	best.confidence = sure(score, margin)
	return best
}

// joined is one way of naming with its reason.
type joined struct {
	form string
	why  why
}

// mostWays is how many ways of naming a person lists before the rest is summed up.
const mostWays = 12

// because lists the ways in which the bearer is named, those of most cables first.
func (p *bearer) because() []graph.Join {
	all := p.ways()
	slices.SortFunc(all, func(a, b graph.Join) int {
		return cmp.Or(cmp.Compare(b.Mentions, a.Mentions), strings.Compare(a.Form, b.Form), strings.Compare(a.Reason, b.Reason))
	})
	if len(all) <= mostWays {
		return all
	}
	rest := graph.Person{Because: all[mostWays:]}
	last := graph.Join{
		Reason: fmt.Sprintf("%d other ways of naming, together", len(rest.Because)), Confidence: rest.Confidence(), Example: rest.Because[0].Example,
	}
	for _, j := range rest.Because {
		last.Mentions += j.Mentions
	}
	return append(all[:mostWays:mostWays], last)
}

// ways are the names under which the bearer stands, each with its reason; the
// confidence is the mean of those that have the same reason.
func (p *bearer) ways() []graph.Join {
	at := make(map[joined]int, 1)
	var all []graph.Join
	for _, n := range p.namings {
		key := joined{n.Name, n.why}
		key.why.confidence = 0
		i, ok := at[key]
		if !ok {
			i = len(all)
			at[key] = i
			all = append(all, graph.Join{Form: n.Name, Reason: n.why.reason(n.Name), Example: graph.NewID(graph.KindCable, string(n.Cable))})
		}
		all[i].Mentions++
		all[i].Confidence += n.why.confidence
	}
	for i := range all {
		all[i].Confidence = graph.Hundredths(all[i].Confidence / float64(all[i].Mentions))
	}
	return all
}

// alone tells whether nothing but the surname is known of the bearer.
func (p *bearer) alone() bool {
	return !slices.ContainsFunc(p.namings, func(n *placed) bool { return !n.bare })
}
