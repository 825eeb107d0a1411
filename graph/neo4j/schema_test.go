package neo4j

import (
	"strings"
	"testing"
)

func TestFulltextIndexes(t *testing.T) {
	index := func(label string, properties []any, analyzer string) map[string]any {
		return map[string]any{
			"labelsOrTypes": []any{label}, "properties": properties,
			"options": map[string]any{"indexConfig": map[string]any{"fulltext.analyzer": analyzer}},
		}
	}
	texts := []any{"subjectText", "body", "bodyText"}
	for _, row := range []struct {
		rule, name string
		index      map[string]any
		says       string
	}{
		{"our own is right", "cableText", index("Cable", texts, "standard-no-stop-words"), ""},
		{"one over other properties is none of our business", "theirs", index("Cable", []any{"body"}, "english"), ""},
		{"an equal one under another name would hide ours", "theirs", index("Cable", texts, "standard-no-stop-words"), "DROP INDEX theirs"},
		{"our name over other properties", "cableText", index("Cable", []any{"body"}, "whitespace"), "DROP INDEX cableText"},
		{"our name with another analyzer", "cableText", index("Cable", texts, "english"), "DROP INDEX cableText"},
	} {
		t.Run(row.rule, func(t *testing.T) {
			err := checkFulltext(row.name, row.index)
			switch {
			case row.says == "" && err != nil:
				t.Errorf("error: %v", err)
			case row.says != "" && (err == nil || !strings.Contains(err.Error(), row.says)):
				t.Errorf("error %v does not say %q", err, row.says)
			}
		})
	}
}
