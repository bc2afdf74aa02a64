package httpapi

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure each bad request is told from the others by status, code and field.
func TestBadRequests(t *testing.T) {
	s, _ := testServer(t, Config{})
	deep := strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40)
	for _, c := range []struct {
		name, body, kind string
		status           int
		code             fault.Code
		field            string
	}{
		{"duplicate key", `{"role":"x","role":"y"}`, "", 400, fault.Malformed, "role"},
		{"duplicate key in free data", `{"role":"x","values":{"a":{"b":1,"b":2}}}`, "", 400, fault.Malformed, "values.a.b"},
		{"duplicate key, escaped", `{"role":"x","r\u006fle":"y"}`, "", 400, fault.Malformed, "role"},
		{"case variant", `{"role":"x","ROLE":"y"}`, "", 422, fault.Invalid, "ROLE"},
		{"case variant alone", `{"Role":"x"}`, "", 422, fault.Invalid, "Role"},
		{"unknown member", `{"role":"x","org_id":"y"}`, "", 422, fault.Invalid, "org_id"},
		{"too deep", `{"role":"x","values":` + deep + `}`, "", 400, fault.Malformed, "values" + strings.Repeat(".a", 31)},
		{"trailing garbage", `{"role":"x"} {"role":"y"}`, "", 400, fault.Malformed, ""},
		{"trailing brace", `{"role":"x"}}`, "", 400, fault.Malformed, ""},
		{"cut off", `{"role":"x"`, "", 400, fault.Malformed, ""},
		{"empty", ``, "", 400, fault.Malformed, ""},
		{"not JSON", `role=x`, "", 400, fault.Malformed, ""},
		{"comma too many", `{"role":"x",}`, "", 400, fault.Malformed, ""},
		{"list instead of object", `[]`, "", 422, fault.Invalid, "body"},
		{"null", `null`, "", 422, fault.Invalid, "body"},
		{"broken UTF-8", "{\"role\":\"\xff\"}", "", 400, fault.Malformed, ""},
		{"NUL", `{"role":"a\u0000b"}`, "", 400, fault.Malformed, "role"},
		{"number too large", `{"role":"x","count":1e999}`, "", 400, fault.Malformed, "count"},
		{"oversize", `{"role":"` + strings.Repeat("x", maxBody) + `"}`, "", 413, fault.TooLarge, ""},
		{"text/plain", `{"role":"x"}`, "text/plain", 415, fault.Unsupported, ""},
		{"no content type", `{"role":"x"}`, "none", 415, fault.Unsupported, ""},
		{"latin-1", `{"role":"x"}`, "application/json; charset=iso-8859-1", 415, fault.Unsupported, ""},
		{"form", `role=x`, "application/x-www-form-urlencoded", 415, fault.Unsupported, ""},
		{"required member absent", `{}`, "", 422, fault.Invalid, "role"},
		{"required member null", `{"role":null}`, "", 422, fault.Invalid, "role"},
		{"too short", `{"role":""}`, "", 422, fault.Invalid, "role"},
		{"too long", `{"role":"12345678901"}`, "", 422, fault.Invalid, "role"},
		{"wrong type", `{"role":7}`, "", 422, fault.Invalid, "role"},
		{"not an id", `{"role":"x","id":"7"}`, "", 422, fault.Invalid, "id"},
		{"id in braces", `{"role":"x","id":"{6ba7b810-9dad-11d1-80b4-00c04fd430c8}"}`, "", 422, fault.Invalid, "id"},
		{"not in the list", `{"role":"x","size":"huge"}`, "", 422, fault.Invalid, "size"},
		{"fraction", `{"role":"x","count":1.5}`, "", 422, fault.Invalid, "count"},
		{"too small", `{"role":"x","count":0}`, "", 422, fault.Invalid, "count"},
		{"too large", `{"role":"x","count":10}`, "", 422, fault.Invalid, "count"},
		{"not a truth", `{"role":"x","sure":"yes"}`, "", 422, fault.Invalid, "sure"},
		{"not a day", `{"role":"x","day":"2026-02-30"}`, "", 422, fault.Invalid, "day"},
		{"too many items", `{"role":"x","tags":["a","b","c"]}`, "", 422, fault.Invalid, "tags"},
		{"bad item", `{"role":"x","tags":["a","toolong"]}`, "", 422, fault.Invalid, "tags.1"},
		{"bad map value", `{"role":"x","named":{"k":"toolong"}}`, "", 422, fault.Invalid, "named.k"},
		{"verb's own fault", `{"role":"fault"}`, "", 422, fault.Invalid, "values.leave_to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := exchange{path: "/api/v1/parcels.send", token: "a", body: c.body, kind: c.kind}.do(s)
			p := problemOf(t, w)
			var fields []string
			for _, f := range p.Errors {
				fields = append(fields, f.Path)
			}
			if w.Code != c.status || p.Code != c.code || (c.field != "" && !slices.Contains(fields, c.field)) {
				t.Errorf("got %d %s %v (%s), want %d %s %s", w.Code, p.Code, fields, p.Detail, c.status, c.code, c.field)
			}
		})
	}
}

