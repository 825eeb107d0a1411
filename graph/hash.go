package graph

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// Hash walks a store and returns one hash over all its nodes, edges and their
// properties, whatever the order in which they come: stores of any kind with
// the same graph have the same hash. Where the documents came from (sources) and
// when they were loaded is left out. Time grows with the graph, memory does not.
func Hash(ctx context.Context, r Reader) (string, error) {
	var lanes [4]uint64
	err := r.Walk(ctx, func(e Element) error {
		sum := sha256.Sum256(mustJSON(e))
		for i := range lanes {
			lanes[i] += binary.BigEndian.Uint64(sum[8*i:])
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	var out [32]byte
	for i, lane := range lanes {
		binary.BigEndian.PutUint64(out[8*i:], lane)
	}
	return hex.EncodeToString(out[:]), nil
}
