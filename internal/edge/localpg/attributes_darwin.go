package localpg

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// processAttributes gives the child a process group of its own, so that Ctrl-C in the terminal reaches us and not the
// database under our feet. A server that outlives us is found and replaced by the next start.
func processAttributes(account *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: account, Setpgid: true}
}

// isPostmaster reports whether the living process pid is the server of that cluster, and not a program that got the
// same pid after a crash: we start it with the cluster's folder on its command line.
func isPostmaster(pid int, cluster string) bool {
	out, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(out), "postgres") && strings.Contains(string(out), cluster)
}