// Ensure what a verb may receive arrives, and free data keeps keys that differ in case.
func TestGoodRequests(t *testing.T) {
	s, _ := testServer(t, Config{})
	for _, body := range []string{
		`{"role":"x"}`,
		`{"role":"ünïcödé","tags":[],"size":"small","count":9,"sure":false,"day":"2028-02-29"}`,
		`{"role":"x","values":{"Days":1,"days":2,"deep":[{"a":null}]},"id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8"}`,
		`{"role":"x","size":null}`,
		" \n{\"role\":\"x\"}\n",
	} {
		w := exchange{path: "/api/v1/parcels.send", token: "a", body: body, kind: "application/json; charset=UTF-8"}.do(s)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
		}
	}
}

// Ensure an answer about wrong input repeats none of it: it may be a password.
func TestValuesAreNotEchoed(t *testing.T) {
	s, _ := testServer(t, Config{})
	for _, body := range []string{
		`{"role":"canary-7f3a-long"}`, `{"role":{"x":"canary-7f3a"}}`, `{"role":"x","size":"canary-7f3a"}`,
		`{"role":"x","day":"canary-7f3a"}`, `{"role":"canary-7f3a`, `{"role":"x"} canary-7f3a`,
		`{"role":"x","id":"canary-7f3a"}`, `{"role":"x","count":"canary-7f3a"}`,
	} {
		w := exchange{path: "/api/v1/parcels.send", token: "a", body: body}.do(s)
		if w.Code < 400 || strings.Contains(w.Body.String(), "canary") {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
		}
	}
}

