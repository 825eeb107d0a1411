package source_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"github.com/cablegraph/cablegraph/loader/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func zipOf(t *testing.T, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		f, err := w.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zstded(t *testing.T, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return w.EncodeAll(data, nil)
}

// fixture is a file that Go can't write: testdata/two.7z holds a.html and b.html, page.bz2 one page.
func fixture(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// row is a made-up row of cables.csv.
func row(n int, body string) string {
	return fmt.Sprintf(`"%d","2/10/2009 3:03","09PARIS%d","Embassy Paris","SECRET","","VZCZ","%s"`, n, n, body)
}

const heads = "id,date,refid,origin,classification,references,header,body\n"

func TestWalkForms(t *testing.T) {
	table := row(1, "says \\\"no\\\"\nTAGS: IR") + "\n" + row(2, "b") + "\n"
	rows := func(name string) []string {
		return []string{
			fmt.Sprintf("%s: row 1 (byte 0) = %s", name, row(1, "says \\\"no\\\"\nTAGS: IR")),
			fmt.Sprintf("%s: row 2 (byte %d) = %s", name, len(row(1, "says \\\"no\\\"\nTAGS: IR"))+1, row(2, "b")),
		}
	}
	pair := []string{"!b.html = second", "!a.html = first"}
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"zip", zipOf(t, "b.html", "second", "a.html", "first"), pair},
		{"an empty zip", zipOf(t), nil},
		{"7z", fixture(t, "two.7z"), []string{"!a.html = first", "!b.html = second"}},
		{"bzip2", fixture(t, "page.bz2"), []string{" = page"}},
		{"zstd", zstded(t, []byte("page")), []string{" = page"}},
		{"compressed twice", gz(t, zstded(t, []byte("page"))), []string{" = page"}},
		{"several parts of gzip", append(gz(t, []byte("pa")), gz(t, []byte("ge"))...), []string{" = page"}},
		{"a text that only starts like bzip2", []byte("BZh is no page"), []string{" = BZh is no page"}},
		{"a tar in a zip", zipOf(t, "x.tar", string(tarOf(t, "a.html", "first"))), []string{"!x.tar!a.html = first"}},
		{"a zip in a tar", tarOf(t, "x.zip", string(zipOf(t, "a.html", "first"))), []string{"!x.zip!a.html = first"}},
		{"a 7z in a compressed tar", xzed(t, tarOf(t, "x.7z", string(fixture(t, "two.7z")))), []string{"!x.7z!a.html = first", "!x.7z!b.html = second"}},
		{"compressed pages in a tar", tarOf(t, "a.html.gz", string(gz(t, []byte("first"))), "b.html", "second"), []string{"!a.html.gz = first", "!b.html = second"}},
		{"a table", []byte(table), rows("")},
		{"a table without an end of line", []byte(strings.TrimSuffix(table, "\n")), rows("")},
		{"a table in a zip", zipOf(t, "any.name", table), rows("!any.name")},
		{"a compressed table", zstded(t, []byte(table)), rows("")},
		{
			"a table with heads, a mark of bytes and returns", []byte("\xef\xbb\xbf" + heads + row(1, "a\r\nb") + "\r\n\r\n" + row(2, "") + "\r\n"),
			[]string{
				fmt.Sprintf(": row 1 (byte %d) = %s", 3+len(heads), row(1, "a\r\nb")),
				fmt.Sprintf(": row 2 (byte %d) = %s", 3+len(heads)+len(row(1, "a\r\nb"))+4, row(2, "")),
			},
		},
		{"a quote written twice", []byte(row(1, `a ""b"", c`) + "\n" + row(2, "c")), []string{
			": row 1 (byte 0) = " + row(1, `a ""b"", c`), fmt.Sprintf(": row 2 (byte %d) = %s", len(row(1, `a ""b"", c`))+1, row(2, "c")),
		}},
		{"a backslash before the closing quote", []byte(row(1, `a\\`) + "\n" + row(2, "c")), []string{
			": row 1 (byte 0) = " + row(1, `a\\`), fmt.Sprintf(": row 2 (byte %d) = %s", len(row(1, `a\\`))+1, row(2, "c")),
		}},
		{"NDJSON", []byte("{\"a\":1}\n\n{\"b\":2}"), []string{`: line 1 (byte 0) = {"a":1}`, `: line 3 (byte 9) = {"b":2}`}},
		{"an encrypted 7z", fixture(t, "locked.7z"), []string{"!a.html : " + source.ErrEncrypted.Error()}},
		{"an encrypted zip", fixture(t, "locked.zip"), []string{"!a.html : " + source.ErrEncrypted.Error()}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), "given"), c.data)
			if diff := cmp.Diff(c.want, walk(t, path)); diff != "" {
				t.Errorf("documents (-want +got):\n%s", diff)
			}
			var streamed []string
			err := source.WalkReader(t.Context(), "", bytes.NewReader(c.data), func(_ context.Context, e source.Entry) error {
				what := " = " + string(e.Data)
				if e.Err != nil {
					what = " : " + e.Err.Error()
				}
				streamed = append(streamed, e.Name()+what)
				return nil
			})
			if diff := cmp.Diff(c.want, streamed); diff != "" || err != nil {
				t.Errorf("as a stream: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestBrokenRowsDoNotTakeOthersAlong(t *testing.T) {
	whole := []string{row(1, "a"), row(2, "b"), row(3, "c"), row(4, "d")}
	for _, c := range []struct {
		name string
		data string
		good []int  // numbers of the rows that are handed out
		bad  string // what is said of one of the others
	}{
		{"a quote is lost at the end of a row", whole[0] + "\n" + strings.TrimSuffix(whole[1], `"`) + "\n" + whole[2] + "\n" + whole[3], []int{1, 3, 4}, "row 2 (byte 71): a quote is missing"},
		{"a quote too many within a row", whole[0] + "\n" + row(2, "b \" x\ny, \"\"z\nz") + "\n" + whole[2] + "\n" + whole[3], []int{1, 3, 4}, "row 2"},
		{"the table ends within a row", whole[0] + "\n" + whole[1][:40], []int{1}, "row 2 (byte 71): the table ends within this row"},
		{"the next row has lost its first quote", whole[0] + "\n" + whole[1][1:] + "\n" + whole[2] + "\n", []int{1, 3}, "row 2 (byte 71)"},
		{"the table ends between two fields", whole[0] + "\n" + `"2","2/10/2009 3:03",`, []int{1}, "row 2 (byte 71): the table ends within this row"},
		{"a row is too long", whole[0] + "\n" + row(2, strings.Repeat("long\n", source.MaxDocument/5+1)) + "\n" + whole[2] + "\n", []int{1, 3}, "row 2 (byte 71): larger than"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), "given"), []byte(c.data))
			var said []string
			var good []int
			err := source.Walk(t.Context(), path, func(_ context.Context, e source.Entry) error {
				if e.Err == nil && bytes.HasSuffix(e.Data, []byte(`"`)) && string(e.Data) == whole[e.Number-1] {
					good = append(good, e.Number)
				} else {
					said = append(said, fmt.Sprintf("%s: %v", strings.TrimPrefix(e.Name(), path+": "), e.Err))
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.good, good); diff != "" || len(said) != 1 || !strings.HasPrefix(said[0], c.bad) {
				t.Errorf("good rows (-want +got):\n%s\nsaid %q, want one with %q", diff, said, c.bad)
			}
		})
	}
}

