package graph

import "errors"

// The errors that callers decide by, with errors.Is.
var (
	// ErrBadID: an id is not of the form kind:key.
	ErrBadID = errors.New("bad id")
	// ErrBadReference: a text can't be read as a cable's reference.
	ErrBadReference = errors.New("bad reference")
	// ErrBadCursor: a cursor was not made here, or for another order.
	ErrBadCursor = errors.New("bad cursor")
	// ErrBadText: a full-text question can't be read.
	ErrBadText = errors.New("bad full-text question")
	// ErrBadPage: a page asks for something impossible: a negative size, both ends at once.
	ErrBadPage = errors.New("bad page")
	// ErrBadWhere: a filter says something impossible: a range that ends before it starts.
	ErrBadWhere = errors.New("bad filter")
	// ErrTimeout: the store did not answer before the deadline.
	ErrTimeout = errors.New("the store did not answer in time")
	// ErrUnavailable: the store can't be reached.
	ErrUnavailable = errors.New("the store can't be reached")
	// ErrConflict: another writer is at work and did not end in time.
	ErrConflict = errors.New("another writer is at work")
)
