package memory

import (
	"slices"

	"github.com/cablegraph/cablegraph/graph"
)

// Place is a node by its row, and the one above it where that matters.
type Place struct{ Row, Above int64 }

// List is what a step lists below any node. What its filters let through is found once. It is for one goroutine.
type List struct {
	*Graph
	step *graph.Step
	via  *graph.Step // the step above
	in   set         // the nodes that the step's filter lets through
	// making are the cables that make weights.
	making set
	// addressed is what the step asks of an edge to an addressee; nil for nothing.
	addressed func(flags uint32) bool
	// evident are what the step asks of the evidence of a mention.
	evident []func(says uint32) bool
	// counted are the cables that a facet counts. Only where the relation is a facet's.
	counted set
	// scratch and kept have room for the entries of one node, from one node to the next.
	scratch, kept []entry
}

// Holds tells whether List can list the step's nodes: whether all that it asks of them is held.
func Holds(step *graph.Step) bool {
	switch step.Relation {
	case graph.PersonTag, graph.PersonCandidates:
		return false
	case graph.RootPosts, graph.RootPeople, graph.RootTags:
		if !step.Filtered() { // the store has them in each order
			return false
		}
	}
	return step.Keys == nil
}

// List returns the list of a step that Holds, and that has via above it.
func (g *Graph) List(step, via *graph.Step, file File) (*List, error) {
	l := &List{Graph: g, step: step, via: via}
	s, err := &sifter{g, file}, error(nil)
	switch step.Relation.To() {
	case graph.KindCable:
		l.in, err = s.cable(step.Cable)
	case graph.KindPost:
		l.in, err = s.post(step.Post)
	case graph.KindPerson:
		l.in, err = s.person(step.Person)
	case graph.KindTag:
		l.in, err = s.tag(step.Tag)
	}
	if err != nil {
		return nil, err
	}
	if l.making, err = s.cable(step.In); err != nil {
		return nil, err
	}
	if step.Relation == graph.SharedCables && via != nil {
		made, err := s.cable(via.In)
		if err != nil {
			return nil, err
		}
		l.in, l.making = l.in.meet(l.making).meet(made), set{}
	}
	if w := step.Recipient; w != nil && step.Relation == graph.CableRecipients {
		posts, err := s.post(w.Post)
		if err != nil {
			return nil, err
		}
		l.in, l.addressed = l.in.meet(posts), g.addressee(w)
	}
	if step.Relation == graph.CablePeople || step.Relation == graph.PersonCables {
		if step.MinConfidence > 0 {
			l.evident = append(l.evident, g.sure(step.MinConfidence))
		}
		if step.Marking != nil {
			l.evident = append(l.evident, g.marked(step.Marking))
		}
	}
	return l, nil
}

// entry is a row of a list: the node, and what the edge says: its place in the cable, the count of the mention, or the weight.
type entry struct {
	node uint32
	n    int64
}

// Total is the length of the list below a node.
func (l *List) Total(at Place) int {
	if cables, ok := l.cablesBelow(at); ok {
		return cables.count(l.Cables())
	}
	return len(l.entries(at))
}

// cablesBelow returns the cables that the relation leads to and the filter lets through. False where
// it does not list cables each once.
func (l *List) cablesBelow(at Place) (cables set, ok bool) {
	var numbers []uint32
	node := uint32(at.Row)
	switch l.step.Relation {
	case graph.RootCables:
		return l.in, true
	case graph.PostCables:
		numbers = l.origins.of(node)
	case graph.PostReceived:
		numbers = l.sent.to.of(node)
	case graph.PersonCables:
		if numbers = l.named.to.of(node); len(l.evident) > 0 {
			numbers = l.evidently(numbers, node)
		}
	case graph.PersonSigned:
		for _, cable := range l.named.to.of(node) {
			ends := l.named.from.of(cable)
			for i, flags := range l.named.flagsOf(cable) {
				if ends[i] == node && flags&signer != 0 {
					numbers = append(numbers, cable)
					break
				}
			}
		}
	case graph.TagCables:
		numbers = l.tagged.to.of(node)
	case graph.SharedCables:
		numbers = l.shared(at)
	default:
		return set{}, false
	}
	return ofList(l.in.of(numbers)), true
}

// evidence tells whether what an edge says is what the step asks for.
func (l *List) evidence(says uint32) bool {
	return !slices.ContainsFunc(l.evident, func(is func(uint32) bool) bool { return !is(says) })
}

