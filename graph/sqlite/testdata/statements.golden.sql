-- all cables, newest first
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- 11

-- cables by key
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT id FROM cable WHERE reference IN (SELECT value FROM json_each(?)) UNION SELECT cable FROM source WHERE reference <> '' AND reference IN (SELECT value FROM json_each(?)))
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "[\"09STATE11937\"]", "[\"09STATE11937\"]", 11

-- the second page of cables
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE (c.created <= ? AND (c.created < ? OR c.reference > ?))
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- 20000000, 20000000, "09STATE11937", 11

-- the mission, from the root
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT m3.cable AS id FROM mention m3 WHERE m3.person IN (SELECT h4.id FROM person h4 WHERE h4.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 3)))
  AND +c.origin IN (SELECT p1.id FROM post p1 WHERE p1.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 2))
  AND +EXISTS (SELECT 1 FROM tagged g2 WHERE g2.cable = c.id AND g2.created = c.created AND g2.tag IN (SELECT id FROM tag WHERE code IN (SELECT value FROM json_each(?))))
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "bernard kouchner", "embassy paris", "[\"IR\"]", 11

-- a common tag, along the dates
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE +EXISTS (SELECT 1 FROM tagged g1 WHERE g1.cable = c.id AND g1.created = c.created AND g1.tag IN (SELECT id FROM tag WHERE code IN (SELECT value FROM json_each(?))))
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "[\"PREL\",\"PGOV\"]", 11

-- the mission, below Paris
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.origin = ?
  AND +EXISTS (SELECT 1 FROM tagged g1 WHERE g1.cable = c.id AND g1.created = c.created AND g1.tag IN (SELECT id FROM tag WHERE code IN (SELECT value FROM json_each(?))))
  AND +EXISTS (SELECT 1 FROM mention m2 WHERE m2.cable = c.id AND m2.first = 1 AND m2.created = c.created AND m2.person IN (SELECT h3.id FROM person h3 WHERE h3.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 3)))
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- (the node above), "[\"IR\"]", "bernard kouchner", 11

-- the mission, below Paris, from the person
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE +c.origin = ?
  AND c.id IN (SELECT m2.cable AS id FROM mention m2 WHERE m2.person IN (SELECT h3.id FROM person h3 WHERE h3.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 3)))
  AND +EXISTS (SELECT 1 FROM tagged g1 WHERE g1.cable = c.id AND g1.created = c.created AND g1.tag IN (SELECT id FROM tag WHERE code IN (SELECT value FROM json_each(?))))
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- (the node above), "bernard kouchner", "[\"IR\"]", 11

-- cables received, with a tag
SELECT c.id, e.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM sent_to e JOIN cable c ON c.id = e.cable
WHERE e.post = ?
  AND e.first = 1
  AND +EXISTS (SELECT 1 FROM tagged g1 WHERE g1.cable = c.id AND g1.created = e.created AND g1.tag IN (SELECT id FROM tag WHERE code IN (SELECT value FROM json_each(?))))
  AND +EXISTS (SELECT 1 FROM mention m2 WHERE m2.cable = c.id AND m2.first = 1 AND m2.created = e.created AND m2.person IN (SELECT h3.id FROM person h3 WHERE h3.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 3)))
ORDER BY e.created DESC, c.reference
LIMIT ?;
-- (the node above), "[\"IR\"]", "bernard kouchner", 11

-- ten newest cables of a person
SELECT k.*, n.role, n.rule, n.confidence
FROM (SELECT c.id, e.created AS o0, c.reference AS o1, e.cable AS cable, e.position AS position, e.count AS v2, c.reference AS v3, c.published AS v4
FROM mention e JOIN cable c ON c.id = e.cable
WHERE e.person = ?
  AND e.first = 1
ORDER BY e.created DESC, c.reference
LIMIT ?) k LEFT JOIN cable_text x ON x.id = k.id JOIN naming n ON n.cable = k.cable AND n.position = k.position
ORDER BY k.o0 DESC, k.o1;
-- (the node above), 11

