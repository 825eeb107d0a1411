package neo4j

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// ErrDelimiter says that a text has the character that separates the items of a list.
var ErrDelimiter = errors.New("a text in a list has the character U+001F, which separates the list's items")

const listDelimiter = "\x1f"

// table is a file of nodes or edges for Neo4j's offline importer: "name:type" for each column.
type table struct {
	name    string // of the file
	group   string // "nodes=Cable", "relationships=SENT_TO"
	columns []string
	names   []string // the properties of the columns
	out     *bufio.Writer
	file    *os.File
}

// The files, by what their rows are.
var (
	cableColumnTypes = []string{
		"reference:ID(Cable)", "published:boolean", "createdMinute:long", "releasedMinute:long", "level:long", "marks:string", "subjectText:string", "bodyText:string",
		"created:datetime", "released:datetime", "classification:string", "caveats:string[]", "subject:string", "body:string", "summary:string",
		"header:string", "otherReferences:string[]", "sources:string[]", "hash:string", "paragraphs:string",
	}
	postColumnTypes = []string{
		"slug:ID(Post)", "name:string", "kind:string", "city:string", "country:string", "aliases:string[]", "cityText:string", "countryText:string",
	}
	personColumnTypes = []string{
		"slug:ID(Person)", "name:string", "surname:string", "aliases:string[]", "titles:string[]", "tag:string",
		"alone:boolean", "because:string", "offices:string", "otherSlugs:string[]",
	}
	tagColumnTypes  = []string{"code:ID(Tag)", "name:string", "kind:string"}
	edgeColumnTypes = map[string]string{
		"position": "long", "action": "boolean", "precedence": "string", "as": "string", "label": "string", "name": "string", "surname": "string",
		"count": "long", "role": "string", "confidence": "double", "rule": "string", "spans": "long[]", "paragraphs": "long[]", "marks": "string", "forms": "string[]",
		"titles": "string[]", "countries": "string", "tag": "string",
		"code": "string", "createdMinute": "long",
	}
)

// export writes a store's files.
type export struct {
	dir    string
	tables map[string]*table // file's name → table
	order  []*table

	seen    map[string]bool      // nodes of the store's own that are written
	created map[string]time.Time // cable's reference → date, for its tags
}

