// Package server answers GraphQL questions over HTTP: what comes in is a request,
// what goes on is the question to package resolvers, what goes out is a response
// with the status that fits. It knows the limits of a request and nothing of stores.
package server

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/cablegraph/cablegraph/explore"
	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/network"
	"github.com/cablegraph/cablegraph/resolvers"
	"github.com/cablegraph/cablegraph/web"
)

// Paths of the server.
const (
	PathGraphQL    = "/graphql"
	PathPlayground = "/playground"
	PathAlive      = "/healthz"
	PathReady      = "/readyz"
)

// Config is what a server allows. Start from Defaults.
type Config struct {
	// Timeout is how long one question may take, from the last byte of the
	// request to the first of the response.
	Timeout time.Duration
	// Grace is how long requests under way may go on when the server stops.
	Grace time.Duration
	// ExportTimeout is how long the making and writing of one network as a file may take.
	ExportTimeout time.Duration
	// Exports is how many of them are made at once; a network of a whole archive takes some hundred megabytes.
	Exports int
	// MaxBody is the size of the largest request body, in bytes.
	MaxBody int64
	// MaxTokens is the number of words and signs that a query may have.
	MaxTokens int
	// Limits are those of what a query asks for: depth, cost, page size.
	Limits resolvers.Limits
	// Documents are the queries that are known by id; nil for none.
	Documents *Documents
	// DocumentsOnly refuses all other queries.
	DocumentsOnly bool
	// Subscriptions is how many one client may have at once, by its address; a WebSocket counts as one more.
	Subscriptions int
	// AllowOrigins are the web origins ("https://example.org") whose pages may
	// ask from a browser; "*" allows all. Empty: only our own page may.
	AllowOrigins []string
	// Hosts are the names under which the server may be asked, without ports; empty
	// for any. On a loopback address they keep web pages out whose own name was made
	// to lead there, and which a browser then takes for ours.
	Hosts []string
	// Log gets a line for each request at debug, and what went wrong at warn.
	Log *slog.Logger
}

// Defaults returns the limits that a server has where nothing else is wished for.
func Defaults() Config {
	return Config{
		Timeout:   30 * time.Second,
		Grace:     10 * time.Second,
		MaxBody:   1 << 20,
		MaxTokens: 10_000,
		Limits:    resolvers.DefaultLimits(),
		Log:       slog.New(slog.DiscardHandler),

		Subscriptions: 32,
		ExportTimeout: 5 * time.Minute,
		Exports:       2,
	}
}

// New returns the handler of all that the server answers, over one store.
func New(store graph.Reader, cfg Config) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(PathGraphQL, allowOrigins(cfg.AllowOrigins, newEndpoint(NewEngine(store, cfg), cfg)))
	mux.Handle(PathExport, allowOrigins(cfg.AllowOrigins, newExport(store, cfg)))
	page := web.Playground(playground())
	mux.Handle(PathPlayground, page)
	mux.Handle(PathPlayground+"/", page)
	mux.Handle("GET /{$}", http.RedirectHandler(PathPlayground, http.StatusTemporaryRedirect))
	mux.HandleFunc("GET "+PathAlive, alive)
	mux.Handle("GET "+PathReady, ready(store, cfg.Log))
	return logged(cfg.Log, guarded(onlyHosts(cfg.Hosts, mux)))
}

// playground is what the page gets to know of the server.
func playground() web.Setup {
	s := web.Setup{Endpoint: PathGraphQL, Export: PathExport}
	for _, of := range explore.Ofs {
		s.Networks = append(s.Networks, web.Choice{Name: string(of), Title: resolvers.NetworkTitle(of)})
	}
	for _, f := range network.Formats {
		s.Formats = append(s.Formats, web.Choice{Name: f.Name, Title: f.Description})
	}
	return s
}