-- ten newest cables of a person in a year
SELECT k.*, n.role, n.rule, n.confidence
FROM (SELECT c.id, e.created AS o0, c.reference AS o1, e.cable AS cable, e.position AS position, e.count AS v2, c.reference AS v3, c.published AS v4
FROM mention e JOIN cable c ON c.id = e.cable
WHERE e.person = ?
  AND e.first = 1
  AND (e.created >= ? AND e.created < ?)
ORDER BY e.created DESC, c.reference
LIMIT ?) k LEFT JOIN cable_text x ON x.id = k.id JOIN naming n ON n.cable = k.cable AND n.position = k.position
ORDER BY k.o0 DESC, k.o1;
-- (the node above), 20512800, 1099511627776, 11

-- cables of a tag
SELECT c.id, e.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM tagged e JOIN cable c ON c.id = e.cable
WHERE e.tag = ?
ORDER BY e.created DESC, c.reference
LIMIT ?;
-- (the node above), 11

-- full text
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH ?)
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "((\"nuclear\" OR \"nuclear's\") AND (\"expanded meeting\" OR \"expanded meeting's\") NOT ((\"fuel\" OR \"fuel's\")))", 11

-- full text, along the dates
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE +c.id IN (SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH ?)
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "((\"nuclear\" OR \"nuclear's\"))", 11

-- full text, the best first
SELECT c.id, q.score AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1, q.score AS v2
FROM cable c JOIN (SELECT rowid AS id, CAST(-1000000000 * bm25(cable_fts, 4.0, 1.0) AS INTEGER) AS score FROM cable_fts WHERE cable_fts MATCH ?) q ON q.id = c.id
WHERE c.id IN (SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH ?)
ORDER BY q.score DESC, c.reference
LIMIT ?;
-- "((\"uranium\" OR \"uranium's\") AND (\"enrichment\" OR \"enrichment's\"))", "((\"uranium\" OR \"uranium's\") AND (\"enrichment\" OR \"enrichment's\"))", 11

SELECT c.id
FROM cable c
WHERE c.id IN (SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH ?);
-- "((\"uranium\" OR \"uranium's\") AND (\"enrichment\" OR \"enrichment's\"))"

-- full text of a person's cables, the best first
SELECT k.*, n.role, n.rule, n.confidence
FROM (SELECT c.id, q.score AS o0, c.reference AS o1, e.cable AS cable, e.position AS position, e.count AS v2, c.reference AS v3, c.published AS v4, q.score AS v5
FROM mention e JOIN cable c ON c.id = e.cable JOIN (SELECT rowid AS id, CAST(-1000000000 * bm25(cable_fts, 4.0, 1.0) AS INTEGER) AS score FROM cable_fts WHERE cable_fts MATCH ?) q ON q.id = c.id
WHERE e.person = ?
  AND e.first = 1
  AND +c.id IN (SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH ?)
ORDER BY q.score DESC, c.reference
LIMIT ?) k LEFT JOIN cable_text x ON x.id = k.id JOIN naming n ON n.cable = k.cable AND n.position = k.position
ORDER BY k.o0 DESC, k.o1;
-- "{body} : (((\"uranium\" OR \"uranium's\")))", (the node above), "{body} : (((\"uranium\" OR \"uranium's\")))", 11

-- either of two
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT id FROM (SELECT m2.cable AS id FROM mention m2 WHERE m2.person IN (SELECT h3.id FROM person h3 WHERE h3.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 3))) UNION SELECT id FROM (SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH ?))
  AND ((+EXISTS (SELECT 1 FROM tagged g1 WHERE g1.cable = c.id AND g1.created = c.created AND g1.tag IN (SELECT id FROM tag WHERE code IN (SELECT value FROM json_each(?)))) AND +EXISTS (SELECT 1 FROM mention m2 WHERE m2.cable = c.id AND m2.first = 1 AND m2.created = c.created AND m2.person IN (SELECT h3.id FROM person h3 WHERE h3.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 3)))) OR +c.id IN (SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH ?))
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "bernard kouchner", "((\"uranium\" OR \"uranium's\"))", "[\"IR\"]", "bernard kouchner", "((\"uranium\" OR \"uranium's\"))", 11

