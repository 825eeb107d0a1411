package loader

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/source"
)

// batch is the cables that wait to be written, each once.
type batch struct {
	cables []waiting
	at     map[graph.Reference]int // reference → index in cables
	bytes  int
}

// waiting is a cable that waits to be written.
type waiting struct {
	graph.Record
	entry source.Entry // its document
	again bool         // an earlier batch of this load held the cable too
}

// take counts one document and puts its record into the batch, which is launched when it is full.
func (l *load) take(ctx context.Context, d document) error {
	l.chain.add(&d)
	if l.chain.documents <= l.stopped.Documents {
		return l.pass(&d)
	}
	l.report.Read++
	defer l.progress.step(d.entry.Read)
	switch {
	case errors.Is(d.err, parse.ErrNavigation):
		l.report.Lists++
		return nil
	case d.err != nil:
		l.report.problem(d.entry.Name(), kindOf(d.err), d.err.Error())
		return nil
	}
	for _, w := range d.warnings {
		l.report.warning(d.entry.Name(), kindOfWarning(w), w)
	}
	l.add(&d)
	if len(l.batch.cables) < l.opts.BatchSize && l.batch.bytes < l.opts.BatchBytes {
		return nil
	}
	return l.launch(ctx)
}

// pass passes over a document that a stopped load had brought in.
func (l *load) pass(d *document) error {
	if l.chain.documents == l.stopped.Documents && l.chain.mark() != l.stopped {
		return errOtherDocuments
	}
	l.report.Resumed = l.chain.documents
	l.progress.skip(d.entry.Read)
	return nil
}

// add puts the record into the batch: beside the others, or with an earlier one of the same cable.
func (l *load) add(d *document) {
	l.batch.bytes += d.size
	ref := d.record.Cable.Reference
	before, again := l.seen.at[ref]
	i, here := l.batch.at[ref]
	same := again && before.same(d.record.Cable.Hash)
	slip := slipped(d.record.Cable.Sources)
	loses := again && !same && slip && !before.slip
	if again && !same {
		l.reportTwins(d, before, i, here)
	}
	if !again || !loses && (!same || !slip) {
		l.seen.note(d)
	}
	if !here {
		if l.batch.at == nil {
			l.batch.at = map[graph.Reference]int{}
		}
		l.batch.at[ref] = len(l.batch.cables)
		l.batch.cables = append(l.batch.cables, waiting{Record: d.record, entry: d.entry, again: again})
		return
	}
	w := &l.batch.cables[i]
	switch more := d.record.Cable.Sources; {
	case same:
		l.report.Same++
		w.Cable.Sources = append(w.Cable.Sources, more...)
	case loses:
		l.report.Passed++
		w.Cable.Sources = append(w.Cable.Sources, more...)
	default:
		l.report.Replaced++
		kept := slips(w.Cable.Sources)
		w.Record, w.entry = d.record, d.entry
		w.Cable.Sources = append(slices.Clip(more), kept...)
	}
}

// reportTwins names two documents of one cable that say different things, and which one stays.
func (l *load) reportTwins(d *document, before sighting, i int, here bool) {
	ref, other, in := d.record.Cable.Reference, l.seen.name(before), ""
	if here {
		in = ", in " + strings.Join(differences(&l.batch.cables[i].Record, &d.record), ", ")
	}
	slip := slipped(d.record.Cable.Sources)
	switch {
	case slip && !before.slip:
		l.report.warning(d.entry.Name(), kindTwin, fmt.Sprintf("says other things about %s than %s%s; that one, under the right id, was kept", ref, other, in))
	case before.slip && !slip:
		l.report.warning(d.entry.Name(), kindTwin, fmt.Sprintf("says other things about %s than %s%s; this one, under the right id, was kept", ref, other, in))
	default:
		l.report.problem(d.entry.Name(), kindTwin, fmt.Sprintf("says other things about %s than %s%s; this one, read later, was kept", ref, other, in))
	}
}
