package storetest

import (
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cablegraph/cablegraph/graph"
)

// row of a table of filters over the drawn world: the keys that it lets through, in their order.
type filterRow struct {
	name string
	step *graph.Step
	want []string
}

func cablesWhere(w *graph.CableWhere) *graph.Step {
	s := byKey(graph.RootCables)
	s.Cable = w
	return s
}

func peopleWhere(w *graph.PersonWhere) *graph.Step {
	s := byKey(graph.RootPeople)
	s.Person = w
	return s
}

func postsWhere(w *graph.PostWhere) *graph.Step {
	s := byKey(graph.RootPosts)
	s.Post = w
	return s
}

func tagsWhere(w *graph.TagWhere) *graph.Step {
	s := byKey(graph.RootTags)
	s.Tag = w
	return s
}

func byKey(relation graph.Relation) *graph.Step {
	return &graph.Step{
		Path: []string{"list"}, Relation: relation, Order: []graph.Order{{By: graph.ByKey}},
		Page: graph.Page{Size: graph.MaxPage}, Rows: true, Total: true,
	}
}

// checkRows asks each row of the table, and once more without its total: what is counted can be found in another way.
func checkRows(t *testing.T, store graph.Reader, rows []filterRow) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			answer := askStep(t, store, r.step)
			if diff := gocmp.Diff(r.want, keysOf(answer), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("keys (-want +got):\n%s\n%s", diff, show(&graph.Plan{Steps: []*graph.Step{r.step}}))
			}
			if answer.Total != len(r.want) {
				t.Errorf("Total = %d, want %d", answer.Total, len(r.want))
			}
			uncounted := *r.step
			uncounted.Total = false
			if diff := gocmp.Diff(r.want, keysOf(askStep(t, store, &uncounted)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("keys without a total (-want +got):\n%s\n%s", diff, show(&graph.Plan{Steps: []*graph.Step{&uncounted}}))
			}
		})
	}
}

// askStep asks one root step.
func askStep(t *testing.T, store graph.Reader, step *graph.Step) graph.Answer {
	t.Helper()
	answers, err := store.Ask(within(t), &graph.Plan{Steps: []*graph.Step{step}})
	if err != nil {
		t.Fatalf("Ask: %v", err)
	}
	if len(answers) != 1 {
		t.Fatalf("Ask gave %d answers to one step", len(answers))
	}
	return answers[0]
}

func keysOf(a graph.Answer) []string {
	var keys []string
	for _, e := range a.Edges {
		keys = append(keys, e.Key())
	}
	return keys
}

func filters(t *testing.T, store graph.Reader) {
	t.Run("of cables alone", func(t *testing.T) { t.Parallel(); checkRows(t, store, cableFilters()) })
	t.Run("of cables by their dates", func(t *testing.T) { t.Parallel(); checkRows(t, store, dateFilters()) })
	t.Run("of cables by what they are tied to", func(t *testing.T) { t.Parallel(); checkRows(t, store, tiedFilters()) })
	t.Run("of posts, people and tags", func(t *testing.T) { t.Parallel(); checkRows(t, store, otherFilters()) })
}

var (
	allCables = []string{"06PARIS77", "07LODZ3", "07LODZ4", "08PARIS2199", "09MADRID1", "09PARIS10", "09STATE11937", "09STATE12000", "09TELAVIV457", "09TELAVIV936", "10DES7", "10NATO5", "10SAOPAULO1", "66STATE1"}
	published = []string{"07LODZ3", "07LODZ4", "08PARIS2199", "09PARIS10", "09STATE11937", "09STATE12000", "09TELAVIV457", "09TELAVIV936", "10DES7", "10NATO5", "10SAOPAULO1", "66STATE1"}
	announced = []string{"06PARIS77", "09MADRID1"}
)

