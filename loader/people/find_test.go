package people

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/parse"
)

// cable makes a cable of a preamble and one paragraph.
func cable(preamble, text string) *parse.Parsed {
	p := &parse.Parsed{}
	head := "S E C R E T PARIS 000123\n\nSIPDIS\n\n" + preamble + "\n\n"
	p.Cable.Body = head + "¶1. (C) " + text + "\n"
	p.Cable.Paragraphs = []graph.ParagraphSpan{{Number: 1, Start: len([]rune(head)) + 8, End: len([]rune(p.Cable.Body))}}
	return p
}

// described writes a naming as "Name (forms; titles)".
func described(namings []graph.Naming) []string {
	var out []string
	for _, n := range namings {
		s := n.Name + " (" + strings.Join(n.Forms, ", ")
		if len(n.Titles) > 0 {
			s += "; " + strings.Join(n.Titles, ", ")
		}
		out = append(out, s+")")
	}
	return out
}

func TestFindInSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"title and surname", "The envoy met FM Baltour and President Gorrik yesterday.",
			[]string{"Baltour (Baltour; Foreign Minister)", "Gorrik (Gorrik; President)"},
		},
		{
			"title, name and then the surname alone", "Foreign Minister Arvid Baltour was late. Baltour apologized.",
			[]string{"Arvid Baltour (Arvid Baltour, Baltour; Foreign Minister)"},
		},
		{
			"ranks of several words", "It was Brigadier General Ali Dahrun who told Deputy Prime Minister Velk.",
			[]string{"Ali Dahrun (Ali Dahrun; Brigadier General)", "Velk (Velk; Deputy Prime Minister)"},
		},
		{
			"an office between title and name", "We saw Minister of State for Petroleum Resources Odein Ajumba there.",
			[]string{"Odein Ajumba (Odein Ajumba; Minister of State for Petroleum Resources)"},
		},
		{
			"two titles in a row", "We saw Foreign Minister Sheikh Abdullah Barqawi there.",
			[]string{"Abdullah Barqawi (Abdullah Barqawi; Foreign Minister, Sheikh)"},
		},
		{"a title before a line end", "He met Foreign Minister \nBaltour again.", []string{"Baltour (Baltour; Foreign Minister)"}},
		{"a name over a line end", "He met Arvid \nBaltour and left.", []string{"Arvid Baltour (Arvid Baltour)"}},
		{"a hyphen at a line end", "He met President Omar al-\nBasheer and left.", []string{"Omar al-Basheer (Omar al- Basheer; President)"}},
		{
			"initials and particles", "With James B. Cunnard came Maria van der Lune and Saud bin Nassif.",
			[]string{"James B. Cunnard (James B. Cunnard)", "Maria van der Lune (Maria van der Lune)", "Saud bin Nassif (Saud bin Nassif)"},
		},
		{"possessives", "We read President Gorrik's letter; Gorrik’s tone was calm.", []string{"Gorrik (Gorrik; President)"}},
		{"a role in small letters", "We asked presidential adviser Boran Bollion about it.", []string{"Boran Bollion (Boran Bollion; presidential adviser)"}},
		{"a title after the name", "Petra Lindqvist, Minister of Justice, agreed.", []string{"Petra Lindqvist (Petra Lindqvist; Minister of Justice)"}},
		{"who speaks twice is a person", "Later Bollion stressed the risk. Then Bollion added a remark.", []string{"Bollion (Bollion)"}},
		{
			"two men with one surname stay two", "President Nestor Kirkano saw Cristina Kirkano off.",
			[]string{"Nestor Kirkano (Nestor Kirkano; President)", "Cristina Kirkano (Cristina Kirkano)"},
		},
		{"an initial joins the full name", "Robert Gavelin spoke. R. Gavelin then left.", []string{"Robert Gavelin (Robert Gavelin, R. Gavelin)"}},
		{"a wife is not her husband", "President Gorrik came with Mrs. Gorrik to dinner.", []string{"Gorrik (Gorrik; President)", "Mrs. Gorrik (Gorrik; Mrs)"}},
		{"family name first", "President Hu met Premier Wen Jiabao there.", []string{"Hu (Hu; President)", "Wen Jiabao (Wen Jiabao; Premier)"}},
		{"a surname that is a word, after a title", "He thanked Secretary Gates for it.", []string{"Gates (Gates; Secretary)"}},
		{"an unknown abbreviation before a surname", "A staffer of KM Baltour called.", []string{"Baltour (Baltour)"}},
		{"a king goes by his given name", "King Hassim praised it. Saddam Hassim did not.", []string{"Hassim (Hassim; King)", "Saddam Hassim (Saddam Hassim)"}},
		{"a stance before a name", "The pro-Sarkozy press was calm.", []string{"Sarkozy (Sarkozy)"}},
		{"a known surname alone", "That is what Sarkozy wanted.", []string{"Sarkozy (Sarkozy)"}},
		{"a party in brackets", "Representative Tim Marlowe (R, PA) asked.", []string{"Tim Marlowe (Tim Marlowe; Representative)"}},
		{
			"a plural title holds for the row", "Former Ambassadors Adamovin and Lukasin met leaders Bagovin, Kokolty and Zyrin.",
			[]string{"Adamovin (Adamovin; Ambassador)", "Lukasin (Lukasin; Ambassador)", "Bagovin (Bagovin; leader)", "Kokolty (Kokolty; leader)", "Zyrin (Zyrin; leader)"},
		},
		{"initials that the text explains", "Maria Fernandez de Kirkano (MFK) left. MFK was tired.", []string{"Maria Fernandez de Kirkano (Maria Fernandez de Kirkano, MFK)"}},
		{
			"unknown names listed with known ones", "Leaders such as Sarkozy, Bollion and Abd al-Mahdur agreed; so did Tirim and Medvedev.",
			[]string{"Sarkozy (Sarkozy)", "Bollion (Bollion)", "Abd al-Mahdur (Abd al-Mahdur)", "Tirim (Tirim)", "Medvedev (Medvedev)"},
		},
		{"what someone is, and then the name", "He saw a representative of the palace, Hourin Khiarov, and left.", []string{"Hourin Khiarov (Hourin Khiarov)"}},
		{"an item of a list", "The list has two lines. Justice - Sarwal Danosh (Hazara).", []string{"Sarwal Danosh (Sarwal Danosh)"}},
		{"a slip of the pen", "He may invite Netanyahu. Then FM Nentanyahu came.", []string{"Netanyahu (Netanyahu, Nentanyahu; Foreign Minister)"}},
		{"an unknown given name and a surname that is a word", "It was made by Secretary of State Condola Rice.", []string{"Condola Rice (Condola Rice; Secretary of State)"}},
		{"a byname and the name", "Abbas was late. Abu Mazen apologized.", []string{"Abbas (Abbas, Abu Mazen)"}},
		{
			"a byname in brackets", "President Marwan Abbasi (Abu Mazin) was late. Abu Mazin left.",
			[]string{"Marwan Abbasi (Marwan Abbasi, Abu Mazin; President)"},
		},
		{"a name that is known whole", "They freed dissident Aung San Suu Kyi near Musa Qala.", []string{"Aung San Suu Kyi (Aung San Suu Kyi; dissident)"}},
		{
			"a given name alone", "Hassan Baltour came. The press says that Hassan left early.",
			[]string{"Hassan Baltour (Hassan Baltour, Hassan)"},
		},
		{
			"a surname of two parts", "Pierre de Bousquard de Floran spoke. DST Director de Bousquard de Floran agreed.",
			[]string{"Pierre de Bousquard de Floran (Pierre de Bousquard de Floran, de Bousquard de Floran; Director)"},
		},
		{"a word that the text writes small too", "At the Press Briefing a second briefing was named.", nil},
		{"things and institutions", "The Shahin Bagheran Industrial Group gave to University Candido Mendez.", nil},
		{"places, months and organisations", "In January the European Union and Hamas met in Tel Aviv, New York and Saudi Arabia.", nil},
		{"a thing named after someone", "The Goldmark Report and the Sarkozy Foundation were mentioned near Camp Lemmon.", nil},
		{"the country in U.S. Embassy", "The U.S. Embassy and the U.K. Government agreed.", nil},
		{"redactions", "Poloff met XXXXXXXXXXXX on Friday.", nil},
		{"a title without a name", "The Prime Minister told the Ambassador that Foreign Ministry officials agreed.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := described(Find(cable("SUBJECT: A TEST OF WORDS", tt.text)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindInPreamble(t *testing.T) {
	tests := []struct {
		name, preamble, text string
		want                 []string
	}{
		{
			"attention lines", "AF/S FOR B. WALSH\nTREASURY FOR TONY IERON, ADAM BARKAN, SOLOMIN AND RITTER\nUSTDA-PAUL MARLIN\nSUBJECT: X", "Nothing.",
			[]string{"B. Walsh (B. WALSH)", "Tony Ieron (TONY IERON)", "Adam Barkan (ADAM BARKAN)", "Solomin (SOLOMIN)", "Ritter (RITTER)", "Paul Marlin (PAUL MARLIN)"},
		},
		{
			"an attention line that goes on below", "DEPT FOR JUAN MARLOWE, WHA\nBILL GORRICK, WHA/PPC\nALEX BALTOUR AND STACY LINDQUIST, EUR/WE\nSUBJECT: X", "Nothing.",
			[]string{"Juan Marlowe (JUAN MARLOWE)", "Bill Gorrick (BILL GORRICK)", "Alex Baltour (ALEX BALTOUR)", "Stacy Lindquist (STACY LINDQUIST)"},
		},
		{"names glued to offices", "STATE FOR EAP/CM-BRAUNER\nUSDOE FOR NUCLEAR ENERGY-MCGILLIS\nSUBJECT: X", "Nothing.", []string{"Brauner (BRAUNER)", "McGillis (MCGILLIS)"}},
		{"names that are titles", "LONDON FOR LORD\nUSAREUR FOR GENERAL HAM\nSUBJECT: X", "Nothing.", []string{"Lord (LORD)", "Ham (HAM; General)"}},
		{"offices behind a stroke", "DEPT FOR EUR/CARC\nKABUL FOR USFOR-A\nSUBJECT: X", "Nothing.", nil},
		{"offices in brackets", "DEPT FOR NEA/MAG, S/WCI (SHINN, STAMILO)\nSUBJECT: X", "Nothing.", []string{"Shinn (SHINN)", "Stamilo (STAMILO)"}},
		{"posts and offices are no people", "STATE PASS TO USAID\nADDIS ABABA FOR USAU\nLONDON AND PARIS FOR AFRICA WATCHERS\nSUBJECT: X", "Nothing.", nil},
		{
			"capitals in the subject", "SUBJECT: PRESIDENT GORRIK MEETS BALTOUR", "FM Baltour was pleased.",
			[]string{"Gorrik (GORRIK; President)", "Baltour (BALTOUR, Baltour; Foreign Minister)"},
		},
		{"a headline says what somebody does", "SUBJECT: SENIOR OPPOSITION OFFICIAL REITERATES CRITICISM", "Nothing.", nil},
		{"references are not read", "SUBJECT: X\n\nREF: A. PARIS 12\n¶B. BALTOUR-SMYTHE EMAIL 1/1/08", "Nothing.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := described(Find(cable(tt.preamble, tt.text)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
		})
	}
}

