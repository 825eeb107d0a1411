package parse

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cablegraph/cablegraph/graph"
)

func TestPostByName(t *testing.T) {
	for _, row := range []struct{ name, slug, kind string }{
		{"Embassy Paris", "embassy-paris", "EMBASSY"},
		{"AMEMBASSY PARIS", "embassy-paris", "EMBASSY"},
		{"amembassy  Paris", "embassy-paris", "EMBASSY"},
		{"AMEMBASSY KATHAMNDU", "embassy-kathmandu", "EMBASSY"},
		{"AMCONSUL RIO DE JANEIRO", "consulate-rio-de-janeiro", "CONSULATE"},
		{"AMEMBASSY RIO DE JANEIRO", "consulate-rio-de-janeiro", "CONSULATE"},
		{"AMCOMSUL DHAHRAN", "consulate-dhahran", "CONSULATE"},
		{"AMEMBASSY JIDDA", "consulate-jeddah", "CONSULATE"},
		{"Secretary of State", "secretary-of-state", "DEPARTMENT"},
		{"SECSTATE WASHDC", "secretary-of-state", "DEPARTMENT"},
		{"SECTSTATE WASHDC", "secretary-of-state", "DEPARTMENT"},
		{"Mission USNATO", "mission-usnato", "MISSION"},
		{"USMISSION USNATO", "mission-usnato", "MISSION"},
		{"USEU BRUSSELS", "useu-brussels", "MISSION"},
		{"AMEMBASSY BRUSSELS", "embassy-brussels", "EMBASSY"},
		{"USMISSION USUN NEW YORK", "usun-new-york", "MISSION"},
		{"USUN NEW YORK", "usun-new-york", "MISSION"},
		{"USMISSION UNVIE VIENNA", "unvie", "MISSION"},
		{"AMEMBASSY VIENNA", "embassy-vienna", "EMBASSY"},
		{"USINT HAVANA", "us-interests-section-havana", "OFFICE"},
		{"RPO DUBAI", "iran-rpo-dubai", "OFFICE"},
		{"AMCONSUL DUBAI", "consulate-dubai", "CONSULATE"},
		{"IRAN COLLECTIVE", "iran-collective", "OTHER"},
		{"CIA WASHINGTON DC//NHTC//", "cia", "DEPARTMENT"},
		{"CDR USCENTCOM MACDILL AFB FL//CCJ2//", "uscentcom", "MILITARY"},
		{"JOINT STAFF WASHDC", "joint-staff", "MILITARY"},
		{"COMUSNAVEUR NAPLES IT", "comusnaveur-naples-it", "MILITARY"},
		{"AMEMBASSY ATLANTIS", "embassy-atlantis", "EMBASSY"},
		{"Embassy Atlantis", "embassy-atlantis", "EMBASSY"},
		{"USMISSION MOON", "mission-moon", "MISSION"},
		{"WIDGET OFFICE WASHDC", "widget-office", "OTHER"},
		{"???", "unnamed", "OTHER"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := PostByName(row.name)
			if p.Slug != row.slug || string(p.Kind) != row.kind {
				t.Errorf("got %s, a %s; want %s, a %s", p.Slug, p.Kind, row.slug, row.kind)
			}
		})
	}
}

// The lists beside the seed page name the origins of its day.
func TestEveryOriginOfTheNavigationIsKnown(t *testing.T) {
	page, err := os.ReadFile("../../../shared/corpus/" + seed + ".page.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(page), "Browse by origin\n")
	list, _, _ = strings.Cut(list, "Browse by tag")
	origins := strings.Split(strings.TrimSpace(list), "\n")
	if len(origins) < 100 {
		t.Fatalf("%d origins", len(origins))
	}
	for _, name := range origins {
		if p := posts().find(graph.Fold(name)); p == nil || p.Name != name {
			t.Errorf("%q is not in the table: %+v", name, p)
		}
	}
}

func TestAnyPostDependsOnItsSlugAlone(t *testing.T) {
	words := []string{"AMEMBASSY", "amconsul", "USMISSION", "Embassy", "PARIS", "Rio", "WASHDC", "WASHINGTON DC", "CDR", "//J3//", "COLLECTIVE", "X", "é", "-", "DEPT OF"}
	bySlug := map[string]graph.Post{}
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(t, "name"), " ")
		p := PostByName(name)
		if before, ok := bySlug[p.Slug]; ok {
			if diff := cmp.Diff(before, p); diff != "" {
				t.Fatalf("%q: %s differs:\n%s", name, p.Slug, diff)
			}
		}
		bySlug[p.Slug] = p
		if graph.Slug(p.Name) != p.Slug {
			t.Fatalf("%q: the slug of %q is not %s", name, p.Name, p.Slug)
		}
	})
}

