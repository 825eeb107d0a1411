// Package graph says what a cable graph is: its nodes and edges, the filters
// and questions that can be put to it, the answers that come back, and what a
// store promises. It knows no database, no HTTP and no GraphQL library, and
// imports the standard library only.
//
// The graph over two cables:
//
//	(Post secretary-of-state)                    (Post embassy-paris)
//	          ▲ SENT_FROM                           ▲ SENT_TO {action, precedence, as}
//	          │                                     │
//	(Cable 09STATE11937) ───────────────────────────┘
//	   │ TAGGED {position}      ► (Tag IR)    (Tag "CLINTON, HILLARY") ─ TAG_OF ► (Person hillary-clinton)
//	   │ MENTIONS {count, …}    ► (Person bernard-kouchner)
//	   │ SIGNED_BY {as}         ► (Person hillary-clinton)
//	   │ CLASSIFIED_BY {as}     ► (Person marcie-ries)
//	   └ REFERENCES {label, as} ► (Cable 08PARIS2199)      published: false until its page is loaded
//
// One word for each thing, here and in SQL, Cypher, GraphQL and the manual:
//
//   - cable: one telegram; its key is its reference ("09STATE11937").
//   - reference: a cable's key, and the edge from a cable to one that it cites.
//   - post: who sends and receives cables: embassies, consulates, missions, departments.
//   - person: an individual human, as resolved over the whole archive.
//   - naming: one individual as one single cable names them; before it is resolved to a person.
//   - mention: the edge from a cable to a person, with the words that prove it.
//   - tag: a traffic-analysis tag (IR, PREL, "CLINTON, HILLARY").
//   - record: everything that one document says about one cable; what a store writes.
//   - where: a filter. plan: a question as a tree of steps. answer: what a store says to a plan.
//   - store: a Reader and Writer over one database.
package graph
