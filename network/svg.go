package network

import (
	"cmp"
	"io"
	"math"
	"slices"
)

// A picture is so wide and high, with a margin for what stands at its edge, and has labels at so many nodes.
const (
	pictureSize   = 1000.0
	pictureMargin = 60.0
	pictureLabels = 60
)

// picture maps places on the plane to those in a picture.
type picture struct{ left, top, scale float64 }

func newPicture(n *Network) picture {
	left, right, bottom, top := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i := range n.Nodes {
		left, right = min(left, n.Nodes[i].X), max(right, n.Nodes[i].X)
		bottom, top = min(bottom, n.Nodes[i].Y), max(top, n.Nodes[i].Y)
	}
	return picture{left, top, (pictureSize - 2*pictureMargin) / max(right-left, top-bottom, 1)}
}

func (p picture) at(n *Node) (x, y float64) {
	return math.Round(10*(pictureMargin+(n.X-p.left)*p.scale)) / 10, math.Round(10*(pictureMargin+(p.top-n.Y)*p.scale)) / 10
}

// writeSVG draws a network that is laid out: edges as wide as the logarithm of their
// weight, and the labels of the nodes with most edges. Without places all nodes lie in one.
func writeSVG(w io.Writer, n *Network) error {
	o, l, p := newOut(w), newLook(n), newPicture(n)
	size := o.float(pictureSize)
	o.s(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `, size, " ", size, `" font-family="sans-serif" font-size="14" text-anchor="middle">`, "\n<title>")
	o.xml(n.Info.Title)
	o.s("</title>\n<desc>")
	o.xml(n.describe())
	o.s("</desc>\n<g stroke=\"#999\" stroke-opacity=\"0.5\">\n")
	for i := range n.Edges {
		e := &n.Edges[i]
		x1, y1 := p.at(&n.Nodes[e.Source])
		x2, y2 := p.at(&n.Nodes[e.Target])
		o.s(`<line x1="`, o.float(x1), `" y1="`, o.float(y1), `" x2="`, o.float(x2), `" y2="`, o.float(y2),
			`" stroke-width="`, o.float(math.Round(10*(1+math.Log(max(e.Weight, 1))))/10), "\"/>\n")
	}
	o.s("</g>\n<g>\n")
	for i := range n.Nodes {
		x, y := p.at(&n.Nodes[i])
		o.s(`<circle cx="`, o.float(x), `" cy="`, o.float(y), `" r="`, o.float(l.size(i)/2), `" fill="`, l.hex(i), `"><title>`)
		o.xml(n.Nodes[i].Label)
		o.s("</title></circle>\n")
	}
	o.s("</g>\n<g stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">\n")
	for _, i := range l.busiest(pictureLabels) {
		x, y := p.at(&n.Nodes[i])
		o.s(`<text x="`, o.float(x), `" y="`, o.float(y-l.size(i)/2-3), `">`)
		o.xml(n.Nodes[i].Label)
		o.s("</text>\n")
	}
	o.s("</g>\n</svg>\n")
	return o.Flush()
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
