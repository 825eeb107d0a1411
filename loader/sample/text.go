package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// notice stands in every cable.
const notice = "MADE-UP CABLE: WRITTEN BY A PROGRAM, NOTHING IN IT HAPPENED"

const (
	lineWidth = 62
	pageLines = 48 // of the body between two page breaks
)

// urgency is the letter that stands for a precedence.
var urgency = map[graph.Precedence]string{graph.Immediate: "O", graph.Priority: "P", graph.Routine: "R"}

// header is the transmission header: from, to, for information, with precedence.
// The department's own cables have no routing indicators, like the real ones.
func (c *Cable) header(s scene, serial int, rnd *rand.Rand) string {
	var b strings.Builder
	first := urgency[c.Recipients[0].Precedence]
	group := c.Created.Format("021504Z Jan 06")
	routed := s.from != department
	if routed {
		fmt.Fprintf(&b, "VZCZCXYZ0000\n%s%s RUEHWEB\n\nDE %s #%04d %03d%s\nZNR UUUUU ZZH\n",
			first, first, s.from.route, serial, c.Created.YearDay(), c.Created.Format("1504"))
	}
	fmt.Fprintf(&b, "%s %s\nFM %s\n", first, strings.ToUpper(group), s.from.address)
	label := "TO "
	for i, r := range c.Recipients {
		if i == 1 {
			label = "INFO "
		}
		b.WriteString(label)
		label = ""
		if routed {
			b.WriteString(routeOf(r.As) + "/")
		}
		fmt.Fprintf(&b, "%s %s", r.As, r.Precedence)
		if routed {
			fmt.Fprintf(&b, " %04d", 1+rnd.IntN(9998))
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func routeOf(address string) string {
	for _, p := range posts {
		if p.address == address {
			return p.route
		}
	}
	return ""
}

// style is how a classification shows in the body.
type style struct{ banner, mark string }

func styleOf(classification string) style {
	switch graph.ParseClassification(classification).Level {
	case graph.LevelSecret:
		return style{"S E C R E T", "S"}
	case graph.LevelConfidential:
		return style{"C O N F I D E N T I A L", "C"}
	case graph.LevelOfficialUse:
		return style{"UNCLAS", "SBU"}
	}
	return style{"UNCLAS", "U"}
}

// writeBody writes the body, and notes what it put in.
func writeBody(c *Cable, s scene, serial int, rnd *rand.Rand) {
	st := styleOf(c.Classification)
	paragraphs := drawParagraphs(c, s, st, rnd)
	lines := preamble(c, rnd)
	lines = append(lines, paragraphs...)
	lines = append(lines, c.Signer)
	pages := 1 + (len(lines)-1)/pageLines
	section := ""
	if pages > 1 {
		section = fmt.Sprintf("SECTION 01 OF %02d ", pages)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s%s %06d \n\nSIPDIS \n\n", st.banner, section, s.from.line, serial)
	for i, line := range lines {
		if i > 0 && i%pageLines == 0 {
			fmt.Fprintf(&b, "\n%s %08d  %03d OF %03d \n\n\n", s.from.line, serial, 1+i/pageLines, pages)
		}
		b.WriteString(line + " \n")
	}
	c.Body = strings.TrimSuffix(b.String(), " \n")
}

// preamble is what stands between the first line and the first paragraph.
func preamble(c *Cable, rnd *rand.Rand) []string {
	var lines []string
	if strings.HasSuffix(c.Classification, "//NOFORN") {
		lines = append(lines, "NOFORN", "")
	}
	lines = append(lines, notice, "")
	order := "E.O. 12958: N/A"
	if c.ClassifiedBy != "" {
		order = "E.O. 12958: DECL: " + c.Created.AddDate(10, 0, 0).Format("01/02/2006")
	}
	lines = append(lines, order)
	lines = append(lines, tagLines(c.Tags, rnd)...)
	lines = append(lines, wrap("SUBJECT: "+c.Subject)...)
	lines = append(lines, "")
	if len(c.References) > 0 {
		lines = append(lines, referenceLines(c.References)...)
		lines = append(lines, "")
	}
	if c.ClassifiedBy != "" {
		by := fmt.Sprintf("Classified By: Political Counselor %s, for reasons 1.4 (b) and (d).", c.ClassifiedBy)
		lines = append(lines, wrap(by)...)
		lines = append(lines, "")
	}
	return lines
}

// tagLines writes the TAGS line in one of the ways that real cables do: with
// commas or blanks, sometimes broken in the middle without either. A person's
// tag stands in brackets behind the tag before it.
func tagLines(tags []string, rnd *rand.Rand) []string {
	var written []string
	separator := []string{" ", ", "}[rnd.IntN(2)]
	for _, t := range tags {
		if strings.Contains(t, ",") {
			written[len(written)-1] += " (" + t + ")"
			separator = ", "
		} else {
			written = append(written, t)
		}
	}
	if len(written) > 4 && rnd.IntN(3) == 0 {
		return []string{"TAGS: " + strings.Join(written[:4], separator), strings.Join(written[4:], separator)}
	}
	return []string{"TAGS: " + strings.Join(written, separator)}
}

func referenceLines(refs []graph.Reference) []string {
	if len(refs) == 1 {
		return []string{"REF: " + citation(refs[0])}
	}
	var lines []string
	for i, r := range refs {
		prefix := "     "
		if i == 0 {
			prefix = "REF: "
		}
		lines = append(lines, fmt.Sprintf("%s%c. %s", prefix, 'A'+i, citation(r)))
	}
	return lines
}

// citation writes a reference as cables do: "09 TEL AVIV 12".
func citation(r graph.Reference) string {
	_, station, serial := r.Parts()
	for _, p := range posts {
		if p.station == station {
			station = p.line
		}
	}
	return fmt.Sprintf("%s %s %d", r[:2], station, serial)
}

// drawParagraphs writes the numbered paragraphs: a summary, some under headings, a comment.
func drawParagraphs(c *Cable, s scene, st style, rnd *rand.Rand) []string {
	cast := newCast(s, rnd)
	c.People = cast.names()
	c.Paragraphs = 4 + rnd.IntN(8)
	var lines []string
	for number := 1; number <= c.Paragraphs; number++ {
		var text string
		switch number {
		case 1:
			text = fmt.Sprintf("Summary: %s %s met %s on %s to speak about %s. %s End summary.", s.host().adjective, cast.lead(),
				cast.guest.name, c.Created.Format("January 2"), s.matter.name, cast.sentence(s, rnd))
		case c.Paragraphs:
			text = "Comment: " + cast.sentence(s, rnd) + " This cable is made up. End comment."
		default:
			text = cast.text(s, number, rnd)
			if rnd.IntN(3) == 0 {
				title := headings[rnd.IntN(len(headings))]
				rule := strings.Repeat("-", len(title))
				lines = append(lines, rule, title, rule, "")
			}
		}
		lines = append(lines, wrap(fmt.Sprintf("¶%d. (%s) %s", number, st.mark, text))...)
		lines = append(lines, "")
	}
	return lines
}

// cast is the people of one cable.
type cast struct {
	leader       official
	guest, other official
}

func newCast(s scene, rnd *rand.Rand) cast {
	c := cast{leader: s.lead}
	draw := func() official { return official{title: titles[rnd.IntN(len(titles))], name: fullName(rnd)} }
	for c.guest = draw(); c.guest.surname() == c.leader.surname(); {
		c.guest = draw()
	}
	for c.other = draw(); c.other.surname() == c.leader.surname() || c.other.surname() == c.guest.surname(); {
		c.other = draw()
	}
	if s.matter.name == visit.name {
		c.guest = clinton
	}
	return c
}

func (c cast) lead() string { return c.leader.title + " " + c.leader.name }

func (c cast) names() []string { return []string{c.leader.name, c.guest.name, c.other.name} }

// text is a paragraph of one to five sentences.
func (c cast) text(s scene, number int, rnd *rand.Rand) string {
	var parts []string
	if number == 2 {
		parts = append(parts, fmt.Sprintf("%s %s joined them for the morning.", c.other.title, c.other.name))
	}
	for range 1 + rnd.IntN(4) {
		parts = append(parts, c.sentence(s, rnd))
	}
	return strings.Join(parts, " ")
}

func (c cast) sentence(s scene, rnd *rand.Rand) string {
	return strings.NewReplacer(
		"{lead}", c.leader.surname(), "{guest}", c.guest.title+" "+c.guest.name, "{other}", c.other.surname(),
		"{noun}", s.matter.noun, "{partner}", s.partner.name, "{partneradjective}", s.partner.adjective,
		"{adjective}", s.host().adjective, "{number}", fmt.Sprint(3+rnd.IntN(40)),
	).Replace(sentences[rnd.IntN(len(sentences))])
}

// wrap breaks a text into lines.
func wrap(text string) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > lineWidth {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
