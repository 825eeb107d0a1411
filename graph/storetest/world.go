package storetest

import (
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// The posts of the drawn world. Embassy Łódź and Consulate São Paulo have
// accents, Embassy 𐐔𐐯𐑅 letters beyond the first plane; nobody knows where RUEHZZ is.
var (
	state   = graph.Post{Slug: "secretary-of-state", Name: "Secretary of State", Kind: graph.PostDepartment, City: "Washington", Country: "United States", Aliases: []string{"RUEHC", "SECSTATE WASHDC"}}
	paris   = graph.Post{Slug: "embassy-paris", Name: "Embassy Paris", Kind: graph.PostEmbassy, City: "Paris", Country: "France", Aliases: []string{"AMEMBASSY PARIS", "PARIS", "RUEHFR"}}
	telAviv = graph.Post{Slug: "embassy-tel-aviv", Name: "Embassy Tel Aviv", Kind: graph.PostEmbassy, City: "Tel Aviv", Country: "Israel", Aliases: []string{"AMEMBASSY TEL AVIV", "TEL AVIV"}}
	lodz    = graph.Post{Slug: "embassy-lodz", Name: "Embassy Łódź", Kind: graph.PostEmbassy, City: "Łódź", Country: "Poland", Aliases: []string{"AMEMBASSY LODZ"}}
	sao     = graph.Post{Slug: "consulate-sao-paulo", Name: "Consulate São Paulo", Kind: graph.PostConsulate, City: "São Paulo", Country: "Brazil", Aliases: []string{"AMCONSUL SAO PAULO"}}
	astral  = graph.Post{Slug: "embassy-𐐼𐐯𐑅", Name: "Embassy 𐐔𐐯𐑅", Kind: graph.PostEmbassy, City: "𐐔𐐯𐑅", Country: "Deseret"}
	nato    = graph.Post{Slug: "mission-usnato", Name: "Mission USNATO", Kind: graph.PostMission, City: "Brussels", Aliases: []string{"USMISSION USNATO"}}
	unknown = graph.Post{Slug: "ruehzz", Name: "RUEHZZ", Kind: graph.PostOther}
)

// The tags of the drawn world.
var (
	tagFR      = graph.Tag{Code: "FR", Name: "France", Kind: graph.TagCountry}
	tagIR      = graph.Tag{Code: "IR", Name: "Iran", Kind: graph.TagCountry}
	tagIS      = graph.Tag{Code: "IS", Name: "Israel", Kind: graph.TagCountry}
	tagPREL    = graph.Tag{Code: "PREL", Name: "External Political Relations", Kind: graph.TagSubject}
	tagNATO    = graph.Tag{Code: "NATO", Name: "North Atlantic Treaty Organization", Kind: graph.TagOrganization}
	tagClinton = graph.Tag{Code: "CLINTON, HILLARY", Name: "Clinton, Hillary", Kind: graph.TagPerson}
	tagOdd     = graph.Tag{Code: "KÄSE_100%", Kind: graph.TagUnknown}
)

// World returns the records of the drawn world, in no special order:
//
//	reference       created           class   from ──► to (! action)               tags              people (* signed, ° classified)
//	09STATE11937    2009-02-10 17:32  S//NF   state ─► paris!, telaviv, nato       FR IR PREL CLINTON Kouchner ×3, Clinton*, Ries°
//	09STATE12000    2009-02-10 17:32  C       state ─► telaviv!, state             IR IS             Netanyahu B. ×2, Clinton*
//	08PARIS2199     2008-12-01 09:00  C//NF   paris ─► state!, nato                FR PREL           Kouchner, Erdoğan
//	09PARIS10       2009-02-10 17:32  U//FOUO paris ─► state!                      FR KÄSE_100%      B. Kouchner, Ries*
//	09TELAVIV457    2009-02-23 06:15  S       telaviv ► state!, paris, łódź        IR IS PREL        Netanyahu B., Netanyahu S.
//	09TELAVIV936    2009-04-27 00:00  S       telaviv ► state!                     IS                Netanyahu S. ×2, Kouchner
//	07LODZ3         unknown           none    łódź ──► 𐐔𐐯𐑅!                        PREL              Żółć, 𐐔𐐯𐑅 𐐓𐐪𐑅
//	07LODZ4         2007-05-05 05:05  none    łódź ──► (nobody)                    (none)            (nobody)
//	10SAOPAULO1     2010-01-15 23:59  U       são paulo ► state!, łódź!, RUEHZZ    NATO PREL         Erdoğan*
//	10DES7          unknown           C       𐐔𐐯𐑅 ──► state!                      NATO              𐐔𐐯𐑅 𐐓𐐪𐑅*, Żółć°
//	66STATE1        1966-02-28 12:00  U       (unknown) ► paris!                   (none)            Kouchner
//	10NATO5         2010-01-15 23:59  "NODIS" nato ──► state!, paris!, telaviv     NATO KÄSE_100%    Erdoğan, Clinton, Netanyahu B.
//
// The citations, with announced cables in brackets:
//
//	09STATE11937 ─A► 08PARIS2199 ─A► [06PARIS77] ◄─ 09PARIS10 ─A► 09STATE11937
//	     └───────B► [06PARIS77]          ▲                 └─B► 08PARIS2199
//	09TELAVIV457 ─A► 09STATE12000 ─A► [06PARIS77]      09TELAVIV936 ─► 09TELAVIV457
//	10NATO5 ─A► 10SAOPAULO1, ─B► [09MADRID1]
func World() []graph.Record {
	var records []graph.Record
	for _, d := range slices.Concat(west(), east(), odd()) {
		records = append(records, d.record())
	}
	return records
}

func west() []draft {
	return []draft{
		{
			reference: "09STATE11937", created: "2009-02-10 17:32", released: "2010-12-05 12:00", class: "SECRET//NOFORN",
			subject: "Secretary Clinton's meeting with French Foreign Minister Bernard Kouchner",
			header:  "O 101732Z FEB 09\nFM SECSTATE WASHDC\nTO AMEMBASSY PARIS IMMEDIATE\nClassified By: EUR PDAS Marcie Ries, 1.4 (b,d)",
			from:    &state, to: []graph.Recipient{to(paris, graph.Immediate), info(telAviv, graph.Immediate), info(nato, graph.Priority)},
			tags:  []graph.Tag{tagFR, tagIR, tagPREL, tagClinton},
			cites: []graph.Citation{cite("A", "08PARIS2199", "08 PARIS 2199"), cite("B", "06PARIS77", "06 PARIS 77")},
			other: []string{"EUR e-mail of 2 February", "Telephone call Ries"},
			people: []individual{
				{name: "Bernard Kouchner", surname: "kouchner", forms: []string{"Bernard Kouchner", "Kouchner"}, titles: []string{"Foreign Minister", "FM"}, of: []string{"France", ""}, role: graph.RoleParticipant},
				{name: "Hillary Clinton", surname: "clinton", forms: []string{"Clinton", "CLINTON"}, titles: []string{"Secretary"}, role: graph.RoleSigner, signed: "CLINTON", tag: "CLINTON, HILLARY"},
				{name: "Marcie Ries", surname: "ries", forms: []string{"Marcie Ries"}, titles: []string{"PDAS"}, role: graph.RoleClassifier, class: "EUR PDAS Marcie Ries, 1.4 (b,d)"},
			},
			paragraphs: []string{"(S/NF) Summary: the Secretary met FM Bernard\nKouchner and spoke about the Iranian nuclear file.", "(C) Kouchner said that sanctions might work.", "CLINTON"},
		},
		{
			reference: "09STATE12000", created: "2009-02-10 17:32", released: "2011-08-30 01:44", class: "CONFIDENTIAL",
			subject: "Call to Prime Minister Netanyahu",
			from:    &state, to: []graph.Recipient{to(telAviv, graph.Flash), info(state, graph.Routine)},
			tags: []graph.Tag{tagIR, tagIS}, cites: []graph.Citation{cite("A", "06PARIS77", "2006 Paris 0077")},
			people: []individual{
				{name: "Benjamin Netanyahu", surname: "netanyahu", forms: []string{"Netanyahu"}, titles: []string{"PM"}, of: []string{"Israel"}, role: graph.RoleMentioned},
				{name: "Hillary Clinton", surname: "clinton", forms: []string{"CLINTON"}, role: graph.RoleSigner, signed: "CLINTON"},
			},
			paragraphs: []string{"(C) Netanyahu thanked for sanctions on Iran.", "CLINTON"},
		},
		{
			reference: "08PARIS2199", created: "2008-12-01 09:00", released: "2010-11-28 18:06", class: "CONFIDENTIAL//NOFORN",
			subject: "Kouchner on Turkey", header: "FM AMEMBASSY PARIS",
			from: &paris, to: []graph.Recipient{to(state, graph.Priority), info(nato, "")},
			tags: []graph.Tag{tagFR, tagPREL}, cites: []graph.Citation{cite("A", "06PARIS77", "06PARIS77")},
			people: []individual{
				{name: "Bernard Kouchner", surname: "kouchner", forms: []string{"Kouchner"}, titles: []string{"FM"}, role: graph.RoleMentioned},
				{name: "Recep Tayyip Erdoğan", surname: "erdogan", forms: []string{"Recep Tayyip Erdoğan"}, titles: []string{"Prime Minister"}, role: graph.RoleMentioned},
			},
			paragraphs: []string{"(C) Kouchner met Recep Tayyip Erdoğan at the café of the Élysée."},
		},
		{
			reference: "09PARIS10", created: "2009-02-10 17:32", released: "2010-12-05 12:00", class: "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
			subject: "French cheese",
			from:    &paris, to: []graph.Recipient{to(state, graph.Routine)},
			tags: []graph.Tag{tagFR, tagOdd}, cites: []graph.Citation{cite("", "06PARIS77", "PARIS 77 (06)"), cite("A", "09STATE11937", "STATE 11937"), cite("B", "08PARIS2199", "08 PARIS 2199")},
			people: []individual{
				{name: "B. Kouchner", surname: "kouchner", forms: []string{"B. Kouchner"}, role: graph.RoleMentioned},
				{name: "Marcie Ries", surname: "ries", forms: []string{"RIES"}, role: graph.RoleSigner, signed: "RIES"},
			},
			paragraphs: []string{"B. Kouchner praised the nuclear-free cheese of Camembert.", "RIES"},
		},
	}
}

func east() []draft {
	return []draft{
		{
			reference: "09TELAVIV457", created: "2009-02-23 06:15", released: "2010-11-28 18:06", class: "SECRET",
			subject: "Netanyahu and Iran's nuclear file",
			from:    &telAviv, to: []graph.Recipient{to(state, graph.Immediate), info(paris, graph.Priority), info(lodz, graph.Priority)},
			tags: []graph.Tag{tagIR, tagIS, tagPREL}, cites: []graph.Citation{cite("A", "09STATE12000", "09 STATE 12000")},
			people: []individual{
				{name: "Benjamin Netanyahu", surname: "netanyahu", forms: []string{"Bibi Netanyahu", "Benjamin Netanyahu"}, titles: []string{"Prime Minister-designate"}, role: graph.RoleMentioned},
				{name: "Sara Netanyahu", surname: "netanyahu", forms: []string{"Sara Netanyahu"}, role: graph.RoleMentioned},
			},
			paragraphs: []string{"(S) Bibi Netanyahu spoke of the nuclear file of Iran.", "(S) Sara Netanyahu was there. So was Benjamin Netanyahu."},
		},
		{
			reference: "09TELAVIV936", created: "2009-04-27 00:00", released: "2010-12-05 12:00", class: "SECRET",
			subject: "Sara Netanyahu's visit to Paris",
			from:    &telAviv, to: []graph.Recipient{to(state, graph.Niact)},
			tags: []graph.Tag{tagIS}, cites: []graph.Citation{cite("", "09TELAVIV457", "TEL AVIV 457")},
			people: []individual{
				{name: "Sara Netanyahu", surname: "netanyahu", forms: []string{"Sara Netanyahu", "Mrs. Netanyahu"}, role: graph.RoleParticipant},
				{name: "Bernard Kouchner", surname: "kouchner", forms: []string{"Foreign Minister Kouchner"}, titles: []string{"Foreign Minister"}, role: graph.RoleParticipant},
			},
			paragraphs: []string{"(S) Mrs. Netanyahu met Foreign Minister Kouchner."},
		},
		{
			reference: "07LODZ3", released: "2011-08-30 01:44", subject: "Żółć i 𐐔𐐯𐑅",
			from: &lodz, to: []graph.Recipient{to(astral, graph.Routine)}, tags: []graph.Tag{tagPREL},
			people: []individual{
				{name: "Łukasz Żółć", surname: "zolc", forms: []string{"Łukasz Żółć", "Żółć"}, titles: []string{"Minister"}, role: graph.RoleMentioned},
				{name: "𐐔𐐯𐑅 𐐓𐐪𐑅", surname: "𐐻𐐪𐑅", forms: []string{"𐐔𐐯𐑅 𐐓𐐪𐑅"}, role: graph.RoleMentioned},
			},
			paragraphs: []string{"𐐔𐐯𐑅 𐐓𐐪𐑅 said: Iran, not sanctions.", "Minister Łukasz Żółć left. 😀 Naïve façade; Ελλάς, Москва й."},
		},
		{reference: "07LODZ4", created: "2007-05-05 05:05", released: "2011-08-30 01:44", from: &lodz},
	}
}

func odd() []draft {
	return []draft{
		{
			reference: "10SAOPAULO1", created: "2010-01-15 23:59", released: "2010-12-05 12:00", class: "UNCLASSIFIED",
			subject: "Call on São Paulo's mayor",
			from:    &sao, to: []graph.Recipient{to(state, graph.Immediate), to(lodz, graph.Immediate), info(unknown, "")},
			tags: []graph.Tag{tagNATO, tagPREL},
			people: []individual{
				{name: "Recep Tayyip Erdoğan", surname: "erdogan", forms: []string{"ERDOGAN"}, role: graph.RoleSigner, signed: "ERDOGAN"},
			},
			paragraphs: []string{"The mayor of Sao Paulo spoke of the nuclear umbrella.", "ERDOGAN"},
		},
		{
			reference: "10DES7", released: "2011-08-30 01:44", class: "CONFIDENTIAL", subject: "Nothing at all", header: "Classified By: Amb. Lukasz Zolc",
			from: &astral, to: []graph.Recipient{to(state, "")}, tags: []graph.Tag{tagNATO},
			people: []individual{
				{name: "𐐔𐐯𐑅 𐐓𐐪𐑅", surname: "𐐻𐐪𐑅", forms: []string{"𐐓𐐪𐑅"}, role: graph.RoleSigner, signed: "𐐓𐐪𐑅"},
				{name: "Lukasz Zolc", surname: "zolc", forms: []string{"Lukasz Zolc"}, titles: []string{"Amb."}, role: graph.RoleClassifier, class: "Amb. Lukasz Zolc"},
			},
			paragraphs: []string{"(C) Nothing.", "𐐓𐐪𐑅"},
		},
		{
			reference: "66STATE1", created: "1966-02-28 12:00", released: "2010-11-28 18:06", class: "UNCLASSIFIED", subject: "An old cable",
			to: []graph.Recipient{to(paris, graph.Routine)},
			people: []individual{
				{name: "Bernard Kouchner", surname: "kouchner", forms: []string{"Bernard KOUCHNER"}, role: graph.RoleMentioned},
			},
			paragraphs: []string{"Bernard KOUCHNER is a student of medicine; sanctions, file, nuclear."},
		},
		{
			reference: "10NATO5", created: "2010-01-15 23:59", released: "2010-12-05 12:00", class: "NODIS", subject: "Allies",
			from: &nato, to: []graph.Recipient{to(state, graph.Priority), to(paris, graph.Priority), info(telAviv, graph.Routine)},
			tags: []graph.Tag{tagNATO, tagOdd}, cites: []graph.Citation{cite("A", "10SAOPAULO1", "10 SAO PAULO 1"), cite("B", "09MADRID1", "MADRID 1")},
			people: []individual{
				{name: "Recep Tayyip Erdoğan", surname: "erdogan", forms: []string{"Erdogan"}, titles: []string{"PM"}, of: []string{"Turkey"}, role: graph.RoleMentioned},
				{name: "Hillary Clinton", surname: "clinton", forms: []string{"Hillary Rodham Clinton"}, titles: []string{"Secretary of State"}, role: graph.RoleMentioned},
				{name: "Benjamin Netanyahu", surname: "netanyahu", forms: []string{"Netanyahu"}, titles: []string{"PM"}, role: graph.RoleMentioned},
			},
			paragraphs: []string{"Erdogan, Hillary Rodham Clinton and Netanyahu agree."},
		},
	}
}
