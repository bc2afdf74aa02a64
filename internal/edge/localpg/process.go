//go:build linux || darwin

package localpg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// maxLog is the size in bytes at which the server's log is set aside at the next start.
const maxLog = 8 << 20

// process is a PostgreSQL server that we started.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // how it ended; read after done
}

// spawn starts the server. Its output goes to a file and never to a pipe, which would break with us.
func spawn(inst installation, f folder, args []string) (*process, error) {
	log, err := openLog(f.logFile())
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }() // the child has its own copy
	cmd := exec.Command(filepath.Join(inst.dir, "postgres"), args...)
	cmd.Env, cmd.Dir = environment(), "/"
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = processAttributes(f.account)

	p := &process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The kernel ties the signal at our death to the thread that forked: this thread must live as long as the child.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			p.err = cmd.Wait()
			close(p.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("%s cannot be started: %w", cmd.Path, err)
	}
	return p, nil
}

// stop asks for a fast shutdown, then for an immediate one, and kills at last. PostgreSQL recovers from each.
func (p *process) stop() error {
	steps := []struct {
		signal  syscall.Signal
		patient time.Duration
	}{{syscall.SIGINT, 30 * time.Second}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}}
	for _, step := range steps {
		if err := p.cmd.Process.Signal(step.signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("PostgreSQL (pid %d) cannot be stopped: %w", p.cmd.Process.Pid, err)
		}
		select {
		case <-p.done:
			if step.signal == syscall.SIGINT {
				return p.err
			}
			return fmt.Errorf("PostgreSQL (pid %d) did not stop in %s and was ended by force: the next start recovers", p.cmd.Process.Pid, steps[0].patient)
		case <-time.After(step.patient):
		}
	}
	return fmt.Errorf("PostgreSQL (pid %d) does not end", p.cmd.Process.Pid)
}

// openLog opens the server's log for appending and sets an overgrown one aside.
func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		_ = os.Rename(path, path+".1") // if that fails, it grows on
	}
	log, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the server's log %s cannot be written: %w", path, err)
	}
	return log, nil
}

// lastLines returns the end of a log, for an error message.
func lastLines(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-8):], "\n")
}
