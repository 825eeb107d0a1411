CALL () {
  RETURN COLLECT {
    MATCH (post0:Post)
    WHERE post0.name IS NOT NULL
    WITH post0 ORDER BY post0.name, post0.slug LIMIT $p0
    CALL (post0) {
      RETURN COLLECT {
        CALL (post0) {
          MATCH (post0)<-[:SENT_FROM]-(via1)-[:SENT_TO]->(post1)
          RETURN via1, post1
          UNION ALL
          MATCH (post0)<-[:SENT_TO]-(via1)-[:SENT_FROM]->(post1)
          RETURN via1, post1
        }
        WITH via1, post1 WHERE post1 <> post0
        WITH post1, count(DISTINCT via1) AS weight1, collect(DISTINCT via1) AS vias1
        WITH post1, weight1, vias1 ORDER BY weight1 DESC, post1.slug LIMIT $p1
        RETURN [weight1, post1.slug, post1.name,
          COLLECT {
            UNWIND vias1 AS cable2
            WITH cable2 ORDER BY cable2.createdMinute DESC, cable2.reference LIMIT $p2
            RETURN [cable2.createdMinute, cable2.reference]
          }]
      } AS rows_post1
    }
    RETURN [post0.name, post0.slug,
      rows_post1]
  } AS rows_post0
}
WITH rows_post0 AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
