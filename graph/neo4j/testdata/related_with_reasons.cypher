CALL () {
  RETURN COLLECT {
    MATCH (cable0:Cable)
    WHERE cable0.createdMinute IS NOT NULL
    WITH cable0 ORDER BY cable0.createdMinute DESC, cable0.reference LIMIT $p0
    CALL (cable0) {
      CALL (cable0) {
        MATCH (cable0)-[:MENTIONS]->()<-[:MENTIONS]-(cable1)
        RETURN cable1, 2 AS part
        UNION ALL
        MATCH (cable0)-[:TAGGED]->()<-[:TAGGED]-(cable1)
        RETURN cable1, 1 AS part
        UNION ALL
        MATCH (cable0)-[:REFERENCES]-(cable1) WHERE cable1.published
        RETURN DISTINCT cable1, 5 AS part
      }
      WITH cable1, sum(part) AS weight1
      WHERE cable1 <> cable0
      RETURN collect([cable1, weight1]) AS weights_cable1
    }
    CALL (cable0, weights_cable1) {
      RETURN COLLECT {
        UNWIND weights_cable1 AS row
        WITH row[0] AS cable1, row[1] AS weight1
        WITH cable1, weight1 ORDER BY weight1 DESC, cable1.reference LIMIT $p1
        RETURN [weight1, cable1.reference, COLLECT { MATCH (cable0)-[:MENTIONS]->(reason:Person)<-[:MENTIONS]-(cable1) WITH DISTINCT reason ORDER BY reason.name RETURN reason.name }, COLLECT { MATCH (cable0)-[:TAGGED]->(reason:Tag)<-[:TAGGED]-(cable1) WITH DISTINCT reason ORDER BY reason.code RETURN reason.code }, EXISTS { (cable0)-[:REFERENCES]->(cable1) }, EXISTS { (cable0)<-[:REFERENCES]-(cable1) }]
      } AS rows_cable1
    }
    RETURN [cable0.createdMinute, cable0.reference,
      [size(weights_cable1), rows_cable1]]
  } AS rows_cable0
}
WITH rows_cable0 AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
