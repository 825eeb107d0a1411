package resolvers

import (
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// Limits bound what one request may ask for. They are checked before any store is asked.
type Limits struct {
	// Depth is how deep selections may nest below the query itself.
	Depth int
	// FilterDepth is how deep filters may nest, by and, or, not and relations together.
	FilterDepth int
	// Conditions is how many filter objects a request may hold.
	Conditions int
	// Values is how long a list of values in a filter may be: ids, codes, references.
	Values int
	// IDs is how many nodes may be asked for by id in one field.
	IDs int
	// Page is how many rows one page may have; graph.MaxPage at most.
	Page int
	// Nodes and Edges are how many a network may be asked for.
	Nodes, Edges int
	// Cost is how many rows a request could bring: each list counts its page size
	// times the rows of the list around it, a single relation counts one.
	Cost int
	// Look is how long one look of a subscription at the store may take.
	Look time.Duration
}

// DefaultLimits let every ordinary question through: 10 × (100 + 200 + 100)
// rows, or 100 people × 10 cables × 100 references × their origin.
func DefaultLimits() Limits {
	return Limits{Depth: 15, FilterDepth: 12, Conditions: 500, Values: 10_000, IDs: 1000, Page: graph.MaxPage, Nodes: 10_000, Edges: 100_000, Cost: 250_000, Look: 30 * time.Second}
}
