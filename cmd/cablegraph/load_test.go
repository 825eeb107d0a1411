package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cablegraph/cablegraph/loader/parse"
)

// sampleMirror writes made-up cables by the command itself.
func sampleMirror(t *testing.T, count string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "mirror")
	must(t, "sample", "--count", count, "--out", dir)
	return dir
}

func TestLoadReportsAndItsExitCodeTells(t *testing.T) {
	mirror := sampleMirror(t, "20")
	store := filepath.Join(t.TempDir(), "cables.db")
	broken := writeFile(t, "empty.html", "")
	tests := []struct {
		name           string
		args           []string
		code           int
		stdout, stderr string
	}{
		{"a first load", []string{mirror}, 0, "20 new cables", ""},
		{"the same again", []string{mirror}, 0, "20 the same as before", ""},
		{"a document that is no cable", []string{broken}, 2, broken, ""},
		{"a path that is not there", []string{mirror + "x"}, 1, "", mirror + "x"},
		{"no path", nil, 1, "", "arg"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := cli(t, "", append([]string{"load", "--store", store}, tt.args...)...)
			if s.code != tt.code || !strings.Contains(s.stdout, tt.stdout) || !strings.Contains(s.stderr, tt.stderr) {
				t.Errorf("exit code %d, said %q and %q; wanted %d, %q and %q", s.code, s.stdout, s.stderr, tt.code, tt.stdout, tt.stderr)
			}
		})
	}
}

// TestInterruptedLoadSaysHowToGoOn loads from a pipe, so that the moment is
// known at which the load is under way.
func TestInterruptedLoadSaysHowToGoOn(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "page.html")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	opened := make(chan error, 1)
	go func() {
		file, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits for the reader
		interrupt()
		opened <- errors.Join(err, file.Close())
	}()
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"load", "--store", filepath.Join(dir, "cables.db"), pipe}, strings.NewReader(""), &stdout, &stderr)
	if err := <-opened; err != nil {
		t.Fatal(err)
	}
	if code != 3 || !strings.Contains(stderr.String(), "to go on: cablegraph load --store=") {
		t.Errorf("exit code %d, %q; wanted 3 and how to go on", code, stderr.String())
	}
}

func TestParseWritesALineOfJSONForEachCable(t *testing.T) {
	mirror := sampleMirror(t, "5")
	lines := strings.Split(strings.TrimSuffix(must(t, "parse", mirror), "\n"), "\n")
	if len(lines) != 5 {
		t.Fatalf("%d lines, wanted 5", len(lines))
	}
	var p parse.Parsed
	if err := json.Unmarshal([]byte(lines[0]), &p); err != nil {
		t.Fatal(err)
	}
	if p.Cable.Reference == "" || len(p.People) == 0 || p.Cable.Body == "" {
		t.Errorf("the first line lacks the reference, people or the body: %s", lines[0])
	}
}

func TestSampleInCSVFormHasARowForEachCable(t *testing.T) {
	rows := must(t, "sample", "--form", "csv", "--count", "3")
	if !strings.HasPrefix(rows, `"1","`) || !strings.Contains(rows, "\n\"3\",\"") {
		t.Errorf("wrote %.80q", rows)
	}
	file := filepath.Join(t.TempDir(), "cables.csv")
	must(t, "sample", "--form", "csv", "--count", "3", "--out", file)
	written, err := os.ReadFile(file)
	if err != nil || string(written) != rows {
		t.Errorf("the file holds other rows than standard output got (%v)", err)
	}
}

func TestSampleRefusesWhatItCantWrite(t *testing.T) {
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"a mirror on standard output", []string{"--out", "-"}, "--out"},
		{"an unknown form", []string{"--form", "xml"}, "mirror or csv"},
		{"a negative count", []string{"--count", "-1", "--out", t.TempDir()}, "negative"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := cli(t, "", append([]string{"sample"}, tt.args...)...)
			if s.code != 1 || !strings.Contains(s.stderr, tt.says) {
				t.Errorf("exit code %d, %q; wanted 1 and %q", s.code, s.stderr, tt.says)
			}
		})
	}
}
