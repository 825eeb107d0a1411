package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

// translate makes the driver's error one that callers can decide by.
func translate(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.Canceled):
		return fmt.Errorf("neo4j: %w", context.Canceled)
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded), timedOut(err):
		return fmt.Errorf("neo4j: %w", graph.ErrTimeout)
	case unreachable(err):
		return fmt.Errorf("neo4j: %w: %w", graph.ErrUnavailable, err)
	}
	return fmt.Errorf("neo4j: %w", err)
}

// timedOut tells whether the server ended the transaction because its time was over.
func timedOut(err error) bool {
	var server *neo4j.Neo4jError
	if !errors.As(err, &server) {
		return false
	}
	return strings.HasPrefix(server.Code, "Neo.ClientError.Transaction.TransactionTimedOut") ||
		server.Code == "Neo.TransientError.Transaction.LockClientStopped"
}

// unreachable tells whether no server could be asked, be it down, starting or full.
func unreachable(err error) bool {
	if neo4j.IsConnectivityError(err) {
		return true
	}
	var server *neo4j.Neo4jError
	if errors.As(err, &server) {
		return server.Code == "Neo.TransientError.General.DatabaseUnavailable" ||
			server.Code == "Neo.TransientError.Database.DatabaseUnavailable"
	}
	var limit *neo4j.TransactionExecutionLimit
	if errors.As(err, &limit) && len(limit.Errors) > 0 {
		return unreachable(limit.Errors[len(limit.Errors)-1])
	}
	return false
}

// refused tells whether a procedure ended with an error, as that of an index does which is not there.
func refused(err error) bool {
	var server *neo4j.Neo4jError
	return errors.As(err, &server) && server.Code == "Neo.ClientError.Procedure.ProcedureCallFailed"
}
