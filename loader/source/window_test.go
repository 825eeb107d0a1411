package source

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// sevenZip collects what a 7z holds: the name and size of each document, or its error.
func sevenZip(t *testing.T, data []byte) (names []string, last error) {
	t.Helper()
	err := WalkReader(t.Context(), "x", bytes.NewReader(data), func(_ context.Context, e Entry) error {
		if e.Err != nil {
			last = e.Err
			return nil
		}
		names = append(names, e.Name())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names, last
}

func TestSevenZipMethods(t *testing.T) {
	rows := []string{"x!cables.csv: row 1 (byte 0)", "x!cables.csv: row 2 (byte 110)"}
	for _, row := range []struct {
		file string
		want []string
		err  error
	}{
		{"solid.7z", append([]string{"x!1.html", "x!2.html"}, rows...), nil},
		{"lzma.7z", append([]string{"x!1.html"}, rows...), nil},
		{"ppmd.7z", rows, nil},
		{"stored.7z", []string{"x!1.html", "x!2.html"}, nil},
		{"hidden.7z", nil, ErrEncrypted}, // its list of members is encrypted as well
	} {
		t.Run(row.file, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", row.file))
			if err != nil {
				t.Fatal(err)
			}
			got, err := sevenZip(t, data)
			if diff := cmp.Diff(row.want, got); diff != "" || !errors.Is(err, row.err) {
				t.Errorf("error %v, documents (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestSevenZipSumIsCompared(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "stored.7z"))
	if err != nil {
		t.Fatal(err)
	}
	data[40] ^= 1 // in the first page: packed without compression, nothing else can notice
	got, err := sevenZip(t, data)
	if !errors.Is(err, errSum) || !errors.Is(err, ErrCutShort) || len(got) != 1 {
		t.Errorf("%v and %v, want the other page alone", got, err)
	}
}

func TestWindowsAreBounded(t *testing.T) {
	in := []io.ReadCloser{io.NopCloser(strings.NewReader("\x00\x00\x00\x00\x00\x00\x00\x00"))}
	for _, row := range []struct {
		name string
		open func() (io.ReadCloser, error)
		want error
	}{
		{"LZMA with 4 GB", func() (io.ReadCloser, error) { return newLZMA([]byte("\x5d\xff\xff\xff\xff"), 1<<40, in) }, ErrNeedsMemory},
		{"LZMA2 with 4 GB", func() (io.ReadCloser, error) { return newLZMA2([]byte{40}, 1<<40, in) }, ErrNeedsMemory},
		{"LZMA2 with 4 GB for a short text takes what the text needs", func() (io.ReadCloser, error) { return newLZMA2([]byte{40}, 5000, in) }, nil},
		{"garbled LZMA", func() (io.ReadCloser, error) { return newLZMA([]byte{1}, 5, in) }, errProperties},
		{"garbled LZMA2", func() (io.ReadCloser, error) { return newLZMA2([]byte{41}, 5, in) }, errProperties},
	} {
		t.Run(row.name, func(t *testing.T) {
			if _, err := row.open(); !errors.Is(err, row.want) {
				t.Errorf("got %v, want %v", err, row.want)
			}
		})
	}
}

func TestUnpackingKeepsItsError(t *testing.T) {
	u := (&walker{}).unpacking(place{}, io.MultiReader(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("page")))))
	data, err := io.ReadAll(u)
	if _, again := u.Read(make([]byte, 1)); string(data) != "p" || !errors.Is(again, err) || again == nil {
		t.Errorf("%q, then %v and %v, want the same error again", data, err, again)
	}
}
