//go:build linux || darwin

package localpg

import (
	"context"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Ensure a first start makes a cluster that folds every script, and that a restart keeps its data.
func TestDataSurvivesARestart(t *testing.T) {
	dir := dataFolder(t)
	s := start(t, quick(dir))
	if !s.Owned() || s.PID() <= 0 {
		t.Fatalf("owned %v, pid %d", s.Owned(), s.PID())
	}
	if got := query(t, s, "select lower('ÄÖЖ')"); got != "äöж" {
		t.Errorf("lower gives %q", got)
	}
	if version := query(t, s, "show server_version"); version != s.Version() {
		t.Errorf("Version says %q, the server %q", s.Version(), version)
	}
	if who := query(t, s, "select current_user || '@' || current_database()"); who != Owner+"@handstamp" {
		t.Errorf("signed in as %s", who)
	}
	query(t, s, "create table kept as select 42 as answer")
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.Done():
	default:
		t.Error("Done is open after Stop")
	}

	s = start(t, quick(dir))
	if got := query(t, s, "select answer from kept"); got != "42" {
		t.Errorf("kept %q", got)
	}
}

// Ensure nothing in the environment leads the server astray, and that it sees none of our secrets.
func TestEnvironmentIsNotInherited(t *testing.T) {
	for name, value := range map[string]string{
		"PGDATA": "/nowhere", "PGPORT": "1", "PGHOST": "nowhere.invalid", "PGUSER": "nobody", "LC_ALL": "xx_XX.UTF-8", "LANG": "xx_XX", "HANDSTAMP_SECRET": "s3cret",
	} {
		t.Setenv(name, value)
	}
	start(t, quick(dataFolder(t)))
	for _, line := range environment() {
		if strings.Contains(line, "s3cret") || strings.HasPrefix(line, "PG") {
			t.Errorf("the server sees %s", line)
		}
	}
}

// Ensure a second starter shares the server of a living process and leaves it running when it goes.
func TestASecondProcessShares(t *testing.T) {
	dir := dataFolder(t)
	_, pid := ownerProcess(t, dir)
	s := start(t, quick(dir))
	if s.Owned() || s.PID() != pid {
		t.Fatalf("owned %v, pid %d instead of %d", s.Owned(), s.PID(), pid)
	}
	query(t, s, "select 1")
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if !alive(pid) {
		t.Error("sharing and stopping ended another process's server")
	}
}

// Ensure starters that come at the same moment end up on one server.
func TestStartersAtOnce(t *testing.T) {
	dir := dataFolder(t)
	servers := make([]*Server, 3)
	var group sync.WaitGroup
	for i := range servers {
		group.Go(func() {
			s, err := Start(t.Context(), quick(dir))
			if err != nil {
				t.Error(err)
				return
			}
			servers[i] = s
		})
	}
	group.Wait()
	owners := 0
	for _, s := range servers {
		if s == nil {
			t.FailNow()
		}
		t.Cleanup(func() { _ = s.Stop() })
		if s.Owned() {
			owners++
		}
		if s.PID() != servers[0].PID() {
			t.Errorf("servers %d and %d", s.PID(), servers[0].PID())
		}
	}
	if owners != 1 {
		t.Errorf("%d owners", owners)
	}
}

// Ensure a starter that meets a server on its way down waits and starts its own.
func TestStartDuringShutdown(t *testing.T) {
	dir := dataFolder(t)
	first := start(t, quick(dir))
	var group sync.WaitGroup
	group.Go(func() {
		if err := first.Stop(); err != nil {
			t.Error(err)
		}
	})
	eventually(t, "the shutdown to begin", func() bool {
		_, err := os.Stat(filepath.Join(dir, "pg", pidFile))
		return err != nil || first.ping(t.Context()) != nil
	})
	second := start(t, quick(dir))
	group.Wait()
	if !second.Owned() {
		t.Fatal("shared a server that was going down")
	}
	query(t, second, "select 1")
}

// Ensure the server ends with its owner, however that ends, and that the next start keeps the data.
func TestKilledOwner(t *testing.T) {
	dir := dataFolder(t)
	owner, pid := ownerProcess(t, dir)
	s := start(t, quick(dir))
	query(t, s, "create table kept as select 7 as answer")
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	s = start(t, quick(dir)) // at once: the old one may still be going down
	if !s.Owned() || s.PID() == pid {
		t.Errorf("owned %v, pid %d as before", s.Owned(), s.PID())
	}
	eventually(t, "the old server to end", func() bool { return !alive(pid) || !isPostmaster(pid, filepath.Join(dir, "pg")) })
	if got := query(t, s, "select answer from kept"); got != "7" {
		t.Errorf("kept %q", got)
	}
}

