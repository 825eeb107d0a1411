package sqlite

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
)

// awkward are parameters with all that a shell could take for something else.
var awkward = []any{
	"plain", "", "it's", `say "no"`, `C:\new\101`, "two\nlines\r\n\tand a tab\x01", "Ünïcödé 𐐔 \u2028", "$x ?1 'a' || 'b'; .quit -- /* ",
	`["IR","PREL"]`, int64(11), int64(-1035593280), 7, true, false, 0.25, 3.0, nil,
}

const everyParameter = "SELECT typeof(v), quote(v) FROM (SELECT 1 AS n, ? AS v"

func TestAPastedParameterIsTheParameter(t *testing.T) {
	s := opened(t)
	statement := everyParameter
	for i := range awkward[1:] {
		statement += " UNION ALL SELECT " + strconv.Itoa(i+2) + ", ?"
	}
	statement += ") ORDER BY n"
	want := strings.Join(rowsAs(t, s, statement, awkward), "\n")
	t.Run("as SQLite's manual says", func(t *testing.T) {
		args := make([]string, 0, len(awkward))
		for line := range strings.SplitSeq(paste(statement, awkward), "\n") {
			if rest, ok := strings.CutPrefix(line, ".parameter set ?"+strconv.Itoa(len(args)+1)+" "); ok {
				args = append(args, unquoted(t, rest))
			}
		}
		inline := statement
		for _, arg := range args {
			inline = strings.Replace(inline, "?", strings.ReplaceAll(arg, "?", "\x02"), 1)
		}
		got := strings.Join(rowsAs(t, s, strings.ReplaceAll(inline, "\x02", "?"), nil), "\n")
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("what is pasted (-want +got):\n%s", diff)
		}
	})
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		return // the shell itself is no part of this program
	}
	t.Run("in the shell", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		run := exec.CommandContext(ctx, shell, "-batch", filepath.Join(t.TempDir(), "empty.db"))
		run.Stdin = strings.NewReader(paste(statement, awkward) + "\n")
		got, err := run.CombinedOutput()
		if diff := gocmp.Diff(want, strings.TrimSuffix(string(got), "\n")); err != nil || diff != "" {
			t.Errorf("sqlite3: %v (-want +got):\n%s", err, diff)
		}
	})
}

func rowsAs(t *testing.T, s *Store, statement string, args []any) (lines []string) {
	t.Helper()
	err := s.read(t.Context(), func(c *conn) error {
		return c.query(statement, args, func(r row) error {
			lines = append(lines, r.text(0)+"|"+r.text(1))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// unquoted reads one argument as the shell does: between double quotes a
// backslash and three octal digits are a byte, a backslash and anything else that itself.
func unquoted(t *testing.T, argument string) string {
	t.Helper()
	inner, ok := strings.CutPrefix(argument, `"`)
	if !ok {
		return argument
	}
	inner = strings.TrimSuffix(inner, `"`)
	var b []byte
	for i := 0; i < len(inner); i++ {
		if inner[i] != '\\' {
			b = append(b, inner[i])
			continue
		}
		if n, err := strconv.ParseUint(inner[i+1:min(i+4, len(inner))], 8, 8); err == nil {
			b = append(b, byte(n))
			i += 3
			continue
		}
		i++
		b = append(b, inner[i])
	}
	return string(b)
}
