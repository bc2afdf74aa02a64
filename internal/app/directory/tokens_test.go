package directory_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure an access token is refused as soon as one thing about it is wrong (R13).
func TestForgedTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.mustLogin(w.email)
	kid, private := w.service.SigningKey(t)
	public, _ := private.Public().(ed25519.PublicKey)
	_, stranger, _ := ed25519.GenerateKey(nil)
	now := time.Now()
	good := func() (map[string]any, jwt.MapClaims) {
		return map[string]any{"alg": "EdDSA", "typ": "at+jwt", "kid": kid}, jwt.MapClaims{
			"iss": "handstamp", "aud": "handstamp", "sub": w.admin.User.String(), "org": w.org.String(),
			"sid": nobody().String(), "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(),
		}
	}
	make := func(method jwt.SigningMethod, key any, change func(h map[string]any, c jwt.MapClaims)) string {
		h, c := good()
		if change != nil {
			change(h, c)
		}
		token := jwt.NewWithClaims(method, c)
		maps.Copy(token.Header, h)
		token.Header["alg"] = method.Alg()
		text, err := token.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if _, err := w.service.Authenticate(t.Context(), make(jwt.SigningMethodEdDSA, private, nil)); err != nil {
		t.Fatalf("a genuine token is refused: %v", err)
	}
	header := func(name string, v any) string {
		return make(jwt.SigningMethodEdDSA, private, func(h map[string]any, _ jwt.MapClaims) { h[name] = v })
	}
	claim := func(name string, v any) string {
		return make(jwt.SigningMethodEdDSA, private, func(_ map[string]any, c jwt.MapClaims) {
			if v == nil {
				delete(c, name)
				return
			}
			c[name] = v
		})
	}
	parts := strings.Split(in.AccessToken, ".")
	tampered := base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(decoded(t, parts[1]), w.admin.User.String(), nobody().String(), 1)))
	for what, token := range map[string]string{
		"alg none":                     make(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil),
		"HS256 with the public key":    make(jwt.SigningMethodHS256, []byte(public), nil),
		"another key under our kid":    make(jwt.SigningMethodEdDSA, stranger, nil),
		"unknown kid":                  header("kid", "unknown"),
		"no kid":                       header("kid", ""),
		"kid of another type":          header("kid", 7),
		"jku":                          header("jku", "https://evil.example/keys"),
		"jwk":                          header("jwk", map[string]any{"kty": "OKP"}),
		"x5u":                          header("x5u", "https://evil.example/cert"),
		"crit":                         header("crit", []string{"exp"}),
		"typ JWT":                      header("typ", "JWT"),
		"no typ":                       header("typ", nil),
		"issuer":                       claim("iss", "elsewhere"),
		"no issuer":                    claim("iss", nil),
		"audience":                     claim("aud", "elsewhere"),
		"no audience":                  claim("aud", nil),
		"expired":                      claim("exp", now.Add(-time.Minute).Unix()),
		"no expiry":                    claim("exp", nil),
		"not before":                   claim("nbf", now.Add(time.Hour).Unix()),
		"issued in the future":         claim("iat", now.Add(time.Hour).Unix()),
		"no subject":                   claim("sub", nil),
		"no org":                       claim("org", nil),
		"org that is no id":            claim("org", "acme"),
		"no session":                   claim("sid", nil),
		"tampered claims":              parts[0] + "." + tampered + "." + parts[2],
		"signature cut off":            parts[0] + "." + parts[1] + ".",
		"two parts":                    parts[0] + "." + parts[1],
		"refresh token used as access": in.Refresh,
		"empty":                        "",
		"garbage":                      "Bearer x.y.z",
	} {
		_, err := w.service.Authenticate(t.Context(), token)
		wantFault(t, what, err, fault.Unauthenticated, "")
	}
}

func decoded(t *testing.T, part string) string {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Ensure a token seen before still runs out.
func TestTokenRunsOutOfTheCache(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.mustLogin(w.email).AccessToken
	now := time.Now()
	for range 2 {
		if _, err := w.service.ParseAt(now, token); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.service.ParseAt(now.Add(10*time.Minute+9*time.Second), token); err != nil {
		t.Errorf("within the leeway: %v", err)
	}
	if _, err := w.service.ParseAt(now.Add(10*time.Minute+12*time.Second), token); err == nil {
		t.Error("good after its time")
	}
}

// Ensure servers share keys, follow a rotation made by another, and keep
// accepting what was signed before.
func TestRotateKeys(t *testing.T) {
	t.Parallel()
	w := worldIn(t, dbtest.Own(t), patient()) // other tests look at the keys
	other, err := directory.New(t.Context(), w.env.DB, patient())
	if err != nil {
		t.Fatal(err)
	}
	old := w.mustLogin(w.email).AccessToken
	oldKid, _ := w.service.SigningKey(t)
	if err := w.service.RotateKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	fresh := w.mustLogin(w.email).AccessToken
	if kid, _ := w.service.SigningKey(t); kid == oldKid {
		t.Error("still signing with the old key")
	}
	time.Sleep(5100 * time.Millisecond) // a server asks for unknown keys at most every five seconds
	for what, token := range map[string]string{"old": old, "fresh": fresh} {
		for name, s := range map[string]*directory.Service{"this": w.service, "the other": other} {
			if _, err := s.Authenticate(t.Context(), token); err != nil {
				t.Errorf("%s token, %s server: %v", what, name, err)
			}
		}
	}
	err = w.env.DB.Global(t.Context(), func(q db.Querier) error {
		var n int
		if err := q.QueryRow(t.Context(), `SELECT count(*)::int FROM signing_keys WHERE retired_at IS NULL`).Scan(&n); err != nil {
			return err
		}
		if n != 1 {
			return fmt.Errorf("%d keys sign", n)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
