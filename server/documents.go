package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/cablegraph/cablegraph/resolvers"
)

// Documents are the queries that a server knows beforehand: by id, and by the SHA-256 of their text.
type Documents struct {
	byID map[string]string
}

// ReadDocuments reads a folder, with those in it: each *.graphql file is a
// document, whose id is the file's name without its ending; each *.json file is a list
// of documents by id, as Relay writes it ({"id": "query …"}) or Apollo
// ({"operations": [{"id": …, "body": …}]}). The errors, all of them, name the file,
// and the line where the document does not fit the schema.
func ReadDocuments(dir string) (*Documents, error) {
	d := &Documents{byID: map[string]string{}}
	schema := resolvers.NewExecutableSchema(nil, resolvers.DefaultLimits()).Schema()
	var wrong []error
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		wrong = append(wrong, d.readFile(schema, path))
		return nil
	})
	if err == nil && len(d.byID) == 0 && errors.Join(wrong...) == nil {
		err = fmt.Errorf("%s has no *.graphql and no *.json", dir)
	}
	if err = errors.Join(append(wrong, err)...); err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	return d, nil
}

func (d *Documents) readFile(schema *ast.Schema, path string) error {
	ending := filepath.Ext(path)
	if ending != ".graphql" && ending != ".json" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if ending == ".graphql" {
		return d.add(schema, path, strings.TrimSuffix(filepath.Base(path), ending), string(text))
	}
	return d.readManifest(schema, path, text)
}

func (d *Documents) readManifest(schema *ast.Schema, path string, text []byte) error {
	var apollo struct {
		Operations []struct{ ID, Body string }
	}
	relay := map[string]string{}
	if err := json.Unmarshal(text, &apollo); err == nil && len(apollo.Operations) > 0 {
		for _, o := range apollo.Operations {
			relay[o.ID] = o.Body
		}
	} else if err := json.Unmarshal(text, &relay); err != nil {
		return fmt.Errorf("%s is no list of documents, neither Relay's nor Apollo's: %w", path, err)
	}
	var wrong []error
	for id, body := range relay {
		wrong = append(wrong, d.add(schema, path+" "+id, id, body))
	}
	return errors.Join(wrong...)
}

// add adds a document that stands at a place.
func (d *Documents) add(schema *ast.Schema, place, id, text string) error {
	if _, errs := gqlparser.LoadQueryWithRules(schema, text, rules.NewDefaultRules()); errs != nil {
		wrong := make([]error, len(errs))
		for i, e := range errs {
			wrong[i] = fmt.Errorf("%s: %s", place, e.Message)
			if len(e.Locations) > 0 {
				wrong[i] = fmt.Errorf("%s:%d:%d: %s", place, e.Locations[0].Line, e.Locations[0].Column, e.Message)
			}
		}
		return errors.Join(wrong...)
	}
	for _, id := range []string{id, hashOf(text)} {
		if known, ok := d.byID[id]; ok && known != text {
			return fmt.Errorf("%s: another document has the id %s", place, id)
		}
		d.byID[id] = text
	}
	return nil
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// The texts that clients have sent with their hash are kept up to these bounds.
const (
	keptTexts    = 1000
	keptTextSize = 16 << 10
)

// persisted finds the text of questions that come without it: by the id of a
// document, or by the hash of a text that was sent before (automatic persisted
// queries, https://www.apollographql.com/docs/apollo-server/performance/apq/).
type persisted struct {
	known *Documents
	only  bool // nothing but the documents
	sent  graphql.Cache[string]
}

func newPersisted(cfg Config) *persisted {
	p := &persisted{known: cfg.Documents, only: cfg.DocumentsOnly, sent: lru.New[string](keptTexts)}
	if p.known == nil {
		p.known = &Documents{}
	}
	return p
}

// fill puts the text into a question that names it.
func (p *persisted) fill(ctx context.Context, q *Question) *gqlerror.Error {
	hash, err := sentHash(q.Extensions)
	switch {
	case err != nil:
		return err
	case q.DocumentID != "" && (q.Query != "" || hash != ""):
		return refused("BAD_REQUEST", "a request has a documentId or a query, not both")
	case q.DocumentID != "":
		// sha256:… is how the ids of the specification say that they are hashes.
		text, ok := p.known.byID[strings.TrimPrefix(q.DocumentID, "sha256:")]
		if !ok {
			return refused("DOCUMENT_NOT_FOUND", "there is no document with the id %q", q.DocumentID)
		}
		q.Query = text
		return nil
	case hash != "" && q.Query == "":
		return p.find(ctx, q, hash)
	case hash != "" && hash != hashOf(q.Query):
		return refused("PERSISTED_QUERY_MISMATCH", "provided sha does not match query")
	case p.only:
		if _, ok := p.known.byID[hashOf(q.Query)]; !ok {
			return refused("DOCUMENTS_ONLY", "this server answers the documents that it knows only; name one by documentId")
		}
	case hash != "" && len(q.Query) <= keptTextSize:
		p.sent.Add(ctx, hash, q.Query)
	}
	return nil
}

// find finds a text by its hash. The message is the one that clients wait for, to send the text then.
func (p *persisted) find(ctx context.Context, q *Question, hash string) *gqlerror.Error {
	text, ok := p.known.byID[hash]
	if !ok && !p.only {
		text, ok = p.sent.Get(ctx, hash)
	}
	if !ok {
		return refused(codeNotPersisted, "PersistedQueryNotFound")
	}
	q.Query = text
	return nil
}

const codeNotPersisted = "PERSISTED_QUERY_NOT_FOUND"

// sentHash reads the extension persistedQuery; empty where there is none.
func sentHash(extensions map[string]any) (string, *gqlerror.Error) {
	extension, ok := extensions["persistedQuery"]
	if !ok {
		return "", nil
	}
	fields, _ := extension.(map[string]any)
	hash, _ := fields["sha256Hash"].(string)
	if fmt.Sprint(fields["version"]) != "1" || len(hash) != 2*sha256.Size || strings.ContainsFunc(hash, notHex) {
		return "", refused("BAD_REQUEST", `extensions.persistedQuery must be {"version": 1, "sha256Hash": "…"}, the hash in 64 small hexadecimal digits`)
	}
	return hash, nil
}

func notHex(r rune) bool { return !slices.Contains([]rune("0123456789abcdef"), r) }
