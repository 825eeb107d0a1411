package resolvers

import (
	"maps"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

func cableFields() map[string]*fieldType {
	type C = graph.Cable
	return map[string]*fieldType{
		"id":              text(0, func(c *C) string { return string(c.ID()) }),
		"reference":       text(0, (*C).Key),
		"published":       asked(graph.FieldPublished, truth(func(c *C) bool { return c.Published })),
		"subject":         optional(graph.FieldSubject, (*C).KnownSubject),
		"created":         date(graph.FieldCreated, func(c *C) time.Time { return c.Created }),
		"released":        date(graph.FieldReleased, func(c *C) time.Time { return c.Released }),
		"classification":  {columns: graph.FieldClassification, to: "Classification", write: writeClassification},
		"origin":          single(graph.CableOrigin, "Post"),
		"recipients":      page(graph.CableRecipients, "RecipientConnection", nil),
		"tags":            page(graph.CableTags, "CableTagConnection", nil),
		"people":          page(graph.CablePeople, "MentionConnection", mentionOrders),
		"signedBy":        single(graph.CableSigner, "Person"),
		"classifiedBy":    single(graph.CableClassifier, "Person"),
		"references":      page(graph.CableReferences, "ReferenceConnection", nil),
		"referencedBy":    page(graph.CableReferencedBy, "ReferenceConnection", nil),
		"otherReferences": texts(graph.FieldOtherReferences, func(c *C) []string { return c.OtherReferences }),
		"related":         related(),
		"summary":         optional(graph.FieldSummary, (*C).KnownSummary),
		"header":          optional(graph.FieldHeader, (*C).KnownHeader),
		"body":            optional(graph.FieldBody, (*C).KnownBody),
		"paragraphs":      {columns: graph.FieldParagraphs | graph.FieldBody, role: paragraphs, to: "Paragraph"},
		"sources":         list(graph.FieldSources, "Source", func(c *C) []graph.Source { return c.Sources }),
	}
}

func writeClassification(b []byte, object any, s *slot) []byte {
	if c := object.(*graph.Cable).Classification; c != nil {
		return writeObject(b, c, s.below)
	}
	return writeNull(b)
}

func paragraphFields() map[string]*fieldType {
	type P = graph.Paragraph
	return map[string]*fieldType{
		"number": {write: func(b []byte, object any, _ *slot) []byte {
			if n, ok := object.(*P).KnownNumber(); ok {
				return writeInt(b, n)
			}
			return writeNull(b)
		}},
		"start":   number(func(p *P) int { return p.Start }),
		"end":     number(func(p *P) int { return p.End }),
		"people":  namedIn(),
		"anchor":  text(0, func(p *P) string { return p.Anchor }),
		"marking": optional(0, (*P).KnownMarking),
		"heading": optional(0, (*P).KnownHeading),
		"text":    text(0, func(p *P) string { return p.Text }),
	}
}

func textSpanFields() map[string]*fieldType {
	type S = graph.TextSpan
	return map[string]*fieldType{
		"start": number(func(s *S) int { return s.Start }),
		"end":   number(func(s *S) int { return s.End }),
		"text":  text(0, func(s *S) string { return s.Text }),
		"person": {to: "Person", write: func(b []byte, object any, s *slot) []byte {
			return writeObject(b, object.(*S).Person, s.below)
		}},
	}
}

func classificationFields() map[string]*fieldType {
	type C = graph.Classification
	return map[string]*fieldType{
		"label": text(0, func(c *C) string { return c.Label }),
		"level": optional(0, func(c *C) (string, bool) {
			level, ok := c.KnownLevel()
			return level.String(), ok
		}),
		"caveats": texts(0, func(c *C) []string { return c.Caveats }),
	}
}

func sourceFields() map[string]*fieldType {
	type S = graph.Source
	return map[string]*fieldType{
		"file":      text(0, func(s *S) string { return s.File }),
		"member":    optional(0, (*S).KnownMember),
		"sha256":    text(0, func(s *S) string { return s.SHA256 }),
		"offset":    number(func(s *S) int { return int(s.Offset) }),
		"reference": optional(0, (*S).KnownReference),
	}
}

func postFields() map[string]*fieldType {
	type P = graph.Post
	return map[string]*fieldType{
		"id":             text(0, func(p *P) string { return string(p.ID()) }),
		"name":           text(graph.FieldName, func(p *P) string { return p.Name }),
		"kind":           text(graph.FieldKind, func(p *P) string { return string(p.Kind) }),
		"city":           optional(graph.FieldPlace, (*P).KnownCity),
		"country":        optional(graph.FieldPlace, (*P).KnownCountry),
		"aliases":        texts(graph.FieldAliases, func(p *P) []string { return p.Aliases }),
		"cables":         page(graph.PostCables, "CableConnection", cableOrders),
		"received":       page(graph.PostReceived, "CableConnection", cableOrders),
		"correspondents": page(graph.PostCorrespondents, "PostWeightConnection", weightOrders),
		"people":         page(graph.PostPeople, "PersonWeightConnection", weightOrders),
	}
}

func personFields() map[string]*fieldType {
	type P = graph.Person
	return map[string]*fieldType{
		"id":             text(0, func(p *P) string { return string(p.ID()) }),
		"otherIds":       {columns: graph.FieldOtherSlugs, write: writeOtherIDs},
		"name":           text(graph.FieldName, func(p *P) string { return p.Name }),
		"aliases":        texts(graph.FieldAliases, func(p *P) []string { return p.Aliases }),
		"titles":         texts(graph.FieldTitles, func(p *P) []string { return p.Titles }),
		"firstMentioned": date(graph.FieldMentionSpan, func(p *P) time.Time { return p.FirstMentioned }),
		"lastMentioned":  date(graph.FieldMentionSpan, func(p *P) time.Time { return p.LastMentioned }),
		"cables":         page(graph.PersonCables, "MentionedInConnection", cableOrders),
		"signed":         page(graph.PersonSigned, "CableConnection", cableOrders),
		"mentionedWith":  page(graph.PersonMentionedWith, "PersonWeightConnection", weightOrders),
		"tag":            single(graph.PersonTag, "Tag"),
		"offices":        list(graph.FieldOffices, "Office", func(p *P) []graph.Office { return p.Offices }),
		"because":        list(graph.FieldBecause, "Join", func(p *P) []graph.Join { return p.Because }),
		"confidence":     real(graph.FieldBecause, (*P).Confidence),
		"candidates":     page(graph.PersonCandidates, "PersonConnection", nameOrders),
	}
}

func writeOtherIDs(b []byte, object any, _ *slot) []byte {
	ids := object.(*graph.Person).OtherIDs()
	return writeList(b, len(ids), func(b []byte, i int) []byte { return writeString(b, string(ids[i])) })
}

func officeFields() map[string]*fieldType {
	type O = graph.Office
	return map[string]*fieldType{
		"title":    text(0, func(o *O) string { return o.Title }),
		"country":  optional(0, (*O).KnownCountry),
		"from":     date(0, func(o *O) time.Time { return o.From }),
		"to":       date(0, func(o *O) time.Time { return o.To }),
		"mentions": number(func(o *O) int { return o.Mentions }),
	}
}

func joinFields() map[string]*fieldType {
	type J = graph.Join
	return map[string]*fieldType{
		"form":       text(0, func(j *J) string { return j.Form }),
		"reason":     text(0, func(j *J) string { return j.Reason }),
		"mentions":   number(func(j *J) int { return j.Mentions }),
		"confidence": real(0, func(j *J) float64 { return j.Confidence }),
		"example":    text(0, func(j *J) string { return string(j.Example) }),
	}
}

func tagFields() map[string]*fieldType {
	type T = graph.Tag
	return map[string]*fieldType{
		"id":     text(0, func(t *T) string { return string(t.ID()) }),
		"code":   text(0, func(t *T) string { return t.Code }),
		"name":   optional(graph.FieldName, (*T).KnownName),
		"kind":   text(graph.FieldKind, func(t *T) string { return string(t.Kind) }),
		"cables": page(graph.TagCables, "CableConnection", cableOrders),
		"coTags": page(graph.TagCoTags, "TagWeightConnection", coTagOrders),
		"people": page(graph.TagPeople, "PersonWeightConnection", weightOrders),
	}
}

func connectionFields(edge, node string) map[string]*fieldType {
	return map[string]*fieldType{
		"edges": {role: rows, to: edge, write: writeEdges},
		"nodes": {role: rows, to: node, write: writeNodes},
		"pageInfo": {role: rows, to: "PageInfo", write: func(b []byte, object any, s *slot) []byte {
			return writeObject(b, object, s.below)
		}},
		"totalCount": {role: total, write: func(b []byte, object any, _ *slot) []byte {
			return writeInt(b, object.(*graph.Answer).Total)
		}},
	}
}

func pageInfoFields() map[string]*fieldType {
	type A = graph.Answer
	return map[string]*fieldType{
		"hasNextPage":     truth(func(a *A) bool { return a.HasNext }),
		"hasPreviousPage": truth(func(a *A) bool { return a.HasPrevious }),
		"startCursor":     optional(0, (*A).StartCursor),
		"endCursor":       optional(0, (*A).EndCursor),
	}
}

// edgeFields are those of every edge, and more: an edge's own.
func edgeFields(node string, more map[string]*fieldType) map[string]*fieldType {
	fields := map[string]*fieldType{
		"cursor": text(0, func(e *graph.Edge) string { return string(e.Cursor()) }),
		"node":   {to: node, write: writeNode},
	}
	for name, f := range more {
		fields[name] = f
	}
	return fields
}

func recipientFields() map[string]*fieldType {
	type E = graph.Edge
	return map[string]*fieldType{
		"action":     asked(graph.FieldAddressee, truth(func(e *E) bool { return e.Action })),
		"precedence": optional(graph.FieldAddressee, (*E).KnownPrecedence),
		"as":         text(graph.FieldAddressee, func(e *E) string { return e.As }),
	}
}

func mentionFields() map[string]*fieldType {
	type E = graph.Edge
	return map[string]*fieldType{
		"count":     asked(graph.FieldCount, number((*E).MentionCount)),
		"forms":     texts(graph.FieldForms, (*E).MentionForms),
		"titles":    texts(graph.FieldMentionTitles, (*E).MentionTitles),
		"countries": texts(graph.FieldMentionTitles, (*E).MentionCountries),
		"role":      text(graph.FieldEvidence, func(e *E) string { return string(e.Mention.Role) }),
		"paragraphs": {columns: graph.FieldMentionNumbers, write: func(b []byte, object any, _ *slot) []byte {
			numbers := object.(*E).Mention.Paragraphs
			return writeList(b, len(numbers), func(b []byte, i int) []byte { return writeInt(b, numbers[i]) })
		}},
		"spans":      list(graph.FieldSpans, "Span", (*E).MentionSpans),
		"confidence": real(graph.FieldEvidence, func(e *E) float64 { return e.Mention.Confidence }),
		"rule":       text(graph.FieldEvidence, (*E).MentionRule),
	}
}

func spanFields() map[string]*fieldType {
	type S = graph.Span
	return map[string]*fieldType{
		"field": text(0, func(s *S) string { return string(s.Field) }),
		"start": number(func(s *S) int { return s.Start }),
		"end":   number(func(s *S) int { return s.End }),
		"text":  text(0, func(s *S) string { return s.Text }),
	}
}

func referenceFields() map[string]*fieldType {
	type E = graph.Edge
	return map[string]*fieldType{
		"label": optional(graph.FieldCitation, (*E).KnownLabel),
		"as":    text(graph.FieldCitation, func(e *E) string { return e.As }),
	}
}

// foundFields are more: what the edges to cables say that a full-text question has found.
func foundFields(more map[string]*fieldType) map[string]*fieldType {
	type E = graph.Edge
	fields := map[string]*fieldType{
		"score": {columns: graph.FieldScore, write: func(b []byte, object any, _ *slot) []byte {
			if score, ok := object.(*E).KnownScore(); ok {
				return writeFloat(b, score)
			}
			return writeNull(b)
		}},
		"highlights": list(graph.FieldSubject|graph.FieldBody, "Highlight", (*E).Highlights),
	}
	maps.Copy(fields, more)
	return fields
}

func highlightFields() map[string]*fieldType {
	type H = graph.Highlight
	return map[string]*fieldType{
		"field":  text(0, func(h *H) string { return string(h.Field) }),
		"start":  number(func(h *H) int { return h.Start }),
		"end":    number(func(h *H) int { return h.End }),
		"text":   text(0, func(h *H) string { return h.Text }),
		"marked": text(0, (*H).Marked),
		"marks":  list(0, "HighlightMark", func(h *H) []graph.HighlightMark { return h.Marks }),
	}
}

func highlightMarkFields() map[string]*fieldType {
	type M = graph.HighlightMark
	return map[string]*fieldType{
		"start": number(func(m *M) int { return m.Start }),
		"end":   number(func(m *M) int { return m.End }),
	}
}

func relatedFields() map[string]*fieldType {
	type E = graph.Edge
	return map[string]*fieldType{
		"weight":  number(func(e *E) int { return e.Weight }),
		"people":  texts(0, (*E).SharedPeople),
		"tags":    texts(0, (*E).SharedTags),
		"cites":   truth((*E).Cites),
		"citedBy": truth((*E).CitedBy),
	}
}

func weightFields() map[string]*fieldType {
	cables := page(graph.SharedCables, "CableConnection", cableOrders)
	cables.write = writeShared
	return map[string]*fieldType{
		"weight": number(func(e *graph.Edge) int { return e.Weight }),
		"cables": cables,
	}
}
