package graph

import (
	"slices"
	"strings"
)

// Marks are the portion markings of some paragraphs in the form in which stores keep and search them: each marking
// once, between dashes, as the letter of its level, and between slashes the letter again with each of the caveats.
//
//	(C)                      -C-
//	(C), (S//NF), (S//NF)    -C-S/SNF/-
//	(SBU), (S//FGI//NF)      -F-S/SFGI/SNF/-
//	a paragraph without any  -.-
//	no paragraph             (empty)
//
// No part of a marking has a dash or a slash, so that whatever MarkingFilter asks is whether one of a few texts
// stands in the marks: in any database a plain search for a substring.

// levelLetters are the letters of the levels from LevelUnknown on.
const levelLetters = ".UFCS"

func letter(l Level) string { return levelLetters[l+1 : l+2] }

// Marks returns the marks of the cable's paragraphs, and for each of People the marks of those that name them.
func (r *Record) Marks() (cable string, people []string) {
	body, written := []rune(r.Cable.Body), map[string]string{}
	all, naming := make([]string, len(r.Cable.Paragraphs)), make([][]string, len(r.People))
	for i := range r.Cable.Paragraphs {
		p := r.Cable.Paragraphs[i].in(body)
		if written[p.Marking] == "" {
			written[p.Marking] = mark(ParseMarking(p.Marking))
		}
		all[i] = written[p.Marking]
		for j := range r.People {
			if slices.ContainsFunc(r.People[j].Spans, p.has) {
				naming[j] = append(naming[j], all[i])
			}
		}
	}
	for j := range naming {
		people = append(people, joinMarks(naming[j]))
	}
	return joinMarks(all), people
}

// joinMarks joins marks, which may come several times, in any order; it sorts them in place.
func joinMarks(all []string) string {
	if len(all) == 0 {
		return ""
	}
	slices.Sort(all)
	return "-" + strings.Join(slices.Compact(all), "-") + "-"
}

// mark is what stands between dashes: "S/SNF/". A level for official use says so itself.
func mark(c *Classification) string {
	if c == nil || c.Level == LevelUnknown {
		return letter(LevelUnknown)
	}
	s := letter(c.Level)
	for _, caveat := range c.Caveats {
		if c.Level != LevelOfficialUse || caveat != officialUse {
			s += "/" + letter(c.Level) + shortCaveat(caveat)
		}
	}
	if len(s) > 1 {
		s += "/"
	}
	return s
}

func shortCaveat(caveat string) string {
	if caveat == noForeigners {
		return "NF"
	}
	return caveat
}

// Texts returns those texts of which one stands in the Marks of any paragraph that the filter lets through, and none in other marks.
func (f *MarkingFilter) Texts() []string {
	texts := []string{}
	if f.In != nil {
		for _, written := range f.In {
			if f.Match(written) {
				texts = append(texts, "-"+mark(ParseMarking(written))+"-")
			}
		}
		return texts
	}
	for l := LevelUnclassified; l <= LevelSecret; l++ {
		if f.AtLeast != nil && l < *f.AtLeast || f.AtMost != nil && l > *f.AtMost {
			continue
		}
		switch caveat := f.caveat(); {
		case f.Caveat == nil, caveat == officialUse && l == LevelOfficialUse:
			texts = append(texts, "-"+letter(l))
		case !strings.ContainsFunc(caveat, parts):
			texts = append(texts, "/"+letter(l)+shortCaveat(caveat)+"/")
		}
	}
	return texts
}
