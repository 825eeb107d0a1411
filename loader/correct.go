package loader

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/people"
)

// Correct keeps corrections in the store, for every later load too, and settles
// those anew whom they, or those that held before, name. It returns what people.Corrections.Idle
// says, and how many surnames it settled. Progress is told as by Load.
func Correct(ctx context.Context, store graph.Store, corrections *people.Corrections, progress io.Writer) (idle []string, settled int, err error) {
	l := &load{store: store, report: &Report{}}
	l.progress = newProgress(progress, l.report)
	defer l.progress.end()
	if l.correct, err = keepCorrections(ctx, store, corrections); err != nil {
		return nil, 0, err
	}
	if err := l.settle(ctx); err != nil {
		return nil, l.report.Settled, err
	}
	if err := store.Loaded(ctx, time.Now().UTC()); err != nil {
		return nil, l.report.Settled, fmt.Errorf("noting the end of the corrections: %w", err)
	}
	return l.correct.Idle(), l.report.Settled, nil
}

// keepCorrections keeps new corrections where they differ from those that the store has, and returns what holds.
func keepCorrections(ctx context.Context, store graph.Store, fresh *people.Corrections) (*people.Corrections, error) {
	text, err := store.Corrections(ctx)
	if err != nil {
		return nil, fmt.Errorf("asking the store for corrections: %w", err)
	}
	kept, err := people.ParseCorrections(text)
	if err != nil && fresh == nil {
		return nil, fmt.Errorf("the corrections that the store has: %w", err)
	}
	if fresh == nil || fresh.Text() == text {
		return kept, nil
	}
	var surnames []string
	for _, surname := range slices.Concat(kept.Surnames(), fresh.Surnames()) {
		surnames = append(surnames, fresh.Linked(surname)...)
	}
	slices.Sort(surnames)
	if err := store.Correct(ctx, fresh.Text(), slices.Compact(surnames)); err != nil {
		return nil, fmt.Errorf("keeping the corrections: %w", err)
	}
	return fresh, nil
}

// linked puts the surnames that have to be settled together side by side: each
// that is not among those given, but is linked with one, comes in.
func (l *load) linked(surnames []string) []string {
	out := make([]string, 0, len(surnames))
	done := map[string]bool{}
	for _, surname := range surnames {
		for _, s := range l.correct.Linked(surname) {
			if !done[s] {
				done[s] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// chunk takes about so many surnames from the front, and none without those that it is linked with.
func (l *load) chunk(surnames []string, size int) []string {
	size = min(size, len(surnames))
	for size < len(surnames) && slices.Contains(l.correct.Linked(surnames[size-1]), surnames[size]) {
		size++
	}
	return surnames[:size]
}