// Export writes a graph as files for Neo4j's offline importer into dir, which is
// made, and beside them import.sh, which runs it. What is imported is a store as
// this package writes it; its constraints and indexes are made when it is opened.
// Namings that were not settled count as settled. Memory grows with the names
// of posts, tags and people, and some bytes a cable. The error is that of the
// reader, of the disk, or ErrDelimiter.
func Export(ctx context.Context, from graph.Reader, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	e := &export{dir: dir, tables: map[string]*table{}, seen: map[string]bool{}, created: map[string]time.Time{}}
	err := e.open()
	if err == nil {
		err = from.Walk(ctx, e.element)
	}
	if err == nil {
		err = e.state(ctx, from)
	}
	if err = errors.Join(err, e.close()); err == nil {
		err = e.script()
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

func (e *export) open() error {
	for _, t := range []*table{
		{name: "cables", group: "nodes=Cable", columns: cableColumnTypes},
		{name: "posts", group: "nodes=Post", columns: postColumnTypes},
		{name: "people", group: "nodes=Person", columns: personColumnTypes},
		{name: "tags", group: "nodes=Tag", columns: tagColumnTypes},
		{name: "names", group: "nodes=Name", columns: []string{"key:ID(Name)"}},
		{name: "keys", group: "nodes=Key", columns: []string{"key:ID(Key)"}},
		{name: "slips", group: "nodes=Slip", columns: []string{"reference:ID(Slip)"}},
		{name: "surnames", group: "nodes=Surname", columns: []string{"surname:ID(Surname)", "written:long", "unsettled:boolean"}},
		{name: "meta", group: "nodes=Meta", columns: []string{"key:ID(Meta)", "format:long", "generation:long", "loadedAt:datetime", "corrections:string"}},
		edgeTable("SENT_FROM", "Cable", "Post", nil),
		edgeTable("SENT_TO", "Cable", "Post", sentToProperties),
		edgeTable("TAGGED", "Cable", "Tag", taggedProperties),
		edgeTable("REFERENCES", "Cable", "Cable", referencesProperties),
		edgeTable("MENTIONS", "Cable", "Person", mentionsProperties),
		edgeTable("SIGNED_BY", "Cable", "Person", signedProperties[:1]),
		edgeTable("CLASSIFIED_BY", "Cable", "Person", signedProperties[:1]),
		edgeTable("TAG_OF", "Tag", "Person", nil),
		{name: "names_posts", group: "relationships=NAMES", columns: endColumns("Name", "Post")},
		{name: "names_people", group: "relationships=NAMES", columns: endColumns("Name", "Person")},
		{name: "names_tags", group: "relationships=NAMES", columns: endColumns("Name", "Tag")},
		{name: "keys_people", group: "relationships=NAMES", columns: endColumns("Key", "Person")},
		{name: "slips_cables", group: "relationships=MEANS", columns: endColumns("Slip", "Cable")},
	} {
		if err := t.open(e.dir); err != nil {
			return err
		}
		e.tables[t.name] = t
		e.order = append(e.order, t)
	}
	return nil
}

func endColumns(from, to string) []string {
	return []string{":START_ID(" + from + ")", ":END_ID(" + to + ")"}
}

func edgeTable(kind, from, to string, properties []string) *table {
	columns := endColumns(from, to)
	for _, name := range properties {
		columns = append(columns, name+":"+edgeColumnTypes[name])
	}
	return &table{name: strings.ToLower(kind), group: "relationships=" + kind, columns: columns}
}

func (t *table) open(dir string) (err error) {
	for _, c := range t.columns {
		name, _, _ := strings.Cut(c, ":")
		t.names = append(t.names, name)
	}
	if t.file, err = os.Create(filepath.Join(dir, t.name+".csv")); err != nil {
		return err
	}
	t.out = bufio.NewWriterSize(t.file, 1<<18)
	_, err = t.out.WriteString(strings.Join(t.columns, ",") + "\n")
	return err
}

func (e *export) close() error {
	var all error
	for _, t := range e.order {
		all = errors.Join(all, t.out.Flush(), t.file.Close())
	}
	return all
}

// node writes a node by its properties.
func (t *table) node(properties map[string]any) error {
	values := make([]any, len(t.names))
	for i, name := range t.names {
		values[i] = properties[name]
	}
	return t.row(values...)
}

// row writes values. A null is nothing, an empty string is "".
func (t *table) row(values ...any) error {
	for i, v := range values {
		if i > 0 {
			_ = t.out.WriteByte(',') // an error stays until Flush
		}
		s, err := field(v)
		if err != nil {
			return fmt.Errorf("%s.csv: %w", t.name, err)
		}
		if v != nil {
			_, _ = t.out.WriteString(`"` + strings.ReplaceAll(s, `"`, `""`) + `"`)
		}
	}
	return t.out.WriteByte('\n')
}

func field(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	case time.Time:
		return v.UTC().Format(time.RFC3339), nil
	case []string:
		if strings.Contains(strings.Join(v, ""), listDelimiter) {
			return "", ErrDelimiter
		}
		return strings.Join(v, listDelimiter), nil
	case []int:
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(v), " ", listDelimiter), "[]"), nil
	case []int64:
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(v), " ", listDelimiter), "[]"), nil
	default:
		return fmt.Sprint(v), nil
	}
}

func (e *export) element(x graph.Element) error {
	switch {
	case x.Cable != nil:
		return e.cable(x.Cable, x.Marks)
	case x.Post != nil:
		return errors.Join(e.tables["posts"].node(postProperties(x.Post)), e.names("names_posts", x.Post.Slug, x.Post.Names()))
	case x.Person != nil:
		return e.person(x.Person)
	case x.Tag != nil:
		return errors.Join(e.tables["tags"].node(tagProperties(x.Tag)), e.names("names_tags", x.Tag.Code, x.Tag.Names()))
	default:
		return e.link(x.Link, x.Marks)
	}
}

