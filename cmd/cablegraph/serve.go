package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/spf13/cobra"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/graph/neo4j"
	"github.com/cablegraph/cablegraph/graph/sqlite"
	"github.com/cablegraph/cablegraph/server"
	"github.com/cablegraph/cablegraph/web"
)

const (
	envListen     = "CABLEGRAPH_LISTEN"
	defaultListen = "127.0.0.1:8080"
)

// serveFlags are the settings of serve beside the store.
type serveFlags struct {
	listen    string
	documents string
	logLevel  slog.Level
	logJSON   bool
	hold      int
	server.Config
}

// newServeCmd returns the command that answers over HTTP.
func newServeCmd() *cobra.Command {
	var where storeFlags
	f := serveFlags{Config: server.Defaults(), logLevel: slog.LevelInfo}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer GraphQL questions over HTTP",
		Long: `Serve answers GraphQL questions at /graphql, shows a page to ask them at /playground, and hands out networks as files at /export.
/healthz tells that the process is alive, /readyz that the store answers.

It listens on this machine only, unless --listen says otherwise: there is no login.
Ctrl-C stops it; requests under way are answered first.`,
		Example: `  cablegraph serve --store cables.db
  CABLEGRAPH_NEO4J_PASSWORD=… cablegraph serve --store neo4j://db.example.org`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.Log = newLog(cmd.ErrOrStderr(), f.logLevel, f.logJSON)
			slog.SetDefault(f.Log) // what goes wrong inside of an answer is told there
			limitHeap(heapLimit)
			defer collectLate()()
			if err := f.readDocuments(); err != nil {
				return err
			}
			return where.read(cmd.Context(), func(store graph.Reader) error {
				stop := f.warm(cmd.Context(), store)
				defer stop()
				return serve(cmd.Context(), cmd.OutOrStdout(), store, &f)
			})
		},
	}
	where.add(cmd)
	f.add(cmd)
	return cmd
}

func (f *serveFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", fromEnv(envListen, defaultListen), "address and port; env "+envListen)
	flags.IntVar(&f.hold, "hold", 512, "up to how many megabytes of a SQLite store's graph, without its texts, to hold in memory, which makes answers several times as fast (a cable takes 450 bytes); 0 for none")
	flags.StringVar(&f.documents, "documents", "", "a folder of queries that requests may name by id: *.graphql files, and lists as Relay and Apollo write them")
	flags.BoolVar(&f.DocumentsOnly, "documents-only", false, "answer nothing but the queries in --documents")
	flags.IntVar(&f.Subscriptions, "max-subscriptions", f.Subscriptions, "how many subscriptions one client address may have at once")
	flags.StringSliceVar(&f.AllowOrigins, "allow-origin", nil, "web origins whose pages may ask from a browser (https://example.org); * for all")
	flags.StringSliceVar(&f.Hosts, "allow-host", nil, "more names under which the server may be asked, where it listens on a loopback address (behind a proxy)")
	flags.DurationVar(&f.Timeout, "timeout", f.Timeout, "how long one question may take")
	flags.DurationVar(&f.ExportTimeout, "export-timeout", f.ExportTimeout, "how long a network as a file may take")
	flags.IntVar(&f.Exports, "exports", f.Exports, "how many networks as files are made at once; one of a whole archive takes some hundred megabytes")
	flags.DurationVar(&f.Grace, "grace", f.Grace, "how long requests under way may go on at the stop")
	flags.Int64Var(&f.MaxBody, "max-body", f.MaxBody, "the largest request body, in bytes")
	flags.IntVar(&f.MaxTokens, "max-tokens", f.MaxTokens, "how many words and signs a query may have")
	flags.IntVar(&f.Limits.Depth, "max-depth", f.Limits.Depth, "how deep a query may nest")
	flags.IntVar(&f.Limits.Cost, "max-cost", f.Limits.Cost, "how many rows a query could bring at most: page sizes multiplied")
	flags.IntVar(&f.Limits.Page, "max-page", f.Limits.Page, "how many rows one page may have, 1,000 at most")
	flags.TextVar(&f.logLevel, "log-level", f.logLevel, "debug (a line for each request), info, warn or error")
	flags.BoolVar(&f.logJSON, "log-json", false, "log as JSON, one object a line")
}

