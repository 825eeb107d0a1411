// Package bench measures. `make bench` runs it; bench/README.md keeps the figures.
package bench

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/loader"
	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/people"
	"github.com/cablegraph/cablegraph/loader/source"
)

const archive = "../../shared/corpus/cablegate-2010.tar.xz"

// pages are the cables' pages of the real archive.
var pages = sync.OnceValues(func() ([]source.Entry, error) {
	var all []source.Entry
	err := source.Walk(context.Background(), archive, func(_ context.Context, e source.Entry) error {
		if e.Err != nil {
			return e.Err
		}
		if _, err := parse.Parse(e); err == nil {
			all = append(all, e)
		}
		return nil
	})
	return all, err
})

func mustPages(b *testing.B) []source.Entry {
	b.Helper()
	all, err := pages()
	if err != nil {
		b.Fatal(err)
	}
	return all
}

// BenchmarkParse reads all pages of the archive, on one processor.
func BenchmarkParse(b *testing.B) {
	all := mustPages(b)
	for b.Loop() {
		for _, e := range all {
			if _, err := parse.Parse(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	perSecond(b, len(all))
}

// BenchmarkFind finds the people of all cables of the archive, on one processor.
func BenchmarkFind(b *testing.B) {
	var all []*parse.Parsed
	for _, e := range mustPages(b) {
		p, err := parse.Parse(e)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, p)
	}
	for b.Loop() {
		for _, p := range all {
			people.Find(p)
		}
	}
	perSecond(b, len(all))
}

// BenchmarkLoad loads the archive into an empty file, unpacking and all.
func BenchmarkLoad(b *testing.B) {
	loaded := 0
	for b.Loop() {
		store, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "cables.db"))
		if err != nil {
			b.Fatal(err)
		}
		report, err := loader.Load(b.Context(), store, []string{archive}, loader.Options{})
		if err != nil {
			b.Fatal(err)
		}
		loaded = report.New
		if err := store.Close(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, loaded)
}

func perSecond(b *testing.B, cables int) {
	b.Helper()
	b.ReportMetric(float64(cables)*float64(b.N)/b.Elapsed().Seconds(), "cables/s")
}
