package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// clean takes the settings of the machine away that tests run on.
func clean(t *testing.T) {
	t.Helper()
	for _, name := range []string{"PORT", "HOST", "DATA_DIR", "DATABASE_URL", "OWNER_DATABASE_URL", "PUBLIC_URL", "DEMO", "LOG_LEVEL", "HANDSTAMP_CONFIG"} {
		if value, set := os.LookupEnv(name); set {
			t.Setenv(name, value) // puts it back afterwards
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// parse reads arguments without running anything.
func parse(t *testing.T, args ...string) (commands, error) {
	t.Helper()
	var c commands
	parser, err := kong.New(&c, kong.Configuration(readSettings), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(args)
	return c, err
}

// Ensure arguments beat the environment, the environment the file, and the file
// the defaults.
func TestSettings(t *testing.T) {
	clean(t)
	file := filepath.Join(t.TempDir(), "handstamp.yaml")
	if err := os.WriteFile(file, []byte("port: 9001\nlog-level: debug\nrate-user: 7\ntrusted-proxies: [10.0.0.0/8]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := parse(t, "--config", file)
	if err != nil {
		t.Fatal(err)
	}
	if s := c.Serve; s.Port != 9001 || s.LogLevel != "debug" || s.RateUser != 7 || s.Deadline != 10*time.Second || len(s.TrustedProxies) != 1 {
		t.Errorf("the file says nothing: %+v", s)
	}
	t.Setenv("PORT", "9002")
	if c, err = parse(t, "--config", file); err != nil || c.Serve.Port != 9002 {
		t.Errorf("environment: %d %v", c.Serve.Port, err)
	}
	if c, err = parse(t, "--config", file, "serve", "--port", "9003"); err != nil || c.Serve.Port != 9003 {
		t.Errorf("argument: %d %v", c.Serve.Port, err)
	}
	if err := os.WriteFile(file, []byte("prot: 9001\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := parse(t, "--config", file); err == nil || !strings.Contains(err.Error(), `"prot"`) {
		t.Errorf("a misspelled setting: %v", err)
	}
}

// free is a port nobody listens on.
func free(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// Ensure a taken port is one sentence, before anything else is touched.
func TestTakenPort(t *testing.T) {
	clean(t)
	for _, address := range []string{"127.0.0.1:0", "[::1]:0"} {
		other, err := net.Listen("tcp", address)
		if err != nil {
			t.Logf("no %s on this machine", address)
			continue
		}
		dir := filepath.Join(t.TempDir(), "data")
		port := other.Addr().(*net.TCPAddr).Port
		err = run(t.Context(), []string{"serve", "--port", strconv.Itoa(port), "--data-dir", dir})
		if err == nil || !strings.Contains(err.Error(), "is taken") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", address, err)
		}
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Error("the data folder was made")
		}
		_ = other.Close()
	}
}

// Ensure what cannot work ends with one sentence.
func TestRefusals(t *testing.T) {
	clean(t)
	port := strconv.Itoa(free(t))
	for want, args := range map[string][]string{
		"cannot be reached": {"--database-url", "postgres://nobody@127.0.0.1:1/none?connect_timeout=2"},
		"PUBLIC_URL":        {"--public-url", "handstamp.example.com"},
		"without a path":    {"--public-url", "https://example.com/handstamp"},
		"no address":        {"--host", "192.0.2.1"},
	} {
		err := run(t.Context(), append([]string{"serve", "--port", port}, args...))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(sentence(err), "goroutine") {
			t.Errorf("%v: %v", args, err)
		}
	}
}

// Ensure the program serves on a database of its own, is ready when it says so,
// and ends in order when it is told to.
func TestServe(t *testing.T) {
	clean(t)
	env := dbtest.Own(t)
	port := free(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"serve", "--port", strconv.Itoa(port), "--database-url", env.OwnerURL, "--demo", "yes"})
	}()
	base := fmt.Sprintf("http://localhost:%d", port)
	await(t, done, base+"/readyz")
	answer, err := http.Post(base+"/api/v1/auth.login", "application/json",
		strings.NewReader(`{"org":"acme","email":"asha.rao@acme.example","password":"handstamp-demo"}`))
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	_ = answer.Body.Close()
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("the end: %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("it does not stop")
	}
	if l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err != nil {
		t.Error("the port is still taken:", err)
	} else {
		_ = l.Close()
	}
}

// await waits until an address answers 200, or the program has ended.
func await(t *testing.T, done <-chan error, address string) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		select {
		case err := <-done:
			t.Fatal("it ended:", err)
		default:
		}
		answer, err := http.Get(address)
		if err != nil {
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			return
		}
	}
	t.Fatal("it never answers")
}

// Ensure passwords that everybody knows are not served to others in silence.
func TestExposedDemoIsAnnounced(t *testing.T) {
	clean(t)
	for _, c := range []struct {
		args   string
		warned bool
	}{
		{"serve", false},
		{"serve --host 127.0.0.1", false},
		{"serve --host ::1", false},
		{"serve --host 0.0.0.0", true},
		{"serve --host ::", true},
		{"serve --host 192.0.2.1", true},
		{"serve --host handstamp.example.com", true},
		{"serve --host 0.0.0.0 --demo no", false},
		{"serve --host 0.0.0.0 --demo yes", false},
		{"serve --host 0.0.0.0 --database-url postgres://x", false}, // then auto makes no demo
	} {
		got, err := parse(t, strings.Fields(c.args)...)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		got.Serve.announce(&out, &url.URL{Scheme: "http", Host: "localhost"}, &opened{})
		if strings.Contains(out.String(), "WARNING: the demo organizations") != c.warned || got.Serve.exposed() != c.warned {
			t.Errorf("%s: %s", c.args, out.String())
		}
	}
}
