WITH COLLECT {
  CALL () {
    MATCH (person0:Person) WHERE person0.slug IN $p0
    RETURN person0
    UNION
    UNWIND $p0 AS slug
    MATCH (:Key {key: 'person:' + slug})-[:NAMES]->(person0:Person)
    RETURN person0
  }
  WITH person0 ORDER BY person0.name, person0.slug LIMIT $p1
  RETURN [person0.name, person0.slug, person0.otherSlugs]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
