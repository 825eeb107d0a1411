package memory

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

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
			if l.named.has(cable, node, signer) {
				numbers = append(numbers, cable)
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
		ends, says := l.named.from.of(cable), l.named.saysOf(cable)
		for i, flags := range l.named.flagsOf(cable) {
			if ends[i] == person && flags&first != 0 && l.evidence(says[i]) {
				in = append(in, cable)
			}
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
		ends := g.named.from.of(cables[i].node)
		for k, flags := range g.named.flagsOf(cables[i].node) {
			if ends[k] == person && flags&first != 0 {
				cables[i].n = int64(flags >> above)
			}
		}
	}
}

// Rows fills in the rows of the page below a node and returns their nodes' rows, one more than the
// page has where the list goes on. A page that is read backwards comes backwards. Only where Shows.
func (l *List) Rows(at Place, answer *graph.Answer) ([]int64, error) {
	page, err := l.page(at)
	if err != nil {
		return nil, err
	}
	rows := make([]int64, len(page))
	for i, e := range page {
		rows[i] = l.row(e)
	}
	answer.Edges = l.edges(at, page)
	return rows, nil
}

// row is the row of an entry's node.
func (l *List) row(e entry) int64 {
	if l.step.Relation.To() == graph.KindCable {
		return int64(l.cables.rows[e.node])
	}
	return int64(e.node)
}

// Page returns which nodes Rows would fill in, each by its row with its weight. Only where Orders.
func (l *List) Page(at Place) ([][2]int64, error) {
	page, err := l.page(at)
	if err != nil {
		return nil, err
	}
	return l.weighed(page), nil
}

func (l *List) weighed(entries []entry) [][2]int64 {
	weights := make([][2]int64, len(entries))
	for i, e := range entries {
		weights[i] = [2]int64{l.row(e), e.n}
	}
	return weights
}

// page returns the entries of the page and one more, until the next call.
func (l *List) page(at Place) ([]entry, error) {
	order := ordering{List: l, step: l.step, size: 1}
	if !l.step.Relation.Single() {
		if err := order.bound(); err != nil {
			return nil, err
		}
	}
	if by := l.step.Order; len(by) == 2 && by[0].By == graph.ByCreated && by[1].By == graph.ByKey {
		if cables, ok := l.cablesBelow(at); ok {
			page := order.walk(cables)
			if l.step.Relation == graph.PersonCables {
				l.addCounts(page, uint32(at.Row))
			}
			return page, nil
		}
	}
	return order.top(l.entries(at)), nil
}

// ordering is the order of a list in the direction in which its page is read.
type ordering struct {
	*List
	step          *graph.Step
	size          int
	cursor, until graph.Position
}

// bound reads the bounds of the page.
func (o *ordering) bound() error {
	p := o.step.Page
	if p.Size < 0 {
		return fmt.Errorf("%w: a page of %d rows", graph.ErrBadPage, p.Size)
	}
	o.size, o.cursor, o.until = p.Size+1, p.Cursor, p.Until
	for _, at := range []graph.Position{o.cursor, o.until} {
		if len(at) == 0 {
			continue
		}
		if err := at.Fits(o.step.Order); err != nil {
			return err
		}
	}
	return nil
}

func (o *ordering) descending(i int) bool { return o.step.Order[i].Desc != o.step.Page.Backward }

// compare tells which of two entries comes first.
func (o *ordering) compare(a, b entry) int {
	for i, term := range o.step.Order {
		var c int
		if term.By.Numeric() {
			c = cmp.Compare(o.number(term.By, a), o.number(term.By, b))
		} else {
			c = cmp.Compare(o.text(term.By, a), o.text(term.By, b))
		}
		if c != 0 {
			if o.descending(i) {
				return -c
			}
			return c
		}
	}
	return 0
}

// against tells whether an entry stands before (-1) or after (+1) a position.
func (o *ordering) against(e entry, at graph.Position) int {
	for i, term := range o.step.Order {
		var c int
		switch v := at[i].(type) {
		case int64:
			c = cmp.Compare(o.number(term.By, e), v)
		case string:
			c = cmp.Compare(o.text(term.By, e), v)
		}
		if c != 0 {
			if o.descending(i) {
				return -c
			}
			return c
		}
	}
	return 0
}

