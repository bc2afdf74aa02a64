package httpapi

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/directory"
)

func (c *company) login(x exchange, body map[string]any) *httptest.ResponseRecorder {
	raw, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	x.path, x.body = "/api/v1/auth.login", string(raw)
	return x.do(c.Server)
}

// Ensure whatever is wrong with a sign-in, the answer is the same.
func TestSignInTellsNothing(t *testing.T) {
	t.Parallel()
	c := newWorld(t, Config{}).company(t)
	good := map[string]any{"org": c.slug, "email": c.email("asha"), "password": testPassword}
	if w := c.login(exchange{}, good); w.Code != 200 {
		t.Fatal(w.Body)
	}
	var first string
	for name, change := range map[string]map[string]any{
		"wrong password":   {"password": "something else"},
		"unknown person":   {"email": c.email("nobody")},
		"unknown company":  {"org": "nowhere"},
		"disabled person":  {"email": c.email("gone")},
		"no password":      {"password": ""},
		"strange address":  {"email": "' OR 1=1 --"},
		"endless password": {"password": strings.Repeat("x", 1024)},
	} {
		body := map[string]any{}
		for k, v := range good {
			body[k] = v
		}
		for k, v := range change {
			body[k] = v
		}
		w := c.login(exchange{}, body)
		answer := changing.ReplaceAllString(w.Body.String(), "")
		if first == "" {
			first = answer
		}
		if w.Code != http.StatusUnauthorized || answer != first || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %s", name, w.Code, answer)
		}
	}
}

// Ensure guessing is slowed down with 429 and a time to wait.
func TestGuessingIsThrottled(t *testing.T) {
	t.Parallel()
	c := newWorld(t, Config{}).company(t)
	for range 30 {
		w := c.login(exchange{}, map[string]any{"org": c.slug, "email": c.email("asha"), "password": "guess"})
		if w.Code == http.StatusTooManyRequests {
			if w.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			return
		}
	}
	t.Error("30 guesses and no end")
}

// Ensure the cookie's way: set by signing in, exchanged by refreshing, useless
// for another site, dead after signing out.
func TestRefreshCookieByHTTP(t *testing.T) {
	t.Parallel()
	c := newWorld(t, Config{Public: mustURL("https://handstamp.example")}).company(t)
	w := c.login(exchange{}, map[string]any{"org": c.slug, "email": c.email("asha"), "password": testPassword})
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		t.Fatal(w.Header())
	}
	k := cookies[0]
	if k.Name != "__Host-handstamp_refresh" || !k.HttpOnly || !k.Secure || k.SameSite != http.SameSiteStrictMode || k.Path != "/" || k.Domain != "" {
		t.Errorf("cookie %+v", k)
	}
	if strings.Contains(w.Body.String(), k.Value) {
		t.Error("the refresh token stands in the body")
	}
	send := func(op, value string, headers map[string]string) *httptest.ResponseRecorder {
		if headers == nil {
			headers = map[string]string{}
		}
		headers["Cookie"] = "__Host-handstamp_refresh=" + value
		return exchange{path: "/api/v1/" + op, body: "{}", headers: headers}.do(c.Server)
	}
	if w := send("auth.refresh", k.Value, map[string]string{"Sec-Fetch-Site": "cross-site"}); w.Code != http.StatusForbidden {
		t.Error("another site may refresh:", w.Code)
	}
	if w := send("auth.refresh", k.Value, map[string]string{"Content-Type": "text/plain"}); w.Code != http.StatusUnsupportedMediaType {
		t.Error("a plain form may refresh:", w.Code)
	}
	again := send("auth.refresh", k.Value, nil)
	if again.Code != 200 {
		t.Fatal(again.Body)
	}
	next := again.Result().Cookies()[0].Value
	if next == k.Value {
		t.Error("the refresh token was not exchanged")
	}
	for name, value := range map[string]string{"empty": "", "rubbish": "a.b.c", "changed": next[:len(next)-2] + "xx"} {
		if w := send("auth.refresh", value, nil); w.Code != http.StatusUnauthorized {
			t.Errorf("%s cookie: %d", name, w.Code)
		}
	}
	out := send("auth.logout", next, nil)
	if out.Code != 200 || out.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("%d %v", out.Code, out.Header())
	}
	if w := send("auth.refresh", next, nil); w.Code != http.StatusUnauthorized {
		t.Error("a session that ended is refreshed:", w.Code)
	}
}

