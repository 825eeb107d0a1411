package sqlite

import (
	"context"
	"errors"
	"fmt"

	lib "modernc.org/sqlite/lib"

	"github.com/cablegraph/cablegraph/graph"
)

// mapped gives an error of the driver the meaning that the contract gives it.
// An interrupt counts only where the context has ended.
func mapped(ctx context.Context, err error) error {
	switch {
	case err == nil, errors.Is(err, graph.ErrConflict):
		return err
	case ctx.Err() != nil && (isFault(err, lib.SQLITE_INTERRUPT, lib.SQLITE_BUSY) || errors.Is(err, ctx.Err())):
		return ended(ctx)
	case isFault(err, lib.SQLITE_BUSY, lib.SQLITE_LOCKED):
		return fmt.Errorf("%w: %w", graph.ErrConflict, err)
	case isFault(err, lib.SQLITE_CANTOPEN, lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT, lib.SQLITE_IOERR, lib.SQLITE_READONLY, lib.SQLITE_FULL, lib.SQLITE_PERM):
		return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
	}
	return err
}

// ended is the error of a context that has ended.
func ended(ctx context.Context) error {
	if err := ctx.Err(); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%w: %w", graph.ErrTimeout, context.DeadlineExceeded)
}
