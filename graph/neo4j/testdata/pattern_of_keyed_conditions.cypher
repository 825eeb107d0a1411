WITH COLLECT {
  MATCH (cable0:Cable)
  MATCH (cable0)-[:TAGGED]->(tag1:Tag)
  MATCH (cable0)-[:SENT_FROM]->(post3:Post)
  MATCH (:Name {key: $p5})-[:NAMES]->(post3)
  MATCH (cable0)-[:MENTIONS]->(person4:Person)
  WHERE cable0.createdMinute >= $p0 AND cable0.createdMinute < $p1 AND cable0.published = $p2 AND tag1.code = $p3 AND NOT EXISTS { MATCH (cable0)-[:TAGGED]->(tag2:Tag) WHERE tag2.code = $p4 } AND person4.slug = $p6
  WITH DISTINCT cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p7
  RETURN [cable0.createdMinute, cable0.reference]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