// at gives the span of the first place of a text in the body.
func at(p *parse.Parsed, text string) graph.Span {
	before, _, _ := strings.Cut(p.Cable.Body, text)
	start := len([]rune(before))
	return graph.Span{Field: graph.InBody, Start: start, End: start + len([]rune(text)), Text: text}
}

func TestRoles(t *testing.T) {
	p := cable("TAGS: PREL, OVIP (BALTOUR, ARVID), FR\nSUBJECT: X\n\nClassified By: DCM Hélène Marlowe for reasons 1.4 (b)",
		"Participants:\n\nForeign Minister Baltour\nPetra Lindqvist, notetaker\n\n¶2. (C) Sarkozy was absent.\nGORRIK")
	p.Tags = []graph.Tag{{Code: "BALTOUR, ARVID", Kind: graph.TagPerson}}
	p.Signer = at(p, "GORRIK")
	p.Classifier, p.ClassifierName = at(p, "DCM Hélène Marlowe"), "Hélène Marlowe"
	type row struct {
		Name, Tag, Signed, Classified string
		Role                          graph.MentionRole
	}
	var got []row
	for _, n := range Find(p) {
		got = append(got, row{n.Name, n.Tag, n.SignedAs, n.ClassifiedAs, n.Role})
	}
	want := []row{
		{"Arvid Baltour", "BALTOUR, ARVID", "", "", graph.RoleParticipant},
		{"Hélène Marlowe", "", "", "DCM Hélène Marlowe", graph.RoleClassifier},
		{"Petra Lindqvist", "", "", "", graph.RoleParticipant},
		{"Sarkozy", "", "", "", graph.RoleMentioned},
		{"Gorrik", "", "GORRIK", "", graph.RoleSigner},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
}

func TestSpansAndParagraphs(t *testing.T) {
	p := cable("SUBJECT: GÖTEBORG AND FM BALTOUR", "FM \nBaltour’s visit ended. “Baltour” left.")
	namings := Find(p)
	if len(namings) != 1 {
		t.Fatalf("%d namings: %v", len(namings), described(namings))
	}
	n := namings[0]
	if n.Count != 3 || !slices.Equal(n.Paragraphs, []int{1}) || n.Confidence < 0.8 {
		t.Errorf("count %d, paragraphs %v, confidence %v", n.Count, n.Paragraphs, n.Confidence)
	}
	for _, s := range n.Spans {
		if got := string([]rune(p.Cable.Body)[s.Start:s.End]); got != s.Text {
			t.Errorf("the body has %q at the span of %q", got, s.Text)
		}
	}
}

func TestNormalName(t *testing.T) {
	tests := []struct{ form, name, surname string }{
		{"KOUCHNER", "Kouchner", "kouchner"},
		{"MCDONALD", "McDonald", "mcdonald"},
		{"McDONALD", "McDONALD", "mcdonald"},
		{"AL-BASHIR", "al-Bashir", "bashir"},
		{"Omar al- Bashir", "Omar al-Bashir", "bashir"},
		{"John Smith Jr", "John Smith Jr", "smith"},
		{"Mohammed VI", "Mohammed VI", "mohammed"},
		{"Luis D'Elia", "Luis D'Elia", "elia"},
		{"Hu Jintao", "Hu Jintao", "hu"},
		{"Kim Jong-il", "Kim Jong-il", "kim"},
		{"Kim Howells", "Kim Howells", "howells"},
		{"Herman Van Rompuy", "Herman Van Rompuy", "rompuy"},
		{"Alvaro Uribe Velez", "Alvaro Uribe Velez", "uribe"},
	}
	for _, tt := range tests {
		t.Run(tt.form, func(t *testing.T) {
			if got := normalName(tt.form); got != tt.name {
				t.Errorf("name %q, want %q", got, tt.name)
			}
			if got := surnameOf(tt.name); got != tt.surname {
				t.Errorf("surname %q, want %q", got, tt.surname)
			}
		})
	}
}

// drawText draws a text of words, marks and line ends that rules look at.
func drawText(t *rapid.T) string {
	pieces := []string{
		"FM", "President", "Foreign", "Minister", "of", "and", "the", "Kern", "KERN", "John", "J.", "B.", "al-", "Al", "bin", "de", "Mrs.", "Mr.", "Jr.", "II", "\n", "\n\n", " ", ",", ".", "(", ")",
		"'s", "’s", ",s", "-", "/", "¶2. (C)", "SUBJECT:", "REF:", "TAGS:", "FOR", "Participants:", "said", "leaders", "É", "\u00a0", "pro-", "Sarkozy", "Medvedev-Putin", "A/S", "(MFK)", "Maria Fernandez Kern", "------", "U.S.",
	}
	var b strings.Builder
	for range rapid.IntRange(0, 60).Draw(t, "n") {
		b.WriteString(rapid.SampledFrom(pieces).Draw(t, "piece"))
		b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", ""}).Draw(t, "gap"))
	}
	return b.String()
}

func TestFindProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := cable(drawText(rt), drawText(rt))
		body := []rune(p.Cable.Body)
		slugs := map[string]bool{}
		for _, n := range Find(p) {
			if slug := graph.Slug(n.Name); slugs[slug] {
				rt.Fatalf("two namings have the slug %q", slug)
			} else {
				slugs[slug] = true
			}
			if n.Surname != surnameOf(n.Name) || n.Count != len(n.Spans) || n.Count == 0 {
				rt.Fatalf("naming is not complete: %+v", n)
			}
			for _, s := range n.Spans {
				if got := oneLine(string(body[s.Start:s.End])); got != s.Text || !slices.Contains(n.Forms, s.Text) {
					rt.Fatalf("the body has %q at the span of %q, forms %q", got, s.Text, n.Forms)
				}
			}
		}
	})
}
