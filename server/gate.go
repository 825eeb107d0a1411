package server

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// maxPairs bounds the pairs of fields with one name, and of fragments, that a
// query may hold. Whether all that share a name agree is validated pair by pair:
// 10,000 times `cables` in one selection took the validator 23 seconds, which no
// deadline ends. A million pairs take it a quarter of one; a pair of fragments
// costs it as much as sixteen of fields.
const (
	maxPairs       = 1_000_000
	fragmentWeight = 16
)

// maxFields bounds the fields of a query with its fragments put in where they are
// spread: a few lines of fragments within fragments can stand for millions.
const maxFields = 20_000

// gate refuses queries that are too large to be validated, before they are.
type gate struct {
	known     graphql.Cache[*ast.QueryDocument]
	maxTokens int
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
} = gate{}

// ExtensionName names the gate.
func (gate) ExtensionName() string { return "Gate" }

// Validate accepts every schema.
func (gate) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters changes nothing; it is the place before parsing.
func (g gate) MutateOperationParameters(ctx context.Context, question *graphql.RawParams) *gqlerror.Error {
	if _, ok := g.known.Get(ctx, question.Query); ok {
		return nil
	}
	if g.tooLong(question.Query) {
		return refused("TOO_MANY_TOKENS", "the query has more than %d words and signs, the most that is read", g.maxTokens)
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: question.Query})
	if err != nil {
		return nil // said by the executor, who parses it again
	}
	switch {
	case pairs(doc) > maxPairs:
		return refused("TOO_COSTLY", "the query repeats fields of one name, or fragments, too often to be checked")
	case fields(doc) > maxFields:
		return refused("TOO_COSTLY", "the query has more than %d fields, with its fragments put in where they are spread", maxFields)
	}
	return nil
}

func refused(code, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	errcode.Set(err, code)
	return err
}

// tooLong counts tokens, up to one too many.
func (g gate) tooLong(query string) bool {
	tokens := lexer.New(&ast.Source{Input: query})
	for range g.maxTokens + 1 {
		token, err := tokens.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return false
		}
	}
	return true
}

// pairs weighs the pairs that the validator could have to compare: at most those
// of all fields with one response key, and of all fragments.
func pairs(doc *ast.QueryDocument) int {
	named, spreads := map[string]int{}, 0
	var count func(ast.SelectionSet)
	count = func(selections ast.SelectionSet) {
		for _, s := range selections {
			switch s := s.(type) {
			case *ast.Field:
				named[s.Alias]++
				count(s.SelectionSet)
			case *ast.InlineFragment:
				count(s.SelectionSet)
			case *ast.FragmentSpread:
				spreads++
			}
		}
	}
	for _, operation := range doc.Operations {
		count(operation.SelectionSet)
	}
	for _, fragment := range doc.Fragments {
		count(fragment.SelectionSet)
	}
	total := spreads * spreads * fragmentWeight
	for _, n := range named {
		total += n * n
	}
	return total
}

// fields counts the fields of a query with its fragments put in, up to one too many.
func fields(doc *ast.QueryDocument) int {
	sizes := map[string]int{} // fragment → its fields; 0 while they are counted: circles are the validator's business
	var count func(ast.SelectionSet) int
	count = func(selections ast.SelectionSet) int {
		total := 0
		for _, s := range selections {
			switch s := s.(type) {
			case *ast.Field:
				total += 1 + count(s.SelectionSet)
			case *ast.InlineFragment:
				total += count(s.SelectionSet)
			case *ast.FragmentSpread:
				size, ok := sizes[s.Name]
				if fragment := doc.Fragments.ForName(s.Name); !ok && fragment != nil {
					sizes[s.Name] = 0
					size = count(fragment.SelectionSet)
					sizes[s.Name] = size
				}
				total += size
			}
			total = min(total, maxFields+1)
		}
		return total
	}
	total := 0
	for _, operation := range doc.Operations {
		total += count(operation.SelectionSet)
	}
	return total
}