// within tells whether an entry lies between the bounds.
func (o *ordering) within(e entry) bool {
	return (len(o.cursor) == 0 || o.against(e, o.cursor) > 0) && (len(o.until) == 0 || o.against(e, o.until) < 0)
}

// top returns the first entries between the bounds.
func (o *ordering) top(all []entry) []entry {
	page := o.kept[:0]
	defer func() { o.kept = page }()
	for _, e := range all {
		full := len(page) == o.size
		if full && (o.size == 0 || o.compare(e, page[o.size-1]) >= 0) || !o.within(e) {
			continue
		}
		if full {
			page = page[:o.size-1]
		}
		at, _ := slices.BinarySearchFunc(page, e, o.compare)
		page = slices.Insert(page, at, e)
	}
	return page
}

// walk returns the first of the cables between the bounds, in the order of date and reference, each in
// either direction.
func (o *ordering) walk(cables set) []entry {
	n := o.Cables()
	if count := cables.count(n); cables.listed || count < n/8 {
		cables, n = ofList(cables.sorted(n)), count
	}
	at := func(i int) uint32 {
		if cables.listed {
			return cables.list[i]
		}
		return uint32(i)
	}
	created := func(i int) int32 { return o.cables.created[at(i)] }
	from, to := o.reach(n, created)
	page := o.kept[:0]
	defer func() { o.kept = page }()
	visit := func(i int) bool {
		e := entry{node: at(i)}
		if (cables.bits == nil || cables.bits.has(e.node)) && o.within(e) {
			page = append(page, e)
		}
		return len(page) < o.size
	}
	for from < to {
		// One minute's cables after the other's.
		start, end := from, from+1
		if o.descending(0) {
			start, end = to-1, to
			for start > from && created(start-1) == created(end-1) {
				start--
			}
			to = start
		} else {
			for end < to && created(end) == created(start) {
				end++
			}
			from = end
		}
		for k := range end - start {
			i := start + k
			if o.descending(1) {
				i = end - 1 - k
			}
			if !visit(i) {
				return page
			}
		}
	}
	return page
}

// reach narrows n cables, which rise, to those whose minute lies between the bounds.
func (o *ordering) reach(n int, created func(int) int32) (from, to int) {
	to = n
	for i, bound := range []graph.Position{o.cursor, o.until} {
		if len(bound) == 0 {
			continue
		}
		minute := bound[0].(int64)
		if (i == 0) == o.descending(0) { // nothing after it
			to = min(to, sort.Search(n, func(i int) bool { return int64(created(i)) > minute }))
		} else {
			from = max(from, sort.Search(n, func(i int) bool { return int64(created(i)) >= minute }))
		}
	}
	return from, max(from, to)
}

// nodes is how many numbers or rows the nodes of the list can have.
func (l *List) nodes() int {
	switch l.step.Relation.To() {
	case graph.KindCable:
		return l.Cables()
	case graph.KindPost:
		return len(l.posts)
	case graph.KindPerson:
		return len(l.people.slug.spans)
	default:
		return len(l.tags)
	}
}

// number is what an entry has for a numeric term of an order.
func (l *List) number(by graph.By, e entry) int64 {
	switch by {
	case graph.ByCreated:
		return int64(l.cables.created[e.node])
	case graph.ByReleased:
		return int64(l.cables.released[e.node])
	case graph.ByLevel:
		return int64(l.cables.level(e.node))
	case graph.ByCables:
		switch l.step.Relation.To() {
		case graph.KindCable:
			return int64(len(l.cites.to.of(e.node)))
		case graph.KindPost:
			return int64(len(l.origins.of(e.node)))
		case graph.KindPerson:
			return int64(len(l.named.to.of(e.node)))
		default:
			return int64(len(l.tagged.to.of(e.node)))
		}
	}
	return e.n
}

// text is what an entry has for the other terms.
func (l *List) text(by graph.By, e entry) string {
	if by == graph.ByName {
		if l.step.Relation.To() == graph.KindPost {
			return l.posts[e.node].Name
		}
		return l.people.name.at(e.node)
	}
	return l.key(e.node)
}

// key is the key of a node of the list.
func (l *List) key(node uint32) string {
	switch l.step.Relation.To() {
	case graph.KindCable:
		return l.cables.reference.at(node)
	case graph.KindPost:
		return l.posts[node].Slug
	case graph.KindPerson:
		return l.people.slug.at(node)
	default:
		return l.tags[node].Code
	}
}
