package loader_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/loader/sample"
)

// damage is one way in which a page of an archive is wrong.
type damage struct {
	name   string
	do     func(rnd *rand.Rand, name string, page []byte) (string, []byte)
	loaded bool // it is a cable still
}

var damages = []damage{
	{"cut", func(rnd *rand.Rand, name string, page []byte) (string, []byte) { return name, page[:rnd.IntN(60)] }, false},
	{"garbled", func(rnd *rand.Rand, name string, page []byte) (string, []byte) {
		for i := range page {
			page[i] = byte(rnd.Uint32())
		}
		page[0] = 0 // by a quote or a brace it would be a table or NDJSON, each line of which is reported by itself
		return name, page
	}, false},
	{"two encodings", func(_ *rand.Rand, name string, page []byte) (string, []byte) {
		return name, bytes.Replace(page, []byte("End comment."), []byte("End \xff\xfe comment."), 1)
	}, true},
	{"a bomb", func(_ *rand.Rand, name string, _ []byte) (string, []byte) {
		var b bytes.Buffer
		packer := gzip.NewWriter(&b)
		if _, err := packer.Write(make([]byte, 32<<20)); err != nil {
			panic(err)
		}
		packer.Close()
		return name + ".gz", b.Bytes()
	}, false},
	{"a path that leads out", func(_ *rand.Rand, name string, page []byte) (string, []byte) {
		return "../../../" + filepath.Base(name), page
	}, true},
}

// TestDamagedPagesAreReportedAndTheRestIsLoaded loads 10,000 pages of which every hundredth is damaged.
func TestDamagedPagesAreReportedAndTheRestIsLoaded(t *testing.T) {
	const pages = 10_000
	seed := rand.Uint64()
	t.Logf("damage drawn from seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	dir := t.TempDir()
	path, wrong, lost := damagedArchive(t, dir, pages, rnd)
	problems := filepath.Join(t.TempDir(), "problems.ndjson")
	store := openSQLite(t)
	report, err := loader.Load(t.Context(), store, []string{path}, loader.Options{Problems: problems})
	if err != nil {
		t.Fatal(err)
	}
	if report.Read != pages || report.New != pages-lost || report.ProblemCount != lost {
		t.Errorf("%d read, %d new, %d problems; wanted %d, %d, %d", report.Read, report.New, report.ProblemCount, pages, pages-lost, lost)
	}
	told := documentsIn(t, problems)
	for name, how := range wrong {
		if !told[path+"!"+name] {
			t.Errorf("%s (%s) is not reported", name, how)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("beside the archive: %v (%v)", files, err)
	}
}

// damagedArchive writes the pages, and returns which are wrong in which way, and how many of them are no cables any more.
func damagedArchive(t *testing.T, dir string, pages int, rnd *rand.Rand) (path string, wrong map[string]string, lost int) {
	t.Helper()
	path, wrong = filepath.Join(dir, "pages.tar"), map[string]string{}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out, n := tar.NewWriter(file), 0
	for name, page := range sample.Pages(pages, 21) {
		if n++; n%100 == 50 {
			d := damages[(n/100)%len(damages)]
			name, page = d.do(rnd, name, page)
			wrong[name] = d.name
			if !d.loaded {
				lost++
			}
		}
		err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(page))})
		if err == nil {
			_, err = out.Write(page)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(out.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	return path, wrong, lost
}

// documentsIn returns the documents that a file of problems names.
func documentsIn(t *testing.T, path string) map[string]bool {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for line := range bytes.Lines(raw) {
		var p loader.Problem
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		told[p.Document] = true
	}
	return told
}

// row is a made-up cable of the table under the id, with this sentence.
func row(id, sentence string) []byte {
	return []byte(`"1","6/1/2007 1:00","` + id + `","Embassy Mexico","CONFIDENTIAL","","DE RUEHIN
FM AMEMBASSY MEXICO
TO SECSTATE WASHDC","C O N F I D E N T I A L

SUBJECT: A MADE-UP CABLE

1. (C) ` + sentence + `"
`)
}

// TestTheRightIDWinsOverASlip loads twins, one under an id with a slip, in both orders, together and apart.
func TestTheRightIDWinsOverASlip(t *testing.T) {
	const right, slip = "07MEXICO3307", "07QXICO3307"
	onEachStore(t, func(t *testing.T, store graph.Store) {
		dir := t.TempDir()
		good, bad := write(t, dir, "good.csv", row(right, "The right text.")), write(t, dir, "bad.csv", row(slip, "Another text."))
		tests := []struct {
			name  string
			loads [][]string
			last  counts
		}{
			{"the slip first", [][]string{{bad, good}}, counts{Read: 2, New: 1, Replaced: 1, Warnings: 1}},
			{"together again", [][]string{{good, bad}}, counts{Read: 2, Same: 1, Passed: 1, Warnings: 1}},
			{"the slip again, alone", [][]string{{bad}}, counts{Read: 1, Passed: 1, Warnings: 1}},
			{"the right one again", [][]string{{good}}, counts{Read: 1, Same: 1}},
		}
		var want string
		for _, tt := range tests {
			for _, paths := range tt.loads {
				if got := countsOf(mustLoad(t, store, paths...)); got != tt.last {
					t.Errorf("%s: %+v, wanted %+v", tt.name, got, tt.last)
				}
			}
			if want == "" {
				want = hashOf(t, store)
			}
			if got := hashOf(t, store); got != want {
				t.Errorf("%s: another graph", tt.name)
			}
		}
		if got := files(t, store); len(got) != 2 {
			t.Errorf("sources %v, wanted both", got)
		}
		apart := openSQLite(t)
		mustLoad(t, apart, bad)
		report := mustLoad(t, apart, good)
		if len(report.Changes) != 1 || len(report.Changes[0].Fields) == 0 || report.Changes[0].Fields[0] != "body" {
			t.Errorf("changes %+v, wanted one of the body", report.Changes)
		}
		if got := hashOf(t, apart); got != want {
			t.Error("apart: another graph")
		}
	})
}

func TestAnArchiveWithTwoTextsOfACableChangesNothingWhenLoadedAgain(t *testing.T) {
	for _, size := range []int{1, 10} {
		store, dir := openSQLite(t), t.TempDir()
		a, b := write(t, dir, "a.csv", row("07MEXICO3307", "The first text.")), write(t, dir, "b.csv", row("07MEXICO3307", "The second text."))
		for i, want := range []counts{{Read: 2, New: 1, Replaced: 1, Problems: 1}, {Read: 2, Same: 1, Replaced: 1, Problems: 1}} {
			report, err := loader.Load(t.Context(), store, []string{a, b}, loader.Options{BatchSize: size})
			if err != nil {
				t.Fatal(err)
			}
			if got := countsOf(report); got != want || len(report.Changes) > 0 {
				t.Errorf("batches of %d, load %d: %+v, changes %v; wanted %+v", size, i+1, got, report.Changes, want)
			}
		}
	}
}
