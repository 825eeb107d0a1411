package storetest

import (
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// names: case, accents and punctuation do not matter, whole names are whole,
// and words are words of one name.
func names(t *testing.T, store graph.Reader) {
	person := func(name string) *graph.Step { return peopleWhere(&graph.PersonWhere{Name: &name}) }
	personPart := func(words string) *graph.Step { return peopleWhere(&graph.PersonWhere{NameContains: &words}) }
	post := func(name string) *graph.Step { return postsWhere(&graph.PostWhere{Name: &name}) }
	postPart := func(words string) *graph.Step { return postsWhere(&graph.PostWhere{NameContains: &words}) }
	tagPart := func(words string) *graph.Step { return tagsWhere(&graph.TagWhere{NameContains: &words}) }
	netanyahus := []string{"benjamin-netanyahu", "sara-netanyahu"}
	checkRows(t, store, []filterRow{
		{"a name, without its accents", person("lukasz zolc"), []string{"lukasz-zolc"}},
		{"a name, with accents in capitals", person("ŁUKASZ ŻÓŁĆ"), []string{"lukasz-zolc"}},
		{"a name, with combining accents", person("Łukasz Z\u0307o\u0301łc\u0301"), []string{"lukasz-zolc"}},
		{"a name with a breve", person("RECEP TAYYIP ERDOĞAN"), []string{"recep-tayyip-erdogan"}},
		{"a name beyond the first plane, in capitals", person("𐐔𐐇𐐝 𐐓𐐂𐐝"), []string{"𐐼𐐯𐑅-𐐻𐐪𐑅"}},
		{"an alias", person("B Kouchner"), []string{"bernard-kouchner"}},
		{"an alias that is a surname", person("netanyahu"), []string{"benjamin-netanyahu"}},
		{"a part of a name is not the name", person("Bernard"), nil},
		{"a name without letters", person("!?"), nil},
		{"a word of a name", personPart("netanyahu"), netanyahus},
		{"the start of a word of a name", personPart("netan"), netanyahus},
		{"only the last word may be a start", personPart("net sara"), nil},
		{"words in any order", personPart("clinton hillary"), []string{"hillary-clinton"}},
		{"words of one name", personPart("rodham clin"), []string{"hillary-clinton"}},
		{"words of two names are of none", personPart("bibi benjamin"), nil},
		{"the middle of a word is not its start", personPart("tanyahu"), nil},
		{"no word", personPart(" - "), nil},
		{"a start with an accent", personPart("żół"), []string{"lukasz-zolc"}},
		{"a start beyond the first plane", personPart("𐐔𐐯"), []string{"𐐼𐐯𐑅-𐐻𐐪𐑅"}},
		{"signs of a pattern language are not letters", personPart("n*t?n%"), nil},
		{"a post by its name", post("embassy lodz"), []string{"embassy-lodz"}},
		{"a post by an alias", post("Amconsul São Paulo"), []string{"consulate-sao-paulo"}},
		{"a post by its slug", post("embassy-paris"), []string{"embassy-paris"}},
		{"posts by a word", postPart("embassy"), []string{"embassy-lodz", "embassy-paris", "embassy-tel-aviv", "embassy-𐐼𐐯𐑅"}},
		{"posts by words and a start", postPart("aviv t"), []string{"embassy-tel-aviv"}},
		{"tags by a word of the name", tagPart("treaty"), []string{"NATO"}},
		{"tags by a word of the code", tagPart("hillary"), []string{"CLINTON, HILLARY"}},
		{"tags by a start with an umlaut", tagPart("kas"), []string{"KÄSE_100%"}},
		{"tags by a number", tagPart("100"), []string{"KÄSE_100%"}},
	})
}
