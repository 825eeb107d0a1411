package neo4j

import (
	"context"
	"fmt"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
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
	{"surnameKey", "CREATE CONSTRAINT surnameKey IF NOT EXISTS FOR (s:Surname) REQUIRE s.surname IS UNIQUE"},
	{"metaKey", "CREATE CONSTRAINT metaKey IF NOT EXISTS FOR (m:Meta) REQUIRE m.key IS UNIQUE"},
}

// indexes serve orders, ranges and look-ups that are not by key.
var indexes = []struct{ name, statement string }{
	{"cableCreated", "CREATE INDEX cableCreated IF NOT EXISTS FOR (c:Cable) ON (c.createdMinute)"},
	{"cableReleased", "CREATE INDEX cableReleased IF NOT EXISTS FOR (c:Cable) ON (c.releasedMinute)"},
	{"cableLevel", "CREATE INDEX cableLevel IF NOT EXISTS FOR (c:Cable) ON (c.level)"},
	{"postName", "CREATE INDEX postName IF NOT EXISTS FOR (p:Post) ON (p.name)"},
	{"personName", "CREATE INDEX personName IF NOT EXISTS FOR (p:Person) ON (p.name)"},
	{"personTag", "CREATE INDEX personTag IF NOT EXISTS FOR (p:Person) ON (p.tag)"},
	{"personSurname", "CREATE INDEX personSurname IF NOT EXISTS FOR (p:Person) ON (p.surname)"},
	{"surnameUnsettled", "CREATE INDEX surnameUnsettled IF NOT EXISTS FOR (s:Surname) ON (s.unsettled)"},
	{"mentionSurname", "CREATE INDEX mentionSurname IF NOT EXISTS FOR ()-[m:MENTIONS]-() ON (m.surname)"},
}

// fulltext are the full-text indexes, all cut by the whitespace analyzer.
var fulltext = []struct {
	name, label, statement string
	properties             []any
}{
	{cableIndex, "Cable", "CREATE FULLTEXT INDEX cableText IF NOT EXISTS FOR (c:Cable) ON EACH [c.subjectText, c.bodyText] " +
		"OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}", []any{"subjectText", "bodyText"}},
	{nameIndex, "Name", "CREATE FULLTEXT INDEX nameText IF NOT EXISTS FOR (n:Name) ON EACH [n.key] " +
		"OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}", []any{"key"}},
}

// indexWait bounds the wait for new indexes over what is there already, in seconds.
const indexWait = 300

// ensureSchema makes what is missing and waits until it can be used. Where
// nothing is missing it writes nothing, so that a read-only user can open a
// store that somebody else made.
func (s *Store) ensureSchema(ctx context.Context) error {
	have, err := s.schemaNames(ctx)
	if err != nil {
		return err
	}
	var missing []string
	for _, list := range [][]struct{ name, statement string }{constraints, indexes} {
		for _, x := range list {
			if !have[x.name] {
				missing = append(missing, x.statement)
			}
		}
	}
	for _, x := range fulltext {
		if !have[x.name] {
			missing = append(missing, x.statement)
		}
	}
	for _, statement := range missing {
		if err := s.change(ctx, statement); err != nil {
			return fmt.Errorf("schema: %w", err)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if _, err := s.read(ctx, "CALL db.awaitIndexes($seconds)", map[string]any{"seconds": indexWait}); err != nil {
		return fmt.Errorf("schema: waiting for the indexes: %w", err)
	}
	// Two stores may open an empty database at once; what counts is what came out of it.
	_, err = s.schemaNames(ctx)
	return err
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
		case name == x.name && !same, name == x.name && settings["fulltext.analyzer"] != "whitespace":
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
