WITH COLLECT {
  MATCH (tag0:Tag)
  WHERE tag0.code IS NOT NULL
  WITH tag0 ORDER BY tag0.code LIMIT $p0
  RETURN [tag0.code, tag0.name]
} AS a0,
  COUNT {
  MATCH (post1:Post)
  RETURN post1
} AS a1
OPTIONAL MATCH (gate:Meta {key: 'gate'})
RETURN a0, a1, coalesce(gate.version, 0) AS version
