CALL () {
  RETURN COLLECT {
    MATCH (person0:Person)
    WHERE person0.name IS NOT NULL
    WITH person0 ORDER BY person0.name, person0.slug LIMIT $p0
    CALL (person0) {
      RETURN COLLECT {
        MATCH (person0)<-[:MENTIONS]-(via1:Cable)-[:MENTIONS]->(person1:Person)
        MATCH (via1)-[:TAGGED]->(tag2:Tag)
        WHERE person1 <> person0 AND tag2.code = $p1
        WITH person1, count(DISTINCT via1) AS weight1
        WITH person1, weight1 ORDER BY weight1 DESC, person1.slug LIMIT $p2
        RETURN [weight1, person1.slug, person1.name,
          [COUNT {
            MATCH (person0)<-[:MENTIONS]-(cable3:Cable)-[:MENTIONS]->(person1)
            MATCH (cable3)-[:TAGGED]->(tag4:Tag)
            WHERE tag4.code = $p3
            RETURN DISTINCT cable3
          }, COLLECT {
            MATCH (person0)<-[:MENTIONS]-(cable3:Cable)-[:MENTIONS]->(person1)
            MATCH (cable3)-[:TAGGED]->(tag4:Tag)
            WHERE tag4.code = $p3
            WITH DISTINCT cable3 ORDER BY cable3.createdMinute DESC, cable3.reference LIMIT $p4
            RETURN [cable3.createdMinute, cable3.reference]
          }]]
      } AS rows_person1
    }
    RETURN [person0.name, person0.slug,
      [COUNT {
        MATCH (person0)<-[:MENTIONS]-(via1:Cable)-[:MENTIONS]->(person1:Person)
        MATCH (via1)-[:TAGGED]->(tag2:Tag)
        WHERE person1 <> person0 AND tag2.code = $p1
        RETURN DISTINCT person1
      }, rows_person1]]
  } AS rows_person0
}
WITH rows_person0 AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
