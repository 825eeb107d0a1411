package neo4j

import (
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// What a cable lists itself, say its tags, is a dozen or so. Where a page has room
// for that, the server gives the list as it lies there, and it is put in order here:
// of fifty cables with their tags that saves the server a tenth of its time. A
// list that is longer than expected is asked for again, in order.

// shortest is the size of a page that has room for most lists of a cable, and shortList the longest list that is taken so.
const (
	shortest  = graph.DefaultPage
	shortList = 250
)

// short tells whether a step's list is taken as it lies there.
func short(s *graph.Step) bool {
	if s.Relation.Single() {
		return true
	}
	ownOfCable := s.Relation.From() == graph.KindCable && hops[s.Relation].out
	return ownOfCable && s.Page.Size >= shortest &&
		!slices.ContainsFunc(s.Order, func(o graph.Order) bool { return o.By == graph.ByCables }) &&
		// What is cut off in the end must not have cost much.
		!slices.ContainsFunc(s.Steps, func(below *graph.Step) bool { return !below.Relation.Single() || len(below.Steps) > 0 })
}

// sort puts the rows of a short list in the order in which they would have come, and notes where some are missing.
func (c *compiled) sort(rows []any) {
	if len(rows) > shortList {
		*c.long = true
		return
	}
	slices.SortFunc(rows, func(a, b any) int {
		x, _ := a.([]any)
		y, _ := b.([]any)
		if c.step.Page.Backward {
			x, y = y, x
		}
		return graph.Compare(c.step.Order, x, y)
	})
}
