CALL () {
  CALL db.index.fulltext.queryNodes('cableText', $p0) YIELD node AS found
  RETURN collect(DISTINCT found) AS found0
}
WITH [size(found0), COLLECT {
  UNWIND found0 AS cable0
  WITH cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p1
  RETURN [cable0.createdMinute, cable0.reference]
}] AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