func (e *export) cable(c *graph.Cable, marks string) error {
	if !c.Created.IsZero() {
		e.created[string(c.Reference)] = c.Created
	}
	err := e.tables["cables"].node(cableProperties(c, marks))
	for _, slip := range slips(c.Sources) {
		err = errors.Join(err, e.once("slips", slip), e.tables["slips_cables"].row(slip, string(c.Reference)))
	}
	return err
}

func (e *export) person(p *graph.Person) error {
	return errors.Join(
		e.tables["people"].node(personProperties(p)),
		e.names("names_people", p.Slug, p.Names()),
		e.names("keys_people", p.Slug, p.Keys()),
		e.once("surnames", p.Surname, 1, false),
	)
}

// names writes the names of a node, or its keys, and the edges that lead from them to it.
func (e *export) names(edges, key string, names []string) error {
	var err error
	kind, _, _ := strings.Cut(edges, "_")
	for _, name := range names {
		err = errors.Join(err, e.once(kind, name), e.tables[edges].row(name, key))
	}
	return err
}

// once writes a node of the store's own, whose key is its first value, unless it was written before.
func (e *export) once(name string, values ...any) error {
	key := name + ":" + values[0].(string)
	if e.seen[key] {
		return nil
	}
	e.seen[key] = true
	return e.tables[name].row(values...)
}

func (e *export) link(l *graph.Link, marks string) error {
	_, from, err := l.From.Split()
	if err != nil {
		return err
	}
	_, to, err := l.To.Split()
	if err != nil {
		return err
	}
	return e.tables[strings.ToLower(string(l.Type))].row(append([]any{from, to}, e.values(l, from, to, marks)...)...)
}

// values are an edge's properties, in the order of its table.
func (e *export) values(l *graph.Link, from, to, marks string) []any {
	switch l.Type {
	case graph.LinkSentTo:
		return sentTo(l.Position, &graph.Recipient{Action: l.Action, Precedence: l.Precedence, As: l.As})
	case graph.LinkTagged:
		return tagged(l.Position, to, e.created[from])
	case graph.LinkReferences:
		return citation(l.Position, &graph.Citation{Label: l.Label, As: l.As})
	case graph.LinkSignedBy, graph.LinkClassifiedBy:
		return []any{l.As}
	case graph.LinkMentions:
		m := l.Mention
		return mentions(&naming{
			Position: l.Position, Name: l.Name, Surname: l.Surname, Tag: l.Tag,
			Count: m.Count, Role: string(m.Role), Confidence: m.Confidence, Rule: m.Rule,
			Spans: graph.EncodeSpans(m.Spans, m.Forms), Paragraphs: m.Paragraphs, Marks: marks, Forms: m.Forms, Titles: m.Titles, Countries: m.Countries,
		})
	}
	return nil
}

// state writes what the store knows of itself.
func (e *export) state(ctx context.Context, from graph.Reader) error {
	corpus, err := from.Corpus(ctx)
	if err != nil {
		return err
	}
	var loaded any
	if !corpus.LoadedAt.IsZero() {
		loaded = corpus.LoadedAt
	}
	corrections, err := from.Corrections(ctx)
	if err != nil {
		return err
	}
	return e.tables["meta"].row("store", format, 1, loaded, given(corrections))
}

// script writes import.sh.
func (e *export) script() error {
	lines := []string{
		`#!/bin/sh`,
		`# Imports these files into the stopped Neo4j server on this machine, as the database "neo4j",`,
		`# in place of what is there. NEO4J_ADMIN names its neo4j-admin where that is not on the PATH.`,
		`cd "$(dirname "$0")" && exec "${NEO4J_ADMIN:-neo4j-admin}" database import full neo4j --overwrite-destination \`,
		`  --id-type=string --array-delimiter=U+001F --multiline-fields=true --ignore-empty-strings=false --read-buffer-size=64m`,
	}
	for _, t := range e.order {
		lines[len(lines)-1] += ` \`
		lines = append(lines, "  --"+t.group+"="+t.name+".csv")
	}
	text := strings.Join(slices.Concat(lines, []string{""}), "\n")
	return os.WriteFile(filepath.Join(e.dir, "import.sh"), []byte(text), 0o755)
}
