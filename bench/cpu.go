package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ticks is how many parts of a second /proc counts in: USER_HZ, 100 on every
// Linux that Go runs on.
const ticks = 100

// effort is the time the processors have spent: on the database server, and on
// this program with what it started. Unlike the clock it does not count what else
// the machine does.
type effort struct{ server, program time.Duration }

// processor is the effort since everything began; zero where /proc is not Linux's.
func (w *world) processor(ctx context.Context) effort {
	server := w.serverTime(ctx)
	if server == 0 {
		return effort{}
	}
	return effort{server, usage(syscall.RUSAGE_SELF) + usage(syscall.RUSAGE_CHILDREN)}
}

// since spreads the effort after an earlier one over acts.
func (e effort) since(before effort, acts int) effort {
	if acts == 0 {
		return effort{}
	}
	return effort{(e.server - before.server) / time.Duration(acts), (e.program - before.program) / time.Duration(acts)}
}

func (e effort) all() time.Duration { return e.server + e.program }

func usage(who int) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(who, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// serverTime adds up the postmaster, with what its ended children used, and its
// living children.
func (w *world) serverTime(ctx context.Context) time.Duration {
	var backend int
	if err := w.owner.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		return 0
	}
	postmaster, _, _ := processTime(backend)
	if postmaster == 0 {
		return 0
	}
	all, _ := filepath.Glob("/proc/[0-9]*")
	var sum time.Duration
	for _, dir := range all {
		pid, err := strconv.Atoi(filepath.Base(dir))
		if err != nil {
			continue
		}
		parent, own, ended := processTime(pid)
		switch postmaster {
		case pid:
			sum += own + ended
		case parent:
			sum += own
		}
	}
	return sum
}

// processTime reads /proc/PID/stat: the parent, the process's own time and that
// of its ended children. See proc_pid_stat(5).
func processTime(pid int) (parent int, own, ended time.Duration) {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return 0, 0, 0
	}
	_, rest, _ := strings.Cut(string(data), ") ") // the name in parentheses may hold anything
	f := strings.Fields(rest)
	if len(f) < 15 {
		return 0, 0, 0
	}
	at := func(i int) time.Duration {
		n, _ := strconv.ParseInt(f[i-3], 10, 64) // fields are numbered from 1; the first two are cut off
		return time.Duration(n) * time.Second / ticks
	}
	parent, _ = strconv.Atoi(f[1])
	return parent, at(14) + at(15), at(16) + at(17)
}
