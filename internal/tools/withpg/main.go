// Command withpg runs a command beside a throwaway PostgreSQL, so that tests need no server to be set up:
//
//	go run ./internal/tools/withpg -- go test ./internal/db/...
//
// The command finds the owner's URL of the database postgres in HANDSTAMP_TEST_DATABASE_URL. When that is set already,
// nothing is started and the command uses the server it names. The exit code is the command's own (128 plus the number
// of a signal that ended it, as in a shell); go run turns every failure into 1, a built withpg does not.
//
//	withpg -check
//
// says which PostgreSQL would be used, or fails when there is none.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"github.com/handstamp/handstamp/internal/edge/localpg"
)

// urlVariable is what every test of the product reads.
const urlVariable = "HANDSTAMP_TEST_DATABASE_URL"

const usage = "usage: withpg [-durable] -- command [argument…], or withpg -check"

// Exit codes of our own, as a shell gives them.
const (
	exitUsage    = 2
	exitNoServer = 125
	exitNotFound = 127
	exitSignal   = 128
)

func main() {
	os.Exit(run(os.Args[1:], os.Stderr))
}

// run does what the command line says and returns the exit code.
func run(args []string, messages io.Writer) int {
	flags := flag.NewFlagSet("withpg", flag.ContinueOnError)
	flags.SetOutput(messages)
	durable := flags.Bool("durable", false, "keep the server's default durability, for measurements")
	check := flags.Bool("check", false, "say which PostgreSQL would be used")
	if err := flags.Parse(args); err != nil || *check != (flags.NArg() == 0) {
		fmt.Fprintln(messages, usage)
		return exitUsage
	}
	if *check {
		return checkInstalled(messages)
	}
	// From here on, signals wait for us, so that the server and its folder are cleaned away.
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)

	if os.Getenv(urlVariable) == "" {
		stop, err := provide(*durable)
		if err != nil {
			fmt.Fprintln(messages, "withpg:", err)
			return exitNoServer
		}
		defer func() {
			if err := stop(); err != nil {
				fmt.Fprintln(messages, "withpg:", err)
			}
		}()
	}
	return supervise(flags.Args(), signals, messages)
}

// checkInstalled tells whether a server could be started.
func checkInstalled(messages io.Writer) int {
	version, err := localpg.Available(context.Background(), localpg.Config{})
	if err != nil {
		fmt.Fprintln(messages, "withpg:", err)
		return exitNoServer
	}
	fmt.Fprintln(messages, "PostgreSQL", version)
	return 0
}

// provide starts a server in a new temporary folder and puts its URL into the environment. stop undoes all of it.
func provide(durable bool) (stop func() error, err error) {
	dir, err := os.MkdirTemp("", "handstamp-test-")
	if err != nil {
		return nil, fmt.Errorf("no temporary folder: %w", err)
	}
	remove := func() error { return os.RemoveAll(dir) }
	// As root the server is another account's, which must pass through; the cluster inside is closed.
	if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // see above
		return nil, errors.Join(err, remove())
	}
	server, err := localpg.Start(context.Background(), localpg.Config{DataDir: dir, Settings: settings(durable)})
	if err != nil {
		return nil, errors.Join(err, remove())
	}
	if err := os.Setenv(urlVariable, server.URL("postgres")); err != nil {
		return nil, errors.Join(err, server.Stop(), remove())
	}
	return func() error {
		return errors.Join(os.Unsetenv(urlVariable), server.Stop(), remove())
	}, nil
}

// settings trade durability, which a throwaway server does not need, for speed.
func settings(durable bool) map[string]string {
	s := map[string]string{
		"max_connections": "200", // test binaries of several packages run at once
		"shared_buffers":  "256MB",
	}
	if !durable {
		s["fsync"] = "off"
		s["full_page_writes"] = "off"
		s["wal_level"] = "minimal"
		s["max_wal_senders"] = "0" // required by wal_level=minimal
		s["max_wal_size"] = "4GB"
		s["checkpoint_timeout"] = "1h"
	}
	return s
}

// supervise runs the command with our input and output, passes signals on, and returns its exit code.
func supervise(args []string, signals <-chan os.Signal, messages io.Writer) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(messages, "withpg:", err)
		return exitNotFound
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			return exitCode(err)
		case sig := <-signals:
			pass(cmd.Process, sig)
		}
	}
}

// pass forwards a signal. Ctrl-C in a terminal reaches the command without us, and many programs take the second one
// as an order to drop everything: so that one is passed on only when the command is still there a second later.
func pass(p *os.Process, sig os.Signal) {
	if sig == syscall.SIGINT {
		time.AfterFunc(time.Second, func() { _ = p.Signal(sig) }) // an error means that it has ended
		return
	}
	_ = p.Signal(sig)
}

func exitCode(err error) int {
	failed, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return 0
	}
	if status, ok := failed.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return exitSignal + int(status.Signal())
	}
	return failed.ExitCode()
}
