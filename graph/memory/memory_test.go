package memory_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/memory"
)

// small takes two cables in, a post, a tag and a person.
func small(t *testing.T, limit int) *memory.Builder {
	t.Helper()
	b := memory.NewBuilder(limit)
	for _, err := range []error{
		b.Post(1, graph.Post{Slug: "embassy-paris"}),
		b.Tag(1, graph.Tag{Code: "IR"}),
		b.Person(1, "bernard-kouchner", "Bernard Kouchner"),
		b.Cable(1, &memory.Cable{Reference: "09PARIS1", Created: 20, Origin: 1}),
		b.Cable(2, &memory.Cable{Reference: "09PARIS2", Created: 10, Origin: 1}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestEdgesLeadToWhatIsHere(t *testing.T) {
	for _, row := range []struct {
		name string
		add  func(*memory.Builder) error
		want string
	}{
		{"a tag that is not here", func(b *memory.Builder) error { return b.Tagged(1, 7) }, "row 7"},
		{"a cable that is not here", func(b *memory.Builder) error { return b.Tagged(9, 1) }, "row 9"},
		{"a cited cable that is not here", func(b *memory.Builder) error { return b.Cites(1, 0) }, "row 0"},
		{"a post that is not here", func(b *memory.Builder) error { return b.SentTo(1, 0, true, true, "") }, "row 0"},
		{"a person that is not here", func(b *memory.Builder) error { return b.Mention(&memory.Mention{Cable: 1}) }, "row 0"},
		{"a sender that is not here", func(b *memory.Builder) error {
			return b.Cable(3, &memory.Cable{Reference: "09PARIS3", Origin: 5})
		}, "09PARIS3 was sent from row 5"},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := small(t, 1<<20)
			if err := row.add(b); err != nil {
				t.Fatal(err)
			}
			if _, err := b.Graph(); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("Graph: %v, want an error with %q", err, row.want)
			}
		})
	}
}

func TestABuilderKeepsToItsLimit(t *testing.T) {
	b := small(t, 2000)
	var err error
	for range 1000 {
		if err = b.Mention(&memory.Mention{Cable: 1, Person: 1}); err != nil {
			break
		}
	}
	if !errors.Is(err, memory.ErrTooLarge) {
		t.Errorf("1,000 edges of 16 bytes in 2,000: %v, want ErrTooLarge", err)
	}
	for _, row := range []int64{-1, 1 << 40} {
		if err := small(t, 2000).Person(row, "a", "A"); !errors.Is(err, memory.ErrTooLarge) {
			t.Errorf("a person in row %d: %v, want ErrTooLarge", row, err)
		}
	}
}

func TestADateThatIsNoMinuteIsRefused(t *testing.T) {
	b := memory.NewBuilder(1 << 20)
	if err := b.Cable(1, &memory.Cable{Reference: "09PARIS1", Created: 1 << 40}); err == nil || !strings.Contains(err.Error(), "09PARIS1") {
		t.Errorf("Cable: %v, want an error that names the cable", err)
	}
}
