//go:build linux || darwin

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pidFile is where a running server says who and where it is.
const pidFile = "postmaster.pid"

// postmaster is what a server wrote into its cluster's folder.
type postmaster struct {
	pid    int
	port   int
	socket string // folder of the socket
}

// running reads the pid file and reports whether that server is alive. A file that is missing, or that a dead server
// left behind, is no error.
func (f folder) running() (postmaster, bool) {
	text, err := os.ReadFile(filepath.Join(f.cluster, pidFile))
	if err != nil {
		return postmaster{}, false
	}
	// Line 1: pid, 4: port, 5: socket folder. The server writes the later ones while it starts.
	lines := strings.Split(string(text), "\n")
	var pm postmaster
	if pm.pid, err = strconv.Atoi(strings.TrimSpace(lines[0])); err != nil || pm.pid <= 0 {
		return postmaster{}, false
	}
	if len(lines) > 4 {
		pm.port, _ = strconv.Atoi(lines[3]) // 0 until it is written
		pm.socket = lines[4]
	}
	return pm, alive(pm.pid) && isPostmaster(pm.pid, f.cluster)
}

func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// removeStale deletes the pid file of a server that is no more. PostgreSQL would do so itself, but takes any living
// process with a recycled pid for the server.
func (f folder) removeStale() error {
	err := os.Remove(filepath.Join(f.cluster, pidFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the file that a crashed PostgreSQL left behind cannot be removed: %w", err)
	}
	return nil
}

// shutDown ends a server whose owner is dead and waits until it is gone. It may be on its way down already.
func (f folder) shutDown(ctx context.Context, pid int) error {
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("a PostgreSQL (pid %d) that nobody owns runs in %s and cannot be stopped: %w", pid, f.cluster, err)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		if pm, up := f.running(); !up || pm.pid != pid {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("a PostgreSQL (pid %d) that nobody owns runs in %s and does not end: %w", pid, f.cluster, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
