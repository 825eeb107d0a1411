package network

import (
	"archive/zip"
	"io"
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
func writeNodesCSV(w io.Writer, n *Network) error {
	o := newOut(w)
	o.head("Id,Label", n.nodeColumns()[1:], nil)
	var values []any
	for i := range n.Nodes {
		values = n.nodeValues(values, &n.Nodes[i])
		o.row(gephiText, append([]any{string(n.Nodes[i].ID)}, values...)...)
	}
	return o.Flush()
}

// writeEdgesCSV writes the table of edges as Gephi reads it.
func writeEdgesCSV(w io.Writer, n *Network) error {
	o := newOut(w)
	o.head("Source,Target,Type,Weight,Kind", n.EdgeColumns, nil)
	way := "Undirected"
	if n.Directed {
		way = "Directed"
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		o.row(gephiText, append([]any{string(n.Nodes[e.Source].ID), string(n.Nodes[e.Target].ID), way, e.Weight, e.Kind}, e.Values...)...)
	}
	return o.Flush()
}

// file is one in a zip.
type file struct {
	name  string
	write func(io.Writer, *Network) error
}

// zipped writes files into a zip, whose times are that of the graph.
func zipped(files ...file) func(io.Writer, *Network) error {
	return func(w io.Writer, n *Network) error {
		z := zip.NewWriter(w)
		for _, f := range append(files, file{"about.txt", writeAbout}) {
			head := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: n.Info.LoadedAt}
			head.SetMode(0o644)
			if strings.HasSuffix(f.name, ".sh") {
				head.SetMode(0o755)
			}
			part, err := z.CreateHeader(head)
			if err != nil {
				return err
			}
			if err := f.write(part, n); err != nil {
				return err
			}
		}
		return z.Close()
	}
}

func writeAbout(w io.Writer, n *Network) error {
	_, err := io.WriteString(w, n.describe())
	return err
}
