package loader_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	_ "modernc.org/sqlite"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader"
)

func verify(t *testing.T, store graph.Store, opts loader.VerifyOptions, paths ...string) *loader.Verification {
	t.Helper()
	found, err := loader.Verify(t.Context(), store, paths, opts)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// broken returns the rules that something failed.
func broken(v *loader.Verification) []string {
	var rules []string
	for _, c := range v.Checks {
		if c.Failed > 0 {
			rules = append(rules, c.Rule)
		}
	}
	return rules
}

func printed(t *testing.T, v *loader.Verification) string {
	t.Helper()
	var b strings.Builder
	if err := v.Print(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAStoreThatWasLoadedHolds(t *testing.T) {
	dir := mirror(t, 60, 4)
	onEachStore(t, func(t *testing.T, store graph.Store) {
		mustLoad(t, store, dir)
		found := verify(t, store, loader.VerifyOptions{Complete: true}, dir)
		if !found.Holds() {
			t.Errorf("something does not hold:\n%s", printed(t, found))
		}
		for _, c := range found.Checks {
			if c.Checked == 0 {
				t.Errorf("nothing was looked at for the rule %s", c.Rule)
			}
		}
	})
}

func TestTheRealArchiveHolds(t *testing.T) {
	store := openSQLite(t)
	mustLoad(t, store, archive)
	if found := verify(t, store, loader.VerifyOptions{Complete: true}, archive); !found.Holds() {
		t.Errorf("something does not hold:\n%s", printed(t, found))
	}
}

func TestAnEmptyStoreHolds(t *testing.T) {
	onEachStore(t, func(t *testing.T, store graph.Store) {
		if found := verify(t, store, loader.VerifyOptions{}); !found.Holds() {
			t.Errorf("something does not hold:\n%s", printed(t, found))
		}
	})
}

// damaged is a store that shows some things otherwise than they are.
type damaged struct {
	graph.Store
	walk   func(graph.Element) []graph.Element
	ask    func(graph.Answers)
	known  func(graph.Known) graph.Known
	corpus func(*graph.Corpus)
	naming func(*graph.PlacedNaming)
	wait   []string
}

func (d damaged) Walk(ctx context.Context, visit func(graph.Element) error) error {
	return d.Store.Walk(ctx, func(e graph.Element) error {
		all := []graph.Element{e}
		if d.walk != nil {
			all = d.walk(e)
		}
		for _, e := range all {
			if err := visit(e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d damaged) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	answers, err := d.Store.Ask(ctx, plan)
	if err == nil && d.ask != nil {
		d.ask(answers)
	}
	return answers, err
}

func (d damaged) Known(ctx context.Context, references []graph.Reference) (map[graph.Reference]graph.Known, error) {
	known, err := d.Store.Known(ctx, references)
	if d.known != nil {
		for r, k := range known {
			known[r] = d.known(k)
		}
	}
	return known, err
}

func (d damaged) Corpus(ctx context.Context) (*graph.Corpus, error) {
	corpus, err := d.Store.Corpus(ctx)
	if err == nil && d.corpus != nil {
		d.corpus(corpus)
	}
	return corpus, err
}

func (d damaged) Namings(ctx context.Context, surnames []string) ([]graph.PlacedNaming, graph.Generation, error) {
	namings, generation, err := d.Store.Namings(ctx, surnames)
	if d.naming != nil {
		for i := range namings {
			d.naming(&namings[i])
		}
	}
	return namings, generation, err
}

func (d damaged) Unsettled(ctx context.Context, limit int) ([]string, error) {
	if d.wait != nil {
		return d.wait, nil
	}
	return d.Store.Unsettled(ctx, limit)
}

// once lets a damage be done to the first thing that it fits.
func once[E any](fits func(E) bool, change func(E)) func(E) {
	done := false
	return func(e E) {
		if !done && fits(e) {
			done = true
			change(e)
		}
	}
}

// element changes the first element of a walk that it fits; none in place of it drops it.
func element(fits func(graph.Element) bool, change func(graph.Element) []graph.Element) func(graph.Element) []graph.Element {
	done := false
	return func(e graph.Element) []graph.Element {
		if done || !fits(e) {
			return []graph.Element{e}
		}
		done = true
		return change(e)
	}
}

func edge(of graph.LinkType, change func(*graph.Link)) func(graph.Element) []graph.Element {
	return element(func(e graph.Element) bool { return e.Link != nil && e.Link.Type == of }, func(e graph.Element) []graph.Element {
		change(e.Link)
		return []graph.Element{e}
	})
}

func published(e graph.Element) bool { return e.Cable != nil && e.Cable.Published }
func isPost(e graph.Element) bool    { return e.Post != nil }
func linked(of graph.LinkType) func(graph.Element) bool {
	return func(e graph.Element) bool { return e.Link != nil && e.Link.Type == of }
}

func doubled(e graph.Element) []graph.Element { return []graph.Element{e, e} }
func dropped(graph.Element) []graph.Element   { return nil }

func marked(e graph.Element) []graph.Element {
	e.Marks += "S/SOTHER/-"
	return []graph.Element{e}
}

// mention changes the first mention that a plan's answer shows.
func mention(change func(*graph.Mention)) func(graph.Answers) {
	return once(func(graph.Answers) bool { return true }, func(answers graph.Answers) {
		for _, e := range answers[0].Edges {
			if people := e.Cable.Answers.Find("people"); len(people.Edges) > 0 {
				change(people.Edges[0].Mention)
				return
			}
		}
	})
}

func TestEachRuleFindsItsDamage(t *testing.T) {
	dir := mirror(t, 60, 4)
	store := openSQLite(t)
	mustLoad(t, store, dir)
	never := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		damage damaged
		want   []string
	}{
		{"a post stands twice", damaged{walk: element(isPost, doubled)}, []string{"nodes"}},
		{"a cable stands twice", damaged{walk: element(published, doubled)}, []string{"nodes"}},
		{"a tag that no cable bears", damaged{
			walk: element(isPost, func(e graph.Element) []graph.Element {
				return []graph.Element{e, {Tag: &graph.Tag{Code: "NOBODY"}}}
			}),
			corpus: func(c *graph.Corpus) { c.Tags++ },
		}, []string{"named"}},
		{"an announced cable that none refers to", damaged{
			walk: element(isPost, func(e graph.Element) []graph.Element {
				return []graph.Element{e, {Cable: &graph.Cable{Reference: "09NOWHERE1"}}}
			}),
			corpus: func(c *graph.Corpus) { c.Cables++; c.Announced++ },
		}, []string{"named"}},
		{"a code in small letters", damaged{
			walk: element(isPost, func(e graph.Element) []graph.Element {
				tag := graph.Tag{Code: "nobody"}
				return []graph.Element{e, {Tag: &tag}}
			}),
			corpus: func(c *graph.Corpus) { c.Tags++ },
		}, []string{"keys", "named"}},
		{"a reference with zeros", damaged{
			walk: element(isPost, func(e graph.Element) []graph.Element {
				return []graph.Element{e, {Cable: &graph.Cable{Reference: "09NOWHERE001"}}}
			}),
			corpus: func(c *graph.Corpus) { c.Cables++; c.Announced++ },
		}, []string{"keys", "named"}},
		{"a post under the slug of another name", damaged{walk: element(isPost, func(e graph.Element) []graph.Element {
			e.Post.Name = "Somewhere Else"
			return []graph.Element{e}
		})}, []string{"keys"}},
		{"an announced cable with a subject", damaged{
			walk: element(isPost, func(e graph.Element) []graph.Element {
				return []graph.Element{e, {Cable: &graph.Cable{Reference: "09NOWHERE1", Subject: "Told already"}}}
			}),
			corpus: func(c *graph.Corpus) { c.Cables++; c.Announced++ },
		}, []string{"cables", "named"}},
		{"a published cable without a text", damaged{walk: element(published, func(e graph.Element) []graph.Element {
			e.Cable.Header, e.Cable.Body, e.Cable.Paragraphs = "", "", nil
			return []graph.Element{e}
		})}, []string{"cables"}},
		{"a paragraph behind the body's end", damaged{walk: element(published, func(e graph.Element) []graph.Element {
			e.Cable.Paragraphs[len(e.Cable.Paragraphs)-1].End = len(e.Cable.Body) + 1
			return []graph.Element{e}
		})}, []string{"paragraphs"}},
		{"paragraphs out of order", damaged{walk: element(published, func(e graph.Element) []graph.Element {
			slices.Reverse(e.Cable.Paragraphs)
			return []graph.Element{e}
		})}, []string{"paragraphs"}},
		{"an edge to a tag that is not there", damaged{walk: edge(graph.LinkTagged, func(l *graph.Link) { l.To = "tag:GONE" })}, []string{"ends", "positions", "answers"}},
		{"an edge to a node of the wrong kind", damaged{walk: edge(graph.LinkSentFrom, func(l *graph.Link) { l.To = l.From })}, []string{"ends", "answers"}},
		{"an edge of no known type", damaged{walk: element(linked(graph.LinkSentFrom), func(e graph.Element) []graph.Element {
			return []graph.Element{e, {Link: &graph.Link{Type: "KNOWS", From: e.Link.From, To: e.Link.To}}}
		})}, []string{"ends"}},
		{"an origin that is gone", damaged{walk: element(linked(graph.LinkSentFrom), dropped)}, []string{"answers"}},
		{"two origins", damaged{walk: element(linked(graph.LinkSentFrom), doubled)}, []string{"once"}},
		{"a signature twice", damaged{walk: element(linked(graph.LinkSignedBy), doubled)}, []string{"once"}},
		{"a tag twice", damaged{walk: element(linked(graph.LinkTagged), doubled)}, []string{"positions", "answers"}},
		{"a mention twice", damaged{walk: element(linked(graph.LinkMentions), doubled)}, []string{"once", "positions", "counts", "answers", "surnames"}},
		{"a gap in the addressees", damaged{walk: edge(graph.LinkSentTo, func(l *graph.Link) { l.Position += 100 })}, []string{"positions"}},
		{"a reference fewer than counted", damaged{corpus: func(c *graph.Corpus) { c.References++ }}, []string{"counts"}},
		{"a first date that no cable has", damaged{corpus: func(c *graph.Corpus) { c.Created.From = never }}, []string{"counts"}},
		{"a day fewer than counted", damaged{corpus: func(c *graph.Corpus) { c.ReleaseDays = c.ReleaseDays[1:] }}, []string{"counts"}},
		{"a classification that no cable has", damaged{corpus: func(c *graph.Corpus) { c.Classifications[0].Count++ }}, []string{"counts"}},
		{"a span that is shifted", damaged{ask: mention(func(m *graph.Mention) { m.Spans[0].Start++ })}, []string{"spans", "hashes"}},
		{"a span behind the text's end", damaged{ask: mention(func(m *graph.Mention) { m.Spans[0].End = 1 << 30 })}, []string{"spans", "hashes"}},
		{"a span that is lost", damaged{ask: mention(func(m *graph.Mention) { m.Spans = m.Spans[1:] })}, []string{"spans", "hashes"}},
		{"a form that is lost", damaged{ask: mention(func(m *graph.Mention) { m.Forms = nil })}, []string{"spans", "hashes"}},
		{"a cable that questions do not find", damaged{ask: func(answers graph.Answers) { answers[0].Edges = answers[0].Edges[1:] }}, []string{"answers"}},
		{"a cable without a source", damaged{known: func(k graph.Known) graph.Known { return graph.Known{Hash: k.Hash} }}, []string{"sources"}},
		{"a cable of another hash", damaged{known: func(k graph.Known) graph.Known { k.Hash = strings.Repeat("0", 64); return k }}, []string{"hashes"}},
		{"a subject that was changed", damaged{ask: func(answers graph.Answers) { answers[0].Edges[0].Cable.Summary += "!" }}, []string{"hashes"}},
		{"a cable under another marking", damaged{walk: element(published, marked)}, []string{"marks"}},
		{"a mention under another marking", damaged{walk: element(linked(graph.LinkMentions), marked)}, []string{"marks"}},
		{"surnames that wait", damaged{wait: []string{"kouchner"}}, []string{"settled"}},
		{"a signer whom the cable does not mention", damaged{walk: otherSigner()}, []string{"signers", "hashes"}},
		{"a naming of another surname", damaged{naming: once(func(*graph.PlacedNaming) bool { return true }, func(n *graph.PlacedNaming) { n.Cable = "09NOWHERE1" })}, []string{"surnames", "people"}},
		{"a person under another title", damaged{walk: element(func(e graph.Element) bool { return e.Person != nil }, func(e graph.Element) []graph.Element {
			e.Person.Titles = append(e.Person.Titles, "Emperor")
			return []graph.Element{e}
		})}, []string{"people"}},
	}
	found := map[string]bool{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.damage.Store = store
			v := verify(t, tt.damage, loader.VerifyOptions{})
			if diff := cmp.Diff(tt.want, broken(v)); diff != "" {
				t.Errorf("rules that failed (-want +got):\n%s\n%s", diff, printed(t, v))
			}
			for _, rule := range tt.want {
				found[rule] = true
			}
		})
	}
	for _, c := range verify(t, store, loader.VerifyOptions{}).Checks {
		if !found[c.Rule] {
			t.Errorf("no damage of this table breaks the rule %s", c.Rule)
		}
	}
}

// otherSigner leads the first signature to somebody whom only another cable mentions.
func otherSigner() func(graph.Element) []graph.Element {
	mentioned := map[graph.ID][]graph.ID{} // person → cables
	return func(e graph.Element) []graph.Element {
		if linked(graph.LinkMentions)(e) {
			mentioned[e.Link.To] = append(mentioned[e.Link.To], e.Link.From)
		}
		if linked(graph.LinkSignedBy)(e) && len(mentioned) > 0 {
			for _, person := range slices.Sorted(maps.Keys(mentioned)) {
				if !slices.Contains(mentioned[person], e.Link.From) {
					e.Link.To = person
					clear(mentioned)
					break
				}
			}
		}
		return []graph.Element{e}
	}
}

// TestABrokenFileIsFound breaks the file itself, where a walk may not show what is missing.
func TestABrokenFileIsFound(t *testing.T) {
	dir := mirror(t, 60, 4)
	for _, tt := range []struct {
		name, statement string
		want            string // among the rules that fail
	}{
		{"a post's row is gone", `DELETE FROM post WHERE id = (SELECT origin FROM cable WHERE origin <> 0 LIMIT 1)`, "hashes"},
		{"a tag's row is gone", `DELETE FROM tag WHERE id = (SELECT tag FROM tagged LIMIT 1)`, "hashes"},
		{"a person's row is gone", `DELETE FROM person WHERE id = (SELECT person FROM mention LIMIT 1)`, "counts"},
		{"a subject is longer", `UPDATE cable SET subject = subject || '!' WHERE id = (SELECT MIN(id) FROM cable_text)`, "hashes"},
		{"a date is another", `UPDATE cable SET created = created + 1 WHERE id = (SELECT MIN(id) FROM cable_text)`, "hashes"},
		{"a naming leads to somebody else", `UPDATE mention SET person = (SELECT MAX(id) FROM person) WHERE (cable, position) = (SELECT cable, position FROM mention LIMIT 1)`, "people"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			store, file := kinds[0].open(t)
			mustLoad(t, store, dir)
			breakFile(t, file, tt.statement)
			v := verify(t, store, loader.VerifyOptions{})
			if !slices.Contains(broken(v), tt.want) {
				t.Errorf("the rules that failed are %v, wanted %s among them", broken(v), tt.want)
			}
		})
	}
}

// breakFile runs a statement on a store's file, behind the store's back.
func breakFile(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	result, err := db.ExecContext(t.Context(), statement)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := result.RowsAffected(); n != 1 || err != nil {
		t.Fatalf("%d rows were damaged (%v), wanted one", n, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDocumentsAreLookedUp(t *testing.T) {
	dir, late := mirror(t, 13, 4), filepath.Join(t.TempDir(), "late.html")
	if err := os.Rename(firstPage(t, dir), late); err != nil {
		t.Fatal(err)
	}
	store := openSQLite(t)
	mustLoad(t, store, dir)
	page, err := os.ReadFile(firstPage(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	changed := write(t, t.TempDir(), "changed.html", bytes.Replace(page, []byte("Summary: "), []byte("Summary, mended: "), 1))
	copied := write(t, t.TempDir(), "copy.html", page)
	tests := []struct {
		name     string
		paths    []string
		complete bool
		want     loader.Verification // but for Checks
		rules    []string
	}{
		{"the documents that were loaded", []string{dir}, true, loader.Verification{Documents: 12}, nil},
		{"a document that was not", []string{late}, false, loader.Verification{Documents: 1, Extra: 12}, []string{"documents"}},
		{"a document of other words", []string{changed}, false, loader.Verification{Documents: 1, Extra: 11}, []string{"documents"}},
		{"other words beside those that are stored", []string{changed, dir}, true, loader.Verification{Documents: 13, Replaced: 1}, nil},
		{"those that are stored beside other words", []string{dir, changed}, true, loader.Verification{Documents: 13, Replaced: 1}, nil},
		{"the same document elsewhere", []string{copied}, false, loader.Verification{Documents: 1, Extra: 11}, []string{"origins"}},
		{"some of them, where all are meant", []string{changed}, true, loader.Verification{Documents: 1, Extra: 11}, []string{"documents", "complete"}},
		{"what is no cable", []string{write(t, t.TempDir(), "recipe.html", []byte("Flour and water."))}, false, loader.Verification{Documents: 1, Unread: 1, Extra: 12}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := verify(t, store, loader.VerifyOptions{Complete: tt.complete}, tt.paths...)
			rest := cmpopts.IgnoreFields(loader.Verification{}, "Checks", "FirstExtra", "Elapsed")
			if diff := cmp.Diff(&tt.want, v, rest); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.rules, broken(v)); diff != "" {
				t.Errorf("rules that failed (-want +got):\n%s\n%s", diff, printed(t, v))
			}
			if len(v.FirstExtra) != v.Extra {
				t.Errorf("%d extra cables, named are %v", v.Extra, v.FirstExtra)
			}
		})
	}
}

func TestATwinUnderASlipOfTheIDIsNoOtherText(t *testing.T) {
	store, dir := openSQLite(t), t.TempDir()
	good := write(t, dir, "good.csv", row("07MEXICO3307", "The right text."))
	bad := write(t, dir, "bad.csv", row("07QXICO3307", "Another text."))
	mustLoad(t, store, good, bad)
	for name, paths := range map[string][]string{"both": {good, bad}, "the slip alone": {bad}} {
		found := verify(t, store, loader.VerifyOptions{Complete: true}, paths...)
		if !found.Holds() || found.Replaced != 1 {
			t.Errorf("%s:\n%s", name, printed(t, found))
		}
	}
}

func TestDocumentsComeFromStandardInputToo(t *testing.T) {
	store, table := openSQLite(t), row("07MEXICO3307", "The right text.")
	_, err := loader.Load(t.Context(), store, []string{loader.Stdin}, loader.Options{Stdin: bytes.NewReader(table)})
	if err != nil {
		t.Fatal(err)
	}
	found := verify(t, store, loader.VerifyOptions{Complete: true, Stdin: bytes.NewReader(table)}, loader.Stdin)
	if !found.Holds() || found.Documents != 1 {
		t.Errorf("something does not hold:\n%s", printed(t, found))
	}
}

// firstPage returns the first page of a mirror.
func firstPage(t *testing.T, dir string) string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(dir, "cable", "*", "*", "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no page below %s (%v)", dir, err)
	}
	return pages[0]
}

func TestVerifyEndsWithTheErrorsOfStoreAndPaths(t *testing.T) {
	dir := mirror(t, 12, 4)
	store := openSQLite(t)
	mustLoad(t, store, dir)
	disk := errors.New("the disk is broken")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name  string
		ctx   context.Context
		store graph.Store
		path  string
		want  error
	}{
		{"a path that is not there", t.Context(), store, filepath.Join(dir, "slip"), os.ErrNotExist},
		{"a store that can't be read", t.Context(), broke{store, disk}, dir, disk},
		{"a context that ended", cancelled, store, dir, context.Canceled},
		{"a store that is written to", t.Context(), &written{Store: store}, dir, loader.ErrUnsteady},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := loader.Verify(tt.ctx, tt.store, []string{tt.path}, loader.VerifyOptions{}); !errors.Is(err, tt.want) {
				t.Errorf("error %v, wanted %v", err, tt.want)
			}
		})
	}
}

