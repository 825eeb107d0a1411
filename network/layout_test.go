package network

import (
	"context"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func laidOut(t testing.TB, n *Network) *Network {
	t.Helper()
	if err := Layout(context.Background(), n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLayoutPutsTogetherWhatIsTied(t *testing.T) {
	// Ten cliques of ten, tied to a ring.
	n := &Network{Nodes: random(1, 100, 0, false).Nodes}
	for a := range 100 {
		for b := range a {
			if a/10 == b/10 || a%10 == 0 && b == a-10 {
				n.Edges = append(n.Edges, Edge{Source: b, Target: a, Kind: "SHARED", Weight: 1})
			}
		}
	}
	n.Sort()
	laidOut(t, n)
	within, between := 0.0, 0.0
	for a := range 100 {
		for b := range a {
			d := math.Hypot(n.Nodes[a].X-n.Nodes[b].X, n.Nodes[a].Y-n.Nodes[b].Y)
			if a/10 == b/10 {
				within += d / 450
			} else {
				between += d / 4500
			}
		}
	}
	if within*4 > between {
		t.Errorf("mean distance within a clique %.1f, between cliques %.1f", within, between)
	}
}

func TestNodesThatNothingTiesDoNotMakeTheRestTiny(t *testing.T) {
	n := random(1, 3_000, 0, false)
	for i := range 10_000 {
		n.Edges = append(n.Edges, Edge{Source: i % 2_000, Target: (i*i + 7) % 2_000, Kind: "SHARED", Weight: 1})
	}
	n.Sort()
	n.Edges = once(n.Edges)
	laidOut(t, n)
	tied, most := 0.0, 0.0
	for i, node := range n.Nodes {
		r := math.Hypot(node.X, node.Y)
		most = max(most, r)
		if i < 2_000 {
			tied += r / 2_000
		}
	}
	if most > 5*tied {
		t.Errorf("the farthest node lies %.0f from the middle, those that are tied %.0f", most, tied)
	}
}

func TestLayoutOfAnyNetworkIsFiniteAndTheSameEachTime(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed, nodes, edges := rapid.Uint64().Draw(rt, "seed"), rapid.IntRange(0, 40).Draw(rt, "nodes"), rapid.IntRange(0, 80).Draw(rt, "edges")
		if nodes == 0 {
			edges = 0
		}
		one, two := laidOut(t, random(seed, nodes, edges, true)), laidOut(t, random(seed, nodes, edges, true))
		square := 0.0
		for i, node := range one.Nodes {
			if node.X != two.Nodes[i].X || node.Y != two.Nodes[i].Y {
				rt.Fatalf("node %d is at %v,%v and at %v,%v", i, node.X, node.Y, two.Nodes[i].X, two.Nodes[i].Y)
			}
			square += (node.X*node.X + node.Y*node.Y) / float64(nodes)
		}
		if want := spread * math.Sqrt(float64(nodes)); nodes > 1 && math.Abs(math.Sqrt(square)-want) > 1 {
			rt.Fatalf("nodes lie %v from the middle, not %v", math.Sqrt(square), want)
		}
	})
}

// TestTheTreePushesAsAllPointsDo compares with the sum over all points.
func TestTheTreePushesAsAllPointsDo(t *testing.T) {
	l := newLayout(random(1, 3_000, 9_000, false))
	l.tree.build(l.at, l.mass)
	var errors []float64
	for _, p := range l.at {
		var want point
		for j, q := range l.at {
			dx, dy := p.x-q.x, p.y-q.y
			f := l.mass[j] / max(dx*dx+dy*dy, closest)
			want.x += f * dx
			want.y += f * dy
		}
		got := l.tree.push(p, 1)
		errors = append(errors, point{got.x - want.x, got.y - want.y}.length()/want.length())
	}
	slices.Sort(errors)
	if median, most := errors[len(errors)/2], errors[len(errors)*95/100]; median > 0.05 || most > 0.3 {
		t.Errorf("off by %.3f in the median, by %.3f for 19 of 20", median, most)
	}
}

func TestPointsInOnePlace(t *testing.T) {
	var tr tree
	tr.build(make([]point, 100), slices.Repeat([]float64{1}, 100))
	if f := tr.push(point{}, 1); f != (point{}) {
		t.Errorf("pushed by %v", f)
	}
}
