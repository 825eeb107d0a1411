WITH COLLECT {
  MATCH (person0:Person)
  MATCH (:Key {key: $p0})-[:NAMES]->(person0)
  MATCH (person0)<-[:MENTIONS]-(cable1:Cable)
  MATCH (cable1)-[:TAGGED]->(tag2:Tag)
  WHERE tag2.code IN $p1 AND EXISTS { MATCH (person0)<-[:MENTIONS]-(:Cable)-[:MENTIONS]->(person3:Person) MATCH (:Name {key: $p2})-[:NAMES]->(person3) WHERE person3 <> person0 }
  WITH DISTINCT person0 ORDER BY person0.name, person0.slug LIMIT $p3
  RETURN [person0.name, person0.slug]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
