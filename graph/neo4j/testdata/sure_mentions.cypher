WITH COLLECT {
  MATCH (cable0:Cable)
  MATCH (cable0)-[edge2:MENTIONS]->(person1:Person)
  MATCH (:Name {key: $p1})-[:NAMES]->(person1)
  WHERE edge2.confidence >= $p0
  WITH DISTINCT cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p2
  RETURN [cable0.createdMinute, cable0.reference]
} AS a0,
  COLLECT {
  MATCH (person3:Person)
  WHERE person3.name IS NOT NULL
  WITH person3 ORDER BY person3.name, person3.slug LIMIT $p3
  RETURN [person3.name, person3.slug,
    [COUNT {
      MATCH (person3)<-[edge4:MENTIONS]-(cable4)
      WHERE edge4.confidence >= $p4
      RETURN cable4, edge4
    }, COLLECT {
      MATCH (person3)<-[edge4:MENTIONS]-(cable4)
      WHERE edge4.confidence >= $p4
      WITH cable4, edge4 ORDER BY cable4.createdMinute DESC, cable4.reference LIMIT $p5
      RETURN [cable4.createdMinute, cable4.reference]
    }]]
} AS a1
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, a1, coalesce(gate.version, 0) AS version