func TestTagByCode(t *testing.T) {
	for _, row := range []struct {
		code string
		want graph.Tag
	}{
		{"IR", graph.Tag{Code: "IR", Name: "Iran", Kind: graph.TagCountry}},
		{"prel", graph.Tag{Code: "PREL", Name: "External Political Relations", Kind: graph.TagSubject}},
		{"NATO", graph.Tag{Code: "NATO", Name: "North Atlantic Treaty Organization", Kind: graph.TagOrganization}},
		{"KNNP", graph.Tag{Code: "KNNP", Name: "Nuclear Non-Proliferation", Kind: graph.TagProgram}},
		{"KZZZ", graph.Tag{Code: "KZZZ", Kind: graph.TagProgram}},
		{"QQ", graph.Tag{Code: "QQ", Kind: graph.TagCountry}},
		{"CLINTON,  HILLARY", graph.Tag{Code: "CLINTON, HILLARY", Name: "Hillary Clinton", Kind: graph.TagPerson}},
		{"MCCAIN, JOHN S.", graph.Tag{Code: "MCCAIN, JOHN S.", Name: "John S. McCain", Kind: graph.TagPerson}},
		{"HUMAN RIGHTS", graph.Tag{Code: "HUMAN RIGHTS", Kind: graph.TagUnknown}},
	} {
		t.Run(row.code, func(t *testing.T) {
			if diff := cmp.Diff(row.want, TagByCode(row.code)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReferencesYears(t *testing.T) {
	for _, row := range []struct{ name, own, list, want string }{
		{"without a year it is the cable's own", "10ROME50", "REF: LONDON 200", "10LONDON200"},
		{"an own post's later serial is last year's", "10ROME50", "REF: ROME 1200", "09ROME1200"},
		{"a small lead is a companion's", "10ROME50", "REF: ROME 52", "10ROME52"},
		{"last year's of 2000 is 1999's", "00ROME50", "REF: ROME 1200", "99ROME1200"},
		{"a year written counts", "10ROME50", "REF: 10 ROME 1200", "10ROME1200"},
		{"a year in brackets between", "02ROME50", "REF: STATE (01) 201265", "01STATE201265"},
		{"a year behind the serial", "02ROME50", "REF: STATE 201265 (01)", "01STATE201265"},
		{"a bare serial is of the post named last", "10ROME50", "REF: A. LONDON 12 B. 2962", "10LONDON12 10LONDON2962"},
		{"a bare serial first is the cable's own post's", "10ROME5000", "REF: A) 6307", "09ROME6307"},
		{"one post, many serials", "08ROME50", "REF: KABUL 692/317/274", "08KABUL692 08KABUL317 08KABUL274"},
		{"the cable itself is no reference", "08ROME50", "REF: ROME 50", ""},
		{"each cable once", "08ROME50", "REF: A. STATE 7 B. SECSTATE 07", "08STATE7"},
		{"abbreviations are no bullets", "10ROME50", "REF: A) PARIS 49 -- U.S. IN HAITI B) PARIS 50", "10PARIS49 10PARIS50"},
	} {
		t.Run(row.name, func(t *testing.T) {
			cites, _ := newText(row.list).references(graph.Reference(row.own))
			var got []string
			for _, c := range cites {
				got = append(got, string(c.Reference))
			}
			if diff := cmp.Diff(row.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReferenceIDsWithSlips(t *testing.T) {
	p := parseString(t, mirror("06EFTOANKARA4972", "TO X", "REF: A. ANKARA 4000 B. ANKARA 6000"))
	if p.Cable.Reference != "06EFTOANKARA4972" || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "06ANKARA4972") {
		t.Errorf("reference %s, warnings %v", p.Cable.Reference, p.Warnings)
	}
	if len(p.References) != 2 || p.References[0].Reference != "06ANKARA4000" || p.References[1].Reference != "05ANKARA6000" {
		t.Errorf("references %v", p.References)
	}
}

func TestReferencesKeepLabelsAndWords(t *testing.T) {
	cites, others := newText("REF: A. (A) PARIS 7682 AND PREVIOUS\n¶B. SMITH-JONES E-MAIL 10/15/07\nC. 08 STATE\n 81854 (NOTAL)\n\n1. (C) Text").references("09ROME1")
	want := []graph.Citation{
		{Reference: "09PARIS7682", Label: "A", As: "PARIS 7682"},
		{Reference: "08STATE81854", Label: "C", As: "08 STATE 81854"},
	}
	if diff := cmp.Diff(want, cites); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"SMITH-JONES E-MAIL 10/15/07"}, others); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParagraphNumbers(t *testing.T) {
	for _, row := range []struct{ name, body, want string }{
		{"numbers count on", "1. A\n2. (C) B\n3.(S/NF)C", "1:A 2:B 3:C"},
		{"a date's end is none", "1. A\n2. by March\n15.\n3. C", "1:A 2:by March ¶15. 3:C"},
		{"figures are none", "1. A\n3.5 million\n100 people\n2. B", "1:A ¶3.5 million 100 people 2:B"},
		{"a number that was left out", "1. A\n3. (C) C\n4. (C) D", "1:A 3:C 4:D"},
		{"a list within a paragraph", "1. A\n2. B\n1. one\n2. two\n3. C", "1:A 2:B ¶1. one 2. two 3:C"},
		{"a number twice, with markings", "1. (C) A\n2. (C) B\n2. (C) B\n3. (C) C", "1:A 2:B 2:B 3:C"},
		{"a marking before the number", "(C) 1. A\n(C) 2. B", "1:A 2:B"},
		{"headings are none of the paragraph above", "1. A.\n\nThe Next Thing\n----\n2. B", "1:A. 2:B"},
		{"no number at all", "UNCLAS\nSUBJECT: X\n\nFirst.\n\nSecond.", "0:First. 0:Second."},
	} {
		t.Run(row.name, func(t *testing.T) {
			body := row.body
			var got []string
			for _, p := range graph.Paragraphs(body, newText(body).paragraphSpans()) {
				got = append(got, string(rune('0'+p.Number))+":"+oneLine(p.Text))
			}
			if diff := cmp.Diff(strings.ReplaceAll(row.want, "¶", ""), strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSigners(t *testing.T) {
	for _, row := range []struct{ name, body, want string }{
		{"a line of its own", "He left.\n\nRIVKIN\n", "RIVKIN"},
		{"behind the last sentence", "He said he liked Oklahoma. RANDT", "RANDT"},
		{"twice", "He left. End comment.\n\nKUBISKE KUBISKE", "KUBISKE"},
		{"below a web address", "Visit http://www.state.sgov.gov/p/eur/london/index. cfm TUTTLE", "TUTTLE"},
		{"above NNNN", "He left.\nCLINTON\nNNNN\nEnd Cable Text\n XXXXXXXXXXXX", "CLINTON"},
		{"with a date behind it", "He left.\nSOBEL 2008-01-08", "SOBEL"},
		{"two letters", "\"Iran can't go on like this.\"\nLu", "Lu"},
		{"in lower case", "He left.\ntuttle", "tuttle"},
		{"a title is none", "He will write to the\nAmbassador", ""},
		{"the end of a comment is none", "It goes on. END COMMENT.", ""},
		{"a redaction is none", "It goes on.\nXXXXXXXXXXXX", ""},
		{"a sentence is none", "It was cleared by Washington.", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := newText(row.body).signer().Text; got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestHugeTextsTakeLinearTime(t *testing.T) {
	for _, piece := range []string{"<", "&", "REF: ", "REF: A. ", "3. (C) x\n", " 00000012 001 OF 002\n\n", "SUMMARY ", "END ", "TAGS: A, ", "PRIORITY ", "SUBJECT: ", "1.\n", "PAGE 02 ROME 01196 082030Z\n"} {
		body := strings.Repeat(piece, 1<<20/len(piece))
		document := strings.Replace(mirror("09PARIS1", "TO X", "BODY"), "BODY", body, 1)
		header := strings.Replace(mirror("09PARIS1", "TO HEAD", "text"), "HEAD", body, 1)
		parseString(t, document)
		parseString(t, header)
	}
}
