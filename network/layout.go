package network

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// The forces of ForceAtlas2, as Gephi sets them for a network of some size.
const (
	repulsion = 2.0
	gravity   = 1.0
	shore     = 2.0 // how many times as far out as the mass in the mean what is not tied may drift
	theta     = 1.2 // how wide a far cell may look and still count as one point
	// layoutWork bounds the steps by nodes and edges, between minSteps and maxSteps.
	layoutWork = 60_000_000
	minSteps   = 60
	maxSteps   = 600
)

// Layout gives each node its place on a plane, by ForceAtlas2 (Jacomy et al.,
// 2014): nodes push each other away, edges pull by the logarithm of their
// weight, and gravity keeps what nothing ties from drifting off. It starts from
// places drawn with a fixed seed. The error is that of the context.
func Layout(ctx context.Context, n *Network) error {
	l := newLayout(n)
	steps := min(max(layoutWork/(20*len(n.Nodes)+len(n.Edges)+1), minSteps), maxSteps)
	for range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.step()
	}
	l.place(n.Nodes)
	n.LaidOut = true
	return nil
}

// spread is how far apart nodes lie in the mean, for nodes that are drawn as look draws them.
const spread = 40

// place hands the places over, about the middle and at a scale by which networks of any size look alike.
func (l *layout) place(nodes []Node) {
	var middle point
	size := float64(len(l.at))
	for _, p := range l.at {
		middle.x += p.x / size
		middle.y += p.y / size
	}
	square := 0.0
	for _, p := range l.at {
		d := point{p.x - middle.x, p.y - middle.y}.length()
		square += d * d / size
	}
	scale := 1.0
	if square > 0 {
		scale = spread * math.Sqrt(size/square)
	}
	for i, p := range l.at {
		nodes[i].X, nodes[i].Y = math.Round((p.x-middle.x)*scale*100)/100, math.Round((p.y-middle.y)*scale*100)/100
	}
}

type point struct{ x, y float64 }

func (p point) length() float64 { return math.Sqrt(p.x*p.x + p.y*p.y) }

type layout struct {
	edges *adjacency // with the pull for weight
	mass  []float64  // 1 + number of neighbours
	at    []point
	force []point
	last  []point // the forces of the step before
	tree  tree
	speed float64
	// efficiency of the speed: it sinks where nodes swing.
	efficiency float64
	tolerance  float64 // of swinging
	// hold is a gravity that grows with distance, by which few nodes that nothing ties do not make all else tiny.
	hold float64
}

func newLayout(n *Network) *layout {
	size := len(n.Nodes)
	l := &layout{
		edges: newAdjacency(n, bothWays), mass: make([]float64, size),
		at: make([]point, size), force: make([]point, size), last: make([]point, size),
		speed: 1, efficiency: 1, tolerance: 0.1,
	}
	switch {
	case size >= 50_000:
		l.tolerance = 10
	case size >= 5_000:
		l.tolerance = 1
	}
	for i, w := range l.edges.weight {
		l.edges.weight[i] = math.Log2(1 + w)
	}
	draw := rand.New(rand.NewPCG(1, 3))
	radius := 10 * math.Sqrt(float64(size))
	for i := range l.at {
		to, _ := l.edges.of(i)
		l.mass[i] = 1 + float64(len(to))
		r, angle := radius*math.Sqrt(draw.Float64()), 2*math.Pi*draw.Float64()
		l.at[i] = point{r * math.Cos(angle), r * math.Sin(angle)}
	}
	return l
}

// step moves every node once. The forces on a node depend on the places alone,
// so that it makes no difference how many goroutines share the work.
func (l *layout) step() {
	l.force, l.last = l.last, l.force
	l.tree.build(l.at, l.mass)
	total, mean := 0.0, 0.0
	for i, p := range l.at {
		total += l.mass[i]
		mean += l.mass[i] * p.length()
	}
	mean = max(mean/total, 1)
	l.hold = repulsion * total / (shore * shore * mean * mean)
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < len(l.at); i += workers {
				l.force[i] = l.forceOn(i)
			}
		})
	}
	group.Wait()
	l.move()
}

func (l *layout) forceOn(i int) point {
	p, m := l.at[i], l.mass[i]
	f := l.tree.push(p, repulsion*m)
	if d := p.length(); d > 0 {
		inward := m * (gravity/d + l.hold)
		f.x -= inward * p.x
		f.y -= inward * p.y
	}
	to, pull := l.edges.of(i)
	for k, j := range to {
		q := l.at[j]
		f.x -= pull[k] * (p.x - q.x)
		f.y -= pull[k] * (p.y - q.y)
	}
	return f
}

// move goes along the forces: as fast as the network does not swing, and each node slower that does.
func (l *layout) move() {
	swing, traction := 0.0, 0.0
	for i, f := range l.force {
		swing += l.mass[i] * l.swing(i)
		traction += l.mass[i] * point{f.x + l.last[i].x, f.y + l.last[i].y}.length() / 2
	}
	size := float64(len(l.at))
	jitter := 0.05 * math.Sqrt(size)
	jitter = l.tolerance * max(math.Sqrt(jitter), min(10, jitter*traction/(size*size)))
	if traction > 0 && swing/traction > 2 {
		l.efficiency = max(0.05, l.efficiency/2)
		jitter = max(jitter, l.tolerance)
	}
	target := math.MaxFloat64
	if swing > 0 {
		target = jitter * l.efficiency * traction / swing
	}
	if swing > jitter*traction {
		l.efficiency = max(0.05, l.efficiency*0.7)
	} else if l.speed < 1000 {
		l.efficiency *= 1.3
	}
	l.speed += min(target-l.speed, l.speed/2)
	for i, f := range l.force {
		factor := l.speed / (1 + math.Sqrt(l.speed*l.mass[i]*l.swing(i)))
		l.at[i].x += factor * f.x
		l.at[i].y += factor * f.y
	}
}

func (l *layout) swing(i int) float64 {
	return point{l.last[i].x - l.force[i].x, l.last[i].y - l.force[i].y}.length()
}