// Ensure a disabled person and an ended session stop acting within five seconds,
// though their access tokens are good for minutes.
func TestEndingActsSoon(t *testing.T) {
	t.Parallel()
	c := newWorld(t, Config{}).company(t)
	works := func(token string) bool {
		status, _ := c.call(token, "me.get", map[string]any{})
		return status == 200
	}
	asha, other := c.token["asha"], c.token["other"]
	if !works(asha) || !works(other) {
		t.Fatal("nobody is signed in")
	}
	began := time.Now()
	var list struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	c.must(asha, "sessions.list", map[string]any{}, &list)
	c.must(asha, "sessions.revoke", map[string]any{"session_id": list.Items[0].ID}, &struct{}{})
	c.must(c.token["admin"], "users.disable", map[string]any{"user_id": c.id["other"]}, &struct{}{})
	for works(asha) || works(other) {
		if time.Since(began) > 5*time.Second {
			t.Fatal("still acting after five seconds")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Ensure a token that is not ours, not now, or not an access token opens nothing.
func TestForgedTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Config{})
	c := w.company(t)
	settings := directory.DefaultSettings()
	settings.AccessLife = -10 * time.Second // what the leeway for clocks allows
	past, err := directory.New(t.Context(), w.env.DB, settings)
	if err != nil {
		t.Fatal(err)
	}
	old, err := past.Login(t.Context(), directory.Login{Org: c.slug, Email: c.email("asha"), Password: testPassword})
	if err != nil {
		t.Fatal(err)
	}
	settings = directory.DefaultSettings()
	settings.Audience = "operators"
	other, err := directory.New(t.Context(), w.env.DB, settings)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := other.Login(t.Context(), directory.Login{Org: c.slug, Email: c.email("asha"), Password: testPassword})
	if err != nil {
		t.Fatal(err)
	}
	good := c.token["asha"]
	parts := strings.Split(good, ".")
	for name, token := range map[string]string{
		"expired":                old.AccessToken,
		"for another audience":   elsewhere.AccessToken,
		"a refresh token":        old.Refresh,
		"unsigned":               unsigned(parts[1]),
		"signed with a secret":   symmetric(parts[1]),
		"signed with a own key":  foreign(parts[1], `{"alg":"EdDSA","typ":"at+jwt","kid":"mine"}`),
		"bringing its key along": foreign(parts[1], `{"alg":"EdDSA","typ":"at+jwt","jwk":{"kty":"OKP"}}`),
		"with changed claims":    parts[0] + "." + claims(parts[1], c.id["boss"].String(), c.id["asha"].String()) + "." + parts[2],
		"without signature":      parts[0] + "." + parts[1] + ".",
		"cut":                    good[:len(good)-1],
		"with something behind":  good + "A",
		"rubbish":                "x.y.z",
	} {
		status, body := c.call(token, "me.get", map[string]any{})
		if status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if status, body := c.call(good, "me.get", map[string]any{}); status != 200 {
		t.Errorf("the genuine one: %d %s", status, body)
	}
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func unsigned(payload string) string {
	return b64([]byte(`{"alg":"none","typ":"at+jwt"}`)) + "." + payload + "."
}

func symmetric(payload string) string {
	text := b64([]byte(`{"alg":"HS256","typ":"at+jwt"}`)) + "." + payload
	mac := hmac.New(sha256.New, []byte("public"))
	mac.Write([]byte(text))
	return text + "." + b64(mac.Sum(nil))
}

func foreign(payload, header string) string {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		panic(err)
	}
	text := b64([]byte(header)) + "." + payload
	return text + "." + b64(ed25519.Sign(key, []byte(text)))
}

// claims replaces one user by another.
func claims(payload, to, from string) string {
	raw, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		panic(err)
	}
	changed := strings.ReplaceAll(string(raw), from, to)
	if changed == string(raw) {
		panic(fmt.Sprintf("the claims %s do not name %s", raw, from))
	}
	return b64([]byte(changed))
}

// Ensure a subdomain is the organization to sign in to, and only that.
func TestSubdomainSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Config{Public: mustURL("http://localhost:8080")})
	a, b := w.company(t), w.company(t)
	host := a.slug + ".localhost:8080"
	in := a.login(exchange{host: host}, map[string]any{"email": a.email("asha"), "password": testPassword})
	if in.Code != 200 {
		t.Fatal(in.Body)
	}
	if w := b.login(exchange{host: host}, map[string]any{"org": b.slug, "email": b.email("asha"), "password": testPassword}); w.Code != http.StatusUnauthorized {
		t.Error("signed in to another organization than the one of the address:", w.Code)
	}
	if w := a.login(exchange{}, map[string]any{"email": a.email("asha"), "password": testPassword}); w.Code != http.StatusUnprocessableEntity {
		t.Error("without an organization:", w.Code)
	}
	ask := func(token string) int {
		return exchange{path: "/api/v1/me.get", token: token, body: "{}", host: host}.do(w.Server).Code
	}
	if got := ask(a.token["asha"]); got != 200 {
		t.Error("at home:", got)
	}
	if got := ask(b.token["asha"]); got != http.StatusUnauthorized {
		t.Error("on a foreign subdomain:", got)
	}
}

// Ensure an address that tries tokens which were never ours is told to wait, as
// with passwords, and that neither genuine tokens nor those that ran out suffer.
func TestForgedTokensAreThrottled(t *testing.T) {
	t.Parallel()
	c := newWorld(t, Config{Limits: Limits{Forged: Limit{0.001, 5}}}).company(t)
	me := func(token string) int {
		return exchange{path: "/api/v1/me.get", token: token, body: "{}"}.do(c.Server).Code
	}
	refresh := func(token string) int {
		return exchange{path: "/api/v1/auth.refresh", body: "{}", headers: map[string]string{"Cookie": cookieName + "=" + token}}.do(c.Server).Code
	}
	for i, code := range []int{
		me("garbage"), me(c.token["asha"] + "x"), refresh("garbage"),
		refresh(uuid.NewString() + "." + uuid.NewString() + "." + strings.Repeat("A", 43)), me("more"),
	} {
		if code != http.StatusUnauthorized {
			t.Errorf("attempt %d: %d", i+1, code)
		}
	}
	w := exchange{path: "/api/v1/me.get", token: "garbage", body: "{}"}.do(c.Server)
	if p := problemOf(t, w); w.Code != http.StatusTooManyRequests || p.Code != "throttled" || w.Header().Get("Retry-After") == "" {
		t.Errorf("one too many: %d %s", w.Code, w.Body)
	}
	if code := refresh("garbage"); code != http.StatusTooManyRequests {
		t.Errorf("a forged refresh token: %d", code)
	}
	if code := me(c.token["asha"]); code != http.StatusOK {
		t.Errorf("a genuine token from the same address: %d", code)
	}
	if code := (exchange{path: "/api/v1/me.get", body: "{}"}).do(c.Server).Code; code != http.StatusUnauthorized {
		t.Errorf("no token at all: %d", code)
	}
}