// hostile is an archive of zeros that unpacks to far more than it is.
func hostile(t *testing.T, layers int) []byte {
	t.Helper()
	data := make([]byte, source.MaxDocument+1)
	for range layers {
		data = zipOf(t, "x.zip", string(data), "y.zip", string(data))
	}
	return data
}

func TestDangers(t *testing.T) {
	links := func() []byte {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		for _, h := range []*tar.Header{
			{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
			{Name: "hard", Typeflag: tar.TypeLink, Linkname: "../x"},
			{Name: "device", Typeflag: tar.TypeChar},
			{Name: "../a\\b", Typeflag: tar.TypeReg, Size: 1},
		} {
			if err := w.WriteHeader(h); err != nil {
				t.Fatal(err)
			}
		}
		_, _ = w.Write([]byte("x"))
		_ = w.Close()
		return b.Bytes()
	}()
	deep := []byte("page")
	for range 12 {
		deep = gz(t, deep)
	}
	truncated := zipOf(t, "a.html", strings.Repeat("first ", 400))
	for _, c := range []struct {
		name string
		data []byte
		want string // in the report of all that came
	}{
		{"links and devices are passed over, names are only names", links, `!../a\b = x`},
		{"layers without end", deep, source.ErrTooDeep.Error()},
		{"an archive of archives of zeros", hostile(t, 2), source.ErrTooLarge.Error()},
		{"a zip that is cut", truncated[:len(truncated)-10], source.ErrCutShort.Error()},
		{"a 7z that is cut", fixture(t, "two.7z")[:120], source.ErrCutShort.Error()},
		{"a bzip2 that is cut", fixture(t, "page.bz2")[:30], source.ErrCutShort.Error()},
		{"a zstd that is cut", zstded(t, []byte(strings.Repeat("page", 1000)))[:20], source.ErrCutShort.Error()},
		{"a table in a gzip that is cut", gz(t, []byte(row(1, "a")+"\n"+row(2, strings.Repeat("long", 5000))))[:120], source.ErrCutShort.Error()},
		{"one broken member of a tar", tarOf(t, "a.gz", string(gz(t, []byte("first"))[:15]), "b.html", "second"), "!b.html = second"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), "given"), c.data)
			if got := strings.Join(walk(t, path), "\n"); !strings.Contains(got, c.want) {
				t.Errorf("got %.500q, want in it %q", got, c.want)
			}
		})
	}
	t.Run("a bomb", func(t *testing.T) {
		var b bytes.Buffer
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w := tar.NewWriter(z)
		_ = w.WriteHeader(&tar.Header{Name: "zeros", Typeflag: tar.TypeReg, Size: 5 << 28})
		for range 5 << 8 {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				t.Fatal(err)
			}
		}
		_ = w.Close()
		_ = z.Close()
		path := write(t, filepath.Join(t.TempDir(), "bomb"), b.Bytes())
		if got := strings.Join(walk(t, path), "\n"); !strings.Contains(got, source.ErrBomb.Error()) {
			t.Errorf("%d bytes: got %.500q", b.Len(), got)
		}
	})
}

