package loader_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/loader/sample"
)

func TestLoadingTheArchiveTwiceChangesNothing(t *testing.T) {
	hashes := map[string]string{}
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			store, _ := k.open(t)
			first := countsOf(mustLoad(t, store, archive))
			if want := (counts{Read: first.Read, Lists: first.Read - inCorpus, New: inCorpus}); first != want {
				t.Errorf("first load: %+v, wanted %+v", first, want)
			}
			hashes[k.name] = hashOf(t, store)
			again := countsOf(mustLoad(t, store, archive))
			if want := (counts{Read: first.Read, Lists: first.Lists, Same: inCorpus}); again != want {
				t.Errorf("second load: %+v, wanted %+v", again, want)
			}
			if got := hashOf(t, store); got != hashes[k.name] {
				t.Errorf("the second load changed the graph: hash %s, before %s", got, hashes[k.name])
			}
		})
	}
	if len(hashes) == len(kinds) && hashes["sqlite"] != hashes["neo4j"] {
		t.Errorf("the stores hold different graphs: %v", hashes)
	}
}

func TestHalvesInAnyOrderMakeTheWhole(t *testing.T) {
	halves, err := corpus()
	if err != nil {
		t.Fatal(err)
	}
	whole := wholeHash(t, archive)
	for _, k := range kinds {
		for name, order := range map[string][]int{"first half first": {0, 1}, "second half first": {1, 0}} {
			t.Run(k.name+" "+name, func(t *testing.T) {
				store, _ := k.open(t)
				for _, i := range order {
					mustLoad(t, store, halves[i])
				}
				if got := hashOf(t, store); got != whole {
					t.Errorf("hash %s, of the whole %s", got, whole)
				}
			})
		}
	}
}

func TestBadInputIsALineOfTheReportAndTheRestGoesOn(t *testing.T) {
	var pages [][]byte
	var references []graph.Reference
	for c := range sample.Cables(4, 1) {
		pages, references = append(pages, c.Page()), append(references, c.Reference)
	}
	tests := []struct {
		name    string
		put     func(t *testing.T, dir string)
		place   string // what the line must name
		says    string // and say
		want    counts // beside the good page
		warning bool
	}{
		{
			"an empty file", func(t *testing.T, dir string) { write(t, dir, "empty.html", nil) },
			"empty.html", "empty",
			counts{Read: 1, Problems: 1},
			false,
		},
		{"a truncated archive", func(t *testing.T, dir string) {
			packed := targz(t, map[string][]byte{"a/1.html": pages[1], "b/2.html": bytes.Repeat(pages[2], 50)})
			write(t, dir, "cut.tar.gz", packed[:len(packed)*9/10])
		}, "cut.tar.gz", "cut short", counts{Read: 2, New: 1, Problems: 1}, false},
		{
			"a page that is no cable", func(t *testing.T, dir string) {
				write(t, dir, "recipe.html", []byte("<html><body>Flour and water.</body></html>"))
			},
			"recipe.html", "no cable",
			counts{Read: 1, Problems: 1},
			false,
		},
		{"two pages of one reference", func(t *testing.T, dir string) {
			write(t, dir, "x/one.html", pages[1])
			write(t, dir, "y/two.html", bytes.Replace(pages[1], []byte("End comment."), []byte("End of the comment."), 1))
		}, "y/two.html", "says other things about " + string(references[1]) + " than x/one.html", counts{Read: 2, New: 1, Replaced: 1, Problems: 1}, false},
		{
			"a page of 50 MB", func(t *testing.T, dir string) {
				write(t, dir, "huge.html", bytes.Repeat([]byte("<p>x</p>\n"), 50<<20/9))
			},
			"huge.html", "larger than",
			counts{Read: 1, Problems: 1},
			false,
		},
		{"invalid UTF-8", func(t *testing.T, dir string) {
			write(t, dir, "bytes.html", bytes.Replace(pages[1], []byte("End comment."), []byte("End \xff\xfe comment."), 1))
		}, "bytes.html", "UTF-8", counts{Read: 1, New: 1, Warnings: 1}, true},
		{"a link to nowhere", func(t *testing.T, dir string) {
			if err := os.Symlink(filepath.Join(dir, "gone"), filepath.Join(dir, "link.html")); err != nil {
				t.Fatal(err)
			}
		}, "link.html", "link", counts{Read: 1, Problems: 1}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "good.html", pages[0])
			tt.put(t, dir)
			store := openSQLite(t)
			report := mustLoad(t, store, dir)
			tt.want.Read++
			tt.want.New++
			if diff := cmp.Diff(tt.want, countsOf(report)); diff != "" {
				t.Errorf("report (-want +got):\n%s\n%+v", diff, report)
			}
			lines := report.Problems
			if tt.warning {
				lines = report.Warnings
			}
			if len(lines) != 1 || lines[0].Document != tt.place || !strings.Contains(lines[0].Reason, tt.says) {
				t.Errorf("the report says %q; wanted one line that names %s and says %q", lines, tt.place, tt.says)
			}
		})
	}
}

