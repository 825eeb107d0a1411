package loader

import (
	"context"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

const (
	settleSize  = 500       // surnames settled in one transaction, at most
	settleCount = 20_000    // namings that a transaction should come to: they are held in memory
	maxSurnames = 1_000_000 // asked for at once; a whole archive has a quarter of that
)

// settle decides who is who among all surnames that have namings not yet
// settled: those of this load, and those of one that was stopped before it came to this.
func (l *load) settle(ctx context.Context) error {
	l.progress.phase("who is who")
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		surnames, err := l.store.Unsettled(ctx, maxSurnames)
		if err != nil {
			return fmt.Errorf("asking the store for unsettled names: %w", err)
		}
		if len(surnames) == 0 {
			return nil
		}
		if err := l.settleAll(ctx, surnames); err != nil {
			return err
		}
	}
}

// settleAll settles some surnames while others are being decided upon.
func (l *load) settleAll(ctx context.Context, surnames []string) error {
	surnames = l.linked(surnames)
	of := l.report.Settled + len(surnames)
	done := make(chan int)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(inFlight + 1) // and the one below, which hands out the work
	group.Go(func() error {
		var settled, namings atomic.Int64 // so far; they tell how many surnames make settleCount
		size := settleSize / 10
		for left := surnames; len(left) > 0; {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			some := l.chunk(left, size)
			left = left[len(some):]
			if n := namings.Load(); n > settleCount {
				size = int(min(max(settled.Load()*settleCount/n, 1), settleSize))
			}
			group.Go(func() error {
				count, err := l.settleChunk(ctx, some)
				if err != nil {
					return fmt.Errorf("settling %d surnames, %q to %q: %w", len(some), some[0], some[len(some)-1], err)
				}
				settled.Add(int64(len(some)))
				namings.Add(int64(count))
				done <- len(some)
				return nil
			})
		}
		return nil
	})
	ended := make(chan error, 1)
	go func() {
		ended <- group.Wait()
		close(done)
	}()
	for n := range done {
		l.report.Settled += n
		l.progress.settled(of)
	}
	return <-ended
}

// settleChunk settles some surnames and returns how many namings they have. It asks
// for those anew each time that another writer got in between.
func (l *load) settleChunk(ctx context.Context, surnames []string) (count int, err error) {
	err = patiently(ctx, func() error {
		namings, generation, err := l.store.Namings(ctx, surnames)
		if err != nil {
			return err
		}
		count = len(namings)
		settled := l.correct.Resolve(namings)
		ctx, cancel := writing(ctx)
		defer cancel()
		return l.store.Settle(ctx, surnames, settled, generation)
	})
	return count, err
}
