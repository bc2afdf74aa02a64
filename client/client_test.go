package client

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// script answers one operation after the other and remembers what it was sent.
type script struct {
	mu      sync.Mutex
	answers map[string][]answer
	keys    []string
	bodies  []string
}

type answer struct {
	status int
	body   string
	header map[string]string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := r.URL.Path[len("/api/v1/"):]
	body, _ := io.ReadAll(r.Body)
	s.bodies = append(s.bodies, string(body))
	s.keys = append(s.keys, r.Header.Get("Idempotency-Key"))
	next := s.answers[name]
	if len(next) == 0 {
		http.Error(w, "unexpected "+name, http.StatusTeapot)
		return
	}
	if len(next) > 1 {
		s.answers[name] = next[1:]
	}
	for k, v := range next[0].header {
		w.Header().Set(k, v)
	}
	w.WriteHeader(next[0].status)
	_, _ = io.WriteString(w, next[0].body)
}

func start(t *testing.T, answers map[string][]answer, settings ...Setting) (*Client, *script) {
	t.Helper()
	s := &script{answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	c, err := New(server.URL, settings...)
	if err != nil {
		t.Fatal(err)
	}
	return c, s
}

const (
	over = `{"type":"/api/docs#problem-unauthenticated","title":"Sign in first","status":401,"code":"unauthenticated","detail":"Your session has ended.","request_id":"r"}`
	busy = `{"type":"x","title":"Busy","status":503,"code":"unavailable","detail":"Try again.","request_id":"r"}`
)

// Ensure an expired access token is refreshed once, however many calls meet it.
func TestRefreshOnce(t *testing.T) {
	var refreshes atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("/api/v1/auth.refresh", func(w http.ResponseWriter, _ *http.Request) {
		refreshes.Add(1)
		time.Sleep(10 * time.Millisecond)
		_, _ = io.WriteString(w, `{"access_token":"new","expires_in":600}`)
	})
	mux.HandleFunc("/api/v1/sessions.list", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer new" {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, over)
			return
		}
		_, _ = io.WriteString(w, `{"items":[]}`)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	c, err := New(server.URL, WithToken("old"))
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := c.SessionsList(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := refreshes.Load(); n != 1 {
		t.Errorf("%d refreshes", n)
	}
}

// Ensure an ended session comes back as a problem and not as an endless loop.
func TestSessionOver(t *testing.T) {
	c, s := start(t, map[string][]answer{
		"sessions.list": {{status: 401, body: over}},
		"auth.refresh":  {{status: 401, body: over}},
	}, WithToken("old"))
	_, err := c.SessionsList(t.Context())
	if !Is(err, "unauthenticated") || len(s.bodies) != 2 {
		t.Errorf("%v after %d requests", err, len(s.bodies))
	}
}

// Ensure a busy server is asked again with the same key, and that a change
// without key is not repeated when nobody knows what became of it.
func TestRetries(t *testing.T) {
	c, s := start(t, map[string][]answer{
		"tasks.claim": {{status: 503, body: busy}, {status: 429, body: busy}, {status: 200, body: `{"number":"LEAVE-1"}`}},
		"x.y":         {{status: 503, body: busy}, {status: 200, body: `{}`}},
		"runs.get":    {{status: 503, body: busy}, {status: 200, body: `{"number":"LEAVE-2"}`}},
	}, WithToken("t"))
	run, err := c.TasksClaim(t.Context(), TasksClaimRequest{TaskID: "x"})
	if err != nil || run.Number != "LEAVE-1" {
		t.Fatal(err)
	}
	if s.keys[0] == "" || s.keys[0] != s.keys[1] || s.keys[1] != s.keys[2] {
		t.Errorf("keys %q", s.keys)
	}
	unkeyed := call{name: "x.y", changes: true} // the server has none such any more; an older one might
	if err := c.do(t.Context(), unkeyed, struct{}{}, &struct{}{}, nil); !Is(err, "unavailable") {
		t.Errorf("a change without key: %v", err)
	}
	if run, err := c.RunsGet(t.Context(), RunsGetRequest{Run: "LEAVE-2"}); err != nil || run.Number != "LEAVE-2" {
		t.Error(err)
	}
	if _, err := c.TasksClaim(t.Context(), TasksClaimRequest{TaskID: "x"}, IdempotencyKey("mine")); err != nil || s.keys[len(s.keys)-1] != "mine" {
		t.Errorf("%v, key %q", err, s.keys[len(s.keys)-1])
	}
}

// Ensure Retry-After is waited for, but not longer than the caller wants.
func TestRetryAfter(t *testing.T) {
	c, _ := start(t, map[string][]answer{
		"runs.get": {{status: 429, body: busy, header: map[string]string{"Retry-After": "30"}}},
	}, WithToken("t"))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := c.RunsGet(ctx, RunsGetRequest{Run: "X-1"})
	problem, ok := errors.AsType[*Problem](err)
	if !ok || problem.RetryAfter != 30*time.Second || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// Ensure a problem names its fields, and an answer that is none is not lost.
func TestProblems(t *testing.T) {
	c, _ := start(t, map[string][]answer{
		"runs.get":   {{status: 422, body: `{"status":422,"code":"invalid","detail":"Not right.","errors":[{"field":"run","message":"Is required."}]}`}},
		"runs.start": {{status: 502, body: `<html>bad gateway</html>`}},
	}, WithToken("t"))
	_, err := c.RunsGet(t.Context(), RunsGetRequest{})
	if !Is(err, "invalid") || err.Error() != "Not right.; run: Is required." {
		t.Error(err)
	}
	if _, err := c.RunsStart(t.Context(), RunsStartRequest{}); !Is(err, "unknown") {
		t.Error(err)
	}
}

// Ensure the three states of a member of an update arrive as such.
func TestChange(t *testing.T) {
	in := UsersUpdateRequest{UserID: "u", Revision: 3, City: To("Pune"), Manager: Cleared[string]()}
	got, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != `{"city":"Pune","manager":null,"revision":3,"user_id":"u"}` {
		t.Errorf("got %s", got)
	}
}

// Ensure only the address of a server is taken.
func TestNew(t *testing.T) {
	for _, bad := range []string{"", "localhost:8080", "/api", "http://"} {
		if _, err := New(bad); err == nil {
			t.Errorf("%q is taken for a server", bad)
		}
	}
}
