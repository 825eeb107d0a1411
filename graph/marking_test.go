package graph

import "testing"

func TestMarkings(t *testing.T) {
	secret, official := LevelSecret, LevelOfficialUse
	caveat, two := "nf", "fgi/snf"
	for _, row := range []struct {
		name, marking string
		filter        MarkingFilter
		want          bool
	}{
		{"one slash", "S/NF", MarkingFilter{In: []string{"SECRET//NOFORN"}}, true},
		{"two slashes, in brackets", "S//NF", MarkingFilter{In: []string{"(s/nf)"}}, true},
		{"a hyphen", "S-NF", MarkingFilter{In: []string{"S/NF"}}, true},
		{"nothing between", "SNF", MarkingFilter{In: []string{"S/NF"}}, true},
		{"the caveat in full", "C/NOFORN", MarkingFilter{In: []string{"C/NF"}}, true},
		{"the whole marking counts", "S/NF", MarkingFilter{In: []string{"S", "C/NF"}}, false},
		{"caveats in any order", "S//FGI//NF", MarkingFilter{In: []string{"S/NF/FGI"}}, true},
		{"sensitive but unclassified", "SBU", MarkingFilter{In: []string{"U//FOUO"}, AtLeast: &official}, true},
		{"releasable", "S/REL NATO, ISAF", MarkingFilter{In: []string{"Secret//Rel NATO, ISAF"}}, true},
		{"a level at least", "C", MarkingFilter{AtLeast: &secret}, false},
		{"a level at most", "S/NF", MarkingFilter{AtMost: &secret}, true},
		{"a caveat", "C//NF", MarkingFilter{Caveat: &caveat}, true},
		{"another caveat", "C/REL UK", MarkingFilter{Caveat: &caveat}, false},
		{"a caveat that is two", "S//FGI//NF", MarkingFilter{Caveat: &two}, false},
		{"no marking", "", MarkingFilter{}, false},
		{"none of no markings", "S", MarkingFilter{In: []string{}}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := row.filter.Match(row.marking); got != row.want {
				t.Errorf("%q: %v", row.marking, got)
			}
			if got := found(&row.filter, row.marking); got != row.want {
				t.Errorf("%q, in its marks: %v", row.marking, got)
			}
		})
	}
}
