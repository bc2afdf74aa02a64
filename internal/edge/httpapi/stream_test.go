package httpapi

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
)

// stream opens events.stream on a real server and returns its lines.
func stream(t *testing.T, address, token, body string) *bufio.Scanner {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/api/v1/events.stream", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%s %s", answer.Status, answer.Header)
	}
	return bufio.NewScanner(answer.Body)
}

// next is the next event of a stream, "" at its end.
func next(lines *bufio.Scanner) string {
	var event []string
	for lines.Scan() {
		line := lines.Text()
		if line == "" && len(event) > 0 {
			return strings.Join(event, " ")
		}
		if line != "" && line != ":" {
			event = append(event, line)
		}
	}
	return ""
}

// Ensure a verb's change arrives at those it concerns while they look, and that
// the server does not wait for streams when it shuts down.
func TestStream(t *testing.T) {
	t.Parallel()
	hints := make(chan runs.Hint, 8)
	opened := make(chan access.Actor, 1)
	w := newWorld(t, Config{Live: func(a access.Actor) (<-chan runs.Hint, func()) {
		opened <- a
		return hints, func() { close(opened) }
	}})
	w.services.Runs.Changed = func(h runs.Hint) { hints <- h }
	c := w.company(t)
	server := w.Listening()
	listener := httptest.NewUnstartedServer(w.Server)
	listener.Config = server
	listener.Start()
	defer listener.Close()

	lines := stream(t, listener.URL, c.token["boss"], "{}")
	if got := next(lines); got != "event: ready data: {}" {
		t.Fatalf("first %q", got)
	}
	if a := <-opened; a.User != c.id["boss"] || a.Org != c.admin.Org {
		t.Errorf("opened for %+v", a)
	}
	scene := c.scene()
	run := uuid.MustParse(scene["$run"])
	want := `event: changed data: {"run_id":"` + run.String() + `","revision":`
	for {
		got := next(lines)
		if got == "" {
			t.Fatalf("%s never came", want)
		}
		if strings.HasPrefix(got, want) {
			break
		}
	}
	hints <- runs.Hint{Org: c.admin.Org}
	for got := next(lines); got != "event: changed data: {}"; got = next(lines) { // behind what the scene did
		if got == "" {
			t.Fatal("nothing says that hints were lost")
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		t.Errorf("shutting down: %v", err)
	}
	if got := next(lines); got != "" {
		t.Errorf("after the end %q", got)
	}
	<-opened // closed by stop
}

// Ensure a stream ends with its session, at the next sign of life.
func TestStreamEndsWithItsSession(t *testing.T) {
	t.Parallel()
	over := errors.New("signed out")
	var alive error
	w := httptest.NewRecorder()
	e := &events{w: w, control: http.NewResponseController(w), still: func() error { return alive }}
	for _, name := range []string{"ready", "", "changed"} {
		if err := e.send(name, ChangeHint{}); err != nil {
			t.Fatal(err)
		}
	}
	alive = over
	if err := e.send("", ChangeHint{}); !errors.Is(err, over) {
		t.Errorf("after signing out: %v", err)
	}
	if got := w.Body.String(); got != "event: ready\ndata: {}\n\n:\n\nevent: changed\ndata: {}\n\n" {
		t.Errorf("written %q", got)
	}
}

// Ensure a stream ends when its caller loses a right, at a sign of life: which hints
// reach him was decided by what he had. One that loses none goes on.
func TestStreamEndsWithItsRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Config{Live: func(access.Actor) (<-chan runs.Hint, func()) { return make(chan runs.Hint), func() {} }})
	c := w.company(t)
	listener := httptest.NewServer(w.Server)
	defer listener.Close()
	loses, keeps := stream(t, listener.URL, c.token["auditor"], "{}"), stream(t, listener.URL, c.token["boss"], `{"seconds": 12}`)
	for _, lines := range []*bufio.Scanner{loses, keeps} {
		if got := next(lines); got != "event: ready data: {}" {
			t.Fatalf("first %q", got)
		}
	}
	started := time.Now()
	var roles struct {
		Items []struct{ ID, Key string } `json:"items"`
	}
	c.must(c.token["admin"], "roles.list", map[string]any{}, &roles)
	for _, r := range roles.Items {
		if r.Key == "auditor" {
			c.must(c.token["admin"], "roles.revoke", map[string]any{"role_id": r.ID, "user_id": c.id["auditor"]}, &struct{}{})
		}
	}
	if got := next(loses); got != "" || time.Since(started) > 11*time.Second {
		t.Errorf("after the right was taken: %q, %s", got, time.Since(started))
	}
	if next(keeps); time.Since(started) < 11*time.Second {
		t.Errorf("the other stream ended after %s", time.Since(started))
	}
}

// Ensure a server without live updates says so.
func TestStreamWithoutHub(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Config{})
	w.registry.live = nil
	c := w.company(t)
	status, body := c.call(c.token["boss"], "events.stream", map[string]any{"seconds": 0})
	if status != http.StatusServiceUnavailable || !strings.Contains(body, "no live updates") {
		t.Errorf("%d %s", status, body)
	}
}
