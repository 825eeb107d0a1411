package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// values draws the values of filters, mostly from a world, so that they match
// something, and now and then something that is nowhere.
type values struct {
	*rand.Rand
	world *Oracle
	most  int // how long lists of values may be
}

func newValues(world *Oracle, seed uint64) values {
	return values{Rand: rand.New(rand.NewPCG(seed, 2)), world: world, most: 8}
}

func one[E any](v values, all []E) E { return all[v.IntN(len(all))] }

func (v values) rarely() bool { return v.IntN(12) == 0 }

// number is how long a list of values is.
func (v values) number() int {
	if v.most < 2 {
		return v.most // stores may ask none and one in another form
	}
	return 2 + v.IntN(v.most-1)
}

func (v values) key(kind graph.Kind) string {
	if v.rarely() {
		return "nowhere"
	}
	switch kind {
	case graph.KindCable:
		return one(v, v.world.cables).key()
	case graph.KindPost:
		return one(v, v.world.posts).Slug
	case graph.KindPerson:
		p := one(v, v.world.people)
		return one(v, append([]string{p.Slug, p.Slug}, p.OtherSlugs...))
	}
	return one(v, v.world.tags).Code
}

func (v values) keys(kind graph.Kind) []string {
	keys := []string{}
	for range v.number() {
		keys = append(keys, v.key(kind))
	}
	return keys
}

func (v values) ids(kind graph.Kind) []graph.ID {
	ids := []graph.ID{}
	for range v.number() {
		if v.rarely() {
			kind = one(v, graph.Kinds)
		}
		ids = append(ids, graph.NewID(kind, v.key(kind)))
	}
	return ids
}

// spelling writes a reference as people do.
func (v values) spelling() string {
	r := graph.Reference(v.key(graph.KindCable))
	year, station, serial := r.Parts()
	if station == "" {
		return string(r)
	}
	return one(v, []string{
		string(r), strings.ToLower(string(r)), fmt.Sprintf("%02d %s %06d", year%100, station, serial),
		fmt.Sprintf("%d %s %d", year, station, serial), fmt.Sprintf("%s %d (%02d)", station, serial, year%100),
		fmt.Sprintf("%s %06d", station, serial), fmt.Sprintf("%02d Embassy %s %d", year%100, station, serial),
	})
}

func (v values) name(kind graph.Kind) *string {
	name := "nobody at all"
	switch {
	case v.rarely():
	case kind == graph.KindPost:
		p := one(v, v.world.posts)
		name = one(v, append([]string{p.Name}, p.Aliases...))
	case kind == graph.KindPerson:
		p := one(v, v.world.people)
		name = one(v, append([]string{p.Name}, p.Aliases...))
	default:
		t := one(v, v.world.tags)
		name = one(v, []string{t.Code, t.Name})
	}
	name = one(v, []string{name, name, strings.ToUpper(name), graph.Fold(name)})
	return &name
}

// part is some words of a name in any order, the last one perhaps cut short.
func (v values) part(kind graph.Kind) *string {
	all := strings.Fields(*v.name(kind))
	v.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	part := ""
	if len(all) > 0 {
		part = strings.Join(all[:1+v.IntN(len(all))], " ")
	}
	if runes := []rune(part); v.IntN(2) == 0 && len(runes) > 1 {
		part = string(runes[:len(runes)-1])
	}
	return &part
}

func (v values) title() *string {
	title := one(v, []string{"fm", "Foreign Minister", "MINISTER OF FOREIGN AFFAIRS", "PM", "the Prime Minister", "President", "ambassador", "Secretary", "king", "MR"})
	return &title
}

func (v values) country() *string {
	country := one(v, []string{"France", "french", "COTE D IVOIRE", "UK", "American", "Israeli", "turkey", "Atlantis"})
	return &country
}

func (v values) place(of func(graph.Post) string) *string {
	for {
		if place := of(one(v, v.world.posts)); place != "" {
			place = one(v, []string{place, strings.ToUpper(place), graph.Fold(place)})
			return &place
		}
	}
}

