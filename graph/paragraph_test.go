package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParagraphs(t *testing.T) {
	body := "Łead\n1. (C) First 𐐔𐐯𐑅.\n2. Second.\n2. Again."
	span := func(text string, number int, marking string) ParagraphSpan {
		before, _, _ := strings.Cut(body, text)
		start := len([]rune(before))
		return ParagraphSpan{Number: number, Marking: marking, Start: start, End: start + len([]rune(text))}
	}
	got := Paragraphs(body, []ParagraphSpan{
		span("Łead\n", 0, ""), span("First 𐐔𐐯𐑅.", 1, "C"), span("Second.", 2, ""), span("Again.", 2, ""),
		{Start: -5, End: 2},
		{Number: 7, Start: 5, End: 1},
		{Number: 8, Start: 900, End: 999},
		{Number: 9, Start: 36, End: 999},
	})
	want := []Paragraph{
		{Anchor: "p0", Text: "Łead", Start: 0, End: 4},
		{Number: 1, Anchor: "p1", Marking: "C", Text: "First 𐐔𐐯𐑅.", Start: 12, End: 22},
		{Number: 2, Anchor: "p2", Text: "Second.", Start: 26, End: 33},
		{Number: 2, Anchor: "p2-2", Text: "Again.", Start: 37, End: 43},
		{Anchor: "p0-2", Text: "Łe", Start: 0, End: 2},
		{Number: 7, Anchor: "p7", Start: 5, End: 5},
		{Number: 8, Anchor: "p8", Start: 43, End: 43},
		{Number: 9, Anchor: "p9", Text: "Again.", Start: 37, End: 43},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Paragraphs (-want +got):\n%s", diff)
	}
}

func TestParagraphsTakeAnySpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.String().Draw(t, "body")
		spans := rapid.SliceOf(rapid.Custom(func(t *rapid.T) ParagraphSpan {
			return ParagraphSpan{Number: rapid.IntRange(0, 3).Draw(t, "number"), Start: rapid.IntRange(-2, 20).Draw(t, "start"), End: rapid.IntRange(-2, 20).Draw(t, "end")}
		})).Draw(t, "spans")
		anchors := map[string]bool{}
		for _, p := range Paragraphs(body, spans) {
			if anchors[p.Anchor] {
				t.Errorf("two paragraphs have the anchor %s", p.Anchor)
			}
			anchors[p.Anchor] = true
		}
		if len(anchors) != len(spans) {
			t.Errorf("%d paragraphs of %d spans", len(anchors), len(spans))
		}
	})
}

func TestAParagraphsTextIsThatOfTheBody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringOf(rapid.SampledFrom([]rune(" \n\u00a0aé𐐔"))).Draw(t, "body")
		span := ParagraphSpan{Start: rapid.IntRange(-2, 20).Draw(t, "start"), End: rapid.IntRange(-2, 20).Draw(t, "end")}
		p := Paragraphs(body, []ParagraphSpan{span})[0]
		if got := string([]rune(body)[p.Start:p.End]); got != p.Text || got != strings.TrimSpace(got) {
			t.Errorf("body[%d:%d] is %q, the text %q", p.Start, p.End, got, p.Text)
		}
	})
}

func TestParagraphPeople(t *testing.T) {
	rows := []Edge{
		{Person: &Person{Slug: "b"}, Mention: &Mention{Spans: []Span{
			{Field: InHeader, Start: 11, End: 12, Text: "in the header"},
			{Field: InBody, Start: 15, End: 18, Text: "later"},
			{Field: InBody, Start: 9, End: 12, Text: "starts before it"},
			{Field: InBody, Start: 18, End: 21, Text: "ends behind it"},
		}}},
		{Person: &Person{Slug: "a"}, Mention: &Mention{Spans: []Span{{Field: InBody, Start: 10, End: 20, Text: "all of it"}, {Field: InBody, Start: 15, End: 18, Text: "later"}}}},
	}
	p := Paragraph{Start: 10, End: 20}
	a, b := rows[1].Person, rows[0].Person
	want := []TextSpan{{Start: 0, End: 10, Text: "all of it", Person: a}, {Start: 5, End: 8, Text: "later", Person: a}, {Start: 5, End: 8, Text: "later", Person: b}}
	if diff := cmp.Diff(want, p.People(rows)); diff != "" {
		t.Errorf("People (-want +got):\n%s", diff)
	}
}
