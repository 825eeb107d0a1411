WITH [COUNT {
  MATCH (cable0:Cable)
  RETURN cable0
}, COLLECT {
  MATCH (cable0:Cable)
  WHERE cable0.createdMinute IS NOT NULL
  WITH cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p0
  RETURN [cable0.createdMinute, cable0.reference]
}] AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
