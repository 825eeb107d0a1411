WITH COLLECT {
  MATCH (person0:Person)
  WHERE person0.name IS NOT NULL
  WITH person0 ORDER BY person0.name, person0.slug LIMIT $p0
  RETURN [person0.name, person0.slug,
    COLLECT {
      MATCH (person0)<-[edge1:MENTIONS]-(cable1)
      WITH cable1, edge1 ORDER BY cable1.createdMinute DESC, cable1.reference LIMIT $p2
      RETURN [cable1.createdMinute, cable1.reference,
        COLLECT {
          MATCH (cable1)-[edge4:REFERENCES]->(cable4)
          WITH cable4, edge4 ORDER BY edge4.position, cable4.reference LIMIT $p3
          RETURN [edge4.position, cable4.reference,
            COLLECT {
              MATCH (cable4)-[:SENT_FROM]->(post5)
              RETURN [post5.slug, post5.name] LIMIT $p4
            }]
        }]
    },
    COLLECT {
      MATCH (person0)<-[edge2:MENTIONS]-(cable2:Cable)
      MATCH (cable2)-[:TAGGED]->(tag3:Tag)
      WHERE tag3.code = $p1
      WITH cable2, edge2 ORDER BY cable2.createdMinute DESC, cable2.reference LIMIT $p5
      RETURN [cable2.createdMinute, cable2.reference]
    }]
} AS a0
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, coalesce(gate.version, 0) AS version
