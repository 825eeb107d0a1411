WITH COLLECT {
  MATCH (cable0:Cable)
  MATCH (cable0)-[edge2:MENTIONS]->(person1:Person)
  MATCH (:Name {key: $p1})-[:NAMES]->(person1)
  WHERE edge2.marks CONTAINS $p0
  WITH DISTINCT cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p3
  RETURN [cable0.createdMinute, cable0.reference]
} AS a0,
  COLLECT {
  MATCH (cable3:Cable)
  WHERE any(text IN $p2 WHERE cable3.marks CONTAINS text) AND NOT (cable3.marks <> '') AND cable3.createdMinute IS NOT NULL
  WITH cable3 ORDER BY cable3.createdMinute DESC, cable3.reference LIMIT $p4
  RETURN [cable3.createdMinute, cable3.reference]
} AS a1,
  COLLECT {
  MATCH (person4:Person)
  WHERE person4.name IS NOT NULL
  WITH person4 ORDER BY person4.name, person4.slug LIMIT $p5
  RETURN [person4.name, person4.slug,
    [COUNT {
      MATCH (person4)<-[edge5:MENTIONS]-(cable5)
      WHERE any(text IN $p6 WHERE edge5.marks CONTAINS text)
      RETURN cable5, edge5
    }, COLLECT {
      MATCH (person4)<-[edge5:MENTIONS]-(cable5)
      WHERE any(text IN $p6 WHERE edge5.marks CONTAINS text)
      WITH cable5, edge5 ORDER BY cable5.createdMinute DESC, cable5.reference LIMIT $p7
      RETURN [cable5.createdMinute, cable5.reference]
    }]]
} AS a2
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, a1, a2, coalesce(gate.version, 0) AS version
