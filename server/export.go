package server

import (
	"compress/gzip"
	"context"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cablegraph/cablegraph/graph"
	"github.com/cablegraph/cablegraph/resolvers"
)

// PathExport is where networks are fetched as files.
const PathExport = "/export"

// export answers with a network as a file: what is wrong with the question, or
// happens until the network is found, is said as JSON with a code; then the file
// streams, and where that fails the connection ends.
type export struct {
	store  graph.Reader
	schema *resolvers.Schema
	turns  chan struct{} // as many as may be at work at once
	cfg    Config
}

func newExport(store graph.Reader, cfg Config) *export {
	return &export{store: store, schema: resolvers.NewExecutableSchema(store, cfg.Limits), turns: make(chan struct{}, max(1, cfg.Exports)), cfg: cfg}
}

// statuses are the statuses of codes; 400 for those that are not here.
var statuses = map[string]int{
	"INTERNAL": http.StatusInternalServerError, "TIMEOUT": http.StatusGatewayTimeout, "UNAVAILABLE": http.StatusServiceUnavailable,
	"CONFLICT": http.StatusServiceUnavailable, "TOO_LARGE": http.StatusUnprocessableEntity, "CANCELLED": http.StatusServiceUnavailable,
}

// ServeHTTP answers one question.
func (e *export) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodOptions:
		w.Header().Set("Allow", "GET, HEAD, OPTIONS")
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		w.Header().Set("Allow", "GET, HEAD, OPTIONS")
		e.refuse(w, refusal(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "a network is fetched by GET, not by %s", r.Method))
		return
	}
	values, refused := arguments(r.URL)
	if refused != nil {
		e.refuse(w, refused)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), e.cfg.ExportTimeout)
	defer cancel()
	question, err := e.schema.ReadExport(values)
	if err != nil {
		e.fail(ctx, w, err)
		return
	}
	select {
	case e.turns <- struct{}{}:
		defer func() { <-e.turns }()
	default:
		w.Header().Set("Retry-After", "5")
		e.refuse(w, refusal(http.StatusServiceUnavailable, "BUSY", "as many networks are being made as the server makes at once; try again in a few seconds"))
		return
	}
	// The bound on what is written counts from here, not from the request's start.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(e.cfg.ExportTimeout + writeWithin))
	found, err := question.Find(ctx, e.store)
	if err != nil {
		e.fail(ctx, w, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", question.Format.MediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": question.FileName()}))
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Encoding")
	if r.Method == http.MethodHead {
		return
	}
	body := packed(w, r)
	err = question.Format.Write(ctx, body, found)
	if err == nil {
		err = body.Close()
	}
	if err != nil {
		e.cfg.Log.WarnContext(ctx, "a network was cut off", "error", err)
		panic(http.ErrAbortHandler) // so that the reader sees it too
	}
}

// arguments reads each parameter of the address, which stands there once.
func arguments(u *url.URL) (map[string]string, *refusedError) {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, badRequest("the address can't be read: %v", err)
	}
	values := map[string]string{}
	for name, all := range query {
		if len(all) > 1 {
			return nil, badRequest("the address has %s %d times", name, len(all))
		}
		values[name] = all[0]
	}
	return values, nil
}

func (e *export) fail(ctx context.Context, w http.ResponseWriter, err error) {
	shown := resolvers.ErrorPresenter(ctx, err)
	code, _ := shown.Extensions["code"].(string)
	status, known := statuses[code]
	if !known {
		status = http.StatusBadRequest
	}
	e.refuse(w, refusal(status, code, "%s", shown.Message))
}

func (e *export) refuse(w http.ResponseWriter, refused *refusedError) {
	respond(w, typeJSON, refused.status, refused.response())
}

// packed returns where the body goes: through gzip where the request accepts it.
func packed(w http.ResponseWriter, r *http.Request) io.WriteCloser {
	if !acceptsGzip(r.Header.Values("Accept-Encoding")) || strings.HasSuffix(w.Header().Get("Content-Type"), "zip") {
		return unpacked{w}
	}
	w.Header().Set("Content-Encoding", "gzip")
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return z
}

type unpacked struct{ io.Writer }

func (unpacked) Close() error { return nil }

func acceptsGzip(accept []string) bool {
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		name, parameters, err := mime.ParseMediaType("x/" + strings.TrimSpace(part))
		if err != nil || name != "x/gzip" && name != "x/*" {
			continue
		}
		q, err := strconv.ParseFloat(parameters["q"], 64)
		return err != nil || q > 0
	}
	return false
}
