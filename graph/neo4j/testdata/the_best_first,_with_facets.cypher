CALL () {
  CALL db.index.fulltext.queryNodes('cableText', $p0) YIELD node AS found, score AS points
  RETURN collect([found, points]) AS found0
}
CALL (found0) {
  UNWIND found0 AS hit
  WITH hit[0] AS cable0, toInteger(1000000000 * hit[1]) AS score0
  MATCH (cable0:Cable)
  WHERE cable0.published = $p1
  RETURN collect(DISTINCT cable0) AS set_cable0
}
CALL (set_cable0, found0) {
  UNWIND set_cable0 AS cable
  MATCH (cable)-[:MENTIONS|TAGGED]->(node)
  WITH node, count(*) AS cables
  RETURN collect([node, cables]) AS tally_set_cable0
}
CALL (set_cable0, tally_set_cable0, found0) {
  UNWIND tally_set_cable0 AS counted
  WITH counted[0] AS person1, counted[1] AS weight1
  WHERE person1:Person
  RETURN collect([person1, weight1]) AS weights_person1
}
CALL (set_cable0, tally_set_cable0, weights_person1, found0) {
  RETURN COLLECT {
    UNWIND weights_person1 AS row
    WITH row[0] AS person1, row[1] AS weight1
    WITH person1, weight1 ORDER BY weight1 DESC, person1.slug LIMIT $p2
    RETURN [weight1, person1.slug, person1.name,
      COLLECT {
        MATCH (person1)<-[edge2:MENTIONS]-(cable2)
        WITH cable2, edge2 ORDER BY cable2.createdMinute DESC, cable2.reference LIMIT $p3
        RETURN [cable2.createdMinute, cable2.reference]
      }]
  } AS rows_person1
}
CALL (set_cable0, tally_set_cable0, found0) {
  UNWIND tally_set_cable0 AS counted
  WITH counted[0] AS tag3, counted[1] AS weight3
  WHERE tag3:Tag AND tag3.kind = $p4
  RETURN collect([tag3, weight3]) AS weights_tag3
}
CALL (set_cable0, tally_set_cable0, weights_tag3, found0) {
  RETURN COLLECT {
    UNWIND weights_tag3 AS row
    WITH row[0] AS tag3, row[1] AS weight3
    WITH tag3, weight3 ORDER BY weight3 DESC, tag3.code LIMIT $p5
    RETURN [weight3, tag3.code, tag3.name]
  } AS rows_tag3
}
CALL (set_cable0, found0) {
  UNWIND set_cable0 AS cable
  WITH cable.classification AS label, head(collect(cable)) AS one, count(*) AS cables
  RETURN collect([label, one.level, one.caveats, cables]) AS buckets_4
}
CALL (set_cable0, found0) {
  UNWIND set_cable0 AS cable
  WITH (cable.createdMinute + 1035593280) / 1440 AS day, count(*) AS cables
  RETURN collect([day, cables]) AS buckets_5
}
WITH [size(set_cable0), COLLECT {
  UNWIND found0 AS hit
  WITH hit[0] AS cable0, toInteger(1000000000 * hit[1]) AS score0
  MATCH (cable0:Cable)
  WHERE cable0.published = $p1
  WITH cable0, score0 ORDER BY score0 DESC, cable0.reference LIMIT $p6
  RETURN [score0, cable0.reference]
}, [size(weights_person1), rows_person1], rows_tag3, buckets_4, buckets_5] AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
