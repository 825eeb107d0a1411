package loader

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/source"
)

// Problem is one thing that was wrong with one document.
type Problem struct {
	Document string `json:"document"` // as source.Entry names it
	Kind     string `json:"kind"`     // what problems of this sort have in common
	Reason   string `json:"reason"`
}

const kindTwin = "other words about the same cable"

// kindOf sorts the errors of documents.
func kindOf(err error) string {
	for _, kind := range []error{source.ErrTooLarge, source.ErrCutShort, source.ErrOutside, parse.ErrNotCable} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	return "can't be read"
}

// special is what stands in a warning of this document only: numbers and words in quotes.
var special = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[\p{L}\d./:-]*\d[\p{L}\d./:-]*`)

func kindOfWarning(text string) string {
	return strings.Join(strings.Fields(special.ReplaceAllString(text, "…")), " ")
}

// problemsFile takes problems as lines of JSON, each written at once, so that a
// load that ends in whatever way leaves them all.
type problemsFile struct {
	file *os.File // nil: nobody asked for it
	err  error    // the first of writing
}

func (p *problemsFile) open(path string, goOn bool) error {
	if path == "" {
		return nil
	}
	how := os.O_TRUNC
	if goOn {
		how = os.O_APPEND
	}
	var err error
	if p.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|how, 0o644); err != nil {
		return fmt.Errorf("the file for problems: %w", err)
	}
	return nil
}

// put writes a line; after the first error it writes no more, and close tells.
func (p *problemsFile) put(line any) {
	if p.file == nil || p.err != nil {
		return
	}
	out := json.NewEncoder(p.file)
	out.SetEscapeHTML(false)
	p.err = out.Encode(line)
}

func (p *problemsFile) close() error {
	if p.file == nil {
		return nil
	}
	if err := errors.Join(p.err, p.file.Close()); err != nil {
		return fmt.Errorf("writing the file of problems: %w", err)
	}
	return nil
}
