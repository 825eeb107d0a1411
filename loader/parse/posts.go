package parse

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

//go:embed posts.tsv
var postsFile string

// postBook knows the posts of the archive by every name under which its pages
// and the headers of its cables write them.
type postBook struct {
	byName map[string]*graph.Post // a folded name → the post
	bySlug map[string]*graph.Post
	// formal maps the names as headers mostly write them, "AMEMBASSY PARIS", so
	// that most need not be folded.
	formal map[string]*graph.Post
}

var posts = sync.OnceValue(func() *postBook {
	b := &postBook{byName: map[string]*graph.Post{}, bySlug: map[string]*graph.Post{}, formal: map[string]*graph.Post{}}
	for _, fields := range tsv(postsFile, 5) {
		p := &graph.Post{
			Slug: graph.Slug(fields[0]), Name: fields[0], Kind: graph.PostKind(fields[1]),
			City: fields[2], Country: fields[3],
			Aliases: append(formalNames(fields[0]), list(fields[4])...),
		}
		slices.Sort(p.Aliases)
		p.Aliases = slices.Compact(p.Aliases)
		b.bySlug[p.Slug] = p
	}
	for _, p := range b.bySlug {
		for _, name := range p.Names() {
			b.byName[name] = p
		}
	}
	for _, p := range b.bySlug {
		b.formal[p.Name] = p
		for _, name := range p.Aliases {
			b.formal[name] = b.byName[graph.Fold(name)]
		}
	}
	return b
})

// formalNames are the names that follow from the archive's own: Embassy Paris
// is addressed as AMEMBASSY PARIS.
func formalNames(name string) []string {
	upper := strings.ToUpper(name)
	if city, ok := strings.CutPrefix(upper, "EMBASSY "); ok {
		return []string{"AMEMBASSY " + city, city}
	}
	if city, ok := strings.CutPrefix(upper, "CONSULATE "); ok {
		return []string{"AMCONSUL " + city, city}
	}
	return nil
}

// PostByName returns the post with the name: as pages write it ("Embassy
// Paris"), as headers do ("AMEMBASSY PARIS"), or one that nobody knows, which
// becomes a post of its own. The post depends on its slug alone, whatever the
// name by which it was found.
func PostByName(name string) graph.Post {
	if p := posts().formal[name]; p != nil {
		return *p
	}
	folded := graph.Fold(beforeOffice(name))
	if p := posts().find(folded); p != nil {
		return *p
	}
	return unknownPost(folded)
}

// beforeOffice cuts the office within an agency: "CIA WASHINGTON DC//NHTC//".
func beforeOffice(name string) string {
	if before, _, ok := strings.Cut(name, "//"); ok && strings.TrimSpace(before) != "" {
		return before
	}
	return name
}

// prefixes are the words for kinds of post, and what the archive calls that kind.
var prefixes = []struct{ word, name string }{
	{"amembassy ", "embassy "},
	{"american embassy ", "embassy "},
	{"amemb ", "embassy "},
	{"embassy ", "embassy "},
	{"amconsul ", "consulate "},
	{"amcomsul ", "consulate "},
	{"american consulate ", "consulate "},
	{"consulate ", "consulate "},
	{"amconsulate ", "consulate "},
	{"usmission ", "mission "},
	{"us mission ", "mission "},
	{"mission ", "mission "},
}

// find looks a folded name up: as it is, then with the station's spelling put right.
func (b *postBook) find(folded string) *graph.Post {
	if p := b.byName[folded]; p != nil {
		return p
	}
	for _, prefix := range prefixes {
		place, ok := strings.CutPrefix(folded, prefix.word)
		if !ok {
			continue
		}
		if known, ok := station(place); ok {
			return b.at(prefix.name, known)
		}
		return b.byName[prefix.name+place]
	}
	if first, _, _ := strings.Cut(folded, " "); oneSlip(first, "secstate") {
		return b.bySlug["secretary-of-state"]
	}
	return nil
}

// at returns the post of a kind at a station. Embassies are now and then
// addressed as consulates and the other way round; there is one post only.
func (b *postBook) at(kind, station string) *graph.Post {
	kinds := []string{kind, "embassy ", "consulate "}
	if kind == "mission " {
		kinds = kinds[:1]
	}
	for _, k := range kinds {
		if p := b.bySlug[packedSlugs()[k+station]]; p != nil {
			return p
		}
	}
	return nil
}

// packedSlugs maps "consulate RIODEJANEIRO" to the slug "consulate-rio-de-janeiro".
var packedSlugs = sync.OnceValue(func() map[string]string {
	slugs := map[string]string{}
	for slug := range posts().bySlug {
		kind, place, _ := strings.Cut(slug, "-")
		slugs[kind+" "+packedName(place)] = slug
	}
	return slugs
})

// unknownPost makes a post out of a folded name that the table lacks. All of it
// follows from the slug.
func unknownPost(folded string) graph.Post {
	for _, prefix := range prefixes {
		if place, ok := strings.CutPrefix(folded, prefix.word); ok {
			return unknownStation(prefix.name, place)
		}
	}
	words := strings.Fields(folded)
	for _, tail := range [][]string{{"washdc"}, {"washington", "dc"}} {
		n := len(words) - len(tail)
		if n <= 0 || !slices.Equal(words[n:], tail) {
			continue
		}
		words = words[:n]
		if p := posts().find(strings.Join(words, " ")); p != nil {
			return *p
		}
	}
	name := strings.ToUpper(strings.Join(words, " "))
	return graph.Post{Slug: graph.Slug(name), Name: name, Kind: kindOf(words)}
}

func unknownStation(kind, place string) graph.Post {
	post := graph.Post{Kind: graph.PostEmbassy, City: capitalised(place)}
	formal := "AMEMBASSY "
	switch kind {
	case "consulate ":
		post.Kind, formal = graph.PostConsulate, "AMCONSUL "
	case "mission ":
		post.Kind, formal, post.City = graph.PostMission, "USMISSION ", ""
	}
	post.Name = capitalised(kind + place)
	post.Slug = graph.Slug(post.Name)
	post.Aliases = []string{formal + strings.ToUpper(place)}
	return post
}

func capitalised(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// kindOf guesses what an addressee is by the words of its name.
func kindOf(words []string) graph.PostKind {
	for _, w := range words {
		switch {
		case w == "collective" || w == "posts":
			return graph.PostOther
		case w == "dept" || w == "department":
			return graph.PostDepartment
		case w == "usoffice" || w == "uslo" || w == "usint" || w == "reo" || w == "rpo":
			return graph.PostOffice
		case isMilitary(w):
			return graph.PostMilitary
		}
	}
	return graph.PostOther
}

// isMilitary knows commands by the words of which their names are made.
func isMilitary(w string) bool {
	switch w {
	case "afb", "ab", "afsouth", "usdao", "hq", "hqs", "odc", "joint", "jac", "shape", "usnmr", "usdelmc", "afosi",
		"army", "navy", "forces", "polad", "usaf", "jicpac", "jiccent", "oni", "nga", "chusmtm", "odrp", "secnav":
		return true
	}
	for _, start := range []string{"cdr", "com", "cjtf", "usc", "useu", "usaf", "usnav", "ussoc", "cinc", "dir", "ccg"} {
		if strings.HasPrefix(w, start) && len(w) > len(start)+1 && w != "command" && w != "commerce" && w != "commission" &&
			w != "committee" && w != "community" && w != "director" && w != "directorate" && w != "comdt" {
			return true
		}
	}
	return false
}
