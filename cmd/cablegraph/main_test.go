package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// said is what one command line came to.
type said struct {
	code           int
	stdout, stderr string
}

// cli runs a command line in this process.
func cli(t *testing.T, stdin string, args ...string) said {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(stdin), &stdout, &stderr)
	return said{code, stdout.String(), stderr.String()}
}

// must runs a command line that has to go well, and returns its output.
func must(t *testing.T, args ...string) string {
	t.Helper()
	s := cli(t, "", args...)
	if s.code != 0 {
		t.Fatalf("cablegraph %s: exit code %d\n%s%s", strings.Join(args, " "), s.code, s.stdout, s.stderr)
	}
	return s.stdout
}

// sampleStore returns a file with the graph of made-up cables.
func sampleStore(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	mirror, store := filepath.Join(dir, "mirror"), filepath.Join(dir, "cables.db")
	must(t, "sample", "--count", "200", "--out", mirror)
	must(t, "load", "--quiet", "--store", store, mirror)
	return store
}

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCommandLine(t *testing.T) {
	tests := map[string]struct {
		args []string
		code int
		says string
	}{
		"nothing shows the commands":        {nil, 0, "Available Commands"},
		"version":                           {[]string{"version"}, 0, "cablegraph "},
		"completions":                       {[]string{"completion", "bash"}, 0, "complete"},
		"an unknown command":                {[]string{"lode"}, 1, `unknown command "lode"`},
		"an unknown flag":                   {[]string{"serve", "--port", "1"}, 1, "unknown flag: --port"},
		"a store that is not there":         {[]string{"stats", "--store", "/nowhere/cables.db"}, 1, "cablegraph load --store /nowhere/cables.db"},
		"an address of no Neo4j":            {[]string{"stats", "--store", "http://localhost:7474"}, 1, "starts with one of bolt://"},
		"a password in the address":         {[]string{"stats", "--store", "bolt://neo4j:secret@localhost"}, 1, "no user and no password"},
		"a password file that is not there": {[]string{"stats", "--store", "bolt://localhost", "--neo4j-password-file", "/nowhere/pw"}, 1, "/nowhere/pw"},
		"a server that does not answer":     {[]string{"healthcheck", "--url", "http://127.0.0.1:1/readyz"}, 1, "refused"},
		"a log level that there is none of": {[]string{"serve", "--log-level", "loud"}, 1, "loud"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := cli(t, "", test.args...)
			if s.code != test.code || !strings.Contains(s.stdout+s.stderr, test.says) {
				t.Errorf("exit code %d, want %d and %q:\n%s%s", s.code, test.code, test.says, s.stdout, s.stderr)
			}
			if strings.Contains(s.stderr, "secret") {
				t.Error("the password is shown")
			}
		})
	}
}

func TestNoFlagTakesAPassword(t *testing.T) {
	var visit func(*cobra.Command)
	visit = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if strings.Contains(f.Name, "password") && !strings.HasSuffix(f.Name, "-file") {
				t.Errorf("%s --%s", cmd.CommandPath(), f.Name)
			}
		})
		for _, below := range cmd.Commands() {
			visit(below)
		}
	}
	t.Setenv(envPassword, "secret")
	visit(newRootCmd())
	if help := must(t, "serve", "--help"); strings.Contains(help, "secret") {
		t.Error("the help shows the password")
	}
}

func TestPassword(t *testing.T) {
	tests := map[string]struct {
		env, file, want string
	}{
		"none":                         {"", "", ""},
		"from the environment":         {"a", "", "a"},
		"from a file":                  {"", "b\n", "b"},
		"the file wins":                {"a", "b", "b"},
		"only the line's end is taken": {"", " b c \r\n", " b c "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv(envPassword, test.env)
			f := storeFlags{}
			if test.file != "" {
				f.passwordFile = writeFile(t, "password", test.file)
			}
			if got, err := f.password(); err != nil || got != test.want {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
		})
	}
}

func TestStoreComesFromTheEnvironment(t *testing.T) {
	t.Setenv(envStore, "/nowhere/other.db")
	if s := cli(t, "", "stats"); s.code != 1 || !strings.Contains(s.stderr, "/nowhere/other.db") {
		t.Errorf("exit code %d: %s", s.code, s.stderr)
	}
}

func TestInterruptedBeforeItStarts(t *testing.T) {
	store := sampleStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	if code := run(ctx, []string{"stats", "--store", store}, strings.NewReader(""), &out, &out); code == 0 {
		t.Errorf("exit code 0: %s", out.String())
	}
}
