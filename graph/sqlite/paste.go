package sqlite

import (
	"fmt"
	"strconv"
	"strings"
)

// paste returns a statement with its parameters as the shell sqlite3 takes them:
// a `.parameter set` for each, and the statement.
func paste(text string, args []any) string {
	var b strings.Builder
	if len(args) > 0 {
		b.WriteString(".parameter clear\n")
	}
	for i, arg := range args {
		fmt.Fprintf(&b, ".parameter set ?%d %s\n", i+1, argument(arg))
	}
	return b.String() + text + ";"
}

// argument writes a parameter as an argument of the shell, which takes it for SQL.
func argument(v any) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case bool:
		if v {
			return "1"
		}
		return "0"
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0" // or it would be an integer
		}
		return s
	case string:
		return shellQuoted("'" + strings.ReplaceAll(v, "'", "''") + "'")
	}
	return fmt.Sprint(v)
}

// shellQuoted puts a text between the double quotes of the shell, in which a
// backslash begins an escape; a command is one line.
func shellQuoted(s string) string {
	b := append(make([]byte, 0, len(s)+2), '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\%03o`, c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}
