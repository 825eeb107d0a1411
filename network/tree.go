package network

// tree is a quadtree over points with masses (Barnes and Hut), in one slice:
// a cell, then all that is in it. Its memory is used again at each build.
type tree struct {
	cells []cell
	order []int32
	at    []point
	mass  []float64
}

type cell struct {
	x, y, mass float64 // the centre of its mass
	width      float64
	next       int32 // the cell that comes after all that is in this one
	leaf       bool
}

const closest = 0.01

// deepest bounds the depth: points that are still together there are one.
const deepest = 40

func (t *tree) build(at []point, mass []float64) {
	t.at, t.mass, t.cells = at, mass, t.cells[:0]
	if len(t.order) != len(at) {
		t.order = make([]int32, len(at))
		for i := range t.order {
			t.order[i] = int32(i)
		}
	}
	if len(at) == 0 {
		return
	}
	low, high := at[0], at[0]
	for _, p := range at {
		low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
	}
	width := max(high.x-low.x, high.y-low.y)
	t.add(t.order, low, width, 0)
}

// add writes the cell of some points, which lie in the square at low.
func (t *tree) add(points []int32, low point, width float64, depth int) {
	here := len(t.cells)
	c := cell{width: width, leaf: len(points) == 1 || depth == deepest}
	for _, i := range points {
		c.mass += t.mass[i]
		c.x += t.mass[i] * t.at[i].x
		c.y += t.mass[i] * t.at[i].y
	}
	c.x /= c.mass
	c.y /= c.mass
	t.cells = append(t.cells, c)
	if !c.leaf {
		half := width / 2
		middle := point{low.x + half, low.y + half}
		below := split(points, func(i int32) bool { return t.at[i].y < middle.y })
		for _, row := range []struct {
			points []int32
			y      float64
		}{{points[:below], low.y}, {points[below:], middle.y}} {
			left := split(row.points, func(i int32) bool { return t.at[i].x < middle.x })
			if left > 0 {
				t.add(row.points[:left], point{low.x, row.y}, half, depth+1)
			}
			if left < len(row.points) {
				t.add(row.points[left:], point{middle.x, row.y}, half, depth+1)
			}
		}
	}
	t.cells[here].next = int32(len(t.cells))
}

// split brings those that are first to the front and returns their number.
func split(points []int32, first func(int32) bool) int {
	n := 0
	for k, i := range points {
		if first(i) {
			points[n], points[k] = i, points[n]
			n++
		}
	}
	return n
}

// push returns the force by which all the points push p away: strength times
// mass over distance. What is closer than the root of closest, as the point itself is, pushes less, not more.
func (t *tree) push(p point, strength float64) (f point) {
	for i := int32(0); int(i) < len(t.cells); {
		c := &t.cells[i]
		dx, dy := p.x-c.x, p.y-c.y
		square := dx*dx + dy*dy
		if !c.leaf && c.width*c.width > theta*theta*square {
			i++
			continue
		}
		near := strength * c.mass / max(square, closest)
		f.x += near * dx
		f.y += near * dy
		i = c.next
	}
	return f
}
