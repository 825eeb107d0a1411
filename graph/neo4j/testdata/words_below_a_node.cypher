CALL () {
  CALL db.index.fulltext.queryNodes('cableText', $p1) YIELD node AS found
  RETURN collect(DISTINCT found) AS found0
}
WITH COLLECT {
  MATCH (post0:Post)
  WHERE post0.name IS NOT NULL
  WITH post0 ORDER BY post0.name, post0.slug LIMIT $p0
  RETURN [post0.name, post0.slug,
    COLLECT {
      MATCH (post0)<-[:SENT_FROM]-(cable1:Cable)
      WHERE cable1 IN found0
      WITH cable1 ORDER BY cable1.createdMinute DESC, cable1.reference LIMIT $p2
      RETURN [cable1.createdMinute, cable1.reference]
    }]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
