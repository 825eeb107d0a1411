package graph

import "math"

// Join is one way of naming someone, and why what is named so is taken for this person.
type Join struct {
	// Form is the name in normal case; empty in the last entry where it sums up what is left.
	Form string `json:"form"`
	// Reason is a sentence for readers: "the full name".
	Reason string `json:"reason"`
	// Mentions is the number of cables that name the person so.
	Mentions int `json:"mentions"`
	// Confidence is how sure it is that they are this person: 1 for the full name itself.
	Confidence float64 `json:"confidence"`
	// Example is one of these cables.
	Example ID `json:"example"`
}

// Confidence is how sure it is that all that is listed under the person is one
// individual: the mean of the joins, each weighted by its mentions. It is 0
// while the person waits to be resolved.
func (p *Person) Confidence() float64 {
	sum, mentions := 0.0, 0
	for _, j := range p.Because {
		sum += j.Confidence * float64(j.Mentions)
		mentions += j.Mentions
	}
	if mentions == 0 {
		return 0
	}
	return Hundredths(sum / float64(mentions))
}

// Hundredths rounds a confidence, so that it is the same number wherever it is stored and shown.
func Hundredths(x float64) float64 { return math.Round(100*x) / 100 }
