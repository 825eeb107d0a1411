package neo4j

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"slices"
	"sync"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

// While a store is being filled its namings stand packed in nodes Held {bucket,
// generation, namings}: for each batch one node for each bucket of surnames, so
// that all namings of a surname can be found again by reading one bucket of
// buckets. What is held is settled bucket by bucket:
//
//   - Surname {taken} is the generation up to which the held namings of a surname have got their edges;
//   - Outdated {reference, generation}: what was held of the cable before that generation is void, the cable was replaced;
//   - when the last surname of a bucket is settled its nodes go.

// buckets is over how many parts surnames are spread: of a whole archive, with
// three million namings, one part takes some 30 MB of memory.
const buckets = 64

// namingsAtOnce bounds how many namings Unsettled draws surnames from.
const namingsAtOnce = 40_000

func bucketOf(surname string) int64 {
	h := fnv.New32a()
	_, _ = io.WriteString(h, surname)
	return int64(h.Sum32() % buckets)
}

const holdNamings = `UNWIND $rows AS row
CREATE (:Held {bucket: row[0], namings: row[1], generation: $generation})`

const outdateHeld = `UNWIND $references AS reference
MERGE (o:Outdated {reference: reference})
SET o.generation = $generation`

const heldBuckets = `MATCH (h:Held)
WITH DISTINCT h.bucket AS bucket ORDER BY bucket
WITH collect(bucket) AS buckets
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN buckets, coalesce(gate.version, 0) AS version`

const heldIn = `WITH COLLECT { MATCH (h:Held {bucket: $bucket}) RETURN [elementId(h), h.generation, h.namings] } AS held,
  COLLECT { MATCH (o:Outdated) RETURN [o.reference, o.generation] } AS outdated,
  COLLECT { MATCH (s:Surname) WHERE s.taken IS NOT NULL RETURN [s.surname, s.taken] } AS taken,
  COLLECT { MATCH (m:Meta {key: 'store'}) RETURN m.generation }[0] AS generation
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN held, outdated, taken, generation, coalesce(gate.version, 0) AS version`

const dropHeld = `MATCH (h:Held)
WHERE elementId(h) IN $ids
DELETE h`

// hold puts namings aside.
func (w *writer) hold(namings []naming) error {
	var parts [buckets][]naming
	for _, n := range namings {
		b := bucketOf(n.Surname)
		parts[b] = append(parts[b], n)
	}
	var rows []any
	for b, part := range parts {
		if len(part) == 0 {
			continue
		}
		packed, err := pack(part)
		if err != nil {
			return fmt.Errorf("pack namings: %w", err)
		}
		rows = append(rows, []any{b, packed})
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := w.run(holdNamings, map[string]any{"rows": rows, "generation": w.generation})
	return err
}

func pack(namings []naming) ([]byte, error) {
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestSpeed)
	if err == nil {
		err = json.NewEncoder(z).Encode(namings)
	}
	if err == nil {
		err = z.Close()
	}
	return b.Bytes(), err
}

func unpack(packed []byte) ([]naming, error) {
	var namings []naming
	err := json.NewDecoder(flate.NewReader(bytes.NewReader(packed))).Decode(&namings)
	return namings, err
}

// bucket is what is held of some surnames at a generation.
type bucket struct {
	id         int64
	generation graph.Generation
	nodes      []string            // the elementIds of the Held nodes
	bySurname  map[string][]naming // those without edges yet
	taken      map[string]int64    // surname → generation, of those of the bucket
	count      int
}

// readBucket reads the row of heldIn.
func readBucket(id int64, rows []*neo4j.Record) (*bucket, error) {
	row := rows[0].AsMap()
	b := &bucket{id: id, generation: graph.Generation(number(row["generation"])), bySurname: map[string][]naming{}}
	outdated := generations(row["outdated"])
	b.taken = generations(row["taken"])
	maps.DeleteFunc(b.taken, func(surname string, _ int64) bool { return bucketOf(surname) != id })
	held, _ := row["held"].([]any)
	for _, x := range held {
		node, _ := x.([]any)
		packed, _ := node[2].([]byte)
		namings, err := unpack(packed)
		if err != nil {
			return nil, fmt.Errorf("unpack the namings held in %s: %w", text(node[0]), err)
		}
		b.nodes = append(b.nodes, text(node[0]))
		b.add(namings, number(node[1]), outdated)
	}
	return b, nil
}

func (b *bucket) add(namings []naming, generation int64, outdated map[string]int64) {
	for _, n := range namings {
		taken, some := b.taken[n.Surname]
		if some && generation <= taken || generation < outdated[n.Cable] {
			continue
		}
		n.generation = graph.Generation(generation)
		b.bySurname[n.Surname] = append(b.bySurname[n.Surname], n)
		b.count++
	}
}

// generations reads pairs of a key and a generation.
func generations(v any) map[string]int64 {
	pairs, _ := v.([]any)
	out := make(map[string]int64, len(pairs))
	for _, x := range pairs {
		pair, _ := x.([]any)
		out[text(pair[0])] = number(pair[1])
	}
	return out
}

// holding keeps the buckets that are being settled, so that each is read once.
type holding struct {
	mu      sync.Mutex
	buckets map[int64]*bucket
}

// bucket returns a bucket as it was at the generation, or is now.
func (s *Store) bucket(ctx context.Context, id int64, generation graph.Generation) (*bucket, error) {
	if b := s.held.get(id); b != nil && b.generation == generation {
		return b, nil
	}
	rows, err := s.whole(ctx, question{heldIn, map[string]any{"bucket": id}})
	if err != nil {
		return nil, err
	}
	b, err := readBucket(id, rows)
	if err == nil {
		s.held.put([]*bucket{b})
	}
	return b, err
}

func (h *holding) get(id int64) *bucket {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.buckets[id]
}

// put keeps buckets, which nobody changes any more, unless it has them with fewer
// surnames left: read before, and settled meanwhile. An empty one is forgotten.
func (h *holding) put(buckets []*bucket) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.buckets == nil {
		h.buckets = map[int64]*bucket{}
	}
	for _, b := range buckets {
		if have := h.buckets[b.id]; have == nil || have.generation != b.generation || len(have.bySurname) > len(b.bySurname) {
			h.buckets[b.id] = b
		}
		if len(b.bySurname) == 0 {
			delete(h.buckets, b.id)
		}
	}
}

func (h *holding) forget(buckets []*bucket) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, b := range buckets {
		delete(h.buckets, b.id)
	}
}

// unsettledHeld returns surnames with held namings, up to limit.
func (s *Store) unsettledHeld(ctx context.Context, limit int) ([]string, error) {
	state, err := s.fillState(ctx)
	if err != nil || !state.filling {
		return nil, err
	}
	rows, err := s.whole(ctx, question{heldBuckets, nil})
	if err != nil {
		return nil, err
	}
	if len(list(rows)) > 0 {
		if err := s.indexTexts(ctx); err != nil {
			return nil, err
		}
	}
	var surnames []string
	count := 0
	for _, id := range numbers(rows[0].Values[0]) {
		if len(surnames) >= limit || count > namingsAtOnce {
			break
		}
		b, err := s.bucket(ctx, id, state.generation)
		if err != nil {
			return nil, err
		}
		surnames = append(surnames, slices.Sorted(maps.Keys(b.bySurname))...)
		count += b.count
	}
	return surnames[:min(limit, len(surnames))], nil
}

// buckets lists the buckets that hold something.
func (w *writer) buckets() ([]int64, error) {
	rows, err := w.run(heldBuckets, nil)
	if err != nil {
		return nil, err
	}
	return numbers(rows[0].Values[0]), nil
}