func cableFilters() []filterRow {
	type where = graph.CableWhere
	nodis := graph.ParseClassification("NODIS")
	return []filterRow{
		{"nothing said lets everything through", cablesWhere(&where{}), allCables},
		{"published", cablesWhere(&where{Published: new(true)}), published},
		{"announced", cablesWhere(&where{Published: new(false)}), announced},
		{"an empty and lets everything through", cablesWhere(&where{And: []*where{}}), allCables},
		{"an empty or lets nothing through", cablesWhere(&where{Or: []*where{}}), nil},
		{"or", cablesWhere(&where{Or: []*where{{Reference: &graph.ReferenceFilter{Equals: new("10DES7")}}, {Published: new(false)}}}), []string{"06PARIS77", "09MADRID1", "10DES7"}},
		{"or and a condition beside it are joined by and", cablesWhere(&where{Published: new(true), Or: []*where{{Reference: &graph.ReferenceFilter{Equals: new("10DES7")}}, {Published: new(false)}}}), []string{"10DES7"}},
		{"not", cablesWhere(&where{Not: &where{Published: new(true)}}), announced},
		{"not of nothing said lets nothing through", cablesWhere(&where{Not: &where{}}), nil},
		{"not not", cablesWhere(&where{Not: &where{Not: &where{Published: new(true)}}}), published},
		{"ids of other kinds match nothing", cablesWhere(&where{ID: []graph.ID{"post:embassy-paris", "tag:10DES7", "cable:10DES7"}}), []string{"10DES7"}},
		{"no ids let nothing through", cablesWhere(&where{ID: []graph.ID{}}), nil},
		{"an id is exact", cablesWhere(&where{ID: []graph.ID{"cable:10des7"}}), nil},
		{"a reference in any spelling", cablesWhere(&where{Reference: &graph.ReferenceFilter{Equals: new("State 011937 (09)")}}), []string{"09STATE11937"}},
		{"a reference without a year", cablesWhere(&where{Reference: &graph.ReferenceFilter{Equals: new("SECSTATE 011937")}}), []string{"09STATE11937"}},
		{"references without years", cablesWhere(&where{Reference: &graph.ReferenceFilter{In: []string{"State 1", "AMEMBASSY PARIS 77", "09 Embassy Paris 10"}}}), []string{"06PARIS77", "09PARIS10", "66STATE1"}},
		{"references, some unreadable", cablesWhere(&where{Reference: &graph.ReferenceFilter{In: []string{"08 paris 2199", "rubbish", "2006 PARIS 077"}}}), []string{"06PARIS77", "08PARIS2199"}},
		{"an unreadable reference matches nothing", cablesWhere(&where{Reference: &graph.ReferenceFilter{Equals: new("rubbish")}}), nil},
		{"no references let nothing through", cablesWhere(&where{Reference: &graph.ReferenceFilter{In: []string{}}}), nil},
		{"the start of a reference", cablesWhere(&where{Reference: &graph.ReferenceFilter{StartsWith: new("09STATE")}}), []string{"09STATE11937", "09STATE12000"}},
		{"percent signs and underlines are letters like others", cablesWhere(&where{Reference: &graph.ReferenceFilter{StartsWith: new("_9%")}}), nil},
		{"at least confidential", cablesWhere(&where{Classification: &graph.ClassificationFilter{AtLeast: new(graph.LevelConfidential)}}), []string{"08PARIS2199", "09STATE11937", "09STATE12000", "09TELAVIV457", "09TELAVIV936", "10DES7"}},
		{"at most for official use, without those that have no level", cablesWhere(&where{Classification: &graph.ClassificationFilter{AtMost: new(graph.LevelOfficialUse)}}), []string{"09PARIS10", "10SAOPAULO1", "66STATE1"}},
		{"a caveat, case ignored", cablesWhere(&where{Classification: &graph.ClassificationFilter{Caveat: new("noforn")}}), []string{"08PARIS2199", "09STATE11937"}},
		{"a caveat of two words", cablesWhere(&where{Classification: &graph.ClassificationFilter{Caveat: new("For Official Use Only")}}), []string{"09PARIS10"}},
		{"one of some levels", cablesWhere(&where{Classification: &graph.ClassificationFilter{In: []graph.Level{graph.LevelUnclassified, nodis.Level}}}), []string{"10SAOPAULO1", "66STATE1"}},
		{"any classification at all has a level", cablesWhere(&where{Classification: &graph.ClassificationFilter{}}), []string{"08PARIS2199", "09PARIS10", "09STATE11937", "09STATE12000", "09TELAVIV457", "09TELAVIV936", "10DES7", "10SAOPAULO1", "66STATE1"}},
		{"not secret takes in what has no level", cablesWhere(&where{Published: new(true), Not: &where{Classification: &graph.ClassificationFilter{AtMost: new(graph.LevelSecret)}}}), []string{"07LODZ3", "07LODZ4", "10NATO5"}},
		{"the whole subject, case and accents ignored", cablesWhere(&where{Subject: &graph.TextFilter{Equals: new("CALL: ON SAO PAULO'S (MAYOR")}}), []string{"10SAOPAULO1"}},
		{"a part of the subject is not the whole", cablesWhere(&where{Subject: &graph.TextFilter{Equals: new("Call on São Paulo")}}), nil},
		{"words of the subject", cablesWhere(&where{Subject: &graph.TextFilter{Matches: new("netanyahu -call")}}), []string{"09TELAVIV457", "09TELAVIV936"}},
	}
}

