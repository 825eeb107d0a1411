package parse

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/source"
)

const corpusFile = "../../../shared/corpus/cablegate-2010.tar.xz"

// corpusEntries reads the archive once for all tests.
var corpusEntries = sync.OnceValues(func() ([]source.Entry, error) {
	var entries []source.Entry
	err := source.Walk(context.Background(), corpusFile, func(_ context.Context, e source.Entry) error {
		entries = append(entries, e)
		return e.Err
	})
	return entries, err
})

// parsedPage is a page of the corpus beside what was read from it.
type parsedPage struct {
	entry  source.Entry
	parsed *Parsed
}

// corpusPages are its cables, parsed once; parsing problems are an error.
var corpusPages = sync.OnceValues(func() ([]parsedPage, error) {
	entries, err := corpusEntries()
	var pages []parsedPage
	for _, e := range entries {
		p, parseError := Parse(e)
		switch {
		case parseError == nil:
			pages = append(pages, parsedPage{e, p})
		case !errors.Is(parseError, ErrNavigation):
			err = errors.Join(err, fmt.Errorf("%s: %w", e.Name(), parseError))
		}
	}
	return pages, err
})

func corpus(t testing.TB) []parsedPage {
	t.Helper()
	pages, err := corpusPages()
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func TestCorpusCounts(t *testing.T) {
	entries, err := corpusEntries()
	if err != nil {
		t.Fatal(err)
	}
	if pages := corpus(t); len(pages) != 797 || len(entries)-len(pages) != 12 {
		t.Errorf("%d cables and %d list pages, want 797 and 12", len(pages), len(entries)-len(pages))
	}
}

// The table of a page, read in another way than the parser does.
var cell = regexp.MustCompile(`<td>\s*<a href='/([a-z]+)/[^>]*>([^<]*)</a>\s*</td>`)

func TestCorpusTables(t *testing.T) {
	for _, page := range corpus(t) {
		want := map[string]string{}
		for _, m := range cell.FindAllSubmatch(page.entry.Data, -1) {
			want[string(m[1])] = string(m[2])
		}
		c := page.parsed.Cable
		got := map[string]string{
			"cable": string(c.Reference), "classification": c.Classification.Label, "origin": page.parsed.Origin.Name,
			"date": c.Created.Format("2006-01-02 15:04"), "reldate": c.Released.Format("2006-01-02 15:04"),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", page.entry.Name(), diff)
		}
		if len(page.parsed.Warnings) > 0 || c.Hash != "" || len(c.Sources) != 1 {
			t.Errorf("%s: warnings %v, hash %q, sources %v", page.entry.Name(), page.parsed.Warnings, c.Hash, c.Sources)
		}
	}
}

var tagLink = regexp.MustCompile(`<a href='/tag/[^>]*>([^<]*)</a>`)

// linkWords are the tags to which a page links in its text, and its own tags, cut
// into words: the links of the page do so with a tag of several words.
func linkWords(page parsedPage) (links, tags []string) {
	_, text, _ := strings.Cut(string(page.entry.Data), "<pre>")
	for _, m := range tagLink.FindAllStringSubmatch(text, -1) {
		links = append(links, strings.ToUpper(m[1]))
	}
	for _, tag := range page.parsed.Tags {
		tags = append(tags, strings.FieldsFunc(tag.Code, func(r rune) bool { return r == ' ' || r == ',' })...)
	}
	slices.Sort(links)
	slices.Sort(tags)
	return slices.Compact(links), slices.Compact(tags)
}

// linkReason says why a page's links are not its tags.
func linkReason(page parsedPage, missing, more []string) string {
	_, text, _ := strings.Cut(string(page.entry.Data), "<pre>")
	unlinked := func(tag string) bool { return !strings.Contains(text, ">"+tag+"</a>") }
	switch {
	case len(missing) == 0 && !slices.ContainsFunc(more, func(s string) bool { return !unlinked(s) }):
		return "the page links not all of its TAGS line"
	case slices.Equal(missing, []string{"COUNTER", "TERRORISM"}):
		return "one tag in two words"
	case len(missing) == 1 && len(without(tagFixes()[missing[0]], more)) == 0:
		return "a slip, or tags run together, put right"
	}
	return "?"
}

func without(list, other []string) (rest []string) {
	for _, s := range list {
		if !slices.Contains(other, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

// The tags are those to which the pages link, but for a list of pages with the reasons.
func TestCorpusTagsEqualTheLinks(t *testing.T) {
	var lines []string
	equal, linked := 0, 0
	for _, page := range corpus(t) {
		links, tags := linkWords(page)
		if len(links) == 0 {
			continue
		}
		linked++
		missing, more := without(links, tags), without(tags, links)
		if len(missing)+len(more) == 0 {
			equal++
			continue
		}
		reason := linkReason(page, missing, more)
		if reason == "?" {
			t.Errorf("%s: links without a tag %v, tags without a link %v", page.parsed.Cable.Reference, missing, more)
		}
		lines = append(lines, fmt.Sprintf("%s: links alone %v, tags alone %v: %s\n", page.parsed.Cable.Reference, missing, more, reason))
	}
	golden(t, "links", fmt.Sprintf("# Of %d pages with links to tags %d have just these tags; the others, with the reasons:\n%s", linked, equal, strings.Join(lines, "")))
}

// listed reads a header's addressees in another way than the parser does: the
// lines from TO to the end, without route, precedence and number.
var (
	pageBreakLine = regexp.MustCompile(`(?m)^.*\d{8}\s+\d{3}(?:\.\d)? OF \d{3}.*$|PAGE \d\d +[A-Z ]+ \d+( \d\d OF \d\d)? +\d{6}Z`)
	listStart     = regexp.MustCompile(`(?m)^(TO|INFO) `)
	listLine      = regexp.MustCompile(`^(?:(?:TO|INFO) +)*(?:[A-Z0-9]+/)*(.*?)(?: +(?:FLASH|NIACT|IMMEDIATE|PRIORITY|PIORITY|ROUTINE))*(?: +(?:(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) +)?\d{1,5}(?:-\d+)?)?(?: +(?:FLASH|NIACT|IMMEDIATE|PRIORITY|ROUTINE))*$`)
)

func listed(header string) (names []string) {
	header = pageBreakLine.ReplaceAllString(header, "")
	if at := strings.LastIndex(header, "\nFM "); at >= 0 && strings.Contains(header[at:], "\nTO ") {
		header = header[at:] // above it may stand State's own list of offices
	}
	at := listStart.FindStringIndex(header)
	if at == nil {
		return nil
	}
	list := header[at[0]:]
	for line := range strings.Lines(list) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && line != "TO" && line != "INFO" {
			names = append(names, listLine.FindStringSubmatch(line)[1])
		}
	}
	return names
}

// Every addressee of a header is there, in its order, but those that the list itself excepts.
func TestCorpusAddressees(t *testing.T) {
	var lines []string
	all, equal := 0, 0
	for _, page := range corpus(t) {
		names := listed(page.parsed.Cable.Header)
		if len(names) == 0 && len(page.parsed.Recipients) == 0 {
			continue
		}
		var want, got []string
		for _, name := range names {
			if slug := PostByName(name).Slug; !slices.Contains(want, slug) {
				want = append(want, slug)
			}
		}
		for _, r := range page.parsed.Recipients {
			got = append(got, r.Post.Slug)
		}
		all++
		if slices.Equal(want, got) {
			equal++
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: lines alone %v, addressees alone %v\n", page.parsed.Cable.Reference, without(want, got), without(got, want)))
	}
	golden(t, "addressees", fmt.Sprintf("# Of %d headers with addressees %d list just these, in this order; the others besides whom XMT leaves out.\n%s", all, equal, strings.Join(lines, "")))
}

// A post must be the same whichever page brings it.
func TestCorpusPostsDependOnTheirSlugAlone(t *testing.T) {
	bySlug := map[string]graph.Post{}
	check := func(p graph.Post) {
		if before, ok := bySlug[p.Slug]; ok {
			if diff := cmp.Diff(before, p); diff != "" {
				t.Errorf("%s differs:\n%s", p.Slug, diff)
			}
		}
		bySlug[p.Slug] = p
		if again := PostByName(p.Name); !cmp.Equal(again, p) {
			t.Errorf("%s: by its own name %q it is %s", p.Slug, p.Name, again.Slug)
		}
		if graph.Slug(p.Name) != p.Slug {
			t.Errorf("%s has the name %q", p.Slug, p.Name)
		}
	}
	for _, page := range corpus(t) {
		check(*page.parsed.Origin)
		for _, r := range page.parsed.Recipients {
			check(r.Post)
		}
	}
	for name, p := range posts().byName {
		check(*p)
		if got := PostByName(name); got.Slug != p.Slug {
			t.Errorf("%q gives %s, want %s", name, got.Slug, p.Slug)
		}
	}
	t.Logf("%d posts", len(bySlug))
}

// All places must lie in the body, in order, and hold what they say.
func TestCorpusSpans(t *testing.T) {
	for _, page := range corpus(t) {
		c, name := page.parsed.Cable, page.parsed.Cable.Reference
		runes := []rune(c.Body)
		for _, s := range []graph.Span{page.parsed.Signer, page.parsed.Classifier} {
			if s.Text == "" {
				continue
			}
			if got := strings.Join(strings.Fields(string(runes[s.Start:s.End])), " "); got != s.Text || s.Field != graph.InBody {
				t.Errorf("%s: the span %+v holds %q", name, s, got)
			}
		}
		last := 0
		for i, p := range c.Paragraphs {
			if p.Start < last || p.End < p.Start || p.End > len(runes) {
				t.Errorf("%s: paragraph %d lies at %d-%d behind %d", name, i, p.Start, p.End, last)
			}
			last = p.End
		}
		for _, s := range append([]string{c.Body, c.Header, c.Subject, c.Summary}, c.OtherReferences...) {
			if !utf8.ValidString(s) {
				t.Errorf("%s: invalid UTF-8 in %.40q", name, s)
			}
		}
	}
}

func TestParsingIsDeterministic(t *testing.T) {
	for _, page := range corpus(t)[:100] {
		again, err := Parse(page.entry)
		if diff := cmp.Diff(page.parsed, again); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", page.entry.Name(), err, diff)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	entries, err := corpusEntries()
	if err != nil {
		b.Fatal(err)
	}
	pages, size := entries[:0:0], 0
	for _, e := range entries {
		if strings.Contains(e.Member, "cable/") {
			pages, size = append(pages, e), size+len(e.Data)
		}
	}
	b.SetBytes(int64(size / len(pages)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := Parse(pages[i%len(pages)]); err != nil {
			b.Fatal(err)
		}
	}
}
