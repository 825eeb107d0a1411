// Package web holds the pages that the server shows: GraphiQL with example
// questions. It is a client of the same endpoint as everybody else's.
//
// GraphiQL itself comes from npm: `npm ci` and `npm run build` in this folder put
// its files into dist/, from where they go into the binary. A binary that was
// built without them works and shows how to get them.
package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
)

//go:embed page all:dist
var files embed.FS

// graphiql are the files of dist that the page can't do without.
var graphiql = []string{"graphiql.min.js", "graphiql.min.css", "react.production.min.js", "react-dom.production.min.js"}

// mediaTypes are the types of the assets by the endings of their names.
var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".txt": "text/plain; charset=utf-8",
}

// asset is a file as it is served.
type asset struct {
	mediaType, etag string
	content         []byte
}

// Built tells whether GraphiQL's files are in this binary.
func Built() bool {
	for _, name := range graphiql {
		if _, err := fs.Stat(files, "dist/"+name); err != nil {
			return false
		}
	}
	return true
}

// Playground returns the handler of /playground and what lies below it. Its
// questions go to the endpoint, a path of the same server. The page asks for
// nothing from elsewhere, and its security policy forbids it to.
func Playground(s Setup) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /playground", page(s))
	mux.Handle("GET /playground/{$}", http.RedirectHandler("/playground", http.StatusPermanentRedirect))
	assets := readAssets()
	mux.HandleFunc("GET /playground/assets/{name}", func(w http.ResponseWriter, r *http.Request) {
		a, ok := assets[r.PathValue("name")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
	return mux
}

// page returns the handler of the page itself, or of the one that says how to get it.
func page(s Setup) http.Handler {
	name, status := "playground.html", http.StatusOK
	if !Built() {
		name, status = "missing.html", http.StatusNotFound
	}
	text := template.Must(template.ParseFS(files, "page/"+name))
	s.Examples = Examples()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-cache")
		// GraphiQL sets styles from its script; its fonts and pictures are data in its style sheet.
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "+
			"font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		w.WriteHeader(status)
		// A failed write means that the reader has gone: there is nobody to tell.
		told := s
		told.Host = r.Host
		_ = text.Execute(w, told)
	})
}

// Setup is what the page gets to know. Examples and Host are filled in.
type Setup struct {
	Endpoint string    `json:"endpoint"`
	Export   string    `json:"export"`   // the path of files of networks
	Networks []Choice  `json:"networks"` // what those can be of
	Formats  []Choice  `json:"formats"`
	Examples []Example `json:"examples"`
	Host     string    `json:"-"`
}

// Choice is one of several values, and how a person reads it.
type Choice struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// readAssets reads all files that may be asked for by name.
func readAssets() map[string]asset {
	assets := map[string]asset{}
	for _, pattern := range []string{"page/*.css", "page/*.js", "page/*.svg", "dist/*.css", "dist/*.js", "dist/*.txt"} {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			panic(err) // a malformed pattern above
		}
		for _, name := range names {
			content, err := files.ReadFile(name)
			if err != nil {
				panic(fmt.Sprintf("reading the embedded %s: %v", name, err))
			}
			sum := sha256.Sum256(content)
			assets[path.Base(name)] = asset{
				mediaType: mediaTypes[path.Ext(name)],
				etag:      `"` + hex.EncodeToString(sum[:12]) + `"`,
				content:   content,
			}
		}
	}
	return assets
}

// serve answers with the file, or with "not modified" where the browser has it.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("ETag", a.etag)
	h.Set("Cache-Control", "no-cache") // ask each time, by ETag
	if r.Header.Get("If-None-Match") == a.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", a.mediaType)
	h.Set("Content-Length", fmt.Sprint(len(a.content)))
	_, _ = w.Write(a.content) // the reader may have gone
}
