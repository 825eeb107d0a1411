package sqlite

import "github.com/cablegraph/cablegraph/graph"

// The file says what it is in its header: whose it is ("Cabl") and which form
// of the schema it has.
const (
	applicationID = 0x4361626C
	schemaVersion = 2
)

// The kinds of node as the table name keeps them.
const (
	nameOfPost   = 2
	nameOfPerson = 3
	nameOfTag    = 4
)

// schema is the graph in tables. Ids are row numbers and never leave this
// package. Times are minutes (graph.Minute), lists are JSON. Nothing is NULL:
// 0 stands for no node, so that NOT means what it says.
//
// An edge's table has the cable's date beside it where lists walk it by date:
// "the ten newest cables of a person" reads ten entries of mention_person, not
// all of the person's cables.
const schema = `
CREATE TABLE meta (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,          -- calls of Write so far
  loaded     INTEGER NOT NULL           -- end of the last load, nanoseconds since 1970; 0: never
);
INSERT INTO meta VALUES (1, 0, 0);

-- Cables. What lists show and filters ask stands here; the long texts stand in
-- cable_text, so that a list of subjects never reads a body.
CREATE TABLE cable (
  id        INTEGER PRIMARY KEY,
  reference TEXT    NOT NULL UNIQUE,
  published INTEGER NOT NULL,
  created   INTEGER NOT NULL,
  released  INTEGER NOT NULL,
  level     INTEGER NOT NULL,           -- -1: not classified
  origin    INTEGER NOT NULL,           -- post, or 0
  subject   TEXT    NOT NULL,
  label     TEXT    NOT NULL,           -- classification as published
  caveats   TEXT    NOT NULL            -- JSON list
);
CREATE INDEX cable_created  ON cable (created, reference);
CREATE INDEX cable_released ON cable (released, reference);
CREATE INDEX cable_level    ON cable (level, reference);
CREATE INDEX cable_origin   ON cable (origin, created);

CREATE TABLE cable_text (               -- of published cables
  id               INTEGER PRIMARY KEY,
  hash             TEXT NOT NULL,
  subject_key      TEXT NOT NULL,       -- folded
  other_references TEXT NOT NULL,       -- JSON list
  paragraphs       TEXT NOT NULL,       -- JSON list
  summary          TEXT NOT NULL,
  header           TEXT NOT NULL,
  body             TEXT NOT NULL
);
CREATE TABLE source (                   -- where a cable's text came from
  cable  INTEGER NOT NULL,
  file   TEXT    NOT NULL,
  member TEXT    NOT NULL,
  start  INTEGER NOT NULL,              -- bytes into the file or member
  sha256 TEXT    NOT NULL,
  reference TEXT NOT NULL,              -- the id that the document has, where it is another; or empty
  PRIMARY KEY (cable, file, member, start, sha256)
) WITHOUT ROWID;
CREATE INDEX source_reference ON source (reference) WHERE reference <> '';

CREATE TABLE mark (                     -- loads that were not ended yet
  load      TEXT PRIMARY KEY,
  documents INTEGER NOT NULL,
  digest    TEXT NOT NULL
) WITHOUT ROWID;
-- Folded already, so all that is left to do for the tokenizer is to cut at blanks.
CREATE VIRTUAL TABLE cable_fts USING fts5 (subject, body, content='', contentless_delete=1, tokenize='ascii');
-- A batch's words are gathered in up to 16 MiB before they go to the index: fewer parts to merge.
INSERT INTO cable_fts (cable_fts, rank) VALUES ('hashsize', 16777216);

CREATE TABLE post (
  id      INTEGER PRIMARY KEY,
  slug    TEXT    NOT NULL UNIQUE,
  name    TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  city    TEXT    NOT NULL,
  country TEXT    NOT NULL,
  city_key    TEXT NOT NULL,            -- folded
  country_key TEXT NOT NULL,            -- folded
  aliases TEXT    NOT NULL,             -- JSON list
  cables  INTEGER NOT NULL DEFAULT 0    -- sent by it
);
CREATE INDEX post_name   ON post (name, slug);
CREATE INDEX post_cables ON post (cables, slug);

CREATE TABLE person (
  id      INTEGER PRIMARY KEY,
  slug    TEXT    NOT NULL UNIQUE,
  name    TEXT    NOT NULL,
  surname TEXT    NOT NULL,
  aliases TEXT    NOT NULL,             -- JSON list
  titles  TEXT    NOT NULL,             -- JSON list
  tag     TEXT    NOT NULL,             -- code, or empty
  cables  INTEGER NOT NULL DEFAULT 0    -- that mention the person
);
CREATE INDEX person_name    ON person (name, slug);
CREATE INDEX person_surname ON person (surname);
CREATE INDEX person_cables  ON person (cables, slug);

CREATE TABLE person_title (
  key    TEXT    NOT NULL,              -- graph.NormalTitle
  person INTEGER NOT NULL,
  PRIMARY KEY (key, person)
) WITHOUT ROWID;
CREATE INDEX person_title_person ON person_title (person);

CREATE TABLE tag (
  id     INTEGER PRIMARY KEY,
  code   TEXT    NOT NULL UNIQUE,
  name   TEXT    NOT NULL,
  kind   TEXT    NOT NULL,
  cables INTEGER NOT NULL DEFAULT 0     -- that bear it
);
CREATE INDEX tag_cables ON tag (cables, code);

-- Every folded name of a post (kind 2), person (3) and tag (4): whole in name,
-- by its words in name_fts, whose rows have the same ids.
CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  key  TEXT    NOT NULL,
  node INTEGER NOT NULL
);
CREATE INDEX name_key  ON name (key, kind, node);
CREATE INDEX name_node ON name (node, kind);
CREATE VIRTUAL TABLE name_fts USING fts5 (key, content='', contentless_delete=1, tokenize='ascii', detail=none);

-- Edges from a cable, in the order in which the cable lists them. first is 1
-- where the node stands in the cable's list for the first time.
CREATE TABLE sent_to (
  cable      INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  post       INTEGER NOT NULL,
  created    INTEGER NOT NULL,
  first      INTEGER NOT NULL,
  action     INTEGER NOT NULL,
  precedence TEXT    NOT NULL,
  written    TEXT    NOT NULL,          -- the name as written
  PRIMARY KEY (cable, position)
) WITHOUT ROWID;
CREATE INDEX sent_to_post ON sent_to (post, first, created);

CREATE TABLE tagged (
  cable    INTEGER NOT NULL,
  position INTEGER NOT NULL,
  tag      INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  PRIMARY KEY (cable, position)
) WITHOUT ROWID;
CREATE INDEX tagged_tag ON tagged (tag, created);

CREATE TABLE citation (
  citing   INTEGER NOT NULL,
  position INTEGER NOT NULL,
  cited    INTEGER NOT NULL,
  label    TEXT    NOT NULL,
  written  TEXT    NOT NULL,
  PRIMARY KEY (citing, position)
) WITHOUT ROWID;
CREATE INDEX citation_cited ON citation (cited);

-- Namings, each with the person that it leads to.
CREATE TABLE mention (
  cable      INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  person     INTEGER NOT NULL,
  first      INTEGER NOT NULL,
  created    INTEGER NOT NULL,
  signer     INTEGER NOT NULL,          -- 1: this is the cable's signer
  classifier INTEGER NOT NULL,          -- 1: this is the cable's classifier
  count      INTEGER NOT NULL,
  name       TEXT    NOT NULL,
  surname    TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  rule       TEXT    NOT NULL,
  confidence REAL    NOT NULL,
  tag        TEXT    NOT NULL,
  signed     TEXT    NOT NULL,          -- the signature as written, or empty
  classified TEXT    NOT NULL,          -- the classified-by line, or empty
  forms      TEXT    NOT NULL,          -- JSON list
  titles     TEXT    NOT NULL,          -- JSON list
  paragraphs TEXT    NOT NULL,          -- JSON list
  spans      TEXT    NOT NULL,          -- JSON list, see graph.EncodeSpans
  PRIMARY KEY (cable, position)
) WITHOUT ROWID;
CREATE INDEX mention_cable      ON mention (cable, person, first);
CREATE INDEX mention_person     ON mention (person, first, created);
CREATE INDEX mention_signer     ON mention (person, created) WHERE signer = 1;
CREATE INDEX mention_classifier ON mention (person, created) WHERE classifier = 1;
CREATE INDEX mention_surname    ON mention (surname);

-- Surnames with namings that were written since they were last settled.
CREATE TABLE unsettled (
  surname    TEXT PRIMARY KEY,
  generation INTEGER NOT NULL           -- of the last Write
) WITHOUT ROWID;
`

// noMinute is graph.NoMinute, an unknown date, as the texts of statements write it.
const noMinute = "-1035593280"

// level is the column for a classification.
func level(c *graph.Classification) graph.Level {
	if c == nil {
		return graph.LevelUnknown
	}
	return c.Level
}
