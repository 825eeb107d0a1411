WITH COLLECT {
  MATCH (cable0:Cable)
  WHERE ((EXISTS { MATCH (cable0)-[:TAGGED]->(tag1:Tag) WHERE tag1.code IN $p0 }) OR (cable0.level >= 0 AND cable0.level >= $p1 AND EXISTS { MATCH (cable0)-[:SENT_FROM]->(post2:Post) WHERE post2.cityText = $p2 })) AND NOT (EXISTS { MATCH (cable0)-[:REFERENCES]->(cable3:Cable) MATCH (cable3)-[edge4:SENT_TO]->(post5:Post) MATCH (:Name {key: $p4})-[:NAMES]->(post5) WHERE edge4.action = $p3 }) AND cable0.createdMinute IS NOT NULL
  WITH cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p5
  RETURN [cable0.createdMinute, cable0.reference]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
