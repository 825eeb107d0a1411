package people

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

// Corrections are what people know better about who is who than Resolve can
// find out: bynames of public figures, and what was written for this store. Nil are none.
type Corrections struct {
	text   string
	rules  []correction
	linked map[string][]string // surname that a correction names → itself and those with the same people, sorted

	mu  sync.Mutex
	met map[string]bool // the names that Resolve found somebody for; guarded by mu
}

// maxCorrections bounds the text of corrections, in bytes.
const maxCorrections = 1 << 20

// verb says what a correction does.
type verb string

const (
	verbSame      verb = "same"      // names = one person, shown under the first of them
	verbDifferent verb = "different" // names | that are not one person; or a name in cables where it is somebody else
	verbRename    verb = "rename"    // the first of names is shown as the second
	verbTitle     verb = "title"     // the first of names bears the second, a title, with ", " and a country or without
)

// correction is one line.
type correction struct {
	line   int    // 0 of a byname
	text   string // of the line
	verb   verb
	names  []string
	cables []graph.Reference // of "different … in …"
}

// ErrBadCorrection says that a line of corrections was not understood; its text names the line.
var ErrBadCorrection = errors.New("correction not understood")

// ParseCorrections reads corrections, one a line:
//
//	# a comment
//	same       Mahmoud Abbas = Abu Mazen
//	different  George W. Bush | George H. W. Bush
//	different  Bernard Kouchner in 09STATE11937, 08PARIS114
//	rename     Wladimir Putin = Vladimir Putin
//	title      Bernard Kouchner = Foreign Minister, France
//
// A name is one by which cables call the person, whole, or an id
// ("person:abu-mazen"). All lines that are wrong are in the error, each an ErrBadCorrection.
func ParseCorrections(text string) (*Corrections, error) {
	if len(text) > maxCorrections {
		return nil, fmt.Errorf("%w: %d bytes are more than the %d that corrections may have", ErrBadCorrection, len(text), maxCorrections)
	}
	c := &Corrections{text: text}
	var all error
	n := 0
	for line := range strings.Lines(text) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		rule, err := parseCorrection(line)
		if err != nil {
			all = errors.Join(all, fmt.Errorf("line %d: %w: %w", n, ErrBadCorrection, err))
			continue
		}
		rule.line, rule.text = n, oneLine(line)
		c.rules = append(c.rules, rule)
	}
	c.addBynames()
	c.link()
	return c, all
}

// bynames are the corrections that come with the program.
var bynames = sync.OnceValue(func() []correction {
	var all []correction
	for _, line := range dataLines("bynames") {
		c, err := parseCorrection(line)
		if err != nil {
			panic(err)
		}
		all = append(all, c)
	}
	return all
})

// addBynames puts the bynames first, but for those that a correction says are different people's.
func (c *Corrections) addBynames() {
	var rules []correction
	for _, byname := range bynames() {
		denied := func(r correction) bool {
			return r.verb == verbDifferent && len(r.names) > 1 && !slices.ContainsFunc(r.names, func(name string) bool {
				return !slices.ContainsFunc(byname.names, func(other string) bool { return graph.Fold(other) == graph.Fold(name) })
			})
		}
		if !slices.ContainsFunc(c.rules, denied) {
			rules = append(rules, byname)
		}
	}
	c.rules = append(rules, c.rules...)
}

func parseCorrection(line string) (correction, error) {
	word, rest, _ := strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
	c := correction{verb: verb(strings.ToLower(strings.TrimSuffix(word, ":")))}
	switch c.verb {
	case verbSame:
		c.names = split(rest, "=")
	case verbDifferent:
		if name, cables, ok := strings.Cut(rest, " in "); ok {
			c.names = []string{strings.TrimSpace(name)}
			return c, c.readCables(cables)
		}
		c.names = split(rest, "|")
	case verbRename, verbTitle:
		if c.names = split(rest, "="); len(c.names) > 2 {
			return c, fmt.Errorf("%s takes one =, as in %q", c.verb, examples[c.verb])
		}
	default:
		return c, fmt.Errorf("it starts with %q; a line starts with same, different, rename or title", word)
	}
	if len(c.names) < 2 || slices.Contains(c.names, "") {
		return c, fmt.Errorf("%s wants names on both sides, as in %q", c.verb, examples[c.verb])
	}
	for i, name := range c.names {
		if len(nameOf(name)) == 0 && (i == 0 || c.verb != verbTitle) {
			return c, fmt.Errorf("%q is no name", name)
		}
	}
	return c, nil
}

