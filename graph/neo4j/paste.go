package neo4j

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// paste returns a statement with its parameters as Neo4j Browser and cypher-shell
// take them: `:params {…}` on one line, and the statement.
func paste(text string, params map[string]any) string {
	if len(params) == 0 {
		return text + ";"
	}
	return ":params " + literal(params) + "\n" + text + ";"
}

// literal writes a parameter as Cypher writes it. What a statement's parameters
// are made of is covered: null, booleans, numbers, texts, lists and maps.
func literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return quoted(v)
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0" // or it would be an integer
		}
		return s
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, key+": "+literal(v[key]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if list := reflect.ValueOf(v); list.Kind() == reflect.Slice {
		parts := make([]string, list.Len())
		for i := range parts {
			parts[i] = literal(list.Index(i).Interface())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return fmt.Sprint(v)
}

// quoted writes a text between quotes, in the escapes that Cypher and JSON share.
func quoted(s string) string {
	b := append(make([]byte, 0, len(s)+2), '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r < ' ':
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = append(b, string(r)...)
		}
	}
	return string(append(b, '"'))
}
