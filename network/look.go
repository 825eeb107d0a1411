package network

import (
	"fmt"
	"math"
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// palette is colours that can be told apart; who is beyond them is grey.
var palette = [][3]uint8{
	{31, 119, 180},
	{255, 127, 14},
	{44, 160, 44},
	{214, 39, 40},
	{148, 103, 189},
	{140, 86, 75},
	{227, 119, 194},
	{188, 189, 34},
	{23, 190, 207},
	{57, 59, 121},
}

// look is how nodes are drawn: coloured by community where that was measured,
// else by kind, and larger with more edges.
type look struct {
	n         *Network
	community int // its place among Values, or -1
	degree    []int
	most      int
}

func newLook(n *Network) *look {
	l := &look{n: n, community: columnIndex(n.NodeColumns, "community"), degree: make([]int, len(n.Nodes)), most: 1}
	for i := range n.Edges {
		l.degree[n.Edges[i].Source]++
		l.degree[n.Edges[i].Target]++
	}
	if len(l.degree) > 0 {
		l.most = max(1, slices.Max(l.degree))
	}
	return l
}

func (l *look) colour(i int) [3]uint8 {
	number := slices.Index(graph.Kinds, l.n.Nodes[i].Kind)
	if l.community >= 0 {
		number, _ = l.n.Nodes[i].Values[l.community].(int)
	}
	if number < 0 || number >= len(palette) {
		return [3]uint8{150, 150, 150}
	}
	return palette[number]
}

func (l *look) hex(i int) string {
	c := l.colour(i)
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

// size is from 4 to 40, as Gephi draws by default.
func (l *look) size(i int) float64 {
	return math.Round(40+360*math.Sqrt(float64(l.degree[i])/float64(l.most))) / 10
}
