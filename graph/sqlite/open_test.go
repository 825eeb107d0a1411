package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/graph"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sqliteFile makes a SQLite file by statements of its own.
func sqliteFile(t *testing.T, path, statements string) {
	t.Helper()
	c, err := dial(path, true)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if err := c.script(statements); err != nil {
		t.Fatal(err)
	}
}

func TestWhatCannotBeOpenedIsNamed(t *testing.T) {
	folder := t.TempDir()
	for _, tt := range []struct {
		name string
		path string
		make func(t *testing.T, path string)
		says string
	}{
		{"a folder that is not there", "missing/cables.db", nil, "folder"},
		{"a folder in place of a file", ".", nil, "can't be opened"},
		{"a file that is not SQLite's", "text.db", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("cables! ", 200)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "not a SQLite file"},
		{"another program's file", "other.db", func(t *testing.T, path string) {
			sqliteFile(t, path, "PRAGMA application_id = 4711; CREATE TABLE theirs (x)")
		}, "another program"},
		{"a file with tables and no id", "plain.db", func(t *testing.T, path string) { sqliteFile(t, path, "CREATE TABLE theirs (x)") }, "another program"},
		{"a file of an older version", "older.db", func(t *testing.T, path string) {
			sqliteFile(t, path, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; CREATE TABLE cable (x)", applicationID, schemaVersion-1))
		}, "load the documents anew, into a new file"},
		{"a file of a newer version", "newer.db", func(t *testing.T, path string) {
			sqliteFile(t, path, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; CREATE TABLE cable (x)", applicationID, schemaVersion+1))
		}, "newer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(folder, tt.path)
			if tt.make != nil {
				tt.make(t, path)
			}
			s, err := Open(t.Context(), path)
			if err == nil {
				_ = s.Close(t.Context())
				t.Fatal("Open succeeded")
			}
			if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Open = %v; want %v with the path and %q", err, graph.ErrUnavailable, tt.says)
			}
		})
	}
}

func TestAFileIsOpenedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a file, with blanks & ümläuts?.db")
	for range 2 {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Write(t.Context(), benchRecords(0, 3)); err != nil {
			t.Fatal(err)
		}
		if c, err := s.Corpus(t.Context()); err != nil || c.Published != 3 {
			t.Errorf("Corpus = %+v, %v; want 3 cables", c, err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the file is not where it should be: %v", err)
	}
}

func TestAFileIsOpenedByManyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cables.db")
	errs := make(chan error, 6)
	for range cap(errs) {
		go func() {
			s, err := Open(t.Context(), path)
			if err == nil {
				err = errors.Join(s.Ready(t.Context()), s.Close(t.Context()))
			}
			errs <- err
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestCallsAfterCloseFail(t *testing.T) {
	s := opened(t)
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	_, ask := s.Ask(ctx, &graph.Plan{})
	for name, err := range map[string]error{"Ready": s.Ready(ctx), "Ask": ask, "Write": s.Write(ctx, benchRecords(0, 1))} {
		if !errors.Is(err, errClosed) {
			t.Errorf("%s = %v, want %v", name, err, errClosed)
		}
	}
	if err := s.Close(ctx); err != nil {
		t.Errorf("Close again = %v", err)
	}
}

func TestTheFileSaysWhatItIs(t *testing.T) {
	s := opened(t)
	err := s.read(t.Context(), func(c *conn) error {
		for pragma, want := range map[string]int64{"application_id": applicationID, "user_version": schemaVersion, "query_only": 1} {
			if got, _, err := c.number("PRAGMA " + pragma); err != nil || got != want {
				t.Errorf("%s = %d, %v; want %d", pragma, got, err, want)
			}
		}
		return c.query("PRAGMA journal_mode", nil, func(r row) error {
			if r.text(0) != "wal" {
				t.Errorf("journal_mode = %s", r.text(0))
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnknownDatesAreTheContracts(t *testing.T) {
	if got := fmt.Sprint(graph.NoMinute); got != noMinute {
		t.Errorf("noMinute = %s, graph.NoMinute = %s", noMinute, got)
	}
}
