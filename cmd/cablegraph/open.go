package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/graph/sqlite"
)

// What the environment says about the store; flags win over it.
const (
	envStore        = "CABLEGRAPH_STORE"
	envUser         = "CABLEGRAPH_NEO4J_USER"
	envPassword     = "CABLEGRAPH_NEO4J_PASSWORD"
	envPasswordFile = "CABLEGRAPH_NEO4J_PASSWORD_FILE"

	defaultStore = "cablegraph.db"
	defaultUser  = "neo4j"
)

// neo4jSchemes are the beginnings of an address that lead to Neo4j.
var neo4jSchemes = []string{"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"}

// storeFlags say which store a command works on. There is no flag for the
// password: it would stand in the list of processes and the shell's history.
type storeFlags struct {
	store, user, passwordFile string
}

// add defines the flags on a command.
func (f *storeFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.store, "store", fromEnv(envStore, defaultStore),
		"the store: a file, or the address of a Neo4j server (bolt://…, neo4j://…, and their +s forms); env "+envStore)
	flags.StringVar(&f.user, "neo4j-user", fromEnv(envUser, defaultUser),
		"the user at the Neo4j server; env "+envUser+". The password comes from env "+envPassword+"; without one no user is named either")
	flags.StringVar(&f.passwordFile, "neo4j-password-file", os.Getenv(envPasswordFile),
		"a file that holds the password; env "+envPasswordFile)
}

func fromEnv(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

// open opens the store, and makes it where a file isn't there yet. The caller closes it.
func (f *storeFlags) open(ctx context.Context) (graph.Store, error) {
	if !strings.Contains(f.store, "://") {
		store, err := sqlite.Open(ctx, f.store)
		if err != nil {
			return nil, err
		}
		return store, nil
	}
	if err := checkAddress(f.store); err != nil {
		return nil, err
	}
	password, err := f.password()
	if err != nil {
		return nil, err
	}
	user := f.user
	if password == "" {
		user = ""
	}
	store, err := neo4j.Open(ctx, f.store, user, password)
	if err != nil {
		return nil, err
	}
	return store, nil
}

// openExisting opens a store for reading: a file that isn't there is a mistake
// in its name, not a wish for an empty store.
func (f *storeFlags) openExisting(ctx context.Context) (graph.Store, error) {
	if !strings.Contains(f.store, "://") {
		if _, err := os.Stat(f.store); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no store at %s; make one with: cablegraph load --store %[1]s FOLDER-OR-ARCHIVE", f.store)
		}
	}
	return f.open(ctx)
}

// read opens a store for reading, hands it to use, and closes it.
func (f *storeFlags) read(ctx context.Context, use func(graph.Reader) error) error {
	store, err := f.openExisting(ctx)
	if err != nil {
		return err
	}
	err = use(store)
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	return errors.Join(err, store.Close(closing))
}

// checkAddress refuses what the driver would only refuse later, or would take in
// a way nobody wants: a password in an address ends in logs.
func checkAddress(address string) error {
	scheme, _, _ := strings.Cut(address, "://")
	known := false
	for _, s := range neo4jSchemes {
		known = known || s == scheme
	}
	if !known {
		return fmt.Errorf("a store's address starts with one of %s://, not %s://", strings.Join(neo4jSchemes, "://, "), scheme)
	}
	u, err := url.Parse(address)
	if err != nil {
		return errors.New("the store's address can't be read; it has the form neo4j://host:7687")
	}
	if u.User != nil {
		return fmt.Errorf("a store's address holds no user and no password; use --neo4j-user and env %s", envPassword)
	}
	return nil
}

// password returns the password, from the environment or the file; empty where there is neither.
func (f *storeFlags) password() (string, error) {
	if f.passwordFile == "" {
		return os.Getenv(envPassword), nil
	}
	raw, err := os.ReadFile(f.passwordFile)
	if err != nil {
		return "", fmt.Errorf("the password of the Neo4j server: %w", err)
	}
	return strings.TrimRight(string(raw), "\r\n"), nil
}
