WITH COLLECT {
  MATCH (person0:Person)
  MATCH (:Name {key: $p0})-[:NAMES]->(person0)
  WITH person0 ORDER BY person0.name, person0.slug LIMIT $p1
  RETURN [person0.name, person0.slug, person0.because,
    [COUNT {
      MATCH (person1:Person)
      WHERE person0.alone AND person1.surname = person0.surname AND person1.alone IS NULL
      RETURN person1
    }, COLLECT {
      MATCH (person1:Person)
      WHERE person0.alone AND person1.surname = person0.surname AND person1.alone IS NULL
      WITH person1, COUNT { (person1)<-[:MENTIONS]-() } AS cablesperson1
      WITH person1, cablesperson1 ORDER BY cablesperson1 DESC, person1.slug LIMIT $p2
      RETURN [cablesperson1, person1.slug, person1.name]
    }]]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