// warm makes a store ready for its first questions beside what else is done: the graph of a file is held in memory,
// Neo4j is asked the page's examples. The caller must stop that.
func (f *serveFlags) warm(ctx context.Context, store graph.Reader) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	switch store := store.(type) {
	case *sqlite.Store:
		if f.hold > 0 {
			group.Go(func() { f.holdGraph(ctx, store) })
		}
	case *neo4j.Store:
		group.Go(func() { f.askExamples(ctx, store) })
	}
	return func() {
		cancel()
		group.Wait()
	}
}

// holdGraph has a store hold its graph in memory until ctx ends.
func (f *serveFlags) holdGraph(ctx context.Context, store *sqlite.Store) {
	store.KeepHeld(ctx, f.hold<<20, func(h sqlite.Holding) {
		if h.Err != nil {
			f.Log.Warn("questions are asked of the file alone", "error", h.Err)
			return
		}
		f.Log.Info("the graph is held in memory", "cables", h.Cables, "megabytes", tenths(float64(h.Bytes)/1e6), "seconds", tenths(h.Took.Seconds()))
	})
}

// examplesTimeout bounds how long a store is asked the examples.
const examplesTimeout = time.Minute

// askExamples asks a store the page's examples, one after the other, and forgets the answers: a Neo4j server that has
// just started takes several times as long for its first new questions as for later ones, and keeps the plans of these.
// Then it has them planned anew, until that gets no faster.
func (f *serveFlags) askExamples(ctx context.Context, store *neo4j.Store) {
	ctx, cancel := context.WithTimeout(ctx, examplesTimeout)
	defer cancel()
	trace := &graph.Trace{}
	ctx = graph.WithTrace(ctx, trace)
	start, engine, examples := time.Now(), server.NewEngine(store, f.Config), web.Examples()
	for _, e := range examples {
		if ctx.Err() != nil {
			return
		}
		variables, err := decodeVariables("the example "+e.Name, []byte(e.Variables))
		if err != nil {
			f.Log.Error("an example can't be asked", "error", err)
			continue
		}
		engine.Answer(ctx, &server.Question{RawParams: graphql.RawParams{Query: e.Query, Variables: variables}})
	}
	statements, last := trace.Statements(), examplesTimeout
	for faster := true; faster; {
		begun := time.Now()
		if err := store.Replan(ctx, statements); err != nil {
			if ctx.Err() == nil {
				f.Log.Warn("Neo4j could not plan the examples anew", "error", err)
			}
			return
		}
		took := time.Since(begun)
		faster, last = took < last*9/10, took
	}
	f.Log.Info("Neo4j has been asked the examples", "examples", len(examples), "seconds", tenths(time.Since(start).Seconds()))
}

// tenths rounds to one decimal.
func tenths(x float64) float64 { return math.Round(10*x) / 10 }

// collectLate has what answers leave behind collected when it is as much as what lives and 128 MB more: an eighth to a
// quarter more answers a second out of a small store. Go has no setting for that; what lives is made larger by what is
// never touched, and so takes no memory, until done is called. Nothing, where whoever started the program set
// the collector.
func collectLate() (done func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	untouched := make([]byte, 128<<20)
	return func() { runtime.KeepAlive(untouched) }
}

// readDocuments reads --documents, where it is given.
func (f *serveFlags) readDocuments() (err error) {
	if f.documents != "" {
		f.Documents, err = server.ReadDocuments(f.documents)
	} else if f.DocumentsOnly {
		err = errors.New("--documents-only needs --documents, the folder of the queries that are answered")
	}
	return err
}

func newLog(w io.Writer, level slog.Level, asJSON bool) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// heapLimit is the size from which memory counts for more than time, in bytes, with what collectLate adds.
const heapLimit = 1 << 30

// serve listens, says where, and answers until ctx ends.
func serve(ctx context.Context, out io.Writer, store graph.Reader, f *serveFlags) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", f.listen)
	if err != nil {
		return err
	}
	if !web.Built() {
		f.Log.Warn("the playground is not in this binary; its page says how to get it")
	}
	f.Hosts = hosts(listener.Addr(), f.Hosts)
	fmt.Fprintf(out, "Cablegraph answers at http://%s/graphql; open http://%[1]s/playground\n", browsable(listener.Addr()))
	return server.Run(ctx, listener, server.New(store, f.Config), f.Config)
}

// hosts returns the names under which a server on an address may be asked: this
// machine's own and those given on a loopback address, any on others.
func hosts(addr net.Addr, given []string) []string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || !tcp.IP.IsLoopback() {
		return nil
	}
	return append([]string{"localhost", "127.0.0.1", "::1", tcp.IP.String()}, given...)
}

// browsable returns an address that a browser on this machine can open.
func browsable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
