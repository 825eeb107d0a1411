WITH [coalesce(head(COLLECT { MATCH (tag:Tag {code: $p0}) RETURN COUNT { (tag)<-[:TAGGED]-() } }), 0), COLLECT {
  MATCH (cable0)-[tagged_cable0:TAGGED]->(tag1:Tag) USING INDEX tagged_cable0:TAGGED(code, createdMinute)
  WHERE tag1.code = $p0 AND tagged_cable0.code = $p0 AND tagged_cable0.createdMinute IS NOT NULL AND (tagged_cable0.createdMinute <= $p6 AND NOT (tagged_cable0.createdMinute = $p6 AND NOT cable0.reference > $p7))
  WITH cable0, tagged_cable0 ORDER BY tagged_cable0.code DESC, tagged_cable0.createdMinute DESC, cable0.reference LIMIT $p8
  RETURN [tagged_cable0.createdMinute, cable0.reference]
}] AS a0,
  COLLECT {
  MATCH (cable2)-[tagged_cable2:TAGGED]->(tag3:Tag) USING INDEX tagged_cable2:TAGGED(code, createdMinute)
  WHERE tag3.code = $p1 AND tagged_cable2.code = $p1 AND tagged_cable2.createdMinute IS NOT NULL AND tagged_cable2.createdMinute >= $p2 AND tagged_cable2.createdMinute < $p3 AND NOT (cable2.published = $p4)
  WITH cable2, tagged_cable2 ORDER BY tagged_cable2.code, tagged_cable2.createdMinute, cable2.reference DESC LIMIT $p9
  RETURN [tagged_cable2.createdMinute, cable2.reference]
} AS a1,
  COLLECT {
  MATCH (tag4:Tag)
  MATCH (:Name {key: $p5})-[:NAMES]->(tag4)
  WITH tag4 ORDER BY tag4.code LIMIT $p10
  RETURN [tag4.code, tag4.name,
    [COUNT { (tag4)<-[:TAGGED]-() }, COLLECT {
      MATCH (cable5)-[tagged_cable5:TAGGED]->(tag4) USING INDEX tagged_cable5:TAGGED(code, createdMinute)
      WHERE tagged_cable5.code = tag4.code AND tagged_cable5.createdMinute IS NOT NULL
      WITH cable5, tagged_cable5 ORDER BY tagged_cable5.code DESC, tagged_cable5.createdMinute DESC, cable5.reference LIMIT $p11
      RETURN [tagged_cable5.createdMinute, cable5.reference,
        COLLECT {
          MATCH (cable5)-[edge6:TAGGED]->(tag6)
          RETURN [edge6.position, tag6.code, tag6.name] LIMIT $p12
        }]
    }]]
} AS a2
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, a1, a2, coalesce(gate.version, 0) AS version
