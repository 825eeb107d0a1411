package resolvers_test

// everything asks for every field of every type at least once.
const everything = `
fragment cable on Cable { __typename id reference published subject created released summary header body otherReferences
  classification { __typename label level caveats } paragraphs { number anchor marking heading text start end } sources { file member sha256 } }
fragment post on Post { id name kind city country aliases }
fragment person on Person { id name aliases titles firstMentioned lastMentioned }
fragment tag on Tag { id code name kind }
fragment found on CableEdge { score highlights { __typename field start end text marked marks { __typename start end } } }
fragment facets on CableFacets { __typename
  origins(first: 2) { totalCount counts { __typename count post { ...post cables(first: 1) { nodes { reference } facets { timeline { count } } } } } }
  from: origins(where: {kind: [EMBASSY]}) { totalCount } recipients { counts { count post { id } } }
  tags(first: 3) { totalCount counts { count tag { ...tag coTags(first: 1) { nodes { code } } } } } countries: tags(where: {kind: [COUNTRY]}, first: 2) { counts { tag { code } } }
  people(first: 3) { __typename totalCount counts { count person { ...person signed { nodes { reference } } } } }
  classifications { __typename count classification { label level } }
  timeline { __typename start count } days: timeline(by: RELEASED, interval: DAY) { start count } }
fragment info on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }
fragment mentioned on MentionedIn { cursor count forms titles role paragraphs confidence rule spans { field start end text } node { ...cable } }
query Everything {
  corpus { cables published announced posts people tags references mentions created { from to } releaseDays { day count } classifications { count classification { label } } }
  cables(first: 4, orderBy: [{level: DESC}, {reference: ASC}]) {
    __typename totalCount pageInfo { ...info } facets { ...facets } again: facets { timeline(interval: MONTH) { start } }
    edges { cursor node { ...cable origin { ...post } signedBy { ...person tag { ...tag } } classifiedBy { ...person } } }
    nodes {
      id paragraphs { anchor who: people { text person { id cables(first: 2) { nodes { reference } } } } }
      secret: paragraphs(where: {marking: {atLeast: SECRET}}) { marking } named: paragraphs(where: {names: {name: "Kouchner"}, matches: "sanction* OR summary"}) { anchor people { text person { name } } }
      recipients(first: 2) { totalCount pageInfo { ...info } edges { cursor action precedence as node { ...post } } nodes { name } }
      tags(first: 3) { totalCount edges { cursor node { ...tag } } nodes { code } }
      people(orderBy: {name: ASC}) { totalCount nodes { name }
        edges { cursor count forms titles role paragraphs confidence rule spans { field start end text } node { ...person } } }
      references { totalCount nodes { reference } edges { cursor label as node { ...cable } } }
      cited: references(where: {text: "iran"}) { edges { score highlights { text } } facets { origins { counts { count } } } }
      referencedBy { totalCount edges { label as node { reference } } nodes { id } }
      related(first: 3, where: {text: "iran OR france"}) { totalCount nodes { reference } facets { timeline { start } } edges { highlights { marked } cursor weight people tags cites citedBy node { reference subject } } }
    }
  }
  scored: cables(where: {text: "iran OR france"}, orderBy: [{score: DESC}]) { edges { ...found node { reference } } facets { people { totalCount } } }
  unscored: cables(where: {body: {matches: "iran"}}) { edges { highlights { marked } node { reference } } }
  posts(orderBy: {cables: DESC}) { totalCount pageInfo { ...info } edges { cursor node { ...post } } nodes { slug: id
    cables(last: 2) { totalCount nodes { ...cable } pageInfo { ...info } }
    received(first: 1) { edges { node { reference } } }
    correspondents(direction: SENT) { totalCount nodes { name } edges { cursor weight node { ...post } cables(first: 2) { totalCount nodes { reference } } } }
    people(first: 3) { nodes { name } edges { cursor weight node { ...person } cables { nodes { reference } edges { cursor } } } } } }
  people { totalCount edges { cursor node { ...person } } nodes { id
    marked: cables(marking: {atLeast: SECRET}, where: {paragraph: {names: {name: "Kouchner"}}}) { totalCount nodes { reference people(marking: {in: ["S/NF"], caveat: "NOFORN"}) { nodes { name } } } }
    cables { totalCount edges { ...mentioned } nodes { reference } pageInfo { ...info } facets { tags { counts { count tag { code } } } } }
    about: cables(where: {subject: {matches: "iran"}}, orderBy: {score: ASC}) { edges { score highlights { marked } } }
    signed { nodes { reference } }
    rarely: mentionedWith(orderBy: [{weight: ASC}, {name: DESC}]) { nodes { name } }
    mentionedWith { totalCount nodes { name } edges { weight node { ...person } cables { totalCount nodes { reference } } } } tag { ...tag } } }
  tags { edges { cursor node { ...tag } } nodes { id cables(first: 2) { nodes { reference } }
    byCode: coTags(orderBy: {code: DESC}) { nodes { code } }
    coTags(first: 2) { totalCount nodes { code } edges { cursor weight node { ...tag } cables { nodes { reference } } } }
    people(first: 2) { edges { cursor weight node { ...person } } } } }
  network(of: PEOPLE_TAGS, where: {published: true}, topNodes: 9, topEdges: 7) { __typename directed
    info { __typename nodes edges nodesFound edgesFound cuts { __typename what count why } notes }
    nodes { __typename id label degree weightedDegree pageRank betweenness component community x y node { __typename id ... on Person { ...person tag { code } cables(first: 1) { nodes { reference } } } ... on Tag { code kind } } }
    others: nodes { it: node { id } again: node { ... on Tag { cables(first: 1) { nodes { id } } } } }
    edges { __typename kind source target weight cables { totalCount } newest: cables(first: 2, orderBy: {created: ASC}) { nodes { ...cable origin { name } } pageInfo { ...info } edges { cursor } } } }
  apart: network(of: POSTS_APART, minWeight: 1) { directed edges { kind source target weight cables { nodes { reference } } } }
  neighbourhood(of: ["person:sara-netanyahu", "tag:NOSUCH"], depth: 2, limit: 12) { info { nodes edges cuts { count why } } nodes { id label degree node { id } }
    edges { kind source target weight words cables { nodes { reference subject } } } }
  few: neighbourhood(of: "tag:IR", kinds: [TAGGED, TAG_OF], limit: 2) { nodes { id } edges { kind } }
  paths(from: "post:embassy-lodz", to: "person:hillary-clinton", find: K_SHORTEST, maxLength: 5, first: 7) { __typename length total passedOver complete
    paths { __typename length nodes { id label pageRank } steps { __typename from { id node { ... on Cable { subject } } } to { label } edges { kind words weight source cables { nodes { id } } } } } }
  nowhere: paths(from: "tag:NOSUCH", to: "tag:IR", maxDegree: 3) { length total passedOver complete paths { length } }
  node(id: "tag:IR") { __typename id ... on Tag { ...tag } ... on Cable { ...cable } }
  nodes(ids: ["post:embassy-paris", "cable:nothing", "cable:09STATE11937", "person:bernard-kouchner", "post:embassy-paris"]) {
    ... on Node { id } ... on Post { ...post cables(first: 1) { nodes { reference } } } ... on Cable { ...cable tags { nodes { code } } } ... on Person { ...person } }
  cable(reference: "State 11937 (09)") { ...cable paragraphs { people { __typename start end text person { ...person tag { ...tag } cables(first: 2) { nodes { reference } } } } } }
  suggest(prefix: "kou") { __typename kind label match cables node { __typename id ... on Person { ...person cables(first: 1) { nodes { reference } } } ... on Cable { ...cable } } }
  some: suggest(prefix: "09 State 1", kinds: [CABLE, TAG], first: 2) { kind label node { id ... on Cable { tags { nodes { code } } } } }
  none: cable(reference: "99NOWHERE1") { ...cable }
  post(name: "amembassy paris") { ...post }
  tag(code: "clinton, hillary") { ...tag }
  person(name: "Bernard Kouchner") { ...person }
}`