// Ensure a crash of the server itself is noticed and recovered from.
func TestKilledServer(t *testing.T) {
	dir := dataFolder(t)
	cfg := quick(dir)
	cfg.Settings["fsync"] = "on"
	s := start(t, cfg)
	query(t, s, "create table kept as select 9 as answer")
	if err := syscall.Kill(s.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("Done does not tell")
	}
	if err := s.Stop(); err == nil {
		t.Error("Stop knows nothing of the crash")
	}
	if got := query(t, start(t, cfg), "select answer from kept"); got != "9" {
		t.Errorf("kept %q", got)
	}
}

// Ensure a pid file left by a crash does not stop the start, whether its pid is free or another program's by now.
func TestStalePidFile(t *testing.T) {
	dir := dataFolder(t)
	if err := start(t, quick(dir)).Stop(); err != nil {
		t.Fatal(err)
	}
	other := exec.Command("sleep", "60")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = other.Process.Kill()
		_ = other.Wait()
	}()
	cluster := filepath.Join(dir, "pg")
	for name, pid := range map[string]string{"free": "4194304000", "recycled": strconv.Itoa(other.Process.Pid), "ours": strconv.Itoa(os.Getpid()), "damaged": "x"} {
		t.Run(name, func(t *testing.T) {
			write(t, filepath.Join(cluster, pidFile), pid+"\n"+cluster+"\n1700000000\n5432\n"+cluster+"\n\n", 0o600)
			s := start(t, quick(dir))
			query(t, s, "select 1")
			if err := s.Stop(); err != nil {
				t.Fatal(err)
			}
		})
	}
	if !alive(other.Process.Pid) {
		t.Error("the start ended a program that had nothing to do with it")
	}
}

// Ensure an interrupted first start leaves nothing in the way of the next.
func TestInterruptedFirstStart(t *testing.T) {
	dir := dataFolder(t)
	write(t, filepath.Join(dir, initPrefix+"123", "PG_VERSION"), "15\n", 0o600)
	write(t, filepath.Join(dir, initPrefix+"123.password"), "x\n", 0o600)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := Start(ctx, quick(dir))
		ended <- err
	}()
	eventually(t, "a half made cluster", func() bool {
		made, err := filepath.Glob(filepath.Join(dir, initPrefix+"*", "base", "*"))
		return err == nil && len(made) > 0
	})
	cancel()
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("an interrupted first start says %v", err)
	}
	query(t, start(t, quick(dir)), "select 1")
	left, err := filepath.Glob(filepath.Join(dir, initPrefix+"*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// Ensure the server listens on TCP only when asked, and that a taken port is said in one sentence.
func TestTCPPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, text, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	cfg := quick(dataFolder(t))
	cfg.TCPPort = port
	refused(t, cfg, text, "is taken")
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s := start(t, cfg)
	if got := query(t, s, "select current_setting('port') || ' ' || current_setting('listen_addresses')"); got != text+" 127.0.0.1" {
		t.Errorf("listens on %s", got)
	}
}

// Ensure folders with long names, spaces and commas work, for libpq too.
func TestUnusualFolders(t *testing.T) {
	for name, folder := range map[string]string{"spaces": "my data, & more +1", "long": strings.Repeat("a-long-name/", 12)} {
		t.Run(name, func(t *testing.T) {
			base := dataFolder(t)
			s := start(t, quick(filepath.Join(base, folder)))
			query(t, s, "select 1")
			psql, err := exec.LookPath("psql")
			if err != nil {
				return // not part of every installation, and not needed by the product
			}
			if out, err := exec.Command(psql, s.URL(""), "-Atc", "select 'from psql'").CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "from psql" {
				t.Errorf("psql: %v %s", err, out)
			}
		})
	}
}

// Ensure the owner's password does not show where URLs are printed with care, and that none gets in without it.
func TestPasswordIsNeeded(t *testing.T) {
	s := start(t, quick(dataFolder(t)))
	u, err := url.Parse(s.URL(""))
	if err != nil {
		t.Fatal(err)
	}
	if password, _ := u.User.Password(); password == "" || strings.Contains(u.Redacted(), password) {
		t.Errorf("the password is empty or shows: %s", u.Redacted())
	}
	s.password = "wrong"
	if err := s.ping(t.Context()); err == nil || !strings.Contains(err.Error(), "refuses its owner") {
		t.Errorf("signed in with a wrong password: %v", err)
	}
}

// Ensure a server that cannot start is reported with the reason from its log.
func TestReasonFromTheLog(t *testing.T) {
	cfg := quick(dataFolder(t))
	cfg.Settings["shared_buffers"] = "no number"
	refused(t, cfg, "ended while it started", "shared_buffers")
}