-- people by part of a name
SELECT h.id, h.name AS o0, h.slug AS o1, h.slug AS v0, h.name AS v1
FROM person h
WHERE h.id IN (SELECT node AS id FROM name_fts JOIN name ON name.id = name_fts.rowid WHERE name_fts MATCH ? AND kind = 3)
ORDER BY h.name, h.slug
LIMIT ?;
-- "\"bern\" AND \"kou\" *", 11

-- the start of a name in few names, most cables first
SELECT h.id, h.cables AS o0, h.slug AS o1, h.slug AS v0, h.name AS v1
FROM person h
WHERE h.id IN (SELECT node AS id FROM name_fts JOIN name ON name.id = name_fts.rowid WHERE name_fts MATCH ? AND kind = 3)
ORDER BY h.cables DESC, h.slug
LIMIT ?;
-- "\"kouch\" *", 11

-- the start of a name in many names, most cables first
SELECT h.id, h.cables AS o0, h.slug AS o1, h.slug AS v0, h.name AS v1
FROM person h
WHERE EXISTS (SELECT 1 FROM name WHERE node = h.id AND kind = 3 AND instr(' ' || key || ' ', ?) > 0)
ORDER BY h.cables DESC, h.slug
LIMIT ?;
-- " a", 11

-- the start of a subject's word, most cited first
SELECT c.id, (SELECT COUNT(*) FROM citation WHERE cited = c.id) AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH ?)
ORDER BY (SELECT COUNT(*) FROM citation WHERE cited = c.id) DESC, c.reference
LIMIT ?;
-- "{subject} : (((\"iran\" OR \"iran's\") AND \"nuc\" *))", 11

-- the start of a reference, most cited first
SELECT c.id, (SELECT COUNT(*) FROM citation WHERE cited = c.id) AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT id FROM cable WHERE reference >= ? AND reference < ?)
ORDER BY (SELECT COUNT(*) FROM citation WHERE cited = c.id) DESC, c.reference
LIMIT ?;
-- "09STATE", "09STATE\U0010ffff", 11

-- people by number of cables
SELECT h.id, h.cables AS o0, h.slug AS o1, h.slug AS v0, h.name AS v1
FROM person h
ORDER BY h.cables DESC, h.slug
LIMIT ?;
-- 11

-- everything of a cable
SELECT k.*, x.text, (SELECT json_group_array(json_object('file', file, 'member', member, 'offset', start, 'sha256', sha256, 'reference', reference)) FROM source WHERE cable = k.id)
FROM (SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1, c.subject AS v2, c.created AS v3, c.released AS v4, c.label AS v5, c.level AS v6, c.caveats AS v7
FROM cable c
ORDER BY c.created DESC, c.reference
LIMIT ?) k LEFT JOIN cable_text x ON x.id = k.id
ORDER BY k.o0 DESC, k.o1;
-- 11

-- people of a cable
SELECT k.*, n.role, n.rule, n.confidence, n.forms, n.titles, n.countries, n.paragraphs, n.spans, (SELECT IFNULL(MIN(created), -1035593280) FROM mention WHERE person = k.id AND first = 1 AND created > -1035593280), (SELECT IFNULL(MAX(created), -1035593280) FROM mention WHERE person = k.id AND first = 1 AND created > -1035593280)
FROM (SELECT h.id, e.count AS o0, h.slug AS o1, e.cable AS cable, e.position AS position, e.count AS v2, h.slug AS v3, h.name AS v4, h.aliases AS v5, h.titles AS v6, h.because AS v7, h.offices AS v8, h.other_slugs AS v9
FROM mention e JOIN person h ON h.id = e.person
WHERE e.cable = ?
  AND e.first = 1
ORDER BY e.count DESC, h.slug
LIMIT ?) k JOIN naming n ON n.cable = k.cable AND n.position = k.position
ORDER BY k.o0 DESC, k.o1;
-- (the node above), 11

-- sure mentions of a cable
SELECT k.*, n.role, n.rule, n.confidence
FROM (SELECT h.id, e.count AS o0, h.slug AS o1, e.cable AS cable, e.position AS position, e.count AS v2, h.slug AS v3, h.name AS v4
FROM mention e JOIN person h ON h.id = e.person
WHERE e.cable = ?
  AND e.first = 1
  AND e.confidence >= ?
ORDER BY e.count DESC, h.slug
LIMIT ?) k JOIN naming n ON n.cable = k.cable AND n.position = k.position
ORDER BY k.o0 DESC, k.o1;
-- (the node above), 0.7, 11

