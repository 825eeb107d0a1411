package web

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed examples
var exampleFiles embed.FS

// Example is a question that the page offers: its text, in which a comment says
// it in English, and its variables as JSON, empty where it has none.
type Example struct {
	Name      string `json:"name"`
	Query     string `json:"query"`
	Variables string `json:"variables,omitempty"`
}

// Examples returns the example questions in the order of the page's tabs.
func Examples() []Example {
	names, err := fs.Glob(exampleFiles, "examples/*.graphql")
	if err != nil {
		panic(err) // a malformed pattern above
	}
	examples := make([]Example, 0, len(names))
	for _, name := range names {
		e := Example{Name: strings.TrimSuffix(strings.TrimPrefix(name, "examples/"), ".graphql")}
		e.Query = readExample(name)
		if variables := "examples/" + e.Name + ".json"; has(variables) {
			e.Variables = readExample(variables)
		}
		examples = append(examples, e)
	}
	return examples
}

func has(name string) bool {
	_, err := fs.Stat(exampleFiles, name)
	return err == nil
}

func readExample(name string) string {
	text, err := exampleFiles.ReadFile(name)
	if err != nil {
		panic(err) // it was listed a moment ago
	}
	return string(text)
}
