CALL () {
  RETURN COLLECT {
    MATCH (post0:Post)
    MATCH (:Name {key: $p0})-[:NAMES]->(post0)
    WITH post0 ORDER BY post0.name, post0.slug LIMIT $p1
    CALL (post0) {
      MATCH (post0)<-[:SENT_FROM]-(cable1:Cable)
      MATCH (cable1)-[:TAGGED]->(tag2:Tag)
      MATCH (cable1)-[:MENTIONS]->(person3:Person)
      MATCH (:Name {key: $p3})-[:NAMES]->(person3)
      WHERE tag2.code = $p2
      RETURN collect(DISTINCT cable1) AS set_cable1
    }
    RETURN [post0.name, post0.slug,
      [size(set_cable1), COLLECT {
        UNWIND set_cable1 AS cable1
        WITH cable1 ORDER BY cable1.createdMinute DESC, cable1.reference LIMIT $p4
        RETURN [cable1.createdMinute, cable1.reference, cable1.subject,
          COLLECT {
            MATCH (cable1)-[edge4:TAGGED]->(tag4)
            RETURN [edge4.position, tag4.code, tag4.name] LIMIT $p5
          },
          COLLECT {
            MATCH (cable1)-[edge5:MENTIONS]->(person5)
            RETURN [edge5.count, person5.slug, person5.name] LIMIT $p6
          },
          COLLECT {
            MATCH (cable1)-[edge6:REFERENCES]->(cable6)
            RETURN [edge6.position, cable6.reference, cable6.subject,
              COLLECT {
                MATCH (cable6)-[:SENT_FROM]->(post7)
                RETURN [post7.slug, post7.name] LIMIT $p7
              }] LIMIT $p8
          }]
      }]]
  } AS rows_post0
}
WITH rows_post0 AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