// evidently returns those of the cables that mention a person with such evidence as the step asks for.
func (l *List) evidently(cables []uint32, person uint32) (in []uint32) {
	for _, cable := range cables {
		if at, ok := l.named.first(cable, person); ok && l.evidence(l.named.says[at]) {
			in = append(in, cable)
		}
	}
	return in
}

// shared are the cables that made the weight of the row above.
func (l *List) shared(at Place) []uint32 {
	if l.via == nil {
		return nil
	}
	far, near := uint32(at.Row), uint32(at.Above)
	switch l.via.Relation {
	case graph.PostCorrespondents:
		var numbers []uint32
		if l.via.Direction != graph.Received {
			numbers = common(l.origins.of(near), l.sent.to.of(far))
		}
		if l.via.Direction != graph.Sent {
			numbers = append(numbers, common(l.origins.of(far), l.sent.to.of(near))...)
			slices.Sort(numbers)
		}
		return numbers
	case graph.PostPeople:
		return common(l.origins.of(near), l.named.to.of(far))
	case graph.PersonMentionedWith:
		return common(l.named.to.of(near), l.named.to.of(far))
	case graph.TagCoTags:
		return common(l.tagged.to.of(near), l.tagged.to.of(far))
	case graph.TagPeople:
		return common(l.tagged.to.of(near), l.named.to.of(far))
	}
	return nil
}

// entries returns the whole list below a node, in no order, until the next call.
func (l *List) entries(at Place) (all []entry) {
	all = l.scratch[:0]
	defer func() { l.scratch = all }()
	add := func(node uint32, n int64) {
		if l.in.has(node) {
			all = append(all, entry{node, n})
		}
	}
	if cables, ok := l.cablesBelow(at); ok {
		cables.each(l.Cables(), func(number uint32) { all = append(all, entry{node: number}) })
		if l.step.Relation == graph.PersonCables {
			l.addCounts(all, uint32(at.Row))
		}
		return all
	}
	switch l.step.Relation {
	case graph.RootPosts, graph.RootPeople, graph.RootTags:
		l.in.each(l.nodes(), func(node uint32) {
			if l.key(node) != "" { // there may be no such row
				all = append(all, entry{node: node})
			}
		})
		return all
	case graph.CableReferencedBy:
		if number, known := l.cables.number(at.Row); known {
			for _, citing := range l.cites.to.of(number) {
				add(citing, int64(slices.Index(l.cites.from.of(citing), number)))
			}
		}
		return all
	}
	if l.step.Relation.Weighted() {
		return l.weights(at, all)
	}
	if number, known := l.cables.number(at.Row); known {
		l.ofCable(number, add)
	}
	return all
}

// ofCable visits what a relation leads to from a cable.
func (l *List) ofCable(number uint32, add func(node uint32, n int64)) {
	switch l.step.Relation {
	case graph.CableOrigin:
		if origin := l.cables.origin[number]; origin != 0 {
			add(origin, 0)
		}
	case graph.CableTags:
		for i, tag := range l.tagged.from.of(number) {
			add(tag, int64(i))
		}
	case graph.CableReferences:
		for i, cited := range l.cites.from.of(number) {
			add(cited, int64(i))
		}
	case graph.CableRecipients:
		ends := l.sent.from.of(number)
		for i, flags := range l.sent.flagsOf(number) {
			if flags&first != 0 && (l.addressed == nil || l.addressed(flags)) {
				add(ends[i], int64(i))
			}
		}
	case graph.CablePeople, graph.CableSigner, graph.CableClassifier:
		wanted := uint32(first)
		if l.step.Relation == graph.CableSigner {
			wanted = signer
		} else if l.step.Relation == graph.CableClassifier {
			wanted = classifier
		}
		ends := l.named.from.of(number)
		for i, flags := range l.named.flagsOf(number) {
			if flags&wanted != 0 && l.evidence(l.named.saysOf(number)[i]) {
				add(ends[i], int64(flags>>above))
			}
		}
	}
}

// addCounts puts the counts of a person's mentions to the cables.
func (g *Graph) addCounts(cables []entry, person uint32) {
	for i := range cables {
		if at, ok := g.named.first(cables[i].node, person); ok {
			cables[i].n = int64(g.named.flags[at] >> above)
		}
	}
}