-- cables that surely mention a person
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT m1.cable AS id FROM mention m1 WHERE m1.person IN (SELECT h2.id FROM person h2 WHERE h2.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 3)) AND m1.confidence >= ?)
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "kouchner", 0.7, 11

-- cables with a paragraph so marked, along the dates
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE (instr(c.marks, ?) > 0 OR instr(c.marks, ?) > 0)
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "-S/SNF/-", "-S-", 11

-- cables that name a person in a paragraph so marked
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT m1.cable AS id FROM mention m1 WHERE m1.person IN (SELECT h2.id FROM person h2 WHERE h2.id IN (SELECT node AS id FROM name WHERE key = ? AND kind = 3)) AND (instr(m1.marks, ?) > 0 OR instr(m1.marks, ?) > 0))
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- "kouchner", "-S/SNF/-", "-S-", 11

-- cables that name a person in a paragraph so marked, below the person
SELECT k.*, n.role, n.rule, n.confidence
FROM (SELECT c.id, e.created AS o0, c.reference AS o1, e.cable AS cable, e.position AS position, e.count AS v2, c.reference AS v3, c.published AS v4
FROM mention e JOIN cable c ON c.id = e.cable
WHERE e.person = ?
  AND e.first = 1
  AND (instr(e.marks, ?) > 0 OR instr(e.marks, ?) > 0)
ORDER BY e.created DESC, c.reference
LIMIT ?) k LEFT JOIN cable_text x ON x.id = k.id JOIN naming n ON n.cable = k.cable AND n.position = k.position
ORDER BY k.o0 DESC, k.o1;
-- (the node above), "-S/SNF/-", "-S-", 11

-- origin of a cable
SELECT p.id, p.slug AS o0, p.slug AS v0, p.name AS v1, p.kind AS v2
FROM cable e JOIN post p ON p.id = e.origin
WHERE e.id = ?
ORDER BY p.slug
LIMIT ?;
-- (the node above), 1

-- signer of a cable
SELECT h.id, h.slug AS o0, h.slug AS v0, h.name AS v1
FROM mention e JOIN person h ON h.id = e.person
WHERE e.cable = ?
  AND e.signer = 1
ORDER BY h.slug
LIMIT ?;
-- (the node above), 1

-- recipients of a cable
SELECT p.id, e.position AS o0, p.slug AS o1, e.action AS v0, e.precedence AS v1, e.written AS v2, p.slug AS v3, p.name AS v4, p.kind AS v5
FROM sent_to e JOIN post p ON p.id = e.post
WHERE e.cable = ?
  AND e.first = 1
ORDER BY e.position, p.slug
LIMIT ?;
-- (the node above), 11

-- references of a cable
SELECT c.id, e.position AS o0, c.reference AS o1, e.label AS v0, e.written AS v1, c.reference AS v2, c.published AS v3
FROM citation e JOIN cable c ON c.id = e.cited
WHERE e.citing = ?
ORDER BY e.position, c.reference
LIMIT ?;
-- (the node above), 11

-- cables that cite a cable
SELECT c.id, c.created AS o0, c.reference AS o1, e.label AS v0, e.written AS v1, c.reference AS v2, c.published AS v3
FROM citation e JOIN cable c ON c.id = e.citing
WHERE e.cited = ?
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- (the node above), 11

-- cables related to a cable
SELECT c.id, e.weight AS o0, c.reference AS o1, e.weight AS v0, c.reference AS v1, c.published AS v2
FROM (SELECT value ->> 0 AS node, value ->> 1 AS weight FROM json_each(?)) e JOIN cable c ON c.id = e.node
ORDER BY e.weight DESC, c.reference
LIMIT ?;
-- "[[1,2]]", 11

