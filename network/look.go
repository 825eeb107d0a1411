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
	community int // its place among Values, or -1
	degree    []int32
	most      int32
}

func newLook(s *Stream) *look {
	l := &look{community: columnIndex(s.NodeColumns, "community"), degree: s.Degrees, most: 1}
	for _, degree := range s.Degrees {
		l.most = max(l.most, degree)
	}
	return l
}

func (l *look) colour(node *Node) [3]uint8 {
	number := slices.Index(graph.Kinds, node.Kind)
	if l.community >= 0 {
		number, _ = node.Values[l.community].(int)
	}
	if number < 0 || number >= len(palette) {
		return [3]uint8{150, 150, 150}
	}
	return palette[number]
}

func (l *look) hex(node *Node) string {
	c := l.colour(node)
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

// size is from 4 to 40, as Gephi draws by default.
func (l *look) size(i int) float64 {
	return math.Round(40+360*math.Sqrt(float64(l.degree[i])/float64(l.most))) / 10
}
