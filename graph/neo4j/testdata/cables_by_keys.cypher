WITH COLLECT {
  CALL () {
    MATCH (cable0:Cable) WHERE cable0.reference IN $p0
    RETURN cable0
    UNION
    MATCH (slip:Slip)-[:MEANS]->(cable0:Cable) WHERE slip.reference IN $p0
    RETURN cable0
  }
  WITH cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p1
  RETURN [cable0.createdMinute, cable0.reference, cable0.body, cable0.paragraphs]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
