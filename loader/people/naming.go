package people

import (
	"iter"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// namings writes the individuals down as the cable's namings.
func (d *doc) namings() []graph.Naming {
	all := make([]graph.Naming, 0, len(d.people))
	first := make([]int, 0, len(d.people))
	bySlug := map[string]*individual{}
	for _, p := range d.people {
		slug := graph.Slug(p.name())
		if same := bySlug[slug]; same != nil { // two that the cable gives no way to tell apart are one
			same.finds = append(same.finds, p.finds...)
			for i, t := range p.titles {
				same.entitle(t, p.of[i])
			}
			continue
		}
		bySlug[slug] = p
	}
	for _, p := range d.people {
		if bySlug[graph.Slug(p.name())] != p {
			continue
		}
		slices.SortStableFunc(p.finds, func(a, b find) int { return a.from - b.from })
		all = append(all, d.naming(p))
		first = append(first, p.finds[0].from)
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return first[a] - first[b] })
	out := make([]graph.Naming, 0, len(all))
	for _, i := range order {
		out = append(out, all[i])
	}
	return out
}

// name is the fullest form of the individual's name.
func (p *individual) name() string {
	best := &p.finds[0]
	for i := range p.finds {
		if f := &p.finds[i]; fuller(f, best) {
			best = f
		}
	}
	if p.wife {
		return "Mrs. " + best.name
	}
	return best.name
}

// fuller: more words, then a surname that is known, then more letters, then by code points, so that the order of finds says nothing.
func fuller(a, b *find) bool {
	if a.byname != b.byname {
		return b.byname
	}
	if len(a.words) != len(b.words) {
		return len(a.words) > len(b.words)
	}
	if known, other := a.known(), b.known(); known != other {
		return known
	}
	if len(a.name) != len(b.name) {
		return len(a.name) > len(b.name)
	}
	return a.name < b.name
}

// known tells whether the last word is a public figure's surname.
func (f *find) known() bool { return lexicon()[f.words[len(f.words)-1]]&isKnown != 0 }

func (d *doc) naming(p *individual) graph.Naming {
	n := graph.Naming{Name: p.name()}
	n.Surname = surnameOf(n.Name)
	n.Titles, n.Countries = p.titles, p.countries()
	n.Role = graph.RoleMentioned
	n.Rule = p.finds[0].rule
	for _, f := range p.finds {
		form := d.form(f.from, f.to)
		if !slices.Contains(n.Forms, form) {
			n.Forms = append(n.Forms, form)
		}
		n.Spans = append(n.Spans, graph.Span{
			Field: graph.InBody, Start: int(d.toks[f.from].runeStart), End: int(d.toks[f.to-1].runeEnd), Text: form,
		})
		n.Role = strongerRole(n.Role, f.role)
		n.Confidence = max(n.Confidence, f.confidence)
		n.Tag = firstOf(n.Tag, f.tag)
		n.SignedAs = firstOf(n.SignedAs, f.signedAs)
		n.ClassifiedAs = firstOf(n.ClassifiedAs, f.classified)
	}
	n.Count = len(n.Spans)
	n.Paragraphs = d.paragraphs(n.Spans)
	return n
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

var roleOrder = []graph.MentionRole{graph.RoleParticipant, graph.RoleSigner, graph.RoleClassifier, graph.RoleDrafter, graph.RoleTagged, graph.RoleMentioned}

// strongerRole keeps the role that comes first in the order of the roles; being mentioned comes last.
func strongerRole(a, b graph.MentionRole) graph.MentionRole {
	if slices.Index(roleOrder, b) < slices.Index(roleOrder, a) {
		return b
	}
	return a
}

// paragraphs are the numbers of the paragraphs that hold a span.
func (d *doc) paragraphs(spans []graph.Span) []int {
	var numbers []int
	for _, s := range spans {
		for _, p := range d.p.Cable.Paragraphs {
			if p.Number > 0 && p.Start <= s.Start && s.Start < p.End {
				numbers = append(numbers, p.Number)
			}
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// sortedForms returns the forms in normal case, those that fold alike once, sorted.
func sortedForms(forms iter.Seq[string]) []string {
	byFold := map[string]string{}
	for f := range forms {
		f = normalName(f)
		key := graph.Fold(f)
		if have, ok := byFold[key]; key != "" && (!ok || strings.Compare(f, have) < 0) {
			byFold[key] = f
		}
	}
	out := make([]string, 0, len(byFold))
	for _, f := range byFold {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}
