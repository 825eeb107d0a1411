package loader_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/loader/sample"
)

// stopped loads path and interrupts the load at its third batch of ten.
func stopped(t *testing.T, store graph.Store, path string) {
	t.Helper()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	half := wrapped{Store: store, write: atWrite(store, 3, interrupt)}
	if _, err := loader.Load(ctx, half, []string{path}, loader.Options{BatchSize: 10}); !errors.Is(err, loader.ErrInterrupted) {
		t.Fatalf("error %v, wanted ErrInterrupted", err)
	}
}

func TestAStoppedLoadGoesOnWhereItWas(t *testing.T) {
	file, _ := table(t, 100, 3)
	want := wholeHash(t, file)
	onEachStore(t, func(t *testing.T, store graph.Store) {
		stopped(t, store, file)
		report := mustLoad(t, store, file)
		if report.Resumed < 30 || report.Resumed > 50 || report.New != 100-report.Resumed || report.Same > 0 || report.StartedOver {
			t.Errorf("%d from before, %d new, %d same, started over %v; wanted 30 to 50, the rest, none, false",
				report.Resumed, report.New, report.Same, report.StartedOver)
		}
		if got := hashOf(t, store); got != want {
			t.Errorf("hash %s, without the stop %s", got, want)
		}
		if again := mustLoad(t, store, file); again.Same != 100 || again.Resumed != 0 {
			t.Errorf("a load after the end: %d same, %d from before; wanted 100 and 0", again.Same, again.Resumed)
		}
	})
}

func TestAStoppedLoadOfOtherDocumentsStartsOver(t *testing.T) {
	rows := func(t *testing.T, seed uint64) []byte {
		t.Helper()
		var b bytes.Buffer
		if err := sample.CSV(&b, 60, seed); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	tests := []struct {
		name  string
		other func(old []byte) []byte
		read  int
	}{
		{"another first row", func(old []byte) []byte { return bytes.Replace(old, []byte("Summary"), []byte("Gist"), 1) }, 60},
		{"fewer rows than were in", func(old []byte) []byte { return old[:bytes.Index(old, []byte("\n\"11\",\""))+1] }, 10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir, old := t.TempDir(), rows(t, 3)
			file := write(t, dir, "cables.csv", old)
			store := openSQLite(t)
			stopped(t, store, file)
			write(t, dir, "cables.csv", tt.other(old))
			report := mustLoad(t, store, file)
			if !report.StartedOver || report.Resumed != 0 || report.Read != tt.read {
				t.Errorf("started over %v, %d from before, %d read; wanted true, 0, %d", report.StartedOver, report.Resumed, report.Read, tt.read)
			}
		})
	}
}

func TestStandardInputIsOneOfThePaths(t *testing.T) {
	file, _ := table(t, 20, 3)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	store := openSQLite(t)
	defer store.Close(context.WithoutCancel(t.Context()))
	other := mirror(t, 5, 9)
	report, err := loader.Load(t.Context(), store, []string{loader.Stdin, other}, loader.Options{Stdin: bytes.NewReader(text)})
	if err != nil || report.New+report.Replaced != 25 {
		t.Errorf("%d new, error %v; wanted 25", report.New, err)
	}
}

func TestADryRunSaysWhatALoadWouldDoAndDoesNothing(t *testing.T) {
	dir := t.TempDir()
	var pages [][]byte
	for c := range sample.Cables(3, 1) {
		pages = append(pages, c.Page())
	}
	write(t, dir, "a.html", pages[0])
	write(t, dir, "b.html", pages[1])
	store := openSQLite(t)
	mustLoad(t, store, dir)
	before := hashOf(t, store)
	write(t, dir, "b.html", bytes.Replace(pages[1], []byte("Summary: "), []byte("Summary, mended: "), 1))
	write(t, dir, "c.html", pages[2])
	write(t, dir, "d.html", []byte("<p>no cable</p>"))
	dry := loader.Options{DryRun: true, BatchSize: 1}
	report, err := loader.Load(t.Context(), store, []string{dir}, dry)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := countsOf(report), (counts{Read: 4, New: 1, Changed: 1, Same: 1, Problems: 1}); got != want {
		t.Errorf("dry run: %+v, wanted %+v", got, want)
	}
	if got := hashOf(t, store); got != before {
		t.Error("the dry run changed the graph")
	}
	report, err = loader.Load(t.Context(), nil, []string{dir}, dry)
	if err != nil || report.New != 3 {
		t.Errorf("without a store: %d new, error %v; wanted 3", report.New, err)
	}
}

func TestTheFileOfProblemsHoldsEachOfThem(t *testing.T) {
	dir := mirror(t, 3, 2)
	for i := range 30 {
		write(t, dir, filepath.Join("bad", strings.Repeat("x", i+1)+".html"), nil)
	}
	file := filepath.Join(t.TempDir(), "problems.ndjson")
	store := openSQLite(t)
	disk := errors.New("no space left on the disk")
	failing := wrapped{Store: store, settle: func(context.Context, []string, []graph.Settled, graph.Generation) error { return disk }}
	if _, err := loader.Load(t.Context(), failing, []string{dir}, loader.Options{Problems: file}); !errors.Is(err, disk) {
		t.Fatalf("error %v, wanted %v", err, disk)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(lines) != 30 {
		t.Fatalf("%d lines, wanted 30: %s", len(lines), raw)
	}
	var line struct{ Document, Kind, Reason, Level string }
	if err := json.Unmarshal([]byte(lines[0]), &line); err != nil || line.Document != "bad/x.html" || line.Level != "problem" || line.Kind == "" || line.Reason == "" {
		t.Errorf("the first line is %s (%v)", lines[0], err)
	}
}
