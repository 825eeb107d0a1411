package graph

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// The size of a page: what it is where none is asked for, and its limit.
const (
	DefaultPage = 25
	MaxPage     = 1000
)

// Page is a window on an ordered list, by keyset: rows that come or go
// meanwhile never make a page repeat or skip others.
type Page struct {
	// Size is how many rows, 0 … MaxPage.
	Size int
	// Backward takes the last rows before the cursor instead of the first after it.
	// The rows come in the list's order all the same.
	Backward bool
	// Cursor is the position after (Backward: before) which the page lies; empty for the list's end.
	Cursor Position
	// Until is the position at which the page must stop, exclusive: `before` in a
	// forward page, `after` in a backward one; empty for no bound.
	Until Position
}

// By is what a list is ordered by.
type By string

// The sort keys. ByKey (reference, slug or code) always comes last, so that no two rows tie.
const (
	ByKey      By = "KEY"
	ByCreated  By = "CREATED"
	ByReleased By = "RELEASED"
	ByLevel    By = "LEVEL"    // cables: classification level
	ByName     By = "NAME"     // posts, people
	ByCables   By = "CABLES"   // posts: cables sent; people: cables that mention them; tags: cables that bear them; cables: those that cite them
	ByCount    By = "COUNT"    // mentions: how often
	ByPosition By = "POSITION" // recipients, tags, references: their place in the cable
	ByWeight   By = "WEIGHT"   // weighted edges: cables shared
	ByScore    By = "SCORE"    // cables: Edge.Score; only where the step's filter has a question (CableWhere.Question)
)

// Order is one term of an ordering. Values compare as numbers or by code
// points; what is unknown (no date, no classification) comes before all else, so last with Desc.
type Order struct {
	By   By
	Desc bool
}

// Numeric tells whether the sort key is a number: dates (Minute), levels, counts, positions, weights, scores.
func (b By) Numeric() bool { return b != ByKey && b != ByName }

// Position is a place in an ordered list: one value for each Order term, int64
// where By.Numeric, else string.
type Position []any

// Fits returns an error that wraps ErrBadCursor where the position is none of a list in this order.
func (p Position) Fits(order []Order) error {
	if len(p) != len(order) {
		return fmt.Errorf("%w: %d values for %d terms of order", ErrBadCursor, len(p), len(order))
	}
	for i, o := range order {
		_, number := p[i].(int64)
		_, text := p[i].(string)
		if number != o.By.Numeric() || text == o.By.Numeric() {
			return fmt.Errorf("%w: %v is no value of %s", ErrBadCursor, p[i], o.By)
		}
	}
	return nil
}

// Cursor is a Position as the API shows it: opaque, and bound to the ordering it was made for.
type Cursor string

// EncodeCursor makes a cursor out of a position in a list ordered by orders.
func EncodeCursor(orders []Order, p Position) Cursor {
	return Cursor(base64.RawURLEncoding.EncodeToString(mustJSON(append(append(make([]any, 0, len(p)+1), orderSign(orders)), p...))))
}

// DecodeCursor reads a cursor for a list ordered by orders. The error wraps
// ErrBadCursor where it was not made by EncodeCursor with equal orders.
func DecodeCursor(orders []Order, c Cursor) (Position, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(string(c))
	if err != nil {
		return nil, fmt.Errorf("%w: %q was not made by this API", ErrBadCursor, string(c))
	}
	var parts []json.RawMessage
	var sign string
	if json.Unmarshal(raw, &parts) != nil || len(parts) == 0 || json.Unmarshal(parts[0], &sign) != nil {
		return nil, fmt.Errorf("%w: %q was not made by this API", ErrBadCursor, string(c))
	}
	if sign != orderSign(orders) || len(parts) != len(orders)+1 {
		return nil, fmt.Errorf("%w: %q belongs to a list in another order", ErrBadCursor, string(c))
	}
	p := make(Position, len(orders))
	for i, o := range orders {
		if o.By.Numeric() {
			var n int64
			err = json.Unmarshal(parts[i+1], &n)
			p[i] = n
		} else {
			var s string
			err = json.Unmarshal(parts[i+1], &s)
			p[i] = s
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %q was not made by this API", ErrBadCursor, string(c))
		}
	}
	if EncodeCursor(orders, p) != c {
		return nil, fmt.Errorf("%w: %q was not made by this API", ErrBadCursor, string(c))
	}
	return p, nil
}

// orderSign names an ordering in a cursor: "CREATED-,KEY+".
func orderSign(orders []Order) string {
	sign := ""
	for _, o := range orders {
		if o.Desc {
			sign += string(o.By) + "-,"
		} else {
			sign += string(o.By) + "+,"
		}
	}
	return sign
}

// Complete returns orders with all after a ByKey dropped and ByKey added where it lacks.
func Complete(orders []Order) []Order {
	out := make([]Order, 0, len(orders)+1)
	for _, o := range orders {
		out = append(out, o)
		if o.By == ByKey {
			return out
		}
	}
	return append(out, Order{By: ByKey})
}

// Compare tells whether a stands before (-1) or after (+1) b in a list ordered by orders; 0 where they are equal.
func Compare(orders []Order, a, b Position) int {
	for i, o := range orders {
		c := compareValues(a[i], b[i])
		if o.Desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func compareValues(a, b any) int {
	if x, ok := a.(int64); ok {
		y := b.(int64)
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	x, y := a.(string), b.(string)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
