package source_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ulikunitz/xz"

	"github.com/cablegraph/cablegraph/loader/source"
)

const corpus = "../../../shared/corpus/cablegate-2010.tar.xz"

// walk collects what Walk hands out as "name=data" or "name!error".
func walk(t *testing.T, path string) []string {
	t.Helper()
	var got []string
	err := source.Walk(t.Context(), path, func(_ context.Context, e source.Entry) error {
		if e.Err != nil {
			if len(e.Data) > 0 {
				t.Errorf("%s has both data and an error", e.Name())
			}
			got = append(got, strings.TrimPrefix(e.Name(), path)+" : "+e.Err.Error())
			return nil
		}
		got = append(got, strings.TrimPrefix(e.Name(), path)+" = "+string(e.Data))
		return nil
	})
	if err != nil {
		t.Fatalf("Walk: %v", err)
	}
	return got
}

func write(t *testing.T, path string, data []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func tarOf(t *testing.T, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		h := &tar.Header{Name: members[i], Mode: 0o600, Size: int64(len(members[i+1])), Typeflag: tar.TypeReg}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gz(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func xzed(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := xz.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWalkArchives(t *testing.T) {
	plain := tarOf(t, "b.html", "second", "a.html", "first")
	want := []string{"!b.html = second", "!a.html = first"}
	for _, row := range []struct {
		name string
		data []byte
		want []string
	}{
		{"a plain tar is walked in its own order", plain, want},
		{"a tar under gzip", gz(t, plain), want},
		{"a tar under xz", xzed(t, plain), want},
		{"one page under gzip is one document", gz(t, []byte("page")), []string{" = page"}},
		{"a page is one document", []byte("page"), []string{" = page"}},
		{"an empty file is an empty document", nil, []string{" = "}},
		{
			"member names are only names",
			tarOf(t, "../../etc/passwd", "x", "/abs", "y"),
			[]string{"!../../etc/passwd = x", "!/abs = y"},
		},
		{
			"a member that is too large is reported and the rest goes on",
			tarOf(t, "big", strings.Repeat("x", source.MaxDocument+1), "small", "s"),
			[]string{"!big : " + source.ErrTooLarge.Error(), "!small = s"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			// The name says nothing about the content: it is known by its bytes.
			path := write(t, filepath.Join(t.TempDir(), "given"), row.data)
			if diff := cmp.Diff(row.want, walk(t, path)); diff != "" {
				t.Errorf("documents (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPathsThatLeadOut(t *testing.T) {
	for member, want := range map[string]bool{
		"": false, "cable/2009/02/x.html": false, "a..b": false, "inner.tar!x.html": false, "a/../b": false,
		"../x": true, "/etc/passwd": true, `..\x`: true, `C:\x`: true, "inner.tar!../../x": true, "a/../../b": true,
	} {
		if got := (source.Entry{Member: member}).LeadsOut(); got != want {
			t.Errorf("%q leads out: %v, want %v", member, got, want)
		}
	}
}

func TestWalkCutShort(t *testing.T) {
	plain := tarOf(t, "a.html", "first", "b.html", strings.Repeat("second ", 500))
	random := make([]byte, 12000)
	for i, x := 0, uint32(1); i < len(random); i++ {
		x = x*1664525 + 1013904223
		random[i] = byte(x >> 24)
	}
	dense := tarOf(t, "a.html", string(random[:8000]), "b.html", string(random[8000:]))
	for _, row := range []struct {
		name string
		data []byte
		want string
	}{
		{"in the middle of a member", plain[:2000], `after 1 documents, the last of them "a.html"`},
		{"exactly between two members", plain[:1024], `after 1 documents, the last of them "a.html"`},
		{"gzip in the middle of a member", gz(t, dense)[:10000], `after 1 documents, the last of them "a.html"`},
		{"xz before its first document", xzed(t, dense)[:40], "cut short or damaged"},
	} {
		t.Run(row.name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), "given"), row.data)
			var last source.Entry
			err := source.Walk(t.Context(), path, func(_ context.Context, e source.Entry) error {
				last = e
				return nil
			})
			if err != nil {
				t.Fatalf("Walk: %v", err)
			}
			if !errors.Is(last.Err, source.ErrCutShort) || last.File != path || !strings.Contains(last.Err.Error(), row.want) {
				t.Errorf("last entry %s: %v, want ErrCutShort with %q", last.Name(), last.Err, row.want)
			}
		})
	}
}

func TestWalkFolder(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write(t, filepath.Join(dir, "b", "2.html"), []byte("two"))
	write(t, filepath.Join(dir, "a", "1.html"), []byte("one"))
	write(t, filepath.Join(dir, "c.tgz"), gz(t, tarOf(t, "in.html", "packed")))
	write(t, filepath.Join(dir, "huge.html"), bytes.Repeat([]byte("x"), 50<<20))
	secret := write(t, filepath.Join(outside, "secret"), []byte("secret"))
	for link, target := range map[string]string{"d-inside": filepath.Join(dir, "a"), "e-outside": secret, "f-gone": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"a/1.html = one", "b/2.html = two", "c.tgz!in.html = packed",
		"e-outside : " + source.ErrOutside.Error(),
		"f-gone : following a link: no such file or directory",
		"huge.html : " + source.ErrTooLarge.Error(),
	}
	if diff := cmp.Diff(want, walk(t, dir)); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
}

func TestWalkErrors(t *testing.T) {
	visited := 0
	count := func(context.Context, source.Entry) error { visited++; return nil }

	t.Run("a path that does not exist is an error that names it", func(t *testing.T) {
		err := source.Walk(t.Context(), "no/such/path", count)
		if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "no/such/path") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("the visitor's error ends the walk", func(t *testing.T) {
		path := write(t, filepath.Join(t.TempDir(), "x.tar"), tarOf(t, "a", "1", "b", "2"))
		stop, n := errors.New("stop"), 0
		err := source.Walk(t.Context(), path, func(context.Context, source.Entry) error { n++; return stop })
		if !errors.Is(err, stop) || n != 1 {
			t.Errorf("got %v after %d documents", err, n)
		}
	})
	t.Run("a cancelled context ends the walk", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		path := write(t, filepath.Join(t.TempDir(), "x.tar"), tarOf(t, "a", "1", "b", "2"))
		err := source.Walk(ctx, path, func(context.Context, source.Entry) error { cancel(); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	if visited != 0 {
		t.Errorf("%d documents where there are none", visited)
	}
}

func TestWalkCorpus(t *testing.T) {
	n, size := 0, 0
	err := source.Walk(t.Context(), corpus, func(_ context.Context, e source.Entry) error {
		if e.Err != nil {
			return e.Err
		}
		n, size = n+1, size+len(e.Data)
		return nil
	})
	if err != nil || n != 809 {
		t.Errorf("%d documents with %d bytes (%v), want 809", n, size, err)
	}
}
