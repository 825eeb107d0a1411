package graph

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Kind is the kind of a node.
type Kind string

// The four kinds of node.
const (
	KindCable  Kind = "CABLE"
	KindPost   Kind = "POST"
	KindPerson Kind = "PERSON"
	KindTag    Kind = "TAG"
)

// Kinds lists every kind of node in a fixed order.
var Kinds = []Kind{KindCable, KindPost, KindPerson, KindTag}

// ID is the global name of a node, "kind:key" with the kind in lower case:
// "cable:09STATE11937", "post:embassy-paris", "person:bernard-kouchner", "tag:IR".
type ID string

// NewID joins a kind and a key.
func NewID(kind Kind, key string) ID { return ID(strings.ToLower(string(kind)) + ":" + key) }

// Split returns the kind and the key. The error wraps ErrBadID where the kind
// is unknown or the key is empty.
func (id ID) Split() (Kind, string, error) {
	prefix, key, ok := strings.Cut(string(id), ":")
	if ok && key != "" {
		for _, kind := range Kinds {
			if prefix == strings.ToLower(string(kind)) {
				return kind, key, nil
			}
		}
	}
	return "", "", fmt.Errorf("%w: %q is not of the form cable:…, post:…, person:… or tag:…", ErrBadID, string(id))
}

// Node is a cable, post, person or tag.
type Node interface {
	// NodeID returns the global id.
	NodeID() ID
	// Below returns the answers to the steps asked below this node.
	Below() Answers
}

// enum implements GraphQL's and JSON's reading and writing for a closed set of
// names, so that each enum type needs no more than two one-line methods.
func marshalEnum(w io.Writer, name string) { _, _ = io.WriteString(w, strconv.Quote(name)) }

func unmarshalEnum[E ~string](e *E, v any, known []E) error {
	name, ok := v.(string)
	if ok {
		for _, k := range known {
			if string(k) == name {
				*e = k
				return nil
			}
		}
	}
	return fmt.Errorf("%v is none of %v", v, known)
}

// MarshalGQL writes the kind as a GraphQL enum value.
func (k Kind) MarshalGQL(w io.Writer) { marshalEnum(w, string(k)) }

// UnmarshalGQL reads the kind from a GraphQL enum value.
func (k *Kind) UnmarshalGQL(v any) error { return unmarshalEnum(k, v, Kinds) }

// mustJSON is for values that can't fail to encode: plain structs of strings and numbers.
func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
