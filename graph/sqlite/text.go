package sqlite

import (
	"fmt"
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// textSet selects the ids of the cables that a full-text question matches in
// its columns, "" for subject and body.
func textSet(column, question string) (expr, error) {
	text, err := graph.ParseText(question)
	if err != nil {
		return expr{}, err
	}
	return sql("SELECT rowid AS id FROM cable_fts WHERE cable_fts MATCH %s", arg(matchText(column, text))), nil
}

// scores selects the cables that a step's full-text question matches, with how well
// they do: a word in the subject weighs as much as four in the body.
func scores(step *graph.Step) (expr, error) {
	question, field, _ := step.Cable.Question()
	text, err := graph.ParseText(question)
	if err != nil {
		return expr{}, err
	}
	match := matchText(map[graph.TextField]string{graph.InSubject: "subject", graph.InBody: "body"}[field], text)
	return sql("SELECT rowid AS id, CAST(-1000000000 * bm25(cable_fts, 4.0, 1.0) AS INTEGER) AS score FROM cable_fts WHERE cable_fts MATCH %s", arg(match)), nil
}

// matchText writes a full-text question in FTS5's language.
func matchText(column string, text graph.Text) string {
	var b strings.Builder
	if column != "" {
		b.WriteString("{" + column + "} : (")
	}
	for i, all := range text.Any {
		if i > 0 {
			b.WriteString(" OR ")
		}
		b.WriteString("(" + matchPhrases(all.All, " AND "))
		if len(all.None) > 0 {
			b.WriteString(" NOT (" + matchPhrases(all.None, " OR ") + ")")
		}
		b.WriteString(")")
	}
	if column != "" {
		b.WriteString(")")
	}
	return b.String()
}

func matchPhrases(phrases []graph.Phrase, operator string) string {
	texts := make([]string, len(phrases))
	for i, p := range phrases {
		forms := p.Forms()
		for j, form := range forms {
			forms[j] = `"` + form + `"`
		}
		texts[i] = strings.Join(forms, " OR ")
		switch {
		case p.Prefix:
			texts[i] += " *"
		case len(forms) > 1:
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, operator)
}

// nameSet selects the nodes of a kind with exactly this name.
func nameSet(kind int, name string) expr {
	return sql(fmt.Sprintf("SELECT node AS id FROM name WHERE key = %%s AND kind = %d", kind), arg(graph.Fold(name)))
}

// wordSet selects the nodes of a kind with all these words in one name.
func wordSet(kind int, words []graph.Phrase) expr {
	return sql(fmt.Sprintf("SELECT node AS id FROM name_fts JOIN name ON name.id = name_fts.rowid WHERE name_fts MATCH %%s AND kind = %d", kind),
		arg(matchPhrases(words, " AND ")))
}

// hasWords is the condition that one name of the node id has all these words: read
// off its names, without the index of words.
func hasWords(kind int, id string, words []graph.Phrase) expr {
	parts := make([]expr, len(words))
	for i, p := range words {
		word := " " + strings.Join(p.Words, " ")
		if !p.Prefix {
			word += " "
		}
		parts[i] = sql("instr(' ' || key || ' ', %s) > 0", arg(word))
	}
	return sql(fmt.Sprintf("EXISTS (SELECT 1 FROM name WHERE node = %s AND kind = %d AND %%s)", id, kind), allOf(parts...))
}

// fewNames is how many nodes may be looked at one by one to find those that are in most cables.
const fewNames = 5000

// manyNames selects whether more names than that, of all kinds, have the words.
func manyNames(words []graph.Phrase) expr {
	return sql(fmt.Sprintf("SELECT COUNT(*) = %d FROM (SELECT 1 FROM name_fts WHERE name_fts MATCH %%s LIMIT %d)", fewNames, fewNames), arg(matchPhrases(words, " AND ")))
}
