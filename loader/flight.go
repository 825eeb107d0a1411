package loader

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// inFlight is how many batches are written at once: while the store commits one,
// it can be asked what it knows of the next.
const inFlight = 2

// verdict is what became of a cable of a batch.
type verdict uint8

const (
	added   verdict = iota
	changed         // the store had it with other words
	same            // the store had it with these words
	passed          // under a slip of the id; the store has it under the right one with other words
)

// flight is a batch that is being written, in a goroutine of its own until done is closed.
type flight struct {
	batch
	mark    graph.Mark // how far the load is when this is written
	earlier *flight    // which has to be in before the mark is set
	done    chan struct{}

	// Set before done is closed.
	err      error
	verdicts []verdict // of each cable
	known    map[graph.Reference]graph.Known
	fields   map[graph.Reference][]string // changed cable → what differs
}

// launch starts to write the batch. It waits where two are under way already, or
// where one of those holds a cable of this one.
func (l *load) launch(ctx context.Context) error {
	f := &flight{batch: l.batch, mark: l.chain.mark(), done: make(chan struct{})}
	l.batch = batch{}
	if len(f.cables) == 0 && f.mark.Documents == 0 {
		return nil
	}
	for len(l.flights) >= inFlight || l.meets(f) {
		if err := l.land(); err != nil {
			return err
		}
	}
	if len(l.flights) > 0 {
		f.earlier = l.flights[len(l.flights)-1]
	}
	l.flights = append(l.flights, f)
	compare := l.report.roomForChanges()
	go func() {
		defer close(f.done)
		f.err = l.fly(ctx, f, compare)
	}()
	return nil
}

// meets tells whether a cable of f is in a batch that is being written.
func (l *load) meets(f *flight) bool {
	for _, other := range l.flights {
		for reference := range f.at {
			if _, both := other.at[reference]; both {
				return true
			}
		}
	}
	return false
}

// land waits for the oldest flight and counts what it did.
func (l *load) land() error {
	f := l.flights[0]
	l.flights = l.flights[1:]
	<-f.done
	if f.err != nil {
		return f.err
	}
	for i, v := range f.verdicts {
		w := &f.cables[i]
		switch v {
		case added:
			l.report.New++
		case same:
			l.report.Same++
		case passed:
			l.countPassed(w, f.known[w.Cable.Reference])
		case changed:
			l.countChanged(w, f)
		}
	}
	return nil
}

func (l *load) countPassed(w *waiting, known graph.Known) {
	l.report.Passed++
	if w.again {
		return // told when it was read
	}
	l.report.warning(w.entry.Name(), kindTwin, fmt.Sprintf("says other things about %s than %s; that one, under the right id, was kept",
		w.Cable.Reference, placeOf(known.Sources[0])))
}

// countChanged counts a cable that was written over another text. Where one of
// the documents of this load brings back what another of them had changed, as
// when an archive with two texts of a cable is loaded again, nothing has changed.
func (l *load) countChanged(w *waiting, f *flight) {
	reference := w.Cable.Reference
	if !w.again {
		l.report.change(Change{Reference: reference, Document: w.entry.Name(), Fields: f.fields[reference]})
		l.original[reference] = f.known[reference].Hash
		return
	}
	l.report.Replaced++
	if l.original[reference] == w.Cable.Hash {
		delete(l.original, reference)
		l.report.unchange(reference)
	}
}

// fly writes a batch: what is new or changed wholly, of the rest the sources.
func (l *load) fly(ctx context.Context, f *flight, compare bool) error {
	ctx, cancel := writing(ctx)
	defer cancel()
	err := l.writeBatch(ctx, f, compare)
	if before := f.earlier; before != nil {
		f.earlier = nil
		<-before.done
		if before.err != nil && err == nil {
			return nil // what is here is written, but no mark can say so
		}
	}
	if err != nil || l.name == "" {
		return err
	}
	if err := patiently(ctx, func() error { return l.store.Mark(ctx, l.name, f.mark) }); err != nil {
		return fmt.Errorf("noting how far the load is: %w", err)
	}
	return nil
}

func (l *load) writeBatch(ctx context.Context, f *flight, compare bool) error {
	references := make([]graph.Reference, len(f.cables))
	for i := range f.cables {
		references[i] = f.cables[i].Cable.Reference
	}
	var err error
	if f.known, err = l.store.Known(ctx, references); err != nil {
		return fmt.Errorf("asking the store for %d cables: %w", len(references), err)
	}
	verdicts := make([]verdict, len(f.cables))
	var fresh, other []graph.Record
	sources := map[graph.Reference][]graph.Source{}
	for i := range f.cables {
		r := &f.cables[i].Record
		known, here := f.known[r.Cable.Reference]
		verdicts[i] = judge(r, known, here)
		switch verdicts[i] {
		case changed:
			r.Cable.Sources = append(r.Cable.Sources, slips(known.Sources)...)
			other = append(other, *r)
			fresh = append(fresh, *r)
		case added:
			fresh = append(fresh, *r)
		default:
			sources[r.Cable.Reference] = r.Cable.Sources
		}
	}
	if compare {
		if f.fields, err = storedDifferences(ctx, l.store, other); err != nil {
			return fmt.Errorf("asking the store what %d cables said: %w", len(other), err)
		}
	}
	if err := l.write(ctx, fresh, sources); err != nil {
		return err
	}
	f.verdicts = verdicts
	return nil
}

// judge compares a cable with what the store knows of it.
func judge(r *graph.Record, known graph.Known, here bool) verdict {
	switch {
	case !here:
		return added
	case known.Hash == r.Cable.Hash:
		return same
	case slipped(r.Cable.Sources) && !slipped(known.Sources):
		return passed
	}
	return changed
}

func (l *load) write(ctx context.Context, fresh []graph.Record, sources map[graph.Reference][]graph.Source) error {
	if len(fresh) > 0 {
		if err := patiently(ctx, func() error { return l.store.Write(ctx, fresh) }); err != nil {
			return fmt.Errorf("writing %d cables, %s to %s: %w",
				len(fresh), fresh[0].Cable.Reference, fresh[len(fresh)-1].Cable.Reference, err)
		}
	}
	if len(sources) > 0 {
		if err := patiently(ctx, func() error { return l.store.AddSources(ctx, sources) }); err != nil {
			return fmt.Errorf("adding the sources of %d cables: %w", len(sources), err)
		}
	}
	return nil
}

// attempts is how often a change is tried while another writer is in the way.
const attempts = 10

// patiently repeats a change that another writer was in the way of.
func patiently(ctx context.Context, change func() error) error {
	wait := 50 * time.Millisecond
	for try := 1; ; try++ {
		err := change()
		if !errors.Is(err, graph.ErrConflict) || try == attempts {
			return err
		}
		select {
		case <-time.After(wait):
			wait = min(2*wait, 2*time.Second)
		case <-ctx.Done():
			return err
		}
	}
}
