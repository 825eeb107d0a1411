package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func TestVerifyTellsByItsExitCode(t *testing.T) {
	mirror := sampleMirror(t, "20")
	store := filepath.Join(t.TempDir(), "cables.db")
	must(t, "load", "--quiet", "--store", store, mirror)
	other := sampleMirror(t, "40")
	tests := []struct {
		name           string
		args           []string
		code           int
		stdout, stderr string
	}{
		{"a good store", nil, 0, "all of it holds", "verifying texts"},
		{"without progress", []string{"--quiet"}, 0, "all of it holds", ""},
		{"the documents that were loaded", []string{"--complete", "--workers", "1", mirror}, 0, "20 documents", ""},
		{"documents that were not", []string{other}, 2, "the store lacks", ""},
		{"a path that is not there", []string{mirror + "x"}, 1, "", mirror + "x"},
		{"complete without documents", []string{"--complete"}, 1, "", "--complete"},
		{"a store that is not there", []string{"--store", store + "x"}, 1, "", "there is no store"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := cli(t, "", append([]string{"verify", "--store", store}, tt.args...)...)
			if s.code != tt.code || !strings.Contains(s.stdout, tt.stdout) || !strings.Contains(s.stderr, tt.stderr) {
				t.Errorf("exit code %d, said %q and %q; wanted %d, %q and %q", s.code, s.stdout, s.stderr, tt.code, tt.stdout, tt.stderr)
			}
		})
	}
}

func TestVerifyInJSON(t *testing.T) {
	mirror := sampleMirror(t, "3")
	store := filepath.Join(t.TempDir(), "cables.db")
	must(t, "load", "--quiet", "--store", store, mirror)
	var whole struct{ Checks []struct{ Checked int } }
	if err := json.Unmarshal([]byte(must(t, "verify", "--json", "--store", store)), &whole); err != nil || len(whole.Checks) == 0 {
		t.Errorf("%d checks, %v", len(whole.Checks), err)
	}
}

// TestTheManualsNameEveryFlag holds the commands that the manuals are about to them.
func TestTheManualsNameEveryFlag(t *testing.T) {
	for file, commands := range map[string][]*cobra.Command{
		"docs/loading.md":  {newLoadCmd(), newParseCmd(), newVerifyCmd()},
		"docs/networks.md": {newExportCmd()},
		"docs/server.md":   {newServeCmd()},
	} {
		raw, err := os.ReadFile("../../" + file)
		if err != nil {
			t.Fatal(err)
		}
		manual := string(raw)
		for _, cmd := range commands {
			if !strings.Contains(manual, "cablegraph "+cmd.Name()) {
				t.Errorf("%s lacks the command %s", file, cmd.Name())
			}
			cmd.Flags().VisitAll(func(f *pflag.Flag) {
				if !strings.Contains(manual, "`--"+f.Name) {
					t.Errorf("%s lacks the flag --%s of %s", file, f.Name, cmd.Name())
				}
			})
		}
	}
}
