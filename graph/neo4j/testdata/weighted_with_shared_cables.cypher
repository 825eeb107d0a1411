CALL () {
  RETURN COLLECT {
    MATCH (person0:Person)
    WHERE person0.name IS NOT NULL
    WITH person0 ORDER BY person0.name, person0.slug LIMIT $p0
    CALL (person0) {
      MATCH (person0)<-[:MENTIONS]-(via1)-[:MENTIONS]->(person1)
      MATCH (via1)-[:TAGGED]->(tag2:Tag)
      WHERE person1 <> person0 AND tag2.code = $p1
      WITH person1, count(*) AS weight1, collect(via1) AS vias1
      RETURN collect([person1, weight1, vias1]) AS weights_person1
    }
    CALL (person0, weights_person1) {
      RETURN COLLECT {
        UNWIND weights_person1 AS row
        WITH row[0] AS person1, row[1] AS weight1, row[2] AS vias1
        WITH person1, weight1, vias1 ORDER BY weight1 DESC, person1.slug LIMIT $p2
        RETURN [weight1, person1.slug, person1.name,
          [weight1, COLLECT {
            UNWIND vias1 AS cable3
            WITH cable3 ORDER BY cable3.createdMinute DESC, cable3.reference LIMIT $p3
            RETURN [cable3.createdMinute, cable3.reference]
          }]]
      } AS rows_person1
    }
    RETURN [person0.name, person0.slug,
      [size(weights_person1), rows_person1]]
  } AS rows_person0
}
WITH rows_person0 AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
