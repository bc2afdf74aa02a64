package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// assets are the files of the web application, kept in memory and compressed
// once, when they are first asked for.
type assets map[string]*asset

type asset struct {
	kind string // content type
	etag string
	raw  []byte
	// forever marks a file named by its content.
	forever bool
	squeeze sync.Once
	gzipped []byte // nil when compression does not pay
}

// hashed matches the names that the build derives from the content.
var hashed = regexp.MustCompile(`^assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$`)

func newAssets(files fs.FS) (assets, error) {
	out := assets{}
	if files == nil {
		return out, nil
	}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == "." {
			return nil // the application was not built
		}
		if err != nil {
			return err
		}
		if name != "." && strings.HasPrefix(path.Base(name), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		out[name] = newAsset(name, raw)
		return nil
	})
	return out, err
}

func newAsset(name string, raw []byte) *asset {
	sum := sha256.Sum256(raw)
	return &asset{
		kind: contentType(name), etag: `"` + hex.EncodeToString(sum[:12]) + `"`,
		raw: raw, forever: hashed.MatchString(name),
	}
}

// contentType does not ask the machine's table for what a browser must be told right.
func contentType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	default:
		if kind := mime.TypeByExtension(ext); kind != "" {
			return kind
		}
		return "application/octet-stream"
	}
}

// serveAssets answers every path outside the API: a file of the application, or
// its first page, which then shows the path itself.
func (s *Server) serveAssets(files assets) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			s.wrongMethod(w, r, "GET, HEAD")
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		if a, ok := files[name]; ok && name != "index.html" {
			a.serve(w, r)
			return
		}
		// A missing script must not be answered with a page.
		page := !strings.HasPrefix(name, "assets/") && strings.Contains(r.Header.Get("Accept"), "text/html")
		if a, ok := files["index.html"]; ok && page {
			a.serve(w, r)
			return
		}
		if page {
			notBuilt(w)
			return
		}
		s.fail(w, r, failure{err: fault.New(fault.NotFound, "There is nothing at this address.")})
	}
}

// notBuilt is the page of a binary without the web application.
func notBuilt(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write([]byte(`<!doctype html><title>Handstamp</title><p>This program was built without its web application. ` +
		`Run <code>make build</code>; the API is described at <a href="/api/docs">/api/docs</a>.`))
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("ETag", a.etag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if a.forever {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if strings.Contains(r.Header.Get("If-None-Match"), a.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.raw
	if zipped := a.compressed(); zipped != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = zipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return
	}
	_, _ = w.Write(body)
}

// compressed returns the gzip form, or nil when it would not be a tenth smaller.
func (a *asset) compressed() []byte {
	a.squeeze.Do(func() {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = z.Write(a.raw) // a bytes.Buffer takes everything
		_ = z.Close()
		if b.Len() < len(a.raw)*9/10 {
			a.gzipped = b.Bytes()
		}
	})
	return a.gzipped
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" {
			q := strings.ReplaceAll(params, " ", "")
			return q != "q=0" && q != "q=0.0"
		}
	}
	return false
}
