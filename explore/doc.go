// Package explore finds networks in a store: projections of the graph of cables
// onto people, posts, tags or citations (Project), what lies around nodes (Around),
// the ways between two (Paths), and the whole graph (Everything). What comes out is
// a network.Network, ready to be measured and written; what stands behind an edge
// is asked for afterwards, by an ordinary filter on cables (Evidence).
//
//	graph.Ties, graph.Adjacent ─► counts, levels ─► keys ─► graph.Plan for labels ─► network.Network
package explore