// broke is a store that can't be walked.
type broke struct {
	graph.Store
	err error
}

func (b broke) Walk(context.Context, func(graph.Element) error) error { return b.err }

// written is a store to which somebody writes all the time.
type written struct {
	graph.Store
	writes graph.Generation
}

func (w *written) Namings(ctx context.Context, surnames []string) ([]graph.PlacedNaming, graph.Generation, error) {
	namings, _, err := w.Store.Namings(ctx, surnames)
	w.writes++
	return namings, w.writes, err
}

func TestFailuresAreBoundedInEveryForm(t *testing.T) {
	store := openSQLite(t)
	mustLoad(t, store, mirror(t, 60, 4))
	v := verify(t, damaged{Store: store, known: func(k graph.Known) graph.Known { return graph.Known{Hash: k.Hash} }}, loader.VerifyOptions{})
	text := printed(t, v)
	if n := strings.Count(text, "\nsources: cable:"); n != 20 || !strings.Contains(text, "sources: and 40 more") || !strings.Contains(text, "60 things do not hold") {
		t.Errorf("%d lines for the rule, wanted 20 and the number of the rest:\n%s", n, text)
	}
	var b bytes.Buffer
	if err := v.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	var failure struct{ Rule, Place, Reason string }
	var whole loader.Verification
	if err := errors.Join(json.Unmarshal([]byte(lines[0]), &failure), json.Unmarshal([]byte(lines[len(lines)-1]), &whole)); err != nil {
		t.Fatal(err)
	}
	if len(lines) != 21 || failure.Rule != "sources" || failure.Place == "" || whole.Failed() != 60 {
		t.Errorf("%d lines, the first %+v, %d failures in the last; wanted 21, of sources, 60", len(lines), failure, whole.Failed())
	}
}