func dateFilters() []filterRow {
	created := func(r graph.TimeRange) *graph.Step { return cablesWhere(&graph.CableWhere{Created: &r}) }
	at := func(s string) *time.Time { return new(moment(s)) }
	east := at("2009-02-10 17:32").In(time.FixedZone("east", 2*60*60))
	late := at("2009-02-10 17:32").Add(59 * time.Second)
	return []filterRow{
		{"a year", created(graph.TimeRange{Year: new(2009)}), []string{"09PARIS10", "09STATE11937", "09STATE12000", "09TELAVIV457", "09TELAVIV936"}},
		{"from is inclusive", created(graph.TimeRange{From: at("2009-04-27 00:00")}), []string{"09TELAVIV936", "10NATO5", "10SAOPAULO1"}},
		{"to is exclusive", created(graph.TimeRange{To: at("2008-12-01 09:00")}), []string{"07LODZ4", "66STATE1"}},
		{"from and to at one moment is empty", created(graph.TimeRange{From: at("2009-02-10 17:32"), To: at("2009-02-10 17:32")}), nil},
		{"seconds are dropped", created(graph.TimeRange{From: &late, To: at("2009-02-10 17:33")}), []string{"09PARIS10", "09STATE11937", "09STATE12000"}},
		{"the time zone does not matter", created(graph.TimeRange{From: &east, To: at("2009-02-10 17:33")}), []string{"09PARIS10", "09STATE11937", "09STATE12000"}},
		{"an open range wants a date", cablesWhere(&graph.CableWhere{Not: &graph.CableWhere{Created: &graph.TimeRange{}}}), []string{"06PARIS77", "07LODZ3", "09MADRID1", "10DES7"}},
		{"before 1970", created(graph.TimeRange{From: at("1966-02-28 12:00"), To: at("1966-02-28 12:01")}), []string{"66STATE1"}},
		{"released", cablesWhere(&graph.CableWhere{Released: &graph.TimeRange{From: at("2010-11-28 00:00"), To: at("2010-11-29 00:00")}}), []string{"08PARIS2199", "09TELAVIV457", "66STATE1"}},
	}
}

