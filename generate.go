// Package cablegraph is the module's root: the schema, what is generated from
// it, and the test that holds the import table. Its rooms are described in ARCHITECTURE.md.
package cablegraph

//go:generate go run github.com/99designs/gqlgen generate
