CALL () {
  CALL db.index.fulltext.queryNodes('nameText', $p0) YIELD node AS name
  MATCH (name)-[:NAMES]->(found)
  RETURN collect(DISTINCT found) AS found0
}
WITH COLLECT {
  UNWIND found0 AS person0
  WITH person0 WHERE person0:Person
  WITH person0 ORDER BY person0.name, person0.slug LIMIT $p1
  RETURN [person0.name, person0.slug]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
