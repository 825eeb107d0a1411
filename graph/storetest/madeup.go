package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// maker draws a made-up world.
type maker struct {
	rnd    *rand.Rand
	posts  []graph.Post
	tags   []graph.Tag
	people []individual
	made   []graph.Reference
}

// MadeUp returns n records of a larger made-up world, always the same ones for
// the same seed and n. A few posts, tags and people have most of the cables,
// many dates are the same, some are unknown, some cables are only announced.
func MadeUp(seed uint64, n int) []graph.Record {
	m := &maker{rnd: rand.New(rand.NewPCG(seed, 1))}
	m.makePosts(4 + n/8)
	m.makeTags(6 + n/10)
	m.makePeople(6 + n/3)
	records := make([]graph.Record, 0, n)
	for i := range n {
		records = append(records, m.draft(i).record())
	}
	return records
}

var (
	cities   = []string{"Paris", "Tel Aviv", "San José", "Łódź", "São Paulo", "Ürümqi", "Ankara", "Rīga", "Baku", "Kyïv", "Reykjavík", "𐐔𐐯𐑅"}
	given    = []string{"Ana", "Bernard", "Çelik", "Dmitri", "Élise", "Fatma", "Gül", "Håkon", "Ivan", "José", "Kim", "Łukasz", "Mehmet", "Noor", "Óscar"}
	families = []string{"Kouchner", "Netanyahu", "Erdoğan", "Müller", "Żółć", "al-Bashir", "O'Neill", "Ibáñez", "Ngô", "Papandréou", "Smith", "Smithson", "Иванов"}
	titles   = []string{"FM", "Foreign Minister", "ForMin", "PM", "Prime Minister", "President", "Amb.", "DCM", "Mr."}
	words    = []string{"nuclear", "nuclear-free", "Iran", "Iranian", "sanctions", "talks", "café", "CAFÉ", "Élysée", "meeting", "meet", "the", "of", "file", "files", "Sao", "São", "1.5", "2009", "naïve", "Ελλάδα", "мир", "𐐔𐐯𐑅", "report"}
	classes  = []string{"", "", "UNCLASSIFIED", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "CONFIDENTIAL", "CONFIDENTIAL", "CONFIDENTIAL//NOFORN", "SECRET", "SECRET//NOFORN", "NODIS"}
	// markings are those of paragraphs, as cables write them; some are equal in other words, some have no level.
	markings = []string{"(U)", "(SBU)", "(U//FOUO)", "(C)", "(C//NF)", "(CNF)", "(S)", "(S/NF)", "(S-NF)", "(S//FGI//NF)", "(S//NF//FGI)", "(S//REL TO USA, FVEY)", "(C/FOUO)", "(SBU/NF)", "(TS)", "(X'\"%_*[)"}
)

func (m *maker) makePosts(n int) {
	kinds := []string{"Embassy", "Consulate", "Mission", "Office"}
	for i := range n {
		kind := i / len(cities) % len(kinds)
		city := cities[i%len(cities)]
		name := fmt.Sprintf("%s %s", kinds[kind], city)
		if round := i / len(cities) / len(kinds); round > 0 {
			name = fmt.Sprintf("%s %d", name, round)
		}
		p := graph.Post{Slug: graph.Slug(name), Name: name, Kind: graph.PostKinds[kind], City: city, Country: "Land of " + city}
		if i%3 > 0 {
			p.Aliases = []string{"AM " + strings.ToUpper(name), strings.ToUpper(city)}
		}
		if i%5 == 4 {
			p.City, p.Country = "", ""
		}
		m.posts = append(m.posts, p)
	}
}

func (m *maker) makeTags(n int) {
	for i := range n {
		code := fmt.Sprintf("%c%c%s", 'A'+i%26, 'A'+i/7%26, strings.Repeat("X", i%3))
		kind := graph.TagKinds[i%3]
		t := graph.Tag{Code: fmt.Sprintf("%s%d", code, i), Name: "Subject " + words[i%len(words)], Kind: kind}
		if i%4 == 3 {
			t.Name, t.Kind = "", graph.TagUnknown
		}
		m.tags = append(m.tags, t)
	}
}