SELECT b.cable AS node, 2 FROM mention a JOIN mention b ON b.person = a.person AND b.first = 1 WHERE a.cable = ? AND a.first = 1 AND b.cable <> ? UNION ALL SELECT b.cable, 1 FROM tagged a JOIN tagged b ON b.tag = a.tag WHERE a.cable = ? AND b.cable <> ? UNION ALL SELECT c.id, 5 FROM cable c WHERE c.id IN (SELECT cited FROM citation WHERE citing = ? UNION SELECT citing FROM citation WHERE cited = ?) AND c.published = 1 AND c.id <> ?;
-- (the node above), (the node above), (the node above), (the node above), (the node above), (the node above), (the node above)

-- people mentioned with a person
SELECT h.id, e.weight AS o0, h.slug AS o1, e.weight AS v0, h.slug AS v1, h.name AS v2
FROM (SELECT value ->> 0 AS node, value ->> 1 AS weight FROM json_each(?)) e JOIN person h ON h.id = e.node
ORDER BY e.weight DESC, h.slug
LIMIT ?;
-- "[[1,2]]", 11

SELECT b.person AS node FROM mention a JOIN mention b ON b.cable = a.cable AND b.person <> a.person WHERE a.person = ? AND a.first = 1 AND b.first = 1 AND 1;
-- (the node above)

-- people by slug, and other slugs
SELECT h.id, h.name AS o0, h.slug AS o1, h.slug AS v0, h.name AS v1
FROM person h
WHERE h.id IN (SELECT id FROM person WHERE slug IN (SELECT value FROM json_each(?)) UNION SELECT person FROM person_key WHERE key IN (SELECT 'person:' || value FROM json_each(?)))
ORDER BY h.name, h.slug
LIMIT ?;
-- "[\"bernard-kouchner\"]", "[\"bernard-kouchner\"]", 11

-- people by title and country
SELECT h.id, h.name AS o0, h.slug AS o1, h.slug AS v0, h.name AS v1
FROM person h
WHERE h.id IN (SELECT person AS id FROM person_key WHERE key = ?)
ORDER BY h.name, h.slug
LIMIT ?;
-- "foreign minister|france", 11

-- whom a surname could mean
SELECT h.id, h.cables AS o0, h.slug AS o1, h.slug AS v0, h.name AS v1
FROM person e JOIN person h ON h.surname = e.surname AND h.alone = 0
WHERE e.id = ? AND e.alone = 1
ORDER BY h.cables DESC, h.slug
LIMIT ?;
-- (the node above), 11

-- people of a post's cables in a year
SELECT h.id, e.weight AS o0, h.slug AS o1, e.weight AS v0, h.slug AS v1, h.name AS v2
FROM (SELECT value ->> 0 AS node, value ->> 1 AS weight FROM json_each(?)) e JOIN person h ON h.id = e.node
ORDER BY e.weight DESC, h.slug
LIMIT ?;
-- "[[1,2]]", 11

SELECT a.person AS node FROM cable w JOIN mention a ON a.cable = w.id WHERE w.origin = ? AND a.first = 1 AND EXISTS (SELECT 1 FROM cable c1 WHERE c1.id = a.cable AND (c1.created >= ? AND c1.created < ?));
-- (the node above), 20512800, 1099511627776

-- correspondents of a post
SELECT p.id, e.weight AS o0, p.slug AS o1, e.weight AS v0, p.slug AS v1, p.name AS v2, p.kind AS v3
FROM (SELECT value ->> 0 AS node, value ->> 1 AS weight FROM json_each(?)) e JOIN post p ON p.id = e.node
ORDER BY e.weight DESC, p.slug
LIMIT ?;
-- "[[1,2]]", 11

SELECT s.post AS node FROM cable w JOIN sent_to s ON s.cable = w.id WHERE w.origin = ? AND s.post <> w.origin AND s.first = 1 AND 1 UNION ALL SELECT w.origin AS node FROM sent_to s JOIN cable w ON w.id = s.cable WHERE s.post = ? AND s.first = 1 AND w.origin NOT IN (0, s.post) AND 1;
-- (the node above), (the node above)

-- cables that two people share
SELECT c.id, c.created AS o0, c.reference AS o1, c.reference AS v0, c.published AS v1
FROM cable c
WHERE c.id IN (SELECT a.cable FROM mention a JOIN mention b ON b.cable = a.cable WHERE a.person = ? AND +b.person = ?)
ORDER BY c.created DESC, c.reference
LIMIT ?;
-- (the node above that), (the node above), 11

