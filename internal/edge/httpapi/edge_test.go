package httpapi

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure a bucket empties, fills with time, and says when to come back.
func TestLimiter(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	l := newLimiter[int]("user", Limit{Rate: 2, Burst: 3})
	l.now = func() time.Time { return now }
	h := http.Header{}
	for i := range 3 {
		if err := l.take(h, 1); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	if got := h.Get("RateLimit"); got != `"user";r=0;t=2` {
		t.Errorf("RateLimit is %q", got)
	}
	if got := h.Get("RateLimit-Policy"); got != `"user";q=3;w=2` {
		t.Errorf("RateLimit-Policy is %q", got)
	}
	err := l.take(h, 1)
	if e, ok := errors.AsType[*fault.Error](err); !ok || e.Code != fault.Throttled || e.RetryAfter != 1 {
		t.Errorf("got %v", err)
	}
	if err := l.take(h, 2); err != nil {
		t.Error("one caller's requests count against another:", err)
	}
	now = now.Add(500 * time.Millisecond)
	if err := l.take(h, 1); err != nil {
		t.Error("half a second at two a second gives one:", err)
	}
	if l.take(h, 1) == nil {
		t.Error("and only one")
	}
}

// Ensure that callers who stopped do not stay in memory.
func TestLimiterForgets(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	l := newLimiter[int]("user", Limit{Rate: 1, Burst: 5})
	l.now = func() time.Time { return now }
	for i := range 10 * fewestBuckets {
		_ = l.take(nil, i)
		if i%1000 == 0 {
			now = now.Add(time.Minute)
		}
	}
	if len(l.buckets) > 2*fewestBuckets {
		t.Errorf("%d buckets are kept", len(l.buckets))
	}
}

// Ensure 429 with Retry-After reaches the caller, per person, organization and address.
func TestRateLimits(t *testing.T) {
	const ok = `{"role":"x"}`
	s, _ := testServer(t, Config{Limits: Limits{User: Limit{0.001, 2}, Org: Limit{0.001, 100}, Address: Limit{0.001, 2}}})
	for _, x := range []exchange{
		{path: "/api/v1/parcels.look", token: "a", body: ok},
		{path: "/api/v1/doors.open", body: ok},
	} {
		for range 2 {
			if w := x.do(s); w.Code != http.StatusOK || w.Header().Get("RateLimit") == "" {
				t.Fatalf("%s: %d %v", x.path, w.Code, w.Header())
			}
		}
		w := x.do(s)
		if p := problemOf(t, w); p.Code != fault.Throttled {
			t.Errorf("%s: %+v", x.path, p)
		}
		if after, err := strconv.Atoi(w.Header().Get("Retry-After")); err != nil || after < 1 {
			t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
		}
	}
	if w := (exchange{path: "/api/v1/parcels.look", token: "b", body: ok}).do(s); w.Code != 200 {
		t.Error("the flood of one person stops another:", w.Code)
	}
	whole, _ := testServer(t, Config{Limits: Limits{Org: Limit{0.001, 1}}})
	_ = exchange{path: "/api/v1/parcels.look", token: "a", body: ok}.do(whole)
	if w := (exchange{path: "/api/v1/parcels.look", token: "a", body: ok}).do(whole); w.Code != 429 {
		t.Error("an organization's limit does not hold:", w.Code)
	}
	if w := (exchange{path: "/api/v1/parcels.look", token: "b", body: ok}).do(whole); w.Code != 200 {
		t.Error("the flood of one organization stops another:", w.Code)
	}
}

// Ensure that only our own proxies may say where a request comes from.
func TestAddress(t *testing.T) {
	s, _ := testServer(t, Config{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}})
	for _, c := range []struct{ remote, forwarded, want string }{
		{"203.0.113.7:4711", "", "203.0.113.7"},
		{"203.0.113.7:4711", "198.51.100.1", "203.0.113.7"},
		{"10.1.1.1:80", "198.51.100.1", "198.51.100.1"},
		{"10.1.1.1:80", "1.2.3.4, 198.51.100.1, 10.2.2.2", "198.51.100.1"},
		{"10.1.1.1:80", "rubbish", "10.1.1.1"},
		{"[::1]:80", "2001:db8::5", "2001:db8::5"},
		{"[::ffff:10.1.1.1]:80", "198.51.100.1", "198.51.100.1"},
	} {
		r, _ := http.NewRequest("POST", "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.address(r).String(); got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

// Ensure only one label below the public host names an organization.
func TestSubdomain(t *testing.T) {
	s, _ := testServer(t, Config{Public: mustURL("http://localhost:8080")})
	for host, want := range map[string]string{
		"localhost:8080": "", "acme.localhost:8080": "acme", "ACME.localhost": "acme", "a.b.localhost": "",
		"www.localhost": "", "acme.evil.example": "", "127.0.0.1:8080": "", "localhost.evil.example": "",
	} {
		if got := s.subdomain(host); got != want {
			t.Errorf("%s: %q, want %q", host, got, want)
		}
	}
}

// Ensure the flags of the refresh cookie in both worlds.
func TestRefreshCookie(t *testing.T) {
	plain := newRefreshCookie("t", false, 60).String()
	if plain != "handstamp_refresh=t; Path=/api/v1/; Max-Age=60; HttpOnly; SameSite=Strict" {
		t.Error(plain)
	}
	secure := newRefreshCookie("t", true, 60).String()
	if secure != "__Host-handstamp_refresh=t; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Strict" {
		t.Error(secure)
	}
}

// Ensure pages, hashed files, compression, conditional requests and the fallback.
func TestAssets(t *testing.T) {
	script := strings.Repeat("console.log('stamp');\n", 200)
	s, _ := testServer(t, Config{Assets: fstest.MapFS{
		"index.html":               {Data: []byte("<!doctype html><title>Handstamp</title>")},
		"assets/index-Ab3dEf_9.js": {Data: []byte(script)},
		"icon.svg":                 {Data: []byte("<svg/>")},
		".vite/manifest.json":      {Data: []byte("{}")},
	}})
	html := map[string]string{"Accept": "text/html,*/*"}
	for _, c := range []struct {
		path    string
		headers map[string]string
		status  int
		cache   string
		kind    string
	}{
		{"/", html, 200, "no-cache", "text/html; charset=utf-8"},
		{"/index.html", html, 200, "no-cache", "text/html; charset=utf-8"},
		{"/runs/LEAVE-42", html, 200, "no-cache", "text/html; charset=utf-8"},
		{"/runs/LEAVE-42", map[string]string{"Accept": "application/json"}, 404, "no-store", "application/problem+json"},
		{"/assets/index-Ab3dEf_9.js", nil, 200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"},
		{"/assets/index-Gone1234.js", html, 404, "no-store", "application/problem+json"},
		{"/icon.svg", nil, 200, "no-cache", "image/svg+xml"},
		{"/.vite/manifest.json", nil, 404, "no-store", "application/problem+json"},
		{"/../../etc/passwd", nil, 307, "", "text/html; charset=utf-8"},
		{"/api/unknown", html, 404, "no-store", "application/problem+json"},
	} {
		w := exchange{method: "GET", path: c.path, headers: c.headers}.do(s)
		if w.Code != c.status || w.Header().Get("Cache-Control") != c.cache || w.Header().Get("Content-Type") != c.kind {
			t.Errorf("%s: %d %q %q", c.path, w.Code, w.Header().Get("Cache-Control"), w.Header().Get("Content-Type"))
		}
	}
	zipped := exchange{method: "GET", path: "/assets/index-Ab3dEf_9.js", headers: map[string]string{"Accept-Encoding": "br, gzip"}}.do(s)
	z, err := gzip.NewReader(bytes.NewReader(zipped.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || string(got) != script {
		t.Error("the compressed script is not the script")
	}
	again := exchange{method: "GET", path: "/", headers: map[string]string{
		"Accept":        "text/html",
		"If-None-Match": exchange{method: "GET", path: "/", headers: html}.do(s).Header().Get("ETag"),
	}}.do(s)
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Error("the page is sent again though the browser has it:", again.Code)
	}
	if w := (exchange{path: "/", kind: "text/plain"}).do(s); w.Code != http.StatusMethodNotAllowed {
		t.Error("POST to a page:", w.Code)
	}
}

// Ensure the description page holds to its own content security policy.
func TestDocsPage(t *testing.T) {
	s, _ := testServer(t, Config{})
	page := exchange{method: "GET", path: "/api/docs"}.do(s).Body.String()
	for _, banned := range []string{"http://", "https://", "onclick", "<style", "javascript:"} {
		if strings.Contains(page, banned) {
			t.Errorf("the page contains %q", banned)
		}
	}
	if strings.Count(page, "<script") != strings.Count(page, `<script src="/api/docs/`) {
		t.Error("the page has a script that is not a file of this server")
	}
	for path, kind := range map[string]string{"/api/docs/docs.js": "text/javascript; charset=utf-8", "/api/docs/docs.css": "text/css; charset=utf-8"} {
		if w := (exchange{method: "GET", path: path}).do(s); w.Code != 200 || w.Header().Get("Content-Type") != kind {
			t.Errorf("%s: %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

// Ensure readiness follows the database and tells nothing of it.
func TestReady(t *testing.T) {
	var state error
	s, _ := testServer(t, Config{Ready: func(context.Context) error { return state }})
	get := func(path string) int { return exchange{method: "GET", path: path}.do(s).Code }
	if get("/readyz") != 200 || get("/healthz") != 200 {
		t.Error("a healthy server is not ready")
	}
	state = errors.New("dial tcp 10.0.0.5:5432: connection refused")
	w := exchange{method: "GET", path: "/readyz"}.do(s)
	if w.Code != 503 || strings.Contains(w.Body.String(), "10.0.0.5") || get("/healthz") != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// Ensure a body that stops coming ends with 408 and the server goes on.
func TestSlowBody(t *testing.T) {
	s, _ := testServer(t, Config{})
	r, w := slowRequest()
	s.ServeHTTP(w, r)
	if p := problemOf(t, w.ResponseRecorder); w.Code != http.StatusRequestTimeout || p.Code != fault.Malformed {
		t.Errorf("%d %+v", w.Code, p)
	}
}

// Ensure schema names stay apart when two packages use one name.
func TestSchemaNames(t *testing.T) {
	r := newRegistry()
	type Person struct {
		ID uuid.UUID `json:"id"`
	}
	a := r.schemas.Schema(typeOf[Person](), true, "")
	b := r.schemas.Schema(typeOf[http.Cookie](), true, "")
	c := r.schemas.Schema(typeOf[netip.Prefix](), true, "")
	if a.Ref == b.Ref || c.Type != "string" {
		t.Errorf("%+v %+v %+v", a, b, c)
	}
}
