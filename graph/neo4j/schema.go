package neo4j

import (
	"context"
	"fmt"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/cablegraph/cablegraph/graph"
)

// The full-text indexes. Their texts are folded already (graph.Fold), so that
// the analyzer has only blanks to cut at.
const (
	cableIndex = "cableText"
	nameIndex  = "nameText"
)

// constraints are the keys: name → statement.
var constraints = []struct{ name, statement string }{
	{"cableReference", "CREATE CONSTRAINT cableReference IF NOT EXISTS FOR (c:Cable) REQUIRE c.reference IS UNIQUE"},
	{"postSlug", "CREATE CONSTRAINT postSlug IF NOT EXISTS FOR (p:Post) REQUIRE p.slug IS UNIQUE"},
	{"personSlug", "CREATE CONSTRAINT personSlug IF NOT EXISTS FOR (p:Person) REQUIRE p.slug IS UNIQUE"},
	{"tagCode", "CREATE CONSTRAINT tagCode IF NOT EXISTS FOR (t:Tag) REQUIRE t.code IS UNIQUE"},
	{"nameKey", "CREATE CONSTRAINT nameKey IF NOT EXISTS FOR (n:Name) REQUIRE n.key IS UNIQUE"},
	{"keyKey", "CREATE CONSTRAINT keyKey IF NOT EXISTS FOR (k:Key) REQUIRE k.key IS UNIQUE"},
	{"slipReference", "CREATE CONSTRAINT slipReference IF NOT EXISTS FOR (s:Slip) REQUIRE s.reference IS UNIQUE"},
	{"outdatedReference", "CREATE CONSTRAINT outdatedReference IF NOT EXISTS FOR (o:Outdated) REQUIRE o.reference IS UNIQUE"},
	{"surnameKey", "CREATE CONSTRAINT surnameKey IF NOT EXISTS FOR (s:Surname) REQUIRE s.surname IS UNIQUE"},
	{"metaKey", "CREATE CONSTRAINT metaKey IF NOT EXISTS FOR (m:Meta) REQUIRE m.key IS UNIQUE"},
}

// loadIndexes serve loading too, and those who watch it.
var loadIndexes = []struct{ name, statement string }{
	{"cableWritten", "CREATE INDEX cableWritten IF NOT EXISTS FOR (c:Cable) ON (c.written)"},
	{"personTag", "CREATE INDEX personTag IF NOT EXISTS FOR (p:Person) ON (p.tag)"},
	{"personSurname", "CREATE INDEX personSurname IF NOT EXISTS FOR (p:Person) ON (p.surname)"},
	{"surnameUnsettled", "CREATE INDEX surnameUnsettled IF NOT EXISTS FOR (s:Surname) ON (s.unsettled)"},
}

// indexes serve orders, ranges and look-ups that are not by key. While a store
// is being filled they are not there, and neither are the full-text indexes.
var indexes = []struct{ name, statement string }{
	{"cableCreated", "CREATE INDEX cableCreated IF NOT EXISTS FOR (c:Cable) ON (c.createdMinute)"},
	{"cableReleased", "CREATE INDEX cableReleased IF NOT EXISTS FOR (c:Cable) ON (c.releasedMinute)"},
	{"cableLevel", "CREATE INDEX cableLevel IF NOT EXISTS FOR (c:Cable) ON (c.level)"},
	{"postName", "CREATE INDEX postName IF NOT EXISTS FOR (p:Post) ON (p.name)"},
	{"personName", "CREATE INDEX personName IF NOT EXISTS FOR (p:Person) ON (p.name)"},
	{"taggedCreated", "CREATE INDEX taggedCreated IF NOT EXISTS FOR ()-[t:TAGGED]-() ON (t.code, t.createdMinute)"},
	{"mentionSurname", "CREATE INDEX mentionSurname IF NOT EXISTS FOR ()-[m:MENTIONS]-() ON (m.surname)"},
}

// fulltext are the full-text indexes: names are folded already and cut at blanks, a
// cable's texts are cut by Lucene's standard analyzer, as graph.Words does.
var fulltext = []struct {
	name, label, analyzer, statement string
	properties                       []any
}{
	{cableIndex, "Cable", "standard-no-stop-words", "CREATE FULLTEXT INDEX cableText IF NOT EXISTS FOR (c:Cable) ON EACH [c.subjectText, c.body, c.bodyText] " +
		"OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}", []any{"subjectText", "body", "bodyText"}},
	{nameIndex, "Name", "whitespace", "CREATE FULLTEXT INDEX nameText IF NOT EXISTS FOR (n:Name) ON EACH [n.key] " +
		"OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}", []any{"key"}},
}

// indexWait bounds the wait for new indexes over what is there already, in
// seconds: the full text of a whole archive takes some minutes.
const indexWait = 3600

// format is the number of how this package writes a graph; a change of what
// questions rely on has a new one.
const format = 3

// Is the store being filled, and was it written in another format?
const lookAtStore = `OPTIONAL MATCH (m:Meta {key: 'store'})
RETURN m.filling, CASE WHEN m IS NOT NULL THEN coalesce(m.format, 1) END`

