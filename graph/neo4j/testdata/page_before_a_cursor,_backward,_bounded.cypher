WITH COLLECT {
  MATCH (cable0:Cable)
  WHERE cable0.createdMinute IS NOT NULL AND (cable0.createdMinute >= $p0 AND NOT (cable0.createdMinute = $p0 AND NOT cable0.reference < $p1)) AND (cable0.createdMinute <= $p2 AND NOT (cable0.createdMinute = $p2 AND NOT cable0.reference > $p3))
  WITH cable0 ORDER BY cable0.createdMinute, cable0.reference DESC LIMIT $p4
  RETURN [cable0.createdMinute, cable0.reference]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