// Ensure the three gates of an operation: sign-in, right, organization.
func TestGates(t *testing.T) {
	base := Config{Public: mustURL("https://handstamp.example")}
	s, _ := testServer(t, base)
	const ok = `{"role":"x"}`
	for _, c := range []struct {
		name string
		x    exchange
		want int
	}{
		{"public needs nothing", exchange{path: "/api/v1/doors.open", body: ok}, 200},
		{"member needs a token", exchange{path: "/api/v1/parcels.look", body: ok}, 401},
		{"unknown token", exchange{path: "/api/v1/parcels.look", body: ok, token: "z"}, 401},
		{"any member", exchange{path: "/api/v1/parcels.look", body: ok, token: "b"}, 200},
		{"right missing", exchange{path: "/api/v1/parcels.send", body: ok, token: "b"}, 403},
		{"right missing comes before a bad body", exchange{path: "/api/v1/parcels.send", body: `{`, token: "b"}, 403},
		{"right held", exchange{path: "/api/v1/parcels.send", body: ok, token: "a"}, 200},
		{"own subdomain", exchange{path: "/api/v1/parcels.look", body: ok, token: "a", host: "acme.handstamp.example"}, 200},
		{"foreign subdomain", exchange{path: "/api/v1/parcels.look", body: ok, token: "a", host: "globex.handstamp.example:443"}, 401},
		{"organization in a header is ignored", exchange{path: "/api/v1/parcels.look", body: ok, token: "a", headers: map[string]string{"X-Org-Id": userB.Org.String()}}, 200},
		{"organization in the query is ignored", exchange{path: "/api/v1/parcels.look?org_id=" + userB.Org.String(), body: ok, token: "a"}, 200},
		{"basic credentials", exchange{path: "/api/v1/parcels.look", body: ok, headers: map[string]string{"Authorization": "Basic YTpi"}}, 401},
		{"token with a blank", exchange{path: "/api/v1/parcels.look", body: ok, headers: map[string]string{"Authorization": "Bearer a b"}}, 401},
		{"GET", exchange{path: "/api/v1/parcels.look", method: "GET", token: "a"}, 405},
		{"no such operation", exchange{path: "/api/v1/parcels.burn", body: ok, token: "a"}, 404},
		{"page of another site", exchange{path: "/api/v1/doors.open", body: ok, headers: map[string]string{"Sec-Fetch-Site": "cross-site"}}, 403},
		{"page of a sibling site", exchange{path: "/api/v1/doors.open", body: ok, headers: map[string]string{"Sec-Fetch-Site": "same-site"}}, 403},
		{"foreign origin, old browser", exchange{path: "/api/v1/doors.open", body: ok, headers: map[string]string{"Origin": "https://evil.example"}}, 403},
		{"own page", exchange{path: "/api/v1/doors.open", body: ok, headers: map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "https://example.com"}}, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := c.x.do(s)
			if w.Code != c.want {
				t.Fatalf("got %d, want %d: %s", w.Code, c.want, w.Body)
			}
			if w.Code >= 400 {
				problemOf(t, w)
			}
			if w.Code == 200 && c.x.token == "a" && !strings.Contains(w.Body.String(), userA.Org.String()) {
				t.Errorf("acted for another organization: %s", w.Body)
			}
		})
	}
}

// Ensure inner errors stay inside, are logged once, and outages answer 503.
func TestFailures(t *testing.T) {
	s, log := testServer(t, Config{Deadline: 30 * time.Millisecond})
	for _, c := range []struct {
		role  string
		want  int
		lines int
	}{
		{"secret", 500, 1}, {"panic", 500, 1}, {"lost", 503, 1}, {"slow", 503, 1}, {"deadlock", 503, 1}, {"fault", 422, 0},
	} {
		log.Reset()
		w := exchange{path: "/api/v1/parcels.send", token: "a", body: `{"role":"` + c.role + `"}`}.do(s)
		p := problemOf(t, w)
		if w.Code != c.want {
			t.Errorf("%s: got %d, want %d", c.role, w.Code, c.want)
		}
		for _, inner := range []string{"SELECT", "users_pkey", "dry", "SQLSTATE", "goroutine", "context"} {
			if strings.Contains(w.Body.String(), inner) {
				t.Errorf("%s: the answer tells %q: %s", c.role, inner, w.Body)
			}
		}
		if got := strings.Count(log.String(), "\n"); got != c.lines {
			t.Errorf("%s: %d log lines, want %d: %s", c.role, got, c.lines, log)
		}
		if c.lines > 0 && !strings.Contains(log.String(), p.RequestID) {
			t.Errorf("%s: the log does not name the request: %s", c.role, log)
		}
		if retry := w.Header().Get("Retry-After"); (c.want == 503) != (retry != "") {
			t.Errorf("%s: Retry-After %q", c.role, retry)
		}
	}
	if !strings.Contains(exchange{path: "/api/v1/parcels.send", token: "a", body: `{"role":"x"}`}.do(s).Body.String(), "x") {
		t.Error("the server does not survive a panic")
	}
}

