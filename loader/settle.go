package loader

import (
	"context"
	"fmt"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/loader/people"
)

// settleSize is how many surnames are settled in one transaction.
const settleSize = 500

// settle decides who is who among all surnames that have namings not yet
// settled: those of this load, and those of one that was stopped before it came to this.
func (l *load) settle(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		surnames, err := l.store.Unsettled(ctx, settleSize)
		if err != nil {
			return fmt.Errorf("asking the store for unsettled names: %w", err)
		}
		if len(surnames) == 0 {
			return nil
		}
		if err := l.settleSome(ctx, surnames); err != nil {
			return fmt.Errorf("settling %d surnames, %q to %q: %w", len(surnames), surnames[0], surnames[len(surnames)-1], err)
		}
		l.report.Settled += len(surnames)
		l.progress.step()
	}
}

// settleSome asks for the namings anew each time that another writer got in between.
func (l *load) settleSome(ctx context.Context, surnames []string) error {
	return patiently(ctx, func() error {
		namings, generation, err := l.store.Namings(ctx, surnames)
		if err != nil {
			return err
		}
		of := map[string][]graph.PlacedNaming{}
		for _, n := range namings {
			of[n.Surname] = append(of[n.Surname], n)
		}
		var settled []graph.Settled
		for _, surname := range surnames {
			if len(of[surname]) > 0 {
				settled = append(settled, people.Resolve(of[surname])...)
			}
		}
		ctx, cancel := writing(ctx)
		defer cancel()
		return l.store.Settle(ctx, surnames, settled, generation)
	})
}
