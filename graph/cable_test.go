package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseClassification(t *testing.T) {
	for _, row := range []struct {
		label string
		want  *Classification
	}{
		{"", nil},
		{"  ", nil},
		{"UNCLASSIFIED", &Classification{Label: "UNCLASSIFIED", Level: LevelUnclassified}},
		{"UNCLASSIFIED//FOR OFFICIAL USE ONLY", &Classification{Label: "UNCLASSIFIED//FOR OFFICIAL USE ONLY", Level: LevelOfficialUse, Caveats: []string{"FOR OFFICIAL USE ONLY"}}},
		{"Unclassified // fouo", &Classification{Label: "Unclassified // fouo", Level: LevelOfficialUse, Caveats: []string{"FOR OFFICIAL USE ONLY"}}},
		{" CONFIDENTIAL//NOFORN ", &Classification{Label: "CONFIDENTIAL//NOFORN", Level: LevelConfidential, Caveats: []string{"NOFORN"}}},
		{"SECRET//NOFORN//NODIS", &Classification{Label: "SECRET//NOFORN//NODIS", Level: LevelSecret, Caveats: []string{"NOFORN", "NODIS"}}},
		{"SECRET//", &Classification{Label: "SECRET//", Level: LevelSecret}},
		{"CONFIDENTIAL//FOUO", &Classification{Label: "CONFIDENTIAL//FOUO", Level: LevelConfidential, Caveats: []string{"FOR OFFICIAL USE ONLY"}}},
		{"NODIS", &Classification{Label: "NODIS", Level: LevelUnknown}},
	} {
		t.Run(row.label, func(t *testing.T) {
			if diff := cmp.Diff(row.want, ParseClassification(row.label)); diff != "" {
				t.Errorf("ParseClassification (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLevelNames(t *testing.T) {
	for level := LevelUnclassified; level <= LevelSecret; level++ {
		var back Level
		if err := back.UnmarshalGQL(level.String()); err != nil || back != level {
			t.Errorf("%d is %q, which is %d, %v", level, level, back, err)
		}
	}
	if LevelUnknown.String() != "" || Level(9).String() != "" {
		t.Error("a level that is none has a name")
	}
	var l Level
	if err := l.UnmarshalGQL("TOP_SECRET"); err == nil {
		t.Error("TOP_SECRET is read")
	}
}

func TestSpansComeBackFromNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		forms := rapid.SliceOfNDistinct(rapid.String(), 1, 4, rapid.ID[string]).Draw(t, "forms")
		spans := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Span {
			return Span{
				Field: rapid.SampledFrom(TextFields).Draw(t, "field"), Text: rapid.SampledFrom(forms).Draw(t, "text"),
				Start: rapid.IntRange(0, 1<<40).Draw(t, "start"), End: rapid.IntRange(0, 1<<40).Draw(t, "end"),
			}
		})).Draw(t, "spans")
		if diff := cmp.Diff(append([]Span{}, spans...), DecodeSpans(EncodeSpans(spans, forms), forms)); diff != "" {
			t.Errorf("DecodeSpans(EncodeSpans) (-want +got):\n%s", diff)
		}
	})
}

func TestNumbersThatAreNoSpansAreLeftOut(t *testing.T) {
	good := Span{Field: InBody, Start: 1, End: 2, Text: "a"}
	for name, packed := range map[string][]int64{
		"an unknown field": {3, 1, 2, 0}, "a negative field": {-1, 1, 2, 0}, "an unknown form": {2, 1, 2, 1}, "a negative form": {2, 1, 2, -1}, "too few": {2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]Span{good}, DecodeSpans(append([]int64{2, 1, 2, 0}, packed...), []string{"a"})); diff != "" {
				t.Errorf("DecodeSpans (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSealSeesEverythingButWhereItCameFrom(t *testing.T) {
	record := func() Record {
		return Record{
			Cable:  Cable{Reference: "09STATE1", Published: true, Subject: "s", Body: "b"},
			Origin: &Post{Slug: "a", Name: "A"}, Tags: []Tag{{Code: "IR"}}, References: []Citation{{Reference: "08PARIS1"}},
			People: []Naming{{Name: "A B", Surname: "b", Mention: Mention{Forms: []string{"B"}}}},
		}
	}
	sealed := func(change func(*Record)) string {
		r := record()
		change(&r)
		r.Seal()
		return r.Cable.Hash
	}
	same := sealed(func(*Record) {})
	for name, change := range map[string]func(*Record){
		"sources":       func(r *Record) { r.Cable.Sources = []Source{{File: "x"}} },
		"an older hash": func(r *Record) { r.Cable.Hash = "x" },
	} {
		if sealed(change) != same {
			t.Errorf("%s change the hash", name)
		}
	}
	for name, change := range map[string]func(*Record){
		"subject": func(r *Record) { r.Cable.Subject = "t" }, "origin": func(r *Record) { r.Origin = nil },
		"tag": func(r *Record) { r.Tags[0].Code = "IS" }, "label": func(r *Record) { r.References[0].Label = "A" },
		"form": func(r *Record) { r.People[0].Forms = nil }, "recipient": func(r *Record) { r.Recipients = []Recipient{{As: "x"}} },
	} {
		if sealed(change) == same {
			t.Errorf("another %s has the same hash", name)
		}
	}
}
