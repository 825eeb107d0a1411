package network

import (
	"context"
	"fmt"
	"strings"
)

// Metric measures each node: it adds a column, or three where the network is
// directed and each way counts (all, in, out).
type Metric struct {
	Name        string // as a question asks for it, and of its column
	Description string // one line
	measure     func(ctx context.Context, n *Network) error
}

// Metrics lists every metric in the order in which they are shown.
var Metrics = []Metric{}

// Measure adds the metrics of these names to the network's node columns, in
// their order. The error wraps ErrUnknown, or is that of the context.
func Measure(ctx context.Context, n *Network, names ...string) error {
	known := make([]string, len(Metrics))
	byName := make(map[string]*Metric, len(Metrics))
	for i := range Metrics {
		known[i] = Metrics[i].Name
		byName[known[i]] = &Metrics[i]
	}
	for _, name := range names {
		if byName[name] == nil {
			return fmt.Errorf("%w metric %q; there are %s", ErrUnknown, name, strings.Join(known, ", "))
		}
	}
	for _, name := range names {
		if err := byName[name].measure(ctx, n); err != nil {
			return fmt.Errorf("metric %s: %w", name, err)
		}
	}
	return nil
}
