package loader

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/parse"
)

// batch is the records that wait to be written, each reference once.
type batch struct {
	records []graph.Record
	at      map[graph.Reference]int // reference → index in records
	bytes   int
}

// seen is the latest document of a cable in this load.
type seen struct {
	name string
	hash string
}

// take counts one document and puts its record into the batch, which it writes when it is full.
func (l *load) take(ctx context.Context, d document) error {
	l.report.Read++
	defer l.progress.step()
	switch {
	case errors.Is(d.err, parse.ErrNavigation):
		l.report.Lists++
		return nil
	case d.err != nil:
		l.report.problem(d.name, d.err.Error())
		return nil
	}
	for _, w := range d.warnings {
		l.report.warning(d.name, w)
	}
	l.add(d)
	if len(l.batch.records) < l.opts.BatchSize && l.batch.bytes < l.opts.BatchBytes {
		return nil
	}
	return l.flush(ctx)
}

// add puts the record into the batch: beside the others, or in place of an
// earlier one of the same cable.
func (l *load) add(d document) {
	ref, hash := d.record.Cable.Reference, d.record.Cable.Hash
	before, again := l.seen[ref]
	l.seen[ref] = seen{name: d.name, hash: hash}
	if again && before.hash != hash {
		l.report.Replaced++
		l.report.problem(d.name, fmt.Sprintf("says other things about %s than %s; this one, read later, was kept", ref, before.name))
	}
	i, waiting := l.batch.at[ref]
	switch {
	case !waiting:
		if l.batch.at == nil {
			l.batch.at = map[graph.Reference]int{}
		}
		l.batch.at[ref] = len(l.batch.records)
		l.batch.records = append(l.batch.records, d.record)
	case before.hash == hash:
		l.report.Same++
		cable := &l.batch.records[i].Cable
		cable.Sources = append(cable.Sources, d.record.Cable.Sources...)
	default:
		l.batch.records[i] = d.record
	}
	l.batch.bytes += d.size
}

// flush writes the batch: what is new or changed wholly, of the rest the sources.
func (l *load) flush(ctx context.Context) error {
	records := l.batch.records
	l.batch = batch{}
	if len(records) == 0 {
		return nil
	}
	ctx, cancel := writing(ctx)
	defer cancel()
	references := make([]graph.Reference, len(records))
	for i := range records {
		references[i] = records[i].Cable.Reference
	}
	known, err := l.store.Known(ctx, references)
	if err != nil {
		return fmt.Errorf("asking the store for %d cables: %w", len(references), err)
	}
	return l.write(ctx, records, known)
}

func (l *load) write(ctx context.Context, records []graph.Record, known map[graph.Reference]graph.Known) error {
	var fresh []graph.Record
	sources := map[graph.Reference][]graph.Source{}
	var added, changed, same int
	for _, r := range records {
		switch old, here := known[r.Cable.Reference]; {
		case !here:
			added++
			fresh = append(fresh, r)
		case old.Hash != r.Cable.Hash:
			changed++
			fresh = append(fresh, r)
		default:
			same++
			sources[r.Cable.Reference] = r.Cable.Sources
		}
	}
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
	l.report.New += added
	l.report.Changed += changed
	l.report.Same += same
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
