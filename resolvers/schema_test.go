package resolvers

import (
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// handled are the object types that are answered without a plan.
var handled = []string{"Query", "Subscription", "Corpus", "TimeSpan", "DayCount", "ClassificationCount"}

func TestReadingAheadKnowsEveryTypeAndField(t *testing.T) {
	schema := NewExecutableSchema(nil, DefaultLimits()).Schema()
	for name, def := range schema.Types {
		if def.Kind != ast.Object || def.BuiltIn || slices.Contains(handled, name) {
			continue
		}
		known := types[name]
		if name == "Suggestion" {
			known = &objectType{fields: suggestionFields("Node")} // there is one for each kind
		}
		if known == nil {
			t.Errorf("%s is not known", name)
			continue
		}
		for _, field := range def.Fields {
			f := known.fields[field.Name]
			if f == nil {
				t.Errorf("%s.%s is not known", name, field.Name)
				continue
			}
			if leaf := schema.Types[field.Type.Name()].IsLeafType(); leaf != (f.to == "") || !leaf && f.to != field.Type.Name() {
				t.Errorf("%s.%s leads to %s, not %q", name, field.Name, field.Type.Name(), f.to)
			}
			checkOrders(t, schema, name, field, f)
		}
		if len(known.fields) != len(def.Fields) {
			t.Errorf("%s has %d fields, %d are known", name, len(def.Fields), len(known.fields))
		}
	}
}

func checkOrders(t *testing.T, schema *ast.Schema, name string, field *ast.FieldDefinition, f *fieldType) {
	t.Helper()
	argument := field.Arguments.ForName("orderBy")
	if argument == nil {
		if f.orders != nil {
			t.Errorf("%s.%s takes no orderBy", name, field.Name)
		}
		return
	}
	keys := schema.Types[argument.Type.Name()].Fields
	for _, key := range keys {
		if f.orders[key.Name] == "" {
			t.Errorf("%s.%s does not know the sort key %s", name, field.Name, key.Name)
		}
	}
	if len(keys) != len(f.orders) {
		t.Errorf("%s.%s has %d sort keys, %d are known", name, field.Name, len(keys), len(f.orders))
	}
}

func TestEverythingInTheSchemaIsDescribed(t *testing.T) {
	schema := NewExecutableSchema(nil, DefaultLimits()).Schema()
	for name, def := range schema.Types {
		if def.BuiltIn {
			continue
		}
		if def.Description == "" {
			t.Errorf("%s is not described", name)
		}
		for _, value := range def.EnumValues {
			if value.Description == "" {
				t.Errorf("%s.%s is not described", name, value.Name)
			}
		}
		for _, field := range def.Fields {
			if field.Description == "" && field.Name[:2] != "__" {
				t.Errorf("%s.%s is not described", name, field.Name)
			}
			for _, argument := range field.Arguments {
				if argument.Description == "" && field.Name[:2] != "__" {
					t.Errorf("%s.%s(%s) is not described", name, field.Name, argument.Name)
				}
			}
		}
	}
}