// ensureSchema makes what is missing and waits until it can be used. Where
// nothing is missing it writes nothing, so that a read-only user can open a
// store that somebody else made. A graph in another format is an error.
func (s *Store) ensureSchema(ctx context.Context) error {
	rows, err := s.read(ctx, lookAtStore, nil)
	if err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	if len(rows) > 0 && rows[0].Values[1] != nil {
		if written := number(rows[0].Values[1]); written != format {
			return fmt.Errorf("schema: %w: this database has format %d and this program writes %d: load the documents anew, into an empty one", graph.ErrUnavailable, written, format)
		}
	}
	return s.makeSchema(ctx, len(rows) > 0 && rows[0].Values[0] == true, false)
}

// makeSchema makes what is missing; of a store that is being filled only what
// serves that. At the end of a filling it also waits for what was begun before.
func (s *Store) makeSchema(ctx context.Context, filling, filled bool) error {
	have, err := s.schemaNames(ctx)
	if err != nil {
		return err
	}
	var missing []string
	want := func(name, statement string) {
		if !have[name] {
			missing = append(missing, statement)
		}
	}
	for _, list := range [][]struct{ name, statement string }{constraints, loadIndexes} {
		for _, x := range list {
			want(x.name, x.statement)
		}
	}
	if !filling {
		for _, x := range fulltext {
			want(x.name, x.statement)
		}
		for _, x := range indexes {
			want(x.name, x.statement)
		}
	}
	for _, statement := range missing {
		if err := s.change(ctx, statement); err != nil {
			return fmt.Errorf("schema: %w", err)
		}
	}
	if len(missing) == 0 && !filled {
		return nil
	}
	if _, err := s.read(ctx, "CALL db.awaitIndexes($seconds)", map[string]any{"seconds": indexWait}); err != nil {
		return fmt.Errorf("schema: waiting for the indexes: %w", err)
	}
	// Two stores may open an empty database at once; what counts is what came out of it.
	_, err = s.schemaNames(ctx)
	return err
}

// dropIndexes drops what serves questions only.
func (s *Store) dropIndexes(ctx context.Context) error {
	var names []string
	for _, x := range fulltext {
		names = append(names, x.name)
	}
	for _, x := range indexes {
		names = append(names, x.name)
	}
	for _, name := range names {
		if err := s.change(ctx, "DROP INDEX "+name+" IF EXISTS"); err != nil {
			return fmt.Errorf("schema: %w", err)
		}
	}
	return nil
}

// indexTexts begins to make the index of the cables' texts, once: settling
// leaves them alone, and the server has time for both.
func (s *Store) indexTexts(ctx context.Context) error {
	if s.indexing.Swap(true) {
		return nil
	}
	return s.change(ctx, fulltext[0].statement)
}

const searchableIndexes = `SHOW INDEXES YIELD name, type, state
WHERE type = 'FULLTEXT' AND state = 'ONLINE'
RETURN name`

// searchable tells whether the full-text indexes can be asked.
func (s *Store) searchable(ctx context.Context) (bool, error) {
	rows, err := s.read(ctx, searchableIndexes, nil)
	if err != nil {
		return false, err
	}
	online := map[string]bool{}
	for _, row := range rows {
		online[text(row.Values[0])] = true
	}
	return online[cableIndex] && online[nameIndex], nil
}

// schemaNames returns the names of all constraints and indexes. It is an error
// where a full-text index differs from what this store needs: Neo4j would
// silently make none where an equal one exists under another name.
//
//	SHOW INDEXES YIELD name, type, labelsOrTypes, properties, options
func (s *Store) schemaNames(ctx context.Context) (map[string]bool, error) {
	rows, err := s.read(ctx, "SHOW INDEXES YIELD name, type, labelsOrTypes, properties, options", nil)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	have := make(map[string]bool, len(rows))
	for _, row := range rows {
		values := row.AsMap()
		name := text(values["name"])
		have[name] = true
		if values["type"] == "FULLTEXT" {
			if err := checkFulltext(name, values); err != nil {
				return nil, err
			}
		}
	}
	return have, nil
}

func checkFulltext(name string, index map[string]any) error {
	labels, _ := index["labelsOrTypes"].([]any)
	properties, _ := index["properties"].([]any)
	options, _ := index["options"].(map[string]any)
	settings, _ := options["indexConfig"].(map[string]any)
	for _, x := range fulltext {
		same := slices.Equal(labels, []any{x.label}) && slices.Equal(properties, x.properties)
		switch {
		case same && name != x.name:
			return fmt.Errorf("schema: the full-text index %s covers what %s should cover; drop it: DROP INDEX %s", name, x.name, name)
		case name == x.name && !same, name == x.name && settings["fulltext.analyzer"] != x.analyzer:
			return fmt.Errorf("schema: the full-text index %s was made for something else; drop it: DROP INDEX %s", name, name)
		}
	}
	return nil
}

// change runs one statement that changes the schema.
func (s *Store) change(ctx context.Context, statement string) error {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeWrite})
	defer session.Close(ctx)
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		result, err := tx.Run(ctx, statement, nil)
		if err != nil {
			return nil, err
		}
		return result.Consume(ctx)
	}, timeout(ctx, writeTimeout))
	return translate(ctx, err)
}
