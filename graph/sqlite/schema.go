package sqlite

import "github.com/cablegraph/cablegraph/graph"

// The file says what it is in its header: whose it is ("Cabl") and which form
// of the schema it has.
const (
	applicationID = 0x4361626C
	schemaVersion = 7
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
  version    INTEGER NOT NULL,          -- write transactions so far
  generation INTEGER NOT NULL,          -- calls of Write so far
  loaded     INTEGER NOT NULL,          -- end of the last load, nanoseconds since 1970; 0: never
  stage      INTEGER NOT NULL,          -- of filling, see fill.go; 0: none
  corrections TEXT NOT NULL             -- of who is who, by people
);
INSERT INTO meta VALUES (1, 0, 0, 0, 0, '');

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
  caveats   TEXT    NOT NULL,           -- JSON list
  marks     TEXT    NOT NULL,           -- of its paragraphs, see graph.Record.Marks
  written   INTEGER NOT NULL            -- generation of the Write that put the text in; 0: there is none
);
CREATE INDEX cable_written ON cable (written, reference) WHERE written > 0;

CREATE TABLE cable_text (               -- of published cables
  id          INTEGER PRIMARY KEY,
  hash        TEXT NOT NULL,
  subject_key TEXT NOT NULL,            -- folded
  text        BLOB NOT NULL             -- header, body and what else is long, see pack.go
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
-- A batch's words are gathered in up to 16 MiB before they go to the index: fewer
-- parts to merge. usermerge is for the merging while a store is filled.
CREATE VIRTUAL TABLE cable_fts USING ` + wordIndex + `;
INSERT INTO cable_fts (cable_fts, rank) VALUES ('hashsize', 16777216), ('usermerge', 16);

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

CREATE TABLE person (
  id      INTEGER PRIMARY KEY,
  slug    TEXT    NOT NULL UNIQUE,
  name    TEXT    NOT NULL,
  surname TEXT    NOT NULL,
  aliases TEXT    NOT NULL,             -- JSON list
  titles  TEXT    NOT NULL,             -- JSON list
  tag     TEXT    NOT NULL,             -- code, or empty
  alone   INTEGER NOT NULL,             -- 1: no cable gives more than the surname
  because TEXT    NOT NULL,             -- JSON list
  offices TEXT    NOT NULL,             -- JSON list
  other_slugs TEXT NOT NULL,            -- JSON list
  cables  INTEGER NOT NULL DEFAULT 0    -- that mention the person
);

CREATE TABLE person_key (
  key    TEXT    NOT NULL,              -- see graph.Person.Keys
  person INTEGER NOT NULL,
  PRIMARY KEY (key, person)
) WITHOUT ROWID;

CREATE TABLE tag (
  id     INTEGER PRIMARY KEY,
  code   TEXT    NOT NULL UNIQUE,
  name   TEXT    NOT NULL,
  kind   TEXT    NOT NULL,
  cables INTEGER NOT NULL DEFAULT 0     -- that bear it
);

-- Every folded name of a post (kind 2), person (3) and tag (4): whole in name,
-- by its words in name_fts, whose rows have the same ids.
CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  key  TEXT    NOT NULL,
  node INTEGER NOT NULL
);
CREATE VIRTUAL TABLE name_fts USING fts5 (key, content='', contentless_delete=1, tokenize='ascii', detail=none, prefix='1 2');

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

CREATE TABLE tagged (
  cable    INTEGER NOT NULL,
  position INTEGER NOT NULL,
  tag      INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  PRIMARY KEY (cable, position)
) WITHOUT ROWID;

CREATE TABLE citation (
  citing   INTEGER NOT NULL,
  position INTEGER NOT NULL,
  cited    INTEGER NOT NULL,
  label    TEXT    NOT NULL,
  written  TEXT    NOT NULL,
  PRIMARY KEY (citing, position)
) WITHOUT ROWID;

