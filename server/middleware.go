package server

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/cablegraph/cablegraph/resolvers"
)

// recorder notes what a response came to, for the log.
type recorder struct {
	http.ResponseWriter
	status, bytes int
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// logged gives each request an id, which its errors and the response bear, and
// writes one line for it: at debug, or at warn where it failed by our fault. A
// panic is logged, answered with 500 and ends there.
func logged(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := rand.Text()[:12]
		rec := &recorder{ResponseWriter: w}
		w.Header().Set("X-Request-Id", id)
		r = r.WithContext(resolvers.WithRequestID(r.Context(), id))
		defer func() {
			p := recover()
			err, _ := p.(error)
			aborted := errors.Is(err, http.ErrAbortHandler)
			if p != nil && !aborted {
				log.ErrorContext(r.Context(), "panic in a handler", "request", id, "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				if rec.status == 0 {
					http.Error(rec, "internal error", http.StatusInternalServerError)
				}
			}
			level := slog.LevelDebug
			if rec.status >= http.StatusInternalServerError {
				level = slog.LevelWarn
			}
			log.Log(r.Context(), level, "request", "id", id, "method", r.Method, "path", r.URL.Path,
				"status", rec.status, "bytes", rec.bytes, "elapsed", time.Since(start), "from", r.RemoteAddr)
			if aborted {
				panic(p) // for the library, which ends the connection
			}
		}()
		next.ServeHTTP(rec, r)
	})
}

// guarded sets the headers that keep browsers from taking a response for
// something else than it is, or showing it inside other pages.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// onlyHosts refuses requests for other names than the allowed ones; without any, none.
func onlyHosts(allowed []string, next http.Handler) http.Handler {
	if len(allowed) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := (&url.URL{Host: r.Host}).Hostname()
		if !slices.ContainsFunc(allowed, func(name string) bool { return strings.EqualFold(name, host) }) {
			respond(w, typeJSON, http.StatusMisdirectedRequest, refusal(http.StatusMisdirectedRequest, "WRONG_HOST",
				"this server answers to %s, not to %q; serve --allow-host adds a name", strings.Join(allowed, ", "), host).response())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// allowOrigins answers browsers that ask whether a page of another origin may use next.
func allowOrigins(allowed []string, next http.Handler) http.Handler {
	all := slices.Contains(allowed, "*")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		if len(allowed) > 0 && !all {
			h.Add("Vary", "Origin")
		}
		origin := r.Header.Get("Origin")
		switch {
		case origin == "":
		case all:
			h.Set("Access-Control-Allow-Origin", "*")
		case slices.Contains(allowed, origin):
			h.Set("Access-Control-Allow-Origin", origin)
		}
		if h.Get("Access-Control-Allow-Origin") != "" && r.Method == http.MethodOptions {
			h.Set("Access-Control-Allow-Methods", allowedMethods)
			h.Set("Access-Control-Allow-Headers", "Content-Type, Accept, "+resolvers.ExplainHeader)
			h.Set("Access-Control-Max-Age", "600")
		}
		next.ServeHTTP(w, r)
	})
}
