package graph

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var drawnOrders = rapid.Custom(func(t *rapid.T) []Order {
	terms := []By{ByCreated, ByReleased, ByLevel, ByName, ByCables, ByCount, ByPosition, ByWeight}
	var orders []Order
	for _, by := range rapid.Permutation(terms).Draw(t, "terms")[:rapid.IntRange(0, 3).Draw(t, "how many")] {
		orders = append(orders, Order{By: by, Desc: rapid.Bool().Draw(t, "desc")})
	}
	return Complete(append(orders, Order{By: ByKey, Desc: rapid.Bool().Draw(t, "desc")}))
})

func drawnPosition(t *rapid.T, orders []Order) Position {
	p := make(Position, len(orders))
	for i, o := range orders {
		if o.By.Numeric() {
			p[i] = rapid.Int64().Draw(t, "number")
		} else {
			p[i] = rapid.String().Draw(t, "text")
		}
	}
	return p
}

func TestCursorsGiveTheirPositionBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		orders := drawnOrders.Draw(t, "orders")
		p := drawnPosition(t, orders)
		got, err := DecodeCursor(orders, EncodeCursor(orders, p))
		if err != nil {
			t.Fatalf("DecodeCursor: %v", err)
		}
		if diff := cmp.Diff(p, got); diff != "" {
			t.Errorf("DecodeCursor(EncodeCursor(p)) (-want +got):\n%s", diff)
		}
	})
}

func TestCursorsOfAnotherOrderAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawnOrders.Draw(t, "a"), drawnOrders.Draw(t, "b")
		_, err := DecodeCursor(b, EncodeCursor(a, drawnPosition(t, a)))
		if slices.Equal(a, b) != (err == nil) || err != nil && !errors.Is(err, ErrBadCursor) {
			t.Errorf("cursor for %v read for %v: %v", a, b, err)
		}
	})
}

func FuzzDecodeCursor(f *testing.F) {
	orders := []Order{{By: ByCreated, Desc: true}, {By: ByName}, {By: ByKey}}
	f.Add(string(EncodeCursor(orders, Position{int64(-3), "Łódź", "k"})))
	f.Add("")
	f.Add("WyJDUkVBVEVELSxOQU1FKyxLRVkrLCIsbnVsbCwiYSIsImIiXQ")
	f.Add("e30")
	f.Add("\x00=")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := DecodeCursor(orders, Cursor(s))
		if err != nil {
			if !errors.Is(err, ErrBadCursor) {
				t.Errorf("DecodeCursor(%q): %v", s, err)
			}
			return
		}
		if again := EncodeCursor(orders, p); string(again) != s {
			t.Errorf("DecodeCursor(%q) = %v, which is the cursor %q", s, p, again)
		}
	})
}

func TestCursorsThatWereNotMadeHereAreRefused(t *testing.T) {
	orders := []Order{{By: ByCreated, Desc: true}, {By: ByKey}}
	for name, c := range map[string]Cursor{
		"empty": "", "no base64": "?", "padded": "W10=", "no list": "e30", "an empty list": "W10", "a number for a name": "WzFd",
		"null for a number": "WyJDUkVBVEVELSxLRVkrLCIsbnVsbCwiYSJd", "blanks": "WyJDUkVBVEVELSxLRVkrLCIsIDEsICJhIl0",
		"too few": "WyJDUkVBVEVELSxLRVkrLCIsMV0", "a fraction": "WyJDUkVBVEVELSxLRVkrLCIsMS41LCJhIl0",
	} {
		t.Run(name, func(t *testing.T) {
			if p, err := DecodeCursor(orders, c); !errors.Is(err, ErrBadCursor) {
				t.Errorf("DecodeCursor(%q) = %v, %v; want %v", c, p, err, ErrBadCursor)
			}
		})
	}
}

func TestComplete(t *testing.T) {
	key, created := Order{By: ByKey, Desc: true}, Order{By: ByCreated}
	for _, row := range []struct {
		name     string
		in, want []Order
	}{
		{"nothing", nil, []Order{{By: ByKey}}},
		{"the key is added", []Order{created}, []Order{created, {By: ByKey}}},
		{"what comes after the key goes", []Order{key, created}, []Order{key}},
		{"complete already", []Order{created, key}, []Order{created, key}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if diff := cmp.Diff(row.want, Complete(row.in)); diff != "" {
				t.Errorf("Complete (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompare(t *testing.T) {
	orders := []Order{{By: ByCreated, Desc: true}, {By: ByKey}}
	for _, row := range []struct {
		name string
		a, b Position
		want int
	}{
		{"the newer first", Position{int64(2), "b"}, Position{int64(1), "a"}, -1},
		{"ties by key", Position{int64(1), "b"}, Position{int64(1), "a"}, 1},
		{"equal", Position{int64(1), "a"}, Position{int64(1), "a"}, 0},
		{"the unknown last", Position{NoMinute, "a"}, Position{int64(-99), "b"}, 1},
		{"by code points", Position{int64(1), "Z"}, Position{int64(1), "a"}, -1},
		{"code points, not UTF-16", Position{int64(1), "\uFFFD"}, Position{int64(1), "𐐔"}, -1},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got, back := Compare(orders, row.a, row.b), Compare(orders, row.b, row.a); got != row.want || back != -row.want {
				t.Errorf("Compare = %d and %d, want %d", got, back, row.want)
			}
		})
	}
}

func TestEveryRelationIsDescribed(t *testing.T) {
	for r := RootCables; r < relations; r++ {
		order := r.DefaultOrder()
		if (r.To() == "") != (r >= FacetClassifications) || (r.From() == "") != (r <= RootTags || r == SharedCables || r.Facet()) {
			t.Errorf("relation %d leads from %q to %q", r, r.From(), r.To())
		}
		if len(order) == 0 || !slices.Equal(order, Complete(order)) {
			t.Errorf("the default order of relation %d is not complete: %v", r, order)
		}
		if r.Weighted() != (order[0].By == ByWeight) {
			t.Errorf("the default order of relation %d: %v", r, order)
		}
	}
}
