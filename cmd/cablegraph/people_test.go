package main

import (
	"os"
	"strings"
	"testing"
)

func TestCorrectionsFromTheCommandLine(t *testing.T) {
	store := sampleStore(t)
	text := "# the desk\nsame Bernard Kouchner = Nobody Atall\n"
	file := writeFile(t, "people.txt", text)
	if out := must(t, "people", "apply", "--quiet", "--store", store, file); !strings.Contains(out, "line 2: nobody is called Nobody Atall") {
		t.Errorf("apply said %q", out)
	}
	if out := must(t, "people", "show", "--store", store); out != text {
		t.Errorf("show said %q, want %q", out, text)
	}

	wrong := writeFile(t, "wrong.txt", "sane A = B\n")
	s := cli(t, "", "people", "apply", "--store", store, wrong)
	if s.code != 1 || !strings.Contains(s.stderr, wrong) || !strings.Contains(s.stderr, `line 1`) || !strings.Contains(s.stderr, `"sane"`) {
		t.Errorf("a wrong line: exit code %d, said %q", s.code, s.stderr)
	}
	if out := must(t, "people", "show", "--store", store); out != text {
		t.Errorf("a wrong file changed what is kept: %q", out)
	}
	if s := cli(t, "", "people", "apply", "--store", "bolt://127.0.0.1:1"); s.code != 1 || !strings.Contains(s.stderr, "name the file") {
		t.Errorf("no file for a server: exit code %d, said %q", s.code, s.stderr)
	}
}

func TestLoadReadsTheCorrectionsBesideTheStore(t *testing.T) {
	store := sampleStore(t)
	beside := strings.TrimSuffix(store, ".db") + ".people.txt"
	if err := os.WriteFile(beside, []byte("rename Bernard Kouchner = B. Kouchner\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	mirror := sampleMirror(t, "5")
	must(t, "load", "--quiet", "--store", store, mirror)
	if out := must(t, "people", "show", "--store", store); !strings.HasPrefix(out, "rename") {
		t.Errorf("show said %q", out)
	}
	other := writeFile(t, "other.txt", "")
	must(t, "load", "--quiet", "--store", store, "--people", other, mirror)
	if out := must(t, "people", "show", "--store", store); out != "" {
		t.Errorf("show said %q after an empty file", out)
	}
	if s := cli(t, "", "load", "--store", store, "--people", other+"x", mirror); s.code != 1 || !strings.Contains(s.stderr, other+"x") {
		t.Errorf("a file that is not there: exit code %d, said %q", s.code, s.stderr)
	}
}
