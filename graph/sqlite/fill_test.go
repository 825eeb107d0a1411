package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/storetest"
)

// fillingAt opens a file anew, and begins to fill it where it is empty.
func fillingAt(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	if err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func mustWrite(t *testing.T, s *Store, records []graph.Record) {
	t.Helper()
	if err := s.Write(t.Context(), records); err != nil {
		t.Fatal(err)
	}
}

// checkWhole settles and ends the load, and compares the graph with the oracle's and the index with itself.
func checkWhole(t *testing.T, s *Store, records []graph.Record) {
	t.Helper()
	if err := errors.Join(storetest.SettleAll(t.Context(), s), s.Loaded(t.Context(), time.Now())); err != nil {
		t.Fatal(err)
	}
	want, err := graph.Hash(t.Context(), storetest.Settled(records))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := graph.Hash(t.Context(), s); err != nil || got != want {
		t.Errorf("Hash = %s, %v; want %s", got, err, want)
	}
	err = s.write(t.Context(), func(c *conn) error {
		if err := c.renew(); err != nil {
			return err
		}
		return c.exec("INSERT INTO cable_fts (cable_fts) VALUES ('integrity-check')")
	})
	if err != nil {
		t.Errorf("the full-text index: %v", err)
	}
	const there = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'index' AND name = "
	for _, i := range indexes {
		if numberOf(t, s, there+"'"+i.name+"'") != 1 {
			t.Errorf("index %s is missing", i.name)
		}
	}
	if numberOf(t, s, there+"'"+namingsBySurname.name+"'") != 0 {
		t.Errorf("index %s is still there", namingsBySurname.name)
	}
}

// numberOf reads one number.
func numberOf(t *testing.T, s *Store, statement string) (n int64) {
	t.Helper()
	err := s.read(t.Context(), func(c *conn) (err error) {
		n, _, err = c.number(statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheFileIsMappedOnlyWhileItServes(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "cables.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	if n := numberOf(t, s, "PRAGMA mmap_size"); n == 0 { // a connection that is there before the store is filled
		t.Error("an empty store has nothing mapped")
	}
	if err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := numberOf(t, s, "PRAGMA mmap_size"); n != 0 {
		t.Errorf("while the store is filled %d bytes of the file may be mapped", n)
	}
	records := storetest.MadeUp(2, 5)
	mustWrite(t, s, records)
	checkWhole(t, s, records)
	if n := numberOf(t, s, "PRAGMA mmap_size"); n == 0 {
		t.Error("a store that serves has nothing mapped")
	}
}

func TestFillingGoesOnInAFileOpenedAgain(t *testing.T) {
	records := storetest.MadeUp(3, 40)
	for _, tt := range []struct {
		name   string
		before func(t *testing.T, s *Store)
		rest   []graph.Record
	}{
		{"between two batches", func(t *testing.T, s *Store) { mustWrite(t, s, records[:20]) }, records[20:]},
		{"before settling", func(t *testing.T, s *Store) { mustWrite(t, s, records) }, nil},
		{"while settling", func(t *testing.T, s *Store) {
			mustWrite(t, s, records)
			settleFew(t, s)
		}, nil},
		{"while settling, and more cables come", func(t *testing.T, s *Store) {
			mustWrite(t, s, records[:20])
			settleFew(t, s)
		}, records[15:]},
		{"while the indexes are built", func(t *testing.T, s *Store) {
			mustWrite(t, s, records)
			if err := errors.Join(storetest.SettleAll(t.Context(), s), s.write(t.Context(), placeMentions), s.ifBuilding(t.Context(), indexes[3].create())); err != nil {
				t.Fatal(err)
			}
		}, nil},
		{"while the indexes are built, and a cable comes again", func(t *testing.T, s *Store) {
			mustWrite(t, s, records)
			settleFew(t, s)
			if err := s.write(t.Context(), placeMentions); err != nil {
				t.Fatal(err)
			}
		}, records[39:]},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "cables.db")
			s := fillingAt(t, path)
			tt.before(t, s)
			if err := s.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			s = fillingAt(t, path)
			mustWrite(t, s, tt.rest)
			checkWhole(t, s, records)
		})
	}
}

// settleFew settles three surnames.
func settleFew(t *testing.T, s *Store) {
	t.Helper()
	surnames, err := s.Unsettled(t.Context(), 3)
	if err != nil || len(surnames) != 3 {
		t.Fatalf("Unsettled = %v, %v", surnames, err)
	}
	namings, generation, err := s.Namings(t.Context(), surnames)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Settle(t.Context(), surnames, storetest.Resolve(namings), generation); err != nil {
		t.Fatal(err)
	}
}

func TestTwoProcessesFillOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cables.db")
	a := fillingAt(t, path)
	records := storetest.MadeUp(5, 40)
	mustWrite(t, a, records[:10])
	b := fillingAt(t, path)
	for i := 10; i < 40; i += 10 {
		mustWrite(t, a, records[i:i+5])
		mustWrite(t, b, records[i+5:i+10])
		mustWrite(t, b, records[i-5:i])
		if c, err := b.Corpus(t.Context()); err != nil || c.Published != i+10 {
			t.Errorf("Corpus = %+v, %v; want %d cables", c, err, i+10)
		}
	}
	if err := a.Loaded(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, b, records[:3])
	checkWhole(t, b, records)
}

// TestWordsAreMerged writes more batches than wait to be merged, some of them in place of others.
func TestWordsAreMerged(t *testing.T) {
	s := fillingAt(t, filepath.Join(t.TempDir(), "cables.db"))
	records := storetest.MadeUp(9, mergeAt+20)
	for i := range records {
		mustWrite(t, s, records[i:i+1])
		if i%10 == 3 {
			mustWrite(t, s, records[i-1:i])
		}
	}
	var st *structure
	err := s.read(t.Context(), func(c *conn) (err error) {
		st, err = readStructure(c)
		return err
	})
	if err != nil || len(st.levels) < 2 || len(st.levels[0].segments) >= mergeAt {
		t.Errorf("structure = %+v, %v; want merged segments", st, err)
	}
	checkWhole(t, s, records)
}

func TestNumbersAreWrittenAsSQLiteReadsThem(t *testing.T) {
	for _, n := range []uint64{0, 1, 127, 128, 16383, 16384, 1<<35 + 7, 1<<56 - 1, 1 << 56, 1<<64 - 1} {
		in := &varints{rest: appendVarint(nil, n)}
		if got := in.next(); got != n || in.bad || len(in.rest) > 0 {
			t.Errorf("%d became %d, %+v", n, got, in)
		}
	}
	if in := (&varints{rest: []byte{0x81}}); in.next() != 0 || !in.bad {
		t.Error("a number that is cut short is one")
	}
}

func TestAFileOfAnOlderVersionIsLoadedAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	sqliteFile(t, path, "PRAGMA application_id = 1130455660; PRAGMA user_version = 1; CREATE TABLE cable (x)")
	_, err := Open(t.Context(), path)
	if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "load the documents anew") {
		t.Errorf("Open = %v", err)
	}
}
