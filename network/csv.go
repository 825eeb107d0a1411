package network

import (
	"archive/zip"
	"strings"
)

// Quotes are doubled. To Gephi a backslash is an escape too, which would
// swallow a quote after it.
var (
	csvText   = strings.NewReplacer(`"`, `""`)
	gephiText = strings.NewReplacer(`"`, `""`, `\`, `\\`)
)

// row writes a line of CSV: texts in quotes, so that an empty one is not a missing one.
func (o *out) row(escape *strings.Replacer, values ...any) {
	for i, v := range values {
		if i > 0 {
			_ = o.WriteByte(',')
		}
		if s, ok := v.(string); ok {
			_ = o.WriteByte('"')
			_, _ = escape.WriteString(o, s)
			_ = o.WriteByte('"')
		} else {
			o.s(o.text(v))
		}
	}
	_ = o.WriteByte('\n')
}

// head writes the first line: fixed names, then those of columns.
func (o *out) head(fixed string, columns []Column, types map[Type]string) {
	o.s(fixed)
	for _, c := range columns {
		o.s(",", c.Name)
		if types != nil {
			o.s(":", types[c.Type])
		}
	}
	_ = o.WriteByte('\n')
}

// writeNodesCSV writes the table of nodes as Gephi reads it.
func writeNodesCSV(o *out, s *Stream) {
	o.head("Id,Label", s.nodeColumns()[1:], nil)
	var values []any
	for _, node := range o.nodes(s) {
		values = s.nodeValues(values, node)
		o.row(gephiText, append([]any{string(node.ID)}, values...)...)
	}
}

// writeEdgesCSV writes the table of edges as Gephi reads it.
func writeEdgesCSV(o *out, s *Stream) {
	o.head("Source,Target,Type,Weight,Kind", s.EdgeColumns, nil)
	way := "Undirected"
	if s.Directed {
		way = "Directed"
	}
	for _, e := range o.edges(s) {
		o.row(gephiText, append([]any{string(s.IDs[e.Source]), string(s.IDs[e.Target]), way, e.Weight, e.Kind}, e.Values...)...)
	}
}

// file is one in a zip.
type file struct {
	name  string
	write func(*out, *Stream)
}

// zipped writes files into a zip, whose times are that of the graph.
func zipped(files ...file) func(*out, *Stream) {
	return func(o *out, s *Stream) {
		z := zip.NewWriter(emptied{o})
		for _, f := range append(files, file{"about.txt", writeAbout}) {
			head := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: s.Info.LoadedAt}
			head.SetMode(0o644)
			if strings.HasSuffix(f.name, ".sh") {
				head.SetMode(0o755)
			}
			to, err := z.CreateHeader(head)
			if err == nil {
				part := newOut(o.ctx, to)
				f.write(part, s)
				err = part.done()
			}
			if err != nil {
				o.fail(err)
				return
			}
		}
		o.fail(z.Close())
	}
}

func writeAbout(o *out, s *Stream) { o.s(s.describe()) }
