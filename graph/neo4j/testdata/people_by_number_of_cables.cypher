WITH COLLECT {
  MATCH (person0:Person)
  WITH person0, COUNT { (person0)<-[:MENTIONS]-() } AS cablesperson0
  WHERE (cablesperson0 <= $p0 AND NOT (cablesperson0 = $p0 AND NOT person0.slug > $p1))
  WITH person0, cablesperson0 ORDER BY cablesperson0 DESC, person0.slug LIMIT $p2
  RETURN [cablesperson0, person0.slug, person0.name]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
