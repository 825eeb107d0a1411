CALL () {
  CALL db.index.fulltext.queryNodes('cableText', $p1) YIELD node AS found
  RETURN collect(DISTINCT found) AS found0
}
CALL (found0) {
  RETURN COLLECT {
    MATCH (person0:Person)
    WHERE person0.name IS NOT NULL
    WITH person0 ORDER BY person0.name, person0.slug LIMIT $p0
    CALL (person0, found0) {
      MATCH (person0)<-[edge1:MENTIONS]-(cable1:Cable)
      WHERE cable1 IN found0
      RETURN collect(DISTINCT cable1) AS set_cable1
    }
    CALL (person0, set_cable1, found0) {
      RETURN COLLECT {
        UNWIND set_cable1 AS via2
        MATCH (via2)-[:SENT_FROM]->(post2:Post)
        WITH post2, count(*) AS weight2
        WITH post2, weight2 ORDER BY weight2 DESC, post2.slug LIMIT $p2
        RETURN [weight2, post2.slug, post2.name]
      } AS rows_post2
    }
    RETURN [person0.name, person0.slug,
      [null, null, rows_post2]]
  } AS rows_person0
}
WITH rows_person0 AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
