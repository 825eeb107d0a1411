package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestExportWritesWhatItSays(t *testing.T) {
	store, dir := sampleStore(t), t.TempDir()
	file, pipe := filepath.Join(dir, "graph.gexf"), filepath.Join(dir, "pipe")
	args := []string{"export", "--store", store, "--of", "EVERYTHING", "--format", "gexf", "--out"}
	want := must(t, append(args, "-")...)
	if said := must(t, append(args, file)...); !strings.Contains(said, file+": ") || !strings.Contains(said, " edges\n") {
		t.Errorf("it says %q", said)
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("%v: the file has %d bytes, standard output %d", err, len(got), len(want))
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	read := make(chan string, 1)
	go func() {
		text, _ := os.ReadFile(pipe)
		read <- string(text)
	}()
	must(t, append(args, pipe)...)
	if at, err := os.Lstat(pipe); err != nil || at.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("%v: a file took the place of the pipe", err)
	}
	if got := <-read; got != want {
		t.Errorf("the pipe got %d bytes, not %d", len(got), len(want))
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%v: left over: %v", err, left)
	}
}