func tiedFilters() []filterRow {
	type where = graph.CableWhere
	type some = graph.SomeParagraphWhere
	paragraph := func(w some) *graph.Step { return cablesWhere(&where{Paragraph: &w}) }
	reference := func(r string) *where { return &where{Reference: &graph.ReferenceFilter{Equals: &r}} }
	recipient := func(w graph.RecipientWhere) *graph.Step { return cablesWhere(&where{Recipient: &w}) }
	tags := func(f graph.TagsFilter) *graph.Step { return cablesWhere(&where{Tags: &f}) }
	named := func(name string) *graph.PersonWhere { return &graph.PersonWhere{Name: &name} }
	return []filterRow{
		{"or of one, which a cable meets twice", cablesWhere(&where{Or: []*where{{Mentions: &graph.PersonWhere{And: []*graph.PersonWhere{{NameContains: new("netanyah")}}}}}}), []string{"09STATE12000", "09TELAVIV457", "09TELAVIV936", "10NATO5"}},
		{"origin by any of its names", cablesWhere(&where{Origin: &graph.PostWhere{Name: new("ruehfr")}}), []string{"08PARIS2199", "09PARIS10"}},
		{"any origin at all", cablesWhere(&where{Published: new(true), Not: &where{Origin: &graph.PostWhere{}}}), []string{"66STATE1"}},
		{"all conditions hold for one and the same addressee", recipient(graph.RecipientWhere{Post: &graph.PostWhere{Name: new("Embassy Paris")}, Action: new(true), Precedence: []graph.Precedence{graph.Immediate}}), []string{"09STATE11937"}},
		{"an addressee for information is none for action", recipient(graph.RecipientWhere{Post: &graph.PostWhere{Kind: []graph.PostKind{graph.PostMission}}, Action: new(true)}), nil},
		{"one of some precedences", recipient(graph.RecipientWhere{Precedence: []graph.Precedence{graph.Niact, graph.Flash}}), []string{"09STATE12000", "09TELAVIV936"}},
		{"no precedences let nothing through", recipient(graph.RecipientWhere{Precedence: []graph.Precedence{}}), nil},
		{"all tags, in any case", tags(graph.TagsFilter{All: []string{"ir", " clinton,  hillary"}}), []string{"09STATE11937"}},
		{"a tag by what it means", tags(graph.TagsFilter{All: []string{"Iran"}}), []string{"09STATE11937", "09STATE12000", "09TELAVIV457"}},
		{"tags by meaning or code", tags(graph.TagsFilter{Any: []string{"iran", "NATO", "Nowhere"}}), []string{"09STATE11937", "09STATE12000", "09TELAVIV457", "10DES7", "10NATO5", "10SAOPAULO1"}},
		{"a meaning all in capitals", tags(graph.TagsFilter{Any: []string{"IRAN"}}), []string{"09STATE11937", "09STATE12000", "09TELAVIV457"}},
		{"a meaning of several words in capitals, and a known code that no cable bears", tags(graph.TagsFilter{Any: []string{"NORTH ATLANTIC TREATY ORGANIZATION", "PHUM"}}), []string{"10DES7", "10NATO5", "10SAOPAULO1"}},
		{"all of a code and a meaning, in capitals", tags(graph.TagsFilter{All: []string{"IRAN", "ISRAEL", "PREL"}}), []string{"09TELAVIV457"}},
		{"none of what some words mean", cablesWhere(&where{Tags: &graph.TagsFilter{Any: []string{"IR"}, None: []string{"Israel"}}}), []string{"09STATE11937"}},
		{"all of no tags lets everything through", tags(graph.TagsFilter{All: []string{}}), allCables},
		{"any tag", tags(graph.TagsFilter{Any: []string{"KÄSE_100%", "IS", "NOSUCH"}}), []string{"09PARIS10", "09STATE12000", "09TELAVIV457", "09TELAVIV936", "10NATO5"}},
		{"any of no tags lets nothing through", tags(graph.TagsFilter{Any: []string{}}), nil},
		{"none of some tags", cablesWhere(&where{Published: new(true), Tags: &graph.TagsFilter{None: []string{"PREL", "NATO", "FR", "IS"}}}), []string{"07LODZ4", "66STATE1"}},
		{"none of no tags lets everything through", tags(graph.TagsFilter{None: []string{}}), allCables},
		{"a tag of a kind", cablesWhere(&where{Tag: &graph.TagWhere{Kind: []graph.TagKind{graph.TagPerson}}}), []string{"09STATE11937"}},
		{"mentions", cablesWhere(&graph.CableWhere{Mentions: named("Kouchner")}), []string{"08PARIS2199", "09PARIS10", "09STATE11937", "09TELAVIV936", "66STATE1"}},
		{"mentions two people", cablesWhere(&where{Mentions: named("Kouchner"), And: []*where{{Mentions: named("sara netanyahu")}}}), []string{"09TELAVIV936"}},
		{"mentions, surely", cablesWhere(&where{Mentions: named("Kouchner"), MinConfidence: new(0.8)}), []string{"08PARIS2199", "09PARIS10", "09TELAVIV936", "66STATE1"}},
		{"a confidence that some mention just has", cablesWhere(&where{Mentions: named("Kouchner"), MinConfidence: new(0.75)}), []string{"08PARIS2199", "09PARIS10", "09STATE11937", "09TELAVIV936", "66STATE1"}},
		{"a confidence without mentions is no condition", cablesWhere(&where{MinConfidence: new(1.0)}), allCables},
		{"it counts for one's own mentions only", cablesWhere(&where{MinConfidence: new(1.0), And: []*where{{Mentions: named("sara netanyahu")}}}), []string{"09TELAVIV457", "09TELAVIV936"}},
		{"any paragraph", cablesWhere(&where{Published: new(true), Not: &where{Paragraph: &some{}}}), []string{"07LODZ4"}},
		{"a paragraph with any level", paragraph(some{Marking: &graph.MarkingFilter{}}), []string{"08PARIS2199", "09STATE11937", "09STATE12000", "09TELAVIV457", "09TELAVIV936", "10DES7"}},
		{"a marking in other words", paragraph(some{Marking: &graph.MarkingFilter{In: []string{"SECRET//NOFORN", "nonsense"}}}), []string{"09STATE11937"}},
		{"a marking of a paragraph is not that of the cable", paragraph(some{Marking: &graph.MarkingFilter{In: []string{"C"}}}), []string{"08PARIS2199", "09STATE11937", "09STATE12000", "10DES7"}},
		{"no markings let nothing through", paragraph(some{Marking: &graph.MarkingFilter{In: []string{}}}), nil},
		{"a level and a caveat of one and the same marking", paragraph(some{Marking: &graph.MarkingFilter{AtMost: new(graph.LevelConfidential), Caveat: new("NF")}}), nil},
		{"named in any paragraph: not in the header or the subject", paragraph(some{Names: named("marcie ries")}), []string{"09PARIS10"}},
		{"named in a paragraph so marked", paragraph(some{Names: named("Kouchner"), Marking: &graph.MarkingFilter{AtLeast: new(graph.LevelSecret)}}), []string{"09STATE11937", "09TELAVIV936"}},
		{"named in another paragraph than the one so marked", paragraph(some{Names: named("Sara Netanyahu"), Marking: &graph.MarkingFilter{Caveat: new("NF")}}), nil},
		{"two people in paragraphs so marked", cablesWhere(&where{Paragraph: &some{Names: named("Kouchner"), Marking: &graph.MarkingFilter{In: []string{"C"}}}, And: []*where{{Paragraph: &some{Names: named("erdogan"), Marking: &graph.MarkingFilter{In: []string{"C"}}}}}}), []string{"08PARIS2199"}},
		{"not named in a paragraph so marked", cablesWhere(&where{Mentions: named("Kouchner"), Not: &where{Paragraph: &some{Names: named("Kouchner"), Marking: &graph.MarkingFilter{}}}}), []string{"09PARIS10", "66STATE1"}},
		{"signed by", cablesWhere(&where{SignedBy: named("ries")}), []string{"09PARIS10"}},
		{"classified by", cablesWhere(&where{ClassifiedBy: named("marcie ries")}), []string{"09STATE11937"}},
		{"signed by anybody", cablesWhere(&where{SignedBy: &graph.PersonWhere{}}), []string{"09PARIS10", "09STATE11937", "09STATE12000", "10DES7", "10SAOPAULO1"}},
		{"cites a cable", cablesWhere(&where{References: reference("06PARIS77")}), []string{"08PARIS2199", "09PARIS10", "09STATE11937", "09STATE12000"}},
		{"cites an announced cable", cablesWhere(&where{References: &where{Published: new(false)}}), []string{"08PARIS2199", "09PARIS10", "09STATE11937", "09STATE12000", "10NATO5"}},
		{"is cited by a cable of a post", cablesWhere(&where{ReferencedBy: &where{Origin: &graph.PostWhere{Name: new("Paris")}}}), []string{"06PARIS77", "08PARIS2199", "09STATE11937"}},
		{"cites what cites", cablesWhere(&where{References: &where{References: reference("09STATE12000")}}), []string{"09TELAVIV936"}},
		{"the mission's question", cablesWhere(&where{Origin: &graph.PostWhere{Name: new("Embassy Tel Aviv")}, Tags: &graph.TagsFilter{All: []string{"IR"}}, Mentions: named("Benjamin Netanyahu")}), []string{"09TELAVIV457"}},
		{"no person is tied to an announced cable, so a not lets it through", cablesWhere(&where{Published: new(false), Not: &where{Mentions: &graph.PersonWhere{}}}), announced},
	}
}

