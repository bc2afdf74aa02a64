package localpg

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// processAttributes gives the child a process group of its own, so that Ctrl-C in the terminal reaches us and not the
// database under our feet, and has the kernel interrupt it when we die without stopping it. PostgreSQL answers that
// signal with an orderly shutdown.
func processAttributes(account *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: account, Setpgid: true, Pdeathsig: syscall.SIGINT}
}

// isPostmaster reports whether the living process pid is the server of that cluster, and not a program that got the
// same pid after a crash: a postmaster's working folder is its cluster.
func isPostmaster(pid int, cluster string) bool {
	if dir, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid)); err == nil {
		return dir == cluster
	}
	// Another account's process: its working folder is hidden from us, its name is not.
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	return err == nil && strings.HasPrefix(string(name), "postgres")
}