// examples show how each line is written.
var examples = map[verb]string{
	verbSame:      "same Mahmoud Abbas = Abu Mazen",
	verbDifferent: "different George W. Bush | George H. W. Bush",
	verbRename:    "rename Wladimir Putin = Vladimir Putin",
	verbTitle:     "title Bernard Kouchner = Foreign Minister",
}

func split(s, by string) []string {
	parts := strings.Split(s, by)
	for i := range parts {
		parts[i] = oneLine(parts[i])
	}
	return parts
}

func (c *correction) readCables(list string) error {
	if len(nameOf(c.names[0])) == 0 {
		return fmt.Errorf("%q is no name", c.names[0])
	}
	for _, cable := range split(list, ",") {
		reference, err := graph.ParseReference(cable)
		if err != nil {
			return err
		}
		c.cables = append(c.cables, reference)
	}
	return nil
}

var slugNumber = regexp.MustCompile(`-\d+$`)

// nameOf returns the folded words of a name, or of the name that an id was made of.
func nameOf(name string) []string {
	if slug, ok := strings.CutPrefix(name, "person:"); ok {
		name = slugNumber.ReplaceAllString(slug, "")
	}
	return nameWords(name)
}

// surname returns the surname that Resolve looks for a corrected name under.
func surname(name string) string { return surnameOf(strings.Join(nameOf(name), " ")) }

// Text returns the text that the corrections were read from.
func (c *Corrections) Text() string {
	if c == nil {
		return ""
	}
	return c.text
}

// Surnames returns the surnames of everyone whom a line of the text names, sorted, each once.
func (c *Corrections) Surnames() []string {
	var all []string
	if c != nil {
		for i := range c.rules {
			if c.rules[i].line > 0 {
				all = append(all, c.rules[i].surnames()...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (c *correction) surnames() []string {
	names := c.names
	if c.verb == verbRename || c.verb == verbTitle {
		names = names[:1]
	}
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = surname(name)
	}
	return all
}

// Linked returns the surnames that have to be resolved together with one, because
// people of them are the same: itself and others, sorted.
func (c *Corrections) Linked(surname string) []string {
	if c != nil && c.linked[surname] != nil {
		return c.linked[surname]
	}
	return []string{surname}
}

// link works out which surnames are resolved together.
func (c *Corrections) link() {
	c.linked = map[string][]string{}
	for i := range c.rules {
		names := c.rules[i].surnames()
		for _, s := range names {
			if c.linked[s] == nil {
				c.linked[s] = []string{s}
			}
		}
		if c.rules[i].verb != verbSame {
			continue
		}
		var all []string
		for _, s := range names {
			all = append(all, c.linked[s]...)
		}
		slices.Sort(all)
		all = slices.Compact(all)
		for _, s := range all {
			c.linked[s] = all
		}
	}
}

// meet notes that there is somebody of the name.
func (c *Corrections) meet(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.met == nil {
		c.met = map[string]bool{}
	}
	c.met[name] = true
}

// Idle says of each name for which Resolve met nobody so far where it stands: "line 3: nobody is called Abu Mazen".
func (c *Corrections) Idle() []string {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var idle []string
	for _, rule := range c.rules {
		for i, name := range rule.names {
			if !c.met[name] && rule.line > 0 && (i == 0 || rule.verb == verbSame || rule.verb == verbDifferent) {
				idle = append(idle, fmt.Sprintf("line %d: nobody is called %s", rule.line, name))
			}
		}
	}
	return idle
}