func TestReadComesToSize(t *testing.T) {
	dir := t.TempDir()
	for i := range 20 {
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.html", i)), bytes.Repeat([]byte("x"), 1000*i))
	}
	write(t, filepath.Join(dir, "z.tar.gz"), gz(t, tarOf(t, "a", "1", "b", "2")))
	size, err := source.Size(dir)
	if err != nil {
		t.Fatal(err)
	}
	last := int64(0)
	err = source.Walk(t.Context(), dir, func(_ context.Context, e source.Entry) error {
		if e.Read < last {
			return errors.New("it goes back")
		}
		last = e.Read
		return nil
	})
	if err != nil || last != size {
		t.Errorf("Read came to %d (%v), Size is %d", last, err, size)
	}
}

// FuzzWalk: whatever the bytes, a walk ends, and without a panic.
func FuzzWalk(f *testing.F) {
	for _, name := range []string{"two.7z", "locked.7z", "locked.zip", "page.bz2"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(heads + row(1, "a\n\\\"b") + "\n" + row(2, "")))
	f.Add([]byte("\x28\xb5\x2f\xfd\x04\x00"))
	f.Add([]byte("{\"a\":1}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		err := source.Walk(t.Context(), path, func(_ context.Context, e source.Entry) error {
			if len(e.Data) > source.MaxDocument || e.Err != nil && len(e.Data) > 0 {
				t.Errorf("%s: %d bytes, %v", e.Name(), len(e.Data), e.Err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// FuzzRows: rows are pieces of the table, in order, where they say they are.
func FuzzRows(f *testing.F) {
	f.Add(heads + row(1, `a \"b\" ""c""`+"\n\n") + "\r\n" + row(2, `\\`) + "\n" + row(3, `lost`)[:50] + "\n" + row(4, ""))
	f.Fuzz(func(t *testing.T, table string) {
		table = row(1, "") + "\n" + table
		at := int64(0)
		err := source.WalkReader(t.Context(), "-", strings.NewReader(table), func(_ context.Context, e source.Entry) error {
			if e.Form != source.Row || e.Offset < at {
				t.Errorf("row %d is a %d at byte %d, behind byte %d", e.Number, e.Form, e.Offset, at)
			}
			if e.Err == nil && table[e.Offset:e.Offset+int64(len(e.Data))] != string(e.Data) {
				t.Errorf("row %d is not what stands at byte %d", e.Number, e.Offset)
			}
			at = e.Offset + int64(len(e.Data))
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkRows(b *testing.B) {
	table := []byte(strings.Repeat(row(1, strings.Repeat("A line of text that says \\\"something\\\" about it all.\n", 150))+"\n", 2000))
	b.SetBytes(int64(len(table)))
	for b.Loop() {
		err := source.WalkReader(b.Context(), "-", bytes.NewReader(table), func(context.Context, source.Entry) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}
