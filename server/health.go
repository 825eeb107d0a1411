package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/cablegraph/cablegraph/graph"
)

// readyWithin is how long the store may take to say that it is ready.
const readyWithin = 2 * time.Second

// alive answers as long as the process does; it asks no store.
func alive(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "alive\n") }

// ready answers 200 where questions can be answered now, else 503. The reason
// goes to the log: it may name hosts that are nobody else's business.
func ready(store graph.Reader, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
		defer cancel()
		if err := store.Ready(ctx); err != nil {
			log.WarnContext(r.Context(), "not ready", "error", err)
			say(w, http.StatusServiceUnavailable, "the store does not answer\n")
			return
		}
		say(w, http.StatusOK, "ready\n")
	})
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // the reader may have gone
}
