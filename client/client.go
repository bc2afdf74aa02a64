// Package client is the Go client of the Handstamp API. Its types and methods
// are generated from docs/openapi.json; this file knows how to sign in, stay
// signed in and repeat a request safely.
package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:generate go run ./internal/generate ../docs/openapi.json generated.go

// Client calls one server as one person. It is safe for use by many goroutines.
type Client struct {
	base  string
	http  *http.Client
	tries int

	refreshing sync.Mutex // one refresh at a time
	mu         sync.Mutex
	token      string // the access token; empty before SignIn
}

// Setting changes how a Client works.
type Setting func(*Client)

// WithTransport sends requests through t instead of http.DefaultTransport.
func WithTransport(t http.RoundTripper) Setting { return func(c *Client) { c.http.Transport = t } }

// WithTries says how often a request is sent at most when the server is busy or
// not reachable; 4 unless set.
func WithTries(n int) Setting { return func(c *Client) { c.tries = n } }

// WithToken uses an access token that came from elsewhere.
func WithToken(token string) Setting { return func(c *Client) { c.token = token } }

// New returns a client for the server at base, such as http://localhost:8080.
func New(base string, settings ...Setting) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("client: %q is not the address of a server", base)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &Client{base: strings.TrimSuffix(base, "/"), tries: 4, http: &http.Client{Jar: jar, Timeout: time.Minute}}
	for _, set := range settings {
		set(c)
	}
	return c, nil
}

// SignIn starts a session. The client keeps it alive until SignOut or until the
// server ends it; then calls answer a Problem with the code unauthenticated.
func (c *Client) SignIn(ctx context.Context, org, email, password string) error {
	reply, err := c.AuthLogin(ctx, AuthLoginRequest{Org: org, Email: email, Password: password})
	if err == nil {
		c.setToken(reply.AccessToken)
	}
	return err
}

// SignOut ends the session.
func (c *Client) SignOut(ctx context.Context) error {
	err := c.AuthLogout(ctx)
	c.setToken("")
	return err
}

// Token returns the present access token, empty when nobody is signed in.
func (c *Client) Token() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.token
}

func (c *Client) setToken(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.token = token
}

// Option changes one call.
type Option func(*call)

// IdempotencyKey names the intent of a call: the server acts once however often
// the same key arrives with the same request. Without this option every call of
// an operation that takes a key makes one of its own, which covers its retries.
func IdempotencyKey(key string) Option { return func(c *call) { c.key = key } }

// call is one operation on its way.
type call struct {
	name    string
	public  bool // needs no sign-in
	changes bool
	keyed   bool // takes an Idempotency-Key
	key     string
	body    []byte
}

// do sends the request until it is answered for good, and decodes the answer.
func (c *Client) do(ctx context.Context, k call, in, out any, options []Option) error {
	for _, set := range options {
		set(&k)
	}
	if k.keyed && k.key == "" {
		k.key = rand.Text()
	}
	var err error
	if k.body, err = json.Marshal(in); err != nil {
		return fmt.Errorf("client: %s: %w", k.name, err)
	}
	token, refreshed := c.Token(), false
	for try := 1; ; try++ {
		answer, err := c.send(ctx, k, token)
		if Is(err, "unauthenticated") && !k.public && !refreshed && token != "" {
			if token, err = c.refresh(ctx, token); err != nil {
				return err
			}
			refreshed = true
			continue
		}
		if err == nil {
			if err := json.Unmarshal(answer, out); err != nil {
				return fmt.Errorf("client: the answer of %s cannot be read: %w", k.name, err)
			}
			return nil
		}
		wait, again := k.worthAnotherTry(err, try)
		if !again || try >= c.tries || !sleep(ctx, wait) {
			return err
		}
	}
}

// worthAnotherTry reports how long to wait before repeating. A change without
// a key is repeated only when the server surely did nothing: after a lost answer
// nobody knows.
func (k call) worthAnotherTry(err error, try int) (time.Duration, bool) {
	backoff := 50 * time.Millisecond << try
	harmless := k.keyed || !k.changes
	problem, answered := errors.AsType[*Problem](err)
	switch {
	case !answered:
		left := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
		return backoff, harmless && !left
	case problem.Status == http.StatusServiceUnavailable:
		return max(problem.RetryAfter, backoff), harmless
	case problem.Status == http.StatusTooManyRequests: // it did nothing
		return max(problem.RetryAfter, backoff), true
	}
	return 0, false
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// refresh gets a new access token unless another goroutine just did.
func (c *Client) refresh(ctx context.Context, stale string) (string, error) {
	c.refreshing.Lock()
	defer c.refreshing.Unlock()
	if token := c.Token(); token != stale {
		return token, nil
	}
	reply, err := c.AuthRefresh(ctx)
	if err != nil {
		return "", err
	}
	c.setToken(reply.AccessToken)
	return reply.AccessToken, nil
}

// send makes one HTTP exchange.
func (c *Client) send(ctx context.Context, k call, token string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v1/"+k.name, bytes.NewReader(k.body))
	if err != nil {
		return nil, fmt.Errorf("client: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" && !k.public {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if k.key != "" {
		r.Header.Set("Idempotency-Key", k.key)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, fmt.Errorf("client: %s: %w", k.name, err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, fmt.Errorf("client: %s: %w", k.name, err)
	}
	if answer.StatusCode == http.StatusOK {
		return body, nil
	}
	return nil, problemOf(answer, body)
}

// Error says what happened, for people.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Detail)
	for _, f := range p.Errors {
		b.WriteString("; " + f.Field + ": " + f.Message)
	}
	return b.String()
}

// Is reports whether err is a problem of the server with this code.
func Is(err error, code string) bool {
	p, ok := errors.AsType[*Problem](err)
	return ok && p.Code == code
}

func problemOf(answer *http.Response, body []byte) *Problem {
	p := &Problem{}
	if json.Unmarshal(body, &p.ProblemDocument) != nil || p.Code == "" {
		p.ProblemDocument = ProblemDocument{Code: "unknown", Detail: "The server answered " + answer.Status + ".", Title: answer.Status}
	}
	p.Status = answer.StatusCode
	if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil {
		p.RetryAfter = time.Duration(seconds) * time.Second
	}
	return p
}

// Problem is an answer that is not a success. It is the error of every call
// that reached the server.
type Problem struct {
	ProblemDocument
	// RetryAfter is how long the server asks to wait, for throttled and unavailable.
	RetryAfter time.Duration
}

// Change is a member of an update: absent unless it is set.
type Change[T any] struct {
	set   bool
	value *T
}

// To sets a member to a value.
func To[T any](v T) Change[T] { return Change[T]{set: true, value: &v} }

// Cleared empties a member.
func Cleared[T any]() Change[T] { return Change[T]{set: true} }

// IsZero tells encoding/json that the member stays as it is on the server.
func (c Change[T]) IsZero() bool { return !c.set }

// MarshalJSON writes the value, or null for a cleared member.
func (c Change[T]) MarshalJSON() ([]byte, error) { return json.Marshal(c.value) }

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Change[T]) UnmarshalJSON(b []byte) error {
	c.set = true
	return json.Unmarshal(b, &c.value)
}
