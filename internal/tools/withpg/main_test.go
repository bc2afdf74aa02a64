package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// roleEnv makes the test binary play a program; see play.
const roleEnv = "WITHPG_TEST_ROLE"

func TestMain(m *testing.M) {
	if role := os.Getenv(roleEnv); role != "" {
		os.Exit(play(role))
	}
	os.Exit(m.Run())
}

// play is the command that withpg runs ("settings", "url", "wait"), or withpg itself ("withpg").
func play(role string) int {
	switch role {
	case "withpg":
		_ = os.Setenv(roleEnv, "wait")
		return run([]string{"--", os.Args[0]}, os.Stderr)
	case "settings":
		return tellSettings()
	case "url":
		return tell(os.Getenv(urlVariable))
	case "wait":
		caught := make(chan os.Signal, 1)
		signal.Notify(caught, syscall.SIGTERM)
		fmt.Println(os.Getenv(urlVariable))
		<-caught
		return 7
	}
	return 1
}

// tellSettings asks the server who and how it is, and ends with an exit code of its own.
func tellSettings() int {
	conn, err := pgx.Connect(context.Background(), os.Getenv(urlVariable))
	if err != nil {
		return 1
	}
	var text string
	err = conn.QueryRow(context.Background(), "select current_database() || ' ' || current_setting('fsync') || ' ' || current_setting('data_directory')").Scan(&text)
	if err != nil {
		return 1
	}
	return tell(text) + 5
}

// tell writes the answer where the test reads it.
func tell(text string) int {
	if err := os.WriteFile(os.Getenv("WITHPG_TEST_ANSWER"), []byte(text), 0o600); err != nil {
		return 100
	}
	return 0
}

// runAs runs this binary in a role under withpg and returns the exit code and what the role told.
func runAs(t *testing.T, role string, flags ...string) (int, string) {
	t.Helper()
	answer := filepath.Join(t.TempDir(), "answer")
	t.Setenv(roleEnv, role)
	t.Setenv("WITHPG_TEST_ANSWER", answer)
	code := run(append(flags, "--", os.Args[0]), io.Discard)
	text, err := os.ReadFile(answer)
	if err != nil {
		t.Fatalf("exit code %d, %v", code, err)
	}
	return code, string(text)
}

// Ensure the command gets a server of its own, that its exit code is kept, and that nothing is left behind.
func TestThrowawayServer(t *testing.T) {
	t.Setenv(urlVariable, "")
	for fsync, flags := range map[string][]string{"off": nil, "on": {"-durable"}} {
		code, text := runAs(t, "settings", flags...)
		if code != 5 {
			t.Errorf("exit code %d", code)
		}
		told := strings.Fields(text)
		if len(told) != 3 || told[0] != "postgres" || told[1] != fsync {
			t.Fatalf("with flags %v the server says %q", flags, text)
		}
		if _, err := os.Stat(filepath.Dir(told[2])); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", told[2], err)
		}
		if left := os.Getenv(urlVariable); left != "" {
			t.Errorf("the URL stays behind: %s", left)
		}
	}
}

// Ensure a server that is given is used and none is started.
func TestGivenServer(t *testing.T) {
	const url = "postgres://given.invalid/x"
	t.Setenv(urlVariable, url)
	if code, text := runAs(t, "url"); code != 0 || text != url {
		t.Errorf("exit code %d, URL %q", code, text)
	}
}

// Ensure a signal reaches the command, whose answer decides, and that the server is cleaned away.
func TestSignal(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), roleEnv+"=withpg", urlVariable+"=", "TMPDIR="+passable(t))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	guard := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer guard.Stop()
	var url string
	if _, err := fmt.Fscanln(out, &url); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); exitCode(err) != 7 {
		t.Errorf("exit code %d", exitCode(err))
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(config.Host); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", config.Host, err)
	}
}

// passable is a temporary folder that the database user may enter, which t.TempDir is not for root.
func passable(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "withpg-") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Ensure mistakes on the command line get exit codes as in a shell.
func TestMistakes(t *testing.T) {
	t.Setenv(urlVariable, "postgres://given.invalid/x")
	for _, c := range []struct {
		args []string
		code int
	}{
		{nil, exitUsage},
		{[]string{"-check", "--", "true"}, exitUsage},
		{[]string{"-check"}, 0},
		{[]string{"-unknown", "--", "true"}, exitUsage},
		{[]string{"--", "no-such-command-anywhere"}, exitNotFound},
		{[]string{"--", "sh", "-c", "exit 42"}, 42},
		{[]string{"--", "sh", "-c", "kill -9 $$"}, exitSignal + 9},
	} {
		if code := run(c.args, io.Discard); code != c.code {
			t.Errorf("%q gives %d instead of %d", c.args, code, c.code)
		}
	}
}
