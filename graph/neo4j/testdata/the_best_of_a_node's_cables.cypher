CALL () {
  CALL db.index.fulltext.queryNodes('cableText', $p1) YIELD node AS found, score AS points
  RETURN collect([found, points]) AS found0
}
WITH COLLECT {
  MATCH (post0:Post)
  WHERE post0.name IS NOT NULL
  WITH post0 ORDER BY post0.name, post0.slug LIMIT $p0
  RETURN [post0.name, post0.slug,
    COLLECT {
      UNWIND found0 AS hit
      WITH hit[0] AS cable1, toInteger(1000000000 * hit[1]) AS score1
      MATCH (post0)<-[:SENT_FROM]-(cable1:Cable)
      WITH cable1, score1 ORDER BY score1 DESC, cable1.reference LIMIT $p2
      RETURN [score1, cable1.reference]
    }]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
