package loader

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/parse"
	"github.com/cablegraph/cablegraph/loader/source"
)

// given is what the documents given say about a cable of the store.
type given uint8

const (
	notGiven  given = iota
	otherwise       // other things than the store
	twin            // other things, under a slip of the id: the store rightly says what stands under the right one
	alike           // one of them says what the store says
)

// here returns an error where a path is not there: most likely a slip of the pen.
func here(paths []string) error {
	for _, path := range paths {
		if path == Stdin {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("verify: %w", err)
		}
	}
	return nil
}

// documents reads all documents below the paths and looks for them in the store.
func (v *verifier) documents(ctx context.Context, paths []string) error {
	if len(paths) == 0 {
		return nil
	}
	l := lookup{verifier: v, other: map[graph.Reference]unlike{}}
	if err := l.read(ctx, paths); err != nil {
		return err
	}
	if err := l.flush(ctx); err != nil {
		return err
	}
	l.differing()
	l.extra()
	return nil
}

// read looks every document up, in no order. At most two documents for each worker are under way.
func (l *lookup) read(ctx context.Context, paths []string) error {
	group, ctx := errgroup.WithContext(ctx)
	work := make(chan job)
	group.Go(func() error {
		defer close(work)
		return l.walk(ctx, paths, work)
	})
	for range l.opts.Workers {
		group.Go(func() error {
			for j := range work {
				if err := l.take(ctx, understand(j)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func (l *lookup) walk(ctx context.Context, paths []string, work chan<- job) error {
	visit := func(ctx context.Context, e source.Entry) error {
		select {
		case work <- job{entry: e}:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for _, path := range paths {
		err := error(nil)
		if path == Stdin {
			err = source.WalkReader(ctx, Stdin, l.opts.Stdin, visit)
		} else {
			err = source.Walk(ctx, path, visit)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// take counts one document. Those that wait are looked up when there are enough.
func (l *lookup) take(ctx context.Context, d document) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.found.Documents++
	if d.err != nil {
		if !errors.Is(d.err, parse.ErrNavigation) {
			l.say("%s: %v", d.entry.Name(), d.err)
		}
		l.found.Unread++
		return nil
	}
	l.waiting = append(l.waiting, sketch(&d))
	if len(l.waiting) < verifySize {
		return nil
	}
	return l.flush(ctx)
}

// paper is what is compared of a document.
type paper struct {
	name      string
	reference graph.Reference
	hash      string
	sources   []graph.Source
}

func sketch(d *document) paper {
	c := &d.record.Cable
	return paper{d.entry.Name(), c.Reference, c.Hash, c.Sources}
}

// lookup looks documents up in the store.
type lookup struct {
	*verifier
	mu      sync.Mutex // guards what follows, and found
	waiting []paper
	other   map[graph.Reference]unlike // cable → documents that say other things, while none says the same
}

// unlike are documents that say other things about a cable than the store.
type unlike struct {
	last  string
	count int
}

func (l *lookup) flush(ctx context.Context) error {
	references := make([]graph.Reference, len(l.waiting))
	for i, p := range l.waiting {
		references[i] = p.reference
	}
	known, err := l.store.Known(ctx, references)
	if err != nil {
		return err
	}
	for _, p := range l.waiting {
		k, there := known[p.reference]
		l.judge(p, k, there)
	}
	l.waiting = l.waiting[:0]
	return nil
}

// judge compares a document with what the store knows. One that says other
// things is judged at the end: a later text of the cable may have replaced it.
func (l *lookup) judge(p paper, known graph.Known, there bool) {
	n, walked := l.kept.cables.number[string(p.reference)]
	if !l.found.check(ruleDocuments, there && walked, p.name, fmt.Sprintf("the store lacks %s", p.reference)) {
		return
	}
	c, reference := &l.kept.cable[n], graph.Reference(l.kept.cables.keys[n]) // the paper's own is a part of the document's text
	switch {
	case known.Hash == p.hash:
		c.given = alike
		l.found.Replaced += l.other[reference].count
		delete(l.other, reference)
		l.sources(p, known.Sources)
	case c.given == alike:
		l.found.Replaced++
	case slipped(p.sources) && !slipped(known.Sources) && slices.Contains(known.Sources, p.sources[0]):
		c.given = max(c.given, twin)
		l.found.Replaced++
	default:
		c.given = max(c.given, otherwise)
		l.other[reference] = unlike{p.name, l.other[reference].count + 1}
	}
}

// sources looks for a document among the sources of its cable.
func (l *lookup) sources(p paper, known []graph.Source) {
	for _, s := range p.sources {
		why := "the sources of " + string(p.reference) + " lack it"
		if i := slices.IndexFunc(known, func(k graph.Source) bool { return k.SHA256 == s.SHA256 }); i >= 0 {
			why = fmt.Sprintf("the store knows it as %q, member %q, byte %d", known[i].File, known[i].Member, known[i].Offset)
		}
		l.found.check(ruleOrigins, slices.Contains(known, s), p.name, why)
	}
}

// differing names a document of each cable that no document given agrees with the store about.
func (l *lookup) differing() {
	for _, reference := range slices.Sorted(maps.Keys(l.other)) {
		l.found.fail(ruleDocuments, l.other[reference].last, fmt.Sprintf("it says other things about %s than the store", reference))
	}
}

// extra counts the published cables that no document is about.
func (l *lookup) extra() {
	for n, c := range l.kept.cable {
		if !c.published {
			continue
		}
		reference := graph.Reference(l.kept.cables.keys[n])
		if c.given == notGiven {
			if l.found.Extra++; l.found.Extra <= maxFailures {
				l.found.FirstExtra = append(l.found.FirstExtra, reference)
			}
		}
		if l.opts.Complete {
			l.found.check(ruleExtra, c.given != notGiven, string(graph.NewID(graph.KindCable, string(reference))), "no document given is about it")
		}
	}
}
