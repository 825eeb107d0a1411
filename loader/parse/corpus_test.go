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

// The pages' own links cut a tag of several words into its words.
func TestCorpusTagsEqualTheLinks(t *testing.T) {
	equal, linked := 0, 0
	for _, page := range corpus(t) {
		_, text, _ := strings.Cut(string(page.entry.Data), "<pre>")
		var want, got []string
		for _, m := range tagLink.FindAllStringSubmatch(text, -1) {
			want = append(want, strings.ToUpper(m[1]))
		}
		if len(want) == 0 {
			continue
		}
		linked++
		for _, tag := range page.parsed.Tags {
			got = append(got, strings.FieldsFunc(tag.Code, func(r rune) bool { return r == ' ' || r == ',' })...)
		}
		slices.Sort(want)
		slices.Sort(got)
		want, got = slices.Compact(want), slices.Compact(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Logf("%s (-links +tags):\n%s", page.parsed.Cable.Reference, diff)
			continue
		}
		equal++
	}
	t.Logf("%d of %d pages with links have just these tags (%.1f %%)", equal, linked, 100*float64(equal)/float64(linked))
	if linked < 400 || float64(equal) < 0.95*float64(linked) {
		t.Errorf("%d of %d", equal, linked)
	}
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
