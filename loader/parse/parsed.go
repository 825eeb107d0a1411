// Package parse turns the bytes of one document into what it says about a
// cable. It is pure: no I/O, no state, the same bytes give the same Parsed.
package parse

import (
	"errors"

	"github.com/cablegraph/cablegraph/graph"
)

// Parsed is what one document says. Record.People is empty: finding people is
// the next room's work; what the parser knows about their places is beside it.
type Parsed struct {
	graph.Record
	// Signer is the signature at the end of the body; its Text is empty where there is none.
	Signer graph.Span `json:"signer,omitzero"`
	// Classifier is what stands between "Classified By:" and the reason, titles
	// included, as one span of the body; its Text is empty where there is none.
	Classifier graph.Span `json:"classifier,omitzero"`
	// ClassifierName is the name in Classifier without titles, empty where none was found.
	ClassifierName string `json:"classifierName,omitempty"`
	// Deadline is when the cable was to be declassified, YYYY-MM-DD, or empty.
	Deadline string `json:"deadline,omitempty"`
	// Warnings are what could not be read and was left out, one sentence each.
	Warnings []string `json:"warnings,omitempty"`
}

// The errors of Parse, for errors.Is. All others do not occur.
var (
	// ErrNavigation: a page of the mirror that lists cables and holds none. No problem.
	ErrNavigation = errors.New("a list page of the mirror, not a cable")
	// ErrNotCable: the document is no cable in any form that is known; the message says what was looked for.
	ErrNotCable = errors.New("no cable found")
)
