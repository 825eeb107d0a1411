WITH COLLECT {
  CALL () {
    MATCH (cable0:Cable)
    MATCH (cable0)-[:TAGGED]->(tag4:Tag)
    WHERE tag4.code IN $p2
    RETURN cable0
    UNION
    MATCH (cable0:Cable)
    MATCH (cable0)-[:SENT_FROM]->(post5:Post)
    WHERE cable0.level >= 0 AND cable0.level >= $p3 AND post5.cityText = $p4
    RETURN cable0
  }
  WITH cable0 WHERE NOT (EXISTS { MATCH (cable0)-[:REFERENCES]->(cable1:Cable) MATCH (cable1)-[edge2:SENT_TO]->(post3:Post) MATCH (:Name {key: $p1})-[:NAMES]->(post3) WHERE edge2.action = $p0 })
  WITH cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p5
  RETURN [cable0.createdMinute, cable0.reference]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