func targz(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	packer := gzip.NewWriter(&b)
	out := tar.NewWriter(packer)
	for _, name := range []string{"a/1.html", "b/2.html"} {
		err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name]))})
		if err == nil {
			_, err = out.Write(files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(out.Close(), packer.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestALaterDocumentOfACableReplacesTheEarlierOne(t *testing.T) {
	for c := range sample.Cables(1, 1) {
		page := c.Page()
		changed := bytes.Replace(page, []byte("Summary: "), []byte("Summary, mended: "), 1)
		onEachStore(t, func(t *testing.T, store graph.Store) {
			dir := t.TempDir()
			old, mended := write(t, dir, "old.html", page), write(t, dir, "mended.html", changed)
			mustLoad(t, store, old)
			before := hashOf(t, store)
			if got, want := countsOf(mustLoad(t, store, mended)), (counts{Read: 1, Changed: 1}); got != want {
				t.Errorf("the mended document: %+v, wanted %+v", got, want)
			}
			if hashOf(t, store) == before {
				t.Error("the graph is as before")
			}
			mustLoad(t, store, old)
			if got := hashOf(t, store); got != before {
				t.Error("back to the old document gives another graph than at first")
			}
		})
	}
}

func TestSameDocumentFromTwoPlacesKeepsBothSources(t *testing.T) {
	for c := range sample.Cables(1, 1) {
		onEachStore(t, func(t *testing.T, store graph.Store) {
			dir := t.TempDir()
			a, b, c := write(t, dir, "a.html", c.Page()), write(t, dir, "b.html", c.Page()), write(t, dir, "c.html", c.Page())
			if got, want := countsOf(mustLoad(t, store, a, b)), (counts{Read: 2, New: 1, Same: 1}); got != want {
				t.Errorf("together: %+v, wanted %+v", got, want)
			}
			if got, want := countsOf(mustLoad(t, store, c, a)), (counts{Read: 2, Same: 2}); got != want {
				t.Errorf("later: %+v, wanted %+v", got, want)
			}
			if diff := cmp.Diff([]string{a, b, c}, files(t, store)); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
}

// files returns the files of the sources of the only published cable.
func files(t *testing.T, store graph.Store) []string {
	t.Helper()
	yes := true
	step := &graph.Step{
		Relation: graph.RootCables, Cable: &graph.CableWhere{Published: &yes}, Order: graph.RootCables.DefaultOrder(),
		Page: graph.Page{Size: 10}, Rows: true, Fields: graph.FieldSources,
	}
	answers, err := store.Ask(t.Context(), &graph.Plan{Steps: []*graph.Step{step}})
	if err != nil {
		t.Fatal(err)
	}
	if len(answers[0].Edges) != 1 {
		t.Fatalf("%d cables, wanted one", len(answers[0].Edges))
	}
	var names []string
	for _, s := range answers[0].Edges[0].Cable.Sources {
		names = append(names, s.File)
	}
	return names
}

func TestAnInterruptedLoadFinishesItsBatchAndIsCompletedByTheNext(t *testing.T) {
	dir := mirror(t, 60, 2)
	store := openSQLite(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	half := wrapped{Store: store, write: atWrite(store, 2, interrupt)} // as Ctrl-C does, in the middle of a write
	report, err := loader.Load(ctx, half, []string{dir}, loader.Options{BatchSize: 10})
	if !errors.Is(err, loader.ErrInterrupted) {
		t.Fatalf("error %v, wanted ErrInterrupted", err)
	}
	corpus, err := store.Corpus(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if corpus.Published != report.New || report.New < 10 || report.New >= 60 {
		t.Errorf("%d cables are in the store, the report says %d; wanted the same, from 10 to 59", corpus.Published, report.New)
	}
	if !corpus.LoadedAt.IsZero() {
		t.Error("an interrupted load counts as loaded")
	}
	mustLoad(t, store, dir)
	if got, want := hashOf(t, store), wholeHash(t, dir); got != want {
		t.Errorf("hash %s after the interruption, %s without", got, want)
	}
}

func TestErrorsOfTheStoreEndTheLoad(t *testing.T) {
	dir := mirror(t, 60, 2)
	disk := errors.New("no space left on the disk")
	tests := []struct {
		name  string
		store func(inner graph.Store) graph.Store
		says  string
	}{
		{"while writing", func(inner graph.Store) graph.Store {
			return wrapped{Store: inner, write: func(context.Context, []graph.Record) error { return disk }}
		}, "writing 10 cables"},
		{"while settling", func(inner graph.Store) graph.Store {
			return wrapped{Store: inner, settle: func(context.Context, []string, []graph.Settled, graph.Generation) error { return disk }}
		}, "settling"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			store := openSQLite(t)
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			_, err := loader.Load(t.Context(), tt.store(store), []string{dir}, loader.Options{BatchSize: 10})
			if !errors.Is(err, disk) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v, wanted one that wraps %q and says %q", err, disk, tt.says)
			}
			mustLoad(t, store, dir)
			if got, want := hashOf(t, store), wholeHash(t, dir); got != want {
				t.Errorf("after loading again the hash is %s, wanted %s", got, want)
			}
		})
	}
}

func TestAnotherWriterIsWaitedFor(t *testing.T) {
	dir := mirror(t, 30, 2)
	store := openSQLite(t)
	var writes, settles atomic.Int32
	busy := wrapped{
		Store: store,
		write: func(ctx context.Context, records []graph.Record) error {
			if writes.Add(1) < 3 {
				return graph.ErrConflict
			}
			return store.Write(ctx, records)
		},
		settle: func(ctx context.Context, surnames []string, people []graph.Settled, generation graph.Generation) error {
			if settles.Add(1) < 3 {
				return graph.ErrConflict
			}
			return store.Settle(ctx, surnames, people, generation)
		},
	}
	mustLoad(t, busy, dir)
	if got, want := hashOf(t, store), wholeHash(t, dir); got != want {
		t.Errorf("hash %s, without the other writer %s", got, want)
	}
}

func TestAPathThatIsNotThereEndsTheLoadBeforeItBegins(t *testing.T) {
	dir := mirror(t, 3, 2)
	store := openSQLite(t)
	report, err := loader.Load(t.Context(), store, []string{dir, filepath.Join(dir, "slip")}, loader.Options{})
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "slip") {
		t.Errorf("error %v, wanted one that names the path", err)
	}
	if report.Read != 0 {
		t.Errorf("%d documents were read", report.Read)
	}
}

func TestOrderOfDocumentsDoesNotDependOnTheWorkers(t *testing.T) {
	var page []byte
	for c := range sample.Cables(1, 1) {
		page = c.Page()
	}
	dir := t.TempDir()
	for i := range 40 {
		write(t, dir, string(rune('A'+i/26))+string(rune('a'+i%26))+".html",
			bytes.Replace(page, []byte("Summary: "), []byte("Summary "+strings.Repeat("i", i)+": "), 1))
	}
	var last string
	for workers := 1; workers < 9; workers *= 2 {
		store := openSQLite(t)
		if _, err := loader.Load(t.Context(), store, []string{dir}, loader.Options{Workers: workers, BatchSize: 3}); err != nil {
			t.Fatal(err)
		}
		if hash := hashOf(t, store); last != "" && hash != last {
			t.Errorf("%d workers give another graph", workers)
		} else {
			last = hash
		}
	}
}
