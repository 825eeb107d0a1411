package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// How long a connection may take for what is not the question itself.
const (
	readHeaderWithin = 5 * time.Second
	readWithin       = 30 * time.Second
	writeWithin      = 30 * time.Second // on top of Config.Timeout
	idleFor          = 2 * time.Minute
	maxHeader        = 64 << 10
)

// Run serves on a listener until ctx ends. Then it takes no new connections, lets
// requests under way end for Config.Grace, cancels those that are left, and
// returns nil. It closes the listener. The error is one of serving.
func Run(ctx context.Context, listener net.Listener, handler http.Handler, cfg Config) error {
	base, cancel := context.WithCancel(context.WithValue(context.WithoutCancel(ctx), stopKey{}, ctx))
	defer cancel()
	srv := &http.Server{
		Handler:           handler,
		BaseContext:       func(net.Listener) context.Context { return base },
		ReadHeaderTimeout: readHeaderWithin,
		ReadTimeout:       readWithin,
		WriteTimeout:      readWithin + cfg.Timeout + writeWithin,
		IdleTimeout:       idleFor,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(cfg.Log.Handler(), slog.LevelWarn),
	}
	stopped := make(chan struct{})
	served := make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-ctx.Done():
			stop(srv, cfg)
		case <-served:
		}
	}()
	err := srv.Serve(listener)
	close(served)
	<-stopped
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("serving on %s: %w", listener.Addr(), err)
}

// stopKey is where a request's context holds the one that ends when the server stops.
type stopKey struct{}

// untilStop returns a context that ends with ctx, or when the server begins to
// stop: what would go on for ever is not waited for.
func untilStop(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stopping, ok := ctx.Value(stopKey{}).(context.Context)
	if !ok {
		return ctx, cancel
	}
	forget := context.AfterFunc(stopping, cancel)
	return ctx, func() { forget(); cancel() }
}

// stop lets requests end, for the grace time, and closes what is left.
func stop(srv *http.Server, cfg Config) {
	ctx, cancel := context.WithTimeout(context.Background(), cfg.Grace)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		cfg.Log.Warn("requests were cut off at the stop", "after", cfg.Grace)
		_ = srv.Close() // what it could say is that a connection was closed already
	}
}