func (v values) codes() []string {
	codes := v.keys(graph.KindTag)
	for i := range codes {
		if v.IntN(4) == 0 {
			codes[i] = " " + strings.ToLower(codes[i])
		}
	}
	return codes
}

// meant are tags by code or by what they mean.
func (v values) meant() []string {
	written := v.codes()
	for i := range written {
		if v.IntN(4) == 0 {
			written[i] = *v.name(graph.KindTag)
		}
	}
	return written
}

// some draws a few of all, also none of them.
func some[E any](v values, all []E) []E {
	drawn := []E{}
	for range v.number() {
		drawn = append(drawn, one(v, all))
	}
	return drawn
}

func (v values) times() *graph.TimeRange {
	if v.IntN(3) == 0 {
		year := 2003 + v.IntN(9)
		return &graph.TimeRange{Year: &year}
	}
	var bounds []time.Time
	for range 2 {
		bounds = append(bounds, one(v, v.world.cables).Cable.Created, one(v, v.world.cables).Cable.Released)
	}
	bounds = slices.DeleteFunc(bounds, time.Time.IsZero)
	slices.SortFunc(bounds, time.Time.Compare)
	r := &graph.TimeRange{}
	if len(bounds) > 0 && v.IntN(3) > 0 {
		from := bounds[0].Add(30 * time.Second)
		r.From = &from
	}
	if len(bounds) > 0 && v.IntN(3) > 0 {
		to := bounds[len(bounds)-1].In(time.FixedZone("east", 7200))
		r.To = &to
	}
	return r
}

func (v values) level() *graph.Level {
	level := graph.Level(v.IntN(4))
	return &level
}

// confidence is that of some mention, now and then the least or the highest there is.
func (v values) confidence() float64 {
	if people := one(v, v.world.cables).Record.People; len(people) > 0 {
		return one(v, people).Confidence
	}
	return one(v, []float64{0, 0.75, 1})
}

func (v values) caveat() *string {
	caveat := one(v, []string{"NOFORN", "noforn", "For Official Use Only", "NODIS"})
	return &caveat
}

// portionCaveat is one of a paragraph, some of them with what would mislead a search for a text.
func (v values) portionCaveat() *string {
	caveat := one(v, []string{"NF", " noforn", "FOUO", "FGI", "rel to usa, fvey", "REL", "FGI/SNF", "SNF", "", "x'\"%_*["})
	return &caveat
}

func (v values) yes() *bool {
	yes := v.IntN(2) == 0
	return &yes
}

// textForms are the forms of full-text questions: w is a word of a text, p two
// in a row, s the start of a word, q a word and the start of the next.
var textForms = []string{"w", "w", "w w", `"p"`, "s*", `"q"*`, "w -w", "w OR w", `w OR "p" -s*`, `s* -"p"`, "w w OR s* w"}

// text fills a form with the cables' own words.
func (v values) text(form string) *string {
	var b strings.Builder
	for _, sign := range form {
		all := v.folded()
		at := v.IntN(len(all) - 1)
		switch sign {
		case 'w':
			b.WriteString(one(v, []string{all[at], strings.ToUpper(all[at]), all[at+1]}))
		case 'p':
			b.WriteString(all[at] + " " + all[at+1])
		case 's':
			b.WriteString(string([]rune(all[at])[:1]))
		case 'q':
			b.WriteString(all[at] + " " + string([]rune(all[at+1])[:1]))
		default:
			b.WriteRune(sign)
		}
	}
	return new(b.String())
}

// folded returns the words of one cable's subject or body, two at least.
func (v values) folded() []string {
	cable := one(v, v.world.cables).Cable
	all := strings.Fields(graph.Words(one(v, []string{cable.Subject, cable.Body})))
	switch {
	case v.rarely():
		return []string{"zzyzx", "iran"}
	case len(all) < 2:
		return []string{"iran", "nuclear"}
	}
	return all
}
