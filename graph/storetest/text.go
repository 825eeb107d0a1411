package storetest

import (
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// fullText: every store means by a full-text question what graph.Text.Match means.
func fullText(t *testing.T, store graph.Reader) {
	type where = graph.CableWhere
	text := func(question string) *graph.Step { return cablesWhere(&where{Text: &question}) }
	iran := []string{"07LODZ3", "09STATE12000", "09TELAVIV457"}
	checkRows(t, store, []filterRow{
		{"a word", text("iran"), iran},
		{"a word, in capitals", text("IRAN"), iran},
		{"a word is no start of a word", text("sanction"), nil},
		{"all words, one in the subject and one in the body", text("call netanyahu thanked"), []string{"09STATE12000"}},
		{"words that are never together", text("cheese iran"), nil},
		{"accents are ignored in the text", text("elysee cafe"), []string{"08PARIS2199"}},
		{"accents are ignored in the question", text("ÉLYSÉE"), []string{"08PARIS2199"}},
		{"letters with a stroke", text("zolc"), []string{"07LODZ3"}},
		{"words beyond the first plane", text("𐐔𐐯𐑅"), []string{"07LODZ3"}},
		{"other scripts, in capitals", text("МОСКВА ΕΛΛΆΣ"), []string{"07LODZ3"}},
		{"accents of other scripts make other letters", text("ελλας OR и"), nil},
		{"a phrase", text(`"nuclear file"`), []string{"09STATE11937", "09TELAVIV457"}},
		{"a phrase in another order", text(`"file nuclear"`), []string{"66STATE1"}},
		{"a phrase does not run from the subject into the body", text(`"turkey 1"`), nil},
		{"a phrase over a line break", text(`"bernard kouchner and spoke"`), []string{"09STATE11937"}},
		{"a hyphen makes a phrase", text("nuclear-free"), []string{"09PARIS10"}},
		{"a possessive", text("paulo's"), []string{"10SAOPAULO1"}},
		{"a prefix", text("sanct*"), []string{"07LODZ3", "09STATE11937", "09STATE12000", "66STATE1"}},
		{"a prefix with an accent", text("ély*"), []string{"08PARIS2199"}},
		{"a prefix that is a whole word", text("iran*"), []string{"07LODZ3", "09STATE11937", "09STATE12000", "09TELAVIV457"}},
		{"a prefix phrase", text(`"nuclear f"*`), []string{"09PARIS10", "09STATE11937", "09TELAVIV457"}},
		{"a star in the middle is no prefix", text("nucl*ar"), nil},
		{"or", text("cheese OR mayor"), []string{"09PARIS10", "10SAOPAULO1"}},
		{"or binds weaker than the blank", text("nuclear iran OR cheese camembert"), []string{"09PARIS10", "09TELAVIV457"}},
		{"or in small letters is a word", text("cheese or mayor"), nil},
		{"an exclusion", text("nuclear -iran"), []string{"09PARIS10", "09STATE11937", "10SAOPAULO1", "66STATE1"}},
		{"an exclusion of a prefix", text("nuclear -iran*"), []string{"09PARIS10", "10SAOPAULO1", "66STATE1"}},
		{"an exclusion of a phrase", text(`nuclear -"nuclear file"`), []string{"09PARIS10", "10SAOPAULO1", "66STATE1"}},
		{"an exclusion holds for its alternative only", text("nuclear -iran OR netanyahu"), []string{"09PARIS10", "09STATE11937", "09STATE12000", "09TELAVIV457", "09TELAVIV936", "10NATO5", "10SAOPAULO1", "66STATE1"}},
		{"words of the query language of an index are words", text("nuclear NEAR iran"), nil},
		{"signs of the query language of an index are no words", text(`iran ( ) : ^ ~ + & | ! [ ] { } \ /`), iran},
		{"the names of columns are words", text("body:iran"), nil},
		{"a number", text("2"), []string{"07LODZ3", "09PARIS10", "09STATE11937", "09STATE12000", "09TELAVIV457", "10DES7", "10SAOPAULO1"}},
		{"text below or", cablesWhere(&where{Or: []*where{{Text: new("cheese")}, {Published: new(false)}}}), []string{"06PARIS77", "09MADRID1", "09PARIS10"}},
		{"text below not, unpublished cables pass", cablesWhere(&where{Not: &where{Text: new("nuclear OR nothing OR netanyahu OR kouchner OR zolc")}}), []string{"06PARIS77", "07LODZ4", "09MADRID1"}},
		{"two texts at once", cablesWhere(&where{Text: new("nuclear"), And: []*where{{Text: new("cheese")}}}), []string{"09PARIS10"}},
		{"text of a cited cable", cablesWhere(&where{References: &where{Text: new("turkey")}}), []string{"09PARIS10", "09STATE11937"}},
		{"text below people", peopleWhere(&graph.PersonWhere{MentionedIn: &where{Text: new("cheese")}}), []string{"bernard-kouchner", "marcie-ries"}},
		{"subject alone", cablesWhere(&where{Subject: &graph.TextFilter{Matches: new("nuclear")}}), []string{"09TELAVIV457"}},
		{"subject alone, a phrase with a prefix", cablesWhere(&where{Subject: &graph.TextFilter{Matches: new(`"sara netan"*`)}}), []string{"09TELAVIV936"}},
		{"subject with or and not", cablesWhere(&where{Subject: &graph.TextFilter{Matches: new("netanyahu -iran OR cheese")}}), []string{"09PARIS10", "09STATE12000", "09TELAVIV936"}},
	})
}