func (m *maker) makePeople(n int) {
	for i := range n {
		first, last := given[i%len(given)], families[(i+i/len(given))%len(families)]
		if round := i / (len(given) * len(families)); round > 0 {
			last = fmt.Sprintf("%s%c", last, 'a'+rune(round-1))
		}
		p := individual{name: first + " " + last, surname: graph.Fold(last), forms: []string{first + " " + last}}
		if i%2 == 0 {
			p.forms = append(p.forms, titles[i%len(titles)]+" "+last)
			p.titles = []string{titles[i%len(titles)]}
			if i%3 == 0 {
				p.of = []string{[]string{"France", "Côte d'Ivoire", "United States"}[i/3%3]}
			}
		}
		if i%9 == 1 {
			p.tag = strings.ToUpper(last + ", " + first)
		}
		m.people = append(m.people, p)
	}
}

// some draws up to most different numbers below n; small ones come often.
func (m *maker) some(n, most int) []int {
	var out []int
	seen := map[int]bool{}
	for range m.rnd.IntN(most + 1) {
		i := m.skewed(n)
		if !seen[i] {
			seen[i] = true
			out = append(out, i)
		}
	}
	return out
}

func (m *maker) skewed(n int) int {
	f := m.rnd.Float64()
	return int(f * f * float64(n))
}

func (m *maker) draft(i int) draft {
	d := draft{class: classes[m.rnd.IntN(len(classes))], subject: m.sentence(3), header: "MADE UP " + m.sentence(2)}
	year := 4 + m.rnd.IntN(6)
	from := m.skewed(len(m.posts))
	d.reference = graph.NewReference(fmt.Sprintf("%02d", year), []string{"STATE", "PARIS", "ANKARA"}[from%3], fmt.Sprint(i+1))
	if m.rnd.IntN(10) > 0 {
		d.created = fmt.Sprintf("20%02d-%02d-01 %02d:00", year, 1+m.rnd.IntN(12), m.rnd.IntN(3))
	}
	if m.rnd.IntN(10) > 0 {
		d.released = fmt.Sprintf("2010-12-%02d 12:00", 1+m.rnd.IntN(9))
	}
	if m.rnd.IntN(20) > 0 {
		d.from = &m.posts[from]
	}
	for k, j := range m.some(len(m.posts), 5) {
		if k == 0 {
			d.to = append(d.to, to(m.posts[j], graph.Precedences[m.rnd.IntN(5)]))
		} else {
			d.to = append(d.to, info(m.posts[j], graph.Precedences[m.rnd.IntN(5)]))
		}
	}
	for _, j := range m.some(len(m.tags), 5) {
		d.tags = append(d.tags, m.tags[j])
	}
	m.cite(&d)
	m.name(&d)
	m.made = append(m.made, d.reference)
	return d
}

// cite draws citations of cables that are made, and of some that never will be.
func (m *maker) cite(d *draft) {
	if len(m.made) == 0 {
		return
	}
	for k, j := range m.some(len(m.made), 4) {
		label := string(rune('A' + k))
		if m.rnd.IntN(5) == 0 {
			announced := graph.NewReference("03", "MADRID", fmt.Sprint(j+1))
			d.cites = append(d.cites, cite(label, announced, "03 MADRID "+fmt.Sprint(j+1)))
			continue
		}
		older := m.made[len(m.made)-1-j]
		d.cites = append(d.cites, cite(label, older, string(older)))
	}
}

// name draws people and writes the paragraphs that name them.
func (m *maker) name(d *draft) {
	for range 1 + m.rnd.IntN(3) {
		d.paragraphs = append(d.paragraphs, m.marking()+m.sentence(8))
	}
	for k, j := range m.some(len(m.people), 5) {
		p := m.people[j]
		p.role = graph.RoleMentioned
		for range 1 + m.rnd.IntN(3) {
			at := m.rnd.IntN(len(d.paragraphs))
			d.paragraphs[at] += " " + p.forms[m.rnd.IntN(len(p.forms))] + " " + m.sentence(1) + "."
		}
		if p.tag != "" {
			d.tags = append(d.tags, graph.Tag{Code: p.tag, Name: p.name, Kind: graph.TagPerson})
			p.role = graph.RoleTagged
		}
		switch k {
		case 0:
			p.signed, p.role = strings.ToUpper(p.surname), graph.RoleSigner
		case 1:
			p.class, p.role = "Classified by "+p.name, graph.RoleClassifier
		}
		d.people = append(d.people, p)
	}
}

// marking is (C) for half of the paragraphs; others have any, or none.
func (m *maker) marking() string {
	switch m.rnd.IntN(6) {
	case 0:
		return ""
	case 1, 2:
		return markings[m.rnd.IntN(len(markings))] + " "
	}
	return "(C) "
}

func (m *maker) sentence(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = words[m.rnd.IntN(len(words))]
	}
	return strings.Join(out, " ")
}
