package network

import (
	"fmt"
	"strings"
	"time"
)

// about is Info with the counts, as JSON formats carry it.
type about struct {
	Creator    string            `json:"creator"`
	Title      string            `json:"title,omitempty"`
	Question   string            `json:"question,omitempty"`
	Parameters map[string]string `json:"parameters,omitempty"`
	Nodes      int               `json:"nodeCount"`
	Edges      int               `json:"edgeCount"`
	NodesFound int               `json:"nodesFound"`
	EdgesFound int               `json:"edgesFound"`
	Cuts       []string          `json:"cuts,omitempty"`
	Notes      []string          `json:"notes,omitempty"`
	Stripped   int               `json:"strippedCharacters,omitempty"`
	LoadedAt   string            `json:"loadedAt,omitempty"`
}

const creator = "Cablegraph"

func (s *Stream) about() about {
	i := &s.Info
	a := about{
		Creator: creator, Title: i.Title, Question: i.Question, Nodes: len(s.IDs), Edges: s.EdgeCount,
		NodesFound: max(i.NodesFound, len(s.IDs)), EdgesFound: max(i.EdgesFound, s.EdgeCount), Notes: i.Notes, Stripped: i.Stripped,
	}
	if len(i.Parameters) > 0 {
		a.Parameters = make(map[string]string, len(i.Parameters))
		for _, p := range i.Parameters {
			a.Parameters[p.Name] = p.Value
		}
	}
	for _, c := range i.Cuts {
		a.Cuts = append(a.Cuts, fmt.Sprintf("%d %s: %s", c.Count, c.What, c.Why))
	}
	if !i.LoadedAt.IsZero() {
		a.LoadedAt = i.LoadedAt.UTC().Format(time.RFC3339)
	}
	return a
}

// describe is Info as lines for people.
func (s *Stream) describe() string {
	a := s.about()
	var lines []string
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, name+": "+text)
		}
	}
	if a.Title != "" {
		lines = append(lines, a.Title)
	}
	add("question", a.Question)
	for _, p := range s.Info.Parameters {
		add(p.Name, p.Value)
	}
	add("nodes", fmt.Sprintf("%d of %d", a.Nodes, a.NodesFound))
	add("edges", fmt.Sprintf("%d of %d", a.Edges, a.EdgesFound))
	for _, cut := range a.Cuts {
		add("cut", cut)
	}
	for _, note := range a.Notes {
		add("note", note)
	}
	if a.Stripped > 0 {
		add("control characters taken out", fmt.Sprint(a.Stripped))
	}
	add("graph loaded", a.LoadedAt)
	return strings.Join(lines, "\n") + "\n"
}