// Ensure the security headers stand on every answer, whatever it is.
func TestHeadersOnEveryAnswer(t *testing.T) {
	s, _ := testServer(t, Config{Public: mustURL("https://handstamp.example")})
	for _, x := range []exchange{
		{path: "/api/v1/doors.open", body: `{"role":"x"}`},
		{path: "/api/v1/doors.open", body: `{`},
		{path: "/api/v1/parcels.send", token: "a", body: `{"role":"panic"}`},
		{path: "/api/v1/nothing.here", body: `{}`},
		{path: "/api/v1/doors.open", method: "GET"},
		{path: "/api/v1/doors.open", body: `{}`, headers: map[string]string{"Sec-Fetch-Site": "cross-site"}},
		{path: "/api/openapi.json", method: "GET"},
		{path: "/api/docs", method: "GET"},
		{path: "/api/docs/docs.js", method: "GET"},
		{path: "/healthz", method: "GET"},
		{path: "/readyz", method: "GET"},
		{path: "/runs/LEAVE-42", method: "GET", headers: map[string]string{"Accept": "text/html"}},
		{path: "/favicon.ico", method: "GET"},
		{path: "//double", method: "GET"},
	} {
		w := x.do(s)
		for name, want := range map[string]string{
			"Content-Security-Policy":    policy,
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin",
			"Strict-Transport-Security":  "max-age=31536000; includeSubDomains",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s %s (%d): %s is %q", x.method, x.path, w.Code, name, got)
			}
		}
		if w.Header().Get("Permissions-Policy") == "" || w.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s %s: %v", x.method, x.path, w.Header())
		}
		if strings.HasPrefix(x.path, "/api/v1/") && w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be stored: %q", x.path, w.Header().Get("Cache-Control"))
		}
	}
	plain, _ := testServer(t, Config{})
	if h := (exchange{path: "/healthz", method: "GET"}).do(plain).Header(); h.Get("Strict-Transport-Security") != "" {
		t.Error("HSTS is promised without TLS")
	}
}

// Ensure a proxy's request id is kept when it is harmless, and replaced when not.
func TestRequestID(t *testing.T) {
	s, _ := testServer(t, Config{})
	for sent, kept := range map[string]bool{"req-12345678": true, "short": false, "a b c d e f": false, "x\ninjected-line": false, strings.Repeat("a", 65): false} {
		w := exchange{path: "/healthz", method: "GET", headers: map[string]string{"X-Request-Id": sent}}.do(s)
		if got := w.Header().Get("X-Request-Id"); (got == sent) != kept || got == "" {
			t.Errorf("sent %q, got %q", sent, got)
		}
	}
}

// Ensure the key and a hash that ignores the order of members reach the verb.
func TestIdempotencyKey(t *testing.T) {
	s, _ := testServer(t, Config{})
	send := func(body string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "/api/v1/parcels.send", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer a")
		for _, h := range header {
			r.Header.Add("Idempotency-Key", h)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	decode := func(w *httptest.ResponseRecorder) (e echo) {
		if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		return e
	}
	a := decode(send(`{"role":"x","count":2}`, "k-1"))
	b := decode(send(`{ "count":2, "role":"x" }`, `"k-1"`))
	c := decode(send(`{"role":"x","count":3}`, "k-1"))
	if a.Key != "k-1" || b != a || c.Hash == a.Hash {
		t.Errorf("got %+v, %+v, %+v", a, b, c)
	}
	if d, e := decode(send(`{"role":"x","secret":"one"}`, "k")), decode(send(`{"role":"x","secret":"two"}`, "k")); d.Hash != e.Hash {
		t.Error("the stored hash depends on a secret, which could be guessed from it")
	}
	if d, e := decode(send(`{"role":"x","secret":"one"}`, "k")), decode(send(`{"role":"x"}`, "k")); d.Hash == e.Hash {
		t.Error("a request with a secret passes for one without")
	}
	if none := decode(send(`{"role":"x"}`)); none.Key != "" || none.Hash != "\x00\x00\x00\x00" {
		t.Errorf("without the header: %+v", none)
	}
	for _, bad := range [][]string{{""}, {`""`}, {strings.Repeat("k", 256)}, {"ü"}, {"a", "b"}, {"tab\there"}} {
		if w := send(`{"role":"x"}`, bad...); w.Code != 400 {
			t.Errorf("%q: %d", bad, w.Code)
		}
	}
}
