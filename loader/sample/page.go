package sample

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
)

// Path is where the cable's page stands in a mirror.
func (c *Cable) Path() string {
	return fmt.Sprintf("cable/%s/%s.html", c.Created.Format("2006/01"), c.Reference)
}

const pageForm = `<?xml version='1.0' encoding='utf-8' ?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html lang='en' xml:lang='en' xmlns='http://www.w3.org/1999/xhtml'>
<head>
<title>Made-up cable</title>
</head>
<body>
<div class='main'>
<div class='pane big'>
<h3>Viewing cable %[1]s, %[2]s</h3>
<table class='cable'>
<tr>
<th>Reference ID</th>
<th>Created</th>
<th>Released</th>
<th>Classification</th>
<th>Origin</th>
</tr>
<tr>
<td>
<a href='/%[3]s'>%[1]s</a>
</td>
<td>
<a href='/date/%[4]s_0.html'>%[5]s</a>
</td>
<td>
<a href='/reldate/%[6]s_0.html'>%[7]s</a>
</td>
<td>
<a href='/classification/1_0.html'>%[8]s</a>
</td>
<td>
<a href='/origin/1_0.html'>%[9]s</a>
</td>
</tr>
</table>
<code><pre>%[10]s</pre></code>
<code><pre>%[11]s</pre></code>
</div>
</div>
</body>
</html>
`

// Page is the cable as a page of the web mirror, in the layout of 2010.
func (c *Cable) Page() []byte {
	return fmt.Appendf(nil, pageForm,
		c.Reference, html.EscapeString(c.Subject), c.Path(),
		c.Created.Format("2006-01"), c.Created.Format("2006-01-02 15:04"),
		c.Released.Format("2006-01-02"), c.Released.Format("2006-01-02 15:04"),
		c.Classification, c.Origin, preformatted(c.Header), c.linked())
}

var (
	pilcrow = regexp.MustCompile(`¶(\d+)`)
	tagCode = regexp.MustCompile(`\b[A-Z]{2,6}\b`)
)

// linked is the body with the anchors of its paragraphs and the links of its
// tags, as the mirror's pages have them.
func (c *Cable) linked() string {
	text := preformatted(c.Body)
	start := strings.Index(text, "TAGS: ") + len("TAGS: ")
	end := strings.Index(text, "SUBJECT: ")
	line := tagCode.ReplaceAllStringFunc(text[start:end], func(code string) string {
		if slices.Contains(c.Tags, code) {
			return "<a href='/tag/" + code + "_0.html'>" + code + "</a>"
		}
		return code
	})
	rest := pilcrow.ReplaceAllString(text[end:], "<a id='par$1' href='#par$1'>¶</a>$1")
	return text[:start] + line + rest
}

// preformatted escapes a text as the mirror does: line breaks as references.
func preformatted(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "&#x000A;").Replace(text)
}

// row is the cable as a row of the archive's CSV form.
func (c *Cable) row(number int) string {
	references := make([]string, len(c.References))
	for i, r := range c.References {
		references[i] = string(r)
	}
	fields := []string{
		fmt.Sprint(number), c.Created.Format("1/2/2006 15:04"), string(c.Reference), c.Origin, c.Classification,
		strings.Join(references, "|"), c.Header, c.Body,
	}
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	for i, f := range fields {
		fields[i] = `"` + escape.Replace(f) + `"`
	}
	return strings.Join(fields, ",") + "\n"
}