-- Namings: what cables say of people, with the evidence.
CREATE TABLE naming (
  cable      INTEGER NOT NULL,
  position   INTEGER NOT NULL,
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
  countries  TEXT    NOT NULL,          -- JSON list, of the titles
  paragraphs TEXT    NOT NULL,          -- JSON list
  marks      TEXT    NOT NULL,          -- of the paragraphs with a span, see graph.Record.Marks
  spans      TEXT    NOT NULL,          -- JSON list, see graph.EncodeSpans
  PRIMARY KEY (cable, position)
) WITHOUT ROWID;

-- Whom each naming leads to. It stands apart from the evidence because settling
-- writes it anew: few pages, and lists of people read few too.
CREATE TABLE mention (
  cable      INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  person     INTEGER NOT NULL,
  first      INTEGER NOT NULL,
  created    INTEGER NOT NULL,
  signer     INTEGER NOT NULL,          -- these five as in naming
  classifier INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  confidence REAL    NOT NULL,
  marks      TEXT    NOT NULL,
  PRIMARY KEY (cable, position)
) WITHOUT ROWID;
CREATE TABLE lead (                     -- mentions in the order in which they were settled, while a store is filled
  cable      INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  person     INTEGER NOT NULL,
  created    INTEGER NOT NULL,
  signer     INTEGER NOT NULL,
  classifier INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  confidence REAL    NOT NULL,
  marks      TEXT    NOT NULL
);

-- Surnames with namings that were written since they were last settled.
CREATE TABLE unsettled (
  surname    TEXT PRIMARY KEY,
  generation INTEGER NOT NULL           -- of the last Write
) WITHOUT ROWID;
`

// index is an index over a table, with its columns.
type index struct{ name, over string }

// indexes are those that a store is filled without: built at the end they cost
// a sort each, where kept up to date they cost a page for each row, and more the
// larger the store.
var indexes = []index{
	{"cable_created", "cable (created, reference)"},
	{"cable_released", "cable (released, reference)"},
	{"cable_level", "cable (level, reference)"},
	{"cable_origin", "cable (origin, created)"},
	{"post_name", "post (name, slug)"},
	{"post_cables", "post (cables, slug)"},
	{"person_name", "person (name, slug)"},
	{"person_surname", "person (surname)"},
	{"person_cables", "person (cables, slug)"},
	{"person_key_person", "person_key (person)"},
	{"tag_cables", "tag (cables, code)"},
	{"name_key", "name (key, kind, node)"},
	{"name_node", "name (node, kind)"},
	{"sent_to_post", "sent_to (post, first, created)"},
	{"tagged_tag", "tagged (tag, created)"},
	{"citation_cited", "citation (cited)"},
	{"mention_person", "mention (person, first, created, count, marks)"},
	{"mention_signer", "mention (person, created) WHERE signer = 1"},
	{"mention_classifier", "mention (person, created) WHERE classifier = 1"},
	{"naming_surname", "naming (surname)"},
}

// namingsBySurname has all of a naming that who-is-who looks at, so that the
// namings of a surname lie together. It is there only while a store is settled in bulk.
var namingsBySurname = index{"naming_settling", "naming (surname, cable, position, name, forms, titles, countries, role, count, tag, signer, classifier, confidence, marks)"}

// create is the statement that makes the index where it is not there.
func (i index) create() string { return "CREATE INDEX IF NOT EXISTS " + i.name + " ON " + i.over }

// wordIndex is the full-text index. Its texts are graph.Words' results, so all that is
// left to do for the tokenizer is to cut at blanks.
const wordIndex = `fts5 (subject, body, content='', contentless_delete=1, tokenize="ascii tokenchars '.:,;_'''")`

// noMinute is graph.NoMinute, an unknown date, as the texts of statements write it.
const noMinute = "-1035593280"

// level is the column for a classification.
func level(c *graph.Classification) graph.Level {
	if c == nil {
		return graph.LevelUnknown
	}
	return c.Level
}
