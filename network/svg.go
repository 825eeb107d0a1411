package network

import (
	"cmp"
	"math"
	"slices"
)

// A picture is so wide and high, with a margin for what stands at its edge, and has labels at so many nodes.
const (
	pictureSize   = 1000.0
	pictureMargin = 60.0
	pictureLabels = 60
)

// places returns where the nodes lie in a picture.
func (o *out) places(s *Stream) []point {
	at := make([]point, len(s.IDs))
	left, right, bottom, top := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i, n := range o.nodes(s) {
		at[i] = point{n.X, n.Y}
		left, right = min(left, n.X), max(right, n.X)
		bottom, top = min(bottom, n.Y), max(top, n.Y)
	}
	scale := (pictureSize - 2*pictureMargin) / max(right-left, top-bottom, 1)
	for i, p := range at {
		at[i] = point{math.Round(10*(pictureMargin+(p.x-left)*scale)) / 10, math.Round(10*(pictureMargin+(top-p.y)*scale)) / 10}
	}
	return at
}

// writeSVG draws a network that is laid out: edges as wide as the logarithm of their
// weight, and the labels of the nodes with most edges. Without places all nodes lie in one.
func writeSVG(o *out, s *Stream) {
	l, at := newLook(s), o.places(s)
	size := o.float(pictureSize)
	o.s(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `, size, " ", size, `" font-family="sans-serif" font-size="14" text-anchor="middle">`, "\n<title>")
	o.xml(s.Info.Title)
	o.s("</title>\n<desc>")
	o.xml(s.describe())
	o.s("</desc>\n<g stroke=\"#999\" stroke-opacity=\"0.5\">\n")
	for _, e := range o.edges(s) {
		from, to := at[e.Source], at[e.Target]
		o.s(`<line x1="`, o.float(from.x), `" y1="`, o.float(from.y), `" x2="`, o.float(to.x), `" y2="`, o.float(to.y),
			`" stroke-width="`, o.float(math.Round(10*(1+math.Log(max(e.Weight, 1))))/10), "\"/>\n")
	}
	o.s("</g>\n<g>\n")
	busiest := l.busiest(pictureLabels)
	labels := make([]string, len(busiest))
	for i, n := range o.nodes(s) {
		o.s(`<circle cx="`, o.float(at[i].x), `" cy="`, o.float(at[i].y), `" r="`, o.float(l.size(i)/2), `" fill="`, l.hex(n), `"><title>`)
		o.xml(n.Label)
		o.s("</title></circle>\n")
		if k := slices.Index(busiest, i); k >= 0 {
			labels[k] = n.Label
		}
	}
	o.s("</g>\n<g stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">\n")
	for k, i := range busiest {
		o.s(`<text x="`, o.float(at[i].x), `" y="`, o.float(at[i].y-l.size(i)/2-3), `">`)
		o.xml(labels[k])
		o.s("</text>\n")
	}
	o.s("</g>\n</svg>\n")
}

// busiest returns the places of the nodes with most edges.
func (l *look) busiest(most int) []int {
	order := make([]int, len(l.degree))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.degree[b], l.degree[a]) })
	return order[:min(most, len(order))]
}
