package loader

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// pretended is a store for a dry run: it answers as if it were written to, and
// changes nothing.
type pretended struct {
	graph.Store // nil: an empty one

	mu sync.Mutex
	// written is what it would know: cable → hash and sources
	written map[graph.Reference]graph.Known
}

func pretend(store graph.Store) *pretended {
	return &pretended{Store: store, written: map[graph.Reference]graph.Known{}}
}

// Ask answers from the store as it is.
func (p *pretended) Ask(ctx context.Context, plan *graph.Plan) (graph.Answers, error) {
	if p.Store == nil {
		return nil, ctx.Err()
	}
	return p.Store.Ask(ctx, plan)
}

// Known returns what would be known.
func (p *pretended) Known(ctx context.Context, references []graph.Reference) (map[graph.Reference]graph.Known, error) {
	known := map[graph.Reference]graph.Known{}
	if p.Store != nil {
		stored, err := p.Store.Known(ctx, references)
		if err != nil {
			return nil, err
		}
		maps.Copy(known, stored)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range references {
		if k, ok := p.written[r]; ok {
			known[r] = k
		}
	}
	return known, nil
}

// Write remembers hashes and sources.
func (p *pretended) Write(ctx context.Context, records []graph.Record) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range records {
		c := &records[i].Cable
		p.written[c.Reference] = graph.Known{Hash: c.Hash, Sources: c.Sources}
	}
	return ctx.Err()
}

// AddSources does nothing: what the sources are for is decided by those of Write.
func (p *pretended) AddSources(ctx context.Context, _ map[graph.Reference][]graph.Source) error {
	return ctx.Err()
}

// Fill does nothing.
func (p *pretended) Fill(ctx context.Context) error { return ctx.Err() }

// Unsettled returns none.
func (p *pretended) Unsettled(ctx context.Context, _ int) ([]string, error) { return nil, ctx.Err() }

// Correct does nothing: people are not settled.
func (p *pretended) Correct(ctx context.Context, _ string, _ []string) error { return ctx.Err() }

// Corrections returns none.
func (p *pretended) Corrections(ctx context.Context) (string, error) { return "", ctx.Err() }

// Loaded does nothing.
func (p *pretended) Loaded(ctx context.Context, _ time.Time) error { return ctx.Err() }