func otherFilters() []filterRow {
	cable := func(r string) *graph.CableWhere {
		return &graph.CableWhere{Reference: &graph.ReferenceFilter{Equals: &r}}
	}
	return []filterRow{
		{"posts of a kind", postsWhere(&graph.PostWhere{Kind: []graph.PostKind{graph.PostMission, graph.PostOther}}), []string{"mission-usnato", "ruehzz"}},
		{"posts of no kind", postsWhere(&graph.PostWhere{Kind: []graph.PostKind{}}), nil},
		{"a city", postsWhere(&graph.PostWhere{City: new("sao PAULO")}), []string{"consulate-sao-paulo"}},
		{"a country", postsWhere(&graph.PostWhere{Country: new("united states")}), []string{"secretary-of-state"}},
		{"posts that sent", postsWhere(&graph.PostWhere{Sent: &graph.CableWhere{Tags: &graph.TagsFilter{Any: []string{"NATO"}}}}), []string{"consulate-sao-paulo", "embassy-𐐼𐐯𐑅", "mission-usnato"}},
		{"posts that received", postsWhere(&graph.PostWhere{Received: cable("10SAOPAULO1")}), []string{"embassy-lodz", "ruehzz", "secretary-of-state"}},
		{"posts that did not send", postsWhere(&graph.PostWhere{Not: &graph.PostWhere{Sent: &graph.CableWhere{}}}), []string{"ruehzz"}},
		{"posts by id", postsWhere(&graph.PostWhere{ID: []graph.ID{"post:ruehzz", "post:embassy-𐐼𐐯𐑅", "person:ruehzz"}}), []string{"embassy-𐐼𐐯𐑅", "ruehzz"}},
		{"people mentioned in a cable", peopleWhere(&graph.PersonWhere{MentionedIn: cable("09STATE11937")}), []string{"bernard-kouchner", "hillary-clinton", "marcie-ries"}},
		{"people who signed", peopleWhere(&graph.PersonWhere{Signed: &graph.CableWhere{Classification: &graph.ClassificationFilter{AtMost: new(graph.LevelOfficialUse)}}}), []string{"marcie-ries", "recep-tayyip-erdogan"}},
		{"people mentioned with others", peopleWhere(&graph.PersonWhere{MentionedWith: &graph.PersonWhere{Name: new("Erdogan")}}), []string{"benjamin-netanyahu", "bernard-kouchner", "hillary-clinton"}},
		{"nobody is mentioned with themself", peopleWhere(&graph.PersonWhere{Name: new("Żółć"), MentionedWith: &graph.PersonWhere{Name: new("Zolc")}}), nil},
		{"people by their other slugs, each once", peopleKeyed("b-kouchner", "bernard-kouchner", "marcie-ries", "nobody"), []string{"bernard-kouchner", "marcie-ries"}},
		{"a title in another form", peopleWhere(&graph.PersonWhere{Title: new("Minister of Foreign Affairs")}), []string{"bernard-kouchner"}},
		{"a title of a country", peopleWhere(&graph.PersonWhere{Title: new("FM"), Country: new("France")}), []string{"bernard-kouchner"}},
		{"a title of the people of a country", peopleWhere(&graph.PersonWhere{Title: new("French Foreign Minister"), Country: new("FRENCH")}), []string{"bernard-kouchner"}},
		{"a title of another country", peopleWhere(&graph.PersonWhere{Title: new("FM"), Country: new("Turkey")}), nil},
		{"any office of a country", peopleWhere(&graph.PersonWhere{Country: new("Turkey")}), []string{"recep-tayyip-erdogan"}},
		{"a country that no text names", peopleWhere(&graph.PersonWhere{Country: new("Atlantis")}), nil},
		{"cables that mention somebody with a title of a country", cablesWhere(&graph.CableWhere{Mentions: &graph.PersonWhere{Title: new("PM"), Country: new("Turkish")}}), []string{"08PARIS2199", "10NATO5", "10SAOPAULO1"}},
		{"a title that nobody has", peopleWhere(&graph.PersonWhere{Title: new("King")}), nil},
		{"an empty title", peopleWhere(&graph.PersonWhere{Title: new("")}), nil},
		{"people by id", peopleWhere(&graph.PersonWhere{ID: []graph.ID{"person:marcie-ries", "tag:IR"}}), []string{"marcie-ries"}},
		{"tags by code, in any case", tagsWhere(&graph.TagWhere{Code: []string{"ir", "Clinton,  Hillary", "käse_100%"}}), []string{"CLINTON, HILLARY", "IR", "KÄSE_100%"}},
		{"tags by what they mean, whole", tagsWhere(&graph.TagWhere{Name: new("IRAN")}), []string{"IR"}},
		{"tags by a code as a name", tagsWhere(&graph.TagWhere{Name: new("clinton hillary")}), []string{"CLINTON, HILLARY"}},
		{"tags by part of a name", tagsWhere(&graph.TagWhere{Name: new("hillary")}), nil},
		{"tags by no code", tagsWhere(&graph.TagWhere{Code: []string{}}), nil},
		{"tags of a kind", tagsWhere(&graph.TagWhere{Kind: []graph.TagKind{graph.TagCountry}}), []string{"FR", "IR", "IS"}},
		{"tags on a cable", tagsWhere(&graph.TagWhere{On: cable("09TELAVIV457")}), []string{"IR", "IS", "PREL"}},
		{"tags by id, whose key has a blank", tagsWhere(&graph.TagWhere{ID: []graph.ID{"tag:CLINTON, HILLARY"}}), []string{"CLINTON, HILLARY"}},
		{"tags: or of not", tagsWhere(&graph.TagWhere{Or: []*graph.TagWhere{{Code: []string{"IR"}}, {Not: &graph.TagWhere{Kind: []graph.TagKind{graph.TagCountry, graph.TagSubject, graph.TagOrganization}}}}}), []string{"CLINTON, HILLARY", "IR", "KÄSE_100%"}},
	}
}

func peopleKeyed(keys ...string) *graph.Step {
	s := peopleWhere(nil)
	s.Keys = keys
	return s
}
