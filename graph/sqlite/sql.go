package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"
)

// expr is a piece of SQL with the arguments of its parameters, in their order.
type expr struct {
	text string
	args []any
}

// sql makes a piece out of a format, whose %s stand for pieces.
func sql(format string, parts ...expr) expr {
	texts := make([]any, len(parts))
	var args []any
	for i, p := range parts {
		texts[i] = p.text
		args = append(args, p.args...)
	}
	return expr{fmt.Sprintf(format, texts...), args}
}

// raw makes a piece out of a text without parameters, arg one parameter.
func raw(text string) expr { return expr{text: text} }
func arg(value any) expr   { return expr{"?", []any{value}} }

var (
	always = raw("1")
	never  = raw("0")
)

// maxJoined is how many pieces stand in one row. SQLite allows 1,000 levels in an
// expression, and a AND b AND c … has as many as pieces; halves of halves have few.
const maxJoined = 64

// joined puts an operator between pieces; without pieces it gives empty.
func joined(operator string, parts []expr, empty expr) expr {
	switch n := len(parts); {
	case n == 0:
		return empty
	case n == 1:
		return parts[0]
	case n > maxJoined:
		return joined(operator, []expr{joined(operator, parts[:n/2], empty), joined(operator, parts[n/2:], empty)}, empty)
	}
	texts := make([]string, len(parts))
	var args []any
	for i, p := range parts {
		texts[i] = p.text
		args = append(args, p.args...)
	}
	return expr{"(" + strings.Join(texts, operator) + ")", args}
}

// allOf leaves out what is always true.
func allOf(parts ...expr) expr { return joined(" AND ", telling(parts), always) }

// telling returns the conditions that are not always true.
func telling(parts []expr) []expr {
	out := make([]expr, 0, len(parts))
	for _, p := range parts {
		if p.text != always.text {
			out = append(out, p)
		}
	}
	return out
}

// clause is WHERE with each condition on a line of its own.
func clause(parts []expr) expr {
	parts = telling(parts)
	if len(parts) == 0 {
		return expr{}
	}
	if len(parts) > maxJoined {
		parts = []expr{allOf(parts...)}
	}
	all := sql("\nWHERE %s", parts[0])
	for _, p := range parts[1:] {
		all = sql("%s\n  AND %s", all, p)
	}
	return all
}

// besides is one more condition behind others, nothing where it is always true.
func besides(condition expr) expr {
	if condition.text == always.text {
		return expr{}
	}
	return sql(" AND %s", condition)
}

func anyOf(parts ...expr) expr { return joined(" OR ", parts, never) }
func not(x expr) expr          { return sql("NOT (%s)", x) }

// list is a list of texts as one parameter, so that lists of any length give the same text.
func list(values []string) expr { return arg(listJSON(values)) }

func listJSON[E any](values []E) string {
	if len(values) == 0 {
		return "[]"
	}
	b, err := json.Marshal(values)
	if err != nil {
		panic(err) // texts, numbers and plain structs of both
	}
	return string(b)
}
